"""Paint the cells of a list that Qt paints one by one as the cells of a ledger look."""

from typing import Any, NamedTuple

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.ledger.cells import Cell, CellPainter, Look, Strip, paint_ground, paint_ring
from ui.ledger.model import MISSING, TONE
from ui.style import tokens

Index = QModelIndex | QPersistentModelIndex
_SELECTED = QStyle.StateFlag.State_Selected.value
_FOCUS = QStyle.StateFlag.State_HasFocus.value


class _Style(NamedTuple):
    """What of a style option is painted with; the stubs of PySide6 leave these attributes out."""

    rect: QRect
    font: QFont
    state: int

    @classmethod
    def of(cls, option: Any) -> "_Style":  # noqa: ANN401 - see above
        return cls(option.rect, option.font, option.state.value)


class CellDelegate(QStyledItemDelegate):
    """Paints a cell from the model's words, tone and alignment; the first column stands out."""

    def __init__(self, parent: QObject) -> None:
        """Paint for a table."""
        super().__init__(parent)
        self.hovered = -1
        self._cells = CellPainter()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802 - Qt's name
        """Return a row's height and the words' width."""
        return QSize(80, tokens().size["row"])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        area, font, state = _Style.of(option)
        selected = bool(state & _SELECTED)
        paint_ground(painter, area, "select" if selected else "hover" if index.row() == self.hovered else "")
        self._cells.take_font(font)
        strip = Strip(area.left(), area.width(), area.height(), index.column() == 0)
        self._cells.paint(painter, strip, [Cell(_look(index), area.top(), selected)])
        if state & _FOCUS:
            paint_ring(painter, area)


def _look(index: Index) -> Look:
    words, tone = index.data(Qt.ItemDataRole.DisplayRole), index.data(TONE)
    side = index.data(Qt.ItemDataRole.TextAlignmentRole) or Qt.AlignmentFlag.AlignLeft
    right = bool(Qt.AlignmentFlag(side) & Qt.AlignmentFlag.AlignRight)
    return Look(str(words or ""), str(tone or ""), bool(index.data(MISSING)), right)
