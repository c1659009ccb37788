"""Draw the overview of one unit on a picture of its own: every card, the trend and the other units or the towns."""

from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QIODevice, QRectF, Qt
from PySide6.QtGui import QFont, QImage, QPainter, QPen

from ui.overview import painting
from ui.overview.charts import Chart
from ui.overview.telling import Card
from ui.style import sized, tokens

WIDE, COLUMNS, HIGH, MARGIN, GAP = 1240, 4, 88, 24, 8  # logical pixels
TITLE, CHART, FINE = 60, 260, 2


def picture(
    title: str, about: str, cards: Sequence[Card], charts: Sequence[tuple[str, Chart]], font: QFont
) -> bytes:
    """Return a PNG, two dots to a logical pixel, of the cards with the charts (name, chart) side by side below."""
    rows = -(-len(cards) // COLUMNS)
    high = MARGIN * 2 + TITLE + rows * (HIGH + GAP) + CHART
    drawn = QImage(WIDE * FINE, high * FINE, QImage.Format.Format_RGB32)
    drawn.fill(tokens().paint("surface"))
    painter = QPainter(drawn)
    painter.scale(FINE, FINE)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _title(painter, title, about, font)
    _cards(painter, cards, font)
    _charts(painter, MARGIN + TITLE + rows * (HIGH + GAP), charts, font)
    painter.end()
    return _png(drawn)


def _title(painter: QPainter, title: str, about: str, font: QFont) -> None:
    painter.setFont(sized("title", font, QFont.Weight.Medium))
    painting.write(painter, QRectF(MARGIN, MARGIN, WIDE - 2 * MARGIN, 28), title, "ink")
    painter.setFont(sized("body", font))
    painting.write(painter, QRectF(MARGIN, MARGIN + 30, WIDE - 2 * MARGIN, 20), about, "muted")


def _cards(painter: QPainter, cards: Sequence[Card], font: QFont) -> None:
    wide = (WIDE - 2 * MARGIN + GAP) / COLUMNS
    for place, told in enumerate(cards):
        row, column = divmod(place, COLUMNS)
        area = QRectF(MARGIN + column * wide, MARGIN + TITLE + row * (HIGH + GAP), wide - GAP, HIGH)
        _frame(painter, area)
        painting.card(painter, area, told, font)


def _charts(painter: QPainter, top: float, charts: Sequence[tuple[str, Chart]], font: QFont) -> None:
    wide = (WIDE - 2 * MARGIN + GAP) / len(charts)
    for place, (name, chart) in enumerate(charts):
        area = QRectF(MARGIN + place * wide, top, wide - GAP, CHART)
        _frame(painter, area)
        painter.setFont(sized("lead", font, QFont.Weight.Medium))
        painting.write(painter, QRectF(area.left() + 12, top + 8, area.width() - 24, 20), name, "ink")
        painter.setFont(sized("small", font))
        chart.draw_or_tell(painter, area.adjusted(12, 36, -12, -10))


def _frame(painter: QPainter, area: QRectF) -> None:
    painter.setPen(QPen(tokens().paint("edge"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(area, 6, 6)


def _png(drawn: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    drawn.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes where Qt takes the name
    return bytes(buffer.data().data())
