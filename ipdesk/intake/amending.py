"""What a person adds to a sheet before it is taken in: cells mended in the preview, values that all rows share."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from ipdesk.fields import Context, Value
from ipdesk.intake.cells import Book, Cell, Sheet
from ipdesk.kinds.declare import Field, Ledger
from ipdesk.problems import Refusal, ValueProblem
from ipdesk.text import is_blank

Cells = Mapping[tuple[str, int, int], str]


def amended(book: Book, cells: Cells) -> Book:
    """Return a workbook with cells as a person mended them: (sheet, row as Excel numbers it, column from 0) → text."""
    places = sorted(cells)
    by_sheet = {name: list(found) for name, found in groupby(places, key=lambda place: place[0])}
    sheets = (_amended(s, {p[1:]: cells[p] for p in by_sheet.get(s.name, ())}) for s in book.sheets)
    return replace(book, sheets=tuple(sheets))


def _amended(sheet: Sheet, cells: Mapping[tuple[int, int], str]) -> Sheet:
    rows = [list(row) for row in sheet.rows]
    for (row, column), text in cells.items():
        if 0 < row <= len(rows) and column >= 0:
            line = rows[row - 1]
            line.extend([None] * (column + 1 - len(line)))
            line[column] = None if is_blank(text) else text
    places = frozenset((row - 1, column) for row, column in cells)
    return replace(sheet, rows=tuple(map(tuple, rows)), amended=places) if cells else sheet


def constants(ledger: Ledger, given: Mapping[str, str], unit: str | None) -> dict[str, Value]:
    """Return by declared name the values that all rows share; what is no value of its field is refused."""
    return {ledger.field(name).name: _parsed(ledger.field(name), text, unit) for name, text in given.items()}


def _parsed(field: Field, text: str, unit: str | None) -> Value:
    try:
        return field.type.parse(text, Context(unit))
    except ValueProblem as problem:
        raise Refusal(f"{field.label}：{problem.message}") from problem


def told(ledger: Ledger, shared: Mapping[str, Value]) -> Iterator[str]:
    """Yield a note for each value that all rows were given."""
    for name, value in shared.items():
        field = ledger.field(name)
        yield f"没有写“{field.label}”的各行，都按“{field.type.show(field.type.mask(value))}”记"


def changed(sheet: Sheet) -> Iterator[tuple[int, int, Cell]]:
    """Yield the cells of a sheet that a person mended, rows and columns as Excel numbers them."""
    for row, column in sorted(sheet.amended):
        yield row + 1, column + 1, sheet.at(row, column)
