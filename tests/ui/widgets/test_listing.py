"""Tables of words: Home and End lead to the first and the last row, as in a list."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView
from pytestqt.qtbot import QtBot

from ui.widgets.listing import Listing, ListingTable


def test_home_and_end_lead_to_the_first_and_last_row(qtbot: QtBot) -> None:
    model = Listing(("名称", "情况"))
    table = ListingTable(model, "名单")
    qtbot.addWidget(table)
    QTest.keyClick(table, Qt.Key.Key_End)
    assert not table.currentIndex().isValid()
    model.show([("甲", "一"), ("乙", "二"), ("丙", "三")])
    table.selectRow(1)
    for key, row in ((Qt.Key.Key_End, 2), (Qt.Key.Key_Home, 0), (Qt.Key.Key_End, 2), (Qt.Key.Key_Up, 1)):
        QTest.keyClick(table, key)
        assert table.currentIndex().row() == row
        assert [index.row() for index in table.selectionModel().selectedRows()] == [row]
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
    QTest.keyClick(table, Qt.Key.Key_End)
    assert (table.currentIndex().row(), table.currentIndex().column()) == (1, 1)
