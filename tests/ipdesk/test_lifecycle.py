"""Where a case stands and what comes next (domain.md A3, stages.csv)."""

from datetime import date

import pytest

from ipdesk import lifecycle
from ipdesk.fields import Value
from ipdesk.kinds import catalogue

CERTIFIED: dict[str, Value] = {
    "stage": "ST15",
    "standard_code": "SD2",
    "cert_no": "84025IP21017R0M",
    "cert_issue_date": "2025-12-04",
    "cert_valid_to": "2028-12-03",
    "cert_status": "CS1",
}
TODAY = date(2026, 6, 1)
FIELDS = catalogue().ledger("guanbiao").by_name


def test_every_stage_says_what_it_means_and_wants_only_what_can_be_told() -> None:
    assert len(lifecycle.stages()) == 23
    for stage in lifecycle.stages().values():
        assert stage.meaning
        assert "\n" not in stage.meaning
        assert set(stage.fields) <= FIELDS.keys()
        assert all(code in lifecycle.stages() for code in stage.following)
    assert sum(len(stage.documents) for stage in lifecycle.stages().values()) == 21


def test_a_certificate_wants_its_number_days_and_body() -> None:
    stage = lifecycle.stages()["ST15"]
    assert stage.fields == ("cert_no", "cert_issue_date", "cert_valid_to", "cert_body", "standard_code")
    assert [d.code for d in stage.documents] == ["D15", "D16", "D21"]
    assert lifecycle.lacking(CERTIFIED) == ("cert_body",)
    assert lifecycle.lacking({}) == ()


@pytest.mark.parametrize(
    ("values", "codes"),
    [
        ({"stage": "ST10"}, ["ST11", "ST21"]),
        ({"stage": "ST10", "track": "认证"}, ["ST11"]),
        ({"stage": "ST10", "track": "绩效评价"}, ["ST21"]),
        ({"stage": "ST15"}, ["ST31"]),
        ({"stage": "ST32"}, ["ST33"]),
        ({"stage": "ST23"}, []),
        ({}, []),
    ],
)
def test_what_comes_next_is_on_the_cases_own_track(values: dict[str, Value], codes: list[str]) -> None:
    assert [stage.code for stage in lifecycle.following(values)] == codes


@pytest.mark.parametrize(
    ("values", "track"),
    [
        ({"track": "第三方认证", "stage": "ST23"}, "认证"),
        ({"stage": "ST22"}, "绩效评价"),
        ({"stage": "ST10", "cert_no": "1"}, "认证"),
        ({"eval_date": "2023-06"}, "绩效评价"),
        ({"eval_date": "2023-06", "cert_no": "1"}, None),
        ({"stage": "ST03"}, None),
    ],
)
def test_a_track_is_told_or_shown_by_what_there_is(values: dict[str, Value], track: str | None) -> None:
    assert lifecycle.track_of(values) == track
    assert lifecycle.shown_track(values, TODAY) == (None if "track" in values else track)


@pytest.mark.parametrize(
    ("stage", "state"),
    [
        ("ST01", "否"),
        ("ST02", "否"),
        ("ST03", "开始实施"),
        ("ST14", "开始实施"),
        ("ST22", "开始实施"),
        ("ST15", "通过认证"),
        ("ST33", "通过认证"),
        ("ST23", "通过验收"),
        ("ST90", "否"),
        (None, None),
    ],
)
def test_the_four_words_of_other_systems(stage: str | None, state: str | None) -> None:
    assert lifecycle.simplified({"stage": stage}) == state
    assert lifecycle.shown_state({"stage": stage}, TODAY) == state


@pytest.mark.parametrize(
    ("values", "what", "by"),
    [
        ({}, "第1次监督", "2026-12-04"),
        ({"surveil_1_date": "2026-03-01"}, "第2次监督", "2027-03-01"),
        ({"surveil_1_date": "2026-03-01", "surveil_2_date": "2026-05-01"}, "再认证", "2028-12-03"),
        ({"surveil_1_date": "2026-03", "surveil_2_date": "2026"}, "再认证", "2028-12-03"),
        ({"cert_valid_to": None}, "第1次监督", "2026-12-04"),
        ({"recert_date": "2026-02-28", "surveil_1_date": "2026-01-31"}, "第1次监督", "2027-02-28"),
        ({"cert_issue_date": None}, "再认证", "2028-12-03"),
        ({"cert_valid_to": "2026-07-01"}, "再认证", "2026-07-01"),
        ({"cert_issue_date": "2024-02-29", "cert_valid_to": "2027-02-28"}, "第1次监督", "2025-02-28"),
    ],
)
def test_what_a_certificate_wants_next(values: dict[str, Value], what: str, by: str) -> None:
    due = lifecycle.next_due({**CERTIFIED, **values}, TODAY)
    assert due
    assert (due.what, due.by.isoformat()) == (what, by)
    assert due.left(TODAY) == (date.fromisoformat(by) - TODAY).days
    assert lifecycle.due_day({**CERTIFIED, **values}, TODAY) == by
    assert lifecycle.due_what({**CERTIFIED, **values}, TODAY) == what


@pytest.mark.parametrize(
    "values",
    [
        {"cert_status": "CS3"},
        {"cert_valid_to": "2026-05-31"},
        {"cert_no": None, "cert_issue_date": None},
        {"cert_issue_date": "2026-06-02"},
        {"cert_issue_date": "2022-01-01", "cert_valid_to": None},
        {"standard_code": "SD1"},
    ],
)
def test_a_certificate_that_is_not_in_force_wants_nothing(values: dict[str, Value]) -> None:
    row = {**CERTIFIED, **values}
    assert not lifecycle.in_force(row, TODAY)
    assert lifecycle.next_due(row, TODAY) is None
    assert (lifecycle.due_day(row, TODAY), lifecycle.due_what(row, TODAY)) == (None, None)


def test_a_certificate_whose_days_are_unknown_wants_nothing_that_can_be_told() -> None:
    row = {**CERTIFIED, "cert_issue_date": None, "cert_valid_to": None}
    assert lifecycle.in_force(row, TODAY)
    assert lifecycle.next_due(row, TODAY) is None


@pytest.mark.parametrize(
    ("values", "today", "flag"),
    [
        ({}, date(2025, 6, 1), "须在2025年底前换成2023版"),
        ({}, TODAY, "2013版未换版，须核查"),
        ({"transition_date": "2025-03-01"}, TODAY, None),
        ({"standard_code": "SD2"}, TODAY, None),
        ({"cert_status": "CS2"}, TODAY, None),
        ({"cert_valid_to": "2026-01-01"}, TODAY, None),
        ({"cert_no": None, "cert_issue_date": None}, TODAY, None),
    ],
)
def test_the_old_edition_is_flagged(values: dict[str, Value], today: date, flag: str | None) -> None:
    row = {
        **CERTIFIED,
        "standard_code": "SD1",
        "cert_issue_date": "2024-12-04",
        "cert_valid_to": "2027-12-03",
    }
    assert lifecycle.edition_flag({**row, **values}, today) == flag


@pytest.mark.parametrize(
    ("values", "again"),
    [
        ({}, False),
        ({"cert_no": "84025IP21017R1M"}, True),
        ({"cert_no": "84025IP21017R12S/2"}, True),
        ({"recert_date": "2025-12-04"}, True),
        ({"transition_date": "2026-01-04"}, False),
        ({"cert_no": None, "cert_issue_date": None, "recert_date": "2025-12-04"}, False),
    ],
)
def test_a_renewal_is_told_from_a_first_certificate(values: dict[str, Value], again: bool) -> None:
    assert lifecycle.renewed({**CERTIFIED, **values}) is again


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [("2024-01-31", 1, "2024-02-29"), ("2024-03-31", -1, "2024-02-29"), ("2023-12-15", 12, "2024-12-15")],
)
def test_months_end_where_shorter_ones_do(start: str, months: int, end: str) -> None:
    assert lifecycle.months_later(date.fromisoformat(start), months).isoformat() == end
