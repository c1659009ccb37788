"""What is reported of an indicator, held against itself: ratios, sums, units of money (rule V24)."""

import pytest

from ipdesk.checks import check_row
from ipdesk.fields import Value
from ipdesk.kinds import catalogue
from ipdesk.problems import Grade

LEDGERS = catalogue().ledgers


def found(values: dict[str, Value], ledger: str = "indicator_value") -> list[tuple[str, str, Grade]]:
    told = check_row(LEDGERS[ledger], {"period": "2024-Q1", **values}, when="form")
    return [(p.code, p.field, p.grade) for p in told if p.code in ("V24", "measure")]


@pytest.mark.parametrize(
    ("values", "broken"),
    [
        ({"indicator_code": "I07", "numerator": 41, "denominator": 41}, []),
        ({"indicator_code": "I07", "numerator": 42, "denominator": 41}, ["numerator"]),
        ({"indicator_code": "I07", "value": 100.5}, ["value"]),
        ({"indicator_code": "I07", "value": -1, "fall_reason": "冲减"}, ["value"]),
        ({"indicator_code": "I03", "value": 120}, []),
        ({"indicator_code": "I03", "value": -1}, ["value"]),
        ({"indicator_code": "I03", "value": -1, "fall_reason": "核减"}, []),
        (
            {"indicator_code": "I03", "total": -1, "numerator": -2, "denominator": -3},
            ["total", "numerator", "denominator"],
        ),
        ({"indicator_code": "没有", "numerator": 2, "denominator": 1}, []),
        ({"numerator": 2, "denominator": 1}, []),
    ],
)
def test_figures_agree_with_each_other(values: dict[str, Value], broken: list[str]) -> None:
    assert [field for code, field, grade in found(values) if grade is Grade.REASON] == broken


@pytest.mark.parametrize(
    ("ledger", "code", "measure", "stops"),
    [
        ("indicator_value", "I06", "亿元", True),
        ("indicator_value", "I06", "元", True),
        ("indicator_value", "I06", "万元", False),
        ("indicator_value", "I06", None, False),
        ("indicator_value", "I03", "项", False),
        ("indicator_value", "没有", "亿元", False),
        ("target", "I06", "万元", True),
        ("target", "I06", "亿元", False),
    ],
)
def test_sums_are_told_in_the_unit_they_are_entered_in(
    ledger: str, code: str, measure: str | None, stops: bool
) -> None:
    row: dict[str, Value] = {"indicator_code": code, "measure": measure}
    row |= {"target_value": 5} if ledger == "target" else {"value": 12000}
    assert found(row, ledger) == ([("measure", "measure", Grade.ERROR)] if stops else [])
