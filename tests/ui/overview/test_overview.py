"""The overview: cards, charts with their tables, and the way from a figure to its records."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from ipdesk.actions.ledger import add
from ipdesk.codes import CITY
from ipdesk.store import Moment, Store
from tests.ui.conftest import WAIT, FakeDialogs, MakeSession
from ui.ledger.page import LedgerPage
from ui.overview.page import OverviewPage, offer
from ui.pages import fill
from ui.session import Session
from ui.texts import overview as texts
from ui.widgets.choice import PlainBox
from ui.window.main import MainWindow

Settle = Callable[[Session], None]
Row = tuple[str, dict[str, Any]]
VALUE = {"indicator_code": "I03", "unit_code": "320981", "period": "2024-Q1", "value": 7}
LATE = {**VALUE, "period": "2025-Q2", "value": 2}
TARGET = {"indicator_code": "I03", "unit_code": "320981", "target_value": 10, "set_date": "2022-09-01"}
LIAISON = {
    "liaison_name": "陈喆",
    "unit_code": "320981",
    "town_code": "320981100",
    "liaison_level": "LL3",
    "appointed_date": "2023-05-06",
}
ROWS: tuple[Row, ...] = (
    ("indicator_value", VALUE),
    ("indicator_value", LATE),
    ("target", TARGET),
    ("liaison", LIAISON),
)


def put(session: Session, page: OverviewPage, settle: Settle, *rows: Row) -> None:
    def op(store: Store) -> None:
        for name, values in rows:
            add(store, store.catalogue.ledger(name), dict(values), "测试")

    session.ask(page, op, lambda _none: None)
    settle(session)


def made(session: Session, qtbot: QtBot, settle: Settle, *rows: Row) -> OverviewPage:
    page = OverviewPage(session)
    qtbot.addWidget(page)
    put(session, page, settle, *rows)
    page.resize(1190, 700)
    page.show()
    page.enter()
    whole(page, qtbot)
    return page


def whole(page: OverviewPage, qtbot: QtBot) -> None:
    """Wait until every day of the trend is there."""
    qtbot.waitUntil(
        lambda: bool(page.days) and page.details.trend.model.rowCount() == len(page.days), timeout=WAIT
    )


@pytest.fixture
def session(make_session: MakeSession) -> Session:
    return make_session()


@pytest.fixture
def page(session: Session, qtbot: QtBot, settle: Settle) -> OverviewPage:
    return made(session, qtbot, settle, *ROWS)


def choose(page: OverviewPage, code: str) -> None:
    codes = [one.figure.indicator.code for one in page.board.cards.cards]
    page.board.choose(codes.index(code))


def test_every_indicator_has_a_card_and_a_row(page: OverviewPage) -> None:
    models = (page.board.rows, page.records.model, *(p.model for p in page.details.pairs.values()))
    for model in (page.board.cards, *models):
        QAbstractItemModelTester(model)
    choose(page, "I03")
    card = page.board.card
    assert card
    assert card.cells == (
        "I03 海外发明授权",
        "7 件",
        "≥10",
        "70.0%",
        "滞后",
        "1 条说不清，没有计入",
    )
    assert card.words.startswith("I03 新增海外发明专利授权数量：7 件，目标 ≥10，完成率 70.0%")
    assert len(page.board.rows.rows) == len(page.board.cards.cards) == 19
    assert {row[4] for row in page.board.rows.rows} >= {"未报", "滞后", "未定目标"}
    assert "时序进度 100.0%" in page.head.about.text()
    index = page.board.cards.index(0)
    assert page.board.cards.data(index, Qt.ItemDataRole.AccessibleTextRole).startswith("I01")
    assert page.board.cards.data(index, Qt.ItemDataRole.FontRole) is None


def test_what_could_not_be_counted_is_listed_with_its_reason(page: OverviewPage) -> None:
    choose(page, "I03")
    doubt, counted = page.records.model.rows
    assert (doubt[0], "跨过" in doubt[3]) == (texts.UNCLEAR, True)
    assert counted[:2] == (texts.COUNTED, "2024年第一季度 海外发明授权")
    choose(page, "I04")
    assert page.records.table.empty == "没有记录（未报）。"
    page.records.open()


def test_charts_say_what_they_show_and_have_their_tables(page: OverviewPage, qtbot: QtBot) -> None:
    choose(page, "I03")
    trend, ranking = page.details.trend, page.details.ranking
    assert "24Q1 7" in trend.chart.accessibleName()
    assert [r for r in trend.model.rows if r[0] == "24Q1"] == [("24Q1", "7", "≥10", "70.0%")]
    assert trend.note.isHidden()
    assert ranking.model.rows[0][:5] == ("1", "东台市", "7", "≥10", "70.0%")
    assert "只有本单位" in ranking.note.text()
    coverage = page.details.coverage
    assert "东台市 1/" in coverage.chart.accessibleName()
    assert coverage.model.rows[-1] == ("东台市", "溱东镇", "陈喆", texts.MISSING)
    coverage.what.setCurrentIndex(1)
    coverage.what.activated.emit(1)
    assert "指导站覆盖图：东台市 0/" in coverage.chart.accessibleName()


def test_a_click_in_a_chart_lists_what_is_behind(page: OverviewPage, qtbot: QtBot) -> None:
    choose(page, "I03")
    for place, pair in enumerate(page.details.pairs.values()):
        page.details.setCurrentIndex(place)
        qtbot.waitUntil(pair.chart.isVisible, timeout=WAIT)
        at = QPoint(5, 12) if place else QPoint(pair.chart.width() - 5, 12)
        QTest.mouseClick(pair.chart, Qt.MouseButton.LeftButton, pos=at)
        assert pair.table.currentIndex().isValid()
    assert page.details.trend.table.currentIndex().row() == len(page.days) - 1
    coverage = page.details.coverage
    coverage.table.selectRow(len(coverage.towns) - 1)
    assert page.records.model.rows == [(texts.COUNTED, "陈喆", "东台市", "")]
    page.details.ranking.table.selectRow(-1)
    for pair in page.details.pairs.values():
        pair.table.clearSelection()
        pair.chosen.emit(-1)


def test_a_chart_without_figures_says_so(page: OverviewPage, qtbot: QtBot) -> None:
    choose(page, "I04")
    trend = page.details.trend
    assert trend.chart.count == 0
    QTest.mouseClick(trend.chart, Qt.MouseButton.LeftButton)
    trend.chart.grab()
    assert trend.chart.empty == texts.NO_TREND


def test_the_keys_lead_from_card_to_record(
    session: Session, qtbot: QtBot, settle: Settle, page: OverviewPage
) -> None:
    window = MainWindow(session)
    fill(window, session)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=WAIT)
    assert next(iter(window.navigation.buttons)) == "overview"
    QTest.keyClick(window, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    shown = window.page("overview")
    assert isinstance(shown, OverviewPage)
    whole(shown, qtbot)
    qtbot.waitUntil(shown.board.view.hasFocus, timeout=WAIT)
    for _ in range(2):
        QTest.keyClick(shown.board.view, Qt.Key.Key_Right)
    assert shown.figure
    assert shown.figure.indicator.code == "I03"
    QTest.keyClick(shown.board.view, Qt.Key.Key_Return)
    qtbot.waitUntil(shown.records.table.hasFocus, timeout=WAIT)
    QTest.keyClick(shown.records.table, Qt.Key.Key_Down)
    QTest.keyClick(shown.records.table, Qt.Key.Key_Return)
    ledger = window.page("indicator_value")
    assert isinstance(ledger, LedgerPage)
    qtbot.waitUntil(lambda: ledger.form.row is not None, timeout=WAIT)
    assert ledger.form.row
    assert ledger.form.row.values["period"] == "2024-Q1"
    shown.records.table.doubleClicked.emit(shown.records.model.index(0, 0))


def test_cards_and_table_keep_the_same_choice(page: OverviewPage) -> None:
    choose(page, "I05")
    page.board.setCurrentIndex(1)
    assert page.board.table.currentIndex().row() == 4
    page.board.table.selectRow(6)
    assert page.figure
    assert page.figure.indicator.code == "I07"
    assert page.board.view.currentIndex().row() == 6
    page.board.focus()
    page.resize(700, 500)
    page.grab()


def test_a_past_day_is_looked_at(
    page: OverviewPage, dialogs: FakeDialogs, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(dialog: Any) -> bool:  # noqa: ANN401  # whatever dialog is shown
        dialog.moment = Moment(date(2023, 6, 30))
        return True

    monkeypatch.setattr(dialogs, "show", answer)
    choose(page, "I03")
    page.ask_moment()
    qtbot.waitUntil(lambda: page.told is not None and bool(page.told.moment), timeout=WAIT)
    whole(page, qtbot)
    assert "2023" in page.notice.words.text()
    assert page.figure
    assert (page.figure.indicator.code, page.figure.value) == ("I03", None)
    monkeypatch.setattr(dialogs, "show", lambda _dialog: False)
    page.ask_moment()


def test_a_change_is_shown_at_once(
    page: OverviewPage, session: Session, qtbot: QtBot, settle: Settle
) -> None:
    choose(page, "I03")
    put(session, page, settle, ("indicator_value", {**VALUE, "period": "2024-Q2", "value": 5}))
    session.report("测试")
    qtbot.waitUntil(lambda: page.figure is not None and page.figure.value == 12, timeout=WAIT)
    page.hide()
    session.report("测试")
    settle(session)


def test_a_trouble_is_told_on_the_page(
    page: OverviewPage, session: Session, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_asked: object) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr("ui.overview.page.overview", fail)
    page.refresh_button.click()
    settle(session)
    assert "磁盘已满" in page.notice.words.text()


def test_it_is_kept_as_picture_pdf_and_sheet(
    page: OverviewPage,
    session: Session,
    dialogs: FakeDialogs,
    settle: Settle,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    said: list[str] = []
    session.told.connect(lambda words, _undo: said.append(words))
    dialogs.out = tmp_path
    choose(page, "I03")
    for action in page.exports.menu.actions():
        action.trigger()
        settle(session)
    qtbot.waitUntil(lambda: len(said) == 3, timeout=WAIT)
    files = {path.suffix: path for path in tmp_path.glob("总览-东台市-*")}
    assert set(files) == {".png", ".pdf", ".xlsx"}
    drawn = QImage(str(files[".png"]))
    assert (drawn.width(), drawn.height()) == (2480, 2 * (2 * 24 + 60 + 5 * 96 + 260))
    assert files[".pdf"].read_bytes().startswith(b"%PDF")
    dialogs.out = None
    page.exports.save(".pdf")
    assert len(said) == 3


def test_before_anything_is_read_there_is_nothing_to_show(session: Session, qtbot: QtBot) -> None:
    page = OverviewPage(session)
    qtbot.addWidget(page)
    assert (page.about, page.unit, page.figure, page.days, page.shown()) == ("", "", None, (), None)
    page.exports.save(".pdf")
    page.details.coverage.what.activated.emit(0)
    page.details.coverage.grab()


def test_the_city_sees_every_unit(make_session: MakeSession, qtbot: QtBot, settle: Settle) -> None:
    session = make_session("city", CITY, office_name="盐城市知识产权局")
    other = {**VALUE, "unit_code": "320925", "value": 3}
    page = made(session, qtbot, settle, *ROWS, ("indicator_value", other))
    assert page.unit_box.isVisible()
    assert page.notice.words.text() == ("各县目标合计与全市目标不一致：海外发明授权 各县合计 10，全市 150。")
    codes = ("I04", "I05", "I09")
    put(session, page, settle, *(("target", {**TARGET, "indicator_code": code}) for code in codes))
    page.ask()
    qtbot.waitUntil(lambda: page.notice.words.text().endswith("，等 4 处。"), timeout=WAIT)
    choose(page, "I03")
    assert page.figure
    assert page.figure.value == 10
    ranking = page.details.ranking
    assert [row[:3] for row in ranking.model.rows[:2]] == [("1", "东台市", "7"), ("2", "建湖县", "3")]
    page.details.setCurrentWidget(ranking)
    ranking.table.selectRow(1)
    assert page.records.title.text() == "海外发明授权（建湖县）：1 条记录"
    choose(page, "I08")
    assert (ranking.chart.count, ranking.chart.empty) == (0, texts.NO_COUNTY_VALUE)
    page.unit_box.setCurrentIndex(page.unit_box.findData("320925"))
    page.unit_box.activated.emit(0)
    assert page.unit == "320925"
    assert page.shown()


def test_a_box_of_one_is_not_shown(qtbot: QtBot) -> None:
    box = PlainBox()
    qtbot.addWidget(box)
    offer(box, [("a", "甲"), ("b", "乙")], "b")
    assert (box.currentData(), box.isHidden()) == ("b", False)
    offer(box, [("a", "甲")], "x")
    assert (box.currentData(), box.isHidden()) == ("a", True)
