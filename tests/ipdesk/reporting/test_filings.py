"""What is due when and to whom, what of it lacks, and how it stands."""

from collections.abc import Callable
from datetime import date

import pytest

from db.store import SqlStore
from ipdesk import sync
from ipdesk.actions import ledger as deeds
from ipdesk.actions import reporting_periods as periods
from ipdesk.codes import CITY
from ipdesk.fields import Value
from ipdesk.periods import Period
from ipdesk.reporting.filings import due_in, filing, filings
from tests.ipdesk.sync.world import DONGTAI

QUARTER, YEAR = Period.read("2024-Q1"), Period.read("2023")
DAY = date(2024, 4, 5)


@pytest.fixture
def store(make_store: Callable[..., SqlStore]) -> SqlStore:
    return make_store()


def put(store: SqlStore, code: str, period: str = "2024-Q1", **values: Value) -> None:
    told = {"indicator_code": code, "period": period, **values}
    deeds.add(store, store.catalogue.ledger("indicator_value"), told, "测试")


def due(period: str, unit: str = DONGTAI) -> list[str]:
    return [one.code for one in due_in(Period.read(period), unit)]


def test_what_is_due_is_what_is_reported_as_often_as_the_plan_says() -> None:
    assert due("2024-03") == ["I06"]
    assert due("2024-Q1") == ["I01", "I02", "I03", "I04", "I05", "I07"]
    assert due("2023") == ["Q05", "Q07"]
    assert due("2023", CITY) == ["I08", "Q08"]
    assert due("2024-Q1", CITY) == []


@pytest.mark.parametrize("period", ["2022-07", "2022-Q2", "2025-05", "2026"])
def test_before_and_after_the_plan_nothing_is_due(period: str) -> None:
    assert due(period) == []


def lacks(store: SqlStore, period: Period = QUARTER) -> dict[str, str]:
    return {one.indicator.code: one.lacks for one in filing(store, DONGTAI, period, DAY).asked}


def test_what_lacks_is_told(store: SqlStore) -> None:
    put(store, "I01", numerator=3, source="上级反馈")
    put(store, "I02", numerator=3, denominator=9, source="上级反馈")
    put(store, "I03", source="部门报送")
    put(store, "I04", value=0)
    put(store, "I05", item="licence", value=2, source="部门报送")
    assert lacks(store) == {
        "I01": "缺分母",
        "I02": "",
        "I03": "缺数值",
        "I04": "缺数据来源",
        "I05": "缺分项“转让登记”",
        "I07": "未填",
    }
    put(store, "I05", item="transfer", value=2, source="部门报送")
    assert lacks(store)["I05"] == ""


def test_of_a_counted_numerator_only_the_denominator_is_asked(store: SqlStore) -> None:
    put(store, "Q07", "2023", denominator=40, source="部门报送")
    assert lacks(store, YEAR) == {"Q05": "未填", "Q07": ""}


def test_what_is_told_beside_an_indicator_does_not_tell_it(store: SqlStore) -> None:
    put(store, "I06", "2024-03", item="count", value=4, source="部门报送")
    assert lacks(store, Period.read("2024-03")) == {"I06": "未填"}


def test_states(store: SqlStore) -> None:
    month = Period.read("2024-03")

    def state(day: date = DAY) -> str:
        return filing(store, DONGTAI, month, day).state

    assert (state(), state(date(2024, 4, 10)), state(date(2024, 4, 11))) == ("empty", "empty", "overdue")
    put(store, "I06", "2024-03", value=4, source="部门报送")
    assert (state(), state(date(2024, 4, 11))) == ("filling", "overdue")
    periods.submit(store, month, today=DAY)
    assert state(date(2024, 5, 1)) == "submitted"


def test_every_period_so_far_is_listed_the_newest_first(store: SqlStore) -> None:
    codes = [one.period.code for one in filings(store, today=date(2022, 11, 2))]
    assert codes == ["2022-Q4", "2022", "2022-11", "2022-10", "2022-09", "2022-Q3", "2022-08"]
    assert filings(store, "320925", date(2022, 11, 2)) == []


def test_from_the_period_on_that_the_city_set(make_store: Callable[..., SqlStore]) -> None:
    city = make_store(role="city", unit=CITY)
    sync.expect(city, sync.Plan("quarter", 15, "2024-Q1"))
    found = filings(city, today=DAY)
    assert [(one.unit, one.period.code, one.due) for one in found] == [(CITY, "2024", date(2025, 1, 15))]


def test_the_progress_of_tasks_begins_a_period(store: SqlStore) -> None:
    told: dict[str, Value] = {"task_code": "T2-6", "period": "2024-Q1", "task_state": "TS2"}
    deeds.add(store, store.catalogue.ledger("task_progress"), told, "测试")
    found = filing(store, DONGTAI, QUARTER, DAY)
    assert (found.state, found.progress, found.filled, len(found.lacking)) == ("filling", 1, 0, 6)
