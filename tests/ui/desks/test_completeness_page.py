"""Who has reported for which period stands unit by unit; the plan is set and the letter printed."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ipdesk.periods import Period
from ipdesk.sync import Expected, Plan
from ipdesk.sync.channel import documents
from tests.ui.conftest import FakeDialogs
from tests.ui.desks.conftest import Ask, Show
from ui.desks.completeness import CompletenessPage, ExpectedPanel
from ui.desks.grid import GridTable, state_words
from ui.desks.letter import LetterDialog
from ui.desks.planning import PlanDialog
from ui.session import Session
from ui.texts import completeness as texts

Settle = Callable[[Session], None]
QUARTER = Period(date(2026, 7, 1), "quarter")


def expected(**told: object) -> Expected:
    due = date.today() - timedelta(days=5)
    base = {"unit": "320981", "unit_name": "东台市", "period": QUARTER, "due": due, "state": "overdue"}
    return Expected(**{**base, **told})  # type: ignore[arg-type]  # tests name what they mean


@pytest.fixture
def page(city: Session, show: Show) -> CompletenessPage:
    return show(CompletenessPage(city))


def test_each_cell_tells_a_state_in_word_and_colour(page: CompletenessPage) -> None:
    tester = QAbstractItemModelTester(page.table.grid, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert [name for _, name in page.table.grid.units] == ["建湖县", "东台市"]
    assert page.table.grid.periods[-1].code == f"{date.today().year - 1}-Q4"
    first = page.table.grid.index(0, len(page.table.grid.periods))
    assert first.data() == "逾期未报"
    assert first.data(Qt.ItemDataRole.DecorationRole) is not None
    assert first.data(Qt.ItemDataRole.ForegroundRole) is not None
    spoken = first.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("建湖县，")
    assert spoken.endswith("：逾期未报")
    assert page.table.grid.index(0, 0).data() == "建湖县"
    assert page.table.grid.headerData(0, Qt.Orientation.Horizontal) == "单位"
    assert page.head.about.text() == "每季报送，期满后 10 天内；2 个单位有逾期未报"
    page.refresh()
    assert tester.parent() is None


def test_the_ring_moves_with_the_keys_and_the_panel_follows(
    page: CompletenessPage, city: Session, settle: Settle
) -> None:
    page.table.setFocus()
    page.table.setCurrentIndex(page.table.grid.index(0, 1))
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    assert page.panel.name.text().startswith("东台市 · ")
    page.refresh()
    settle(city)
    assert page.panel.name.text().startswith("东台市 · ")
    page.table.setCurrentIndex(page.table.grid.index(0, 0))
    assert page.table.one is None
    assert page.panel.nothing.isVisible()
    assert not page.letter_button.isEnabled()


@pytest.mark.parametrize(
    ("told", "name", "words"),
    [
        ({}, texts.ON_TIME, "已逾期 5 天"),
        ({"state": "late", "received": "2026-11-01T00:00:00+00:00"}, texts.ON_TIME, "迟报"),
        ({"state": "awaited"}, texts.ON_TIME, "还没有到期"),
        ({"gaps": (2, 3)}, texts.GAPS, "缺第 2、3 包，请县里再导出一次"),
        ({"zero": True, "state": "received"}, texts.ZERO, texts.ZERO_YES),
        ({}, texts.CAME, texts.NOT_CAME),
        ({"received": "2026-11-01T00:00:00+00:00", "rows": 5, "accepted": 4}, texts.COUNT, "报 5 条，收进 4 条"),
    ],
)  # fmt: skip
def test_one_report_is_told_in_words(qtbot: QtBot, told: dict[str, object], name: str, words: str) -> None:
    panel = ExpectedPanel()
    qtbot.addWidget(panel)
    panel.show_item(expected(**told))
    assert panel.values[name].text() == words


def test_a_set_aside_package_is_pointed_out_and_a_zero_report_is_named(qtbot: QtBot) -> None:
    panel = ExpectedPanel()
    qtbot.addWidget(panel)
    panel.show_item(expected(state="aside"))
    assert panel.message.words.text() == texts.ASIDE_HINT
    assert state_words(expected(state="received", zero=True)) == "已收（零报告）"
    assert GridTable().grid.headerData(5, Qt.Orientation.Horizontal) is None


def test_the_plan_is_set(
    page: CompletenessPage, city: Session, settle: Settle, dialogs: FakeDialogs, ask: Ask
) -> None:
    QTest.keyClick(page.table, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, PlanDialog)
    dialog.days.setText("x")
    dialog.save()
    assert dialog.days_box.words.startswith("⚠")
    dialog.days.setText("5")
    dialog.every.setCurrentIndex(0)
    dialog.save()  # a month with a quarter to begin from
    settle(city)
    assert "报送频次" in dialog.notice.words.text()
    dialogs.yes = False
    dialog.since.setText(f"{date.today().year - 1}-9")
    dialog.save()
    for _ in range(3):
        settle(city)
    assert ask(Plan.of) == Plan("month", 5, f"{date.today().year - 1}-09")
    assert page.table.grid.periods[-1].code == f"{date.today().year - 1}-09"
    assert texts.PUBLISH_TITLE in dialogs.asked[-1]
    assert not ask(documents)
    dialogs.yes = True
    dialog.save()
    for _ in range(4):
        settle(city)
    (sent,) = ask(documents)
    assert (sent.name, sent.version) == ("reporting", 1)
    assert f"{date.today().year - 1}-09" in sent.text
    before = len(dialogs.asked)
    dialog.save()  # nothing to send down: it stands there already
    for _ in range(3):
        settle(city)
    assert len(dialogs.asked) == before


def test_the_letter_is_looked_at_and_saved(
    page: CompletenessPage, city: Session, settle: Settle, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    page.remind()
    page.table.setCurrentIndex(page.table.grid.index(0, len(page.table.grid.periods)))
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    (dialog,) = dialogs.shown
    assert isinstance(dialog, LetterDialog)
    assert not dialog.print_button.isEnabled()
    settle(city)
    assert dialog.paper is not None
    assert dialog.paper.pages == 1
    dialogs.out = tmp_path
    dialog.save()
    settle(city)
    (written,) = tmp_path.glob("报送提醒函-建湖县-*.pdf")
    assert written.read_bytes().startswith(b"%PDF")
    assert written.name in dialog.notice.words.text()
    dialog.print()  # no printer is chosen
    assert "已送打印机" not in dialog.notice.words.text()


def test_a_letter_that_is_not_needed_is_refused_in_a_sentence(
    city: Session, settle: Settle, qtbot: QtBot
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = LetterDialog(parent, city, expected(period=Period(date(2001, 1, 1), "quarter")))
    settle(city)
    assert "报送安排里没有" in dialog.notice.words.text()
    dialog.save()
    dialog.print()
