"""What a user does to remind a county of a report that lacks: a letter to print (提醒函)."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from ipdesk.files import write_file
from ipdesk.periods import Period
from ipdesk.problems import Refusal
from ipdesk.reports.letter import Letter, Slot
from ipdesk.reports.table import chinese_date
from ipdesk.store import Store
from ipdesk.sync import Expected, completeness
from ipdesk.sync.completeness import STATES
from ipdesk.sync.devices import unit_name

_SLOTS = (
    Slot("报送期", 3),
    Slot("应报日期", 3.4),
    Slot("状态", 2.4),
    Slot("已收包数", 2),
    Slot("缺的包号", 2.6),
    Slot("经办人签名", 3),
)
_HOW = (
    "请用本单位的知识产权工作台生成同步包（报送期选择“{0}”），连同盖章的报送单送至我局；"
    "本期没有新增和变更的，请报零报告。已经报送的，请核对是否送达，或再导出一次送来。"
)


def reminder(store: Store, unit: str, period: Period, today: date | None = None) -> Letter:
    """Return the letter to a county about a period; refused where everything came."""
    office, day = store.office.office_name, today or date.today()
    if store.office.role != "city":
        raise Refusal("提醒函由市局出")
    if not office:
        raise Refusal("提醒函上要印单位全称，请先填写（与公章一致）")
    row = _row(store, unit, period, day)
    return Letter(
        f"关于报送{period.label}知识产权台账数据的提醒函",
        office,
        f"{unit_name(unit)}知识产权局：",
        tuple(_paragraphs(row, day)),
        (office, chinese_date(day)),
        _SLOTS,
        [_cells(row)],
    )


def _row(store: Store, unit: str, period: Period, day: date) -> Expected:
    found = next((one for one in completeness(store, day) if (one.unit, one.period) == (unit, period)), None)
    if found is None:
        raise Refusal(f"报送安排里没有{unit_name(unit)}{period.label}这一期，请核对单位和报送期")
    if found.state in ("received", "late") and not found.gaps:
        raise Refusal(f"{unit_name(unit)}{period.label}的数据已经收到，不用提醒")
    return found


def _paragraphs(row: Expected, day: date) -> Iterator[tuple[str, str]]:
    due = chinese_date(row.due)
    if row.state == "awaited":
        yield "", f"按照报送安排，{row.period.label}的数据应于{due}前报送。截至今日我局尚未收到，请按期报送。"
    elif row.state == "overdue":
        late = (day - row.due).days
        yield (
            "",
            f"按照报送安排，{row.period.label}的数据应于{due}前报送。截至今日我局尚未收到，已逾期{late}天。",
        )
    elif row.state == "aside":
        yield (
            "",
            f"{row.period.label}的数据我局已经收到，但暂存未能收取，请与我局联系，核对在用的电脑和程序版本。",
        )
    if row.gaps:
        missing = "、".join(map(str, row.gaps))
        yield "", f"此外，第{missing}包没有送达，其中的内容后来的包也没有补上，请再导出一次送来。"
    yield "", _HOW.format(row.period.label)


def _cells(row: Expected) -> tuple[str, ...]:
    gaps = "、".join(map(str, row.gaps)) or "无"
    return (row.period.label, row.due.isoformat(), STATES[row.state], str(row.packages), gaps, "")


def write_reminder(store: Store, unit: str, period: Period, out: Path) -> None:
    """Write the letter as PDF; another ending than ``.pdf`` is refused."""
    from ipdesk.reports.letter import write_letter

    if out.suffix.lower() != ".pdf":
        raise Refusal(f"提醒函只能存成 PDF，请把“{out.name}”写成以 .pdf 结尾")
    letter = reminder(store, unit, period)
    write_file(out, lambda stream: write_letter(letter, stream))
