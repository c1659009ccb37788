"""Name the periods for which offices report: 2026-10 a month, 2026-Q4 a quarter, 2026 a year."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from ipdesk.problems import Refusal

Every = Literal["month", "quarter", "year"]
MONTHS: dict[Every, int] = {"month": 1, "quarter": 3, "year": 12}
LABELS: dict[Every, str] = {"month": "每月", "quarter": "每季", "year": "每年"}
_FORM = re.compile(r"(2\d{3})(?:-(0?[1-9]|1[0-2])|-?[Qq]([1-4]))?")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One period: its first day and how long it lasts."""

    first: date
    every: Every

    @classmethod
    def read(cls, told: str) -> "Period":
        """Return the period that is written; refused in a sentence when it is none."""
        found = _FORM.fullmatch(told.strip())
        if found is None:
            raise Refusal(f"“{told[:20]}”不是报送期，请写成 2026-10（月）、2026-Q4（季）或 2026（年）")
        year, month, quarter = found.groups()
        if quarter:
            return cls(date(int(year), int(quarter) * 3 - 2, 1), "quarter")
        return cls(date(int(year), int(month or 1), 1), "month" if month else "year")

    @classmethod
    def of(cls, day: date, every: Every) -> "Period":
        """Return the period in which a day lies."""
        span = MONTHS[every]
        return cls(date(day.year, (day.month - 1) // span * span + 1, 1), every)

    @property
    def next(self) -> "Period":
        """Return the period after this one."""
        months = self.first.year * 12 + self.first.month - 1 + MONTHS[self.every]
        return Period(date(months // 12, months % 12 + 1, 1), self.every)

    @property
    def last(self) -> date:
        """Return its last day."""
        return self.next.first - timedelta(days=1)

    @property
    def code(self) -> str:
        """Return the period as files and commands name it."""
        if self.every == "month":
            return f"{self.first:%Y-%m}"
        return f"{self.first.year}" if self.every == "year" else f"{self.first.year}-Q{self._quarter}"

    @property
    def label(self) -> str:
        """Return the period as people read it."""
        if self.every == "month":
            return f"{self.first.year}年{self.first.month}月"
        return f"{self.first.year}年" + (
            "" if self.every == "year" else f"第{'一二三四'[self._quarter - 1]}季度"
        )

    @property
    def _quarter(self) -> int:
        return (self.first.month + 2) // 3

    def due(self, days: int) -> date:
        """Return the day by which it is to be reported: so many days after its end."""
        return self.last + timedelta(days=days)

    def until(self, day: date) -> Iterator["Period"]:
        """Yield this period and those after it that begin no later than a day."""
        period = self
        while period.first <= day:
            yield period
            period = period.next


def reported_on(day: date, every: Every, days: int) -> Period:
    """Return the period that is reported on a day: the one before while it is not due yet, else the present one."""
    present = Period.of(day, every)
    before = Period.of(present.first - timedelta(days=1), every)
    return before if day <= before.due(days) else present
