"""Write a table report as a formatted workbook, for WPS and Excel to show, print and fill in further.

Text cells are really text (信用代码, 电话, words that begin with =), figures are figures. The group stands in
a column of its own, so that rows can be copied and still say where they belong.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from math import ceil
from typing import Any, BinaryIO

import xlsxwriter

from ipdesk.problems import Refusal
from ipdesk.reports.columns import Need, need
from ipdesk.reports.table import EMPTY, Cell, Column, Group, Summary, TableReport, plain, written
from ipdesk.reports.wrap import wrap

SIZE = 10.0  # text size in points
SMALLEST = (
    7.0  # never printed smaller (六号 is 7.5): a larger paper is taken, then several pages side by side
)
LINE_HEIGHT = 13.0  # height of a line of text in points
PIXELS = 96 / 72  # per point, as Excel counts them
LATIN = 0.55  # width of a figure or Latin letter in ems, in the widest of the fonts that may show the sheet
MM = 72 / 25.4
A4, A3 = (9, 257 * MM), (8, 380 * MM)  # Excel's paper number, width between the margins in points
MARGINS = {"left": 0.79, "right": 0.79, "top": 0.98, "bottom": 0.79}  # inches: 20, 20, 25, 20 mm
TITLE_ROW, INFO_ROW, HEAD_ROW, FIRST_ROW = range(4)
NOTE_LINE = 12.5  # height of a line of notes in points
CACHED = 8192  # cells whose lines are remembered
TOO_LONG = -2  # what xlsxwriter answers to a text that no cell can hold

Format = Mapping[str, Any]
Progress = Callable[[int, int], None]
BASE: Format = {"font_name": "仿宋", "font_size": SIZE, "valign": "vcenter"}
TITLE: Format = {"font_name": "方正小标宋简体", "font_size": 22, "align": "center"}
LINE: Format = {"font_size": 10.5, "text_wrap": True}
NOTE: Format = {"font_size": 9, "text_wrap": True}
CELL: Format = {"border": 1, "text_wrap": True}
STRONG: Format = {"font_name": "黑体"}


def write_sheet(report: TableReport, stream: BinaryIO, progress: Progress = lambda done, total: None) -> None:
    """Write a report to a binary stream as xlsx; raises ``Refusal`` for a text that no cell can hold.

    ``progress`` gets (rows done, in all); what it raises gives the report up.
    """
    # in_memory: what a report says shall not lie about in temporary files
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        properties = {"title": report.title, "author": report.office, "comments": report.mark}
        book.set_properties({**properties, "created": report.made_at})
        _Writer(book, report, progress).write()


def ems(text: str) -> float:
    """Return the width of a text at size 1, by the East Asian width of its characters (UAX #11)."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else LATIN for c in text)


def paper_for(width: float) -> tuple[int, int]:
    """Return Excel's paper number and the pages side by side for a table ``width`` points wide."""
    smallest = width * SMALLEST / SIZE
    number, _ = A4 if smallest <= A4[1] else A3
    return number, ceil(smallest / A3[1])


def sheet_name(title: str) -> str:
    r"""Return a title as the name of a sheet: 31 characters at most, none of []:*?/\ and no ' outside."""
    return re.sub(r"[\[\]:*?/\\\n]", " ", plain(title)).strip("' ")[:31].strip("' ") or "Sheet1"


@dataclass(frozen=True, slots=True)
class _Place:
    """A column of the sheet: its index in the report (``None``: the group's label), decimals and widths."""

    column: Column
    source: int | None
    places: int
    need: Need

    def of(self, row: Sequence[Cell], label: str) -> Cell:
        """Return the cell of a row."""
        return label if self.source is None else row[self.source]

    def of_sum(self, summary: Summary, label: str) -> Cell:
        """Return the cell of a 小计 or 合计."""
        if self.source == 0:
            return summary.label
        return label if self.source is None else summary.cells.get(self.column.name)


def _places(report: TableReport) -> list[_Place]:
    places = []
    for index, column in enumerate(report.columns):
        cells = [row[index] for group in report.groups for row in group.rows]
        cells += [summary.cells.get(column.name) for summary in report.summaries()]
        decimals = report.places(index)
        texts = (written(cell, decimals) for cell in cells)
        places.append(_Place(column, index, decimals, need(column, texts, ems, ems)))
    if report.group_head:
        column = Column("", report.group_head, "center")
        labels = need(column, [group.label for group in report.groups], ems, ems)
        places.insert(1, _Place(column, None, 0, labels))
    return places


class _Writer:
    """Write one report to the only sheet of a book, from the top down."""

    def __init__(self, book: xlsxwriter.Workbook, report: TableReport, progress: Progress) -> None:
        self._book = book
        self._report = report
        self._progress, self._rows = progress, sum(len(group.rows) for group in report.groups)
        self._done = 0
        self._sheet = book.add_worksheet(sheet_name(report.title))
        self._formats: dict[tuple[str, str, bool], object] = {}
        self._places = _places(report)
        self._widths = [place.need.at(SIZE, 2, A3[1]) for place in self._places]
        self._last = len(self._places) - 1
        self._wrap = lru_cache(CACHED)(lambda text, width: wrap(plain(text), width, lambda t: ems(t) * SIZE))
        self._row = FIRST_ROW

    def write(self) -> None:
        """Write everything."""
        self._page()
        self._above()
        for group in self._report.groups:
            self._group(group)
        if not any(group.rows for group in self._report.groups):
            self._across(self._report.nothing, {**CELL, "align": "center"}, 30)
        if self._report.total:
            self._summary(self._report.total, "")
        self._below()

    def _format(self, *parts: Format) -> object:
        """Return a format made of parts, of which later ones go before."""
        return self._book.add_format({name: value for part in (BASE, *parts) for name, value in part.items()})

    def _of_cell(self, align: str, shape: str, strong: bool) -> object:
        """Return the format of a cell, made once: ``shape`` is @ for text or how figures are written."""
        key = (align, shape, strong)
        if key not in self._formats:
            more = {"align": align, "num_format": shape}
            self._formats[key] = self._format(CELL, STRONG if strong else {}, more)
        return self._formats[key]

    def _page(self) -> None:
        """Set how the sheet is shown and printed."""
        for index, width in enumerate(self._widths):
            self._sheet.set_column_pixels(index, index, ceil(width * PIXELS) + 4)
        paper, pages = paper_for(sum(self._widths))
        keys = 1 + max((i for i, place in enumerate(self._places) if place.column.key), default=-1)
        self._sheet.set_landscape()
        self._sheet.set_paper(paper)
        self._sheet.fit_to_pages(pages, 0)
        self._sheet.set_margins(**MARGINS)
        self._sheet.center_horizontally()
        self._sheet.freeze_panes(FIRST_ROW, keys)
        self._sheet.repeat_rows(HEAD_ROW)
        if pages > 1 and keys:
            self._sheet.repeat_columns(0, keys - 1)
        self._sheet.set_header(f'&L&"黑体,常规"&10 {self._report.mark.replace("&", "&&")}', {"margin": 0.6})
        self._sheet.set_footer("&C第&P页 共&N页")

    def _above(self) -> None:
        """Write the title, the line above the table and the heads."""
        middle = self._last // 2
        self._sheet.set_row(TITLE_ROW, 38)
        self._sheet.set_row(INFO_ROW, 22)
        self._sheet.set_row(HEAD_ROW, 2 * LINE_HEIGHT + 6)
        self._merge(TITLE_ROW, 0, self._last, self._report.title, self._format(TITLE))
        self._merge(INFO_ROW, 0, middle, self._report.left, self._format(LINE))
        right = self._format(LINE, {"align": "right"})
        self._merge(INFO_ROW, middle + 1, self._last, self._report.right, right)
        head = self._format(CELL, STRONG, {"align": "center"})
        for index, place in enumerate(self._places):
            self._text(HEAD_ROW, index, place.column.head, head)

    def _group(self, group: Group) -> None:
        for row in group.rows:
            self._line([place.of(row, group.label) for place in self._places])
            self._done += 1
            self._progress(self._done, self._rows)
        if group.subtotal:
            self._summary(group.subtotal, group.label)

    def _summary(self, summary: Summary, label: str) -> None:
        self._line([place.of_sum(summary, label) for place in self._places], strong=True)

    def _line(self, cells: Sequence[Cell], *, strong: bool = False) -> None:
        """Write a row as high as its texts need: not every program fits the height when it opens a sheet."""
        rooms = zip(cells, self._widths, strict=True)
        lines = max((len(self._wrap(c, width)) for c, width in rooms if isinstance(c, str)), default=1)
        self._sheet.set_row(self._row, max(20.0, lines * LINE_HEIGHT + 4))
        for index, (place, cell) in enumerate(zip(self._places, cells, strict=True)):
            self._cell(index, place, cell, strong=strong)
        self._row += 1

    def _cell(self, index: int, place: _Place, cell: Cell, *, strong: bool) -> None:
        """Write one cell: a figure as a figure, all else as text; what a sum does not count stays blank."""
        align: str = place.column.align
        if isinstance(cell, (int, Decimal)):
            shape = f"0.{'0' * place.places}" if place.places and isinstance(cell, Decimal) else "0"
            style = self._of_cell(align, f"{shape};-{shape};0", strong)
            self._sheet.write_number(self._row, index, float(cell), style)
            return
        text = written(cell, empty="" if strong else EMPTY)
        align = "center" if text == EMPTY and align == "left" else align
        self._text(self._row, index, text, self._of_cell(align, "@", strong))

    def _text(self, row: int, column: int, text: str, style: object) -> None:
        if not text:
            self._sheet.write_blank(row, column, None, style)
        elif self._sheet.write_string(row, column, text, style) == TOO_LONG:
            raise Refusal(f"“{text[:12]}……”共{len(text)}字，表格一格最多32767字，请缩短后再导出")

    def _merge(self, row: int, first: int, last: int, text: str, style: object) -> None:
        if last > first:
            self._sheet.merge_range(row, first, row, last, "", style)
        self._text(row, first, plain(text), style)

    def _across(self, text: str, style: Format, height: float) -> None:
        self._sheet.set_row(self._row, height)
        self._merge(self._row, 0, self._last, text, self._format(style))
        self._row += 1

    def _below(self) -> None:
        """Write the notes and the line to be signed."""
        for number, remark in enumerate(self._report.remarks):
            lines = ceil(ems(remark) * 9 / sum(self._widths) * 1.05)
            self._across(("　　" if number else "注：") + remark, NOTE, NOTE_LINE * max(1, lines))
        signatures = [f"{label}：{value}" for label, value in self._report.signatures.items()]
        if signatures:
            self._across(("　" * 8).join(signatures), {"font_size": 10.5}, 32)
