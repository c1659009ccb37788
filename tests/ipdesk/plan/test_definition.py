"""The program's own plan as its tables tell it."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

import pytest

from ipdesk import codes
from ipdesk.codes import Tables, program_codes
from ipdesk.plan.definition import OWN, indicator, plan_on, plans


@pytest.fixture
def another() -> Iterator[str]:
    """Let a second plan be in force, whose tables a file brought."""
    heads = {
        name: program_codes(name).splitlines()[0].split(",") for name in ("indicators.csv", "phases.csv")
    }
    one = dict.fromkeys([*heads["indicators.csv"], "plan_code", "counter"], "") | {
        "indicator_code": "N01",
        "name": "新增贯标企业数",
        "unit": "家",
        "comparator": ">=",
        "target_value": "200",
        "measure_type": "增量累计",
        "cumulative_from": "2025-05-01",
        "due_date": "2027-12-31",
        "city_aggregation": "求和",
        "county_applicable": "是",
        "report_period": "季度",
        "plan_code": "P2025",
        "counter": "new_enterprises",
    }
    text = ",".join(one) + "\n" + ",".join(one.values()) + "\n"
    plan = "plan_code,name,document,issued,start_date,end_date\nP2025,示范城市,文号,2025-07-01,2025-07-01,2027-12-31\n"
    codes.use(Tables(plans=[{"plans.csv": plan, "indicators.csv": text}]))
    yield "P2025"
    codes.use(Tables())


def test_the_plan_asks_for_thirteen_figures_and_eight_qualities() -> None:
    plan = plans()[0]
    assert plan.code == OWN
    assert len(plan.indicators) == 21
    assert sum(one.target is not None and one.code.startswith("I") for one in plan.indicators) == 13
    assert [len(plan.phases), len(plan.tasks), sum(len(t.measures) for t in plan.tasks)] == [3, 27, 97]


def test_the_time_passed_is_counted_in_months() -> None:
    plan = plans()[0]
    assert plan.due == date(2025, 4, 30)
    assert plan.elapsed(date(2022, 7, 31)) == 0
    assert plan.elapsed(date(2022, 8, 1)) == Fraction(1, 33)
    assert plan.elapsed(date(2023, 4, 30)) == Fraction(9, 33)
    assert plan.elapsed(date(2026, 1, 1)) == 1


def test_a_task_has_its_measures_departments_and_the_one_deadline() -> None:
    tasks = {task.code: task for task in plans()[0].tasks}
    assert [d.name for d in tasks["T1-2"].departments][:2] == ["市知识产权局", "市科技局"]
    assert tasks["T1-2"].departments[0].leads
    assert {code for code, task in tasks.items() if task.deadline} == {"T2-6"}
    assert tasks["T2-6"].due == date(2023, 12, 31)
    assert "I01" in tasks["T2-1"].indicators


def test_another_plan_comes_as_rows_of_the_same_tables(another: str) -> None:
    assert [plan.code for plan in plans()] == [OWN, another]
    assert [one.code for one in plan_on(date(2025, 8, 1)).indicators] == ["N01"]
    assert plan_on(date(2025, 6, 1)).code == OWN
    assert plan_on(date(2020, 1, 1)).code == OWN
    assert plan_on(date(2020, 1, 1), another).code == another
    one = indicator("N01")
    assert one is not None
    assert (one.counter, one.target, one.short_name) == ("new_enterprises", Fraction(200), "新增贯标企业数")


def test_an_unknown_indicator_is_none() -> None:
    assert indicator("X99") is None


def test_amounts_are_entered_in_a_smaller_unit() -> None:
    one, other = indicator("I06"), indicator("I03")
    assert one is not None
    assert other is not None
    assert (one.entered_in, one.scale, other.entered_in) == ("万元", 10_000, "件")
