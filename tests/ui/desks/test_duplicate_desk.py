"""Pairs stand side by side, are decided, and the other unit hears whose it is."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ipdesk.kinds.deciding import CORRECTION, DELETED
from ipdesk.sync.pairs import Pair, pairs
from tests.ui.conftest import WAIT
from tests.ui.desks.conftest import Ask, Show
from ui.desks.duplicates import DuplicatePage
from ui.desks.pair import compared
from ui.session import Session
from ui.texts import duplicates as texts

Settle = Callable[[Session], None]
SHARED = "江苏盐阜精密机械有限公司"


@pytest.fixture
def page(city: Session, show: Show) -> DuplicatePage:
    return show(DuplicatePage(city))


def stand(page: DuplicatePage, name: str) -> Pair:
    page.table.selectRow([pair.first_name for pair in page.shown].index(name))
    assert page.item is not None
    return page.item


def test_both_records_stand_side_by_side(page: DuplicatePage) -> None:
    testers = [
        QAbstractItemModelTester(table.listing, QAbstractItemModelTester.FailureReportingMode.Fatal)
        for table in (page.table, page.compare)
    ]
    pair = stand(page, SHARED)
    assert "统一社会信用代码" in page.panel.why.text()
    lines = {line[1]: line for line in page.compare.listing.rows}
    assert lines["企业名称"] == (texts.SAME_VALUE, "企业名称", SHARED, SHARED)
    assert lines["报送单位"][0] == texts.DIFFERENT_VALUE
    heads = [
        page.compare.listing.headerData(n, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole)
        for n in (2, 3)
    ]
    assert heads == ["记录一：建湖县", "记录二：东台市"]
    assert compared(pair)
    page.refresh()
    assert len(testers) == 2


def test_an_award_asks_the_other_to_give_it_up(
    page: DuplicatePage, city: Session, settle: Settle, ask: Ask
) -> None:
    stand(page, SHARED)
    page.panel.choose("same")
    page.panel.ask()
    assert texts.NO_UNIT in page.panel.wrong.text()
    page.panel.units["320981"].setChecked(True)
    page.panel.reason.setText("注册地在东台")
    page.panel.decide_button.click()
    settle(city)
    settle(city)
    asked = ask(lambda store: store.find(CORRECTION, field=DELETED))
    assert [(r.values["unit"], "注册地在东台" in str(r.values["reason"])) for r in asked] == [
        ("320925", True)
    ]
    stand(page, SHARED)
    assert page.item is not None
    assert (page.item.state, page.item.owner) == ("same", "320981")
    assert page.panel.by.isVisible()
    assert page.panel.decide_button.text() == texts.DECIDE_AGAIN


def test_keys_alone_say_not_the_same(
    page: DuplicatePage, city: Session, settle: Settle, qtbot: QtBot, ask: Ask
) -> None:
    page.window().activateWindow()
    qtbot.waitUntil(page.window().isActiveWindow, timeout=WAIT)
    name = next(p.first_name for p in page.shown if p.first_name != SHARED)
    stand(page, name)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page.panel.same
    QTest.keyClick(page.panel.same, Qt.Key.Key_Escape)
    QTest.keyClick(page.table, Qt.Key.Key_2)
    assert QApplication.focusWidget() is page.panel.reason
    QTest.keyClick(page.panel.reason, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page.panel.decide_button
    QTest.keyClick(page.panel.decide_button, Qt.Key.Key_Return)
    settle(city)
    settle(city)
    kept = ask(lambda store: [p for p in pairs(store) if p.state == "different"])
    assert [pair.first_name for pair in kept] == [name]
    assert page.head.about.text() == "疑似重复 1 对没有核定"
    assert QApplication.focusWidget() is page.table


def test_hints_stand_apart(page: DuplicatePage, city: Session, settle: Settle) -> None:
    page.tabs.setCurrentIndex(1)
    settle(city)
    settle(city)
    assert all(pair.hint for pair in page.shown)
    assert page.about.text() == texts.HINTS_ABOUT
    assert page.tabs.tabText(1) == texts.TAB_HINTS.format(count=len(page.shown))
    page.tabs.setCurrentIndex(0)
    assert not any(pair.hint for pair in page.shown)


def test_filters_and_nothing_chosen(page: DuplicatePage) -> None:
    page.panel.ask()
    assert texts.NO_CHOICE in page.panel.wrong.text()
    page.panel.reason.returnPressed.emit()
    box = page.boxes["units"]
    box.setCurrentIndex(box.findData("320902"))
    assert page.shown == []
    assert page.table.empty == texts.NONE_FOUND
    page.panel.ask()
    page.panel.choose("same")
    page.panel.enter()
    page.clear_button.click()
    assert len(page.shown) == 2


def test_both_records_can_be_opened(page: DuplicatePage, city: Session, settle: Settle) -> None:
    asked: list[str] = []
    page.record_asked.connect(lambda _ledger, key: asked.append(key.owner))
    stand(page, SHARED)
    page.panel.first_button.click()
    page.panel.second_button.click()
    settle(city)
    assert asked == ["320925", "320981"]


def test_a_refusal_is_told_on_the_panel(page: DuplicatePage, city: Session, settle: Settle) -> None:
    page.panel.choose("different")
    page.panel.reason.setText("长" * 501)
    page.panel.ask()
    settle(city)
    assert "500" in page.panel.wrong.text()
    assert page.panel.decide_button.isEnabled()
