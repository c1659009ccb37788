"""Tell of every town which stations and liaison officers it has (plan 四(五)1, 2; indicators Q01, Q03)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ipdesk.codes import code_table
from ipdesk.figures import Material
from ipdesk.plan.counters import is_there, towns
from ipdesk.records import Row

SINCE: Mapping[str, tuple[str, str]] = {
    "station": ("built_date", "closed_date"),
    "liaison": ("appointed_date", "left_date"),
}


@dataclass(frozen=True, slots=True)
class Town:
    """One town or street of a unit, with the ids of the stations and liaison officers there."""

    unit: str
    code: str
    stations: tuple[str, ...]
    liaisons: tuple[str, ...]

    @property
    def name(self) -> str:
        """Return what it is called."""
        return code_table("towns").label(self.code)

    def ids(self, ledger: str) -> tuple[str, ...]:
        """Return the ids of what a ledger holds there."""
        return self.stations if ledger == "station" else self.liaisons


def coverage(told: Material, units: Iterable[str], day: date) -> tuple[Town, ...]:
    """Return the towns of the units as of a day, each with what is there."""
    stations, liaisons = (_by_town(told.rows.get(ledger, ()), ledger, day) for ledger in SINCE)
    return tuple(
        Town(unit, town, stations.get(town, ()), liaisons.get(town, ()))
        for unit in units
        for town in towns(unit)
    )


def _by_town(rows: Iterable[Row], ledger: str, day: date) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in rows:
        town = str(row.values.get("town_code") or "")
        if is_there(row.values, day, *SINCE[ledger]):
            found[town] = (*found.get(town, ()), row.key.id)
    return found
