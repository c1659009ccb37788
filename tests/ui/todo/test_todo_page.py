"""The page of things to do: grouped, filtered, one click from the record, exported, counted in the navigation."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ipdesk.records import RecordKey
from ipdesk.todo import Item, Severity
from tests.ui.conftest import FIRM, OTHER, WAIT, FakeDialogs, MakeSession
from ui.ledger.model import TONE
from ui.ledger.page import LedgerPage
from ui.pages import fill
from ui.session import Session
from ui.texts import todo as texts
from ui.todo.desk import TodoDesk
from ui.todo.model import TodoModel, days_left
from ui.todo.page import TodoPage
from ui.window.main import MainWindow

Settle = Callable[[Session], None]


def day(ahead: int) -> str:
    return (date.today() + timedelta(days=ahead)).isoformat()


ENDING = {**FIRM, "cert_status": "CS1", "cert_no": "A1", "cert_valid_to": day(10)}


def item(
    days: int | None, severity: Severity = Severity.OPEN, sort: str = "expiry", number: str = "1"
) -> Item:
    return Item("guanbiao", RecordKey("320981", number), "320981", "某公司", sort, "证书", "", days, severity)


@pytest.fixture
def county(make_session: MakeSession) -> Session:
    return make_session(rows=(ENDING, OTHER))


@pytest.fixture
def window(county: Session, qtbot: QtBot, settle: Settle) -> MainWindow:
    made = MainWindow(county)
    fill(made, county)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.go("guanbiao")
    settle(county)
    return made


@pytest.fixture
def page(window: MainWindow, county: Session, settle: Settle) -> TodoPage:
    window.go("todo")
    settle(county)
    made = window.page("todo")
    assert isinstance(made, TodoPage)
    return made


def shown(page: TodoPage) -> list[str]:
    column = page.model.columns.index("what")
    rows = range(page.model.rowCount())
    return [page.model.index(row, column).data() for row in rows if page.model.item(row)]


def test_days_left_are_told_in_words() -> None:
    told = [days_left(item(days)) for days in (-3, 0, 12, None)]
    assert told == ["已过期 3 天", "今天到期", "还剩 12 天", "待办"]


def test_things_are_grouped_by_how_they_press(county: Session) -> None:
    model = TodoModel(county.catalogue, units=False)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show([item(3, Severity.URGENT), item(60, Severity.SOON), item(61, Severity.SOON), item(None)])
    assert model.groups == [0, 2, 5]
    assert model.index(2, 0).data() == texts.GROUP.format(label=texts.GROUPS["soon"], count=2)
    assert model.item(2) is None
    assert not model.flags(model.index(2, 0)) & Qt.ItemFlag.ItemIsSelectable
    assert [model.index(row, 0).data(TONE) for row in (1, 3, 6)] == ["bad", "warn", "idle"]
    assert model.headerData(0, Qt.Orientation.Horizontal) == "期限"
    model.show([])
    assert model.rowCount() == 0


def test_what_ends_soon_stands_first(page: TodoPage, county: Session) -> None:
    first = page.table.current_item()
    assert first is not None
    assert (first.sort, first.days) == ("expiry", 10)
    assert page.model.index(page.table.currentIndex().row(), 0).data() == "还剩 10 天"
    assert page.head.about.text() == f"共 {len(shown(page))} 件"


def test_a_filter_leaves_one_sort(page: TodoPage, county: Session) -> None:
    everything = shown(page)
    box = page.boxes["sort"]
    place = box.findData("expiry")
    assert box.itemText(place) == "证书到期（1）"
    box.setCurrentIndex(place)
    assert len(shown(page)) == 1 < len(everything)
    assert page.head.about.text() == f"显示 1 件，共 {len(everything)} 件"
    box.setCurrentIndex(box.findData("filing"))
    assert shown(page) == []
    assert page.table.empty == texts.NOTHING_FOUND
    assert not page.export_button.isEnabled()
    page.export()
    page.clear_button.click()
    assert shown(page) == everything
    assert not page.clear_button.isEnabled()


def test_enter_opens_the_form_of_the_record(
    page: TodoPage, window: MainWindow, county: Session, settle: Settle
) -> None:
    ledger = window.page("guanbiao")
    assert isinstance(ledger, LedgerPage)
    ledger.list.toolbar.search.setText("没有这家")
    wanted = page.table.current_item()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    settle(county)
    assert wanted is not None
    assert ledger.isVisible()
    assert ledger.form.isVisible()
    assert ledger.form.row is not None
    assert ledger.form.row.key == wanted.key == ledger.list.table.current_key()
    assert not ledger.list.toolbar.is_set


def test_one_click_opens_the_form_of_the_record(
    page: TodoPage, window: MainWindow, county: Session, settle: Settle
) -> None:
    row = page.table.currentIndex().row()
    with_groups = page.table.visualRect(page.model.index(row - 1, 0)).center()
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=with_groups)
    assert page.isVisible()
    place = page.table.visualRect(page.model.index(row, 1)).center()
    QTest.mouseMove(page.table.viewport(), place)
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle(county)
    ledger = window.page("guanbiao")
    assert isinstance(ledger, LedgerPage)
    assert ledger.form.isVisible()


def test_unsaved_work_is_asked_about_before_another_record_shows(
    page: TodoPage, window: MainWindow, county: Session, settle: Settle, dialogs: FakeDialogs
) -> None:
    ledger = window.page("guanbiao")
    assert isinstance(ledger, LedgerPage)
    window.go("guanbiao")
    ledger.add()
    ledger.form.boxes["enterprise_name"].editor.widget.setText("改")  # type: ignore[union-attr]
    dialogs.yes = False
    wanted = page.table.current_item()
    assert wanted is not None
    page.record_asked.emit(wanted.ledger, wanted.key)
    settle(county)
    assert ledger.form.row is None
    dialogs.yes = True


def test_a_change_is_seen_after_a_while(
    page: TodoPage, window: MainWindow, county: Session, settle: Settle, qtbot: QtBot
) -> None:
    from ipdesk.actions import ledger as deeds

    before = len(page.shown)
    held = page.table.current_item()
    assert held is not None
    ledger = county.catalogue.ledger("guanbiao")
    county.ask(page, lambda store: deeds.delete(store, ledger, [held.key], "测试"), lambda _none: None)
    settle(county)
    county.report("删除", *ledger.kinds)
    qtbot.waitUntil(lambda: len(page.shown) < before, timeout=WAIT)
    assert held.key not in [i.key for i in page.shown]


def test_the_navigation_counts_what_presses(page: TodoPage, window: MainWindow, county: Session) -> None:
    button = window.navigation.buttons["todo"]
    assert button.accessibleDescription() == "1 件要紧或临近的待办"
    window.navigation.tell_count("todo", 0, "{count}")
    assert button.accessibleDescription() == ""
    window.navigation.tell_count("todo", 123, "{count}")
    badge = button.children()[-1]
    assert badge.text() == "99+"  # type: ignore[attr-defined]
    window.navigation.fold(True)
    assert badge.text() == "…"  # type: ignore[attr-defined]
    window.navigation.fold(False)
    window.navigation.tell_count("todo", 42, "{count}")
    assert badge.text() == "42"  # type: ignore[attr-defined]
    window.resize(1093, 614)
    assert badge.geometry().right() < button.width()  # type: ignore[attr-defined]


def test_what_is_shown_goes_into_a_sheet(
    page: TodoPage, county: Session, settle: Settle, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    page.export_button.click()
    dialogs.out = tmp_path / "待办.xlsx"
    page.boxes["sort"].setCurrentIndex(page.boxes["sort"].findData("expiry"))
    page.export_button.click()
    settle(county)
    rows = list(openpyxl.load_workbook(tmp_path / "待办.xlsx").worksheets[0].iter_rows(values_only=True))
    assert [row[1] for row in rows if row[1]] == ["事项", "证书到期"]


def test_the_city_filters_by_unit(make_session: MakeSession, qtbot: QtBot, settle: Settle) -> None:
    city = make_session("city", "320900", office_name="盐城市知识产权局")
    owner = QWidget()
    qtbot.addWidget(owner)
    page = TodoPage(city, TodoDesk(city, owner))
    qtbot.addWidget(page)
    assert page.head.about.text() == texts.SEEKING
    assert "unit" in page.model.columns
    page.enter()
    settle(city)
    assert page.table.empty == texts.NOTHING
    page.resize(800, 400)
    page.show()
    page.table.grab()
    assert page.boxes["unit"].findData("320981") > 0
    assert page.model.data(page.model.index(-1, -1)) is None


def test_a_trouble_is_told_on_the_page(
    page: TodoPage, county: Session, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_store: object) -> object:
        raise OSError(5, "Input/output error")

    before = shown(page)
    monkeypatch.setattr("ipdesk.todo.steps", broken)
    page.enter()
    settle(county)
    assert page.notice.isVisible()
    assert shown(page) == before
