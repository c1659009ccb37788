"""The shapes in which a foreign workbook is passed on: plain values, nothing of the library that read it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from ipdesk.text import compact, is_blank


class CellError(str):
    """What a cell shows instead of a value: ``#N/A`` and the like, or a formula never calculated."""

    __slots__ = ()


_MARKS = frozenset("√✓✔☑●■★1是有Y")
_NO_MARKS = frozenset("×✗✘□○☐0否无NX")
Cell = str | int | float | bool | date | None


class Merge(NamedTuple):
    """A merged range, rows and columns from 0, both ends within."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its rows of cells from A1 on (trailing empty cells and rows left out) and its merged ranges.

    ``amended`` are the cells (row, column from 0) that a person mended: each stands for itself, also where merged.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    merges: tuple[Merge, ...] = ()
    hidden: bool = False
    amended: frozenset[tuple[int, int]] = frozenset()

    def at(self, row: int, column: int) -> Cell:
        """Return a cell, ``None`` outside of what is filled."""
        cells = self.rows[row] if row < len(self.rows) else ()
        return cells[column] if column < len(cells) else None

    @property
    def width(self) -> int:
        """Return the number of columns."""
        return max(map(len, self.rows), default=0)


class Format(StrEnum):
    """How a file is written, told by its first bytes."""

    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Book:
    """A foreign workbook: how it is written, its bytes and its sheets in order."""

    format: Format
    data: bytes
    sheets: tuple[Sheet, ...]


def column_name(column: int) -> str:
    """Return the letters of a column counted from 0."""
    letters = ""
    while column >= 0:
        column, digit = divmod(column, 26)
        letters = chr(65 + digit) + letters
        column -= 1
    return letters


def is_marked(cells: Iterable[Cell]) -> bool:
    """Tell whether cells hold marks only: √ and 1 and 是, × and 0 and 否."""
    told = [_mark(cell) for cell in cells if cell is not None and not is_blank(str(cell))]
    return bool(told) and all(word in _MARKS | _NO_MARKS for word in told) and any(w in _MARKS for w in told)


def _mark(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "是" if cell else "否"
    return compact(str(cell)).upper().removesuffix(".0")


def is_mark(cell: Cell) -> bool:
    """Tell whether a cell is a mark that says yes."""
    return cell is not None and _mark(cell) in _MARKS
