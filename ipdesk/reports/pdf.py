"""Write a table report as PDF, in the manner of an official table: GB/T 9704-2012 and domain.md G.

Title 二号小标宋 in the middle, 填报单位 and unit above the table, its head repeated on every page, figures
right, 小计 and 合计 never alone, signatures after the last line, 非涉密 and 第 x 页 共 y 页 on every page.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import BinaryIO

from ipdesk.reports.columns import GAP, Panel
from ipdesk.reports.fonts import Fonts
from ipdesk.reports.layout import (
    BELOW_INFO,
    BELOW_TITLE,
    NOTE_INDENT,
    SIGN_LINE,
    Layout,
    lay_out,
    row_height,
)
from ipdesk.reports.page import A4_LANDSCAPE, MIDDLE, MM, Paper, Pen, Style
from ipdesk.reports.pages import AGAIN, Item, Kind
from ipdesk.reports.table import EMPTY, Align, TableReport
from ipdesk.reports.wrap import Lines

FRAME = 1.0  # weight of the rules around the table
RULE = 0.4  # weight of the rules inside
FOOT = 7 * MM  # from the frame down to the page number (GB/T 9704-2012, 7.5)
HEAD = 4 * MM  # from the frame up to the mark
NOTHING = (EMPTY,)


def write_pdf(
    report: TableReport,
    stream: BinaryIO,
    fonts: Fonts | None = None,
    paper: Paper = A4_LANDSCAPE,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> int:
    """Write a report to a binary stream and return the number of pages.

    ``progress`` gets (pages done, in all); what it raises gives the report up.
    Raises ``Unprintable``, with nothing written, when no font has one of its characters.
    """
    fonts = fonts or Fonts()
    layout = lay_out(report, fonts, paper)
    pen = Pen(stream, paper, fonts, report.title, report.office)
    for number, (panel, items) in enumerate(_sheets(layout), 1):
        progress(number - 1, layout.count)
        _Sheet(layout, pen, panel, number).draw(items)
        pen.next_page()
    pen.close()
    return layout.count


def _sheets(layout: Layout) -> Iterator[tuple[int, Sequence[Item]]]:
    """Yield (panel, items) page by page; the panels of the same rows follow one another.

    A page drawn is let go, as reportlab holds its text from then on: one copy of a large table is enough.
    """
    for number, items in enumerate(layout.pages):
        yield from ((panel, items) for panel in range(len(layout.plan.panels)))
        layout.pages[number] = []


class _Sheet:
    """Draw one page, from its upper edge down."""

    def __init__(self, layout: Layout, pen: Pen, panel: int, number: int) -> None:
        self._layout = layout
        self._report = layout.report
        self._pen = pen
        self._panel: Panel = layout.plan.panels[panel]
        self._number = number
        self._part = panel + 1
        self._left = layout.paper.x
        self._right = layout.paper.x + layout.paper.frame[0]
        self._y = layout.paper.y
        edges = accumulate(self._panel.widths.values(), initial=self._left)
        self._edges = list(pairwise(edges))
        self._rows: list[float] = []  # y of the rules across
        self._columned: list[tuple[float, float]] = []  # (top, bottom) of the stretches with rules down

    def draw(self, items: Sequence[Item]) -> None:
        """Draw everything that stands on the page; notes and signatures only beside the last columns."""
        self._marks()
        if self._number <= len(self._layout.plan.panels):
            self._title()
        table = [item for item in items if item.kind.ruled]
        if table:
            self._head()
        last = self._part == len(self._layout.plan.panels)
        for item in items if last or not table else table:
            self._item(item)
        self._grid()

    def _marks(self) -> None:
        """Write what stands on every page: the mark, from the second page on the title, the page number."""
        styles, paper, panels = self._layout.styles, self._layout.paper, len(self._layout.plan.panels)
        self._pen.text(self._left, paper.y + HEAD, self._report.mark, styles.mark)
        running = [self._report.title + AGAIN] if self._number > panels else []
        running += [f"左右分印{self._part}/{panels}"] if panels > 1 else []
        self._across(paper.y + HEAD, "    ".join(running), styles.note, "right")
        foot = paper.bottom * MM - FOOT
        self._across(foot, f"第 {self._number} 页 共 {self._layout.count} 页", styles.info, "center")

    def _across(self, y: float, words: str, style: Style, align: Align) -> None:
        self._pen.aligned(self._left, self._right, y, words, style, align)

    def _title(self) -> None:
        styles = self._layout.styles
        height = len(self._layout.title) * styles.title.leading
        box = (self._left, self._right, self._y, height)
        self._pen.block(box, self._layout.title, styles.title, "center")
        self._y -= height + BELOW_TITLE
        for left, right in self._layout.info:
            self._y -= styles.info.leading
            self._pen.text(self._left, self._y + 0.2 * styles.info.size, left, styles.info)
            self._across(self._y + 0.2 * styles.info.size, right, styles.info, "right")
        self._y -= BELOW_INFO

    def _head(self) -> None:
        style, head = self._layout.styles.head, self._layout.head
        height = row_height(head.values(), style)
        self._rows.append(self._y)
        self._columned.append((self._y, self._y - height))
        for index, (left, right) in zip(self._panel.widths, self._edges, strict=True):
            self._pen.block((left, right, self._y, height), head[index], style, "center")
        self._drop(height)

    def _drop(self, height: float) -> None:
        """Go down by a line of the table and rule it off."""
        self._y -= height
        self._rows.append(self._y)

    def _item(self, item: Item) -> None:
        if item.kind is Kind.SIGNATURES:
            self._signatures()
        elif item.kind is Kind.NOTE:
            self._note(item)
        elif item.kind in (Kind.ROW, Kind.SUMMARY):
            self._row(item)
        else:
            self._merged(item)

    def _row(self, item: Item) -> None:
        style = self._layout.styles.body if item.kind is Kind.ROW else self._layout.styles.head
        for index, (left, right) in zip(self._panel.widths, self._edges, strict=True):
            box = (left + GAP, right - GAP, self._y, item.height)
            self._pen.block(box, item.cells[index], style, self._align(index, item.cells[index]))
        top, bottom = self._y, self._y - item.height
        if self._columned[-1][1] == top:
            self._columned[-1] = (self._columned[-1][0], bottom)
        else:
            self._columned.append((top, bottom))
        self._drop(item.height)

    def _align(self, index: int, lines: Lines) -> Align:
        """Return how a cell stands: — in the middle, unless figures stand above and below it."""
        align = self._report.columns[index].align
        return "center" if lines == NOTHING and align == "left" else align

    def _merged(self, item: Item) -> None:
        """Draw a line that goes across: the title of a group, or that there is nothing."""
        group = item.kind is Kind.GROUP
        style = self._layout.styles.head if group else self._layout.styles.body
        box = (self._left + 2 * GAP, self._right - 2 * GAP, self._y, item.height)
        self._pen.block(box, item.cells[0], style, "left" if group else "center")
        if group and self._part == 1 and not item.cells[0][0].endswith(AGAIN):
            self._pen.bookmark(item.group)
        self._drop(item.height)

    def _note(self, item: Item) -> None:
        style = self._layout.styles.note
        self._y -= item.height
        (prefix,), (line,) = item.cells
        self._pen.text(self._left, self._y + 0.2 * style.size, prefix, style)
        self._pen.text(self._left + style.width(NOTE_INDENT[0]), self._y + 0.2 * style.size, line, style)

    def _signatures(self) -> None:
        style, rows = self._layout.styles.info, self._layout.signatures
        for texts in rows:
            self._y -= SIGN_LINE
            slot = (self._right - self._left) / len(rows[0])
            for place, text in enumerate(texts):
                self._pen.text(self._left + place * slot, self._y + MIDDLE * style.size, text, style)

    def _grid(self) -> None:
        if not self._rows:
            return
        inner = [(self._left, y, self._right, y) for y in self._rows[1:-1]]
        down = [right for _, right in self._edges[:-1]]
        self._pen.rules([*inner, *((x, top, x, end) for top, end in self._columned for x in down)], RULE)
        top, end = self._rows[0], self._rows[-1]
        self._pen.frame(self._left, end, self._right - self._left, top - end, FRAME)
