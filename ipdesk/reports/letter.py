"""Write a letter to be signed as PDF: numbered paragraphs, then a table with room for hands (GB/T 9704-2012).

Title 二号小标宋 in the middle, headings 黑体, the rest 仿宋; the table's head is repeated on every page.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import BinaryIO

from ipdesk.reports.fonts import Fonts, Role, Unprintable
from ipdesk.reports.page import A4_PORTRAIT, MM, Paper, Pen, Style
from ipdesk.reports.table import MARK, Align, plain

BODY, TABLE = 12.0, 10.5  # 小四 and 五号, in points
LEADING = 1.5  # line to line of the text, in its size
ROW, HEAD = 26.0, 24.0  # heights of the table's lines, in points: a hand needs 9 mm
PAD, RULE, FRAME = 3.0, 0.4, 1.0
FOOT, ABOVE = 7 * MM, 4 * MM
INDENT = "　　"


@dataclass(frozen=True, slots=True)
class Slot:
    """One column of the table: its head, its share of the width, and how its words stand."""

    head: str
    share: float
    align: Align = "center"


@dataclass(frozen=True, slots=True)
class Letter:
    """A finished letter: everything that stands on it is given."""

    title: str
    office: str
    greeting: str
    paragraphs: Sequence[tuple[str, str]]
    closing: Sequence[str]
    slots: Sequence[Slot]
    rows: Sequence[Sequence[str]]
    mark: str = MARK

    @property
    def texts(self) -> Iterator[str]:
        """Yield everything that is printed."""
        yield from (self.title, self.office, self.greeting, *self.closing)
        for heading, text in self.paragraphs:
            yield from (heading, text)
        for row in self.rows:
            yield from row


@dataclass(frozen=True, slots=True)
class _Block:
    """Something that stands on a page as a whole: its height, and what draws it below an upper edge."""

    height: float
    draw: Callable[[float], None]
    is_row: bool = False


def write_letter(
    letter: Letter, stream: BinaryIO, fonts: Fonts | None = None, paper: Paper = A4_PORTRAIT
) -> int:
    """Write a letter to a binary stream and return the number of pages.

    Raises ``Unprintable``, with nothing written, when no font has one of its characters.
    """
    fonts = fonts or Fonts()
    _check(letter, fonts)
    return _Writer(letter, Pen(stream, paper, fonts, letter.title, letter.office), fonts, paper).write()


def _check(letter: Letter, fonts: Fonts) -> None:
    for text in letter.texts:
        missing = fonts[Role.FANGSONG].missing(set(plain(text)) - {"\n"})
        if missing:
            raise Unprintable(missing, text)


class _Writer:
    """Lays the letter out in blocks, spreads them over pages and draws them."""

    def __init__(self, letter: Letter, pen: Pen, fonts: Fonts, paper: Paper) -> None:
        self._letter, self._pen, self._paper = letter, pen, paper
        self._title = Style(fonts[Role.TITLE], 22)
        self._hei, self._body = Style(fonts[Role.HEI], BODY), Style(fonts[Role.FANGSONG], BODY)
        self._cell, self._cell_head = Style(fonts[Role.FANGSONG], TABLE), Style(fonts[Role.HEI], TABLE)
        self._left, self._right = paper.x, paper.x + paper.frame[0]
        whole = sum(slot.share for slot in letter.slots)
        widths = (paper.frame[0] * slot.share / whole for slot in letter.slots)
        self._edges = list(pairwise(accumulate(widths, initial=self._left)))

    def write(self) -> int:
        """Draw every page and return how many there are."""
        pages = self._paged()
        for number, blocks in enumerate(pages, 1):
            self._frame(number, len(pages))
            y = self._paper.y
            for block in blocks:
                block.draw(y)
                y -= block.height
            self._pen.next_page()
        self._pen.close()
        return len(pages)

    def _paged(self) -> list[list[_Block]]:
        """Return the blocks page by page; the table's head stands above its first row on every page."""
        head = self._head()
        pages: list[list[_Block]] = [[]]
        room = self._paper.frame[1]
        for block in self._blocks():
            begins = block.is_row and not (pages[-1] and pages[-1][-1].is_row)
            need = block.height + (head.height if begins else 0)
            if need > room:
                pages.append([])
                begins, room = block.is_row, self._paper.frame[1]
                need = block.height + (head.height if begins else 0)
            pages[-1] += [head, block] if begins else [block]
            room -= need
        return pages

    def _frame(self, number: int, count: int) -> None:
        self._pen.text(self._left, self._paper.y + ABOVE, self._letter.mark, self._cell_head)
        words, foot = f"第 {number} 页 共 {count} 页", self._paper.bottom * MM - FOOT
        self._pen.aligned(self._left, self._right, foot, words, self._cell, "center")

    # ------------------------------------------------------------ the text
    def _blocks(self) -> Iterator[_Block]:
        title, width = self._title, self._right - self._left
        for line in title.wrap(plain(self._letter.title), width, even=True):
            yield self._line(line, title, "center", title.leading)
        yield _Block(BODY, lambda _y: None)
        yield from self._lines(plain(self._letter.greeting), self._body)
        for heading, text in self._letter.paragraphs:
            if heading:
                yield from self._lines(INDENT + plain(heading), self._hei)
            yield from self._lines(INDENT + plain(text), self._body)
        for words in self._letter.closing:
            yield self._line(plain(words), self._body, "right", BODY * LEADING)
        yield _Block(BODY, lambda _y: None)
        yield from (self._row(row) for row in self._letter.rows)

    def _lines(self, text: str, style: Style) -> Iterator[_Block]:
        for line in style.wrap(text, self._right - self._left):
            yield self._line(line, style, "left", style.size * LEADING)

    def _line(self, words: str, style: Style, align: Align, height: float) -> _Block:
        box_of = (self._left, self._right)
        return _Block(height, lambda y: self._pen.block((*box_of, y, height), [words], style, align))

    # ------------------------------------------------------------ the table
    def _head(self) -> _Block:
        heads = [slot.head for slot in self._letter.slots]
        lines = [
            self._cell_head.wrap(head, right - left - 2 * PAD, even=True)
            for head, (left, right) in zip(heads, self._edges, strict=True)
        ]
        height = max(HEAD, max(map(len, lines)) * self._cell_head.leading + 2 * PAD)
        return _Block(
            height, lambda y: self._cells(y, height, lines, self._cell_head, head=True), is_row=True
        )

    def _row(self, row: Sequence[str]) -> _Block:
        lines = [
            self._cell.wrap(plain(text), right - left - 2 * PAD)
            for text, (left, right) in zip(row, self._edges, strict=True)
        ]
        height = max(ROW, max(map(len, lines)) * self._cell.leading + 2 * PAD)
        return _Block(height, lambda y: self._cells(y, height, lines, self._cell), is_row=True)

    def _cells(
        self, y: float, height: float, lines: Sequence[Sequence[str]], style: Style, *, head: bool = False
    ) -> None:
        """Draw one line of the table in its frame."""
        for slot, (left, right), words in zip(self._letter.slots, self._edges, lines, strict=True):
            align: Align = "center" if head else slot.align
            self._pen.block((left + PAD, right - PAD, y, height), words, style, align)
        down = [(right, y, right, y - height) for _, right in self._edges[:-1]]
        self._pen.rules([*down, (self._left, y, self._right, y)], RULE)
        self._pen.frame(self._left, y - height, self._right - self._left, height, FRAME if head else RULE)
