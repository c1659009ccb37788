"""The rules of validation_rules.csv that a row alone can break."""

from datetime import date

import pytest

from ipdesk.checks import check_row, grades, missing
from ipdesk.fields import Value
from ipdesk.kinds import catalogue
from ipdesk.problems import Grade

LEDGER = catalogue().ledger("guanbiao")
GOOD: dict[str, Value] = {
    "unit_code": "320981",
    "enterprise_name": "东台锦盛新材料有限公司",
    "uscc": "91320981MABJ1XG60Q",
    "stage": "ST15",
    "standard_code": "SD2",
    "cert_no": "84025IP21017R0M",
    "cert_issue_date": "2025-12-04",
    "cert_valid_to": "2028-12-03",
    "cert_status": "CS1",
    "contact_phone": "0515-88888888",
    "filing_date": "2023-05",
    "start_date": "2023-05-18",
}


def codes(
    values: dict[str, Value] | None = None, *, today: date = date(2026, 1, 1), unit: str | None = "320981"
) -> list[str]:
    found = check_row(LEDGER, {**GOOD, **(values or {})}, when="intake", unit_code=unit, today=today)
    return [problem.code for problem in found]


def test_a_good_row_has_no_findings() -> None:
    assert codes() == []
    assert codes({"contact_phone": "13900000000"}) == []


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"enterprise_name": None}, "required"),
        ({"uscc": None}, "required"),
        ({"unit_code": "320925", "uscc": None}, "unit"),
        ({"uscc": "91320925MATKLJEG44"}, "V03"),
        ({"uscc": "52320981MJ0000000X"}, "V04"),
        ({"contact_phone": "8888"}, "V07"),
        ({"cert_no": "苏2023"}, "V10"),
        ({"cert_valid_to": "2027-12-03"}, "V11"),
        ({"standard_code": "SD1"}, "V13"),
        ({"filing_date": "2025-06-01", "eval_apply_date": "2025-12-01"}, "V15"),
        ({"start_date": "2026-01-05"}, "V16"),
        ({"internal_audit_date": "2023-04"}, "V16"),
    ],
)
def test_a_broken_rule_is_found(values: dict[str, Value], code: str) -> None:
    assert code in codes(values)


@pytest.mark.parametrize(
    "values",
    [
        {"cert_valid_to": "2028-12-05"},
        {"cert_valid_to": "2028-12"},
        {"cert_issue_date": "2024-02-29", "cert_valid_to": "2027-02-28"},
        {"unit_code": "320904", "uscc": "91320982MAXG1FY042"},
        {"filing_date": "2024-02-29", "start_date": None, "eval_apply_date": "2025-03-01"},
        {"filing_date": "2023-05", "eval_apply_date": "2023-06-01"},
        {"start_date": "2023-05"},
        {"unit_code": "320900"},
    ],
)
def test_what_is_right_or_unknown_is_no_finding(values: dict[str, Value]) -> None:
    assert codes(values, unit=None) == []


def test_the_old_edition_was_right_until_its_last_day() -> None:
    assert codes({"standard_code": "SD1"}, today=date(2025, 12, 31)) == []


def test_the_hardest_finding_comes_first() -> None:
    found = check_row(LEDGER, {"cert_no": "?", "contact_phone": "1"}, when="form")
    assert [p.grade for p in found] == [Grade.ERROR, Grade.ERROR, Grade.WARNING, Grade.HINT]


def test_an_unknown_place_in_a_code_is_told_by_its_number() -> None:
    (problem,) = check_row(LEDGER, {**GOOD, "uscc": "91350100M000100Y43"}, when="form")
    assert problem.code == "V03"
    assert "350100" in problem.message


def test_required_fields_left_empty_are_still_asked_for() -> None:
    assert [f.name for f in missing(LEDGER, {"uscc": "1", "enterprise_name": "甲"})] == [
        "unit_code",
        "stage",
        "standard_code",
    ]


def test_every_rule_has_a_grade_for_each_place() -> None:
    assert grades()["V01", "form"] is Grade.REASON
    assert grades()["V12", "merge"] is Grade.CONFLICT
    assert len(grades()) == 24 * 3
