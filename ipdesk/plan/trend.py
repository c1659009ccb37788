"""Tell the days for which a plan's figures make a trend: the ends of its quarters, and the day looked at."""

from datetime import date

from ipdesk.periods import Period
from ipdesk.plan.definition import Plan


def quarters(plan: Plan, day: date) -> tuple[date, ...]:
    """Return the last days of the plan's quarters that ended by a day, oldest first, then the day itself.

    A plan that is over goes to the quarter in which it ended.
    """
    first = min((one.since for one in plan.indicators if one.since), default=plan.start)
    ends = [one.last for one in Period.of(first, "quarter").until(min(day, plan.end))]
    return tuple(dict.fromkeys([end for end in ends if end < day] + [day]))


def name(day: date) -> str:
    """Return a day of the trend in short: a quarter's end 24Q3, any other day 24-08-15."""
    quarter = Period.of(day, "quarter")
    return f"{quarter.code[2:4]}{quarter.code[-2:]}" if day == quarter.last else f"{day:%y-%m-%d}"
