"""Parts that a row may have several of: listed, read in place of the newest, added, changed, deleted, told apart."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.store import SqlStore
from ipdesk.actions import ledger as deeds
from ipdesk.actions import parts
from ipdesk.fields import Value
from ipdesk.kinds import catalogue
from ipdesk.kinds.declare import Ledger
from ipdesk.problems import Refusal
from ipdesk.records import RecordKey, Row

INSTITUTION: dict[str, Value] = {
    "institution_name": "东台某某知识产权代理有限公司",
    "uscc": "91320981MABJ1XG60Q",
    "stat_year": 2023,
    "revenue_ip_wan": 120.0,
    "staff_count": 8,
}
PERSON: dict[str, Value] = {
    "name": "姚喆芳",
    "mobile": "13900000000",
    "employer_name": "东台大卓生物科技有限公司",
    "cert_type": "CT1",
    "cert_no": "0001",
    "cert_date": "2020-05-06",
}
FIRM: dict[str, Value] = {
    "enterprise_name": "东台锦盛新材料有限公司",
    "uscc": "91320981MABJ1XG60Q",
    "subsidy_level": "县级",
    "subsidy_year": 2023,
    "subsidy_amount_wan": 5.0,
}


@pytest.fixture
def store(make_store: Callable[..., SqlStore]) -> SqlStore:
    return make_store()


@pytest.fixture
def institutions(store: SqlStore) -> Ledger:
    return store.catalogue.ledger("institution")


@pytest.fixture
def key(store: SqlStore, institutions: Ledger) -> RecordKey:
    return deeds.add(store, institutions, INSTITUTION, "表单")


def write(store: SqlStore, ledger: Ledger, key: RecordKey, values: dict[str, Value]) -> bool:
    row = parts.meant(store, ledger, deeds.one(store, ledger, key), values)
    return deeds.change_row(store, ledger, row, values, "表单")


def of(store: SqlStore, ledger: Ledger, key: RecordKey) -> list[dict[str, Value]]:
    found = parts.of(store, ledger, deeds.one(store, ledger, key), ledger.many[0])
    shown = [f.name for f in ledger.fields_of(ledger.many[0].kind)]
    return [{n: r.values[n] for n in shown if r.values.get(n) is not None} for r in found]


def begun(store: SqlStore, ledger: Ledger, key: RecordKey) -> Row:
    return parts.at(store, ledger, deeds.one(store, ledger, key), {ledger.many[0].kind.name: None})


# ---------------------------------------------------------------- declared
@pytest.mark.parametrize(
    ("name", "kind", "told", "columns"),
    [
        ("institution", "institution_year", ["stat_year"], ["stat_year", "staff_count"]),
        ("person", "person_certificate", ["cert_type", "cert_no"], ["cert_type", "cert_no", "cert_date"]),
        ("training", "person_certificate", ["cert_type", "cert_no"], ["cert_type", "cert_no"]),
        ("guanbiao", "subsidy", ["subsidy_level", "subsidy_year"], ["subsidy_level", "subsidy_year"]),
    ],
)
def test_what_a_row_may_have_several_of_is_declared(
    name: str, kind: str, told: list[str], columns: list[str]
) -> None:
    ledger = catalogue().ledger(name)
    assert [p.kind.name for p in ledger.many] == [kind]
    assert [f.name for f in ledger.many[0].kind.told_by] == told
    shown = [f.name for f in parts.columns(ledger, ledger.many[0])]
    assert shown[: len(columns)] == columns
    assert len(shown) == parts.SHOWN


# ---------------------------------------------------------------- written by what tells them apart
def test_another_year_is_added_and_each_is_written_by_its_year(
    store: SqlStore, institutions: Ledger, key: RecordKey
) -> None:
    assert write(store, institutions, key, {"stat_year": 2024, "revenue_ip_wan": 150.0})
    assert write(store, institutions, key, {"stat_year": 2023, "revenue_ip_wan": 121.0})
    assert not write(store, institutions, key, {"stat_year": 2023, "revenue_ip_wan": 121.0})
    assert of(store, institutions, key) == [
        {"stat_year": 2024, "revenue_ip_wan": 150.0},
        {"stat_year": 2023, "revenue_ip_wan": 121.0, "staff_count": 8},
    ]
    assert deeds.one(store, institutions, key).values["stat_year"] == 2024
    assert write(store, institutions, key, {"staff_count": 9})  # no year told: the newest
    assert [row.get("staff_count") for row in of(store, institutions, key)] == [9, 8]


def test_a_year_that_is_cleared_is_the_newest_ones(
    store: SqlStore, institutions: Ledger, key: RecordKey
) -> None:
    write(store, institutions, key, {"stat_year": 2024})
    assert write(store, institutions, key, {"stat_year": None, "staff_count": 7})
    assert {"staff_count": 7} in of(store, institutions, key)
    assert write(
        store, institutions, key, {"stat_year": 2025, "revenue_ip_wan": 1.0}
    )  # the one without a year
    assert {"stat_year": 2025, "staff_count": 7, "revenue_ip_wan": 1.0} in of(store, institutions, key)


def test_part_of_what_tells_apart_corrects_the_newest_all_of_it_adds(store: SqlStore) -> None:
    people = store.catalogue.ledger("person")
    key = deeds.add(store, people, PERSON, "表单")
    assert write(store, people, key, {"cert_no": "0002"})
    assert [row["cert_no"] for row in of(store, people, key)] == ["0002"]
    assert write(store, people, key, {"cert_type": "CT4", "cert_no": "9", "cert_date": "2024-01-01"})
    assert [row["cert_no"] for row in of(store, people, key)] == ["9", "0002"]
    assert write(store, people, key, {"cert_no": "0002", "cert_valid_to": "2030-01-01"})
    assert [row.get("cert_valid_to") for row in of(store, people, key)] == [None, "2030-01-01"]


def test_subsidies_of_a_case_and_certificates_of_one_who_attends(store: SqlStore) -> None:
    cases, classes = store.catalogue.ledger("guanbiao"), store.catalogue.ledger("training")
    case = deeds.add(store, cases, FIRM, "表单")
    assert write(
        store, cases, case, {"subsidy_level": "市级", "subsidy_year": 2024, "subsidy_amount_wan": 3.0}
    )
    assert [row["subsidy_amount_wan"] for row in of(store, cases, case)] == [3.0, 5.0]
    attended = deeds.add(store, classes, {**PERSON, "course_name": "高管培训班"}, "表单")
    assert write(store, classes, attended, {"cert_type": "CT4", "cert_no": "7"})
    assert sorted(str(row["cert_no"]) for row in of(store, classes, attended)) == ["0001", "7"]


# ---------------------------------------------------------------- begun, refused, deleted
def test_a_new_part_reads_empty_beside_the_row_and_must_be_told_apart(
    store: SqlStore, institutions: Ledger, key: RecordKey
) -> None:
    row = begun(store, institutions, key)
    assert "revenue_ip_wan" not in row.values
    assert row.values["uscc"] == INSTITUTION["uscc"]
    with pytest.raises(Refusal, match="请填写统计年度") as refused:
        deeds.change_row(store, institutions, row, {"staff_count": 3}, "表单")
    assert refused.value.problems[0].field == "stat_year"
    with pytest.raises(Refusal, match="已有统计年度相同的另一条机构年度经营，请改那一条"):
        deeds.change_row(store, institutions, row, {"stat_year": 2023}, "表单")
    assert deeds.change_row(store, institutions, row, {"stat_year": 2022, "staff_count": 3}, "表单")
    assert [r["stat_year"] for r in of(store, institutions, key)] == [2023, 2022]


def test_the_rules_look_at_the_year_that_is_written(
    store: SqlStore, institutions: Ledger, key: RecordKey
) -> None:
    values: dict[str, Value] = {"stat_year": 2022, "staff_count": 3, "patent_agent_count": 5}
    row = begun(store, institutions, key)
    found = deeds.findings(store, institutions, row, values)
    assert "V20" in [p.code for p in found]
    assert "V20" not in [
        p.code for p in deeds.findings(store, institutions, row, {**values, "staff_count": 8})
    ]


def test_one_year_is_deleted_and_comes_back(store: SqlStore, institutions: Ledger, key: RecordKey) -> None:
    write(store, institutions, key, {"stat_year": 2024, "revenue_ip_wan": 150.0})
    row = deeds.one(store, institutions, key)
    part, gone = parts.named(store, institutions, row, {"stat_year": 2024})
    parts.remove(store, institutions, key, part, gone.key, "表单")
    assert deeds.one(store, institutions, key).values["stat_year"] == 2023
    with pytest.raises(Refusal, match="已经不在了"):
        parts.remove(store, institutions, key, part, gone.key, "表单")
    with pytest.raises(Refusal, match="已经不在了"):
        parts.at(store, institutions, row, {part.kind.name: gone.key})
    told = store.history(institutions, key)
    assert (told[0].kind, told[0].field, told[0].after) == ("institution_year", "_deleted", True)
    deeds.undo(store)
    assert [r["stat_year"] for r in of(store, institutions, key)] == [2024, 2023]
    deeds.redo(store)
    assert [r["stat_year"] for r in of(store, institutions, key)] == [2023]


def test_the_history_tells_the_part_that_a_figure_was_of(
    store: SqlStore, institutions: Ledger, key: RecordKey
) -> None:
    write(store, institutions, key, {"stat_year": 2024, "revenue_ip_wan": 88.0})
    write(store, institutions, key, {"stat_year": 2023, "revenue_ip_wan": 121.0})
    changes = store.history(institutions, key)
    told = [(c.part, c.after) for c in changes if c.field == "revenue_ip_wan"]
    assert told == [({"stat_year": 2023}, 121.0), ({"stat_year": 2024}, 88.0), ({"stat_year": 2023}, 120.0)]
    assert {tuple(c.part) for c in changes if c.kind == "institution"} == {()}


def test_a_part_is_named_by_its_values_alone(store: SqlStore, institutions: Ledger, key: RecordKey) -> None:
    row = deeds.one(store, institutions, key)
    with pytest.raises(Refusal, match="请用统计年度说明"):
        parts.named(store, institutions, row, {"uscc": "1"})
    with pytest.raises(Refusal, match="请用统计年度说明"):
        parts.named(store, institutions, row, {})
    with pytest.raises(Refusal, match="有0条"):
        parts.named(store, institutions, row, {"stat_year": 2020})


@settings(
    max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture]
)  # the years only add up
@given(years=st.lists(st.integers(2000, 2040), min_size=1, max_size=4))
def test_every_year_told_has_one_line_newest_first(
    store: SqlStore, institutions: Ledger, key: RecordKey, years: list[int]
) -> None:
    for year in years:
        write(store, institutions, key, {"stat_year": year, "staff_count": year})
    told = of(store, institutions, key)
    assert {2023, *years} <= {row["stat_year"] for row in told}
    assert all(int(str(a["stat_year"])) > int(str(b["stat_year"])) for a, b in pairwise(told))


def test_rows_without_a_year_are_a_list(store: SqlStore, institutions: Ledger, key: RecordKey) -> None:
    every = [key]
    assert parts.without(store, institutions, every, {"stat_year": 2023}) == []
    assert parts.without(store, institutions, every, {"stat_year": 2024}) == [key]
    with pytest.raises(Refusal, match="请用统计年度说明"):
        parts.without(store, institutions, every, {})


def test_the_next_year_is_suggested(store: SqlStore, institutions: Ledger, key: RecordKey) -> None:
    part = institutions.many[0]
    there = parts.of(store, institutions, deeds.one(store, institutions, key), part)
    assert parts.suggested(part, there) == {"stat_year": 2024}
    assert parts.suggested(part, ()) == {}
