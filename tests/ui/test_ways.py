"""The desks stand in a city's navigation, counted, with keys of their own; from one desk a way leads to another."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QTabBar, QTableView, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import WAIT
from tests.ui.desks.conftest import ask, built, city, scene, show
from ui.desks.conflicts import ConflictPage
from ui.desks.corrections import CorrectionPage
from ui.inbox.page import InboxPage
from ui.ledger.page import LedgerPage
from ui.pages import fill
from ui.session import Session
from ui.window.main import MainWindow

__all__ = ("ask", "built", "city", "scene", "show")
Settle = Callable[[Session], None]
DESKS = ("inbox", "conflicts", "duplicates", "corrections", "completeness")


@pytest.fixture
def window(city: Session, qtbot: QtBot, settle: Settle) -> MainWindow:
    made = MainWindow(city)
    fill(made, city)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.go("guanbiao")
    settle(city)
    return made


def test_alt_and_a_number_lead_to_each_desk(
    window: MainWindow, city: Session, qtbot: QtBot, settle: Settle
) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=WAIT)
    for number, name in enumerate(DESKS):
        QTest.keyClick(window, Qt.Key(Qt.Key.Key_1 + number), Qt.KeyboardModifier.AltModifier)
        settle(city)
        settle(city)
        assert window.page(name).isVisible()
        assert window.focusWidget() is not None
    QTest.keyClick(window, Qt.Key.Key_7, Qt.KeyboardModifier.ControlModifier)
    settle(city)
    assert window.page("reports").isVisible()  # the other pages keep their numbers


def test_what_waits_is_counted(window: MainWindow, qtbot: QtBot) -> None:
    def told(name: str) -> str:
        return window.navigation.buttons[name].accessibleDescription()

    qtbot.waitUntil(lambda: bool(told("completeness")), timeout=WAIT)
    assert told("conflicts") == "冲突：2 条没有裁定"
    assert told("duplicates") == "查重：2 对没有核定"
    assert told("corrections") == "更正意见：1 条逾期没有答复"
    assert told("inbox") == ""


def test_a_conflict_leads_to_its_correction_and_its_record(
    window: MainWindow, city: Session, settle: Settle
) -> None:
    window.go("conflicts")
    settle(city)
    desk = window.page("conflicts")
    assert isinstance(desk, ConflictPage)
    field = desk.shown[0].field
    desk.panel.choose("theirs")
    desk.panel.ask()
    settle(city)
    settle(city)
    desk.table.selectRow([one.field for one in desk.shown].index(field))
    desk.panel.correction_button.click()
    settle(city)
    settle(city)
    corrections = window.page("corrections")
    assert isinstance(corrections, CorrectionPage)
    assert corrections.isVisible()
    assert corrections.item is not None
    assert corrections.item.field == field
    corrections.panel.record_button.click()
    settle(city)
    settle(city)
    ledger = window.page("guanbiao")
    assert isinstance(ledger, LedgerPage)
    assert ledger.isVisible()
    assert not ledger.form.isHidden()


def test_the_inbox_leads_to_the_conflicts(window: MainWindow, city: Session, settle: Settle) -> None:
    inbox = window.page("inbox")
    assert isinstance(inbox, InboxPage)
    inbox.conflicts_asked.emit()
    settle(city)
    assert window.page("conflicts").isVisible()


def test_every_widget_of_the_desks_has_a_name(window: MainWindow, city: Session, settle: Settle) -> None:
    for name in DESKS:
        window.go(name)
        settle(city)
        settle(city)
    kinds = (QAbstractButton, QLineEdit, QComboBox, QTableView, QTabBar)
    every: list[QWidget] = []
    for name in DESKS:
        every += window.page(name).findChildren(QWidget)
    found = [widget for widget in every if isinstance(widget, kinds)]
    nameless = [
        (type(w).__name__, type(w.parent()).__name__)
        for w in found
        if w.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not w.accessibleName()
        and not isinstance(w.parent(), (QComboBox, QLineEdit))
    ]
    assert nameless == []


def test_where_it_is_low_the_ways_stand_closer(window: MainWindow, city: Session, settle: Settle) -> None:
    window.resize(1366, 1200)
    settle(city)
    assert not window.navigation.property("tight")
    window.resize(1093, 560)
    settle(city)
    assert window.navigation.property("tight") is True
    low = max(made.geometry().bottom() for made in window.navigation.buttons.values())
    assert low <= window.navigation.height()
    window.resize(1366, 1200)
    settle(city)
    assert not window.navigation.property("tight")
