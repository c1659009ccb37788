"""Keys that a part and the page around it both know do the deed nearest to the focus."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextLayout
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTabWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import WAIT
from ui.style import sheet
from ui.widgets.basic import shortcut, warned


@pytest.mark.parametrize(("inside", "done"), [(True, ["part"]), (False, ["page"])])
def test_the_nearest_deed_is_done(qtbot: QtBot, inside: bool, done: list[str]) -> None:
    page, part, within, beside = QWidget(), QWidget(), QLineEdit(), QLineEdit()
    qtbot.addWidget(page)
    lines = QVBoxLayout(page)
    lines.addWidget(part)
    lines.addWidget(beside)
    QVBoxLayout(part).addWidget(within)
    told: list[str] = []
    shortcut(page, "F5", lambda: told.append("page"))
    held = shortcut(part, "F5", lambda: told.append("part"))
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow, timeout=WAIT)
    place = within if inside else beside
    place.setFocus()
    for _ in range(3):
        QTest.keyClick(place, Qt.Key.Key_F5)
    assert told == done * 3
    held.setEnabled(False)
    QTest.keyClick(place, Qt.Key.Key_F5)
    assert told[-1] == "page"


def test_the_sign_of_what_is_wrong_never_stands_alone(qapp: QApplication) -> None:
    layout = QTextLayout(warned("91320981MA1YNEW024 已有登记"), qapp.font())
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(60)
    layout.endLayout()
    assert line.textLength() > len("⚠ ")


def test_no_line_is_drawn_above_tabs(qtbot: QtBot) -> None:
    tabs = QTabWidget()
    tabs.setStyleSheet(sheet())
    qtbot.addWidget(tabs)
    tabs.setDocumentMode(True)
    tabs.addTab(QWidget(), "")
    tabs.show()
    assert not tabs.tabBar().drawBase()
