"""Keys that a part and the page around it both know do the deed nearest to the focus."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextLayout
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QTabWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import WAIT
from ui.style import sheet
from ui.widgets.basic import shortcut, warned
from ui.widgets.head import PageHead
from ui.widgets.listing import Listing, ListingTable


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


def test_titles_stand_alike_with_and_without_buttons(qtbot: QtBot) -> None:
    heads = [PageHead("设置"), PageHead("待办", QPushButton("导出"))]
    for head in heads:
        qtbot.addWidget(head)
        head.setStyleSheet(sheet())
    assert len({head.minimumSizeHint().expandedTo(head.minimumSize()).height() for head in heads}) == 1


def test_a_column_in_the_middle_takes_what_is_left(qtbot: QtBot) -> None:
    table = ListingTable(Listing(("口径", "依据", "日期")), "表", (100, 100, 100))
    qtbot.addWidget(table)
    table.stretch(1)
    table.resize(600, 200)
    table.show()
    assert [table.columnWidth(place) for place in (0, 2)] == [100, 100]
    assert table.columnWidth(1) > 300


def test_columns_that_fit_their_words_leave_the_rest_to_the_last(qtbot: QtBot) -> None:
    listing = Listing(("来源", "改前", "改后"))
    listing.show(
        [("表单", "一二三四五六七八九十一二三四五六七八九十", "一二三四五六七八九十一二三四五六七八九十")]
    )
    table = ListingTable(listing, "表")
    qtbot.addWidget(table)
    table.resize(500, 200)
    table.show()
    table.fit(0, 72, 150)
    assert [table.columnWidth(place) for place in (0, 1)] == [72, 150]
    assert not table.horizontalScrollBar().isVisible()
