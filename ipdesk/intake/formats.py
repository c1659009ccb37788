"""Say what a cell's number format tells besides its value.

A date shown as 2023年5月 is known to the month only, and 5 shown as 5万元 is in that unit (ECMA-376, 18.8.30).
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from ipdesk.dates import EXCEL_EPOCH
from ipdesk.intake.cells import Cell, CellError

_MONTHS = frozenset({17, 27, 36, 50, 52, 57})  # built-in formats of year and month, zh-CN ones included
_NOT_SHOWN = re.compile(r"\[[^\]]*\]|\\.|_.|\*.|;.*", re.DOTALL)
_QUOTED = re.compile(r'"([^"]*)"')
_UNIT = re.compile(r"(百万元|千元|万元|亿元|元|万|亿)[)）]?$")
_SCALED = re.compile(r"[0#?],+(?![0#?])|!\.|\\\.")
UNCALCULATED = "公式未计算"
Change = Callable[[Cell], Cell]


class Place(NamedTuple):
    """A cell, row and column from 0."""

    row: int
    column: int


def change_of(code: str, number: int = 0) -> Change | None:
    """Return how a number format amends a value, ``None`` when it says nothing more than the value."""
    if number in _MONTHS and not code:
        return _to_month
    shown = _QUOTED.sub("", _NOT_SHOWN.sub("", code)).lower().replace("general", "0")
    if re.search("[ye]", shown) and "d" not in shown and "0" not in shown:
        return _to_month if "m" in shown else _to_year
    unit = _UNIT.search(_NOT_SHOWN.sub("", code).replace('"', "").strip())
    if unit and "0" in shown:
        words = "元" if _SCALED.search(code) else unit[1]
        return lambda cell: _with_unit(cell, words)
    return None


def failure(shown: str) -> Change:
    """Return the change of a cell whose formula shows an error, or was never calculated."""
    cell = CellError(shown)
    return lambda _: cell


def _day(cell: Cell) -> date | None:
    if isinstance(cell, date):
        return cell
    usable = isinstance(cell, (int, float)) and not isinstance(cell, bool) and 0 < cell < 100_000
    return EXCEL_EPOCH + timedelta(days=int(cell)) if usable else None  # type: ignore[arg-type]


def _to_month(cell: Cell) -> Cell:
    day = _day(cell)
    return f"{day:%Y-%m}" if day else cell


def _to_year(cell: Cell) -> Cell:
    day = _day(cell)
    return f"{day:%Y}" if day else cell


def _with_unit(cell: Cell, unit: str) -> Cell:
    number = isinstance(cell, (int, float)) and not isinstance(cell, bool)
    return f"{cell:.15g}{unit}" if number else cell
