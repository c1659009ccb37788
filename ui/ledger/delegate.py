"""Paint the list's cells: state as dot and word in a pill, 待补 in its colour, a ring round the current cell."""

from typing import Any, NamedTuple

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.ledger.model import MISSING, TONE
from ui.style import sized, tokens

Index = QModelIndex | QPersistentModelIndex
PAD, PILL, DOT = 10, 22, 6


class _Cell(NamedTuple):
    """What of a style option is painted with; the stubs of PySide6 leave these attributes out."""

    rect: QRect
    font: QFont
    state: QStyle.StateFlag

    @classmethod
    def of(cls, option: Any) -> "_Cell":  # noqa: ANN401
        return cls(option.rect, option.font, option.state)


class CellDelegate(QStyledItemDelegate):
    """Paints a cell from the model's words, tone and alignment; the first column stands out."""

    def __init__(self, parent: QObject) -> None:
        """Paint for a table."""
        super().__init__(parent)
        self.hovered = -1

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802 - Qt's name
        """Return a row's height and the words' width."""
        return QSize(80, tokens().size["row"])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        cell = _Cell.of(option)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, cell, index)
        words = index.data(Qt.ItemDataRole.DisplayRole)
        if words:
            self._words(painter, cell, index, str(words))
        self._ring(painter, cell)
        painter.restore()

    def _ground(self, painter: QPainter, cell: _Cell, index: Index) -> None:
        colour = "select" if _is(cell, QStyle.StateFlag.State_Selected) else "surface"
        if colour == "surface" and index.row() == self.hovered:
            colour = "hover"
        painter.fillRect(cell.rect, tokens().paint(colour))
        bottom = cell.rect.bottom()
        painter.fillRect(QRect(cell.rect.left(), bottom, cell.rect.width(), 1), tokens().paint("line"))

    def _words(self, painter: QPainter, cell: _Cell, index: Index, words: str) -> None:
        if tone := index.data(TONE):
            _pill(painter, cell, words, str(tone))
            return
        missing, first = index.data(MISSING), index.column() == 0
        weight = QFont.Weight.Medium if first and not missing else QFont.Weight.Normal
        painter.setFont(sized("body", cell.font, weight))
        painter.setPen(tokens().paint("warn" if missing else "ink" if first else "body"))
        area = cell.rect.adjusted(PAD, 0, -PAD, -1)
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, index.data(Qt.ItemDataRole.TextAlignmentRole), shown)

    def _ring(self, painter: QPainter, cell: _Cell) -> None:
        if _is(cell, QStyle.StateFlag.State_HasFocus):
            painter.setPen(QPen(tokens().paint("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(cell.rect).adjusted(2, 2, -2, -3))


def _is(cell: _Cell, flag: QStyle.StateFlag) -> bool:
    return bool(cell.state & flag)


def _pill(painter: QPainter, cell: _Cell, words: str, tone: str) -> None:
    painter.setFont(sized("small", cell.font))
    metrics = painter.fontMetrics()
    room = cell.rect.width() - PAD - 4
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room - 26)
    area = QRectF(cell.rect.left() + PAD - 2, 0, metrics.horizontalAdvance(shown) + 26, PILL)
    area.moveTop(cell.rect.top() + (cell.rect.height() - PILL) / 2 - 0.5)
    painter.setPen(Qt.PenStyle.NoPen)
    ground = "surface" if _is(cell, QStyle.StateFlag.State_Selected) else f"{tone}-soft"
    painter.setBrush(tokens().paint(ground))
    painter.drawRoundedRect(area, PILL / 2, PILL / 2)
    painter.setBrush(tokens().paint(tone))
    painter.drawEllipse(QPointF(area.left() + 10, area.center().y()), DOT / 2, DOT / 2)
    painter.setPen(tokens().paint(tone))
    painter.drawText(
        area.adjusted(17, 0, -4, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown
    )
