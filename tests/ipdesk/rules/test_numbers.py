"""Numbers checked by themselves, held against published examples and python-stdnum's."""

import doctest
from datetime import date
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from ipdesk.codes import read_codes
from ipdesk.fields import IdNo, Phone, Uscc
from ipdesk.problems import ValueProblem
from ipdesk.rules.numbers import (
    RULES,
    is_organisation,
    is_patent,
    is_trademark,
    organisation_digit,
    patent_digit,
)

EXAMPLES = {r["rule_code"]: (r["test_valid"], r["test_invalid"]) for r in read_codes("validation_rules.csv")}


@pytest.mark.parametrize("module", [uscc, ric])
def test_the_doctests_of_the_library_pass(module: ModuleType) -> None:
    flags = doctest.IGNORE_EXCEPTION_DETAIL  # the library runs them so itself
    assert doctest.testmod(module, optionflags=flags).failed == 0


@pytest.mark.parametrize("code", ["91110000600037341L", "91350100M000100Y43", EXAMPLES["V01"][0]])
def test_published_credit_codes_are_read(code: str) -> None:
    assert Uscc().parse(code) == code


@pytest.mark.parametrize(
    ("rule", "read"),
    [("V01", Uscc()), ("V05", IdNo()), ("V06", Phone(mobile=True))],
    ids=lambda x: str(x)[:4],
)
def test_the_examples_of_the_rules_that_types_keep(rule: str, read: Uscc | IdNo | Phone) -> None:
    right, wrong = EXAMPLES[rule]
    assert read.parse(right) == right
    with pytest.raises(ValueProblem) as refused:
        read.parse(wrong)
    assert refused.value.code == rule


def test_only_a_code_of_18_letters_and_figures_may_be_kept() -> None:
    for cell, kept in (
        ("91350100M000100Y4Z", "91350100M000100Y4Z"),
        ("91350100M000100Y4?", None),
        ("91350100M000100Y44", "91350100M000100Y44"),
        ("1", None),
    ):
        with pytest.raises(ValueProblem) as refused:
            Uscc().parse(cell)
        assert refused.value.kept == kept


@pytest.mark.parametrize("code", ["D2143569X", "D2143569-X", "714047091", "60003734-1"])
def test_published_organisation_codes_are_right(code: str) -> None:
    plain = code.replace("-", "")
    assert is_organisation(code) is (organisation_digit(plain) == plain[8])
    assert is_organisation("D2143569X")
    assert not is_organisation("D21435690")
    assert not is_organisation("1")


def test_the_code_inside_a_credit_code_is_checked() -> None:
    assert is_organisation(EXAMPLES["V02"][0][8:17])


@pytest.mark.parametrize(
    "number",
    [EXAMPLES["V17"][0], "201710601862.3", "ZL 2017 1 0601862.3", "2017106018623", "CN201710601862.3"],
)
def test_a_patent_number_is_right_however_it_is_written(number: str) -> None:
    assert is_patent(number)


@pytest.mark.parametrize("number", [EXAMPLES["V17"][1], "", "ZL", "ZL20171060186.3", "20171060186２.3x"])
def test_a_patent_number_that_is_none(number: str) -> None:
    assert not is_patent(number)


@given(st.from_regex(r"\d{8}|\d{12}", fullmatch=True, alphabet="0123456789"))
def test_one_wrong_digit_of_a_patent_number_shows(digits: str) -> None:
    assert is_patent(f"ZL{digits}.{patent_digit(digits)}")
    changed = digits[:-1] + str((int(digits[-1]) + 1) % 10)
    assert patent_digit(changed) != patent_digit(digits)


@pytest.mark.parametrize(
    ("number", "right"),
    [("12345678", True), ("1234567A", True), ("G1234567", True), ("第123456号", True), ("商标", False)],
)
def test_a_trademark_number_by_its_look(number: str, right: bool) -> None:
    assert is_trademark(number) is right


@pytest.mark.parametrize(
    ("rule", "field", "wrong", "right"),
    [
        ("V17", "patent_no", "ZL201710601862.4", "ZL201710601862.3"),
        ("V18", "trademark_no", "驰名", "12345678"),
    ],
)
def test_a_ledger_that_declares_such_a_field_is_checked(
    rule: str, field: str, wrong: str, right: str
) -> None:
    (found,) = [r for r in RULES if r.code == rule]
    assert found.needs == (field,)
    assert [name for name, _ in found.find({field: wrong}, date.today())] == [field]
    assert list(found.find({field: right}, date.today())) == []
    assert list(found.find({}, date.today())) == []
