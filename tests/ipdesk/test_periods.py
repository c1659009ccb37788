"""Periods are named, follow one another without a gap, and are due so many days after their end."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipdesk.periods import MONTHS, Every, Period, reported_on
from ipdesk.problems import Refusal

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
EVERY = st.sampled_from(list(MONTHS))


@given(DAYS, EVERY)
def test_every_day_lies_in_one_period_that_reads_back(day: date, every: Every) -> None:
    period = Period.of(day, every)
    assert period.first <= day <= period.last
    assert Period.read(period.code) == period
    assert Period.of(period.last + timedelta(days=1), every) == period.next


@given(DAYS, EVERY, st.integers(0, 20))
def test_what_is_reported_is_the_period_before_until_it_is_due(day: date, every: Every, days: int) -> None:
    told = reported_on(day, every, days)
    present = Period.of(day, every)
    assert told == present if day > told.due(days) or told == present else told.next == present


@pytest.mark.parametrize(
    ("told", "label", "due"),
    [
        ("2026-10", "2026年10月", date(2026, 11, 10)),
        ("2026-9", "2026年9月", date(2026, 10, 10)),
        ("2026-Q4", "2026年第四季度", date(2027, 1, 10)),
        ("2026q1", "2026年第一季度", date(2026, 4, 10)),
        (" 2024 ", "2024年", date(2025, 1, 10)),
    ],
)
def test_periods_are_read_as_people_write_them(told: str, label: str, due: date) -> None:
    period = Period.read(told)
    assert (period.label, period.due(10)) == (label, due)


@pytest.mark.parametrize("told", ["", "2026-13", "2026-Q5", "26-10", "十月", "2026-0", "2026-009"])
def test_anything_else_is_refused(told: str) -> None:
    with pytest.raises(Refusal, match="不是报送期"):
        Period.read(told)


def test_periods_up_to_a_day() -> None:
    codes = [p.code for p in Period.read("2025-Q3").until(date(2026, 1, 1))]
    assert codes == ["2025-Q3", "2025-Q4", "2026-Q1"]
