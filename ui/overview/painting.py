"""Paint cards and charts with a painter: on a widget, and on the picture that is kept.

What a colour tells a word or a line tells too, so that a grey print can be read. All lengths are logical pixels.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from ui.overview.telling import Card
from ui.style import sized, tokens
from ui.texts import overview as texts

PAD, BAR, DOT, ROUND = 10.0, 6.0, 3.0, 3.0
LEFT, RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
MIDDLE, CENTRE = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignHCenter


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, how full it is (a part of one; none where there is nothing), its tone and its words."""

    name: str
    part: float | None
    tone: str
    words: str


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a line: its name below, its figure (none is a gap) and the words beside it."""

    name: str
    value: float | None
    words: str


def write(painter: QPainter, area: QRectF, words: str, colour: str, at: Qt.AlignmentFlag = LEFT) -> None:
    """Write words on one line in an area, cut off at its end where they are too long."""
    painter.setPen(tokens().paint(colour))
    fitted = QFontMetricsF(painter.font()).elidedText(words, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, at | MIDDLE, fitted)


def width(painter: QPainter, words: str) -> float:
    """Return how wide words are in the painter's font."""
    return QFontMetricsF(painter.font()).horizontalAdvance(words)


def card(painter: QPainter, area: QRectF, told: Card, font: QFont) -> None:
    """Paint a card: name and state, figure and target, bar with the tick of 时序进度, a line of words."""
    left, room = area.left() + PAD, area.width() - 2 * PAD
    _head(painter, QRectF(left, area.top() + 6, room, 18), told, font)
    _figure(painter, QRectF(left, area.top() + 24, room, 28), told, font)
    if told.part is not None:
        bar(painter, QRectF(left, area.top() + 55, room, BAR), told.part, told.tone, told.elapsed)
    painter.setFont(sized("small", font))
    write(painter, QRectF(left, area.top() + 64, room, 16), told.below, "muted")


def _head(painter: QPainter, area: QRectF, told: Card, font: QFont) -> None:
    painter.setFont(sized("small", font))
    beside = width(painter, told.state.value) + 3 * DOT + 2
    right = QRectF(area.right() - beside, area.top(), beside, area.height())
    write(painter, right, told.state.value, told.tone, RIGHT)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tokens().paint(told.tone))
    painter.drawEllipse(QPointF(right.left() + DOT, right.center().y()), DOT, DOT)
    painter.setFont(sized("body", font))
    write(painter, area.adjusted(0, 0, -beside - 4, 0), told.name, "body")


def _figure(painter: QPainter, area: QRectF, told: Card, font: QFont) -> None:
    painter.setFont(sized("title", font, QFont.Weight.Medium))
    used = width(painter, told.value)
    write(painter, area, told.value, "ink")
    painter.setFont(sized("small", font))
    words = f"{told.unit} / {told.target}"
    write(painter, area.adjusted(used + 6, 4, 0, 4), words, "muted")


def bar(painter: QPainter, area: QRectF, part: float, tone: str, tick: float | None = None) -> None:
    """Paint a bar over its grey ground, and the tick."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tokens().paint("line"))
    painter.drawRoundedRect(area, ROUND, ROUND)
    painter.setBrush(tokens().paint(tone))
    if part > 0:
        painter.drawRoundedRect(
            QRectF(area.left(), area.top(), area.width() * part, area.height()), ROUND, ROUND
        )
    if tick is not None:
        x = area.left() + (area.width() - 2) * tick
        painter.fillRect(QRectF(x, area.top() - 3, 2, area.height() + 6), tokens().paint("ink"))


def bars(painter: QPainter, area: QRectF, told: Sequence[Bar], tick: float | None, font: QFont) -> None:
    """Paint bars below each other, the name at the left and the words at the right of each."""
    painter.setFont(sized("small", font))
    names = min(max((width(painter, one.name) for one in told), default=0), area.width() / 3)
    words = max((width(painter, one.words) for one in told), default=0)
    high = min(area.height() / max(len(told), 1), 26.0)
    room = area.width() - names - words - 16
    for place, one in enumerate(told):
        line = QRectF(area.left(), area.top() + place * high, area.width(), high)
        write(painter, QRectF(line.left(), line.top(), names, high), one.name, "body", RIGHT)
        write(painter, QRectF(line.right() - words, line.top(), words, high), one.words, "ink", RIGHT)
        thick = min(high - 5, 10.0)
        at = QRectF(line.left() + names + 8, line.center().y() - thick / 2, room, thick)
        bar(painter, at, one.part or 0.0, one.tone, tick)


def line(painter: QPainter, area: QRectF, told: Sequence[Point], goal: float | None, font: QFont) -> None:
    """Paint figures as a line over their days, the goal as a dashed one; the last figure and the goal are written."""
    painter.setFont(sized("small", font))
    plot = area.adjusted(46, 14, -34, -20)
    values = [one.value for one in told if one.value is not None]
    top = max([*values, goal or 0.0, 0.0]) * 1.08 or 1.0
    _ground(painter, plot, top)
    if goal is not None:
        _goal(painter, plot, plot.bottom() - plot.height() * goal / top)
    step = plot.width() / max(len(told) - 1, 1)
    places = [
        None if one.value is None else QPointF(plot.left() + n * step, _y(plot, one.value, top))
        for n, one in enumerate(told)
    ]
    _names(painter, plot, told, step)
    _curve(painter, places)
    _last(painter, plot, told, places)


def _y(plot: QRectF, value: float, top: float) -> float:
    return plot.bottom() - plot.height() * max(value, 0.0) / top


def _ground(painter: QPainter, plot: QRectF, top: float) -> None:
    for part in (0.0, 0.5, 1.0):
        y = plot.bottom() - plot.height() * part
        painter.setPen(QPen(tokens().paint("edge"), 1))
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
        write(painter, QRectF(plot.left() - 46, y - 8, 40, 16), f"{top * part:,.4g}", "muted", RIGHT)


def _goal(painter: QPainter, plot: QRectF, y: float) -> None:
    painter.setPen(QPen(tokens().paint("ink"), 1, Qt.PenStyle.DashLine))
    painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
    write(painter, QRectF(plot.right() + 4, y - 8, 34, 16), texts.GOAL, "muted")


def _names(painter: QPainter, plot: QRectF, told: Sequence[Point], step: float) -> None:
    """Write the days, as many as there is room for, the last one always."""
    widest = max((width(painter, one.name) for one in told), default=0) + 8
    every = max(1, -int(-widest // max(step, 1)))
    for place in range(len(told) - 1, -1, -every):
        middle = plot.left() + place * step
        area = QRectF(middle - widest / 2, plot.bottom() + 3, widest, 16)
        write(painter, area, told[place].name, "muted", CENTRE)


def _curve(painter: QPainter, places: Sequence[QPointF | None]) -> None:
    painter.setPen(QPen(tokens().paint("primary"), 2))
    for one, other in zip(places, places[1:], strict=False):
        if one is not None and other is not None:
            painter.drawLine(one, other)
    painter.setBrush(tokens().paint("surface"))
    for at in places:
        if at is not None:
            painter.drawEllipse(at, 3.0, 3.0)


def _last(painter: QPainter, plot: QRectF, told: Sequence[Point], places: Sequence[QPointF | None]) -> None:
    """Write the newest figure above its point."""
    known = [(one, at) for one, at in zip(told, places, strict=True) if at is not None]
    if known:
        one, at = known[-1]
        wide = width(painter, one.words) + 4
        x = min(at.x() - wide / 2, plot.right() + 34 - wide)
        write(painter, QRectF(x, max(at.y() - 20, plot.top() - 14), wide, 16), one.words, "ink")
