"""Read columns of ticks: the head names one code of a field of several, the cells say yes or no (专利服务 √)."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from ipdesk.fields import Bool, Codes, Value
from ipdesk.intake.cells import Cell, CellError
from ipdesk.intake.heads import combined
from ipdesk.intake.layout import Table
from ipdesk.kinds.declare import Field, Ledger
from ipdesk.problems import Problem, ValueProblem
from ipdesk.text import is_blank

_TICK = Bool()


class Option(NamedTuple):
    """What a column of ticks stands for."""

    field: Field
    code: str


class Ticked(Protocol):
    """A column as matched: its place, its field and the code it stands for, if any."""

    @property
    def index(self) -> int:
        """Return the column's place from 0."""

    @property
    def taken(self) -> str | None:
        """Return the field it is taken for."""

    @property
    def option(self) -> str:
        """Return the code it stands for, empty for a column of another sort."""


def option_of(
    ledger: Ledger, texts: Sequence[str], cells: Iterable[Cell], taken: str | None
) -> Option | None:
    """Return what a column of ticks stands for; none when its cells say more, or its head names nothing or two things.

    A column ``taken`` for a field already can only stand for a code of that one.
    """
    told = [cell for cell in cells if not is_blank(str(cell))]
    if not told or not all(_is_tick(cell) for cell in told):
        return None
    fields = [ledger.by_name.get(taken)] if taken else list(ledger.fields)
    found = {
        Option(field, code)
        for field in fields
        if field and isinstance(field.type, Codes)
        for head in combined(texts)
        if (code := field.type.codes.find(head.full) or field.type.codes.find(head.base))
    }
    return found.pop() if len(found) == 1 else None


def _is_tick(cell: Cell) -> bool:
    return not isinstance(cell, CellError) and not isinstance(cell, float) and _TICK.recognises(cell)


class Ticks:
    """The columns of ticks of one table."""

    def __init__(self, ledger: Ledger, table: Table, matches: Iterable[Ticked]) -> None:
        """Keep what each column stands for; ``columns`` is the first column of each field."""
        self._table = table
        self._options = [
            (m.index, Option(ledger.field(m.taken or ""), m.option)) for m in matches if m.option
        ]
        self.columns: dict[str, int] = {}
        for index, option in self._options:
            self.columns.setdefault(option.field.sheet_name, index)

    def take(self, row: int, values: dict[str, Value], problems: list[Problem]) -> None:
        """Put the ticked codes of a line into its values, beside those that a column of words tells."""
        for index, (field, code) in self._options:
            try:
                ticked = _TICK.parse(self._table.sheet.at(row, index))
            except ValueProblem as problem:
                problems.append(Problem("code", field.sheet_name, f"{field.label}：{problem.message}"))
                continue
            if ticked:
                before = values.get(field.name)
                both = (*(before if isinstance(before, tuple) else ()), code)
                values[field.name] = field.type.canonical(both)
