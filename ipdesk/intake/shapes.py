"""What bringing in a workbook would do, and what it did: the shapes passed between planning, window and result."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ipdesk.fields import Value
from ipdesk.intake.cells import Book
from ipdesk.intake.mapping import ColumnMatch
from ipdesk.intake.rows import Draft
from ipdesk.kinds.declare import Ledger
from ipdesk.matching import Outcome
from ipdesk.problems import Problem


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """One table of the workbook: its sheet, the rows of its heads as Excel numbers them, columns, titles."""

    name: str
    header_rows: tuple[int, ...]
    columns: tuple[ColumnMatch, ...]
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One row that can be taken in: what it does, the values held before, and what is doubtful about it."""

    sheet: str
    row: int
    values: Mapping[str, Value]
    outcome: Outcome
    before: Mapping[str, Value]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class IntakePlan:
    """What bringing in a workbook would do.

    ``mapping`` is head → field as headers_*.csv names it, ``unmapped`` the heads with cells that are left out,
    ``notes`` what the preview tells besides; ``chosen`` the heads a clerk or a mapping file decided;
    ``heads`` the rows of heads a clerk pointed at; ``skipped`` the sheets a clerk leaves out; ``drafts`` the lines read
    and ``wrong`` the cells that refused them: sheet, row as Excel numbers it, column from 0; ``shared`` the values
    given to all rows that do not tell them.
    """

    path: Path
    ledger: Ledger
    book: Book
    sheets: list[SheetPlan] = field(default_factory=list)
    rows: list[PlannedRow] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    unmapped: list[str] = field(default_factory=list)
    mapping: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    chosen: dict[str, str | None] = field(default_factory=dict)
    heads: dict[str, int] = field(default_factory=dict)
    skipped: frozenset[str] = frozenset()
    drafts: list[Draft] = field(default_factory=list)
    wrong: list[tuple[str, int, int]] = field(default_factory=list)
    shared: Mapping[str, Value] = field(default_factory=dict)

    @property
    def offered(self) -> tuple[str, ...]:
        """Return the sheets that a clerk may bring in or leave out, as the workbook has them."""
        known = {*(s.name for s in self.sheets), *(p.sheet for p in self.refused), *self.skipped}
        return tuple(sheet.name for sheet in self.book.sheets if sheet.name in known)

    @property
    def read(self) -> int:
        """Return how many rows were read, taken in or refused."""
        return len(self.drafts)

    @property
    def counts(self) -> Mapping[Outcome, int]:
        """Return how many rows would be added, updated and left unchanged."""
        return Counter(row.outcome for row in self.rows)


@dataclass(frozen=True, slots=True)
class IntakeOutcome:
    """What an intake did, in rows."""

    added: int
    updated: int
    unchanged: int
