"""The overview: every indicator of the plan at once, and what is behind the one that is chosen."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ipdesk.past import NOW
from ipdesk.plan.definition import Plan, plans
from ipdesk.plan.indicators import Figure
from ipdesk.plan.overview import Named, Overview, figures_on, overview, unit_name
from ipdesk.plan.state import percent
from ipdesk.plan.trend import quarters
from ipdesk.reports.table import chinese_date
from ipdesk.store import Moment, Store
from ui.overview.board import Board
from ui.overview.details import Details
from ui.overview.exports import Exports, Shown
from ui.overview.records import Records
from ui.overview.telling import cards, mismatch
from ui.session import Session
from ui.texts import asking
from ui.texts import overview as texts
from ui.widgets.basic import button, in_order, shortcut
from ui.widgets.choice import PlainBox
from ui.widgets.head import PageHead
from ui.widgets.notice import Notice
from ui.widgets.page import Page
from ui.widgets.past import PastDialog, told

NAMED = 3  # targets that do not add up; more are only counted
CHARACTERS = 7  # of a plan's or unit's name that are always seen


class OverviewPage(Page):
    """Shows the indicators of a unit at a moment; says whose record is asked for (ledger, key)."""

    record_asked = Signal(str, object)

    def __init__(self, session: Session) -> None:
        """Lay the page out; ``enter`` fills it."""
        super().__init__()
        self._session = session
        self.moment = NOW
        self.told: Overview | None = None
        self._earlier: dict[date, tuple[Figure, ...]] = {}
        self.board, self.details, self.records = Board(), Details(), Records()
        self._make_head()
        self.exports = Exports(session, self, self.shown)
        self.export_button.setMenu(self.exports.menu)
        self._lay_out()
        self._connect()

    # ------------------------------------------------------------ making
    def _make_head(self) -> None:
        self.plan_box, self.unit_box = PlainBox(), PlainBox()
        for box, name in ((self.plan_box, texts.PLAN), (self.unit_box, texts.UNIT)):
            box.setAccessibleName(name)
            box.setMinimumContentsLength(CHARACTERS)
            box.hide()
        self.past_button = button(asking.PAST, "history", clicked=self.ask_moment, hint="Ctrl+T")
        self.export_button = button(texts.EXPORT, "export", hint="Ctrl+E")
        self.export_button.setProperty("menu", True)
        self.refresh_button = button(texts.REFRESH, clicked=self.ask, hint="F5")
        parts = (self.plan_box, self.unit_box, self.refresh_button, self.past_button, self.export_button)
        self.head, self.notice = PageHead(texts.TITLE, *parts), Notice()
        self.head.about.setMinimumWidth(1)  # a long name of a plan is cut off, the buttons are not

    def _lay_out(self) -> None:
        right = QWidget()
        beside = QVBoxLayout(right)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(8)
        beside.addWidget(self.details, 3)
        beside.addWidget(self.records, 2)
        both = QHBoxLayout()
        both.setSpacing(12)
        both.addWidget(self.board, 11)
        both.addWidget(right, 9)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(16, 11, 16, 12)
        lines.setSpacing(8)
        lines.addWidget(self.head)
        lines.addWidget(self.notice)
        lines.addLayout(both, 1)
        in_order(self.board, self.details, self.records.table, self.plan_box, self.unit_box)

    def _connect(self) -> None:
        focus = self.records.table.setFocus
        self.board.chosen.connect(self._show_chosen)
        self.board.opened.connect(focus)
        self.records.record_asked.connect(self.record_asked)
        deeds: dict[str, Callable[[int], None]] = {
            texts.TREND: self._behind_point,
            texts.RANKING: self._behind_unit,
            texts.COVERAGE: self._behind_town,
        }
        for name, pair in self.details.pairs.items():
            pair.chosen.connect(deeds[name])
            pair.opened.connect(focus)
        self.unit_box.activated.connect(lambda _index: self._show_unit())
        self.plan_box.activated.connect(lambda _index: self.ask())
        for keys, deed in (
            ("F5", self.ask),
            ("Ctrl+T", self.ask_moment),
            ("Ctrl+E", self.export_button.showMenu),
        ):
            shortcut(self, keys, deed)
        self._session.changed.connect(lambda _changed: self.ask() if self.isVisible() else None)

    # ------------------------------------------------------------ reading
    def enter(self) -> None:
        """Work everything out anew and put the focus on the cards."""
        self.ask()
        self.board.focus()

    def ask_moment(self) -> None:
        """Ask for the past day to look at."""
        dialog = PastDialog(self, self.moment)
        if self._session.dialogs.show(dialog):
            self.moment = dialog.moment
            self.ask()

    def ask(self) -> None:
        """Work everything out anew."""
        self.head.tell(texts.READING)
        code, moment = self.plan_box.currentData(), self.moment
        self._session.ask(self, partial(_read, code=code, moment=moment), self._show, self._fail)

    def _fail(self, error: Exception) -> bool:
        self.head.tell("")
        self.notice.tell(self._session.reason(error), "bad")
        return True

    def _show(self, found: tuple[Overview, tuple[Plan, ...]]) -> None:
        self.told, known = found
        self._earlier = {self.told.moment.day: self.told.figures}
        self.notice.tell(self._warnings(self.told), "warn")
        self.head.tell(self.about)
        self.head.about.setToolTip(self.about)
        offer(self.plan_box, [(one.code, one.name) for one in known], self.told.plan.code)
        units = [(unit, unit_name(unit)) for unit in self.told.units]
        offer(self.unit_box, units, self.unit or units[0][0])
        self._show_unit()
        self._ask_earlier(self.told)

    def _warnings(self, of: Overview) -> str:
        """Return that the past is looked at, and where targets handed out do not add up."""
        past = texts.PAST.format(told=told(self.moment)) if self.moment else ""
        wrong = "；".join(mismatch(one) for one in of.mismatches[:NAMED])
        more = texts.MORE.format(count=len(of.mismatches)) if len(of.mismatches) > NAMED else ""
        return past + (texts.MISMATCHES.format(told=wrong + more) if wrong else "")

    @property
    def about(self) -> str:
        """Return which plan is told of, as of which day, and how much of its time has passed."""
        if self.told is None:
            return ""
        plan, moment = self.told.plan, self.told.moment
        elapsed = percent(self.told.pace.elapsed)
        return texts.ABOUT.format(plan=plan.name, day=chinese_date(moment.day), elapsed=elapsed)

    @property
    def unit(self) -> str:
        """Return the unit that is looked at."""
        return str(self.unit_box.currentData() or "")

    @property
    def days(self) -> tuple[date, ...]:
        """Return the days of the trend."""
        return quarters(self.told.plan, self.told.moment.day) if self.told else ()

    def _ask_earlier(self, of: Overview) -> None:
        """Ask for the newest day of the trend that is not known yet; one by one, so that others get their turn."""
        wanted = next((day for day in reversed(self.days) if day not in self._earlier), None)
        if wanted is None or of is not self.told or not self.isVisible():
            return

        def show(figures: tuple[Figure, ...]) -> None:
            if of is self.told:
                self._earlier[wanted] = figures
                self._show_trend()
                self._ask_earlier(of)

        op = partial(figures_on, moment=of.moment, plan=of.plan, day=wanted)
        self._session.ask(self, op, show)

    # ------------------------------------------------------------ showing
    def _show_unit(self) -> None:
        if self.told:
            self.board.show_cards(cards(self.told.of(self.unit), self.told.pace))
            self.details.coverage.show_towns(self.told, self.unit)

    @property
    def figure(self) -> Figure | None:
        """Return the figure that is chosen."""
        return self.board.card.figure if self.board.card else None

    def _show_chosen(self) -> None:
        if self.told and self.figure:
            self._show_trend()
            self.details.ranking.show_units(self.told, self.figure.indicator.code)
            self._show_records(self.figure)

    def _show_trend(self) -> None:
        one = self.figure
        found = {
            day: figure
            for day, figures in self._earlier.items()
            for figure in figures
            if one and (figure.indicator.code, figure.unit) == (one.indicator.code, one.unit)
        }
        if found:
            self.details.trend.show_figures(found, len(self.days))

    def _show_records(self, one: Figure) -> None:
        """List the records behind a figure."""
        if self.told is None:
            return
        behind = self.told.behind(one)
        name, unit = one.indicator.short_name, unit_name(one.unit)
        title = texts.RECORDS.format(name=name, unit=unit, count=len(behind))
        why = one.part.why
        empty = texts.WHY_NOTHING.format(why=why) if why else texts.NO_RECORDS
        self.records.show_records(title, behind, empty)

    def _behind_point(self, place: int) -> None:
        if 0 <= place < len(self.details.trend.figures):
            self._show_records(self.details.trend.figures[place])

    def _behind_unit(self, place: int) -> None:
        if 0 <= place < len(self.details.ranking.ranked):
            self._show_records(self.details.ranking.ranked[place].figure)

    def _behind_town(self, place: int) -> None:
        towns = self.details.coverage.towns
        if self.told and 0 <= place < len(towns):
            held = self.told.records_of((*towns[place].liaisons, *towns[place].stations))
            title = texts.RECORDS.format(
                name=towns[place].name, unit=unit_name(towns[place].unit), count=len(held)
            )
            self.records.show_records(title, [Named(True, one, one.unit, "") for one in held])

    def shown(self) -> Shown | None:
        """Return what is looked at, to be kept: the trend, and the units side by side or a county's own towns."""
        if self.told is None:
            return None
        details = self.details
        name, what = self.figure.indicator.short_name if self.figure else "", details.coverage.what
        trend = (texts.CHART.format(name=name, what=texts.TREND), details.trend.chart)
        units = (texts.CHART.format(name=name, what=texts.RANKING), details.ranking.chart)
        towns = (texts.CHART.format(name=what.currentText(), what=texts.COVERAGE), details.coverage.chart)
        beside = units if self._session.is_city else towns
        return Shown(self.told, self.unit, self.about, self.board.cards.cards, (trend, beside))


def _read(store: Store, code: str | None, moment: Moment) -> tuple[Overview, tuple[Plan, ...]]:
    """Return the overview of a plan, of the one in force where none is named, and every plan there is."""
    known = plans()
    return overview(store, moment, next((one for one in known if one.code == code), None)), known


def offer(box: PlainBox, options: list[tuple[str, str]], chosen: str) -> None:
    """Offer options, one of them chosen; a box with one only is not shown."""
    box.clear()
    for code, name in options:
        box.addItem(name, code)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    box.setVisible(len(options) > 1)
