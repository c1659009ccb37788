"""Put together what a sheet spreads over several columns: 年 月 日 of one date, a mark for every stage reached."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from ipdesk.fields import Coded
from ipdesk.intake.cells import Cell, Sheet, is_mark, is_marked
from ipdesk.intake.heads import fold_head
from ipdesk.intake.layout import Column, Table, find_tables
from ipdesk.intake.vocabulary import Vocabulary
from ipdesk.text import compact, is_blank

_DATE = ("年", "月", "日")
_FIGURE = re.compile(r"(\d{1,4})(?:\.0)?[年月日号]?")


@dataclass(frozen=True)
class _Run:
    """Neighbouring columns under one group head."""

    group: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def leaves(self) -> tuple[str, ...]:
        """Return what stands directly over the columns."""
        return tuple(fold_head(column.texts[-1]).base for column in self.columns)


def read_tables(sheet: Sheet, vocabulary: Vocabulary) -> list[Table]:
    """Return the tables of a sheet, each with one column for one value."""
    return [put_together(table, vocabulary) for table in find_tables(sheet, vocabulary)]


def put_together(table: Table, vocabulary: Vocabulary) -> Table:
    """Return a table in which columns that make one value together are one column, the others' cells left empty.

    Marks under heads that are not all stages stay as they are.
    """
    joined: dict[int, Mapping[int, Cell]] = {}  # first column → row → cell
    gone: dict[int, Column] = {}
    for run in _runs(table.columns):
        cells = _dates(table, run) or _furthest(table, run, vocabulary)
        if cells is not None:
            joined[run.columns[0].index] = cells
            gone |= {c.index: Column(c.index, run.group) for c in run.columns}
    if not joined:
        return table
    kept = (gone.get(c.index, c) for c in table.columns if c.index not in gone or c.index in joined)
    return replace(table, columns=tuple(kept), sheet=_rewritten(table, joined, gone))


def _runs(columns: Sequence[Column]) -> Iterator[_Run]:
    grouped = groupby((c for c in columns if len(c.texts) > 1), key=lambda c: c.texts[:-1])
    for group, members in grouped:
        found = tuple(members)
        if len(found) > 1 and found[-1].index - found[0].index == len(found) - 1:
            yield _Run(group, found)


def _record_rows(table: Table) -> Iterable[int]:
    return (r for r in range(table.bottom + 1, table.end) if r not in table.skipped)


def _dates(table: Table, run: _Run) -> Mapping[int, Cell] | None:
    """Return by row the dates that columns 年, 月 and perhaps 日 make together."""
    if run.leaves not in (_DATE, _DATE[:2]):
        return None
    return {row: _date([table.sheet.at(row, c.index) for c in run.columns]) for row in _record_rows(table)}


def _date(cells: Sequence[Cell]) -> Cell:
    """Return year, month and day as one text; a cell that is no such figure goes on as it stands, to be refused."""
    words = ["" if c is None or is_blank(str(c)) else compact(str(c)) for c in cells]
    figures = [_FIGURE.fullmatch(word) for word in words if word]
    if not all(figures):
        return " ".join(filter(None, words))
    told = [found[1] for found in figures if found]
    in_order = all(words[: len(told)])
    return (
        "".join(f + sign for f, sign in zip(told, _DATE, strict=False))
        if in_order
        else " ".join(told) or None
    )


def _furthest(table: Table, run: _Run, vocabulary: Vocabulary) -> Mapping[int, Cell] | None:
    """Return by row the furthest stage that is marked, where every column is headed by a stage of one field."""
    rows = list(_record_rows(table))
    cells = [table.sheet.at(row, c.index) for row in rows for c in run.columns]
    if not is_marked(cells):
        return None
    near = vocabulary.near(run.group)
    field = vocabulary.ledger.by_name.get(near.field) if near else None
    if not field or not isinstance(field.type, Coded):
        return None
    found = [field.type.codes.find(leaf) for leaf in run.leaves]
    places = {c.code: place for place, c in enumerate(field.type.codes.codes)}
    if None in found:
        return None
    ranks = [places[str(code)] for code in found]
    leaves = dict(zip(ranks, run.leaves, strict=True))

    def furthest(row: int) -> Cell:
        marked = (is_mark(table.sheet.at(row, c.index)) for c in run.columns)
        reached = [rank for rank, mark in zip(ranks, marked, strict=True) if mark]
        return leaves[max(reached)] if reached else None

    return {row: furthest(row) for row in rows}


def _rewritten(table: Table, joined: Mapping[int, Mapping[int, Cell]], gone: Mapping[int, Column]) -> Sheet:
    """Return the sheet with the joined cells in the first of their columns."""
    rows = list(table.sheet.rows)
    for row in _record_rows(table):
        cells = list(rows[row]) + [None] * (max(gone) + 1 - len(rows[row]))
        for index in gone:
            cells[index] = joined.get(index, {}).get(row)
        rows[row] = tuple(cells)
    return replace(table.sheet, rows=tuple(rows))
