"""The rules of validation_rules.csv that a row alone can break."""

from datetime import date

import pytest

from ipdesk.checks import When, check_row, grades, missing
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

RENEWED: dict[str, Value] = {
    "filing_date": None,
    "start_date": None,
    "cert_issue_date": "2023-01-10",
    "recert_date": "2025-12-20",
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
        ({"filing_date": "2023-05-20", "start_date": "2023-05", "run_start_date": "2023-05-10"}, "V16"),
        ({"run_start_date": "2025-11"}, "V16"),
        ({"filing_date": "2023-05", "eval_apply_date": "2024-04"}, "V15"),
        ({"cert_issue_date": "2025-12", "cert_valid_to": "2028-10"}, "V11"),
        (
            {"cert_issue_date": "2023-01-10", "recert_date": "2025-12-20", "cert_valid_to": "2026-01-09"},
            "V11",
        ),
        ({"cert_issue_date": "2023-12-04", "surveil_1_date": "2025-01"}, "V14"),
        (
            {"cert_issue_date": "2022-12-04", "surveil_1_date": "2023-11-01", "surveil_2_date": "2024-11-02"},
            "V14",
        ),
        (
            {"cert_issue_date": "2021-12-04", "surveil_1_date": "2022-11-01", "recert_date": "2024-11-20"},
            "V14",
        ),
        ({"run_start_date": "2025-09-05"}, "V16"),
        ({"uscc": "91320981MABJ1XG61P"}, "V02"),
        ({"cert_issue_date": "2024-12-04", "cert_valid_to": "2027-12-03"}, "V14"),
        ({"cert_issue_date": "2023-12-04", "surveil_1_date": "2024-12-05"}, "V14"),
        ({"advisor_name": "中知(北京)认证有限公司", "cert_body": "CB01"}, "advisor"),
        ({"advisor_name": "江苏某某认证有限责任公司", "cert_body": "江苏某某认证有限公司"}, "advisor"),
    ],
)
def test_a_broken_rule_is_found(values: dict[str, Value], code: str) -> None:
    assert code in codes(values)


@pytest.mark.parametrize(
    "values",
    [
        {"cert_valid_to": "2028-12-05"},
        {"cert_valid_to": "2028-12"},
        {"cert_issue_date": "2024-02-29", "cert_valid_to": "2027-02-28", "surveil_1_date": "2025-02-28"},
        {"run_start_date": "2025-09-04"},
        {"cert_valid_to": "2026-12-03", "transition_date": "2025-12-01"},
        {"unit_code": "320904", "uscc": "91320982MAXG1FY042"},
        {"filing_date": "2024-02-29", "start_date": None, "eval_apply_date": "2025-03-01"},
        {"filing_date": "2023-05", "eval_apply_date": "2024-05"},
        {"cert_issue_date": "2025-12", "cert_valid_to": "2028-12-30"},
        {**RENEWED, "cert_valid_to": "2029-01-09"},
        {**RENEWED, "cert_valid_to": "2028-12-19"},
        {**RENEWED, "cert_valid_to": None},
        {"surveil_1_date": "2026-12"},
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


ALL = catalogue().ledgers
INSTITUTION: dict[str, Value] = {
    "unit_code": "320981",
    "institution_name": "东台某某知识产权代理有限公司",
    "uscc": "91320981MABJ1XG60Q",
    "org_form": "IT1",
    "agency_code": "32200",
    "revenue_total_wan": 320.0,
    "revenue_ip_wan": 300.0,
    "staff_count": 10,
    "patent_agent_count": 10,
}
PERSON: dict[str, Value] = {
    "unit_code": "320981",
    "name": "姚喆芳",
    "employer_name": "东台大卓生物科技有限公司",
    "mobile": "13900000000",
    "id_no": "11010519491231002X",
    "cert_type": "CT1",
    "cert_no": "3212345",
}


@pytest.mark.parametrize(
    ("ledger", "values", "field", "code"),
    [
        ("institution", {"uscc": "31320000MD00000000", "org_form": "IT1"}, "uscc", "V04"),
        ("institution", {"uscc": "N2320000MD00000000", "org_form": None}, "uscc", "V04"),
        ("institution", {"agency_code": "3220"}, "agency_code", "V08"),
        ("institution", {"revenue_ip_wan": 320.5}, "revenue_ip_wan", "V19"),
        ("institution", {"revenue_ip_wan": -1.0}, "revenue_ip_wan", "V19"),
        ("institution", {"revenue_total_wan": 100000.5}, "revenue_total_wan", "V19"),
        ("institution", {"revenue_total_wan": None, "revenue_ip_wan": 3000.5}, "revenue_ip_wan", "V19"),
        ("institution", {"staff_count": 1, "patent_agent_count": 1}, "revenue_ip_wan", "V19"),
        ("institution", {"patent_agent_count": 11}, "patent_agent_count", "V20"),
        ("institution", {"bachelor_up_count": 11}, "bachelor_up_count", "V20"),
        ("person", {"cert_no": "苏321"}, "cert_no", "V09"),
        ("training", {"cert_no": "苏321"}, "cert_no", "V09"),
        ("person", {"agent_practice_no": "321"}, "agent_practice_no", "V09"),
    ],
)
def test_other_ledgers_have_their_own_rules(
    ledger: str, values: dict[str, Value], field: str, code: str
) -> None:
    row = (INSTITUTION if ledger == "institution" else PERSON) | values
    found = check_row(ALL[ledger], row, when="intake", unit_code="320981")
    assert (code, field) in [(p.code, p.field) for p in found]


@pytest.mark.parametrize(
    ("ledger", "row"),
    [
        ("institution", INSTITUTION),
        ("institution", INSTITUTION | {"revenue_ip_wan": None, "staff_count": None}),
        ("person", PERSON),
        (
            "person",
            PERSON | {"cert_type": "CT4", "cert_no": "内审员第3号", "agent_practice_no": "32200123451"},
        ),
    ],
)
def test_good_rows_of_other_ledgers_have_no_findings(ledger: str, row: dict[str, Value]) -> None:
    assert check_row(ALL[ledger], row, when="form", unit_code="320981") == []


def test_a_law_firm_is_registered_elsewhere_than_an_enterprise() -> None:
    firm = INSTITUTION | {"uscc": "31320000MD0131117W", "org_form": "IT3"}
    assert "V04" not in [p.code for p in check_row(ALL["institution"], firm, when="form")]


WRONG = "91320981MABJ1XG60X"


@pytest.mark.parametrize(
    ("when", "reason", "weight"),
    [
        ("form", None, Grade.REASON),
        ("merge", None, Grade.WARNING),
        ("form", "执照如此", None),
        ("merge", "执照如此", None),
    ],
)
def test_a_wrong_check_digit_stands_with_a_reason(
    when: When, reason: str | None, weight: Grade | None
) -> None:
    row = {**GOOD, "uscc": WRONG, "uscc_reason": reason}
    found = [p for p in check_row(LEDGER, row, when=when) if p.code == "V01"]
    assert [p.grade for p in found] == ([weight] if weight else [])
    assert all("信用代码说明" in p.message for p in found if when == "form")


def test_a_merged_number_of_a_person_is_checked_again() -> None:
    found = check_row(ALL["person"], PERSON | {"id_no": "110105194912310020"}, when="merge")
    assert [(p.code, p.field, p.grade) for p in found] == [("V05", "id_no", Grade.WARNING)]


def test_every_rule_has_a_grade_for_each_place() -> None:
    assert grades()["V01", "form"] is Grade.REASON
    assert grades()["V12", "merge"] is Grade.CONFLICT
    assert len(grades()) == 24 * 3
