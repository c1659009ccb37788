"""A small table of plain words that never changes while it is shown."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ipdesk.text import on_one_line
from ui.style import tokens

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
SIDE, DOT = 8, 3.0  # logical pixels: the picture, the radius
MARGINS = 26  # logical pixels left and right of the words in a cell


class Listing(QAbstractTableModel):
    """Rows of words under heads; one column tells a state, as dot and word in the tone of its row."""

    def __init__(self, heads: Sequence[str], state: int = -1) -> None:
        """Begin without rows; ``state`` is the place of the column that tells a state."""
        super().__init__()
        self._state = state
        self._heads = tuple(heads)
        self._rows: list[tuple[str, ...]] = []
        self._tones: dict[int, str] = {}

    def show(self, rows: Sequence[Sequence[str]], tones: dict[int, str] | None = None) -> None:
        """Show other rows; ``tones`` are by row."""
        self.beginResetModel()
        self._rows, self._tones = [tuple(r) for r in rows], tones or {}
        self.endResetModel()

    def name_heads(self, heads: Sequence[str]) -> None:
        """Give the columns other heads, as many as before."""
        self._heads = tuple(heads)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._heads) - 1)

    @property
    def rows(self) -> Sequence[tuple[str, ...]]:
        """Return the rows shown."""
        return self._rows

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        """Return a cell's words."""
        if not index.isValid():
            return None
        words, tone = self._rows[index.row()][index.column()], self._tone(index)
        if role == Qt.ItemDataRole.ToolTipRole:
            return words
        if role == Qt.ItemDataRole.DisplayRole:
            return on_one_line(words)
        if not tone or not words:
            return None
        if role == Qt.ItemDataRole.DecorationRole:
            return dot(tone)
        return tokens().paint(tone) if role == Qt.ItemDataRole.ForegroundRole else None

    def _tone(self, index: Index) -> str:
        return self._tones.get(index.row(), "") if index.column() == self._state else ""

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - Qt's variant
        """Return a head."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._heads):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return (
            self._heads[section]
            if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
            else None
        )


def dot(tone: str) -> QPixmap:
    """Return the dot that stands before a word of state."""
    drawn = QPixmap(SIDE * 2, SIDE * 2)
    drawn.setDevicePixelRatio(2)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tokens().paint(tone))
    painter.drawEllipse(QPointF(SIDE / 2, SIDE / 2), DOT, DOT)
    painter.end()
    return drawn


class ListingTable(QTableView):
    """Shows a ``Listing``; the last column takes the space that is left."""

    def __init__(
        self,
        model: QAbstractTableModel,
        name: str,
        widths: Sequence[int] = (),
        *,
        wrap: bool = False,
        empty: str = "",
    ) -> None:
        """Give the columns their widths in logical pixels; ``wrap`` lets rows grow with their words.

        ``empty`` is said while there are no rows.
        """
        super().__init__()
        self.setModel(model)
        # Without a parent Python may collect the model first, and a timer of the view meets what is gone.
        model.setParent(self)
        self.setProperty("role", "boxed")
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(wrap)
        self._dress_heads(widths, wrap)
        self.empty = empty

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Say in the middle what it means that there is nothing."""
        super().paintEvent(event)
        if self.empty and self.model().rowCount() == 0:
            painter = QPainter(self.viewport())
            painter.setPen(tokens().paint("muted"))
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, self.empty)
            painter.end()

    def moveCursor(  # noqa: N802 - Qt's name
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Let Home and End lead to the first and last row where whole rows are chosen: columns mean nothing there."""
        ends = {
            QAbstractItemView.CursorAction.MoveHome: 0,
            QAbstractItemView.CursorAction.MoveEnd: self.model().rowCount() - 1,
        }
        rows = self.selectionBehavior() == QAbstractItemView.SelectionBehavior.SelectRows
        if rows and action in ends:
            return self.model().index(ends[action], max(0, self.currentIndex().column()))
        return super().moveCursor(action, modifiers)

    def stretch(self, place: int) -> None:
        """Let another column than the last take the space that is left."""
        heads = self.horizontalHeader()
        heads.setStretchLastSection(False)
        heads.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)

    def fit(self, first: int, least: int, most: int, beside: int = 0) -> None:
        """Give the columns from one on what their words take and what stands ``beside`` them, within bounds.

        The last one takes what is left where it stretches.

        All are logical pixels but ``first``.
        """
        model, metrics = self.model(), self.fontMetrics()
        last = model.columnCount() - self.horizontalHeader().stretchLastSection()
        for place in range(first, last):
            cells = (str(model.index(line, place).data() or "") for line in range(model.rowCount()))
            wanted = max(map(metrics.horizontalAdvance, cells), default=0) + MARGINS + beside
            self.setColumnWidth(place, min(max(wanted, least), most))

    def _dress_heads(self, widths: Sequence[int], wrap: bool) -> None:
        for place, width in enumerate(widths):
            self.setColumnWidth(place, width)
        heads = self.horizontalHeader()
        heads.setStretchLastSection(True)
        heads.setHighlightSections(False)
        heads.setTextElideMode(Qt.TextElideMode.ElideRight)
        heads.setFixedHeight(32)
        rows = self.verticalHeader()
        rows.hide()
        rows.setMinimumSectionSize(30)
        rows.setDefaultSectionSize(30)
        if wrap:
            rows.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
