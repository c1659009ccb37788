"""Work out a unit's periods: what is due in each under the plan in force, what is filled in, what lacks, how it stands.

Due is what is reported, not what is counted from the registers: monthly, quarterly or yearly as the plan says.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ipdesk.codes import CITY, code_table
from ipdesk.kinds.declare import Values
from ipdesk.kinds.indicators import INDICATOR_VALUE, PERIOD_REPORT
from ipdesk.kinds.tasks import TASK_PROGRESS
from ipdesk.periods import LABELS, Period
from ipdesk.plan.definition import Indicator, plan_on, plans
from ipdesk.plan.indicators import MIXED
from ipdesk.records import Record
from ipdesk.reporting.standing import Standing, said, standing
from ipdesk.store import Store
from ipdesk.sync.completeness import Expected, Plan, completeness
from ipdesk.sync.devices import counties

State = Literal["empty", "filling", "submitted", "returned", "accepted", "overdue"]
STATES: Mapping[State, str] = {
    "empty": "未填",
    "filling": "填报中",
    "submitted": "已报送",
    "returned": "已退回",
    "accepted": "已接收",
    "overdue": "逾期",
}
CLOSED: tuple[State, ...] = ("submitted", "accepted")
EMPTY, NO_FIGURE, NO_SOURCE = "未填", "缺数值", "缺数据来源"
Told = Mapping[tuple[str, str], Sequence[Record]]  # by unit and period


@dataclass(frozen=True, slots=True)
class Asked:
    """One indicator due in a period: what was filled in for it, and what of it lacks, empty when nothing does."""

    indicator: Indicator
    records: tuple[Record, ...]
    lacks: str


@dataclass(frozen=True, slots=True)
class Filing:
    """One unit's report for one period.

    ``record`` is its report as such, ``message`` what the city said of it, ``progress`` how many tasks' progress was
    told for it, ``package`` what came at the city for a period for which packages are expected.
    """

    unit: str
    period: Period
    due: date
    state: State
    asked: tuple[Asked, ...]
    record: Record | None = None
    message: str = ""
    progress: int = 0
    package: Expected | None = None

    @property
    def lacking(self) -> tuple[Asked, ...]:
        """Return the indicators of which something lacks."""
        return tuple(one for one in self.asked if one.lacks)

    @property
    def filled(self) -> int:
        """Return for how many indicators anything was filled in."""
        return sum(bool(one.records) for one in self.asked)

    @property
    def values(self) -> Values:
        """Return what the report as such says."""
        return self.record.values if self.record else {}

    @property
    def is_zero(self) -> bool:
        """Tell whether it says that there is nothing to tell."""
        return bool(self.values.get("is_zero"))

    @property
    def unit_name(self) -> str:
        """Return the name of the unit."""
        return code_table("regions").label(self.unit)


def due_in(period: Period, unit: str) -> tuple[Indicator, ...]:
    """Return the indicators that a unit reports for a period: the city those that no county has a part in."""
    plan = plan_on(period.last)
    return tuple(
        one
        for one in plan.indicators
        if one.every == period.every
        and one.counter in ("", MIXED)
        and one.by_county == (unit != CITY)
        and max(plan.start, one.since or plan.start) <= period.last
        and period.first <= one.due
    )


def periods(unit: str, since: date, until: date) -> Iterator[Period]:
    """Yield the periods that end and begin between two days in which anything is due to a unit, the oldest first."""
    first = max(since, min(plan.start for plan in plans()))
    found = [one for every in LABELS for one in Period.of(first, every).until(until) if one.last >= since]
    yield from (one for one in sorted(found, key=lambda p: (p.last, _long(p))) if due_in(one, unit))


def _long(period: Period) -> int:
    return (period.last - period.first).days


def units(store: Store) -> tuple[str, ...]:
    """Return the units whose periods a workspace tells: a county its own; the city itself and every enrolled county."""
    if store.office.role == "county":
        return (store.office.unit_code,)
    known = {device.unit for device in counties(store)} | set(_by_unit(store.find(PERIOD_REPORT)))
    return (CITY, *(one.code for one in code_table("regions").codes if one.code in known - {CITY}))


def _by_unit(records: Iterable[Record]) -> Iterator[str]:
    return (str(record.values.get("unit_code")) for record in records)


def filings(store: Store, unit: str = "", today: date | None = None) -> list[Filing]:
    """Return every period so far of a unit (of all that the workspace tells where none is named), the newest first."""
    day, plan = today or date.today(), Plan.of(store)
    since = Period.read(plan.since).first if plan.since else min(one.start for one in plans())
    make = _Maker(store, plan.days, day)
    found = [
        make.filing(one, period)
        for one in units(store)
        if unit in ("", one)
        for period in periods(one, since, day)
    ]
    return sorted(found, key=lambda one: (-one.period.last.toordinal(), _long(one.period)))


def filing(store: Store, unit: str, period: Period, today: date | None = None) -> Filing:
    """Return one period of a unit, also one that nobody expects."""
    return _Maker(store, Plan.of(store).days, today or date.today()).filing(unit, period)


class _Maker:
    """Reads once what was told, and makes the filings of it."""

    def __init__(self, store: Store, days: int, today: date) -> None:
        self._store, self._days, self._today = store, days, today
        self._values, self._progress = _told(store.find(INDICATOR_VALUE)), _told(store.find(TASK_PROGRESS))
        self._reports = _told(store.find(PERIOD_REPORT))
        came = completeness(store, today) if store.office.role == "city" else ()
        self._came = {(one.unit, one.period): one for one in came}

    def filing(self, unit: str, period: Period) -> Filing:
        """Return what became of a period of a unit."""
        key = (unit, period.code)
        told = self._values.get(key, ())
        asked = tuple(_asked(one, told) for one in due_in(period, unit))
        record = next(iter(self._reports.get(key, ())), None)
        message = str(said(self._store, record).get("message") or "") if record else ""
        due, progress = period.due(self._days), len(self._progress.get(key, ()))
        found = standing(self._store, record) if record else "draft"
        state = _state(found, any(one.records for one in asked) or progress > 0, self._today > due)
        package = self._came.get((unit, period))
        return Filing(unit, period, due, state, asked, record, message, progress, package)


def _told(records: Iterable[Record]) -> Told:
    found: dict[tuple[str, str], list[Record]] = {}
    for record in records:
        key = (str(record.values.get("unit_code") or ""), str(record.values.get("period") or ""))
        found.setdefault(key, []).append(record)
    return found


def _state(found: Standing, is_begun: bool, is_late: bool) -> State:
    if found != "draft":
        return found
    return "overdue" if is_late else "filling" if is_begun else "empty"


def _asked(one: Indicator, told: Sequence[Record]) -> Asked:
    own = tuple(record for record in told if record.values.get("indicator_code") == one.code)
    return Asked(one, own, _lacks(one, own))


def _lacks(one: Indicator, records: Sequence[Record]) -> str:
    """Return what lacks of an indicator: told as a whole, or in all the items that make it up."""
    whole = [r for r in records if r.values.get("item") is None]
    items = {str(r.values["item"]): r for r in records if r.values.get("item") is not None}
    if whole:
        return _figures(one, whole)
    summed = [item for item in one.items if item.is_summed]
    if not any(item.code in items for item in summed):
        return EMPTY
    untold = [item.name for item in summed if item.code not in items]
    if untold:
        return f"缺分项“{'”“'.join(untold)}”"
    return _figures(one, [items[item.code] for item in summed])


def _figures(one: Indicator, records: Iterable[Record]) -> str:
    found: list[Callable[[Values], str]] = [lambda v: _figure(one, v), _source]
    return next((words for r in records for look in found if (words := look(r.values))), "")


def _figure(one: Indicator, values: Values) -> str:
    if one.is_ratio:
        names = ("denominator",) if one.counter == MIXED else ("numerator", "denominator")
        lacking = [INDICATOR_VALUE.by_name[name].label for name in names if values.get(name) is None]
        return f"缺{'、'.join(lacking)}" if lacking else ""
    return NO_FIGURE if values.get("value") is None and values.get("total") is None else ""


def _source(values: Values) -> str:
    return "" if values.get("source") else NO_SOURCE
