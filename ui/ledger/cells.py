"""Paint the cells of lists: words, state as dot and word in a pill, 待补 in its colour, a ring round the current one.

A list is painted anew with every key typed in its search, so what can be worked out once is kept: colours, fonts and
words laid out (shaping Chinese takes longer than anything else here); and a column is painted at once, for its cells
share font and colours.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QStaticText

from ui.style import sized, tokens

PAD, PILL, DOT = 10, 22, 6
KEPT = 4000  # words laid out that are kept


class Look(NamedTuple):
    """What a cell shows; ``tone`` is that of a state, empty for plain words."""

    words: str
    tone: str = ""
    missing: bool = False
    right: bool = False


class Cell(NamedTuple):
    """One cell of a column: what it shows, where its row begins, and whether that is chosen."""

    look: Look
    top: int
    selected: bool


class Strip(NamedTuple):
    """Where the cells of a column stand; ``first`` tells the column that stands out."""

    left: int
    width: int
    height: int
    first: bool


class _Laid(NamedTuple):
    """Words laid out, and their size."""

    words: QStaticText
    width: float
    height: float


class CellPainter:
    """Paints cells in one font, whose sizes and weights tell name, value and state apart."""

    def __init__(self) -> None:
        """Begin with nothing laid out."""
        self._font = QFont()
        self._fonts: dict[tuple[str, QFont.Weight], QFont] = {}
        self._laid: dict[tuple[str, str, QFont.Weight, int], _Laid] = {}

    def take_font(self, font: QFont) -> None:
        """Paint in a font from now on; words laid out in another are laid out anew."""
        if font != self._font:
            self._font = QFont(font)
            self._fonts.clear()
            self._laid.clear()

    def paint(self, painter: QPainter, strip: Strip, cells: Sequence[Cell]) -> None:
        """Paint cells of one column upon their ground."""
        told = [cell for cell in cells if cell.look.words]
        plain = [cell for cell in told if not cell.look.tone]
        weight = QFont.Weight.Medium if strip.first else QFont.Weight.Normal
        known = [cell for cell in plain if not cell.look.missing]
        self._words(painter, strip, known, "ink" if strip.first else "body", weight)
        missing = [cell for cell in plain if cell.look.missing]
        self._words(painter, strip, missing, "warn", QFont.Weight.Normal)
        self._pills(painter, strip, [cell for cell in told if cell.look.tone])

    def _words(
        self, painter: QPainter, strip: Strip, cells: Sequence[Cell], colour: str, weight: QFont.Weight
    ) -> None:
        if not cells:
            return
        painter.setFont(self._sized("body", weight))
        painter.setPen(paint(colour))
        room = strip.width - 2 * PAD
        for look, top, _selected in cells:
            laid = self._lay(look.words, "body", weight, room)
            left = strip.left + PAD + (room - laid.width if look.right else 0)
            painter.drawStaticText(QPointF(left, _middle(top, strip, laid)), laid.words)

    def _pills(self, painter: QPainter, strip: Strip, cells: Sequence[Cell]) -> None:
        if not cells:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._sized("small", QFont.Weight.Normal))
        for cell in cells:
            laid = self._lay(cell.look.words, "small", QFont.Weight.Normal, strip.width - PAD - 30)
            _pill(painter, strip, cell, laid)
        painter.restore()

    def _sized(self, name: str, weight: QFont.Weight) -> QFont:
        if (name, weight) not in self._fonts:
            self._fonts[name, weight] = sized(name, self._font, weight)
        return self._fonts[name, weight]

    def _lay(self, words: str, name: str, weight: QFont.Weight, room: int) -> _Laid:
        """Return words laid out, cut off at the end where they need more room."""
        asked = (words, name, weight, room)
        if asked not in self._laid:
            if len(self._laid) >= KEPT:
                self._laid.clear()
            self._laid[asked] = _laid_out(words, self._sized(name, weight), room)
        return self._laid[asked]


def _laid_out(words: str, font: QFont, room: int) -> _Laid:
    shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, room)
    laid = QStaticText(shown)
    laid.setTextFormat(Qt.TextFormat.PlainText)
    laid.prepare(font=font)
    return _Laid(laid, laid.size().width(), laid.size().height())


def _pill(painter: QPainter, strip: Strip, cell: Cell, laid: _Laid) -> None:
    tone, left = cell.look.tone, strip.left + PAD - 2
    top = cell.top + (strip.height - PILL) / 2 - 0.5
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(paint("surface" if cell.selected else f"{tone}-soft"))
    painter.drawRoundedRect(QRectF(left, top, round(laid.width) + 26, PILL), PILL / 2, PILL / 2)
    painter.setBrush(paint(tone))
    painter.drawEllipse(QPointF(left + 10, top + PILL / 2), DOT / 2, DOT / 2)
    painter.setPen(paint(tone))
    painter.drawStaticText(QPointF(left + 17, round(top + PILL / 2 - laid.height / 2)), laid.words)


def _middle(top: int, strip: Strip, laid: _Laid) -> int:
    """Return where words begin that stand in the middle, a pixel being the line below."""
    return round(top + (strip.height - 1 - laid.height) / 2)


def paint_ground(painter: QPainter, area: QRect, colour: str) -> None:
    """Paint the ground of a row or cell (``colour`` may be none: it has been painted), and the line below."""
    if colour:
        painter.fillRect(area, paint(colour))
    painter.fillRect(area.left(), area.bottom(), area.width(), 1, paint("line"))


def paint_ring(painter: QPainter, area: QRect) -> None:
    """Paint the ring round the current cell."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(paint("focus"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(area).adjusted(2, 2, -2, -3))
    painter.restore()


@lru_cache
def paint(name: str) -> QColor:
    """Return a token's colour, made once."""
    return tokens().paint(name)
