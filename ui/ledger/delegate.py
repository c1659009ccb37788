"""Paint the list's cells: state as dot and word in a pill, 待补 in its colour, a ring round the current cell.

A list is painted anew with every key typed in its search, so what can be worked out once is kept: colours, fonts and
words laid out (shaping Chinese takes longer than anything else here).
"""

from functools import lru_cache
from typing import Any, NamedTuple

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QStaticText
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.ledger.model import MISSING, TONE
from ui.style import sized, tokens

Index = QModelIndex | QPersistentModelIndex
PAD, PILL, DOT = 10, 22, 6
KEPT = 4000  # words laid out that are kept
_SELECTED = QStyle.StateFlag.State_Selected.value
_FOCUS = QStyle.StateFlag.State_HasFocus.value


class Look(NamedTuple):
    """What a cell shows; ``tone`` is that of a state, empty for plain words."""

    words: str
    tone: str = ""
    missing: bool = False
    right: bool = False


class _Cell(NamedTuple):
    """What of a style option is painted with; the stubs of PySide6 leave these attributes out."""

    rect: QRect
    font: QFont
    state: int

    @classmethod
    def of(cls, option: Any) -> "_Cell":  # noqa: ANN401
        return cls(option.rect, option.font, option.state.value)


class CellDelegate(QStyledItemDelegate):
    """Paints a cell from the model's words, tone and alignment; the first column stands out."""

    def __init__(self, parent: QObject) -> None:
        """Paint for a table."""
        super().__init__(parent)
        self.hovered = -1
        self._font = QFont()
        self._fonts: dict[tuple[str, QFont.Weight], QFont] = {}
        self._laid: dict[tuple[str, str, QFont.Weight, int], QStaticText] = {}

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802 - Qt's name
        """Return a row's height and the words' width."""
        return QSize(80, tokens().size["row"])

    def look(self, index: Index) -> Look:
        """Return what a cell shows; a table that knows its model has a shorter way."""
        words, tone = index.data(Qt.ItemDataRole.DisplayRole), index.data(TONE)
        side = index.data(Qt.ItemDataRole.TextAlignmentRole) or Qt.AlignmentFlag.AlignLeft
        right = bool(Qt.AlignmentFlag(side) & Qt.AlignmentFlag.AlignRight)
        return Look(str(words or ""), str(tone or ""), bool(index.data(MISSING)), right)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        cell = _Cell.of(option)
        if cell.font != self._font:
            self._font = QFont(cell.font)
            self._fonts.clear()
            self._laid.clear()
        self._ground(painter, cell, index.row())
        look = self.look(index)
        if look.tone and look.words:
            self._pill(painter, cell, look)
        elif look.words:
            self._words(painter, cell, look, first=index.column() == 0)
        if cell.state & _FOCUS:
            _ring(painter, cell)

    def _ground(self, painter: QPainter, cell: _Cell, row: int) -> None:
        if cell.state & _SELECTED or row == self.hovered:  # else the table itself has painted the ground
            painter.fillRect(cell.rect, _colour("select" if cell.state & _SELECTED else "hover"))
        painter.fillRect(cell.rect.left(), cell.rect.bottom(), cell.rect.width(), 1, _colour("line"))

    def _words(self, painter: QPainter, cell: _Cell, look: Look, *, first: bool) -> None:
        weight = QFont.Weight.Medium if first and not look.missing else QFont.Weight.Normal
        room = cell.rect.width() - 2 * PAD
        laid = self._lay(painter, look.words, "body", weight, room)
        painter.setPen(_colour("warn" if look.missing else "ink" if first else "body"))
        size = laid.size()
        left = cell.rect.left() + PAD + (room - size.width() if look.right else 0)
        painter.drawStaticText(QPointF(left, _middle(cell, size.height())), laid)

    def _lay(self, painter: QPainter, words: str, name: str, weight: QFont.Weight, room: int) -> QStaticText:
        """Choose the font and return the words laid out in it, cut off at the end where they need more room."""
        font = self._fonts.get((name, weight))
        if font is None:
            font = self._fonts[name, weight] = sized(name, self._font, weight)
        painter.setFont(font)
        asked = (words, name, weight, room)
        if asked not in self._laid:
            if len(self._laid) >= KEPT:
                self._laid.clear()
            shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, room)
            laid = QStaticText(shown)
            laid.setTextFormat(Qt.TextFormat.PlainText)
            laid.prepare(font=font)
            self._laid[asked] = laid
        return self._laid[asked]

    def _pill(self, painter: QPainter, cell: _Cell, look: Look) -> None:
        painter.save()
        laid = self._lay(painter, look.words, "small", QFont.Weight.Normal, cell.rect.width() - PAD - 30)
        size = laid.size()
        area = QRectF(cell.rect.left() + PAD - 2, 0, round(size.width()) + 26, PILL)
        area.moveTop(cell.rect.top() + (cell.rect.height() - PILL) / 2 - 0.5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_colour("surface" if cell.state & _SELECTED else f"{look.tone}-soft"))
        painter.drawRoundedRect(area, PILL / 2, PILL / 2)
        painter.setBrush(_colour(look.tone))
        painter.drawEllipse(QPointF(area.left() + 10, area.center().y()), DOT / 2, DOT / 2)
        painter.setPen(_colour(look.tone))
        painter.drawStaticText(QPointF(area.left() + 17, round(area.center().y() - size.height() / 2)), laid)
        painter.restore()


@lru_cache
def _colour(name: str) -> QColor:
    return tokens().paint(name)


def _middle(cell: _Cell, height: float) -> int:
    """Return where words begin that stand in the middle, a pixel being the line below."""
    return round(cell.rect.top() + (cell.rect.height() - 1 - height) / 2)


def _ring(painter: QPainter, cell: _Cell) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(_colour("focus"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(cell.rect).adjusted(2, 2, -2, -3))
    painter.restore()
