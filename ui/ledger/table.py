"""The table of a ledger: whole rows chosen, columns that leave by priority, everything within reach of the keys."""

from collections.abc import Mapping
from collections.abc import Set as Chosen

from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ipdesk.records import RecordKey
from ui.ledger.cells import Cell, CellPainter, Look, Strip, paint, paint_ground, paint_ring
from ui.ledger.columns import Column, fitting, widths
from ui.ledger.model import RowsModel
from ui.style import tokens

_OPEN = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)
_ENDS = (Qt.Key.Key_Home, Qt.Key.Key_End)


class RowsTable(QTableView):
    """Shows a ``RowsModel``; says which row is to be opened and which head was clicked."""

    opened = Signal()
    chosen = Signal()
    sorted_by = Signal(str)
    menu_asked = Signal(object)
    columns_asked = Signal(object)

    def __init__(self, model: RowsModel) -> None:
        """Lay the table out for a model."""
        super().__init__()
        self._rows = model
        self.setModel(model)
        self._cells, self._hovered = CellPainter(), -1
        self._dress()
        self._dress_heads()
        self.doubleClicked.connect(lambda _index: self.opened.emit())
        self.selectionModel().selectionChanged.connect(lambda _new, _old: self.chosen.emit())
        model.modelReset.connect(self._fit_soon)

    def _dress(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setDefaultSectionSize(tokens().size["row"])
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def _dress_heads(self) -> None:
        heads = self.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setTextElideMode(Qt.TextElideMode.ElideRight)  # Qt cuts a head off in the middle of a character
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        heads.setMinimumSectionSize(40)
        heads.setFixedHeight(tokens().size["table-head"])
        heads.setSectionsClickable(True)
        heads.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        heads.customContextMenuRequested.connect(lambda at: self.columns_asked.emit(heads.mapToGlobal(at)))
        heads.sectionClicked.connect(lambda section: self.sorted_by.emit(self._rows.columns[section].name))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the rows column by column: cell by cell, by a delegate, takes several times as long."""
        area, painter = event.rect(), QPainter(self.viewport())
        painter.fillRect(area, paint("surface"))
        tops, width = self._tops(area), self.horizontalHeader().length()
        height = self.verticalHeader().defaultSectionSize()
        chosen = {row for row in tops if self.selectionModel().isSelected(self._rows.index(row, 0))}
        for row, top in tops.items():
            ground = "select" if row in chosen else "hover" if row == self._hovered else ""
            paint_ground(painter, QRect(0, top, width, height), ground)
        self._cells.take_font(self.font())
        for place in range(len(self._rows.columns)):
            if not self.isColumnHidden(place):
                self._paint_column(painter, place, tops, chosen)
        if self.hasFocus() and self.currentIndex().isValid():
            paint_ring(painter, self.visualRect(self.currentIndex()))

    def _paint_column(
        self, painter: QPainter, place: int, tops: Mapping[int, int], chosen: Chosen[int]
    ) -> None:
        height = self.verticalHeader().defaultSectionSize()
        strip = Strip(self.columnViewportPosition(place), self.columnWidth(place), height, place == 0)
        look = self._rows.look
        cells = [Cell(Look(*look(row, place)), top, row in chosen) for row, top in tops.items()]
        self._cells.paint(painter, strip, cells)

    def _tops(self, area: QRect) -> dict[int, int]:
        """Return the rows in an area and where each begins."""
        first, last = self.rowAt(area.top()), self.rowAt(area.bottom())
        if first < 0:
            return {}
        behind = last + 1 if last >= 0 else self._rows.rowCount()
        return {row: self.rowViewportPosition(row) for row in range(first, behind)}

    def fit(self) -> None:
        """Show the columns that fit into the width there is.

        Told by the heads, the table would lay itself out only after the next painting, and then paint all again.
        """
        heads = self.horizontalHeader()
        heads.blockSignals(True)
        before = self._sizes()
        self._share()
        heads.blockSignals(False)
        if self._sizes() != before:
            self.updateGeometries()
            self.viewport().update()

    def _sizes(self) -> list[int]:
        return [self.columnWidth(place) for place in range(len(self._rows.columns))]

    def _share(self) -> None:
        columns = list(self._rows.columns)
        width = self.viewport().width()
        shown = fitting(columns, width)
        sizes = iter(widths(shown, width))
        for index, column in enumerate(columns):
            self.setColumnHidden(index, column not in shown)
            if column in shown:
                self.setColumnWidth(index, next(sizes))

    @property
    def shown_columns(self) -> list[Column]:
        """Return the columns that have room, in order."""
        return [c for place, c in enumerate(self._rows.columns) if not self.isColumnHidden(place)]

    def name_at(self, at: QPoint) -> str:
        """Return the field of the head at a place of the screen; empty where there is none."""
        heads = self.horizontalHeader()
        place = heads.logicalIndexAt(heads.mapFromGlobal(at))
        return self._rows.columns[place].name if place >= 0 else ""

    def _fit_soon(self) -> None:
        QTimer.singleShot(0, self, self.fit)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Let columns leave or come back."""
        super().resizeEvent(event)
        self.fit()

    def current_key(self) -> RecordKey | None:
        """Return the key of the row that has the ring."""
        return self._rows.key_at(self.currentIndex().row())

    def chosen_keys(self) -> list[RecordKey]:
        """Return the keys of the chosen rows, in order."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self._rows.keys[row] for row in rows]

    def go_to(self, row: int) -> None:
        """Choose a row and bring it into view."""
        index = self._rows.index(max(0, min(row, self._rows.rowCount() - 1)), 0)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, flags)
        self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Open the row on Enter and F2, and choose the first or last one on Ctrl+Home or End; Qt does the rest.

        Qt would move the ring alone, and what is then deleted or changed would be the rows chosen before.
        """
        if event.key() in _OPEN and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            self.opened.emit()
            return
        if event.key() in _ENDS and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.go_to(0 if event.key() == Qt.Key.Key_Home else self._rows.rowCount() - 1)
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """Ask for the row's menu, at the ring when asked for by the keyboard."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        at = self.visualRect(self.currentIndex()).center() if by_key else event.pos()
        self.menu_asked.emit(self.viewport().mapToGlobal(at))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Show which row the mouse is on."""
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(int(event.position().y())))

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Show no row under the mouse."""
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            self._hovered = row
            self.viewport().update()
