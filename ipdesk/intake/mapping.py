"""Say which column holds which field: by its head, and where the head is not certain by head and cells together.

A head that is a declared word, or one written alike, is taken. Any other is taken only when its cells prove a field
(a check digit, a code table, a phone number) and head and cells together reach ``TAKEN`` and lead every other field
by ``MARGIN``; what falls short is left out, named, and proposed to the clerk. Spelling alone never decides.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ipdesk.fields import Coded, Context, Date, FieldType, Name
from ipdesk.intake import lines
from ipdesk.intake.cells import Cell, CellError, column_name, is_marked
from ipdesk.intake.heads import combined, fold_head, is_foreign_money, shown
from ipdesk.intake.layout import Column, Table
from ipdesk.intake.splitting import Pair, pair_of, span_in
from ipdesk.intake.ticks import option_of
from ipdesk.intake.vocabulary import ALIKE, RESULT, Vocabulary
from ipdesk.kinds.declare import Field, Ledger
from ipdesk.problems import Problem, ValueProblem
from ipdesk.text import fold, hidden, is_blank, quoted

SPELLING, CELLS = 0.5, 0.5  # the weights of head and cells in a score
TAKEN, MARGIN = 0.75, 0.15
PROVEN, REFUTED = 0.75, 0.1
TOLD = 2.0  # what a person said goes before every guess
PROPOSED = 0.4  # from here on a field is worth proposing
_HALF, _MOSTLY, _SURELY = 0.5, 0.7, 0.9
_FORMS = ("code", "date", "number")
_SAMPLED, _SHOWN, _ENOUGH = 60, 5, 3


@dataclass(frozen=True, slots=True)
class ColumnMatch:
    """One column of a table: head, the field it is taken for (``certain``) or only proposed for, score, sample cells.

    ``field`` is the name in headers_*.csv; ``measure`` the unit told by the head; samples are masked where personal;
    ``option`` is the code that a column of ticks stands for: several such columns together say one field;
    ``doubt`` is a cell for which a column is left out whose head is known, because most of its cells are like that;
    ``pair`` are the two fields of a column whose cells hold two values.
    """

    index: int
    head: str
    field: str | None
    certain: bool
    score: float
    samples: tuple[str, ...] = ()
    measure: str = ""
    option: str = ""
    doubt: str = ""
    pair: Pair | None = None

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
        rows = _record_rows(table)
        columns = list(_with_cells(table, rows))
        found = [
            self._candidate(c, head, tuple(_sample(table, rows, c.index)), told)
            for c, head in zip(columns, _heads(columns), strict=True)
        ]
        return tuple(self._one_each([*self._identified([*self._yielding(_without_doubles(found))])]))

    def _candidate(
        self, column: Column, head: str, cells: tuple[Cell, ...], told: Mapping[str, str | None]
    ) -> _Candidate:
        measure = next((h.measure for h in combined(column.texts) if h.measure), "")
        field, certain, score = self._decide(column, head, cells, told)
        told_option = option_of(self.ledger, column.texts, cells, field if certain else None)
        if told_option:
            field, certain, score = told_option.field.sheet_name, True, max(score, TAKEN)
        pair = None if score >= TOLD or told_option else pair_of(self.vocabulary, column.texts, cells)
        if pair:
            field, certain, score = pair.first.sheet_name, True, ALIKE
        samples = self._samples("" if pair else field, cells)
        code = told_option.code if told_option else ""
        doubt = "" if certain else self._doubt(field, cells)
        match = ColumnMatch(
            column.index, head, field, certain, round(score, 2), samples, measure, code, doubt, pair
        )
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
        if near and is_foreign_money(column.texts) and self.ledger.field(near.field).type.rule == "number":
            return near.field, False, near.score
        if near and self._unreadable(self.ledger.field(near.field), cells):
            return near.field, False, near.score
        if near and not self._refuted(self.ledger.field(near.field), cells):
            return near.field, True, near.score
        meant = [f for f in self.vocabulary.said(column.texts) if self._agree(f, cells)]
        return (meant[0].sheet_name, True, ALIKE) if len(meant) == 1 else self._by_cells(column, cells)

    def _agree(self, field: Field, cells: Sequence[Cell]) -> bool:
        """Tell whether the cells below a head that says a field are what that field holds."""
        says, type_ = self.ledger.says[field.name], field.type
        if not cells:
            return True
        if says.cells:
            return sum(map(bool, (re.fullmatch(says.cells, _words(c)) for c in cells))) >= PROVEN * len(cells)
        if isinstance(type_, Name | Coded) and type_.rule in ("text", "code"):
            least = _HALF if isinstance(type_, Name) or type_.open else PROVEN
            return self._share(type_, cells) >= least
        if isinstance(type_, Date):
            return self._prove(type_, [c for c in cells if not span_in(c)] or ["2023-05-06"], PROVEN)
        return self._share_for(type_, cells) >= PROVEN

    def _told(self, field: str | None) -> tuple[str | None, bool, float]:
        if not field or field in self.ledger.ignored:
            return field or None, True, 1.0
        return self.ledger.field(field).sheet_name, True, TOLD

    def _share(self, type_: FieldType, cells: Sequence[Cell]) -> float:
        """Return the share of cells that look like a type's values."""
        return sum(type_.recognises(cell, self.context) for cell in cells) / len(cells) if cells else 0.0

    def _share_for(self, type_: FieldType, cells: Sequence[Cell]) -> float:
        """Return the share of cells that may be a type's values; a text is what no other type would have."""
        if type_.rule != "text" or isinstance(type_, Name):
            return self._share(type_, cells)
        others = {f.type for f in self.ledger.fields if f.type.telling or isinstance(f.type, Date)}
        free = (not any(other.recognises(c, self.context) for other in others) for c in cells)
        return sum(free) / len(cells) if cells else 0.0

    def _unreadable(self, field: Field, cells: Sequence[Cell]) -> bool:
        """Tell whether most cells are no value of the field, so that most rows would be refused for it.

        What identifies a row, and whose it is, stays to be refused; marks alone are no word of a code table.
        """
        if field.type.rule not in _FORMS or field.name == self.ledger.unit_field or not cells:
            return False
        if isinstance(field.type, Coded) and is_marked(cells):
            return True
        wrong = _unreadable_cells(field.type, cells)
        if isinstance(field.type, Coded) and len(wrong) < len(cells) and len(set(wrong)) < _ENOUGH:
            return False  # a person can say what so few words mean
        return len(wrong) > max(_ENOUGH - 1, len(cells) / 2)

    def _doubt(self, name: str | None, cells: Sequence[Cell]) -> str:
        field = self.ledger.by_name.get(name or "")
        if not field or not self._unreadable(field, cells):
            return ""
        return quoted(str(next(iter(_unreadable_cells(field.type, cells)), cells[0])))

    def _refuted(self, field: Field, cells: Sequence[Cell]) -> bool:
        """Tell whether the cells speak against a head: none is such a value, and nearly all are another field's."""
        if len(cells) < _ENOUGH or self._share(field.type, cells) > REFUTED:
            return False
        others = {f.type for f in self.ledger.fields if f.type.telling and f.type != field.type}
        return any(self._share(other, cells) >= PROVEN for other in others)

    def _by_cells(self, column: Column, cells: Sequence[Cell]) -> tuple[str | None, bool, float]:
        """Return the field that head and cells together point to, certain only beyond the margin."""
        cued = [f for f in self.vocabulary.cued(column.texts) if self._prove(f.type, cells)]
        scored = sorted(self._scores(column, cells), key=lambda s: -s[0])
        if not cued and (not scored or scored[0][0] < PROPOSED):
            return None, False, scored[0][0] if scored else 0.0
        meant = [s for s in scored if s[2] >= PROVEN and self.vocabulary.says_only(column.texts, s[1])]
        if len(meant) == 1:
            return meant[0][1].sheet_name, True, ALIKE
        if len(cued) == 1:
            return cued[0].sheet_name, True, TAKEN
        (score, field, share), runner_up = scored[0], scored[1][0] if len(scored) > 1 else 0.0
        proven = field.type.telling and share >= PROVEN and not self.vocabulary.says_more(column.texts, field)
        return field.sheet_name, proven and score >= TAKEN and score - runner_up >= MARGIN, score

    def _prove(self, type_: FieldType, cells: Sequence[Cell], least: float = _SURELY) -> bool:
        """Tell whether nearly all cells are surely a type's values; a year alone is no date."""
        if not isinstance(type_, Date):
            return self._share(type_, cells) >= least
        days = sum(len(str(type_.parse(c))) > len("2023") for c in cells if type_.recognises(c))
        return bool(cells) and days >= least * len(cells)

    def _scores(self, column: Column, cells: Sequence[Cell]) -> Iterator[tuple[float, Field, float]]:
        shares: dict[FieldType, float] = {}
        for field in self.ledger.fields:
            likeness = self.vocabulary.likeness(column.texts, field)
            if likeness:
                share = shares.setdefault(field.type, self._share_for(field.type, cells))
                told = 0.0 if field.type.rule == "text" else share
                yield SPELLING * likeness + CELLS * min(1.0, told / PROVEN), field, share

    def _identified(self, found: Sequence[_Candidate]) -> Iterator[_Candidate]:
        """Yield the candidates; where no head names what identifies a row, the only column of such cells is taken."""
        heirs: dict[int, str] = {}
        missing = [f for f in self.ledger.fields if f.identifies and not _is_taken(f, found)]
        for field in missing:
            fitting = [c for c in found if self._may_identify(c, field)]
            heirs |= {c.column.index: field.sheet_name for c in fitting if len(fitting) == 1}
        if len(heirs) < len(missing):
            heirs.clear()  # a row without the rest could not be taken in all the same
        for candidate in found:
            name = heirs.get(candidate.column.index)
            told = (
                replace(candidate.match, field=name, certain=True, score=TAKEN) if name else candidate.match
            )
            yield replace(candidate, match=told)

    def _may_identify(self, candidate: _Candidate, field: Field) -> bool:
        """Tell whether nearly all cells of a column nobody claims are such values and its head does not say whose.

        Names of the rows' own organisations differ from row to row, as those of who serves them do not.
        """
        if candidate.match.certain or not (candidate.column.texts or field.type.telling):
            return False
        if not (field.type.telling or isinstance(field.type, Name)):
            return False
        if self.vocabulary.is_anothers(candidate.column.texts, field):
            return False
        told = {str(cell) for cell in candidate.cells}
        differ = field.type.telling or len(told) >= _SURELY * len(candidate.cells)
        needed = PROVEN if field.type.telling else _SURELY  # a check digit proves more than an ending
        return differ and self._share(field.type, candidate.cells) >= needed

    def _yielding(self, found: Sequence[_Candidate]) -> Iterator[_Candidate]:
        """Yield the candidates; a word of two fields leaves the one that another column says for the other one.

        执业证号 is a certificate's number where no other column has that, else the number to practise.
        """
        taken = [c.match.taken for c in found]
        for candidate in found:
            match = candidate.match
            told = match.score < TOLD and match.taken and taken.count(match.taken) > 1
            other = self.vocabulary.second(match.head) if told else None
            free = other and other != match.taken and other not in taken
            yield replace(candidate, match=replace(match, field=other)) if free else candidate

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
            told = match.field if match.score >= TOLD else None  # a person's mistake, to be named
            yield replace(match, field=told, certain=False, doubt="", pair=None) if lost else match

    def _rank(self, candidate: _Candidate) -> tuple[bool, bool, bool, float, float, float, int]:
        """Return what prefers a column: certain, with cells, a word of the field, told or cued, score, share, place."""
        match, field = candidate.match, self.ledger.by_name.get(candidate.match.field or "")
        share = self._share(field.type, candidate.cells) if field else 0.0
        cued = bool(field and field.cue and re.search(field.cue, fold_head(match.head).full))
        plain = bool(field) and fold_head(match.head).full == fold_head(field.label if field else "").full
        sure = match.score >= ALIKE  # a word of the field before a mere cue: 参训人员 before 代表姓名
        told = TOLD if match.score >= TOLD else (cued + plain) / 2
        return match.certain, bool(candidate.cells), sure, told, match.score, share, -candidate.column.index

    def _samples(self, field: str | None, cells: Sequence[Cell]) -> tuple[str, ...]:
        """Return a few cells to show; personal ones, and long numbers nobody knows the meaning of, are masked."""
        known = self.ledger.by_name.get(field or "")
        told = dict.fromkeys(f"{c:.15g}" if isinstance(c, float) else str(c) for c in cells[: 4 * _SHOWN])
        hide = known is None or known.personal
        return tuple(hidden(words) if hide else words for words in told)[:_SHOWN]


def told_twice(columns: Sequence[ColumnMatch], ledger: Ledger) -> Problem | None:
    """Return what is wrong where a person gave one field to two columns of a table; both are named."""
    lost = next((c for c in columns if c.score >= TOLD and not c.taken), None)
    if lost is None:
        return None
    field = ledger.field(str(lost.field))
    heads = "”“".join(c.head for c in columns if c.field == lost.field and c.score >= TOLD)
    return Problem("header", field.sheet_name, f"“{heads}”都指定为“{field.label}”，请只留一列")


def is_strange(columns: Sequence[ColumnMatch], ledger: Ledger) -> bool:
    """Tell whether a table has no column of keys, and hardly one of the ledger beside the names."""
    key = ledger.field(ledger.key_field)
    identifying = {f.sheet_name for f in ledger.fields if f.identifies}
    own = {c.taken for c in columns if c.taken in ledger.by_name} - identifying
    unknown = [c for c in columns if not c.taken and c.samples]
    return key.identifies and all(c.taken != key.sheet_name for c in columns) and len(own) < len(unknown)


def _is_taken(field: Field, found: Sequence[_Candidate]) -> bool:
    return any(c.match.taken == field.sheet_name and c.cells for c in found)


def _without_doubles(found: Sequence[_Candidate]) -> list[_Candidate]:
    """Return the candidates; of two with the very same head and other cells nobody can tell which is meant."""
    heads: dict[object, list[_Candidate]] = {}
    for c in found:
        if c.match.certain and c.match.score < TOLD and c.cells and c.match.field:
            heads.setdefault((c.match.field, c.column.texts), []).append(c)
    doubled = [c for same in heads.values() if len({x.cells for x in same}) > 1 for c in same]
    return [replace(c, match=replace(c.match, certain=False)) if c in doubled else c for c in found]


def _unreadable_cells(type_: FieldType, cells: Sequence[Cell]) -> list[Cell]:
    """Return the cells without a value of the type, whatever the unit; a word of several codes is none either."""
    return [cell for cell in cells if not _is_readable(type_, cell)]


def _is_readable(type_: FieldType, cell: Cell) -> bool:
    try:
        return type_.parse(cell) is not None
    except ValueProblem:
        return False


def _words(cell: Cell) -> str:
    return fold(f"{cell:.15g}" if isinstance(cell, float) else str(cell)).strip()


def _record_rows(table: Table) -> list[int]:
    """Return the rows below the heads but for totals, whose sums are no values of their columns."""
    rows = (r for r in range(table.bottom + 1, table.end) if r not in table.skipped)
    return [r for r in rows if not lines.is_total([lines.words_of(c) for c in table.sheet.rows[r] if c])]


def _sample(table: Table, rows: Sequence[int], column: int) -> Iterator[Cell]:
    """Yield filled cells of a column, spread over the table: one kind of value may stand only further down."""
    filled = [c for r in rows if (c := table.sheet.at(r, column)) is not None and not _says_nothing(c)]
    step = max(1, len(filled) // _SAMPLED)
    yield from filled[::step][:_SAMPLED]


def _says_nothing(cell: Cell) -> bool:
    return isinstance(cell, CellError) or (isinstance(cell, str) and is_blank(cell))


def _like_numbers(cells: Iterable[Cell]) -> bool:
    """Tell whether cells may be running numbers: most are short, so that nothing of weight is passed over."""
    short = [isinstance(cell, (int, float)) or len(str(cell).strip()) <= 6 for cell in cells]
    return sum(short) >= _MOSTLY * len(short)


def _with_cells(table: Table, rows: Sequence[int]) -> Iterator[Column]:
    """Yield the columns with heads, and those between and beside them that hold cells without one."""
    known = {column.index: column for column in table.columns}
    first, last = min(known), max(known)
    for index in range(first, last + 1):
        if index in known or any(True for _ in _sample(table, rows, index)):
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
