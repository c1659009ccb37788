"""The report 贯标企业台账: every case of the ledger guanbiao, by county, with 小计 and 合计."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from ipdesk.fields import Value
from ipdesk.kinds.declare import Ledger
from ipdesk.reports.listing import printed_columns, printed_row
from ipdesk.reports.table import Group, Summary, TableReport

NAME = "贯标企业台账"
NO_UNIT = "未写报送单位"
Row = Mapping[str, Value]

AMOUNT = "subsidy_amount_wan"
NOTES = (
    "小计、合计的家数按统一社会信用代码计算，同一信用代码只计一次；一家企业有多个案卷的，逐案列出。",
    "补助金额为每个案卷最近一笔补助。",
)


def guanbiao_ledger(
    ledger: Ledger,
    rows: Iterable[Row],
    units: Sequence[tuple[str, str]],
    *,
    office: str,
    period: str,
    made_at: datetime,
    title: str = NAME,
    as_of: date | None = None,
    known_on: date | None = None,
    reveal: bool = False,
    digest: str = "",
) -> TableReport:
    """Make the report from flat rows of canonical values; its columns are the ledger's printed fields.

    ``units`` are (unit_code, name) in the order they are to stand (regions.csv, sort_local); units not named
    there follow. Personal values are printed masked unless ``reveal``. One unit alone needs no 小计.
    """
    columns = printed_columns(ledger)
    parts = _by_unit(rows, units)
    names = dict(units)
    several = len(parts) > 1
    groups, done = [], 0
    for unit, members in parts.items():
        lines = [
            printed_row(ledger, columns, row, number, reveal) for number, row in enumerate(members, done + 1)
        ]
        label = names.get(unit) or unit or NO_UNIT
        groups.append(Group(label, lines, _summary("小计", members)) if several else Group("", lines))
        done += len(members)
    every = [row for members in parts.values() for row in members]
    return TableReport(
        title, office, period, "家、万元", columns, groups, made_at, _summary("合计", every),
        "县（市、区）" if several else "", NOTES, as_of, known_on, digest=digest,
    )  # fmt: skip


def _by_unit(rows: Iterable[Row], units: Sequence[tuple[str, str]]) -> dict[str, list[Row]]:
    """Return the rows by unit, in the order of the units; units without rows are left out."""
    parts: dict[str, list[Row]] = {code: [] for code, _ in units}
    for row in rows:
        parts.setdefault(str(row.get("unit_code") or ""), []).append(row)
    return {code: members for code, members in parts.items() if members}


def _summary(label: str, rows: Sequence[Row]) -> Summary:
    """Count enterprises once each and add up the amounts."""
    count = len({row.get("uscc") or row.get("enterprise_name") for row in rows})
    cases = f"（{len(rows)}案）" if len(rows) != count else ""
    amount = sum((Decimal(str(row[AMOUNT])) for row in rows if row.get(AMOUNT) not in (None, "")), Decimal(0))
    return Summary(label, {"enterprise_name": f"{count}家{cases}", AMOUNT: amount})
