"""The table of a plan's indicators: target, figure, 完成率, 时序进度 and state, by unit (domain.md E, G)."""

from collections.abc import Iterable
from datetime import datetime

from ipdesk.plan.comparing import target_words
from ipdesk.plan.indicators import Figure
from ipdesk.plan.overview import Overview, unit_name
from ipdesk.plan.state import Pace, State, percent, reason
from ipdesk.reports.table import Cell, Column, Group, TableReport, chinese_date

NAME = "计划指标完成情况表"
COLUMNS = (
    Column("code", "编号", "center", fixed=True, key=True),
    Column("name", "指标", key=True),
    Column("measure", "计量单位", "center"),
    Column("target", "目标", "center", fixed=True),
    Column("value", "完成值", "right", fixed=True),
    Column("done", "完成率", "right", fixed=True),
    Column("elapsed", "时序进度", "right", fixed=True),
    Column("state", "状态", "center", fixed=True),
    Column("said", "说明"),
)


def indicator_table(
    told: Overview, office: str, made_at: datetime, unit: str = "", digest: str = ""
) -> TableReport:
    """Return the table of one unit, or of every unit that an overview tells of."""
    units = [one for one in told.units if not unit or one == unit]
    groups = [Group(unit_name(one) if len(units) > 1 else "", _rows(told, one)) for one in units]
    title = NAME if len(units) > 1 else f"{unit_name(units[0])}{NAME}"
    return TableReport(
        title=title,
        office=office,
        period=f"截至{chinese_date(told.moment.day)}",
        unit_note="",
        columns=COLUMNS,
        groups=groups,
        made_at=made_at,
        notes=tuple(_notes(told)),
        as_of=told.moment.as_of,
        known_on=told.moment.known_on,
        digest=digest,
    )


def _notes(told: Overview) -> Iterable[str]:
    yield f"依据{told.plan.name}（{told.plan.document}），时序进度{percent(told.pace.elapsed)}。"
    yield "“达标”按计划原文的口径判断；未达标的，完成率不低于时序进度为“按序时”，低于为“滞后”。"


def _rows(told: Overview, unit: str) -> list[list[Cell]]:
    return [_row(one, told.pace) for one in told.of(unit)]


def _row(one: Figure, pace: Pace) -> list[Cell]:
    kind, state = one.indicator, pace.state(one)
    elapsed = percent(pace.elapsed) if one.goal else None
    return [
        kind.code,
        kind.name,
        kind.unit,
        target_words(kind, one.goal),
        one.words,
        percent(one.done),
        elapsed,
        state.value,
        said(one, state),
    ]


def said(one: Figure, state: State | None = None) -> str:
    """Return what is to be known beside a figure: why there is none, that it fell, what could not be counted."""
    why = reason(one)
    words = ("" if state and why == state.value else why, _fallen(one), _unclear(one))
    return "；".join(word for word in words if word)


def _fallen(one: Figure) -> str:
    return "比上期下降" if one.has_fallen else ""


def _unclear(one: Figure) -> str:
    return f"{len(one.part.unclear)} 条说不清，没有计入" if one.part.unclear else ""
