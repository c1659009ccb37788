"""Say what a table report holds, apart from how it is written: columns, groups with 小计, 合计, notes.

The conventions are those of official tables (domain.md G): empty is —, zero is 0, figures stand right,
names left, codes are text; 填报单位 left and unit and period right above the table, signatures below.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

Cell = str | int | Decimal | None
Align = Literal["left", "center", "right"]

EMPTY = "—"
MARK = "非涉密·内部资料"
SIGNATURES: Mapping[str, str] = {
    "单位负责人": "",
    "审核人": "",
    "填报人": "",
    "联系电话": "",
    "填报日期": "    年  月  日",
}
# Control, default-ignorable (Unicode DerivedCoreProperties) and no characters: without a shape of their own.
_SHAPELESS = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)
_BLANKS = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f]")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``fixed`` cells are never broken over lines (codes, dates), ``key`` ones name the row.

    Where the paper is too narrow, columns of the highest ``priority`` leave first; those of 0 never leave:
    they go to a further page, beside the repeated key columns.
    """

    name: str
    label: str
    align: Align = "left"
    unit: str = ""
    fixed: bool = False
    key: bool = False
    priority: int = 0

    @property
    def head(self) -> str:
        """Return the words of the column's head, the unit of measure on its own line."""
        return f"{self.label}\n（{self.unit}）" if self.unit else self.label


@dataclass(frozen=True, slots=True)
class Summary:
    """A 小计 or 合计 row: its label stands in the first column, the cells by column name."""

    label: str
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one label (none: no title row), each a cell per column; with its 小计, if any."""

    label: str
    rows: Sequence[Sequence[Cell]]
    subtotal: Summary | None = None


@dataclass(frozen=True, slots=True)
class TableReport:
    """A finished table report: every figure is given, nothing is computed while it is written."""

    title: str
    office: str
    period: str
    unit_note: str
    columns: Sequence[Column]
    groups: Sequence[Group]
    made_at: datetime
    total: Summary | None = None
    group_head: str = ""
    notes: Sequence[str] = ()
    as_of: date | None = None
    known_on: date | None = None
    mark: str = MARK
    signatures: Mapping[str, str] = field(default_factory=lambda: SIGNATURES)
    nothing: str = "本期没有登记"
    digest: str = ""

    @property
    def left(self) -> str:
        """Return the line left above the table."""
        return f"填报单位（盖章）：{self.office}"

    @property
    def right(self) -> str:
        """Return the line right above the table."""
        return "    ".join(f"{k}：{v}" for k, v in (("单位", self.unit_note), ("报告期", self.period)) if v)

    @property
    def remarks(self) -> tuple[str, ...]:
        """Return the notes with the one that says what the figures rest on."""
        return (*self.notes, self.basis)

    @property
    def basis(self) -> str:
        """Return as of which day events count, what was known on which day, when it was made, and the data's digest."""
        parts = (
            f"数据截至{chinese_date(self.as_of)}" if self.as_of else "",
            f"按{chinese_date(self.known_on)}当日的登记内容" if self.known_on else "",
            f"{chinese_date(self.made_at)}{self.made_at:%H:%M}制表",
            f"数据摘要{self.digest}" if self.digest else "",
        )
        return "，".join(part for part in parts if part) + "。"

    def summaries(self) -> list[Summary]:
        """Return every 小计 and the 合计."""
        return [s for s in (*(group.subtotal for group in self.groups), self.total) if s]

    def places(self, index: int) -> int:
        """Return how many decimals the figures of a column need, so that no figure is rounded."""
        name = self.columns[index].name
        cells = [row[index] for group in self.groups for row in group.rows]
        cells += [summary.cells.get(name) for summary in self.summaries()]
        return max((decimals(cell) for cell in cells if isinstance(cell, Decimal)), default=0)


def decimals(figure: Decimal) -> int:
    """Return the number of decimals a figure really has."""
    exponent = figure.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def written(cell: Cell, places: int = 0, empty: str = EMPTY) -> str:
    """Return a cell as it is printed: — for nothing, 0 for zero, figures with their column's decimals."""
    if cell is None or cell == "":
        return empty
    if isinstance(cell, str):
        return plain(cell)
    return f"{cell:.{places}f}" if cell and isinstance(cell, Decimal) else f"{cell:.0f}"


def plain(text: str) -> str:
    """Return a text without characters that have no shape; blanks become spaces, line breaks stay."""
    return _BLANKS.sub(" ", _SHAPELESS.sub("", text.replace("\r\n", "\n").replace("\t", " ")))


def chinese_date(day: date) -> str:
    """Return a day as official papers write it (GB/T 9704-2012, 7.3.5.4): no leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"
