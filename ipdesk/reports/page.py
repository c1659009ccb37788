"""Sheets of paper and the pen that writes on them: text in the scripts of official papers, rules, bookmarks.

Heights and widths are in points unless said otherwise; y runs upwards from the foot of the sheet, as in PDF.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from ipdesk.reports.fonts import Fonts, Role, Script
from ipdesk.reports.table import Align
from ipdesk.reports.wrap import Lines, wrap

rl_config.useA85 = 0  # reportlab writes pages as ASCII by default, a quarter larger and slower for nothing

MM = 72 / 25.4
LEADING = 1.2  # line to line, in text sizes
MIDDLE = 0.38  # from baseline up to the middle of an ideograph (em box -0.12 to 0.88), in text sizes


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet and its margins in millimetres."""

    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float

    @property
    def size(self) -> tuple[float, float]:
        """Return width and height in points."""
        return self.width * MM, self.height * MM

    @property
    def frame(self) -> tuple[float, float]:
        """Return width and height inside the margins in points."""
        return (self.width - self.left - self.right) * MM, (self.height - self.top - self.bottom) * MM

    @property
    def x(self) -> float:
        """Return the left edge of the frame in points."""
        return self.left * MM

    @property
    def y(self) -> float:
        """Return the upper edge of the frame in points."""
        return (self.height - self.top) * MM


# Portrait: the type area of GB/T 9704-2012 (天头 37, 订口 28, 版心 156×225). Landscape: bound along the head,
# so 28 stands there; the sides are narrower than in a letter, as tables are wide.
A4_PORTRAIT = Paper(210, 297, top=37, right=26, bottom=35, left=28)
A4_LANDSCAPE = Paper(297, 210, top=28, right=20, bottom=22, left=20)
A3_LANDSCAPE = Paper(420, 297, top=28, right=20, bottom=22, left=20)


@dataclass(frozen=True, slots=True)
class Style:
    """A script at a size in points."""

    script: Script
    size: float

    @property
    def leading(self) -> float:
        """Return the distance from line to line."""
        return self.size * LEADING

    def width(self, text: str) -> float:
        """Return the width of a text."""
        return self.script.ems(text) * self.size

    def wrap(self, text: str, width: float, even: bool = False) -> Lines:
        """Return the text in lines no wider than ``width``."""
        return wrap(text, width, self.width, even=even)


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a table report (domain.md G): title 二号小标宋, heads 黑体, the rest 仿宋."""

    title: Style
    info: Style
    mark: Style
    head: Style
    body: Style
    note: Style

    @classmethod
    def at(cls, fonts: Fonts, size: float) -> "Styles":
        """Return the styles around a body of ``size`` points."""
        return cls(
            title=Style(fonts[Role.TITLE], 22),
            info=Style(fonts[Role.FANGSONG], 10.5),
            mark=Style(fonts[Role.HEI], 10.5),
            head=Style(fonts[Role.HEI], size),
            body=Style(fonts[Role.FANGSONG], size),
            note=Style(fonts[Role.FANGSONG], 9),
        )


class Pen:
    """Write a PDF page after page; nothing of a page can be changed once the next is begun."""

    def __init__(self, stream: BinaryIO, paper: Paper, fonts: Fonts, title: str, author: str) -> None:
        """Begin a document."""
        font = fonts[Role.FANGSONG].name
        self._canvas = Canvas(
            stream,
            paper.size,
            pageCompression=1,
            lang="zh-CN",
            initialFontName=font,  # type: ignore[arg-type]  # the stubs say float; without it Helvetica gets in
        )
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self._canvas.setCreator("知识产权工作台")
        self._canvas.setViewerPreference("DisplayDocTitle", "true")
        self._begin()

    def _begin(self) -> None:
        self._text = self._canvas.beginText()
        self._font: tuple[str, float] = ("", 0)

    def text(self, x: float, y: float, words: str, style: Style) -> None:
        """Write words from x along the baseline y."""
        runs = style.script.runs(words)
        for face, part in runs:
            self._text.setTextOrigin(x, y)
            if self._font != (face, style.size):
                self._font = (face, style.size)
                self._text.setFont(face, style.size)
            self._text.textLine(part)
            if len(runs) > 1:
                x += style.width(part)

    def aligned(self, left: float, right: float, y: float, words: str, style: Style, align: Align) -> None:
        """Write words between two edges."""
        if align == "left":
            self.text(left, y, words, style)
        else:
            spare = right - left - style.width(words)
            self.text(left + (spare / 2 if align == "center" else spare), y, words, style)

    def block(
        self, box: tuple[float, float, float, float], lines: Sequence[str], style: Style, align: Align
    ) -> None:
        """Write lines into a box (left, right, top, height), in the middle of its height."""
        left, right, top, height = box
        y = top - height / 2 + (len(lines) - 1) * style.leading / 2 - MIDDLE * style.size
        for line in lines:
            self.aligned(left, right, y, line, style, align)
            y -= style.leading

    def rules(self, lines: Iterable[tuple[float, float, float, float]], weight: float) -> None:
        """Draw straight rules (x1, y1, x2, y2) of a weight in points."""
        self._canvas.setLineWidth(weight)
        self._canvas.lines(list(lines))

    def frame(self, x: float, y: float, width: float, height: float, weight: float) -> None:
        """Draw a frame from its lower left corner, with a weight in points."""
        self._canvas.setLineWidth(weight)
        self._canvas.rect(x, y, width, height)

    def fill(self, boxes: Iterable[tuple[float, float, float, float]]) -> None:
        """Fill boxes (x, y, width, height) in black."""
        path = self._canvas.beginPath()
        for x, y, width, height in boxes:
            path.rect(x, y, width, height)
        self._canvas.drawPath(path, stroke=0, fill=1)

    def bookmark(self, label: str) -> None:
        """Make the page findable in the reader's outline."""
        self._canvas.bookmarkPage(label)
        self._canvas.addOutlineEntry(label, label, 0)

    def next_page(self) -> None:
        """Finish the page."""
        self._canvas.drawText(self._text)
        self._canvas.showPage()
        self._begin()

    def close(self) -> None:
        """Write the document to its stream."""
        self._canvas.save()
