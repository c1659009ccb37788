"""Rules about days, held against calculations made another way: by counting days, by trying every day."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ipdesk.checks import check_row
from ipdesk.dates import first_day, last_day
from ipdesk.fields import Value
from ipdesk.kinds import catalogue
from ipdesk.lifecycle import certificate_state, in_force, surveillances
from ipdesk.rules.dates import ORDERED

LEDGER = catalogue().ledger("guanbiao")
DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))
LONG_AGO = date(2015, 1, 1)


def broken(values: dict[str, Value], rule: str, today: date = LONG_AGO) -> list[str]:
    found = check_row(LEDGER, values, when="form", today=today)
    return [p.field for p in found if p.code == rule]


def end_by_counting(issued: date) -> date:
    """Return the last day of three years: 1095 days, one more for each 29 February among them."""
    leaps = sum((issued + timedelta(n)).strftime("%m-%d") == "02-29" for n in range(1096))
    return issued + timedelta(1095 + leaps - 1)


@given(DAYS, st.integers(-6, 6))
@example(date(2024, 2, 29), 2)
@example(date(2024, 2, 29), 3)
@example(date(2021, 3, 1), -2)
@example(date(2021, 3, 1), -3)
@example(date(2023, 12, 31), 0)
@example(date(2025, 1, 31), -3)
def test_a_certificate_is_valid_for_three_years_two_days_either_way(issued: date, off: int) -> None:
    until = end_by_counting(issued) + timedelta(off)
    values: dict[str, Value] = {"cert_issue_date": str(issued), "cert_valid_to": str(until)}
    assert bool(broken(values, "V11")) is (abs(off) > 2)
    assert broken({**values, "transition_date": "2025-01-01"}, "V11") == []


def partial(day: date, length: int) -> str:
    return day.isoformat()[:length]


PARTIAL = st.builds(partial, st.dates(date(2023, 1, 1), date(2025, 12, 31)), st.sampled_from([4, 7, 10]))


def possible(told: list[str]) -> bool:
    """Tell whether days can be found in their order, each as early as what is told and those before allow."""
    at = date.min
    for words in told:
        at = max(at, first_day(words))
        if at > last_day(words):
            return False
    return True


@given(st.lists(st.one_of(st.none(), PARTIAL), min_size=len(ORDERED), max_size=len(ORDERED)))
def test_days_are_out_of_order_when_none_can_be_found_in_order(told: list[str | None]) -> None:
    values = dict(zip(ORDERED, told, strict=True))
    runs = {"run_start_date", "cert_issue_date"}
    found = [
        name
        for name in broken(dict(values), "V16")
        if not (name == "cert_issue_date" and runs <= {n for n, w in values.items() if w})
    ]
    known = [
        words
        for name, words in values.items()
        if words and not (name == "cert_issue_date" and values["run_start_date"])
    ]
    assert bool(found) is not possible(known)


@given(DAYS)
def test_equal_days_are_in_order(day: date) -> None:
    """Whatever their precision; a certificate on the day the system began to run comes too soon all the same."""
    names = [name for name in ORDERED if name != "cert_issue_date"]
    for length in (4, 7, 10):
        told = {name: partial(day, length if n % 2 else 10) for n, name in enumerate(names)}
        assert broken({**told}, "V16") == []
    same = {"run_start_date": str(day), "cert_issue_date": str(day)}
    assert broken({**same}, "V16") == ["cert_issue_date"]


@pytest.mark.parametrize(
    ("began", "issued", "soon"),
    [
        ("2023-11-30", "2024-02-28", True),
        ("2023-11-30", "2024-02-29", False),
        ("2024-11-30", "2025-02-28", False),
        ("2024-01-31", "2024-04-29", True),
        ("2024-01-31", "2024-04-30", False),
        ("2024-01", "2024-03", True),
        ("2024-01", "2024-04", False),
    ],
)
def test_a_system_runs_three_months_before_its_certificate(began: str, issued: str, soon: bool) -> None:
    values: dict[str, Value] = {"run_start_date": began, "cert_issue_date": issued}
    assert bool(broken(values, "V16")) is soon


@given(DAYS, st.integers(-3, 3))
@example(date(2024, 2, 29), -1)
@example(date(2024, 2, 29), 0)
def test_an_evaluation_may_be_asked_for_a_year_after_filing(filed: date, off: int) -> None:
    leaps = sum((filed + timedelta(n)).strftime("%m-%d") == "02-29" for n in range(366))
    asked = filed + timedelta(365 + leaps + off)
    values: dict[str, Value] = {"filing_date": str(filed), "eval_apply_date": str(asked)}
    assert bool(broken(values, "V15")) is (off < 0)


def anniversary(day: date) -> date:
    """Return the last day within twelve months: the same of next year, the 28th for a 29 February."""
    return date(day.year + 1, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)


@given(DAYS, st.integers(0, 380), st.integers(0, 380))
@example(date(2024, 2, 29), 365, 365)
@example(date(2023, 2, 28), 366, 366)
def test_surveillances_are_a_year_apart_at_the_most(issued: date, first: int, second: int) -> None:
    one = issued + timedelta(first)
    two = one + timedelta(second)
    values: dict[str, Value] = {
        "cert_issue_date": str(issued),
        "surveil_1_date": str(one),
        "surveil_2_date": str(two),
        "cert_status": "CS1",
    }
    late = [day > anniversary(before) for before, day in pairwise((issued, one, two))]
    names = ["surveil_1_date", "surveil_2_date"]
    assert broken(values, "V14") == [name for name, is_late in zip(names, late, strict=True) if is_late]


@given(DAYS, st.integers(-2, 2), st.integers(0, 2))
def test_a_surveillance_not_done_is_missed_the_day_after_and_while_in_force(
    issued: date, off: int, done: int
) -> None:
    one = anniversary(issued)
    two = anniversary(one)
    dates: dict[str, Value] = {"surveil_1_date": str(one), "surveil_2_date": str(two)}
    values = {"cert_issue_date": str(issued), "standard_code": "SD2", **dict(list(dates.items())[:done])}
    for due, name, number in ((one, "surveil_1_date", 1), (two, "surveil_2_date", 2)):
        today = due + timedelta(off)
        expected = done < number and off > 0 and (done == number - 1)
        if done >= number - 1:
            assert broken(values, "V14", today) == ([name] if expected else [])
            assert broken({**values, "cert_status": "CS3"}, "V14", today) == []


def test_a_renewal_begins_anew() -> None:
    old: dict[str, Value] = {
        "cert_issue_date": "2022-03-10",
        "surveil_1_date": "2023-03-01",
        "surveil_2_date": "2024-02",
        "recert_date": "2025-03-01",
    }
    assert [(one.due, one.met) for one in surveillances(old)] == [
        (date(2026, 3, 1), False),
        (date(2027, 3, 1), False),
    ]
    assert in_force(old, date(2028, 2, 29))
    assert not in_force(old, date(2028, 3, 1))
    assert broken(old, "V14", date(2026, 3, 1)) == []
    assert broken(old, "V14", date(2026, 3, 2)) == ["surveil_1_date"]


@pytest.mark.parametrize(
    ("today", "status", "standard", "found"),
    [
        ("2025-12-30", "CS1", "SD1", False),
        ("2025-12-31", "CS1", "SD1", False),
        ("2026-01-01", "CS1", "SD1", True),
        ("2026-01-01", "CS2", "SD1", False),
        ("2026-01-01", "CS1", "SD2", False),
    ],
)
def test_the_transition_ended_with_2025(today: str, status: str, standard: str, found: bool) -> None:
    values: dict[str, Value] = {
        "standard_code": standard,
        "cert_status": status,
        "cert_no": "84025IP21017R0M",
        "cert_valid_to": "2027-01-01",
    }
    day = date.fromisoformat(today)
    assert bool(broken(values, "V13", day)) is found
    assert (certificate_state(values, day) == "CS6") is found
