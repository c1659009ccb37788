"""Read from a store all that the overview tells at a moment: the figures, what is behind them, the towns covered."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ipdesk.codes import CITY, code_table
from ipdesk.figures import Material, material
from ipdesk.kinds.declare import Catalogue
from ipdesk.parameters import parameters
from ipdesk.past import reading
from ipdesk.periods import Period
from ipdesk.plan.board import figures_of, units
from ipdesk.plan.coverage import Town, coverage
from ipdesk.plan.definition import Plan, indicator, plan_on
from ipdesk.plan.indicators import Figure, Mismatch, figures, mismatches
from ipdesk.plan.ranking import Ranked, ranked
from ipdesk.plan.state import Pace
from ipdesk.problems import Refusal
from ipdesk.records import RecordKey, Row
from ipdesk.store import Moment, Store

VALUES = "indicator_value"


@dataclass(frozen=True, slots=True)
class Behind:
    """A record as the list behind a figure shows it: where it is, what it is called and whose it is."""

    ledger: str
    key: RecordKey
    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class Named:
    """A record behind a figure: whether it counts, and what is said of one that could not be counted."""

    counts: bool
    record: Behind | None
    unit: str
    said: str


@dataclass(frozen=True, slots=True)
class Overview:
    """A plan's figures at a moment, the city's first; ``units`` are those it tells of, ``towns`` what they have.

    ``mismatches`` are the city's targets to which those of its counties do not add up; a county sees only its own.
    """

    plan: Plan
    moment: Moment
    units: tuple[str, ...]
    figures: tuple[Figure, ...]
    records: Mapping[str, Behind]
    towns: tuple[Town, ...]
    mismatches: tuple[Mismatch, ...] = ()

    @property
    def pace(self) -> Pace:
        """Return by what the states are told."""
        return Pace(self.plan, self.moment.day)

    def of(self, unit: str) -> tuple[Figure, ...]:
        """Return the figures of one unit, in the plan's order."""
        return tuple(one for one in self.figures if one.unit == unit)

    def ranked(self, code: str) -> list[Ranked]:
        """Return the units by what they have done of an indicator; a county's workspace knows only itself."""
        return ranked(one for one in self.figures if one.indicator.code == code)

    def behind(self, figure: Figure) -> list[Named]:
        """Return the records behind a figure, those that could not be counted first."""
        doubts = [Named(False, self.records.get(u.id), u.unit, u.why) for u in figure.part.unclear]
        doubtful = {one.id for one in figure.part.unclear}
        held = [self.records.get(id_) for id_ in dict.fromkeys(figure.part.ids) if id_ not in doubtful]
        return doubts + [Named(True, one, one.unit, "") for one in held if one]

    def records_of(self, ids: tuple[str, ...]) -> list[Behind]:
        """Return the records of some ids that are known."""
        return [self.records[id_] for id_ in ids if id_ in self.records]


def overview(store: Store, moment: Moment, plan: Plan | None = None) -> Overview:
    """Return the overview of a plan (the one in force that day) at a moment."""
    chosen, known = plan or plan_on(moment.day), units(store)
    with reading(store, moment) as source:
        told = material(source)
    covered = [unit for unit in known if unit != CITY]
    return Overview(
        chosen,
        moment,
        known,
        figures_of(store, told, moment, known, chosen),
        dict(_records(told, store.catalogue)),
        coverage(told, covered, moment.day),
        tuple(mismatches(chosen, told.rows["target"])) if CITY in known else (),
    )


def figures_on(store: Store, moment: Moment, plan: Plan, day: date) -> tuple[Figure, ...]:
    """Return the plan's figures as of an earlier day, one point of a trend, known as at the moment looked at."""
    with reading(store, Moment(day, moment.known_on)) as source:
        told = material(source)
    return tuple(figures(told, plan, parameters(store), day, units(store)))


def _records(told: Material, catalogue: Catalogue) -> Iterator[tuple[str, Behind]]:
    for name, rows in told.rows.items():
        field = catalogue.ledger(name).name_field
        for row in rows:
            called = _value_name(row) if name == VALUES else str(row.values.get(field) or "")
            yield row.key.id, Behind(name, row.key, called, str(row.values.get("unit_code") or ""))


def _value_name(row: Row) -> str:
    """Return what a reported figure is called: its period, its indicator and the item it tells."""
    code, told = str(row.values.get("indicator_code") or ""), row.values.get("item")
    known = indicator(code)
    items = {item.code: item.name for item in known.items} if known else {}
    words = (_period(row), known.short_name if known else code, items.get(str(told), str(told or "")))
    return " ".join(word for word in words if word)


def _period(row: Row) -> str:
    told = str(row.values.get("period") or "")
    try:
        return Period.read(told).label
    except Refusal:  # of a newer program
        return told


def unit_name(unit: str) -> str:
    """Return what a unit is called."""
    return code_table("regions").label(unit)
