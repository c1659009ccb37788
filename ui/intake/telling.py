"""Turn an intake plan into the words of the preview."""

from collections.abc import Iterator, Sequence

from ipdesk.fields import Value
from ipdesk.intake import IntakePlan, PlannedRow
from ipdesk.kinds.declare import Field, Ledger
from ipdesk.problems import Problem
from ui.texts import common
from ui.texts import intake as texts

OUTCOMES = {"added": texts.ADDED, "updated": texts.UPDATED, "unchanged": texts.UNCHANGED}
TONES = {"added": "good", "updated": "busy", "unchanged": "muted"}
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


def remark_lines(plan: IntakePlan) -> Sequence[tuple[str, ...]]:
    """Return notes about the whole file, then what is worth a look, line by line."""
    notes = [("", "", "", note) for note in plan.notes]
    return [*notes, *(problem_line(plan.ledger, p) for p in plan.warnings)]
