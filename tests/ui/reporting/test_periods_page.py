"""A county fills a period in and submits it, the city accepts or returns it, all by keyboard."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from ipdesk import sync
from ipdesk.codes import CITY
from ipdesk.kinds.indicators import INDICATOR_VALUE, PERIOD_REPORT
from ipdesk.periods import Period
from ipdesk.records import Record, RecordKey, Version
from ipdesk.store import Store
from tests.ui.conftest import FakeDialogs, MakeSession
from ui.reporting.asking import ReasonDialog
from ui.reporting.lines import FIRST, LACKS
from ui.reporting.listed import FilingsTable
from ui.reporting.matrix import MatrixTable
from ui.reporting.page import PeriodsPage
from ui.session import Session
from ui.texts import reporting as texts

Settle = Callable[[Session], None]
MONTH = Period.read("2024-03")
FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


class Told(FakeDialogs):
    """Types a reason into the dialog that asks for one."""

    reason = "数字错了"

    def show(self, dialog: QDialog) -> bool:
        if isinstance(dialog, ReasonDialog):
            dialog.edit.setText(self.reason)
        return super().show(dialog)


@pytest.fixture
def dialogs() -> FakeDialogs:
    return Told()


@pytest.fixture
def county(make_session: MakeSession) -> Session:
    return make_session()


def shown(session: Session, qtbot: QtBot, settle: Settle) -> PeriodsPage:
    page = PeriodsPage(session)
    qtbot.addWidget(page)
    page.resize(1093, 560)
    page.show()
    page.enter()
    settle(session)
    settle(session)
    return page


@pytest.fixture
def page(county: Session, qtbot: QtBot, settle: Settle) -> Iterator[PeriodsPage]:
    made = shown(county, qtbot, settle)
    stand(made, settle, MONTH)
    yield made
    settle(county)


def stand(page: PeriodsPage, settle: Settle, period: Period) -> None:
    assert isinstance(page.table, FilingsTable)
    assert page.table.stand(period.code)
    settle(page.session)


def enabled(page: PeriodsPage) -> list[str]:
    return [name for name, made in page.buttons.items() if made.isEnabled() and not made.isHidden()]


def type_in(page: PeriodsPage, row: int, column: int, words: str) -> bool:
    return page.model.setData(page.model.index(row, column), words)


def run(page: PeriodsPage, settle: Settle, deed: Callable[[], None]) -> None:
    deed()
    for _ in range(3):
        settle(page.session)


def test_the_periods_are_listed_with_what_lacks(page: PeriodsPage) -> None:
    assert isinstance(page.table, FilingsTable)
    QAbstractItemModelTester(page.table.listing, FATAL)
    tester = QAbstractItemModelTester(page.model, FATAL)
    assert tester.parent() is None
    assert page.table.listing.rows[0][:2] == ("2025年", "逾期")
    assert page.name.text() == "东台市 · 2024年3月 · 逾期"
    assert page.about.text() == "应报 2024-04-10  ·  还缺 1 项"
    assert enabled(page) == [texts.SUBMIT_ZERO, texts.SUBMIT]
    page.every.setCurrentIndex(3)
    assert [row[0] for row in page.table.listing.rows] == ["2025年", "2024年", "2023年", "2022年"]


def test_a_period_is_filled_in_by_keys_and_saved(page: PeriodsPage, settle: Settle) -> None:
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert page.fill.hasFocus()
    assert page.fill.currentIndex().column() == FIRST
    QTest.keyClick(page.fill, Qt.Key.Key_1)
    (edit,) = (one for one in page.fill.viewport().children() if isinstance(one, QLineEdit))
    QTest.keyClicks(edit, "2000")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    QApplication.processEvents()  # what was typed is handed over in its own time
    assert page.model.edits == {("I06", ""): {"value": "12000"}}
    assert texts.SAVE in enabled(page)
    type_in(page, 0, FIRST + 3, "部门报送")
    run(page, settle, page.save)
    assert page.model.edits == {}
    assert page.model.index(0, FIRST).data() == "12000"
    assert page.model.index(0, LACKS).data() == ""
    stand(page, settle, MONTH.next)
    assert page.model.index(0, 1).data() == "12000"
    type_in(page, 0, FIRST, "3")
    assert page.model.index(0, FIRST + 3).data() == "部门报送"
    QTest.keyClick(page.fill, Qt.Key.Key_Escape)
    assert page.table.hasFocus()


def test_what_is_typed_stays_until_it_is_saved(
    page: PeriodsPage, settle: Settle, dialogs: FakeDialogs
) -> None:
    assert page.may_leave()
    assert type_in(page, 0, FIRST, "12")
    assert type_in(page, 0, FIRST, "12")
    stand(page, settle, MONTH.next)
    assert page.model.index(0, FIRST).data() == ""
    dialogs.yes = False
    assert not page.may_leave()
    stand(page, settle, MONTH)
    assert page.model.index(0, FIRST).data() == "12"
    assert type_in(page, 0, FIRST, "")
    assert page.model.edits == {}
    assert not type_in(page, 0, FIRST + 1, "5")
    type_in(page, 0, FIRST, "12")
    dialogs.yes = True
    assert page.may_leave()
    assert len(dialogs.asked) == 2


def test_what_cannot_be_saved_is_told_and_kept(page: PeriodsPage, settle: Settle) -> None:
    type_in(page, 0, FIRST, "很多")
    run(page, settle, page.submit)
    assert page.notice.words.text().startswith("质押融资（万元）：")
    assert page.model.index(0, FIRST).data() == "很多"


def fill(page: PeriodsPage) -> None:
    type_in(page, 0, FIRST, "12")
    type_in(page, 0, FIRST + 3, "部门报送")


def test_a_period_is_submitted_and_withdrawn(page: PeriodsPage, settle: Settle, dialogs: FakeDialogs) -> None:
    fill(page)
    page.fill.setFocus()
    QTest.keyClick(page.fill, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    run(page, settle, lambda: None)
    assert dialogs.asked[-1].startswith("报送2024年3月？")
    assert page.name.text() == "东台市 · 2024年3月 · 已报送"
    assert enabled(page) == [texts.WITHDRAW]
    assert not page.model.flags(page.model.index(0, FIRST)) & Qt.ItemFlag.ItemIsEditable
    assert page.model.index(0, FIRST).data() == "12"
    run(page, settle, page.withdraw)
    assert "撤回原因：数字错了" in page.about.text()
    assert enabled(page) == [texts.SUBMIT]


def test_lacking_figures_take_a_reason(page: PeriodsPage, settle: Settle, dialogs: FakeDialogs) -> None:
    type_in(page, 0, FIRST + 3, "部门报送")
    dialogs.yes = False
    run(page, settle, page.submit)
    assert enabled(page) == [texts.SUBMIT]
    dialogs.yes = True
    run(page, settle, page.submit)
    assert page.about.text().endswith("还缺 1 项  ·  数字错了")


def test_nothing_to_tell_is_said(page: PeriodsPage, settle: Settle, dialogs: FakeDialogs) -> None:
    run(page, settle, page.submit)
    assert "请选“零报告”" in page.notice.words.text()
    dialogs.yes = False
    run(page, settle, page.submit_zero)
    assert texts.SUBMIT_ZERO in enabled(page)
    dialogs.yes = True
    run(page, settle, page.submit_zero)
    assert page.name.text() == "东台市 · 2024年3月 · 已报送（零报告）"


def test_a_question_answered_no_leaves_all_as_it_is(
    page: PeriodsPage, settle: Settle, dialogs: FakeDialogs
) -> None:
    fill(page)
    run(page, settle, page.save)
    dialogs.yes = False
    run(page, settle, page.submit)
    assert texts.SUBMIT in enabled(page)
    page.buttons[texts.SUBMIT].click()
    dialogs.yes = True
    run(page, settle, page.buttons[texts.SUBMIT].click)
    dialogs.yes = False
    run(page, settle, page.withdraw)
    assert enabled(page) == [texts.WITHDRAW]


def test_every_cell_is_named(page: PeriodsPage) -> None:
    spoken = [
        page.model.index(0, column).data(Qt.ItemDataRole.AccessibleTextRole) for column in (FIRST, FIRST + 1)
    ]
    assert spoken == ["质押融资（万元），本期数值：", "质押融资（万元），分子：不用填"]
    for widget in (page.table, page.fill, page.every, *page.buttons.values()):
        assert widget.accessibleName()


# ---------------------------------------------------------------- the city


def brought(store: Store) -> None:
    """Let a county's submitted month stand at the city as a package brings it."""
    sync.expect(store, sync.Plan("month", 10, "2024-02"))
    values = {"unit_code": "320981", "period": "2024-03"}
    told = {
        **values,
        "report_state": "RS2",
        "submitted_at": "2024-04-05",
        "submission": 1,
        "reporter": "王芳",
    }
    loan = {**values, "indicator_code": "I06", "value": 12.0, "source": "部门报送"}
    with store.act("收取", "收件") as act:
        for kind, row in ((PERIOD_REPORT, told), (INDICATOR_VALUE, loan)):
            key = RecordKey("320981", f"0190-{kind.name}")
            act.merge(kind, [Record(kind.name, key, row, Version(1, 1, "e1"))])  # type: ignore[arg-type]


@pytest.fixture
def city(make_session: MakeSession, qtbot: QtBot, settle: Settle) -> PeriodsPage:
    session = make_session("city", CITY, None, "盐城市知识产权局")
    done: list[object] = []
    owner = QLineEdit()
    qtbot.addWidget(owner)
    session.ask(owner, brought, done.append)
    settle(session)
    page = shown(session, qtbot, settle)
    page.every.setCurrentIndex(0)
    settle(session)
    return page


def test_the_city_accepts_and_returns(city: PeriodsPage, settle: Settle) -> None:
    table = city.table
    assert isinstance(table, MatrixTable)
    QAbstractItemModelTester(table.matrix, FATAL)
    assert table.matrix.units == [("320981", "东台市")]
    place = table.matrix.periods.index(MONTH) + 1
    table.setCurrentIndex(table.matrix.index(0, place))
    settle(city.session)
    assert table.matrix.index(0, place).data() == "已报送"
    assert (
        table.matrix.index(0, place).data(Qt.ItemDataRole.AccessibleTextRole) == "东台市，2024年3月：已报送"
    )
    assert enabled(city) == [texts.RETURN, texts.ACCEPT]
    assert "填报人 王芳" in city.about.text()
    assert city.model.index(0, FIRST).data() == "12"
    assert not type_in(city, 0, FIRST, "1")
    city.save()
    run(city, settle, city.accept)
    assert table.matrix.index(0, place).data() == "已接收"
    assert enabled(city) == [texts.RETURN]
    run(city, settle, city.send_back)
    assert table.matrix.index(0, place).data() == "已退回"
    assert "市局：数字错了" in city.about.text()
    assert enabled(city) == []


def test_the_city_fills_its_own_periods(city: PeriodsPage, settle: Settle) -> None:
    table = city.table
    assert isinstance(table, MatrixTable)
    city.every.setCurrentIndex(2)
    settle(city.session)
    assert table.matrix.units[0] == (CITY, "盐城市（市本级）")
    table.setCurrentIndex(table.matrix.index(0, 1))
    settle(city.session)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert city.fill.hasFocus()
    assert enabled(city) == [texts.SUBMIT_ZERO, texts.SUBMIT]
    table.setCurrentIndex(table.matrix.index(0, 0))
    settle(city.session)
    assert city.model.lines == ()
    for deed in (city.save, city.accept, city.send_back, city.withdraw, city.submit_zero):
        deed()


def test_a_reason_is_needed(qtbot: QtBot, page: PeriodsPage) -> None:
    dialog = ReasonDialog(page, "撤回", "为什么？", texts.WITHDRAW_REASON, texts.WITHDRAW)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.take()
    assert not dialog.result()
    dialog.edit.setText(" 错了 ")
    dialog.edit.returnPressed.emit()
    assert dialog.focusWidget() is dialog.yes_button
    dialog.yes_button.click()
    assert dialog.result()
    assert dialog.reason == "错了"
