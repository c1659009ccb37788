"""Pictures of every screen at both sizes, taken of the real window over workspaces filled from the samples.

``make pictures`` writes them to ``build/pictures``: 1366x768 as it is, and with everything a quarter larger.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import cast

from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QLineEdit, QMenu, QScrollArea, QWidget

from ipdesk.__main__ import doors
from ipdesk.kinds import catalogue
from ipdesk.resources import resource
from ipdesk.store import Moment
from tests.gui import corners, office
from tests.gui.camera import Camera, rest, until
from tests.gui.workspaces import PEOPLE, WRONG_ROWS, fill
from ui.documents.dialogs import HeadingDialog
from ui.documents.part import DocumentsPart
from ui.intake.page import IntakePage
from ui.ledger.page import LedgerPage
from ui.overview.page import OverviewPage
from ui.preferences import Preferences
from ui.program import Program
from ui.start.window import Ways
from ui.sync.page import SyncPage
from ui.window.main import MainWindow

FACTORS = {"100": "1", "125": "1.25"}
ROOT = Path(__file__).parents[2]
SIZE = (1366, 768)
TASKBAR = 40  # dots at the lower edge that the system keeps
SCREEN = {
    "name": "one",
    "x": 0,
    "y": 0,
    "width": SIZE[0],
    "height": SIZE[1] - TASKBAR,
    "logicalDpi": 96,
    "dpr": 1,
}
PASSWORD = "dongtai-2026-ip"


class Studio:
    """One run of the program, walked from screen to screen."""

    def __init__(self, out: Path, base: Path) -> None:
        """Make the program over workspaces that lie in ``base``."""
        self.camera, self.base = Camera(out, base), base
        known = catalogue()
        ways = doors(known)
        self.program = Program(known, Ways(ways.open, ways.create, ways.is_locked), self.camera)
        self.program.preferences = Preferences(base / "window.json")

    def sheet(self, name: str, text: str) -> Path:
        """Write a clerk's sheet."""
        out = self.base / name
        out.write_text(text, encoding="utf-8-sig")
        return out

    def dialog(self, name: str, ask: Callable[[], object], work: Callable[[QDialog], object] = bool) -> None:
        """Take the picture of the dialog that a deed opens."""
        self.camera.name, self.camera.work = name, work
        ask()
        rest()
        self.camera.work = bool

    def take(self, name: str, *over: QWidget) -> None:
        """Take a picture once everything stands still."""
        rest()
        self.camera.take(name, *over)

    def menu(self, name: str, menu: QMenu) -> None:
        """Take the picture of an open menu."""
        assert self.camera.window
        menu.popup(self.camera.window.mapToGlobal(QPoint(320, 140)))
        self.take(name, menu)
        menu.close()

    # ------------------------------------------------------------ start
    def start_screens(self) -> None:
        """Go from the choice of a workspace to the recovery key of a new one."""
        start = self.camera.window = self.program.start
        start.show_choice()
        self.take("start-nothing-known")
        self.program.preferences.remember(self.base / "demo" / "320981")
        start.choose.enter([self.base / "demo" / "320981"], "文件夹里没有工作区：/tmp/没有")
        self.take("start-choose-with-problem")
        start.choose.new_asked.emit()
        self.take("start-create")
        start.create_page.folder.setText(str(self.base / "new"))
        start.create_page.submit()
        self.take("start-create-refused")
        start.create_page.city.setChecked(True)
        self.take("start-create-city")
        start.create_page.county.setChecked(True)
        self._make_locked()
        self.take("start-recovery-key")
        start.unlock.enter(self.base / "new")
        start.pages.setCurrentWidget(start.unlock)
        self.take("start-unlock")
        start.unlock.refuse("口令不对，请重新输入")
        self.take("start-unlock-refused")

    def _make_locked(self) -> None:
        page, start = self.program.start.create_page, self.program.start
        page.unit.set_code("320981")
        page.office.setText("东台市市场监督管理局")
        edits: list[QLineEdit] = list(page.findChildren(QLineEdit))
        for edit in edits:
            if edit.echoMode() is QLineEdit.EchoMode.Password:
                edit.setText(PASSWORD)
        page.submit()
        until(lambda: start.pages.currentWidget() is start.recovery)

    def enter(self, folder: Path, password: str | None = None) -> MainWindow:
        """Open a workspace's main window."""
        self.program.window = None
        self.program.start.begin(folder, password)
        until(lambda: self.program.window is not None)
        window = cast(MainWindow, self.program.window)
        ratio = window.devicePixelRatio()
        window.showNormal()
        window.resize(round(SIZE[0] / ratio), round(SIZE[1] / ratio))
        self.camera.window = window
        return window

    # ------------------------------------------------------------ ledgers
    def ledger(self, window: MainWindow, name: str) -> LedgerPage:
        """Show a ledger's list, then its form."""
        window.go(name)
        page = cast(LedgerPage, window.page(name))
        self.take(f"{name}-list")
        page.list.open_current()
        self.take(f"{name}-form")
        if not all(section.is_open for section in page.form.sections):
            page.form.unfold_all()
        rest()
        bar = page.form.area.verticalScrollBar()
        for part in (1, 2, 3, 4):
            rest()
            bar.setValue(bar.maximum() * part // 4)
            self.take(f"{name}-form-{part}")
        page.close_form()
        page.add()
        page.form.save()
        self.take(f"{name}-form-refused")
        self.camera.yes = True
        self.dialog(f"{name}-form-leave", lambda: self._give_up(page))
        self.camera.yes = False
        return page

    def _give_up(self, page: LedgerPage) -> None:
        page.form.boxes["remark"].editor.show("东台新公司")
        page.form.close_if_may()

    def rows(self, page: LedgerPage) -> None:
        """Show what is done with a list."""
        rows = page.list
        rows.toolbar.search.setText("风电")
        self.take("list-searched")
        rows.toolbar.search.setText("没有这样的")
        self.take("list-nothing-found")
        rows.reset()
        rest()
        self.dialog("filter", rows.filterbar.ask)
        self.dialog("filter-of-a-column", lambda: rows.filterbar.ask("cert_valid_to"))
        self.menu("filter-menu", rows.filterbar.menu)
        self.menu("columns-menu", page.chooser.menu())
        self.menu("row-menu", page.row_menu())
        self.menu("export-menu", page.export_button.menu())
        rows.table.selectAll()
        self.take("list-all-chosen")
        self.dialog("batch", page.set_many)
        self.dialog("batch-previewed", page.set_many, corners.batch)
        self.dialog("delete-many", page.delete)
        rows.table.go_to(2)
        QGuiApplication.clipboard().setText(
            "东台甲新公司\t91320981MA1YNEW024\t东台镇\t启动\n东台乙新公司\t91320981MA1\t溱东\t启动"
        )
        self.dialog("paste", page.paste)
        self.dialog("history", page.show_history)
        self.dialog("past", rows.ask_moment)
        rows.look_at(Moment(date(2024, 6, 30)))
        self.take("past-band")
        rows.look_at(Moment())
        rest()

    def documents(self, page: LedgerPage) -> None:
        """Attach, look, name, delete."""
        page.list.open_current()
        rest()
        part: DocumentsPart = page.form.documents
        self.camera.yes = True
        scan = [resource("icons", "app.png")]
        self.dialog("document-add", lambda: part.add(scan), lambda dialog: _name(dialog, "D01"))
        self.camera.yes = False
        until(lambda: part.model.rowCount() > 0)
        self.take("documents-added")
        part.list.setCurrentIndex(part.model.index(0, 0))
        self.dialog("document-look", part.look)
        self.dialog("document-heading", part.rename)
        part.delete()
        self.take("document-deleted")
        page.close_form()

    # ------------------------------------------------------------ intake
    def intake(self, window: MainWindow, ledger: str, path: Path, tabs: Sequence[int]) -> IntakePage:
        """Bring a sheet in as far as the preview."""
        page = cast(IntakePage, window.page(f"{ledger}.intake"))
        window.go(f"{ledger}.intake")
        page.begin(path)
        until(lambda: page.plan is not None)
        self.take(f"intake-{path.stem}")
        for place in tabs:
            page.preview.tabs.setCurrentIndex(place)
            self.take(f"intake-{path.stem}-tab-{place}")
        return page

    def intakes(self, window: MainWindow) -> None:
        """Go through the wizard with a good sheet, a wrong one and one that lacks its class."""
        page = self.intake(window, "guanbiao", self.sheet("错行表.csv", WRONG_ROWS), (0, 1, 2, 3, 4, 5))
        page.preview.tabs.setCurrentIndex(1)
        page.preview.refusals.mender.focus()
        self.take("intake-mender")
        page.point()
        self.take("intake-pointing")
        page.begin(self.base / "错行表.csv")
        until(lambda: page.plan is not None)
        page.take_in()
        self.take("intake-done")
        page.leave()
        self.intake(window, "training", self.sheet("培训班名册.csv", PEOPLE), ()).leave()
        self.intake(window, "guanbiao", self.sheet("无表头.csv", "1,2,3\n4,5,6\n"), ()).leave()
        both = self.sheet("两项一列.csv", corners.TWO_IN_ONE)
        self.intake(window, "guanbiao", both, (2, 5)).leave()
        unread = self.base / "坏文件.xlsx"
        unread.write_bytes(b"PK\x03\x04" + bytes(range(256)) * 4)
        page = cast(IntakePage, window.page("guanbiao.intake"))
        window.go("guanbiao.intake")
        self.dialog("intake-unreadable", lambda: page.begin(unread))
        self.dialog("bug", lambda: self.program.crashes.report(RuntimeError("x")))

    # ------------------------------------------------------------ other pages
    def others(self, window: MainWindow, role: str) -> None:
        """Show every page that is no ledger's, settings down to the end."""
        ledgers = catalogue().ledgers
        for name in [name for name in window.navigation.buttons if name not in ledgers]:
            window.go(name)
            rest(1.5)
            self.take(f"{role}-{name}")
            if name == "settings":
                self._down(window, f"{role}-{name}")

    def overview(self, window: MainWindow, role: str) -> None:
        """Show the charts of the overview with their tables, and the indicators as a table."""
        window.go("overview")
        page = cast(OverviewPage, window.page("overview"))
        until(lambda: bool(page.days) and page.details.trend.model.rowCount() == len(page.days))
        for place in range(page.details.count()):
            page.details.setCurrentIndex(place)
            self.take(f"{role}-overview-{place}")
        page.board.setCurrentIndex(1)
        self.take(f"{role}-overview-table")
        self.menu(f"{role}-overview-export", page.exports.menu)

    def _down(self, window: MainWindow, name: str) -> None:
        area = cast(QScrollArea, window.page("settings").findChild(QScrollArea))
        bar = area.verticalScrollBar()
        for part in (1, 2, 3):
            bar.setValue(bar.maximum() * part // 3)
            self.take(f"{name}-{part}")

    def sync(self, window: MainWindow, role: str) -> None:
        """Show packages being looked at."""
        window.go("sync")
        page = cast(SyncPage, window.page("sync"))
        rest()
        stick = self.base / "demo" / "U盘"
        page.look_at(sorted(stick.glob("*.ipk"))[:3])
        rest(1)
        self.take(f"{role}-sync-looked-at")


def _name(dialog: QDialog, code: str) -> None:
    assert isinstance(dialog, HeadingDialog)
    dialog.choice.set_code(code)


def main(out: Path, factor: str) -> None:
    """Take every picture in one size."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CONFIG_HOME"] = os.environ["IPDESK_MARKERS"] = folder
        base = Path(folder)
        fill(base)
        studio = Studio(out / factor, base)
        studio.start_screens()
        window = studio.enter(base / "demo" / "320981")
        page = studio.ledger(window, "guanbiao")
        studio.rows(page)
        studio.documents(page)
        for name in [name for name in catalogue().ledgers if name != "guanbiao"]:
            studio.ledger(window, name)
        studio.intakes(window)
        studio.others(window, "county")
        studio.overview(window, "county")
        studio.sync(window, "county")
        corners.exchange(studio, window)
        corners.several_parts(studio, window)
        corners.notice(studio, window)
        corners.parameters(studio, window)
        corners.below_settings(studio, window)
        office.keys(studio, window, "county")
        office.channel(studio, window, "county")
        corners.password(studio, window)
        office.rekey(studio, window)
        window.close()
        corners.fresh(studio, studio.enter(base / "new", PASSWORD))
        city = studio.enter(base / "demo" / "320900")
        studio.ledger(city, "guanbiao")
        studio.others(city, "city")
        studio.overview(city, "city")
        studio.sync(city, "city")
        office.keys(studio, city, "city")
        office.channel(studio, city, "city")
        office.returning(studio, city)
        city.close()


def both(out: str) -> None:
    """Take them in each size, in a program of its own: Qt reads the factor when it starts."""
    with tempfile.TemporaryDirectory() as folder:
        screen = Path(folder, "screen.json")
        screen.write_text(json.dumps({"screens": [SCREEN]}), encoding="utf-8")
        for size, factor in FACTORS.items():
            plugin = f"offscreen:configfile={screen}"
            told = {**os.environ, "QT_QPA_PLATFORM": plugin, "QT_SCALE_FACTOR": factor}
            command = [sys.executable, "-m", "tests.gui.pictures", out, size]
            subprocess.run(command, check=True, cwd=ROOT, env=told)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2]) if len(sys.argv) > 2 else both(sys.argv[1])
