"""Conflicts are listed with both values, decided by mouse or keys alone, and their fate is told."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ipdesk.kinds.deciding import CORRECTION
from ipdesk.sync.corrections import Correction, listed
from ipdesk.sync.decided import conflicts
from tests.ui.conftest import WAIT
from tests.ui.desks.conftest import Ask, Show
from ui.desks.conflict import ConflictPanel
from ui.desks.conflicts import ConflictPage
from ui.session import Session
from ui.texts import conflicts as texts

Settle = Callable[[Session], None]


@pytest.fixture
def page(city: Session, show: Show) -> ConflictPage:
    return show(ConflictPage(city))


def fields(page: ConflictPage) -> list[str]:
    return [one.field for one in page.shown]


def stand(page: ConflictPage, field: str) -> None:
    page.table.selectRow(fields(page).index(field))


def test_both_values_stand_with_base_and_lives(page: ConflictPage) -> None:
    tester = QAbstractItemModelTester(page.table.listing, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert sorted(fields(page)) == ["contact_phone", "remark"]
    assert page.head.about.text() == "2 条没有裁定，共 2 条"
    stand(page, "contact_phone")
    assert page.panel.ours_value.text() == "139****4444"
    assert page.panel.theirs_value.text() == "139****2222"
    assert page.panel.base.text() == "139****0000"
    assert "第2代" in page.panel.ours_who.text()
    assert "东台市第1代" in page.panel.theirs_who.text()
    assert not page.panel.decide_button.isEnabled()
    page.refresh()
    assert tester.parent() is None


def test_the_other_value_goes_down_as_a_correction(
    page: ConflictPage, city: Session, settle: Settle, ask: Ask
) -> None:
    stand(page, "remark")
    page.panel.choose("theirs")
    page.panel.reason.setText("电话核实")
    told: list[str] = []
    city.told.connect(lambda words, _undo: told.append(words))
    page.panel.decide_button.click()
    settle(city)
    settle(city)
    assert "更正意见已拟好" in told[-1]
    assert page.head.about.text() == "1 条没有裁定，共 2 条"
    assert page.item is not None
    assert page.item.field == "contact_phone"  # the next that is open
    stand(page, "remark")
    assert page.panel.verdict.text() == "第一份工作区改的"
    assert "等县里答复" in page.panel.fate.text()
    assert page.panel.decide_button.isHidden()
    asked: list[str] = []
    page.correction_asked.connect(asked.append)
    page.panel.correction_button.click()
    assert asked == [page.item.correction]
    found = ask(lambda store: [c for c in listed(store) if c.digest == asked[0]])
    assert [(one.new, one.reason) for one in found] == [("第一份工作区改的", "电话核实")]


def test_keys_alone_decide(page: ConflictPage, city: Session, settle: Settle, qtbot: QtBot, ask: Ask) -> None:
    page.window().activateWindow()
    qtbot.waitUntil(page.window().isActiveWindow, timeout=WAIT)
    stand(page, "remark")
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page.panel.ours
    QTest.keyClick(page.panel.ours, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is page.table
    QTest.keyClick(page.table, Qt.Key.Key_3)
    assert page.panel.editor is not None
    assert QApplication.focusWidget() is page.panel.editor.widget
    QTest.keyClicks(page.panel.editor.widget, "third")
    QTest.keyClick(page.panel.editor.widget, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page.panel.reason
    QTest.keyClick(page.panel.reason, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page.panel.decide_button
    QTest.keyClick(page.panel.decide_button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(city)
    settle(city)
    (decided,) = ask(lambda store: conflicts(store, "value"))
    assert decided.decision == "third"
    assert QApplication.focusWidget() is page.table


def test_the_standing_value_needs_no_correction(
    page: ConflictPage, city: Session, settle: Settle, ask: Ask
) -> None:
    stand(page, "contact_phone")
    before = len(ask(lambda store: store.find(CORRECTION)))
    page.panel.choose("ours")
    page.panel.ask()
    settle(city)
    settle(city)
    assert len(ask(lambda store: store.find(CORRECTION))) == before
    stand(page, "contact_phone")
    assert texts.FATE_NONE in page.panel.fate.text()
    page.panel.choose("theirs")  # decided things are not decided anew
    page.panel.ask()
    assert page.item is not None
    assert page.item.state == "ours"


def test_nothing_is_decided_without_a_choice_or_with_an_endless_reason(
    page: ConflictPage, city: Session, settle: Settle
) -> None:
    stand(page, "contact_phone")
    page.panel.ask()
    assert texts.NO_CHOICE in page.panel.wrong.text()
    page.panel.choose("theirs")
    page.panel.reason.setText("长" * 501)
    page.panel.ask()
    settle(city)
    assert page.panel.wrong.isVisible()
    assert "⚠" in page.panel.wrong.text()
    assert page.item is not None
    assert page.item.state == "open"


def test_filters_narrow_and_are_cleared(page: ConflictPage) -> None:
    page.boxes["state"].setCurrentIndex(page.boxes["state"].findData("ours"))
    assert page.shown == []
    assert page.table.empty == texts.NONE_FOUND
    assert page.panel.nothing.isVisible()
    page.clear_button.click()
    assert len(page.shown) == 2


def test_a_record_is_opened_from_its_conflict(page: ConflictPage, city: Session, settle: Settle) -> None:
    asked: list[tuple[str, object]] = []
    page.record_asked.connect(lambda ledger, key: asked.append((ledger, key)))
    page.panel.record_button.click()
    settle(city)
    assert page.item is not None
    assert asked == [("guanbiao", page.item.key)]


@pytest.mark.parametrize(
    ("state", "answer", "words"),
    [("yes", "", "已按裁定改好"), ("no", "名称没错", "不同意：名称没错"), ("withdrawn", "", "撤回")],
)
def test_what_became_of_the_correction_is_told(
    page: ConflictPage, ask: Ask, state: str, answer: str, words: str, qtbot: QtBot
) -> None:
    from dataclasses import replace

    some: Correction = ask(listed)[0]
    panel = ConflictPanel()
    qtbot.addWidget(panel)
    panel.show_item(replace(page.shown[0], state="ours"), replace(some, state=state, answer=answer))
    assert words in panel.fate.text()
