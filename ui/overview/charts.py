"""The charts: each stands above the table of its figures, and says in words what it shows."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.overview import painting
from ui.overview.painting import Bar, Point
from ui.style import tokens

EDGE, LEAST, LEAST_BAR, MOST_BAR = 8, 110, 15, 26  # logical pixels


class Chart(QWidget):
    """A drawn figure; says which of its parts was clicked. Who cannot use a mouse uses its table."""

    clicked = Signal(int)

    def __init__(self) -> None:
        """Begin with nothing to draw."""
        super().__init__()
        self.empty = ""
        self.setMinimumHeight(LEAST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def count(self) -> int:
        """Return how many parts there are."""
        return 0

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """Draw in an area."""

    def part_at(self, x: float, y: float) -> int:
        """Return the place of the part at a point of the widget."""
        raise NotImplementedError

    @property
    def area(self) -> QRectF:
        """Return where it draws."""
        return QRectF(self.rect()).adjusted(EDGE, EDGE, -EDGE, -EDGE)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw, or say why there is nothing."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens().paint("surface"))
        self.draw_or_tell(painter, self.area)
        painter.end()

    def draw_or_tell(self, painter: QPainter, area: QRectF) -> None:
        """Draw in an area, or say there why there is nothing."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.count:
            self.draw(painter, area)
        else:
            painting.write(painter, area, self.empty, "muted", Qt.AlignmentFlag.AlignHCenter)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Say which part was clicked."""
        if self.count:
            place = self.part_at(event.position().x(), event.position().y())
            self.clicked.emit(min(max(place, 0), self.count - 1))


class Bars(Chart):
    """Bars below each other; the tick is 时序进度."""

    def __init__(self) -> None:
        """Begin without bars."""
        super().__init__()
        self._bars: Sequence[Bar] = ()
        self._tick: float | None = None

    def show_bars(self, bars: Sequence[Bar], tick: float | None, name: str) -> None:
        """Draw other bars."""
        self._bars, self._tick = bars, tick
        self.setAccessibleName(name)
        least, most = (each * len(bars) + 2 * EDGE for each in (LEAST_BAR, MOST_BAR))
        self.setMinimumHeight(least if bars else LEAST)
        self.setMaximumHeight(most if bars else LEAST)
        self.update()

    @property
    def count(self) -> int:
        """Return how many bars there are."""
        return len(self._bars)

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """Draw the bars."""
        painting.bars(painter, area, self._bars, self._tick, self.font())

    def part_at(self, _x: float, y: float) -> int:
        """Return the place of the bar at a point."""
        high = min(self.area.height() / self.count, MOST_BAR)
        return int((y - self.area.top()) // high)


class Line(Chart):
    """A line over the days of a trend, with the goal dashed."""

    def __init__(self) -> None:
        """Begin without points."""
        super().__init__()
        self._points: Sequence[Point] = ()
        self._goal: float | None = None

    def show_points(self, points: Sequence[Point], goal: float | None, name: str) -> None:
        """Draw other points."""
        self._points, self._goal = points, goal
        self.setAccessibleName(name)
        self.update()

    @property
    def count(self) -> int:
        """Return how many points there are, none where no figure is known."""
        return len(self._points) if any(one.value is not None for one in self._points) else 0

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """Draw the line."""
        painting.line(painter, area, self._points, self._goal, self.font())

    def part_at(self, x: float, _y: float) -> int:
        """Return the place of the point nearest to one of the widget."""
        plot = self.area.adjusted(46, 0, -34, 0)
        return round((x - plot.left()) / (plot.width() / max(self.count - 1, 1)))
