"""What a record says as of a past day, by the days of its events."""

from datetime import date

import pytest

from ipdesk.fields import Date
from ipdesk.kinds import catalogue
from ipdesk.kinds.declare import Values
from ipdesk.kinds.events import EVENTS, Event, as_of

CASE: Values = {
    "stage": "ST31",
    "filing_date": "2022-03",
    "filing_no": "B1",
    "start_date": "2022-05-01",
    "mgmt_review_date": "2023-01-10",
    "cert_issue_date": "2023-05-06",
    "cert_no": "165IP235744R0M",
    "cert_valid_to": "2026-05-05",
    "cert_status": "CS1",
    "surveil_1_date": "2024-04-30",
    "surveil_1_result": "通过",
    "contact_name": "陈丽静",
}


def case(day: str, **more: str) -> Values | None:
    return as_of("case", {**CASE, **more}, date.fromisoformat(day))


def told(day: str, *names: str, **more: str) -> list[object]:
    values = case(day, **more)
    assert values is not None
    return [values.get(name) for name in names]


def test_every_event_speaks_of_fields_there_are() -> None:
    kinds = catalogue().kinds
    for name, events in EVENTS.items():
        for event in events:
            names = {*event.brings, *event.before, *([event.dated] if event.dated else [])}
            assert names <= set(kinds[name].by_name)
            assert not event.stage or "stage" in kinds[name].by_name


@pytest.mark.parametrize(
    ("day", "stage", "number", "surveillance"),
    [
        ("2024-05-01", "ST31", "165IP235744R0M", "通过"),
        ("2024-04-30", "ST31", "165IP235744R0M", "通过"),
        ("2024-04-29", "ST15", "165IP235744R0M", None),
        ("2023-05-05", "ST10", None, None),
        ("2022-12-31", "ST03", None, None),
        ("2022-03-01", "ST02", None, None),
    ],
)
def test_the_stage_falls_back_to_the_furthest_event_dated_by_then(
    day: str, stage: str, number: str | None, surveillance: str | None
) -> None:
    assert told(day, "stage", "cert_no", "surveil_1_result", "contact_name") == [
        stage,
        number,
        surveillance,
        "陈丽静",
    ]


def test_before_its_first_event_there_is_no_case_and_without_any_there_always_is() -> None:
    assert case("2022-02-28") is None
    assert as_of("case", {"stage": "ST08"}, date(2000, 1, 1)) == {"stage": "ST08"}
    undated = as_of("case", {"stage": "ST08", "cert_valid_to": "2026-05-05"}, date(2000, 1, 1))
    assert undated == {"stage": "ST08", "cert_valid_to": "2026-05-05"}


def test_a_stage_without_a_date_stays_unless_an_earlier_one_was_still_ahead() -> None:
    told_now: Values = {"stage": "ST12", "filing_date": "2022-01-01", "mgmt_review_date": "2023-01-01"}
    assert as_of("case", told_now, date(2023, 6, 1)) == told_now
    assert as_of("case", told_now, date(2022, 6, 1)) == {"stage": "ST02", "filing_date": "2022-01-01"}
    later: Values = {"stage": "ST08", "filing_date": "2022-01-01", "mgmt_review_date": "2023-01-01"}
    assert as_of("case", later, date(2022, 6, 1)) == {"stage": "ST08", "filing_date": "2022-01-01"}


def test_a_stage_that_no_date_tells_is_unknown() -> None:
    values: Values = {"stage": "ST15", "first_pass_date": "2022-01-01", "cert_issue_date": "2023-01-01"}
    assert as_of("case", values, date(2022, 6, 1)) == {"first_pass_date": "2022-01-01"}


def test_what_was_withdrawn_or_ran_out_later_was_valid_then() -> None:
    assert told("2024-06-01", "cert_status", cert_status="CS3", status_date="2024-07-01") == ["CS1"]
    assert told("2024-07-01", "cert_status", cert_status="CS3", status_date="2024-07-01") == ["CS3"]
    assert told("2026-05-05", "cert_status", "cert_valid_to", cert_status="CS5") == ["CS1", "2026-05-05"]
    assert told("2026-05-06", "cert_status", cert_status="CS5") == ["CS5"]
    assert told("2026-05-31", "cert_status", cert_status="CS5", cert_valid_to="2026-05") == ["CS1"]
    assert told("2025-12-31", "cert_status", cert_status="CS6") == ["CS1"]
    assert told("2026-01-01", "cert_status", cert_status="CS6") == ["CS6"]
    assert told("2023-01-31", "cert_status", cert_status="CS5") == [None]


def test_before_its_change_of_edition_a_certificate_was_to_the_old_one() -> None:
    changed = {"standard_code": "SD2", "transition_date": "2025-03-01"}
    assert told("2025-02-28", "standard_code", **changed) == ["SD1"]
    assert told("2025-03-01", "standard_code", **changed) == ["SD2"]


def test_a_year_counts_when_it_is_over_and_a_subsidy_from_its_year_on() -> None:
    year: Values = {"stat_year": 2023, "revenue_total_wan": 5.0}
    assert as_of("institution_year", year, date(2023, 12, 30)) is None
    assert as_of("institution_year", year, date(2023, 12, 31)) == year
    assert as_of("subsidy", {"subsidy_year": 2023}, date(2022, 12, 31)) is None
    assert as_of("subsidy", {"subsidy_year": 2023}, date(2023, 1, 1)) == {"subsidy_year": 2023}


def test_a_title_does_not_begin_a_person() -> None:
    person: Values = {"name": "顾㛃", "title_code": "中级", "title_date": "2024-01-01"}
    assert as_of("person", person, date(2023, 1, 1)) == {"name": "顾㛃"}


def test_every_date_of_a_day_is_an_event_or_known_to_be_none() -> None:
    """A new date field asks for a decision whether it tells that something happened."""
    none = {
        "birth_ym",
        "found_date",
        "consent_date",
        "end_date",
        "trademark_filing_valid_to",
        "cert_valid_to",
        "status_until",  # goes with the day on which the suspension began
        "reported_at",
        "reviewed_at",  # when a figure was looked over, not when it came about
        "deadline",
        "term_from",
        "term_to",
    }
    dated = {event.dated for events in EVENTS.values() for event in events}
    kinds = [k for k in catalogue().travelling if k.name in EVENTS]
    assert {f.name for k in kinds for f in k.fields if isinstance(f.type, Date)} <= dated | none


@pytest.mark.parametrize(
    ("told", "day", "ahead"),
    [
        ("2024-Q2", "2024-06-29", True),
        ("2024-Q2", "2024-06-30", False),
        ("2024-02", "2024-02-28", True),
        ("2024-02", "2024-02-29", False),
        ("2024", "2024-12-30", True),
        ("2024", "2024-12-31", False),
        ("早期", "2024-12-31", True),
    ],
)
def test_a_period_has_ended_on_its_own_last_day(told: str, day: str, ahead: bool) -> None:
    assert Event("period", when="ended").is_ahead({"period": told}, date.fromisoformat(day)) is ahead


def test_a_validity_told_by_month_is_over_after_its_own_last_day() -> None:
    event = Event("cert_valid_to", when="passed")
    assert event.is_ahead({"cert_valid_to": "2024-06"}, date(2024, 6, 30))
    assert not event.is_ahead({"cert_valid_to": "2024-06"}, date(2024, 7, 1))
