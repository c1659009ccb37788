"""The table of targets and results for the self-check: target, last period, this, 完成率, gap, reason (domain.md E)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from ipdesk.plan.comparing import shown, target_words
from ipdesk.plan.indicators import Figure
from ipdesk.plan.overview import Overview, unit_name
from ipdesk.plan.state import Pace, State, percent
from ipdesk.plan.table import said
from ipdesk.reports.table import EMPTY, Column, Group, TableReport, chinese_date

NAME = "目标完成情况对照表"
COLUMNS = (
    Column("code", "编号", "center", fixed=True, key=True),
    Column("name", "指标", key=True),
    Column("measure", "计量单位", "center"),
    Column("target", "目标", "center", fixed=True),
    Column("before", "上期", "right", fixed=True),
    Column("value", "本期", "right", fixed=True),
    Column("done", "完成率", "right", fixed=True),
    Column("elapsed", "时序进度", "right", fixed=True),
    Column("gap", "差距", "right", fixed=True),
    Column("state", "状态", "center", fixed=True),
    Column("reason", "原因说明"),
)


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure against its target, as it is read."""

    figure: Figure
    pace: Pace
    why: str

    @property
    def cells(self) -> tuple[str, ...]:
        """Return the row of the table, in the order of ``COLUMNS``."""
        one, figure = self.figure.indicator, self.figure
        return (
            one.code,
            one.name,
            one.unit,
            target_words(one, figure.goal),
            shown(figure.before, one.decimals),
            figure.words,
            percent(figure.done),
            percent(self.pace.elapsed) if figure.goal is not None else EMPTY,
            gap(figure),
            self.state.value,
            self.why,
        )

    @property
    def state(self) -> State:
        """Return how it stands."""
        return self.pace.state(self.figure)


def gap(figure: Figure) -> str:
    """Return what is still to be done; nothing where it is reached, — where that cannot be told."""
    if figure.indicator.comparator == "trend_up":
        fallen = (figure.before or Fraction(0)) - (figure.value or Fraction(0))
        return shown(fallen, figure.indicator.decimals) if figure.has_fallen else EMPTY
    if figure.is_reached is None or figure.goal is None or figure.value is None:
        return EMPTY
    lacking = abs(figure.goal - figure.value)
    return "0" if figure.is_reached else shown(lacking, figure.indicator.decimals)


def compared(told: Overview, unit: str, reasons: Mapping[str, str]) -> list[Compared]:
    """Return the figures of one unit; ``reasons`` are what was given as such, by the id of the record."""
    return [Compared(one, told.pace, _why(told, one, reasons)) for one in told.of(unit)]


def _why(told: Overview, one: Figure, reasons: Mapping[str, str]) -> str:
    given = dict.fromkeys(reasons[id_] for id_ in one.part.ids if id_ in reasons)
    words = (said(one, told.pace.state(one)), *given)
    return "；".join(word for word in words if word)


def comparison_table(
    told: Overview,
    reasons: Mapping[str, str],
    office: str,
    period: str,
    made_at: datetime,
    digest: str = "",
) -> TableReport:
    """Return the table of every unit that an overview tells of, the city first."""
    several = len(told.units) > 1
    groups = [Group(unit_name(unit) if several else "", _rows(told, unit, reasons)) for unit in told.units]
    return TableReport(
        title=NAME,
        office=office,
        period=period or f"截至{chinese_date(told.moment.day)}",
        unit_note="",
        columns=COLUMNS,
        groups=groups,
        made_at=made_at,
        notes=tuple(_notes(told)),
        as_of=told.moment.as_of,
        known_on=told.moment.known_on,
        digest=digest,
    )


def _rows(told: Overview, unit: str, reasons: Mapping[str, str]) -> list[tuple[str, ...]]:
    return [one.cells for one in compared(told, unit, reasons)]


def _notes(told: Overview) -> Iterable[str]:
    yield f"依据{told.plan.name}（{told.plan.document}），时序进度{percent(told.pace.elapsed)}。"
    yield "“本期”为截至所示日期的数值，“上期”为按该指标报送频次的上一期末；差距按目标减本期计算。"
