"""Indicators against an independent recomputation on random data, and each rule of adding up by itself."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipdesk.codes import CITY
from ipdesk.counting import Parameters
from ipdesk.fields import Value
from ipdesk.figures import Material
from ipdesk.plan.definition import plans
from ipdesk.plan.indicators import Figure, figures, mismatches
from ipdesk.records import RecordKey, Row

PLAN = plans()[0]
N = Fraction
UNITS = ("320981", "320925", "320921")
DAY = date(2024, 12, 31)


def material(**rows: Sequence[dict[str, Any]]) -> Material:
    """Return rows of ledgers; institutions' years are under ``years``."""
    years = tuple(rows.pop("years", ()))
    made = {
        name: tuple(
            Row(RecordKey(str(values.get("unit_code", CITY)), f"{name}-{n}"), values, {})
            for n, values in enumerate(some)
        )
        for name, some in rows.items()
    }
    return Material(made, years)


def value(code: str, period: str, unit: str = UNITS[0], **told: Value) -> dict[str, Value]:
    return {"indicator_code": code, "period": period, "unit_code": unit, **told}


def found(told: Material, code: str, unit: str = CITY, day: date = DAY) -> Figure:
    by = Parameters()
    return next(f for f in figures(told, PLAN, by, day, (unit,)) if f.indicator.code == code)


def told(*rows: dict[str, Value]) -> Material:
    return material(indicator_value=rows)


quarters = st.sampled_from([f"{y}-Q{q}" for y in (2022, 2023, 2024) for q in (1, 2, 3, 4)][3:])
figure = st.integers(0, 500)
reports = st.lists(
    st.tuples(quarters, st.sampled_from(UNITS), figure, figure), max_size=30, unique_by=lambda t: t[:2]
)


@given(reports)
def test_increments_and_ratios_are_what_the_records_say(rows: list[tuple[str, str, int, int]]) -> None:
    held = told(
        *(value("I03", period, unit, value=n) for period, unit, n, _ in rows),
        *(value("I07", period, unit, numerator=min(n, m), denominator=m) for period, unit, n, m in rows),
        *(value("I01", period, unit, numerator=n, denominator=m) for period, unit, n, m in rows),
    )
    for unit in (CITY, *UNITS):
        own = [row for row in rows if unit in (CITY, row[1])]
        assert found(held, "I03", unit).value == (sum(n for *_, n, _ in own) if own else None)
        closed, due = sum(min(n, m) for *_, n, m in own), sum(m for *_, m in own)
        assert found(held, "I07", unit).value == (Fraction(closed, due) * 100 if due else None)
        last = [max((r for r in own if r[1] == u), default=None) for u in UNITS]
        over, people = sum(r[2] for r in last if r), sum(r[3] for r in last if r)
        assert found(held, "I01", unit).value == (Fraction(over, people) * 10_000 if people else None)


def test_a_period_counts_once_it_has_ended() -> None:
    held = told(value("I03", "2024-Q4", value=5), value("I03", "2024-Q3", value=7))
    assert found(held, "I03", day=date(2024, 12, 30)).value == 7
    assert found(held, "I03").value == 12


def test_what_reaches_beyond_the_plan_is_told_and_not_counted() -> None:
    held = told(
        value("I03", "2025-Q2", value=5), value("I03", "2025-Q1", value=7), value("I03", "2022-Q2", value=9)
    )
    one = found(held, "I03", day=date(2025, 12, 31))
    assert one.value == 7
    assert [u.why for u in one.part.unclear] == ["这一期跨过指标的截止日，不能判断多少在统计期内"]


def test_a_years_figure_goes_before_those_of_its_quarters() -> None:
    held = told(
        value("I03", "2023", value=40), value("I03", "2023-Q1", value=9), value("I03", "2024-Q1", value=1)
    )
    assert found(held, "I03").value == 41


def test_a_total_told_goes_before_the_sum() -> None:
    held = told(
        value("I03", "2023-Q4", value=9, total=100),
        value("I03", "2023-Q3", value=9),
        value("I03", "2024-Q1", value=5),
    )
    one = found(held, "I03")
    assert (one.value, len(one.part.ids)) == (N(105), 2)


def test_items_make_up_the_whole_where_none_is_told() -> None:
    held = told(
        value("I05", "2024-Q1", item="licence", value=3),
        value("I05", "2024-Q1", item="transfer", value=4),
        value("I06", "2024-01", value=12_345.6),
        value("I06", "2024-01", item="loan", value=99),
    )
    assert found(held, "I05").value == 7
    assert found(held, "I06").value == Fraction("1.23456")


def test_a_ratio_without_a_denominator_is_none_and_left_out() -> None:
    held = told(
        value("I01", "2024-Q4", UNITS[0], numerator=40, denominator=100_000),
        value("I01", "2024-Q4", UNITS[1], numerator=40),
        value("I07", "2024-Q4", UNITS[0], numerator=0, denominator=0),
    )
    assert found(held, "I01").value == 4
    assert [(u.unit, u.why) for u in found(held, "I01").part.unclear] == [
        (UNITS[1], "没有分母，没有计入全市")
    ]
    lone = found(held, "I01", UNITS[1])
    assert (lone.value, lone.part.why, lone.words) == (None, "没有分母", "—")
    assert (found(held, "I07").value, found(held, "I07").part.why) == (None, "无案件")


def test_satisfaction_is_the_citys_alone() -> None:
    held = told(value("I08", "2024", CITY, value=83.5), value("I08", "2024", UNITS[0], value=10))
    assert found(held, "I08").value == Fraction("83.5")
    assert not [f for f in figures(held, PLAN, Parameters(), DAY, UNITS) if f.indicator.code == "I08"]


def test_a_years_budget_is_that_of_one_year() -> None:
    held = told(
        value("Q05", "2023", UNITS[0], value=100),
        value("Q05", "2023", UNITS[1], value=50),
        value("Q05", "2022", UNITS[2], value=7),
    )
    assert found(held, "Q05").value == 150
    assert found(held, "Q05", UNITS[2]).part.why == "未报"


@pytest.mark.parametrize(("count", "reached"), [(200, False), (201, True)])
def test_more_than_two_hundred_is_not_two_hundred(count: int, reached: bool) -> None:
    houses = [
        {"unit_code": UNITS[0], "uscc": f"{n:018d}", "operating_status": "OS1", "org_form": "IT1"}
        for n in range(count)
    ]
    one = found(material(institution=houses), "I11")
    assert (one.value, one.is_reached, len(one.part.ids)) == (N(count), reached, count)


def test_revenue_is_of_one_year_and_lists_who_did_not_report() -> None:
    houses = [
        {"unit_code": unit, "uscc": f"{n:018d}", "operating_status": "OS1", "org_form": "IT1"}
        for n, unit in enumerate(UNITS)
    ]
    years = [
        {"institution_id": "institution-0", "stat_year": 2023, "revenue_ip_wan": 20_000.5},
        {"institution_id": "institution-1", "stat_year": 2023, "revenue_ip_wan": 24_999.5},
        {"institution_id": "institution-2", "stat_year": 2022, "revenue_ip_wan": 99_999.0},
    ]
    held = material(institution=houses, years=years)
    one = found(held, "I12")
    assert (one.value, one.is_reached, len(one.part.unclear)) == (N("4.5"), True, 1)
    assert found(held, "I12", UNITS[0]).value == Fraction("2.00005")
    assert found(held, "I12", UNITS[2]).part.why == "未报"


def test_networks_are_covered_by_unit_or_town() -> None:
    stations = [
        {
            "unit_code": UNITS[0],
            "station_kind": "SK2",
            "built_date": "2023-05",
            "upgraded_date": "2024-02-01",
        },
        {"unit_code": UNITS[0], "station_kind": "SK1", "built_date": "2023-05", "closed_date": "2024-01-01"},
        {"unit_code": UNITS[1], "station_kind": "SK1", "built_date": "2025-01-01"},
    ]
    held = material(station=stations)
    assert found(held, "Q01").value == Fraction(100, 11)
    assert found(held, "Q02").value == 1
    assert found(held, "Q02", day=date(2024, 1, 31)).value == 0
    towns = [{"unit_code": UNITS[0], "town_code": "320981100", "appointed_date": "2023-01-01"}]
    covered = found(material(liaison=towns), "Q03", UNITS[0])
    assert (covered.part.numerator, covered.part.denominator) == (N(1), N(14))
    assert found(material(liaison=towns), "Q03").part.denominator == 123


def test_grants_left_and_strong_counties() -> None:
    policies: list[dict[str, Value]] = [
        {"unit_code": UNITS[0], "has_grant": True, "issued_date": "2020-01-01"},
        {"unit_code": UNITS[0], "has_grant": True, "cancelled_date": "2023-12-01"},
        {"unit_code": UNITS[1], "has_grant": None},
    ]
    left = found(material(policy=policies), "Q04")
    assert (left.value, left.is_reached, len(left.part.unclear)) == (N(1), False, 1)
    counties = [
        {"unit_code": UNITS[0], "doc_date": "2022-10-01"},
        {"unit_code": UNITS[0], "doc_date": "2023-10-01"},
        {"unit_code": "320971", "doc_date": "2022-10-01"},
        {"unit_code": UNITS[1], "doc_date": "2025-10-01"},
    ]
    assert found(material(strong_county=counties), "I10", day=date(2026, 1, 1)).value == 1


def test_coverage_of_high_tech_enterprises_is_counted_over_what_is_reported() -> None:
    cases = [{"unit_code": UNITS[0], "uscc": "1" * 18, "is_hightech": True, "first_pass_date": "2020-05-06"}]
    held = material(guanbiao=cases, indicator_value=[value("Q07", "2023", denominator=4)])
    one = found(held, "Q07", UNITS[0])
    assert (one.value, one.part.numerator, one.part.ids) == (N(25), N(1), ("guanbiao-0",))
    assert found(held, "Q07").value == 25
    assert found(held, "Q07", UNITS[1]).part.why == "未报"


def goal(unit: str, target: float, code: str = "I09", **told: Value) -> dict[str, Value]:
    return {"unit_code": unit, "indicator_code": code, "target_value": target, "target_source": "GS3", **told}


def test_a_target_is_the_citys_before_the_countys_own() -> None:
    held = material(
        target=[
            goal(UNITS[0], 50, target_source="GS4"),
            goal(UNITS[0], 40),
            goal(UNITS[0], 9, target_year=2023),
        ]
    )
    one = found(held, "I09", UNITS[0])
    assert (one.goal, one.target and one.target.source) == (N(40), "市分解")
    assert found(held, "I09").goal == 300
    yearly = material(target=[goal(UNITS[0], 9, target_year=2023), goal(UNITS[0], 10, target_year=2025)])
    assert found(yearly, "I09", UNITS[0]).goal == 9
    assert found(held, "I07", UNITS[0]).goal == 100
    assert found(held, "I11", UNITS[0]).goal is None


def test_targets_that_do_not_add_up_are_pointed_out() -> None:
    rows = material(target=[goal(UNITS[0], 100), goal(UNITS[1], 190), goal(UNITS[0], 5, "I01")]).rows[
        "target"
    ]
    (one,) = mismatches(PLAN, rows)
    assert (one.indicator.code, one.city, one.counties, one.year) == ("I09", N(300), N(290), None)
    whole = material(target=[goal(UNITS[0], 100), goal(UNITS[1], 200)]).rows["target"]
    assert mismatches(PLAN, whole) == []
    yearly = material(target=[goal(CITY, 80, target_year=2024), goal(UNITS[1], 70, target_year=2024)]).rows[
        "target"
    ]
    assert [(m.year, m.city) for m in mismatches(PLAN, yearly)] == [(2024, N(80))]


def test_a_figure_is_held_against_the_period_before() -> None:
    stations = [{"unit_code": UNITS[0], "station_kind": "SK2", "built_date": "2024-11-01"}]
    held = material(station=stations)
    for one in figures(held, PLAN, Parameters(), DAY, (CITY,), lambda _day: held):
        if one.indicator.code == "Q02":
            assert (one.before, one.is_reached, one.has_fallen) == (N(0), True, False)
