"""The report 贯标企业台账: every case of the ledger guanbiao, by county, with 小计 and 合计."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from ipdesk.fields import Value
from ipdesk.reports.table import Cell, Column, Group, Summary, TableReport
from ipdesk.text import mask

NAME = "贯标企业台账"
Row = Mapping[str, Value]
Show = Callable[[str, Value], str]

COLUMNS = (
    Column("seq", "序号", "center", fixed=True, key=True),
    Column("enterprise_name", "企业名称", key=True),
    Column("uscc", "统一社会信用代码", "center", fixed=True),
    Column("town_code", "所在镇（街道）", "center", priority=2),
    Column("stage", "当前进度", "center"),
    Column("standard_code", "贯标标准", "center"),
    Column("advisor_name", "辅导机构", priority=3),
    Column("cert_body", "认证机构", priority=1),
    Column("cert_no", "证书编号", "center", fixed=True),
    Column("cert_issue_date", "发证日期", "center", fixed=True),
    Column("cert_valid_to", "有效期至", "center", fixed=True),
    Column("cert_status", "证书状态", "center"),
    Column("eval_date", "绩效评价合格日期", "center", fixed=True),
    Column("subsidy_amount_wan", "补助金额", "right", unit="万元", fixed=True),
    Column("contact_name", "联系人", "center", priority=4),
    Column("contact_phone", "联系电话", "center", fixed=True, priority=4),
)
AMOUNT = "subsidy_amount_wan"
NOTES = (
    "小计、合计的家数按统一社会信用代码计算，同一信用代码只计一次；一家企业有多个案卷的，逐案列出。",
    "补助金额为每个案卷最近一笔补助。",
)
_NUMBER = re.compile(r"^[A-Z/]+\d*(?:/[A-Z])? ?\d+(?:\.\d+)*(?:-\d{4})?")


def guanbiao_ledger(
    rows: Iterable[Row],
    show: Show,
    units: Sequence[tuple[str, str]],
    *,
    office: str,
    period: str,
    made_at: datetime,
    title: str = NAME,
    as_of: date | None = None,
    known_on: date | None = None,
    reveal: bool = False,
) -> TableReport:
    """Make the report from flat rows of canonical values (fields of headers_guanbiao.csv).

    ``show`` gives the words for a field's value (names of codes, dates). ``units`` are (unit_code, name) in
    the order they are to stand (regions.csv, sort_local); units not named there follow. Phones are printed
    masked unless ``reveal``. One unit alone needs no 小计.
    """
    parts = _by_unit(rows, units)
    names = dict(units)
    several = len(parts) > 1
    groups, done = [], 0
    for unit, members in parts.items():
        lines = [_line(row, show, number, reveal) for number, row in enumerate(members, done + 1)]
        label = names.get(unit) or show("unit_code", unit)
        groups.append(Group(label, lines, _summary("小计", members)) if several else Group("", lines))
        done += len(members)
    every = [row for members in parts.values() for row in members]
    return TableReport(
        title, office, period, "家、万元", COLUMNS, groups, made_at, _summary("合计", every),
        "县（市、区）" if several else "", NOTES, as_of, known_on,
    )  # fmt: skip


def _by_unit(rows: Iterable[Row], units: Sequence[tuple[str, str]]) -> dict[str, list[Row]]:
    """Return the rows by unit, in the order of the units; units without rows are left out."""
    parts: dict[str, list[Row]] = {code: [] for code, _ in units}
    for row in rows:
        parts.setdefault(str(row["unit_code"]), []).append(row)
    return {code: members for code, members in parts.items() if members}


def _line(row: Row, show: Show, number: int, reveal: bool) -> list[Cell]:
    return [number, *(_cell(row.get(column.name), column.name, show, reveal) for column in COLUMNS[1:])]


def _cell(value: Value, name: str, show: Show, reveal: bool) -> Cell:
    if value is None or value == "":
        return None
    if name == AMOUNT:
        return Decimal(str(value))
    words = show(name, value)
    if name == "standard_code":
        return short_standard(words)
    return _masked(words) if name == "contact_phone" and not reveal else words


def short_standard(name: str) -> str:
    """Return the number a standard is cited by, without its title; other words as they stand."""
    found = _NUMBER.match(name)
    return found[0] if found else name


def _masked(phone: str) -> str:
    return phone if "*" in phone else mask(phone, 3, 4)


def _summary(label: str, rows: Sequence[Row]) -> Summary:
    """Count enterprises once each and add up the amounts."""
    count = len({row.get("uscc") or row.get("enterprise_name") for row in rows})
    cases = f"（{len(rows)}案）" if len(rows) != count else ""
    amount = sum((Decimal(str(row[AMOUNT])) for row in rows if row.get(AMOUNT) not in (None, "")), Decimal(0))
    return Summary(label, {"enterprise_name": f"{count}家{cases}", AMOUNT: amount})
