"""Say which column holds which field: by its head, and where the head is not certain by head and cells together.

A head that is a declared word, or one written alike, is taken. Any other is taken only when its cells prove a field
(a check digit, a code table, a phone number) and head and cells together reach ``TAKEN`` and lead every other field
by ``MARGIN``; what falls short is left out, named, and proposed to the clerk. Spelling alone never decides.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ipdesk.fields import Context, FieldType
from ipdesk.intake.cells import Cell, CellError, column_name
from ipdesk.intake.heads import combined, fold_head, shown
from ipdesk.intake.layout import Column, Table
from ipdesk.intake.ticks import option_of
from ipdesk.intake.vocabulary import RESULT, Vocabulary
from ipdesk.kinds.declare import Field, Ledger
from ipdesk.text import is_blank, mask

SPELLING, CELLS = 0.5, 0.5  # the weights of head and cells in a score
TAKEN, MARGIN = 0.75, 0.15
PROVEN, REFUTED = 0.75, 0.1
TOLD = 2.0  # what a person said goes before every guess
PROPOSED = 0.4  # from here on a field is worth proposing
_MOSTLY = 0.7
_SAMPLED, _SHOWN, _ENOUGH = 60, 5, 3


@dataclass(frozen=True, slots=True)
class ColumnMatch:
    """One column of a table: head, the field it is taken for (``certain``) or only proposed for, score, sample cells.

    ``field`` is the name in headers_*.csv; ``measure`` the unit told by the head; samples are masked where personal.
    ``option`` is the code that a column of ticks stands for: several such columns together say one field.
    """

    index: int
    head: str
    field: str | None
    certain: bool
    score: float
    samples: tuple[str, ...] = ()
    measure: str = ""
    option: str = ""

    @property
    def taken(self) -> str | None:
        """Return the field whose values are read from the column, if any."""
        return self.field if self.certain else None


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A column with what is known about it while fields are given out."""

    column: Column
    cells: tuple[Cell, ...]
    match: ColumnMatch


class Mapper:
    """Matches the columns of one table to a ledger's fields."""

    def __init__(self, vocabulary: Vocabulary, context: Context) -> None:
        """Keep the words of the ledger and the unit in which its codes are looked up."""
        self.vocabulary, self.context = vocabulary, context
        self.ledger: Ledger = vocabulary.ledger

    def match(self, table: Table, given: Mapping[str, str | None]) -> tuple[ColumnMatch, ...]:
        """Return a match for each column with a head or cells; ``given`` (head → field) goes before all guesses."""
        told = {fold_head(head).full: field for head, field in given.items()}
        columns = list(_with_cells(table))
        found = [
            self._candidate(c, head, table, told) for c, head in zip(columns, _heads(columns), strict=True)
        ]
        return tuple(self._one_each(found))

    def _candidate(
        self, column: Column, head: str, table: Table, told: Mapping[str, str | None]
    ) -> _Candidate:
        cells = tuple(_sample(table, column.index))
        measure = next((h.measure for h in combined(column.texts) if h.measure), "")
        field, certain, score = self._decide(column, head, cells, told)
        told_option = option_of(self.ledger, column.texts, cells, field if certain else None)
        if told_option:
            field, certain, score = told_option.field.sheet_name, True, max(score, TAKEN)
        samples = self._samples(field, cells)
        code = told_option.code if told_option else ""
        match = ColumnMatch(column.index, head, field, certain, round(score, 2), samples, measure, code)
        return _Candidate(column, cells, match)

    def _decide(
        self, column: Column, head: str, cells: Sequence[Cell], told: Mapping[str, str | None]
    ) -> tuple[str | None, bool, float]:
        """Return (field, whether it is certain, score)."""
        for word in (fold_head(head), fold_head(shown(column.texts)), *combined(column.texts)):
            if word.full and word.full in told:
                return self._told(told[word.full])
        near = self.vocabulary.near(column.texts)
        if near and near.field not in self.ledger.by_name:
            return near.field, near.field == RESULT or _like_numbers(cells), near.score
        if near and not self._refuted(self.ledger.field(near.field), cells):
            return near.field, True, near.score
        return self._by_cells(column, cells)

    def _told(self, field: str | None) -> tuple[str | None, bool, float]:
        if not field or field in self.ledger.ignored:
            return field or None, True, 1.0
        return self.ledger.field(field).sheet_name, True, TOLD

    def _share(self, type_: FieldType, cells: Sequence[Cell]) -> float:
        """Return the share of cells that look like a type's values."""
        return sum(type_.recognises(cell, self.context) for cell in cells) / len(cells) if cells else 0.0

    def _told_by(self, type_: FieldType, cells: Sequence[Cell]) -> float:
        """Return the share of cells that speak for a type; any cell is a text, so none speaks for that."""
        return 0.0 if type_.rule == "text" else self._share(type_, cells)

    def _refuted(self, field: Field, cells: Sequence[Cell]) -> bool:
        """Tell whether the cells speak against a head: none is such a value, and nearly all are another field's."""
        if len(cells) < _ENOUGH or self._share(field.type, cells) > REFUTED:
            return False
        others = {f.type for f in self.ledger.fields if f.type.telling and f.type != field.type}
        return any(self._share(other, cells) >= PROVEN for other in others)

    def _by_cells(self, column: Column, cells: Sequence[Cell]) -> tuple[str | None, bool, float]:
        """Return the field that head and cells together point to, certain only beyond the margin."""
        scored = sorted(self._scores(column, cells), key=lambda s: -s[0])
        if not scored or scored[0][0] < PROPOSED:
            return None, False, scored[0][0] if scored else 0.0
        (score, field, share), runner_up = scored[0], scored[1][0] if len(scored) > 1 else 0.0
        proven = field.type.telling and share >= PROVEN
        return field.sheet_name, proven and score >= TAKEN and score - runner_up >= MARGIN, score

    def _scores(self, column: Column, cells: Sequence[Cell]) -> Iterator[tuple[float, Field, float]]:
        shares: dict[FieldType, float] = {}
        for field in self.ledger.fields:
            likeness = self.vocabulary.likeness(column.texts, field)
            if likeness:
                share = shares.setdefault(field.type, self._told_by(field.type, cells))
                yield SPELLING * likeness + CELLS * min(1.0, share / PROVEN), field, share

    def _one_each(self, found: Sequence[_Candidate]) -> Iterator[ColumnMatch]:
        """Yield the matches in place; of several columns for one field only the best keeps or is offered it."""
        best: dict[str, _Candidate] = {}
        for candidate in sorted(found, key=self._rank, reverse=True):
            if candidate.match.field in self.ledger.by_name and not candidate.match.option:
                best.setdefault(str(candidate.match.field), candidate)
        for candidate in found:
            match = candidate.match
            contends = match.field in self.ledger.by_name and not match.option
            lost = contends and best[str(match.field)] is not candidate
            yield replace(match, field=None, certain=False) if lost else match

    def _rank(self, candidate: _Candidate) -> tuple[bool, bool, float, float, int]:
        """Return what prefers a column: being certain, having cells, its score, their share, its place."""
        match, field = candidate.match, self.ledger.by_name.get(candidate.match.field or "")
        share = self._share(field.type, candidate.cells) if field else 0.0
        return match.certain, bool(candidate.cells), match.score, share, -candidate.column.index

    def _samples(self, field: str | None, cells: Sequence[Cell]) -> tuple[str, ...]:
        """Return a few cells to show; personal ones, and long numbers nobody knows the meaning of, are masked."""
        known = self.ledger.by_name.get(field or "")
        told = dict.fromkeys(f"{c:.15g}" if isinstance(c, float) else str(c) for c in cells[: 4 * _SHOWN])
        hide = known is None or known.personal
        return tuple(_hidden(words) if hide else words for words in told)[:_SHOWN]


def _hidden(words: str) -> str:
    digits = sum(c.isdigit() for c in words)
    return mask(words, 3, 4) if digits >= 7 else words


def _sample(table: Table, column: int) -> Iterator[Cell]:
    """Yield filled cells of a column, spread over the table: one kind of value may stand only further down."""
    rows = [r for r in range(table.bottom + 1, table.end) if r not in table.skipped]
    filled = [c for r in rows if (c := table.sheet.at(r, column)) is not None and not _says_nothing(c)]
    step = max(1, len(filled) // _SAMPLED)
    yield from filled[::step][:_SAMPLED]


def _says_nothing(cell: Cell) -> bool:
    return isinstance(cell, CellError) or (isinstance(cell, str) and is_blank(cell))


def _like_numbers(cells: Iterable[Cell]) -> bool:
    """Tell whether cells may be running numbers: most are short, so that nothing of weight is passed over."""
    short = [isinstance(cell, (int, float)) or len(str(cell).strip()) <= 6 for cell in cells]
    return sum(short) >= _MOSTLY * len(short)


def _with_cells(table: Table) -> Iterator[Column]:
    """Yield the columns with heads, and those between and beside them that hold cells without one."""
    known = {column.index: column for column in table.columns}
    first, last = min(known), max(known)
    for index in range(first, last + 1):
        if index in known or any(True for _ in _sample(table, index)):
            yield known.get(index, Column(index, ()))


def _heads(columns: Sequence[Column]) -> Iterator[str]:
    """Yield a name for each column, all different: a leaf that is there once goes by itself, repeats are counted."""
    leaves = [shown(c.texts[-1:]) for c in columns]
    seen: dict[str, int] = {}
    for column, leaf in zip(columns, leaves, strict=True):
        head = leaf if leaves.count(leaf) == 1 else shown(column.texts)
        head = head or f"{column_name(column.index)}列（无表头）"
        seen[head] = seen.get(head, 0) + 1
        yield head if seen[head] == 1 else f"{head}（{seen[head]}）"
