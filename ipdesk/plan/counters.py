"""Count for an indicator what the registers hold (indicators.csv, computed_rule), each figure with its records.

An indicator names its counter, so that a new plan may ask for the same things over another time.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from ipdesk import counting
from ipdesk.codes import CITY, code_table
from ipdesk.counting import Count, Parameters, Unclear
from ipdesk.figures import Material
from ipdesk.kinds.declare import Values
from ipdesk.plan.definition import OWN, Indicator
from ipdesk.plan.part import NOT_REPORTED, Part, quotient
from ipdesk.records import Row

UPGRADED, COUNTY_LEVEL, IN_ZONE = "SK2", "SL2", "功能区"
TOWN_TYPES = ("镇", "街道")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is counted, by which parameters, for which indicator and as of which day."""

    told: Material
    by: Parameters
    indicator: Indicator
    day: date

    def rows(self, ledger: str) -> tuple[Row, ...]:
        """Return the rows of a ledger."""
        return self.told.rows.get(ledger, ())


@dataclass(frozen=True, slots=True)
class Counted:
    """The city's figure and those of its units; the city's is no sum of theirs where things count once."""

    city: Part
    units: Mapping[str, Part]

    def of(self, unit: str) -> Part:
        """Return the figure of a unit."""
        return self.city if unit == CITY else self.units.get(unit, Part(Fraction(0)))


Counter = Callable[[Asked], Counted]


def county_units() -> tuple[str, ...]:
    """Return the units below the city, in its order."""
    return tuple(code.code for code in code_table("regions").codes if code.code != CITY)


def _counted(count: Count) -> Counted:
    """Return a count of things by unit."""
    units = {unit: _part(count.of(unit)) for unit in county_units()}
    return Counted(_part(count), units)


def _part(count: Count) -> Part:
    return Part(Fraction(count.value), ids=count.ids, unclear=count.unclear)


def _new_enterprises(asked: Asked) -> Counted:
    """Count by the parameters' window for the program's own plan, by the indicator's for any other."""
    one, by = asked.indicator, asked.by
    if one.plan != OWN:
        since = one.since.isoformat() if one.since else by.window_from
        by = replace(by, window_from=since, window_to=one.due.isoformat())
    return _counted(counting.new_enterprises(asked.rows("guanbiao"), by))


def _institutions(asked: Asked) -> Counted:
    return _counted(counting.institutions(asked.rows("institution"), asked.by))


def _professionals(asked: Asked) -> Counted:
    return _counted(counting.professionals(asked.rows("person"), asked.by))


def _revenue(asked: Asked) -> Counted:
    """Add up one year's revenue; of a unit those of its own institutions."""
    year, rows = counting.full_year(asked.day, asked.by), asked.rows("institution")
    whole = counting.revenue(rows, asked.told.years, year, asked.by)
    amounts = {
        str(values.get("institution_id")): values.get("revenue_ip_wan")
        for values in asked.told.years
        if values.get("stat_year") == year and values.get("revenue_ip_wan") is not None
    }

    def part(count: Count) -> Part:
        told = [next(amounts[id_] for id_ in entry.ids if id_ in amounts) for entry in count.entries]
        if not told:
            return Part(unclear=count.unclear, why=NOT_REPORTED)
        total = sum((Fraction(str(amount)) for amount in told), Fraction(0))
        return Part(total / asked.indicator.scale, ids=count.ids, unclear=count.unclear)

    return Counted(part(whole), {unit: part(whole.of(unit)) for unit in county_units()})


def is_there(values: Values, day: date, since: str, until: str = "closed_date") -> bool:
    """Tell whether something had begun by a day, as far as is told, and not ended."""
    begun, ended, today = values.get(since), values.get(until), day.isoformat()
    return not (begun and str(begun) > today) and not (ended and str(ended) <= today)


def _of_rows(rows: Iterable[Row]) -> Counted:
    """Return a plain count of rows by unit."""
    entries = tuple(
        counting.Entry(row.key.id, (row.key.id,), str(row.values.get("unit_code") or "")) for row in rows
    )
    return _counted(Count(entries))


def _strong_counties(asked: Asked) -> Counted:
    """Count counties by the date of their document; zones are 试点示范园区 and do not count."""
    last, regions = min(asked.day, asked.indicator.due).isoformat(), code_table("regions")
    found: dict[str, list[Row]] = {}
    for row in asked.rows("strong_county"):
        unit, told = str(row.values.get("unit_code") or ""), str(row.values.get("doc_date") or "")
        region = regions.get(unit)
        if told and told <= last and region and region.attributes["unit_type"] not in (IN_ZONE, "市本级"):
            found.setdefault(unit, []).append(row)
    entries = tuple(counting.Entry(unit, tuple(r.key.id for r in rows), unit) for unit, rows in found.items())
    return _counted(Count(entries))


def _stations(asked: Asked) -> list[Row]:
    return [row for row in asked.rows("station") if is_there(row.values, asked.day, "built_date")]


def _upgraded_stations(asked: Asked) -> Counted:
    """Count stations that are 综合指导站 by the day: a later upgrade does not make them so yet."""
    today = asked.day.isoformat()
    return _of_rows(
        row
        for row in _stations(asked)
        if row.values.get("station_kind") == UPGRADED and str(row.values.get("upgraded_date") or "") <= today
    )


def _station_coverage(asked: Asked) -> Counted:
    """Return the part of the units, or of the towns, that have a station (the level is a parameter)."""
    return _town_coverage(asked, _stations(asked)) if asked.by.covers_towns else _unit_coverage(asked)


def _unit_coverage(asked: Asked) -> Counted:
    found: dict[str, list[str]] = {unit: [] for unit in county_units()}
    for row in _stations(asked):
        unit = str(row.values.get("unit_code") or "")
        if unit in found:
            found[unit].append(row.key.id)
    return _coverage(asked, {unit: (int(bool(ids)), 1, tuple(ids)) for unit, ids in found.items()})


def towns(unit: str) -> tuple[str, ...]:
    """Return the towns and streets that a unit manages (towns.csv): farms and parks are none."""
    return tuple(
        code.code
        for code in code_table("towns").codes
        if code.attributes["town_type"] in TOWN_TYPES and code.scope == unit
    )


def _town_coverage(asked: Asked, rows: Iterable[Row]) -> Counted:
    """Return the part of each unit's towns for which there is a row."""
    held: dict[str, list[str]] = {}
    for row in rows:
        held.setdefault(str(row.values.get("town_code") or ""), []).append(row.key.id)
    told = {}
    for unit in county_units():
        known = towns(unit)
        covered = [town for town in known if town in held]
        told[unit] = (len(covered), len(known), tuple(id_ for town in covered for id_ in held[town]))
    return _coverage(asked, told)


def _coverage(asked: Asked, told: Mapping[str, tuple[int, int, tuple[str, ...]]]) -> Counted:
    factor = asked.indicator.factor
    units = {unit: quotient(Fraction(n), Fraction(m), factor, ids) for unit, (n, m, ids) in told.items()}
    ids = tuple(id_ for _, _, some in told.values() for id_ in some)
    over, below = sum(n for n, _, _ in told.values()), sum(m for _, m, _ in told.values())
    return Counted(quotient(Fraction(over), Fraction(below), factor, ids), units)


def _liaison_coverage(asked: Asked) -> Counted:
    """Return the part of the towns that have a liaison officer in office."""
    rows = asked.rows("liaison")
    return _town_coverage(
        asked, [row for row in rows if is_there(row.values, asked.day, "appointed_date", "left_date")]
    )


def _grants_left(asked: Asked) -> Counted:
    """Count the policies that still grant money for a patent's being granted; one without an answer is unclear."""
    rows = [
        row
        for row in asked.rows("policy")
        if is_there(row.values, asked.day, "issued_date", "cancelled_date")
    ]
    counted = _of_rows(row for row in rows if row.values.get("has_grant"))
    doubtful = [
        Unclear(row.key.id, str(row.values.get("unit_code") or ""), "没有填是否含专利授权资助")
        for row in rows
        if row.values.get("has_grant") is None
    ]
    return _with_unclear(counted, doubtful)


def _with_unclear(counted: Counted, unclear: list[Unclear]) -> Counted:
    units = {
        unit: replace(part, unclear=tuple(one for one in unclear if one.unit == unit))
        for unit, part in counted.units.items()
    }
    return Counted(replace(counted.city, unclear=tuple(unclear)), units)


def _service_points(asked: Asked) -> Counted:
    rows = asked.rows("service_point")
    return _of_rows(row for row in rows if is_there(row.values, asked.day, "built_date"))


def _hightech_passed(asked: Asked) -> Counted:
    """Count the high-tech enterprises that passed, whenever: the numerator of their coverage."""
    by = replace(asked.by, window_from="1900-01-01", window_to=asked.day.isoformat())
    rows = [row for row in asked.rows("guanbiao") if row.values.get("is_hightech")]
    return _counted(counting.new_enterprises(rows, by))


COUNTERS: Mapping[str, Counter] = {
    "new_enterprises": _new_enterprises,
    "institutions": _institutions,
    "revenue": _revenue,
    "professionals": _professionals,
    "strong_counties": _strong_counties,
    "station_coverage": _station_coverage,
    "upgraded_stations": _upgraded_stations,
    "liaison_coverage": _liaison_coverage,
    "grants_left": _grants_left,
    "service_points": _service_points,
    "hightech_coverage": _hightech_passed,
}
