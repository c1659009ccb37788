"""Work out every indicator of a plan for the city and its units, against their targets, with the records behind it.

Figures of the registers are counted, others come from what units reported; the city's figure is never the sum of
counts that stand once city-wide, and ratios are made of numerators and denominators that were added up.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from ipdesk.codes import CITY, code_table
from ipdesk.counting import Parameters
from ipdesk.figures import Material
from ipdesk.periods import Period
from ipdesk.plan import comparing, reported
from ipdesk.plan.comparing import fraction
from ipdesk.plan.counters import COUNTERS, Asked, Counted, county_units
from ipdesk.plan.definition import Indicator, Plan
from ipdesk.plan.part import NOT_REPORTED, Part, quotient, summed
from ipdesk.records import Row

MIXED = "hightech_coverage"  # its numerator is counted, its denominator reported
PLANNED = "计划"
_ORDER = {
    "GS3": 0,
    "GS2": 1,
    "GS1": 2,
    "GS4": 3,
}  # whose target goes before: the city's, the province's, the plan's


@dataclass(frozen=True, slots=True)
class Target:
    """What a unit is to reach: the figure, for which year (none: the whole plan), set by whom, under which document."""

    unit: str
    indicator: str
    value: Fraction
    year: int | None = None
    source: str = PLANNED
    document: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One indicator of one unit as of a day, against its target; ``before`` is the figure one period earlier."""

    indicator: Indicator
    unit: str
    part: Part
    target: Target | None
    before: Fraction | None = None

    @property
    def value(self) -> Fraction | None:
        """Return the figure in the indicator's unit, exactly."""
        return self.part.value

    @property
    def goal(self) -> Fraction | None:
        """Return the figure that is to be reached."""
        return self.target.value if self.target else None

    @property
    def is_reached(self) -> bool | None:
        """Tell whether it is what was asked for; ``None`` where that cannot be told."""
        one = self.indicator
        return comparing.is_reached(one.comparator, self.value, self.goal, one.tolerance, self.before)

    @property
    def done(self) -> Fraction | None:
        """Return 完成率."""
        return comparing.done(self.value, self.goal)

    @property
    def words(self) -> str:
        """Return the figure as people read it."""
        return comparing.shown(self.value, self.indicator.decimals, self.goal)

    @property
    def has_fallen(self) -> bool:
        """Tell whether it is less than one period earlier."""
        return self.value is not None and self.before is not None and self.value < self.before


def figures(
    told: Material,
    plan: Plan,
    by: Parameters,
    day: date,
    units: Iterable[str],
    earlier: Callable[[date], Material] | None = None,
) -> Iterator[Figure]:
    """Yield every indicator of a plan for each unit as of a day; the city's unit stands for all.

    ``earlier`` gives what there was by an earlier day, to tell what has risen or fallen since the period before.
    """
    asked_units, goals = tuple(units), targets(told.rows.get("target", ()))
    for one in plan.indicators:
        counted = _worked_out(told, one, by, day)
        then = last_before(one, day)
        last = _worked_out(earlier(then), one, by, then) if earlier else None
        for unit in asked_units:
            if one.by_county or unit == CITY:
                goal = _target(one, unit, goals.get((unit, one.code), ()), day)
                yield Figure(one, unit, counted.of(unit), goal, last.of(unit).value if last else None)


def last_before(indicator: Indicator, day: date) -> date:
    """Return the last day of the period before that of a day."""
    return Period.of(day, indicator.every).first - timedelta(days=1)


def _worked_out(told: Material, indicator: Indicator, by: Parameters, day: date) -> Counted:
    asked = Asked(told, by, indicator, day)
    counter = COUNTERS.get(indicator.counter)
    if counter is None or indicator.counter == MIXED:
        rows = reported.reports(indicator, told.rows.get("indicator_value", ()))
        units = reported.by_unit(indicator, rows, day)
        if counter:
            return _mixed(indicator, counter(asked), units)
        every = {unit: units.get(unit, Part(why=NOT_REPORTED)) for unit in county_units()}
        return Counted(reported.city(indicator, units, CITY), every)
    return counter(asked)


def _mixed(indicator: Indicator, counted: Counted, told: Mapping[str, Part]) -> Counted:
    """Return a ratio whose numerator was counted, of the units that reported a denominator."""
    units = {}
    for unit in county_units():
        below, over = told.get(unit, Part()).denominator, counted.of(unit)
        if below is None:
            units[unit] = Part(why=NOT_REPORTED)
        else:
            units[unit] = quotient(over.value or Fraction(0), below, indicator.factor, over.ids)
    return Counted(summed(units.values(), factor=indicator.factor), units)


def targets(rows: Iterable[Row]) -> dict[tuple[str, str], list[Target]]:
    """Return the targets that were set, by unit and indicator."""
    found: dict[tuple[str, str], list[tuple[int, Target]]] = {}
    for row in rows:
        told, value = row.values, fraction(row.values.get("target_value"))
        if value is None:
            continue
        unit, code = str(told.get("unit_code") or ""), str(told.get("indicator_code") or "")
        source, year = str(told.get("target_source") or ""), told.get("target_year")
        one = Target(
            unit,
            code,
            value,
            year if isinstance(year, int) else None,
            code_table("plan.target_source").label(source),
            str(told.get("doc_no") or ""),
            str(told.get("set_date") or ""),
        )
        found.setdefault((unit, code), []).append((_ORDER.get(source, len(_ORDER)), one))
    return {key: [one for _, one in sorted(some, key=lambda pair: pair[0])] for key, some in found.items()}


def _target(indicator: Indicator, unit: str, told: Iterable[Target], day: date) -> Target | None:
    """Return the target of the whole plan, else that of the newest year begun; the city's is the plan's.

    What is to be full, or nothing, is so everywhere: 结案率 100 %, no grant left.
    """
    known = list(told)
    whole = next((one for one in known if one.year is None), None)
    if whole is None and indicator.target is not None and (unit == CITY or indicator.comparator == "="):
        return Target(unit, indicator.code, indicator.target)
    begun = [one for one in known if one.year is not None and one.year <= day.year]
    return whole or max(begun, key=lambda one: one.year or 0, default=None)


@dataclass(frozen=True, slots=True)
class Mismatch:
    """The counties' targets of an indicator do not come to the city's (domain.md E)."""

    indicator: Indicator
    year: int | None
    city: Fraction
    counties: Fraction


def mismatches(plan: Plan, rows: Iterable[Row]) -> list[Mismatch]:
    """Return where targets handed out to counties do not add up to the city's; ratios are not added up."""
    goals, found = targets(rows), []
    for one in plan.indicators:
        every = [t for (_, code), some in goals.items() if code == one.code for t in some]
        for year in dict.fromkeys(t.year for t in every) if one.adds_up and not one.is_ratio else ():
            county = [t for t in every if t.unit != CITY and t.year == year]
            given = next((t.value for t in every if t.unit == CITY and t.year == year), None)
            city = given if given is not None else one.target if year is None else None
            handed_out = sum((t.value for t in _first_of_each(county)), Fraction(0))
            if county and city is not None and city != handed_out:
                found.append(Mismatch(one, year, city, handed_out))
    return found


def _first_of_each(told: Iterable[Target]) -> Iterable[Target]:
    """Return one target for each unit, the one that goes before."""
    return {one.unit: one for one in reversed(list(told))}.values()
