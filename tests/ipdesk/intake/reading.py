"""Read rows of cells as the intake does, without a file and without a store."""

from collections.abc import Mapping, Sequence

from ipdesk.fields import Context
from ipdesk.intake.cells import Merge, Sheet
from ipdesk.intake.layout import Table
from ipdesk.intake.mapping import ColumnMatch, Mapper
from ipdesk.intake.parts import read_tables
from ipdesk.intake.rows import Draft, RowReader, Scope
from ipdesk.intake.vocabulary import Vocabulary
from ipdesk.kinds import catalogue

LEDGER = catalogue().ledger("guanbiao")
VOCABULARY = Vocabulary(LEDGER)
COUNTY, CITY = Scope("320981", "320981"), Scope("320900", None)
CODES = (  # invented, with right check digits
    "91320981MABJ1XG60Q",
    "91320981MAN2J1K637",
    "91320981MAQHJRWT8Y",
    "91320981MACCXUF239",
    "91320981MAYKLMP19Q",
    "91320981MA4H3YBK2Q",
)
Cells = Sequence[Sequence[object]]


def sheet(rows: Cells, *merges: tuple[int, int, int, int], name: str = "台账") -> Sheet:
    """Return a sheet; merges as (top, left, bottom, right) from 0."""
    return Sheet(name, tuple(tuple(row) for row in rows), tuple(Merge(*m) for m in merges))  # type: ignore[arg-type]


def tables(rows: Cells, *merges: tuple[int, int, int, int]) -> list[Table]:
    """Return the tables found in rows of cells."""
    return read_tables(sheet(rows, *merges), VOCABULARY)


def matches(table: Table, given: Mapping[str, str | None] | None = None) -> tuple[ColumnMatch, ...]:
    """Return what each column of a table is taken for."""
    return Mapper(VOCABULARY, Context(None)).match(table, given or {})


def taken(table: Table) -> dict[str, str | None]:
    """Return head → field of the columns that are taken."""
    return {m.head: m.taken for m in matches(table) if m.taken}


def drafts(rows: Cells, *merges: tuple[int, int, int, int], scope: Scope = COUNTY) -> list[Draft]:
    """Return the record lines of rows of cells."""
    return [
        draft
        for table in tables(rows, *merges)
        for draft in RowReader(LEDGER, table, matches(table), scope).read()
    ]


def codes(draft: Draft) -> list[tuple[str, str]]:
    """Return (field, code) of what refuses a row."""
    return [(p.field, p.code) for p in draft.problems if p.grade.stops]
