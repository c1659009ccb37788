"""Turn the lines of a table into rows of values, and say of each what is wrong with it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import NamedTuple

from ipdesk.checks import check_row
from ipdesk.codes import code_table
from ipdesk.fields import Coded, Context, Value
from ipdesk.intake import lines
from ipdesk.intake.cells import Cell, CellError, Merge
from ipdesk.intake.layout import LARGEST_MERGE, Table
from ipdesk.intake.lines import Line
from ipdesk.intake.mapping import ColumnMatch
from ipdesk.intake.ticks import Ticks
from ipdesk.intake.units import county_told, telling_column, title_unit
from ipdesk.intake.values import Read, ValueReader
from ipdesk.intake.vocabulary import RESULT
from ipdesk.kinds.declare import Field, Ledger
from ipdesk.problems import Grade, Problem, ValueProblem

_HINTS_WITHIN = 3  # rows below the heads


class Scope(NamedTuple):
    """For whom is read: the unit whose workspace it is, and the only unit it may write for (none for the city).

    ``words`` are what a person said words of a field mean: field → word → code; ``shared`` the values of rows that
    do not say otherwise, by declared name.
    """

    own: str
    only: str | None
    words: Mapping[str, Mapping[str, str]] = MappingProxyType({})
    shared: Mapping[str, Value] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Draft:
    """One record line: its place as Excel numbers it, values by declared name, findings, column of each field."""

    sheet: str
    row: int
    values: dict[str, Value]
    problems: tuple[Problem, ...]
    columns: Mapping[str, int]

    @property
    def refused(self) -> bool:
        """Tell whether the row cannot be taken in."""
        return any(p.grade.stops for p in self.problems)


class RowReader:
    """Reads the record lines of one table."""

    def __init__(self, ledger: Ledger, table: Table, matches: Sequence[ColumnMatch], scope: Scope) -> None:
        """Prepare a reader for each column that is taken."""
        self.ledger, self.table, self.scope = ledger, table, scope
        taken = {m.taken: m for m in matches if m.taken in ledger.by_name and not m.option}
        paired: dict[str | None, ColumnMatch] = {
            name: m for m in taken.values() if m.pair for name in m.pair.names
        }
        taken = {**paired, **taken}  # a column of its own goes before one that also holds the value
        self.pairs = {
            ledger.field(str(name)): m.pair for name, m in paired.items() if taken[name] is m and m.pair
        }
        self.columns = {str(name): match.index for name, match in taken.items()}
        self.readers = {
            (field := ledger.field(name)): ValueReader(
                field, taken[name].measure or table.measure, scope.words.get(field.name, {}), taken[name].head
            )
            for name in self.columns
        }
        self.ticks = Ticks(ledger, table, matches)
        self.places = [m.index for m in matches if m.taken != RESULT]
        self.unit = ledger.by_name.get(ledger.unit_field)
        self.examples: list[int] = []
        self._merges = _downward(table.sheet.merges, set(self.columns.values()), table.bottom, table.end)
        self._told: dict[str, str] = {}  # field → code told by the banner line above
        self.grouped = False  # whether banner lines tell the unit
        told = scope.shared.get(ledger.unit_field)
        self.title = str(told) if told else title_unit(table, scope.own) if scope.only else None
        self.beside = telling_column(table, matches) if self.unit not in self.readers else None

    def read(self) -> Iterator[Draft]:
        """Yield the record lines from top to bottom."""
        for row in range(self.table.bottom + 1, self.table.end):
            if row not in self.table.skipped and self._line(row) is Line.RECORD:
                yield self._draft(row)

    # ---- what a line is
    def _line(self, row: int) -> Line:
        words = [w for c in self.places if (w := lines.words_of(self._own(row, c)))]
        if not words:
            return Line.NOTHING
        if self._is_key(row):
            return self._marked_example(row, words)
        if lines.is_total(words):
            self._end_group(words)
            return Line.NOTHING
        if lines.is_numbering(words) or self._is_note(row, words):
            return Line.NOTHING
        if self._is_lone(row, words):
            self._take_banner(words[0])
            return Line.BANNER
        near = row - self.table.bottom <= _HINTS_WITHIN
        if near and lines.is_hint(words):
            return Line.NOTHING
        return self._marked_example(row, words) if self._says_something(row) else Line.NOTHING

    def _end_group(self, words: Sequence[str]) -> None:
        """Forget what the banner said: a subtotal ends a town's lines, a total those of a unit."""
        kept = self.ledger.unit_field if lines.is_part(words) else ""
        self._told = {name: code for name, code in self._told.items() if name == kept}

    def _marked_example(self, row: int, words: Sequence[str]) -> Line:
        if not lines.is_example(words):
            return Line.RECORD
        self.examples.append(row + 1)
        return Line.EXAMPLE

    def _is_key(self, row: int) -> bool:
        """Tell whether the line has a valid key."""
        field = self.ledger.field(self.ledger.key_field)
        if field not in self.readers or not field.type.telling:
            return False
        return self.readers[field].read(self._cell(row, field), None).value is not None

    def _name_words(self, row: int) -> str:
        field = self.ledger.field(self.ledger.name_field)
        return lines.words_of(self._own(row, self.columns[field.sheet_name])) if field in self.readers else ""

    def _is_note(self, row: int, words: Sequence[str]) -> bool:
        """Tell whether the line is a note or signature: its name cell is empty, part of it, or no such name."""
        name, type_ = self._name_words(row), self.ledger.field(self.ledger.name_field).type
        return lines.is_note(words) and (
            name in ("", words[0]) or lines.is_note([name]) or not type_.recognises(name)
        )

    def _is_lone(self, row: int, words: Sequence[str]) -> bool:
        """Tell whether the line is one text across the table or in its first columns, and no record's name."""
        if len(set(words)) > 1:
            return False
        place = next(c for c in self.places if lines.words_of(self._own(row, c)))
        cell = self._own(row, place)
        if not isinstance(cell, str) or isinstance(cell, CellError):
            return False
        if lines.is_counted(words[0]):
            return True
        across = any(
            m.top <= row <= m.bottom and m.left <= place and m.right >= place + 2 for m in self._across
        )
        field = next((f for f, c in self._fields_at() if c == place), None)
        return across or field is None or not self._is_content(field) or len(words[0]) > 30

    @property
    def _across(self) -> Sequence[Merge]:
        return self.table.sheet.merges

    def _fields_at(self) -> Iterator[tuple[Field, int]]:
        return ((f, self.columns[f.sheet_name]) for f in self.readers)

    def _is_content(self, field: Field) -> bool:
        """Tell whether a field says something about a record, not only which unit or town it belongs to."""
        return field != self.unit and not _scoped(field)

    def _says_something(self, row: int) -> bool:
        return any(lines.words_of(self._own(row, c)) for f, c in self._fields_at() if self._is_content(f))

    def _take_banner(self, words: str) -> None:
        """Remember the unit or town that a banner line names for the lines below it."""
        name = lines.banner(words)
        unit = self.unit and code_table("regions").find(name)
        if self.unit and unit:
            self._told, self.grouped = {self.unit.name: unit}, True
            return
        scope = self._told.get(self.ledger.unit_field) or self.scope.only
        self._told = {name: code for name, code in self._told.items() if name == self.ledger.unit_field}
        for field in self.ledger.fields:
            if _scoped(field) and field.type.recognises(name, Context(scope)):
                self._told[field.name] = str(field.type.parse(name, Context(scope)))

    # ---- cells
    def _own(self, row: int, column: int) -> Cell:
        return self.table.sheet.at(row, column)

    def _cell(self, row: int, field: Field) -> Cell:
        """Return a field's cell, that of its merged range where the line lies within one; figures are not repeated."""
        column = self.columns[field.sheet_name]
        merge = self._merges.get((row, column)) if (row, column) not in self.table.sheet.amended else None
        if merge and merge.top < row and field.type.align == "left":
            return self._own(merge.top, column)
        return self._own(row, column)

    # ---- values
    def _draft(self, row: int) -> Draft:
        values, problems = self._values(row)
        broken = {p.field for p in problems}
        checked = check_row(self.ledger, values, when="intake", unit_code=self.scope.only)
        problems += [p for p in checked if p.field not in broken or p.code != "required"]
        problems += [*self._shared_figures(row), *self._nobodys(values, broken)]
        ranked = sorted(problems, key=self._weight)
        placed = tuple(p.at(self.table.sheet.name, row + 1) for p in ranked)
        return Draft(self.table.sheet.name, row + 1, values, placed, self.ticks.columns | self.columns)

    def _values(self, row: int) -> tuple[dict[str, Value], list[Problem]]:
        values: dict[str, Value] = {}
        problems: list[Problem] = []
        unit = self._unit(row, problems)
        if self.unit and unit:
            values[self.unit.name] = unit
        foreign = bool(unit and self.scope.only and unit != self.scope.only)
        for field, reader in self.readers.items():
            if field == self.unit or (foreign and _scoped(field)):
                continue  # a town of another unit says nothing more than that unit
            read = self._read(row, field, reader, unit)
            if read.value is not None:
                values[field.name] = read.value
            if read.problem:
                problems.append(read.problem)
        self.ticks.take(row, values, problems)
        missing = {n: code for n, code in self._told.items() if n not in values and not foreign}
        return {**self.scope.shared, **missing, **values}, problems

    def _read(self, row: int, field: Field, reader: ValueReader, unit: str | None) -> Read:
        """Read a field's cell, or its part of a cell of two values."""
        cell, pair = self._cell(row, field), self.pairs.get(field)
        if pair is None or cell is None:
            return reader.read(cell, unit)
        try:
            return reader.read(pair.part(cell, field), unit)
        except ValueProblem as problem:
            told = f"{field.label}：{problem.message}"
            return Read(None, Problem(problem.code, field.sheet_name, told, Grade.WARNING))

    def _unit(self, row: int, problems: list[Problem]) -> str | None:
        """Return the unit a line counts for: its cell, the banner above it, else the workspace's own."""
        if not self.unit:
            return self.scope.only
        told = self._told.get(self.unit.name) or self.title
        if self.unit not in self.readers:
            return self._beside(row) or told or (self.scope.only if self.grouped else self.scope.own)
        read = self.readers[self.unit].read(self._cell(row, self.unit), None)
        if read.problem:
            problems.append(replace(read.problem, grade=Grade.ERROR))  # whose row it is must be certain
            return None
        return str(read.value) if read.value is not None else told or self.scope.only

    def _beside(self, row: int) -> str | None:
        """Return another unit that a column left out names for a line, so that it is not taken for an own one."""
        told = county_told(self._own(row, self.beside.index)) if self.beside else None
        return told if told != self.scope.only else None

    def _shared_figures(self, row: int) -> list[Problem]:
        """Warn of a figure merged over several lines: it is kept with the first of them only."""
        found = []
        for field, column in self._fields_at():
            merge = self._merges.get((row, column))
            if (
                merge
                and merge.top == row
                and field.type.align == "right"
                and self._own(row, column) is not None
            ):
                sentence = f"{field.label}：这一格与下面{merge.bottom - row}行合并，数字只记在这一行，请核对"
                found.append(Problem("number", field.sheet_name, sentence, Grade.WARNING))
        return found

    def _nobodys(self, values: Mapping[str, Value], broken: set[str]) -> list[Problem]:
        """Warn of a line that does not say which unit it counts for."""
        if not self.unit or self.unit.name in values or self.unit.sheet_name in broken:
            return []
        sentence = f"没有写{self.unit.label}，请补上"
        return [Problem("unit", self.unit.sheet_name, sentence, Grade.WARNING)]

    def _weight(self, problem: Problem) -> tuple[int, int, int]:
        """Return the order of findings: what stops first, then unit, key and name, then from left to right."""
        first = [self.ledger.unit_field, self.ledger.key_field, self.ledger.name_field]
        name = self.ledger.field(problem.field).name
        place = first.index(name) if name in first else len(first)
        return not problem.grade.stops, place, self.columns.get(problem.field, 999)


def _scoped(field: Field) -> bool:
    """Tell whether a field's codes are looked up within a unit, as towns are."""
    return isinstance(field.type, Coded) and field.type.scoped


def _downward(
    merges: Sequence[Merge], columns: set[int], bottom: int, end: int
) -> dict[tuple[int, int], Merge]:
    """Return by (row, column) the merged ranges that stand over several lines of a table and begin in that column."""
    return {
        (row, merge.left): merge
        for merge in merges
        if merge.left in columns
        and bottom < merge.top < merge.bottom
        and merge.bottom - merge.top < LARGEST_MERGE
        for row in range(merge.top, min(merge.bottom, end - 1) + 1)
    }
