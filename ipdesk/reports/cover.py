"""Write the paper twin of a package, its cover sheet, or of its taking in, the printed receipt, to be sealed.

Facts, counts, the short digest in large figures, a QR code with unit, number and digest, room for seal and hands.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import BinaryIO

from ipdesk.reports.fonts import Fonts, Role, Unprintable
from ipdesk.reports.page import A4_PORTRAIT, MM, Paper, Pen, Style
from ipdesk.reports.table import MARK, plain

LABEL, PAD, RULE, FRAME = 28 * MM, 3.0, 0.4, 1.0
CODE, QUIET = 34 * MM, 4  # the QR code's side, and its quiet zone in modules (ISO/IEC 18004)
FOOT, ABOVE, SEAL = 7 * MM, 4 * MM, 26 * MM
_LEAST = 18.0  # height of a line of the table, in points


@dataclass(frozen=True, slots=True)
class Cover:
    """A finished sheet: facts (label, words), counts (ledger, kind, number), digest, what the QR code says, hands."""

    title: str
    office: str
    facts: Sequence[tuple[str, str]]
    counts: Sequence[tuple[str, str, int]]
    digest: str
    code: str
    note: str
    hands: Sequence[str]
    mark: str = MARK

    @property
    def texts(self) -> Iterator[str]:
        """Yield everything that is printed."""
        yield from (self.title, self.office, self.digest, self.note, *self.hands)
        for fact in self.facts:
            yield from fact
        for ledger, kind, _ in self.counts:
            yield from (ledger, kind)


def matrix(code: str) -> list[list[bool]]:
    """Return the modules of a QR code (level M), dark ones true, row by row from the top."""
    from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

    made = QRCode(None, QRErrorCorrectLevel.M)
    made.addData(code)
    made.make()
    return [[bool(module) for module in row] for row in made.modules]


def write_cover(
    cover: Cover, stream: BinaryIO, fonts: Fonts | None = None, paper: Paper = A4_PORTRAIT
) -> None:
    """Write a sheet to a binary stream; raises ``Unprintable``, nothing written, when no font has a character."""
    fonts = fonts or Fonts()
    for text in cover.texts:
        if missing := fonts[Role.FANGSONG].missing(set(plain(text))):
            raise Unprintable(missing, text)
    _Writer(cover, Pen(stream, paper, fonts, cover.title, cover.office), fonts, paper).write()


class _Writer:
    """Draws the sheet from the top down; the code, the digest and the hands stand at its foot."""

    def __init__(self, cover: Cover, pen: Pen, fonts: Fonts, paper: Paper) -> None:
        self._cover, self._pen, self._paper = cover, pen, paper
        self._title, self._large = Style(fonts[Role.TITLE], 22), Style(fonts[Role.HEI], 17)
        self._head, self._body = Style(fonts[Role.HEI], 10.5), Style(fonts[Role.FANGSONG], 10.5)
        self._left, self._right = paper.x, paper.x + paper.frame[0]
        self._foot = paper.y - paper.frame[1]

    def write(self) -> None:
        self._pen.text(self._left, self._paper.y + ABOVE, self._cover.mark, self._head)
        y = self._paper.y
        for line in self._title.wrap(plain(self._cover.title), self._right - self._left, even=True):
            self._pen.block((self._left, self._right, y, self._title.leading), [line], self._title, "center")
            y -= self._title.leading
        y = self._facts(y - 8)
        self._counts(y - 8)
        self._digest(self._foot + SEAL + CODE)
        self._hands()
        self._pen.next_page()
        self._pen.close()

    def _facts(self, y: float) -> float:
        for label, words in self._cover.facts:
            lines = self._body.wrap(plain(words), self._right - self._left - LABEL - 2 * PAD)
            y = self._line(y, (LABEL,), ([label], lines))
        return y

    def _counts(self, y: float) -> None:
        """Draw what is inside; kinds that belong to one ledger stand together."""
        third = (self._right - self._left) / 3
        edges = (third, 2 * third)
        y = self._line(y, edges, (["台账"], ["类别"], ["条数"]), head=True)
        for ledger, some in groupby(self._cover.counts, lambda count: count[0]):
            for place, (_, kind, number) in enumerate(some):
                y = self._line(y, edges, (["" if place else ledger], [kind], [f"{number}"]))
        total = sum(number for _, _, number in self._cover.counts)
        self._line(y, edges, (["合计"], [""], [f"{total}"]), head=True)

    def _line(
        self, y: float, edges: Sequence[float], cells: Sequence[Sequence[str]], *, head: bool = False
    ) -> float:
        """Draw one line of a table and return where it ends."""
        height = max(_LEAST, max(map(len, cells)) * self._body.leading + 2 * PAD)
        if (
            y - height < self._foot + SEAL + CODE
        ):  # there the code, the digest and the hands stand on the last page
            self._pen.next_page()
            self._pen.text(self._left, self._paper.y + ABOVE, self._cover.mark, self._head)
            y = self._paper.y
        lefts = [self._left, *(self._left + edge for edge in edges)]
        for place, (left, right, lines) in enumerate(
            zip(lefts, [*lefts[1:], self._right], cells, strict=True)
        ):
            style = self._head if head or (place == 0 and len(edges) == 1) else self._body
            self._pen.block((left + PAD, right - PAD, y, height), lines, style, "left")
        self._pen.rules([(left, y, left, y - height) for left in lefts[1:]], RULE)
        self._pen.frame(self._left, y - height, self._right - self._left, height, RULE)
        return y - height

    def _digest(self, y: float) -> None:
        """Draw the code at the left and the digest with its note beside it."""
        modules = matrix(self._cover.code)
        side = CODE / (len(modules) + 2 * QUIET)
        self._pen.fill(
            (self._left + (column + QUIET) * side, y - (row + QUIET + 1) * side, side, side)
            for row, line in enumerate(modules)
            for column, dark in enumerate(line)
            if dark
        )
        left = self._left + CODE + PAD
        self._pen.text(left, y - 20, "摘要", self._head)
        self._pen.text(left, y - 44, self._cover.digest, self._large)
        for place, line in enumerate(self._body.wrap(plain(self._cover.note), self._right - left)):
            self._pen.text(left, y - 62 - place * self._body.leading, line, self._body)

    def _hands(self) -> None:
        """Draw the lines to sign and to seal, two beside each other."""
        half = (self._right - self._left) / 2
        for place, words in enumerate(self._cover.hands):
            x, y = self._left + place % 2 * half, self._foot + SEAL - 30 - place // 2 * 32
            self._pen.text(x, y, words, self._body)
            start = x + self._body.width(words) + PAD
            self._pen.rules([(start, y - 2, x + half - 4 * PAD, y - 2)], RULE)
