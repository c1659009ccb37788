"""What is the same record on a second intake (design: intake)."""

from collections.abc import Callable

import pytest

from db.store import SqlStore
from ipdesk.fields import Value
from ipdesk.matching import Matcher, Outcome
from ipdesk.records import Query, Record, RecordKey, Version

BASE: dict[str, Value] = {
    "enterprise_name": "东台锦盛新材料有限公司",
    "uscc": "91320981MABJ1XG60Q",
    "stage": "ST15",
}


@pytest.fixture
def matcher(make_store: Callable[..., SqlStore]) -> Matcher:
    store = make_store()
    return Matcher(store, store.catalogue.ledger("guanbiao"))


def write(matcher: Matcher, **values: Value) -> Outcome:
    store = matcher._store  # noqa: SLF001  # the test writes where the matcher reads
    with store.act("导入", "表") as act:
        return matcher.write(act, {**BASE, **values})[0]


def counts(matcher: Matcher) -> list[int]:
    store = matcher._store  # noqa: SLF001
    return [store.count(kind) for kind in store.catalogue.ledger("guanbiao").kinds]


def test_the_same_row_again_changes_nothing(matcher: Matcher) -> None:
    assert write(matcher, subsidy_year=2023, subsidy_amount_wan=5.0) == "added"
    assert write(matcher, subsidy_year=2023, subsidy_amount_wan=5.0) == "unchanged"
    assert counts(matcher) == [1, 1, 1]


def test_an_empty_cell_never_clears(matcher: Matcher) -> None:
    write(matcher, contact_name="陈丽静")
    assert write(matcher, contact_name=None) == "unchanged"
    assert write(matcher, remark="新") == "updated"
    store = matcher._store  # noqa: SLF001
    (row,) = store.rows(matcher.ledger, store.keys(matcher.ledger, Query()))
    assert row.values["contact_name"] == "陈丽静"


@pytest.mark.parametrize(
    ("first", "second", "cases"),
    [
        ("SD1", "SD2", 1),
        (None, "SD5", 1),
        ("SD2", None, 1),
        ("SD3", "SD3", 1),
        ("SD1", "SD3", 2),
        ("SD6", None, 2),
    ],
)
def test_a_case_is_its_enterprise_and_its_family_of_standards(
    matcher: Matcher, first: str | None, second: str | None, cases: int
) -> None:
    write(matcher, standard_code=first)
    write(matcher, standard_code=second)
    assert counts(matcher)[:2] == [1, cases]


Part = dict[str, Value]


@pytest.mark.parametrize(
    ("before", "after", "subsidies"),
    [
        ([{"subsidy_year": 2023}], {"subsidy_amount_wan": 5.0}, 1),
        ([{"subsidy_amount_wan": 5.0}], {"subsidy_year": 2023, "subsidy_level": "市级"}, 1),
        ([{"subsidy_year": 2023}], {"subsidy_year": 2024}, 2),
        ([{"subsidy_year": 2023}, {"subsidy_year": 2024}], {"subsidy_amount_wan": 5.0}, 3),
        (
            [{"subsidy_year": 2023, "subsidy_level": "市级"}],
            {"subsidy_year": 2023, "subsidy_level": "县级"},
            2,
        ),
        ([{"subsidy_year": 2023, "subsidy_level": "市级"}], {"subsidy_year": 2023}, 1),
    ],
)
def test_an_empty_part_matches_the_only_subsidy_there_is(
    matcher: Matcher, before: list[Part], after: Part, subsidies: int
) -> None:
    for part in before:
        write(matcher, **part)
    write(matcher, **after)
    assert counts(matcher)[2] == subsidies
    assert write(matcher, **after) == "unchanged"


def test_a_row_without_a_subsidy_makes_none(matcher: Matcher) -> None:
    write(matcher)
    assert counts(matcher) == [1, 1, 0]
    assert write(matcher, subsidy_amount_wan=1.0) == "updated"


def test_a_certificate_number_belongs_to_one_enterprise(matcher: Matcher) -> None:
    write(matcher, cert_no="165IP235744R0M")
    same = {**BASE, "cert_no": "165IP235744R0M"}
    other = {**same, "uscc": "91320981MAN2J1K637"}
    assert matcher.taken(same) == []
    (problem,) = matcher.taken(other)
    assert (problem.code, problem.field) == ("V12", "cert_no")
    assert "已被“东台锦盛新材料有限公司”使用" in problem.message
    assert matcher.taken({"uscc": "1", "cert_no": None}) == []
    write(matcher, **other)
    assert matcher.taken(same)[0].code == "V12"


def test_another_units_record_is_never_matched(matcher: Matcher) -> None:
    store = matcher._store  # noqa: SLF001
    theirs = Record("enterprise", RecordKey("320925", "1"), dict(BASE) | {"stage": None}, Version(1, 1, "a"))
    with store.act("合并", "包") as act:
        act.merge(store.catalogue.kind("enterprise"), [theirs])
    assert matcher.match(BASE).records["enterprise"] is None
    assert matcher.match({"stage": "ST15"}).records == {"enterprise": None, "case": None, "subsidy": None}


def test_a_class_without_name_and_day_is_the_same_on_a_second_intake(
    make_store: Callable[..., SqlStore],
) -> None:
    store = make_store()
    ledger = store.catalogue.ledger("training")
    row = {"name": "张三", "mobile": "13812345678", "organizer": "东台市知识产权局"}
    for outcome in ("added", "unchanged"):
        matcher = Matcher(store, ledger)
        assert matcher.outcome(matcher.match(row)) == outcome
        with store.act("导入", "表") as act:
            matcher.write(act, row)
    assert store.count(store.catalogue.kind("training")) == 1
