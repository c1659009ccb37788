"""The table of things to do: a line per thing, one click or Enter from its record, groups under lines of their own."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyleOptionViewItem, QTableView

from ipdesk.todo import Item
from ui.ledger.cells import PAD
from ui.ledger.delegate import CellDelegate
from ui.style import sized, tokens
from ui.texts import todo as texts
from ui.todo.model import GROUP, TodoModel

Index = QModelIndex | QPersistentModelIndex
WIDTHS = {"state": 126, "sort": 104, "name": 264, "unit": 76, "ledger": 88, "due": 92}


class _Cells(CellDelegate):
    """Paints things like the rows of a ledger and the names of groups as lines across."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        if words := index.data(GROUP):
            area = option.rect  # type: ignore[attr-defined]  # PySide6's stubs leave the attribute out
            painter.save()
            painter.fillRect(area, tokens().paint("head"))
            painter.setFont(sized("body", option.font, QFont.Weight.Medium))  # type: ignore[attr-defined]  # see above
            painter.setPen(tokens().paint("ink"))
            painter.drawText(area.adjusted(PAD, 0, -PAD, 0), Qt.AlignmentFlag.AlignVCenter, str(words))
            painter.restore()
        else:
            super().paint(painter, option, index)


class TodoTable(QTableView):
    """Shows a ``TodoModel``; says which thing is asked for."""

    opened = Signal(object)

    def __init__(self, model: TodoModel) -> None:
        """Lay the table out for a model."""
        super().__init__()
        self._lines, self.empty = model, ""
        self.setModel(model)
        self._cells = _Cells(self)
        self.setItemDelegate(self._cells)
        self.setAccessibleName(texts.TABLE)
        self._dress()
        self.clicked.connect(self._open)
        model.modelReset.connect(self._span)

    def _dress(self) -> None:
        self.setProperty("role", "boxed")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(tokens().size["row"])
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._dress_heads()

    def _dress_heads(self) -> None:
        heads = self.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setTextElideMode(Qt.TextElideMode.ElideRight)
        heads.setFixedHeight(tokens().size["table-head"])
        for place, name in enumerate(self._lines.columns):
            stretched = name not in WIDTHS
            mode = QHeaderView.ResizeMode.Stretch if stretched else QHeaderView.ResizeMode.Fixed
            heads.setSectionResizeMode(place, mode)
            self.setColumnWidth(place, WIDTHS.get(name, 200))

    def _span(self) -> None:
        """Let the names of groups stand across."""
        self.clearSpans()
        for row in self._lines.groups:
            self.setSpan(row, 0, 1, len(self._lines.columns))

    def current_item(self) -> Item | None:
        """Return the thing that has the ring."""
        return self._lines.item(self.currentIndex().row())

    def stand(self, item: Item | None) -> None:
        """Put the ring on a thing, else on the first there is."""
        rows = range(self._lines.rowCount())
        known = [row for row in rows if self._lines.item(row)]
        row = next((r for r in known if item and _same(self._lines.item(r), item)), known[0] if known else -1)
        if row >= 0:
            self.selectRow(row)
            self.scrollToTop() if row == known[0] else self.scrollTo(self._lines.index(row, 0))

    def _open(self, index: QModelIndex) -> None:
        if item := self._lines.item(index.row()):
            self.opened.emit(item)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Open the record of the thing that has the ring on Enter and F2."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Show which line the mouse is on, and that it leads somewhere."""
        super().mouseMoveEvent(event)
        row = self.rowAt(int(event.position().y()))
        leads = self._lines.item(row) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if leads else Qt.CursorShape.ArrowCursor)
        if row != self._cells.hovered:
            self._cells.hovered = row
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Say in the middle what it means that there is nothing."""
        super().paintEvent(event)
        if self.empty and self._lines.rowCount() == 0:
            painter = QPainter(self.viewport())
            painter.setPen(tokens().paint("muted"))
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, self.empty)
            painter.end()


def _same(one: Item | None, other: Item) -> bool:
    """Tell whether two are the same thing to do about the same record, whatever the days left."""
    return one is not None and (one.ledger, one.key, one.sort) == (other.ledger, other.key, other.sort)
