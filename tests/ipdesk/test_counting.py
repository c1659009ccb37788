"""What counts as what: 新增贯标企业, institutions, revenue, people (indicators.csv)."""

import itertools
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.store import SqlStore
from ipdesk import counting, parameters
from ipdesk.counting import Basis, Parameters
from ipdesk.fields import Value
from ipdesk.problems import Refusal
from ipdesk.records import RecordKey, Row

NUMBERS = itertools.count(1)
CODE = "91320981MABJ1XG60Q"
CASE: dict[str, Value] = {
    "unit_code": "320981",
    "uscc": CODE,
    "standard_code": "SD2",
    "stage": "ST15",
    "cert_no": "84025IP21017R0M",
    "cert_issue_date": "2023-05-06",
    "cert_valid_to": "2026-05-05",
    "cert_status": "CS1",
}
NOTHING: dict[str, Value] = {"cert_no": None, "cert_issue_date": None}
EVALUATED: dict[str, Value] = {**NOTHING, "stage": "ST23", "eval_date": "2023-06", "eval_result": "ER1"}


def row(values: dict[str, Value], owner: str = "320981", id_: str = "", **parts: str) -> Row:
    key = RecordKey(owner, id_ or f"{next(NUMBERS):04}")
    return Row(key, values, {name: RecordKey(owner, told) for name, told in parts.items()})


@pytest.mark.parametrize(
    ("values", "a", "b", "c"),
    [
        ({}, 1, 1, 1),
        ({"cert_issue_date": "2022-07-31"}, 0, 0, 0),
        ({"cert_issue_date": "2022-08-01"}, 1, 1, 1),
        ({"cert_issue_date": "2025-04-30"}, 1, 1, 1),
        ({"cert_issue_date": "2025-05-01"}, 0, 0, 0),
        ({"first_pass_date": "2021-01-01"}, 0, 0, 0),
        ({"cert_issue_date": "2025-05-01", "first_pass_date": "2024-01-01", "pass_basis": "认证"}, 1, 1, 1),
        (
            {"first_pass_date": "2023-01-01", "pass_basis": "绩效评价", "cert_issue_date": "2025-06-01"},
            1,
            0,
            1,
        ),
        ({"first_pass_date": "2023-01-01", "eval_date": "2023-01-01"}, 1, 1, 1),
        (EVALUATED, 1, 0, 1),
        ({**EVALUATED, "eval_result": "ER4"}, 0, 0, 0),
        ({**NOTHING, "stage": "ST02", "filing_date": "2023-04"}, 0, 0, 1),
        ({**NOTHING, "stage": "ST03", "filing_date": "2021-04-01"}, 0, 0, 0),
        ({"filing_date": "2021-04-01"}, 1, 1, 1),
        ({"standard_code": "SD1"}, 1, 1, 1),
        ({"standard_code": None}, 1, 1, 1),
        ({"standard_code": "SD3"}, 0, 0, 0),
        ({"standard_code": "SD4"}, 0, 0, 0),
        ({"standard_code": "SD6"}, 0, 0, 0),
        ({"cert_status": "CS3"}, 1, 1, 1),
    ],
)
def test_what_is_new_by_each_basis(values: dict[str, Value], a: int, b: int, c: int) -> None:
    rows = [row({**CASE, **values})]
    bases: tuple[Basis, ...] = ("A", "B", "C")
    assert [counting.new_enterprises(rows, Parameters(basis)).value for basis in bases] == [a, b, c]


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"cert_no": "84025IP21017R1M"}, "再认证"),
        ({"cert_issue_date": None}, "都没有填"),
        (NOTHING, "都没有填"),
        ({"cert_issue_date": "2022"}, "只知道是2022"),
        ({"cert_issue_date": "2025"}, "只知道是2025"),
    ],
)
def test_what_cannot_be_placed_in_time_is_listed_and_not_guessed(values: dict[str, Value], why: str) -> None:
    count = counting.new_enterprises([row({**CASE, **values}, id_="x")])
    assert count.value == 0
    assert [(u.id, why in u.why) for u in count.unclear] == [("x", True)]


def test_a_window_within_one_year_leaves_that_year_unclear() -> None:
    narrow = Parameters(window_from="2023-03-01", window_to="2023-04-30")
    count = counting.new_enterprises([row({**CASE, "cert_issue_date": "2023"})], narrow)
    assert (count.value, len(count.unclear)) == (0, 1)


def test_an_enterprise_counts_once_city_wide_for_the_unit_where_it_first_passed() -> None:
    rows = [
        row({**CASE, "unit_code": "320925", "cert_issue_date": "2024-01-01"}, "320925", "b"),
        row(CASE, "320981", "a"),
        row({**CASE, "standard_code": "SD1", "cert_issue_date": None}, "320981", "c"),
    ]
    count = counting.new_enterprises(rows)
    (entry,) = count.entries
    assert (entry.name, entry.unit, entry.since, set(entry.ids)) == (CODE, "320981", "2023-05-06", {"a", "b"})
    assert count.unclear == ()
    assert set(count.ids) == {"a", "b"}
    assert {unit: part.value for unit, part in counting.by_unit(count)} == {"320981": 1}
    assert count.of("320925").value == 0


def test_a_filing_elsewhere_stands_back_behind_a_pass() -> None:
    filed = row({**CASE, **NOTHING, "stage": "ST02", "filing_date": "2021-05-01"}, "320925")
    by = Parameters(basis="C")
    assert counting.new_enterprises([filed], by).value == 0
    assert counting.new_enterprises([filed, row(CASE)], by).value == 1
    undated = row({**CASE, "cert_issue_date": None})
    filed_now = row({**filed.values, "filing_date": "2023-05-01"}, "320925")
    assert counting.new_enterprises([filed_now], by).value == 1
    unplaced = counting.new_enterprises([filed_now, undated], by)
    assert (unplaced.value, len(unplaced.unclear)) == (0, 1)


DAY = st.one_of(
    st.none(), st.dates(date(2022, 7, 30), date(2022, 8, 3)), st.dates(date(2025, 4, 28), date(2025, 5, 2))
)


@st.composite
def cases(draw: st.DrawFn) -> Row:
    """Return a case of one of three enterprises in one of two counties, with days about the window's edges."""
    unit = draw(st.sampled_from(["320981", "320925"]))
    days = {name: draw(DAY) for name in ("cert_issue_date", "eval_date", "filing_date")}
    told: dict[str, Value] = {name: str(day) for name, day in days.items() if day}
    told["eval_result"] = draw(st.sampled_from([None, "ER1", "ER4"]))
    told["standard_code"] = draw(st.sampled_from([None, "SD1", "SD2", "SD3"]))
    told["cert_status"] = draw(st.sampled_from([None, "CS1", "CS3"]))
    return row({**told, "uscc": draw(st.sampled_from("甲乙丙")), "unit_code": unit}, unit)


def recounted(rows: list[Row], basis: Basis) -> set[str]:
    """Count another way: every day of every enterprise on one heap, the earliest decides."""
    found = set()
    for code in "甲乙丙":
        some = [r.values for r in rows if r.values["uscc"] == code and r.values["standard_code"] != "SD3"]
        certified = [str(v["cert_issue_date"]) for v in some if "cert_issue_date" in v]
        evaluated = [str(v["eval_date"]) for v in some if "eval_date" in v and v["eval_result"] != "ER4"]
        filed = [str(v["filing_date"]) for v in some if "filing_date" in v]
        heap = {"A": certified + evaluated, "B": certified, "C": certified + evaluated or filed}[basis]
        if heap and "2022-08-01" <= min(heap) <= "2025-04-30":
            found.add(code)
    return found


@given(st.lists(cases(), max_size=8), st.sampled_from(["A", "B", "C"]))
def test_new_enterprises_are_those_that_another_count_finds(rows: list[Row], basis: Basis) -> None:
    count = counting.new_enterprises(rows, Parameters(basis=basis))
    assert sorted(entry.name for entry in count.entries) == sorted(recounted(rows, basis))
    assert sum(count.of(unit).value for unit in ("320981", "320925")) == count.value
    again = counting.new_enterprises(reversed(rows), Parameters(basis=basis))
    assert {e.name for e in again.entries} == {e.name for e in count.entries}


def test_an_earlier_pass_elsewhere_is_no_new_one_here() -> None:
    rows = [row(CASE), row({**CASE, "cert_issue_date": "2019-01-01", "cert_no": "1"})]
    assert counting.new_enterprises(rows).value == 0


def test_in_force_is_another_figure_than_new() -> None:
    rows = [
        row(CASE),
        row({**CASE, "uscc": "2", "cert_status": "CS3"}),
        row({**CASE, "uscc": "3", "standard_code": "SD3"}),
    ]
    assert counting.enterprises_in_force(rows, date(2024, 1, 1)).value == 1
    assert counting.enterprises_in_force(rows, date(2026, 6, 1)).value == 0
    assert counting.new_enterprises(rows).value == 2


HOUSE: dict[str, Value] = {"unit_code": "320981", "uscc": CODE, "operating_status": "OS1", "org_form": "IT1"}


@pytest.mark.parametrize(
    ("values", "counted", "unclear"),
    [
        ({}, 1, 0),
        ({"operating_status": "OS2"}, 0, 0),
        ({"operating_status": None}, 0, 1),
        ({"org_form": "IT7", "is_branch": True}, 1, 0),
        ({"org_form": "IT8"}, 0, 0),
        ({"is_branch": True, "parent_uscc": "1"}, 0, 0),
        ({"is_branch": True, "parent_uscc": "elsewhere"}, 1, 0),
        ({"is_branch": True}, 1, 0),
        ({"org_form": "IT3"}, 0, 1),
        ({"org_form": "IT3", "revenue_ip_wan": 3.0}, 1, 0),
        ({"org_form": "IT2", "institution_name": "盐城甲会计师事务所（普通合伙）"}, 0, 1),
        ({"org_form": "IT1", "institution_name": "盐城甲资产评估有限公司", "ip_staff_count": 2}, 1, 0),
    ],
)
def test_an_institution_counts_when_it_is_in_business(
    values: dict[str, Value], counted: int, unclear: int
) -> None:
    rows = [row({**HOUSE, **values}), row({"uscc": "1", "operating_status": "OS3"})]
    count = counting.institutions(rows)
    assert (count.value, len(count.unclear)) == (counted, unclear)


def test_branches_of_this_city_count_when_so_set_and_a_code_counts_once() -> None:
    rows = [row({**HOUSE, "org_form": "IT8"}), row({**HOUSE, "unit_code": "320925"})]
    assert counting.institutions(rows, Parameters(local_branches=True)).value == 1


def test_what_one_county_knows_is_not_unclear_for_another() -> None:
    rows = [row(HOUSE), row({**HOUSE, "unit_code": "320925", "operating_status": None}, "320925")]
    count = counting.institutions(rows)
    assert (count.value, count.unclear) == (1, ())


def test_revenue_is_of_one_full_year_and_who_did_not_report_is_listed() -> None:
    rows = [row({**HOUSE, "uscc": str(n)}, id_=f"i{n}") for n in range(4)]
    years: list[dict[str, Value]] = [
        {"institution_id": "i0", "stat_year": 2024, "revenue_ip_wan": 100.5},
        {"institution_id": "i1", "stat_year": 2024, "revenue_ip_wan": 0.0},
        {"institution_id": "i2", "stat_year": 2024},
        {"institution_id": "i3", "stat_year": 2023, "revenue_ip_wan": 9.0},
    ]
    count = counting.revenue(rows, years, counting.full_year(date(2025, 4, 30)))
    assert (count.amount, count.ids) == (100.5, ("i0", "i1"))
    assert [u.id for u in count.unclear] == ["i2", "i3"]
    assert counting.full_year(date(2025, 4, 30), Parameters(revenue_year=2023)) == 2023


MAN: dict[str, Value] = {
    "unit_code": "320981",
    "name": "王力",
    "mobile": "13900000000",
    "category": "PC01",
    "in_service": "在岗",
}


def test_a_person_counts_once_by_number_or_name_and_mobile() -> None:
    rows = [
        row({**MAN, "id_no": "11010519491231002X"}),
        row({**MAN, "unit_code": "320925"}, "320925"),
        row({**MAN, "id_no": "11010519491231002X", "mobile": "13900000001"}),
        row({**MAN, "mobile": None, "employer_name": "甲"}),
        row({**MAN, "mobile": None, "employer_name": "甲"}),
        row({**MAN, "name": "李力"}),
    ]
    assert counting.professionals(rows).value == 4


@pytest.mark.parametrize(
    ("values", "counted", "unclear"),
    [
        ({"category": "PC06"}, 1, 0),
        ({"category": "PC07"}, 0, 0),
        ({"category": "PC08"}, 0, 0),
        ({"category": None}, 0, 1),
        ({"in_service": None}, 0, 1),
        ({"in_service": "退休"}, 0, 0),
    ],
)
def test_a_person_counts_by_category_and_service(
    values: dict[str, Value], counted: int, unclear: int
) -> None:
    count = counting.professionals([row({**MAN, **values})])
    assert (count.value, len(count.unclear)) == (counted, unclear)


def test_who_is_noted_as_absent_was_not_trained() -> None:
    signs: tuple[Value, ...] = (True, None, False)
    rows = [row({**MAN, "sign_in": sign}, id_=str(sign), person=f"p{sign}") for sign in signs]
    assert counting.trained(rows).times.ids == ("True", "None")


def test_which_categories_count_is_a_parameter() -> None:
    rows = [row({**MAN, "category": "PC07"})]
    assert counting.professionals(rows, Parameters(person_categories=("PC07",))).value == 1


def test_three_classes_of_two_counties_are_three_times_and_one_person() -> None:
    rows = [
        row({**MAN, "id_no": "11010519491231002X"}, person="p1"),
        row({**MAN, "id_no": "11010519491231002X"}, person="p1"),
        row({**MAN, "unit_code": "320925"}, "320925", person="p1"),  # without the number, another record
    ]
    told = counting.trained(rows)
    assert (told.times.value, told.people.value) == (3, 1)
    hinted = row({**MAN, "mobile": None, "employer_name": "甲"}, "320925", person="p2")
    assert counting.trained([*rows, hinted]).people.value == 2


def test_how_often_and_how_many_are_two_figures() -> None:
    rows = [
        row(MAN, id_="a", person="p1"),
        row(MAN, id_="b", person="p1"),
        row({**MAN, "name": "李"}, person="p2"),
    ]
    told = counting.trained(rows)
    assert (told.times.value, told.people.value) == (3, 2)
    assert told.people.ids == ("p1", "p2")


@pytest.fixture
def store(make_store: Callable[..., SqlStore]) -> SqlStore:
    return make_store("city", "320900")


def set_to(
    store: SqlStore, name: str, value: object, source: str = "市局函〔2024〕1号", day: str = "2024-05-06"
) -> None:
    with store.act("改统计参数", "设置") as act:
        parameters.change(store, act, name, value, source=source, day=day)


def test_parameters_are_the_plans_until_changed_and_say_where_they_are_from(store: SqlStore) -> None:
    assert parameters.parameters(store) == Parameters()
    set_to(store, "basis", "B")
    set_to(store, "person_categories", ["PC01", "PC07"])
    now = parameters.parameters(store)
    assert (now.basis, now.person_categories) == ("B", ("PC01", "PC07"))
    told = {one.name: one for one in parameters.told(store)}
    assert (told["basis"].value, told["basis"].source, told["basis"].date) == (
        "B",
        "市局函〔2024〕1号",
        "2024-05-06",
    )
    assert told["window_from"].source == parameters.PLAN
    assert told.keys() == set(parameters.LABELS)


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("basis", "D", "不能是"),
        ("window_from", "2026-01-01", "晚于"),
        ("window_to", "2025-13-01", "不能是"),
        ("local_branches", 1, "不能是"),
        ("revenue_year", 24, "不能是"),
        ("person_categories", ["PC99"], "不能是"),
        ("nothing", 1, "没有“nothing”"),
    ],
)
def test_an_unfit_parameter_is_refused(store: SqlStore, name: str, value: object, why: str) -> None:
    with pytest.raises(Refusal, match=why):
        set_to(store, name, value)
    assert parameters.parameters(store) == Parameters()


@pytest.mark.parametrize(("source", "day"), [(" ", "2024-05-06"), ("文件", "2024.5.6")])
def test_a_parameter_without_source_or_date_is_refused(store: SqlStore, source: str, day: str) -> None:
    with pytest.raises(Refusal, match="依据"):
        set_to(store, "revenue_year", 2024, source, day)
