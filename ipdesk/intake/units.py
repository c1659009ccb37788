"""Tell which unit the lines of a table count for where no column of theirs says so: title lines, columns left out."""

from collections.abc import Iterable, Sequence

from ipdesk.codes import code_table
from ipdesk.intake.cells import Cell
from ipdesk.intake.layout import Table
from ipdesk.intake.mapping import PROVEN, ColumnMatch
from ipdesk.intake.vocabulary import turns

_WHOLE_CITY = "市本级"
_AMBIGUOUS = frozenset({"经开区"})  # every county has one of its own


def named_units(words: str) -> dict[str, str]:
    """Return the counties and zones that a line names: code → name; the city as a whole is none of them."""
    return {
        c.code: c.name
        for c in code_table("regions").codes
        if c.attributes["unit_type"] != _WHOLE_CITY
        and any(name in words for name in (c.name, c.words[1]) if name not in _AMBIGUOUS)
    }


def title_unit(table: Table, own: str) -> str | None:
    """Return the only unit that the nearest telling title line names; none where the own unit is among them."""
    for line in (*table.titles, table.sheet.name):
        named = named_units(line)
        if named:
            return None if own in named or len(named) > 1 else next(iter(named))
    return None


def county_told(cell: Cell) -> str | None:
    """Return the county or zone that a cell is the name of."""
    regions = code_table("regions")
    entry = regions.get(regions.find(cell) or "") if isinstance(cell, str) else None
    return entry.code if entry and entry.attributes["unit_type"] != _WHOLE_CITY else None


def telling_column(table: Table, matches: Sequence[ColumnMatch]) -> ColumnMatch | None:
    """Return a column left out for its head whose cells are counties all the same, if there is one."""
    left = (m for m in matches if not m.taken and m.samples and not turns(m.head))
    return next((m for m in left if _are_counties(_cells(table, m.index))), None)


def _cells(table: Table, column: int) -> list[Cell]:
    rows = (r for r in range(table.bottom + 1, table.end) if r not in table.skipped)
    return [cell for r in rows if (cell := table.sheet.at(r, column)) is not None]


def _are_counties(cells: Iterable[Cell]) -> bool:
    told = [county_told(cell) is not None for cell in cells]
    return bool(told) and sum(told) >= PROVEN * len(told)
