"""Tell how an indicator stands against its target and 序时进度: one word for a card, a table and a report."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction

from ipdesk.plan.definition import Plan
from ipdesk.plan.indicators import Figure
from ipdesk.plan.part import NOT_REPORTED

AT_ONCE = ("ratio_total",)  # what is to be so at all times (结案率), not bit by bit


class State(Enum):
    """How an indicator stands."""

    REACHED = "达标"
    ON_TRACK = "按序时"
    BEHIND = "滞后"
    RISING = "逐年提高"
    UNREPORTED = "未报"
    NOTHING = "无数据"
    UNSET = "未定目标"


@dataclass(frozen=True, slots=True)
class Pace:
    """A plan on a day: 序时进度 as a part of one, by which a state is told."""

    plan: Plan
    day: date

    @property
    def elapsed(self) -> Fraction:
        """Return 序时进度."""
        return self.plan.elapsed(self.day)

    def state(self, figure: Figure) -> State:
        """Return how a figure stands on that day.

        What is to rise lags once it fell; what has a target lags where it is not reached by its day, or less of it
        is done than time has passed.
        """
        if figure.value is None:
            return State.UNREPORTED if figure.part.why in ("", NOT_REPORTED) else State.NOTHING
        if figure.indicator.comparator == "trend_up":
            return State.BEHIND if figure.has_fallen else State.RISING
        if figure.is_reached is None:
            return State.UNSET
        if figure.is_reached:
            return State.REACHED
        return State.ON_TRACK if self._keeps_pace(figure) else State.BEHIND

    def _keeps_pace(self, figure: Figure) -> bool:
        one = figure.indicator
        if self.day > one.due or one.sort in AT_ONCE:
            return False
        return figure.done is None or figure.done >= self.elapsed


def reason(figure: Figure) -> str:
    """Return why there is no figure, or no 完成率, in a few words; nothing where there is one."""
    if figure.value is None:
        return figure.part.why
    if figure.indicator.comparator == "trend_up":
        return "没有上期可比" if figure.before is None else ""
    return "没有定目标" if figure.goal is None else ""


def percent(part: Fraction | None) -> str:
    """Return a part of one as people read it: 86.7%; below the whole it is never told as the whole."""
    if part is None:
        return "—"
    told = f"{float(part * 100):.1f}"
    return "99.9%" if part < 1 and told == "100.0" else f"{told}%"
