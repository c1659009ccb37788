"""Work out what units reported of an indicator by period, as of a day (indicators.csv, measure_type).

What is added up is what is reported: increments over the periods of the plan, numerators and denominators of
ratios; a stock is the last one told. A period counts once it has ended.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ipdesk.counting import Unclear
from ipdesk.periods import Period
from ipdesk.plan.comparing import fraction
from ipdesk.plan.definition import Indicator
from ipdesk.plan.part import NO_CASES, NO_DENOMINATOR, NOT_REPORTED, Part, quotient, summed
from ipdesk.problems import Refusal
from ipdesk.records import Row

Figures = tuple[Fraction | None, Fraction | None, Fraction | None, Fraction | None]  # value total over below
ASTRIDE = "这一期跨过指标的截止日，不能判断多少在统计期内"
_NAMES = ("value", "total", "numerator", "denominator")


@dataclass(frozen=True, slots=True)
class Report:
    """What one unit reported for one period: the whole, or of an indicator told in items what they come to."""

    unit: str
    period: Period
    value: Fraction | None
    total: Fraction | None
    numerator: Fraction | None
    denominator: Fraction | None
    ids: tuple[str, ...]


def reports(indicator: Indicator, rows: Iterable[Row]) -> list[Report]:
    """Return what was reported of an indicator, one for each unit and period, oldest first."""
    found: dict[tuple[str, Period], list[Row]] = {}
    for row in rows:
        if row.values.get("indicator_code") == indicator.code and (period := _period(row)):
            found.setdefault((str(row.values.get("unit_code") or ""), period), []).append(row)
    told = (_report(indicator, unit, period, some) for (unit, period), some in found.items())
    return sorted(filter(None, told), key=lambda one: (one.period.last, one.period.first, one.unit))


def _period(row: Row) -> Period | None:
    try:
        return Period.read(str(row.values.get("period") or ""))
    except Refusal:  # of a newer program, or not told: listed as to be filled in, counted nowhere
        return None


def _report(indicator: Indicator, unit: str, period: Period, rows: Sequence[Row]) -> Report | None:
    """Return the whole that was told, else what the items come to that make it up."""
    whole = [row for row in rows if row.values.get("item") is None]
    parts = {item.code for item in indicator.items if item.is_summed}
    counted = whole or [row for row in rows if row.values.get("item") in parts]
    if not counted:
        return None
    figures = [[fraction(row.values.get(name)) for name in _NAMES] for row in counted]
    value, total, over, below = (_sum(column) for column in zip(*figures, strict=True))
    return Report(unit, period, value, total, over, below, tuple(row.key.id for row in counted))


def _sum(column: Iterable[Fraction | None]) -> Fraction | None:
    told = [one for one in column if one is not None]
    return sum(told, Fraction(0)) if told else None


def by_unit(indicator: Indicator, told: Iterable[Report], day: date) -> dict[str, Part]:
    """Return each unit's figure as of a day."""
    ended = [one for one in told if one.period.last <= day]
    units: dict[str, list[Report]] = {}
    for one in ended:
        units.setdefault(one.unit, []).append(one)
    newest = max((one.period.last for one in ended), default=None)
    return {unit: _of_unit(indicator, some, newest) for unit, some in units.items()}


def _of_unit(indicator: Indicator, told: Sequence[Report], newest: date | None) -> Part:
    match indicator.sort:
        case "total":
            return _total(indicator, told)
        case "ratio_total":
            return _over_periods(indicator, told)
        case "year":
            return _stock(indicator, [one for one in told if one.period.last == newest])
        case _:
            return _stock(indicator, told)


def city(indicator: Indicator, units: Mapping[str, Part], own: str) -> Part:
    """Return the city's figure: its own of a survey, else figures, or numerators and denominators, added up."""
    if not indicator.by_county:
        return units.get(own, Part(why=NOT_REPORTED))
    whole = summed(
        units.values(), factor=indicator.factor if indicator.is_ratio else 0, why=_empty(indicator)
    )
    left_out = (
        Unclear(part.ids[0], unit, f"{part.why}，没有计入全市")
        for unit, part in units.items()
        if part.why and part.ids and indicator.is_ratio
    )
    unclear = (*whole.unclear, *left_out)
    return Part(whole.value, whole.numerator, whole.denominator, whole.ids, unclear, whole.why)


def _empty(indicator: Indicator) -> str:
    return NO_CASES if indicator.sort == "ratio_total" else NO_DENOMINATOR


def _in_window(indicator: Indicator, told: Sequence[Report]) -> tuple[list[Report], tuple[Unclear, ...]]:
    """Return what was reported for the plan's time, and what reaches beyond its end."""
    since, due = indicator.since or date.min, indicator.due
    within = [one for one in told if since <= one.period.last <= due]
    astride = [one for one in told if one.period.first <= due < one.period.last]
    return within, tuple(Unclear(one.ids[0], one.unit, ASTRIDE) for one in astride)


def _apart(told: Iterable[Report]) -> list[Report]:
    """Return reports of which none lies within another: a year's goes before those of its quarters."""
    kept: list[Report] = []
    for one in sorted(told, key=lambda r: (r.period.first, -r.period.last.toordinal())):
        if not kept or one.period.first > kept[-1].period.last:
            kept.append(one)
    return kept


def _total(indicator: Indicator, told: Sequence[Report]) -> Part:
    """Return what was added over the periods: from the last total told on, else from the start."""
    within, unclear = _in_window(indicator, told)
    last = next((one for one in reversed(within) if one.total is not None), None)
    after = [one for one in within if last is None or one.period.first > last.period.last]
    added = [one for one in _apart(one for one in after if one.value is not None)]
    figures = [one.value for one in added if one.value is not None]
    if last is None and not figures:
        return Part(unclear=unclear, why=NOT_REPORTED)
    start = last.total if last and last.total is not None else Fraction(0)
    ids = tuple(id_ for one in ((last,) if last else ()) for id_ in one.ids)
    ids += tuple(id_ for one in added for id_ in one.ids)
    return Part(sum(figures, start) / indicator.scale, ids=ids, unclear=unclear)


def _over_periods(indicator: Indicator, told: Sequence[Report]) -> Part:
    within, unclear = _in_window(indicator, told)
    parts = [_ratio(indicator, one) for one in _apart(within)]
    whole = summed(parts, factor=indicator.factor, why=NO_CASES)
    return Part(whole.value, whole.numerator, whole.denominator, whole.ids, unclear, whole.why)


def _stock(indicator: Indicator, told: Sequence[Report]) -> Part:
    """Return the last one told."""
    if not told:
        return Part(why=NOT_REPORTED)
    last = max(told, key=lambda one: (one.period.last, one.period.first))
    if indicator.is_ratio:
        return _ratio(indicator, last)
    figure = last.value if last.value is not None else last.total
    why = "" if figure is not None else NOT_REPORTED
    return Part(None if figure is None else figure / indicator.scale, ids=last.ids, why=why)


def _ratio(indicator: Indicator, one: Report) -> Part:
    """Return a ratio; one told without its numerator or denominator is shown, and never added up."""
    if one.numerator is None or one.denominator is None:
        return Part(one.value, None, one.denominator, one.ids, why=NO_DENOMINATOR)
    return quotient(one.numerator, one.denominator, indicator.factor, one.ids, _empty(indicator))
