"""All figures at once: each by itself, people once, and what a change of the parameters would move."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from db.store import SqlStore
from ipdesk.actions.ledger import add
from ipdesk.counting import Parameters
from ipdesk.fields import Value
from ipdesk.figures import Material, figures, headline, material, shifts
from ipdesk.kinds import catalogue
from ipdesk.parameters import LABELS, find, read_words, shown

DAY = date(2025, 6, 1)
CASE: dict[str, Value] = {
    "enterprise_name": "东台锦盛新材料有限公司",
    "uscc": "91320981MABJ1XG60Q",
    "standard_code": "SD2",
    "stage": "ST15",
    "cert_no": "8",
    "cert_issue_date": "2023-05-06",
    "cert_valid_to": "2026-05-05",
    "cert_status": "CS1",
}
HOUSE: dict[str, Value] = {
    "institution_name": "东台恒卓知识产权代理有限公司",
    "uscc": "91320981MAN2J1K637",
    "operating_status": "OS1",
    "org_form": "IT1",
    "stat_year": 2024,
    "revenue_ip_wan": 120.5,
}
MAN: dict[str, Value] = {
    "name": "王力",
    "mobile": "13900000001",
    "employer_name": "甲公司",
    "category": "PC01",
    "in_service": "在岗",
}


@pytest.fixture
def told(make_store: Callable[..., SqlStore]) -> Material:
    store = make_store()
    ledgers = store.catalogue.ledger
    add(store, ledgers("guanbiao"), CASE, "测试")
    add(store, ledgers("institution"), HOUSE, "测试")
    for course, start in (("高管班", "2024-05-06"), ("实务班", "2025-01-06")):
        add(store, ledgers("training"), {**MAN, "course_name": course, "start_date": start}, "测试")
    add(store, ledgers("person"), {"name": "李力", "mobile": "13900000002", "in_service": "退休"}, "测试")
    add(store, ledgers("person"), {"name": "张力", "mobile": "13900000003"}, "测试")
    return material(store)


def test_each_figure_stands_by_itself(told: Material) -> None:
    found = {one.name: one.words for one in headline(told, Parameters(), DAY)}
    assert found == {
        "new_enterprises": "1",
        "in_force": "1",
        "institutions": "1",
        "revenue": "120.5",
        "professionals": "1",
        "trained_times": "2",
        "trained_people": "1",
    }


def test_classes_newest_first_and_categories_without_those_who_left(told: Material) -> None:
    found = figures(told, Parameters(), DAY)
    assert [(c.name, c.trained.times.value, c.trained.people.value) for c in found.classes] == [
        ("实务班", 1, 1),
        ("高管班", 1, 1),
    ]
    assert [(c.label, c.counts, c.people.value, c.times.value) for c in found.categories] == [
        ("代理人才", True, 1, 2),
        ("未填人才类别", False, 1, 0),
    ]
    assert (found.year, found.bases) == (2024, {"A": 1, "B": 1, "C": 1})


def test_what_was_counted_is_named(told: Material) -> None:
    new = headline(told, Parameters(), DAY)[0]
    (id_,) = new.count.ids
    assert told.keys("guanbiao")[id_].owner == "320981"
    assert told.names(catalogue().ledger("guanbiao"))[id_] == CASE["enterprise_name"]


@pytest.mark.parametrize(
    ("after", "moved"),
    [
        (Parameters(), []),
        (Parameters(window_to="2022-12-31"), [("新增贯标企业", "1", "0")]),
        (Parameters(person_categories=()), [("计入3000人的人才", "1", "0")]),
        (Parameters(revenue_year=2023), [("2023年主营业务收入", "120.5", "0")]),
    ],
)
def test_what_a_change_moves_is_told_before(
    told: Material, after: Parameters, moved: list[tuple[str, str, str]]
) -> None:
    assert [(s.label, s.before, s.after) for s in shifts(told, Parameters(), after, DAY)] == moved


def test_a_change_of_what_could_not_be_told_is_told_too(told: Material) -> None:
    silent = [replace(row, values={**row.values, "in_service": None}) for row in told.rows["person"]]
    unknown = Material({**told.rows, "person": tuple(silent)}, told.years)
    (shift,) = shifts(unknown, Parameters(), Parameters(person_categories=()), DAY)
    assert (shift.label, shift.before, shift.after, shift.unclear) == ("计入3000人的人才", "0", "0", (3, 2))


@pytest.mark.parametrize(
    ("name", "words", "value", "again"),
    [
        ("basis", "b", "B", "B 仅获证"),
        ("basis", "含省系统备案", "C", "C 含省系统备案"),
        ("window_from", "2022年8月1日", "2022-08-01", "2022-08-01"),
        ("local_branches", "是", True, "计入"),
        ("local_branches", "不计入", False, "不计入"),
        ("revenue_year", "2024", 2024, "2024"),
        ("revenue_year", "", None, "最近一个完整年度"),
        ("person_categories", "PC01，法律人才", ["PC01", "PC02"], "代理人才、法律人才"),
        ("person_categories", "", [], "一类都不计"),
    ],
)
def test_a_parameter_is_read_and_shown_in_words(name: str, words: str, value: object, again: str) -> None:
    assert read_words(find(LABELS[name]), words) == value
    assert shown(name, value) == again
