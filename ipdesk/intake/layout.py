"""Find the tables of a sheet: title lines, one to three rows of heads, groups, repeated and further heads."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from ipdesk.intake.cells import Cell, CellError, Merge, Sheet
from ipdesk.intake.lines import is_numbering, words_of
from ipdesk.intake.vocabulary import LONGEST_HEAD, Vocabulary
from ipdesk.text import compact

_SCANNED = 60  # rows in which heads unlike any declared word are looked for
_GUESSED = 200
_DEEPEST = 3
LARGEST_MERGE = 50_000
_VALUE = re.compile(r"\d{6}|^\d{4}[-./年]\d|^[\d.,%-]+$")
_IN_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_LONG = re.compile(r"\d{6}")
_MEASURE = re.compile(r"单位:(?:[^:\s]{0,8}[、,/])?(?:人民币)?(百万元|百元|千元|万元|亿元|元)")
_AMOUNT = re.compile("元|万|亿")
_PLACEHOLDER = re.compile(
    r"[(（]?(?:单位[:：])?(?:元|百元|千元|万元?|百万元|亿元?|%|％|[人件个家项名]|年[/.-]?月[/.-]?日|年月|日期|文本|数字|数值|文字|下拉|是[/、]否"
    r"|[Yy]{4}.?[Mm]{2}.?[Dd]{2})[)）]?"
)
Texts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its place from 0 and the texts of its head from top to bottom."""

    index: int
    texts: Texts


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a sheet; rows from 0, ``end`` beyond the last, ``skipped`` repeated heads and page titles within."""

    sheet: Sheet
    top: int
    bottom: int
    end: int
    columns: tuple[Column, ...]
    skipped: frozenset[int] = frozenset()
    titles: Texts = ()

    @property
    def measure(self) -> str:
        """Return the unit of amounts that a line above the heads tells for the whole table."""
        found = (_MEASURE.search(compact(t).replace("：", ":")) for t in self.titles)
        return next((f[1] for f in found if f), "")


def find_tables(sheet: Sheet, vocabulary: Vocabulary) -> list[Table]:
    """Return the tables of a sheet from top to bottom, those side by side apart; none without known heads."""
    return [part for table in _stacked(_Grid(sheet, vocabulary)) for part in _side_by_side(table)]


def table_below(sheet: Sheet, vocabulary: Vocabulary, row: int) -> Table:
    """Return the table whose heads a person says stand in a row (from 0), whatever they are called."""
    grid = _Grid(sheet, vocabulary)
    block = grid.block(row, row)
    return Table(sheet, row, row, len(sheet.rows), block.columns, titles=_lines_above(grid, row, -1))


@dataclass(frozen=True)
class _Block:
    """Rows of heads from ``top`` to ``bottom`` with the columns they name."""

    top: int
    bottom: int
    columns: tuple[Column, ...]
    score: float = 0.0


class _Grid:
    """A sheet looked at as heads."""

    def __init__(self, sheet: Sheet, vocabulary: Vocabulary) -> None:
        self.sheet, self.vocabulary = sheet, vocabulary
        self.covering = _covering(sheet.merges, len(sheet.rows))

    def known(self, row: int) -> set[str]:
        """Return the fields that the texts of a row name."""
        look = self.vocabulary.known if row < _SCANNED else self.vocabulary.exact
        return {name for cell in self.sheet.rows[row] if isinstance(cell, str) and (name := look(cell))}

    def heads_start(self, row: int) -> bool:
        """Tell whether a row names so many fields that it must be heads."""
        if any(map(_is_long, self.sheet.rows[row])):
            return False
        filled = sum(cell is not None for cell in self.sheet.rows[row])
        return filled > 1 and len(self.known(row)) >= max(2, filled / 4)

    def like_heads(self, row: int) -> bool:
        """Tell whether a row may belong to the heads: words only, nothing that is a value."""
        cells = [c for c in self.sheet.rows[row] if c is not None]
        return bool(cells) and all(_is_word(c) for c in cells)

    def text(self, row: int, column: int, top: int) -> str:
        """Return the text shown at a place, that of its merged range where it has one."""
        merge = self.covering.get((row, column))
        if merge and merge.top >= top:
            row, column = merge.top, merge.left
        cell = self.sheet.at(row, column)
        return cell.strip() if isinstance(cell, str) else "" if cell is None else str(cell)

    def best_block(self, row: int, first: int) -> _Block:
        """Return the block of heads around a row that names the most fields in the fewest rows."""
        tops = [row]
        while len(tops) < _DEEPEST and tops[-1] - 1 >= first and self.like_heads(tops[-1] - 1):
            tops.append(tops[-1] - 1)
        bottoms = [row]
        while (
            len(bottoms) < _DEEPEST
            and bottoms[-1] + 1 < len(self.sheet.rows)
            and self.like_heads(bottoms[-1] + 1)
        ):
            bottoms.append(bottoms[-1] + 1)
        return max(
            (self.block(top, bottom) for top in tops for bottom in bottoms if bottom - top < _DEEPEST),
            key=lambda block: block.score,
        )

    def whole(self, block: _Block) -> _Block:
        """Return heads with the rows below them that belong to them: running numbers, 元, 万元, 日期."""
        block = self._with_measures(block)
        row = block.bottom + 1
        words = [
            w for c in (self.sheet.rows[row] if row < len(self.sheet.rows) else ()) if (w := words_of(c))
        ]
        return replace(block, bottom=row) if words and is_numbering(words) else block

    def _with_measures(self, block: _Block) -> _Block:
        """Return heads with the row of 元, 万元, 日期 below them, where there is one."""
        row = block.bottom + 1
        cells = self.sheet.rows[row] if row < len(self.sheet.rows) else ()
        told = {c: str(cell) for c, cell in enumerate(cells) if cell is not None}
        if not told or not all(_PLACEHOLDER.fullmatch(compact(words)) for words in told.values()):
            return block
        columns = tuple(
            Column(c.index, (*c.texts[:-1], f"{c.texts[-1]}（{told[c.index].strip('（）()')}）"))
            if c.index in told and _AMOUNT.search(told[c.index])
            else c
            for c in block.columns
        )
        return _Block(block.top, row, columns, block.score)

    def block(self, top: int, bottom: int) -> _Block:
        """Return the heads that some rows make together, scored by the fields they name."""
        width = max(len(self.sheet.rows[r]) for r in range(top, bottom + 1))
        stacks = ((c, self._stack(c, top, bottom)) for c in range(width))
        columns = tuple(Column(c, texts) for c, texts in stacks if texts)
        named = {near.field for column in columns if (near := self.vocabulary.near(column.texts))}
        cut = 2.0 * self._cuts_groups(top, bottom) + 4.0 * self._cuts_heads_above(top)
        leaves = [compact(column.texts[-1]) for column in columns]
        split = 2.0 if ("年", "月") in pairwise(leaves) else 0.0  # a date in columns of its own
        return _Block(top, bottom, columns, len(named) - 0.3 * (bottom - top) - cut + split)

    def _cuts_groups(self, top: int, bottom: int) -> bool:
        """Tell whether the block ends within its heads: a merged one goes on, or a group has its own below."""
        below = bottom + 1
        if below >= len(self.sheet.rows) or not self.like_heads(below):
            return False
        if any(top <= m[0] <= bottom < m[2] for m in self.sheet.merges):
            return True  # a head merged down: what stands beside it in the next row is a head as well
        groups = [m for m in self.sheet.merges if m[0] >= top and m[2] == bottom and m[3] > m[1]]
        return any(self.text(below, c, top) for m in groups for c in range(m[1], m[3] + 1))

    def _cuts_heads_above(self, top: int) -> bool:
        """Tell whether heads begin in the row above: merged down into this one, or standing over its empty cells."""
        if not top or not self.like_heads(top - 1):
            return False
        above = dict.fromkeys(str(c).strip() for c in self.sheet.rows[top - 1] if c is not None)
        if len(above) < 2 or any("：" in words or ":" in words for words in above):
            return False  # a title or a line that names who filled the sheet in
        if any(m.top < top <= m.bottom for m in self.sheet.merges):
            return True
        filled = [c for c, cell in enumerate(self.sheet.rows[top]) if cell is not None]
        between = range(min(filled, default=0), max(filled, default=0))
        return any(self.sheet.at(top, c) is None and self.sheet.at(top - 1, c) is not None for c in between)

    def _stack(self, column: int, top: int, bottom: int) -> Texts:
        texts = []
        for row in range(top, bottom + 1):
            own = self.text(row, column, top)
            texts.append(own or self._group(row, column, top, bottom))
        return tuple(dict.fromkeys(t for t in texts if t))

    def _group(self, row: int, column: int, top: int, bottom: int) -> str:
        """Return the unmerged group head to the left that a cell without text belongs to."""
        if row == bottom or (row, column) in self.covering or not self._below(row, column, top, bottom):
            return ""
        left = column - 1
        while left >= 0 and not self.text(row, left, top):
            left -= 1
        return self.text(row, left, top) if left >= 0 and self._below(row, left, top, bottom) else ""

    def _below(self, row: int, column: int, top: int, bottom: int) -> bool:
        """Tell whether a column has a head of its own below a row."""
        own = self.text(row, column, top)
        return any(self.text(r, column, top) not in ("", own) for r in range(row + 1, bottom + 1))


def _covering(merges: Sequence[Merge], rows: int) -> dict[tuple[int, int], Merge]:
    """Return the merged range over each place; ranges without end are cut at the last row, huge ones left out."""
    return {
        (row, column): merge
        for merge in merges
        if (merge.right - merge.left + 1) * (min(merge.bottom, rows) - merge.top + 1) < LARGEST_MERGE
        for row in range(merge.top, min(merge.bottom, rows) + 1)
        for column in range(merge.left, merge.right + 1)
    }


def _is_long(cell: Cell) -> bool:
    """Tell whether a cell is a day or has a long number in it, as no head has."""
    if isinstance(cell, str):
        return bool(_LONG.search(cell)) and bool(_LONG.search(_IN_BRACKETS.sub("", cell)))
    return isinstance(cell, date) or (isinstance(cell, (int, float)) and cell > 99_999)


def _is_word(cell: Cell) -> bool:
    if not isinstance(cell, str) or isinstance(cell, CellError):
        return False
    plain = compact(cell)
    return len(plain) <= LONGEST_HEAD and not _VALUE.search(plain)


def _blocks(grid: _Grid) -> Iterator[_Block]:
    first = row = 0
    while row < len(grid.sheet.rows):
        if grid.heads_start(row):
            block = grid.whole(grid.best_block(row, first))
            yield block
            row = block.bottom
            first = row + 1
        row += 1


def _guessed(grid: _Grid) -> Iterator[_Block]:
    """Yield the words above the first valid key as heads, where no row names fields: their cells or a clerk tell."""
    type_ = grid.vocabulary.ledger.field(grid.vocabulary.ledger.key_field).type
    rows = grid.sheet.rows[:_GUESSED] if type_.telling else ()
    first = next((r for r, cells in enumerate(rows) if any(map(type_.recognises, filter(None, cells)))), 0)
    for row in range(first - 1, -1, -1):
        if grid.like_heads(row) and len([c for c in rows[row] if c is not None]) > 1:
            yield grid.whole(grid.best_block(row, 0))
            return


def _stacked(grid: _Grid) -> Iterator[Table]:
    """Yield the tables one below the other; the same heads again belong to the table they repeat."""
    blocks = list(_blocks(grid)) or list(_guessed(grid))
    tables: list[Table] = []
    for block, after in pairwise([*blocks, _Block(len(grid.sheet.rows), 0, ())]):
        above = _lines_above(grid, block.top, tables[-1].bottom if tables else -1)
        if tables and _same_heads(tables[-1].columns, block.columns):
            skipped = tables[-1].skipped | set(range(block.top - len(above), block.bottom + 1))
            tables[-1] = replace(tables[-1], end=after.top, skipped=skipped)
        else:
            if tables:
                tables[-1] = replace(tables[-1], end=block.top - len(above))
            told = (*above, *tables[0].titles) if tables else above
            tables.append(Table(grid.sheet, block.top, block.bottom, after.top, block.columns, titles=told))
    yield from tables


def _lines_above(grid: _Grid, top: int, after: int) -> Texts:
    """Return the title lines directly above some heads, lowest first: rows of a text, or of none."""
    most = 1 if after >= 0 else 6  # above the first heads no record can stand
    lines: list[str] = []
    for row in range(top - 1, max(after, top - 9), -1):
        cells = [c for c in grid.sheet.rows[row] if c is not None]
        told = dict.fromkeys(str(c).strip() for c in cells)
        if len(told) > most or not all(isinstance(c, str) and not _is_long(c) for c in cells):
            break
        lines.append("　".join(told))
    return tuple(lines)


def _same_heads(ours: Sequence[Column], theirs: Sequence[Column]) -> bool:
    known = set(ours)
    return sum(column in known for column in theirs) >= 0.8 * max(len(ours), len(theirs))


def _side_by_side(table: Table) -> Iterator[Table]:
    """Yield a table, or its parts where the same heads stand several times from left to right."""
    leaves = [column.texts[-1] for column in table.columns]
    for parts in range(4, 1, -1):
        size, rest = divmod(len(leaves), parts)
        if not rest and size > 1 and leaves == leaves[:size] * parts:
            for start in range(0, len(leaves), size):
                yield replace(table, columns=table.columns[start : start + size])
            return
    yield table
