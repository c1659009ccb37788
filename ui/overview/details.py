"""The charts of what is chosen, each above the table of its figures: trend, ranking, coverage of towns."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from ipdesk.codes import CITY
from ipdesk.plan.coverage import Town
from ipdesk.plan.indicators import Figure
from ipdesk.plan.overview import Overview, unit_name
from ipdesk.plan.ranking import Ranked
from ipdesk.plan.state import percent
from ipdesk.plan.trend import name
from ui.overview.charts import Bars, Chart, Line
from ui.overview.painting import Bar, Point
from ui.overview.telling import TONES, number, ranking_cells, trend_cells
from ui.texts import overview as texts
from ui.widgets.basic import label, shortcut
from ui.widgets.choice import PlainBox
from ui.widgets.listing import Listing, ListingTable


class Pair(QWidget):
    """A chart above the table of its figures: a part clicked is a row chosen; Enter goes on to the records."""

    chosen = Signal(int)
    opened = Signal()

    def __init__(self, chart: Chart, model: Listing, table: ListingTable) -> None:
        """Lay both out below a line of words that is hidden while empty."""
        super().__init__()
        self.chart, self.model, self.table = chart, model, table
        self.note = label("", "small", wrap=True)
        self.lines = QVBoxLayout(self)
        self.lines.setContentsMargins(6, 4, 6, 6)
        self.lines.setSpacing(4)
        for part, share in ((self.note, 0), (chart, 3), (table, 2)):
            self.lines.addWidget(part, share)
        chart.clicked.connect(self._choose)
        table.selectionModel().currentRowChanged.connect(lambda now, _before: self.chosen.emit(now.row()))
        table.doubleClicked.connect(lambda _index: self.opened.emit())
        for keys in ("Return", "Enter"):
            shortcut(table, keys, self.opened.emit)
        self.tell("")

    def tell(self, words: str) -> None:
        """Say something above the chart."""
        self.note.setText(words)
        self.note.setVisible(bool(words))

    def row_of(self, part: int) -> int:
        """Return the row of the table in which a part of the chart is told."""
        return part

    def _choose(self, part: int) -> None:
        self.table.setFocus()
        self.table.selectRow(self.row_of(part))


class Trend(Pair):
    """How an indicator went over the plan's quarters."""

    def __init__(self) -> None:
        """Begin without figures."""
        model = Listing(texts.TREND_HEADS)
        super().__init__(Line(), model, ListingTable(model, texts.TREND_TABLE, (90, 110, 90)))
        self.figures: list[Figure] = []

    def show_figures(self, told: Mapping[date, Figure], asked: int) -> None:
        """Show an indicator's figures by day; ``asked`` is how many days there will be."""
        days = sorted(told)
        self.figures = [told[day] for day in days]
        self.tell(texts.READING_TREND if len(days) < asked else "")
        points = [Point(name(day), number(one.value), one.words) for day, one in sorted(told.items())]
        self.chart.empty = texts.NO_TREND
        last = self.figures[-1]
        words = "，".join(texts.TREND_POINT.format(name=p.name, value=p.words) for p in points)
        assert isinstance(self.chart, Line)
        self.chart.show_points(
            points,
            number(last.goal),
            texts.TREND_CHART.format(name=last.indicator.short_name, told=words),
        )
        self.model.show([trend_cells(name(day), one) for day, one in sorted(told.items())])
        self.table.scrollToBottom()


class Ranking(Pair):
    """How far each unit is with an indicator."""

    def __init__(self) -> None:
        """Begin without units."""
        model = Listing(texts.RANKING_HEADS, state=5)
        table = ListingTable(model, texts.RANKING_TABLE, (46, 84, 68, 66, 68))
        super().__init__(Bars(), model, table)
        self.ranked: list[Ranked] = []

    def show_units(self, told: Overview, code: str) -> None:
        """Show the units' figures of an indicator."""
        self.ranked, pace = told.ranked(code), told.pace
        states = [pace.state(one.figure) for one in self.ranked]
        self.tell("" if told.units[0] == CITY else texts.OWN_ONLY)
        self.chart.empty = texts.NO_COUNTY_VALUE
        one = told.plan.by_code[code]
        words = "，".join(
            texts.RANKED.format(unit=unit_name(r.figure.unit), value=r.figure.words) for r in self.ranked
        )
        assert isinstance(self.chart, Bars)
        has_goals = any(r.figure.done is not None for r in self.ranked)
        self.chart.show_bars(
            self._bars([TONES[state] for state in states]),
            float(pace.elapsed) if has_goals else None,
            texts.RANKING_CHART.format(name=one.short_name, told=words),
        )
        rows = [ranking_cells(r, pace) for r in self.ranked]
        self.model.show(rows, {place: TONES[state] for place, state in enumerate(states)})

    def _bars(self, tones: Sequence[str]) -> list[Bar]:
        """Return the bars: parts of the target where there are targets, else of the greatest figure."""
        most = max((r.figure.value or 0 for r in self.ranked), default=0) or 1
        made = []
        for one, tone in zip(self.ranked, tones, strict=True):
            figure = one.figure
            part = figure.done if figure.done is not None else (figure.value or 0) / most
            words = figure.words if figure.done is None else percent(figure.done)
            made.append(Bar(unit_name(figure.unit), min(float(part), 1.0), tone, words))
        return made


class Coverage(Pair):
    """Which towns have a liaison officer or a station."""

    def __init__(self) -> None:
        """Begin without towns."""
        model = Listing(texts.COVERAGE_HEADS)
        super().__init__(Bars(), model, ListingTable(model, texts.COVERAGE_TABLE, (96, 130, 110)))
        self.what = PlainBox()
        self.what.setAccessibleName(texts.COVERAGE)
        for words, ledger in ((texts.LIAISONS, "liaison"), (texts.STATIONS, "station")):
            self.what.addItem(words, ledger)
        self.lines.insertWidget(0, self.what)
        self.towns: list[Town] = []
        self._told: Overview | None = None
        self._unit = CITY
        self.what.activated.connect(lambda _index: self._show())

    def show_towns(self, told: Overview, unit: str) -> None:
        """Show the towns of a unit, of all for the city."""
        self._told, self._unit = told, unit
        self._show()

    def _show(self) -> None:
        if self._told is None:
            return
        ledger = str(self.what.currentData())
        every = [one for one in self._told.towns if self._unit in (CITY, one.unit)]
        self.towns = sorted(every, key=lambda one: bool(one.ids(ledger)))
        self._bars_of(every, ledger)
        self.model.show([self._cells(one) for one in self.towns])
        self.table.empty = self.chart.empty = texts.NO_TOWNS

    def _bars_of(self, every: Sequence[Town], ledger: str) -> None:
        self._units = list(dict.fromkeys(one.unit for one in every))
        told = [(unit, [one for one in every if one.unit == unit]) for unit in self._units]
        bars = [_covered(unit, some, ledger) for unit, some in told]
        words = "，".join(f"{one.name} {one.words}" for one in bars)
        assert isinstance(self.chart, Bars)
        self.chart.show_bars(
            bars, None, texts.COVERAGE_CHART.format(what=self.what.currentText(), told=words)
        )

    def _cells(self, one: Town) -> tuple[str, ...]:
        held = (self._names(one.liaisons), self._names(one.stations))
        return (unit_name(one.unit), one.name, *held)

    def _names(self, ids: tuple[str, ...]) -> str:
        found = self._told.records_of(ids) if self._told else []
        return "、".join(one.name for one in found) or texts.MISSING

    def row_of(self, part: int) -> int:
        """Return the first row of the unit whose bar it is."""
        return next(place for place, one in enumerate(self.towns) if one.unit == self._units[part])


def _covered(unit: str, towns: Sequence[Town], ledger: str) -> Bar:
    covered = sum(1 for one in towns if one.ids(ledger))
    tone = "good" if covered == len(towns) else "busy"
    return Bar(unit_name(unit), covered / len(towns), tone, f"{covered}/{len(towns)}")


class Details(QTabWidget):
    """Trend, ranking and coverage behind one another."""

    def __init__(self) -> None:
        """Put the three side by side."""
        super().__init__()
        self.setAccessibleName(texts.DETAILS)
        self.trend, self.ranking, self.coverage = Trend(), Ranking(), Coverage()
        for words, pair in self.pairs.items():
            self.addTab(pair, words)

    @property
    def pairs(self) -> Mapping[str, Pair]:
        """Return the pairs of chart and table by what stands on their tabs."""
        return {texts.TREND: self.trend, texts.RANKING: self.ranking, texts.COVERAGE: self.coverage}
