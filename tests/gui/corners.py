"""What is seen now and then: several parts in a form, the notice, a parameter's dialog, a password set."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QDialog, QPushButton, QScrollArea

from ipdesk.actions import ledger as deeds
from ipdesk.actions import parts
from ipdesk.fields import Value
from ipdesk.records import Query
from ipdesk.store import Store
from tests.gui.camera import rest, until
from ui.ledger.batch import BatchDialog
from ui.ledger.page import LedgerPage
from ui.notice.dialog import NoticeDialog
from ui.settings.page import SettingsPage
from ui.settings.parameter import ParameterDialog
from ui.sync.county import CountyPage
from ui.texts import notice as texts
from ui.widgets.choice import PlainBox
from ui.window.main import MainWindow

if TYPE_CHECKING:
    from tests.gui.pictures import Studio

PASSWORD = "dongtai-2026-ip"
TWO_IN_ONE = (
    "企业名称,统一社会信用代码,贯标状态,联系人及电话,颜色\n"
    "东台喆䶮新材料有限公司,91320981MA1YNEW024,启动,陈丽静 13900000000,红\n"
    "东台新来有限公司,91320981MABJ1XG60Q,启动,余桂鹏 13911112222,蓝\n"
)
MORE: Mapping[str, tuple[dict[str, Value], ...]] = {
    "institution": tuple({"stat_year": year, "revenue_ip_wan": 100.5 + year} for year in range(2018, 2024)),
    "person": (
        {"cert_type": "CT1", "cert_no": "3201234567", "cert_date": "2019-05-06"},
        {"cert_type": "CT2", "cert_no": "A20210000001234567", "cert_date": "2021-08-01"},
    ),
    "guanbiao": ({"subsidy_level": "县级", "subsidy_year": 2024, "subsidy_amount_wan": 5.0},),
}


def several_parts(studio: "Studio", window: MainWindow) -> None:
    """Show years, certificates and subsidies of one record, and what its history says of them."""
    for name, told in MORE.items():
        window.go(name)
        page = cast(LedgerPage, window.page(name))
        rest()
        window.session.ask(page, partial(_add, name=name, told=told), lambda _none: None)
        rest()
        page.list.reload()
        rest()
        page.list.table.go_to(0)
        page.list.open_current()
        rest()
        if not all(section.is_open for section in page.form.sections):
            page.form.unfold_all()
        rest()
        box = page.form.parts[0].list
        page.form.area.ensureWidgetVisible(box, 0, 300)
        studio.take(f"parts-of-{name}")
        box.add()
        studio.take(f"part-begun-of-{name}")
        studio.camera.yes, studio.camera.name = True, f"part-given-up-of-{name}"
        page.form.close_if_may()
        studio.camera.yes = False
        studio.dialog(f"history-of-{name}", page.show_history)


def _add(store: Store, *, name: str, told: tuple[dict[str, Value], ...]) -> None:
    ledger = store.catalogue.ledger(name)
    key = store.keys(ledger, Query())[0]
    for values in told:
        row = parts.meant(store, ledger, deeds.one(store, ledger, key), values)
        deeds.change_row(store, ledger, row, values, "表单")


def notice(studio: "Studio", window: MainWindow) -> None:
    """Show the notice of a class, as it begins and with a wrong number of years."""
    window.go("training")
    page = cast(LedgerPage, window.page("training"))
    rest()
    page.list.table.go_to(0)
    buttons: list[QPushButton] = list(page.findChildren(QPushButton))
    (button,) = [one for one in buttons if one.accessibleName() == texts.BUTTON]
    studio.dialog("notice", button.click)
    studio.dialog("notice-refused", button.click, _wrong_years)


def _wrong_years(dialog: QDialog) -> None:
    if isinstance(dialog, NoticeDialog):
        dialog.years.setText("three")
        dialog.make()


def parameters(studio: "Studio", window: MainWindow) -> None:
    """Show the dialog of each parameter, the last with what it lacks."""
    window.go("settings")
    card = cast(SettingsPage, window.page("settings")).counting
    rest()
    for place, told in enumerate(card.told):
        card.table.selectRow(place)
        studio.dialog(f"parameter-{told.name}", card.change, _save)
    card.table.selectRow(0)
    studio.dialog("parameter-changed", card.change, _change)


def _save(dialog: QDialog) -> None:
    if isinstance(dialog, ParameterDialog):
        dialog.save()


def _change(dialog: QDialog) -> None:
    if isinstance(dialog, ParameterDialog) and isinstance(dialog.editor, PlainBox):
        dialog.editor.setCurrentIndex(1)


def batch(dialog: QDialog) -> None:
    """Set the town of all, as far as the preview."""
    if isinstance(dialog, BatchDialog):
        dialog.field_box.set_code("stage")
        dialog.field_box.left.emit()
        dialog.editor.show("ST15")
        dialog.preview()


def exchange(studio: "Studio", window: MainWindow) -> None:
    """Show each tab of the county's exchange, and what is asked before a package is written."""
    window.go("sync")
    page = cast(CountyPage, window.page("sync"))
    page.go_home()
    for place, name in enumerate(("outbox", "answers", "clashes", "files")):
        page.tabs.setCurrentIndex(place)
        studio.take(f"exchange-{name}")
    studio.dialog("export-asked", page.export_button.click)
    studio.dialog("digest", page.check_button.click)


def below_settings(studio: "Studio", window: MainWindow) -> None:
    """Show the pages that the settings lead to."""
    for name in ("backups", "keys", "channel"):
        window.go(name)
        rest(1)
        studio.take(f"county-{name}")


def fresh(studio: "Studio", window: MainWindow) -> None:
    """Show the pages of a workspace in which nothing was entered yet."""
    for name in window.navigation.buttons:
        window.go(name)
        rest(1)
        studio.take(f"fresh-{name}")
    window.close()


def password(studio: "Studio", window: MainWindow) -> None:
    """Set a password, show its recovery key, then change it with nothing typed."""
    window.go("settings")
    page = cast(SettingsPage, window.page("settings"))
    for edit in (page.lock.new, page.lock.again):
        edit.setText(PASSWORD)
    studio.camera.yes, studio.camera.name = True, "recovery-of-a-password"
    page.lock.change()
    until(lambda: window.session.office.locked)
    rest(1)
    studio.camera.yes = False
    page.lock.change()
    page.lock.try_recovery()
    cast(QScrollArea, page.findChild(QScrollArea)).ensureWidgetVisible(page.lock.frame)
    studio.take("locked")
