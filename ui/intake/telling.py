"""Turn an intake plan into the words of the preview."""

from collections.abc import Iterator, Sequence
from datetime import date

from ipdesk.fields import Value
from ipdesk.intake import ColumnMatch, IntakePlan, PlannedRow
from ipdesk.intake.cells import Cell
from ipdesk.intake.rows import Draft
from ipdesk.kinds.declare import Field, Ledger
from ipdesk.problems import Problem
from ipdesk.text import mask
from ui.texts import common
from ui.texts import intake as texts

OUTCOMES = {"added": texts.ADDED, "updated": texts.UPDATED, "unchanged": texts.UNCHANGED}
TONES = {"added": "good", "updated": "busy", "unchanged": "muted"}
SAMPLES = 3
MOST = 2000  # rows of the preview; the counts tell all


def refused_rows(plan: IntakePlan) -> int:
    """Return how many rows are refused; a row may be wrong in several places."""
    return len({(p.sheet, p.row) for p in plan.refused})


def problem_line(ledger: Ledger, problem: Problem) -> tuple[str, str, str, str]:
    """Return a finding as a line: sheet, row, field, sentence."""
    field = ledger.by_name.get(problem.field)
    return (problem.sheet, str(problem.row or ""), field.label if field else problem.field, problem.message)


def row_lines(plan: IntakePlan) -> tuple[list[tuple[str, ...]], dict[int, str]]:
    """Return the rows that would be taken in, new and changed ones first, and their tones by place."""
    order = list(OUTCOMES)
    rows = sorted(plan.rows, key=lambda r: order.index(r.outcome))[:MOST]
    return [row_line(plan.ledger, row) for row in rows], {i: TONES[row.outcome] for i, row in enumerate(rows)}


def row_line(ledger: Ledger, row: PlannedRow) -> tuple[str, ...]:
    """Return a row as a line: number, outcome, name, what it brings."""
    name = row.values.get(ledger.name_field)
    told = _changes(ledger, row) if row.outcome == "updated" else _contents(ledger, row)
    return (str(row.row), OUTCOMES[row.outcome], str(name or common.NONE), "；".join(told))


def _changes(ledger: Ledger, row: PlannedRow) -> Iterator[str]:
    for name, before in row.before.items():
        field = ledger.field(name)
        after = _shown(field, row.values.get(name))
        yield texts.CHANGE.format(label=field.label, before=_shown(field, before) or common.NONE, after=after)


def _contents(ledger: Ledger, row: PlannedRow) -> Iterator[str]:
    left_out = {ledger.name_field, ledger.unit_field}
    for field in sorted(ledger.columns, key=lambda f: f.column):
        if field.name not in left_out and row.values.get(field.name) is not None:
            yield texts.TOLD.format(label=field.label, value=_shown(field, row.values[field.name]))


def _shown(field: Field, value: Value) -> str:
    return field.type.show(field.type.mask(value))


def readings(plan: IntakePlan, column: ColumnMatch) -> list[str]:
    """Return a few cells of a column and how they are read, those that are read as they stand just so."""
    fields = fields_of(column, plan.ledger) if column.taken else []
    if not fields:
        return list(column.samples[:SAMPLES])
    sheets = {sheet.name: sheet for sheet in plan.book.sheets}
    drafts = (d for d in plan.drafts if d.columns.get(fields[0].sheet_name) == column.index)
    cells = ((sheets[d.sheet].at(d.row - 1, column.index), d) for d in drafts)
    told = dict.fromkeys(
        _reading(fields, words_of(cell), _read(d, column, fields)) for cell, d in cells if cell is not None
    )
    return list(told)[:SAMPLES]


def _read(draft: Draft, column: ColumnMatch, fields: Sequence[Field]) -> str:
    """Return the values that a row takes from a column; one that another column gives is not among them."""
    own = (field for field in fields if draft.columns.get(field.sheet_name) == column.index)
    values = ((field, draft.values.get(field.name)) for field in own)
    return texts.AND.join(_shown(field, value) for field, value in values if value is not None)


def fields_of(column: ColumnMatch, ledger: Ledger) -> list[Field]:
    """Return what a column is taken or proposed for: a field, both where its cells hold two values, or none."""
    names = column.pair.names if column.pair else (column.field or "",)
    return [ledger.by_name[name] for name in names if name in ledger.by_name]


def label_of(column: ColumnMatch, ledger: Ledger) -> str:
    """Return the labels of what a column is taken or proposed for."""
    return texts.AND.join(field.label for field in fields_of(column, ledger))


def _reading(fields: Sequence[Field], words: str, shown: str) -> str:
    raw = mask(words, 3, 4) if any(field.personal for field in fields) else words
    if not shown:
        return texts.READ_NOT.format(raw=raw)
    return raw if raw == shown else texts.READ_AS.format(raw=raw, shown=shown)


def words_of(cell: Cell) -> str:
    """Return a cell as it would be typed."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return f"{cell:.15g}"
    return cell.isoformat()[:10] if isinstance(cell, date) else str(cell)


def remark_lines(plan: IntakePlan) -> Sequence[tuple[str, ...]]:
    """Return notes about the whole file, then what is worth a look, line by line."""
    notes = [("", "", "", note) for note in plan.notes]
    return [*notes, *(problem_line(plan.ledger, p) for p in plan.warnings)]
