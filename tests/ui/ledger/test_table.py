"""The table lays itself out at once, not after it is painted, and paints its rows as a delegate would cell by cell."""

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from ipdesk.fields import Value
from ipdesk.kinds import catalogue
from ipdesk.records import RecordKey, Row
from ui.ledger.columns import columns_of
from ui.ledger.delegate import CellDelegate
from ui.ledger.model import RowsModel
from ui.ledger.table import RowsTable

LONG = "东台市锦盛新材料科技有限公司盐城第二分公司"


@pytest.fixture
def model() -> RowsModel:
    """Return the model of a ledger without rows."""
    made = RowsModel(lambda *_told: None)
    made.set_columns(columns_of(catalogue().ledger("institution"), city=True))
    return made


@pytest.fixture
def table(qtbot: QtBot, model: RowsModel) -> RowsTable:
    """Return a table on the screen."""
    made = RowsTable(model)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def fill(model: RowsModel, count: int) -> None:
    """Show rows: names short, long and missing, some of them without state."""
    rows = []
    for number in range(count):
        name: dict[str, Value] = {"institution_name": LONG[: 5 + 7 * (number % 3)]} if number % 4 else {}
        state: dict[str, Value] = {"operating_status": "01", "agent_count": 12 * number} if number % 3 else {}
        rows.append(Row(RecordKey("320981", f"{number:02}"), {**name, **state}, {}))
    model.set_keys([row.key for row in rows], rows)


def painted(view: QTableView) -> QImage:
    """Return what stands in a table, without its heads."""
    return view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def twin(table: RowsTable, qtbot: QtBot) -> QTableView:
    """Return a table of Qt's own that shows the same, painted cell by cell by the delegate."""
    made = QTableView()
    qtbot.addWidget(made)
    made.setModel(table.model())
    made.setSelectionModel(table.selectionModel())
    cells = CellDelegate(made)
    cells.hovered = 4
    made.setItemDelegate(cells)
    made.setShowGrid(False)
    made.setFrameShape(table.frameShape())
    made.verticalHeader().hide()
    made.verticalHeader().setDefaultSectionSize(table.verticalHeader().defaultSectionSize())
    made.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
    for place in range(table.model().columnCount()):
        made.setColumnHidden(place, table.isColumnHidden(place))
        made.setColumnWidth(place, table.columnWidth(place))
    made.resize(table.size())
    made.show()
    qtbot.waitExposed(made)
    made.viewport().setFixedSize(table.viewport().size())
    return made


def test_other_widths_are_not_told_by_the_heads(qtbot: QtBot, table: RowsTable, model: RowsModel) -> None:
    told: list[int] = []
    table.horizontalHeader().sectionResized.connect(lambda place, _old, _new: told.append(place))
    table.resize(900, 300)
    table.fit()
    assert not told  # which would have Qt paint all again, later
    assert sum(map(table.columnWidth, range(model.columnCount()))) == table.viewport().width()


@pytest.mark.parametrize("down", [0, 17, 10_000])
def test_rows_are_painted_as_the_delegate_paints_cells(
    qtbot: QtBot, table: RowsTable, model: RowsModel, down: int
) -> None:
    fill(model, 30)
    table.resize(900, 300)
    table.fit()
    plain = painted(table)
    for row in (2, 3, 25):
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        table.selectionModel().select(model.index(row, 0), flags)
    table.verticalScrollBar().setValue(down)
    QTest.mouseMove(table.viewport(), table.visualRect(model.index(4, 1)).center())
    other = twin(table, qtbot)
    other.verticalScrollBar().setValue(table.verticalScrollBar().value())
    if down < table.visualRect(model.index(4, 1)).bottom():
        assert painted(table) != plain
    assert painted(table) == painted(other)


def test_the_ring_is_shown_where_the_keys_go(qtbot: QtBot, table: RowsTable, model: RowsModel) -> None:
    fill(model, 5)
    table.go_to(2)
    table.clearFocus()
    without = painted(table)
    table.activateWindow()
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    row = QRect(QPoint(0, table.rowViewportPosition(2)), table.visualRect(model.index(2, 0)).size())
    ringed = painted(table)
    assert ringed.copy(row) != without.copy(row)
    below = QRect(0, row.bottom() + 1, ringed.width(), ringed.height() - row.bottom() - 1)
    assert ringed.copy(below) == without.copy(below)


def test_a_table_without_rows_is_bare_ground(table: RowsTable) -> None:
    shown = painted(table)
    assert shown.allGray() or len({shown.pixel(x, y) for x in range(0, 90, 9) for y in range(0, 90, 9)}) == 1
    assert table.viewport().testAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)


def test_a_head_that_has_no_room_ends_in_dots(table: RowsTable) -> None:
    heads = table.horizontalHeader()
    table.setColumnWidth(0, heads.fontMetrics().horizontalAdvance("机构名"))
    shown = heads.grab().toImage()
    heads.setTextElideMode(Qt.TextElideMode.ElideNone)
    assert heads.grab().toImage() != shown
