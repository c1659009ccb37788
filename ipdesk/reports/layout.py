"""Lay a table report out for a paper: text size, column widths, the lines of every cell, the pages."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from math import ceil

from ipdesk.reports.columns import GAP, Plan, need, plan
from ipdesk.reports.fonts import CACHED, Fonts, Role, Script, Unprintable
from ipdesk.reports.page import Paper, Style, Styles
from ipdesk.reports.pages import Item, Kind, paginate, slices
from ipdesk.reports.table import Cell, Column, Group, Summary, TableReport, written
from ipdesk.reports.wrap import Lines

PAD = 2.5  # above and below the lines of a cell
LOWEST = 19.0  # lowest row (6.7 mm), so that a table can be read along and written on
ROW_SHARE = 0.4  # share of a page that one row may take; what is longer goes on in a further row
BELOW_TITLE = 8.0
BELOW_INFO = 5.0
NOTE_INDENT = ("注：", "　　")
SIGN_LINE = 30.0  # height of a line to be signed on
SIGN_SLOT = 128.0  # narrowest room for one signature with its label

Texts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """A report laid out: what stands in which size and width on which page."""

    report: TableReport
    paper: Paper
    styles: Styles
    plan: Plan
    title: Lines
    info: tuple[tuple[str, str], ...]
    head: dict[int, Lines]
    signatures: tuple[Texts, ...]
    pages: list[list[Item]]

    @property
    def count(self) -> int:
        """Return the number of pages."""
        return len(self.pages) * len(self.plan.panels)


def lay_out(report: TableReport, fonts: Fonts, paper: Paper) -> Layout:
    """Lay out a report; raises ``Unprintable`` when no font has one of its characters."""
    places = [report.places(index) for index in range(len(report.columns))]
    groups = [[_texts(row, places) for row in group.rows] for group in report.groups]
    _check(fonts[Role.FANGSONG], chain.from_iterable(groups))
    sums = {id(s): _sum_texts(report, s, places) for s in report.summaries()}
    chosen = _plan(report, [*chain.from_iterable(groups), *sums.values()], fonts, paper.frame[0])
    styles = Styles.at(fonts, chosen.size)
    wrap = lru_cache(CACHED)(styles.body.wrap)
    rooms = [_room(chosen.widths.get(index), column) for index, column in enumerate(report.columns)]
    return _Setter(report, paper, styles, chosen, groups, sums, wrap, rooms).layout()


def _room(width: float | None, column: Column) -> tuple[float, bool] | None:
    """Return the width for a column's texts and whether its lines are to be even; ``None`` if left out."""
    return None if width is None else (width - 2 * GAP, column.align == "center")


def _texts(row: Sequence[Cell], places: Sequence[int]) -> Texts:
    return tuple(map(written, row, places))


def _sum_texts(report: TableReport, summary: Summary, places: Sequence[int]) -> Texts:
    cells = (written(summary.cells.get(c.name), places[i], "") for i, c in enumerate(report.columns))
    return (summary.label, *list(cells)[1:])


def _check(script: Script, rows: Iterable[Texts]) -> None:
    """Refuse characters that cannot be printed before anything is written, all of them at once."""
    seen = list(rows)
    missing = script.missing(set(chain.from_iterable(chain.from_iterable(seen))) - {"\n"})
    if missing:
        texts = chain.from_iterable(seen)
        raise Unprintable(missing, next(text for text in texts if missing.intersection(text)))


def _plan(report: TableReport, rows: Sequence[Texts], fonts: Fonts, frame: float) -> Plan:
    body, head = fonts[Role.FANGSONG].ems, fonts[Role.HEI].ems
    columns = enumerate(report.columns)
    return plan([need(column, (row[i] for row in rows), body, head) for i, column in columns], frame)


@dataclass(frozen=True, slots=True)
class _Setter:
    """Make the items of a report and spread them over pages."""

    report: TableReport
    paper: Paper
    styles: Styles
    plan: Plan
    groups: Sequence[Sequence[Texts]]
    sums: dict[int, Texts]
    wrap: Callable[..., Lines]
    rooms: Sequence[tuple[float, bool] | None]

    def layout(self) -> Layout:
        frame, height = self.paper.frame
        title = self.styles.title.wrap(self.report.title, frame, even=True)
        head = {i: self._head(i) for i in self.plan.widths}
        info = self._info(frame)
        signatures = self._signatures(frame)
        above = title_height(title, info, self.styles)
        room = height - row_height(head.values(), self.styles.head)
        pages = [*paginate(self._items(height, signatures), room - above, room, LOWEST)]
        return Layout(self.report, self.paper, self.styles, self.plan, title, info, head, signatures, pages)

    def _head(self, index: int) -> Lines:
        width = self.plan.widths[index] - 2 * GAP
        return self.styles.head.wrap(self.report.columns[index].head, width, even=True)

    def _info(self, frame: float) -> tuple[tuple[str, str], ...]:
        """Return the lines above the table as (left, right); side by side where both fit."""
        style = self.styles.info
        left, right = self.report.left, self.report.right
        if style.width(left) + style.width(right) + 2 * style.size <= frame:
            return ((left, right),)
        lefts, rights = style.wrap(left, frame), style.wrap(right, frame)
        return (*((line, "") for line in lefts), *(("", line) for line in rights))

    def _signatures(self, frame: float) -> tuple[Texts, ...]:
        """Return the signature line, in as many lines as it takes to leave room for a hand."""
        texts = [f"{label}：{value}" for label, value in self.report.signatures.items()]
        slot = max([SIGN_SLOT, *(self.styles.info.width(text) + 2 * GAP for text in texts)])
        per_line = max(1, ceil(len(texts) / ceil(len(texts) / max(1, frame // slot)))) if texts else 1
        return tuple(tuple(texts[i : i + per_line]) for i in range(0, len(texts), per_line))

    def _items(self, page: float, signatures: tuple[Texts, ...]) -> Iterator[Item]:
        most = int((page * ROW_SHARE - 2 * PAD) / self.styles.body.leading)
        for group, rows in zip(self.report.groups, self.groups, strict=True):
            yield from self._group(group, rows, most)
        if not any(self.groups):
            yield Item(Kind.NOTHING, ((self.report.nothing,),), 2 * LOWEST, keeps=True)
        if self.report.total:
            yield self._sum(self.report.total, keeps=True)
        yield from self._notes()
        yield Item(Kind.SIGNATURES, (), SIGN_LINE * len(signatures))

    def _group(self, group: Group, rows: Sequence[Texts], most: int) -> Iterator[Item]:
        if group.label:
            yield Item(Kind.GROUP, ((group.label,),), LOWEST, keeps=True, group=group.label)
        followed = group.subtotal is not None or group is self.report.groups[-1]
        for number, row in enumerate(rows, 1):
            for cells in slices(self._wrapped(row), most):
                height = row_height(cells, self.styles.body)
                yield Item(Kind.ROW, cells, height, followed and number == len(rows), group.label)
        if group.subtotal:
            yield self._sum(group.subtotal, keeps=group is self.report.groups[-1], group=group.label)

    def _wrapped(self, row: Texts) -> tuple[Lines, ...]:
        """Return the lines of each cell; columns left out have none."""
        wrap = self.wrap
        return tuple(wrap(text, *room) if room else () for text, room in zip(row, self.rooms, strict=True))

    def _sum(self, summary: Summary, *, keeps: bool, group: str = "") -> Item:
        style, widths = self.styles.head, self.plan.widths
        cells = tuple(
            style.wrap(text, widths[i] - 2 * GAP) if i in widths else ()
            for i, text in enumerate(self.sums[id(summary)])
        )
        return Item(Kind.SUMMARY, cells, row_height(cells, style), keeps, group)

    def _notes(self) -> Iterator[Item]:
        style = self.styles.note
        room = self.paper.frame[0] - style.width(NOTE_INDENT[0])
        lines = [line for remark in self._remarks() for line in style.wrap(remark, room)]
        for number, line in enumerate(lines):
            height = style.leading + (BELOW_INFO if number == 0 else 0)
            yield Item(Kind.NOTE, ((NOTE_INDENT[min(number, 1)],), (line,)), height, keeps=True)

    def _remarks(self) -> list[str]:
        left_out = "、".join(self.report.columns[i].label for i in self.plan.left_out)
        remarks = [*self.report.remarks, *([f"版面所限，{left_out}未印出，见电子表格。"] if left_out else [])]
        return [f"{n}.{text}" for n, text in enumerate(remarks, 1)] if len(remarks) > 1 else remarks


def row_height(cells: Iterable[Lines], style: Style) -> float:
    """Return the height of a row of cells."""
    return max(LOWEST, max(map(len, cells)) * style.leading + 2 * PAD)


def title_height(title: Lines, info: Sequence[tuple[str, str]], styles: Styles) -> float:
    """Return the height of the title and the lines between it and the table."""
    return len(title) * styles.title.leading + BELOW_TITLE + len(info) * styles.info.leading + BELOW_INFO
