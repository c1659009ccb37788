"""Take in a block of cells copied from WPS or Excel: read like a sheet, mended cell by cell, written in one act."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ipdesk import intake
from ipdesk.intake import IntakeOutcome, IntakePlan
from ipdesk.intake.cells import Book, Cell, Format, Sheet
from ipdesk.intake.csvtext import cells_of
from ipdesk.intake.planning import fill
from ipdesk.intake.vocabulary import Vocabulary
from ipdesk.kinds.declare import Ledger
from ipdesk.problems import Refusal
from ipdesk.store import Store

SOURCE = Path("粘贴的内容")
MOST = 5000  # rows: more than that is a sheet, for which the intake is there
_NOTHING = "剪贴板里没有表格内容，请先在WPS或Excel里选中几行复制"
_TOO_MANY = f"一次最多粘贴{MOST}行，更多的请存成表格后用“导入”"
_TOO_WIDE = "粘贴的内容有{found}列，列表只显示{shown}列，请连同表头一起复制，或先调整显示的列"
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Pasted:
    """A block of cells as a sheet whose first row names the columns; ``headed`` says whether it came with it."""

    ledger: Ledger
    sheet: Sheet
    headed: bool

    def with_cell(self, row: int, column: int, words: str) -> "Pasted":
        """Return the block with another text in a cell (row as Excel numbers it, column from 0)."""
        rows = list(self.sheet.rows)
        cells = [*rows[row - 1], *[None] * (column + 1 - len(rows[row - 1]))]
        cells[column] = words or None
        rows[row - 1] = tuple(cells)
        return replace(self, sheet=replace(self.sheet, rows=tuple(rows)))

    @property
    def mapping(self) -> dict[str, str | None]:
        """Return what the heads mean where they are the list's own."""
        labels = {f.label: f.sheet_name for f in self.ledger.fields}
        return {} if self.headed else {str(head): labels.get(str(head)) for head in self.sheet.rows[0]}


def read(ledger: Ledger, text: str, columns: Sequence[str]) -> Pasted:
    """Return the cells of a clipboard's text; without a row of heads they stand for the fields named, in order."""
    rows = _rows(text)
    if not rows:
        raise Refusal(_NOTHING)
    if len(rows) > MOST:
        raise Refusal(_TOO_MANY)
    if _are_heads(ledger, rows[0]):
        return Pasted(ledger, Sheet("", tuple(rows)), True)
    width = max(map(len, rows))
    if width > len(columns):
        raise Refusal(_TOO_WIDE.format(found=width, shown=len(columns)))
    heads = tuple(ledger.field(name).label for name in columns[:width])
    return Pasted(ledger, Sheet("", (heads, *rows)), False)


def _rows(text: str) -> list[tuple[Cell, ...]]:
    """Return the rows that say something; a quote without its other half is a sign like any other."""
    lone = text.count('"') % 2
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    rows = [tuple(line.split("\t")) for line in plain.split("\n")] if lone else cells_of(plain, "\t")
    kept = (tuple(cell or None for cell in row) for row in rows)
    return [row for row in kept if any(cell is not None and str(cell).strip() for cell in row)]


def _are_heads(ledger: Ledger, cells: Sequence[Cell]) -> bool:
    """Tell whether a row names columns: at least half of its words do, and none is a record's key."""
    words, vocabulary = [str(c).strip() for c in cells if c is not None], Vocabulary(ledger)
    key = ledger.field(ledger.key_field).type
    if key.telling and any(map(key.recognises, words)):
        return False
    return 2 * sum(vocabulary.known(word) is not None for word in words) >= len(words)


def plan(store: Store, pasted: Pasted, progress: Progress = lambda done, total: None) -> IntakePlan:
    """Return what taking the block in would do, by the same rules as a sheet's; nothing is written."""
    book = Book(Format.CSV, b"", (pasted.sheet,))
    heads = {} if pasted.headed else {pasted.sheet.name: 1}
    return fill(
        store, IntakePlan(SOURCE, pasted.ledger, book, chosen=pasted.mapping, heads=heads), tell=progress
    )


def apply(store: Store, planned: IntakePlan) -> IntakeOutcome:
    """Write the planned rows in one act; how its columns were meant is not remembered for sheets."""
    return intake.apply(store, replace(planned, chosen={}))
