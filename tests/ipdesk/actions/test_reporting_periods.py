"""Submit, withdraw, accept, return: what is refused, what goes between county and city, and the figures of then."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from db.store import SqlStore
from ipdesk import sync
from ipdesk.actions import ledger as deeds
from ipdesk.actions import reporting_periods as periods
from ipdesk.codes import CITY
from ipdesk.fields import Value
from ipdesk.periods import Period
from ipdesk.problems import Refusal
from ipdesk.records import RecordKey
from ipdesk.reporting.filings import filing, filings
from tests.ipdesk.sync.world import DONGTAI, World

MONTH, DAY = Period.read("2024-03"), date(2024, 4, 5)


@pytest.fixture
def store(make_store: Callable[..., SqlStore]) -> SqlStore:
    return make_store()


@pytest.fixture
def world(make_store: Callable[..., SqlStore], tmp_path: Path) -> World:
    return World(make_store, tmp_path)


def put(store: SqlStore, period: str = "2024-03", **values: Value) -> RecordKey:
    told = {"indicator_code": "I06", "period": period, "source": "部门报送", **values}
    return deeds.add(store, store.catalogue.ledger("indicator_value"), told, "测试")


def change(store: SqlStore, key: RecordKey, **values: Value) -> None:
    deeds.change(store, store.catalogue.ledger("indicator_value"), key, values, "测试")


def refused(deed: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refusal:
        deed()
    return refusal.value.message


def submit(store: SqlStore, period: Period = MONTH, **told: object) -> str:
    return periods.submit(store, period, today=DAY, **told).state  # type: ignore[arg-type]  # as a test has it


def state(store: SqlStore) -> str:
    return filing(store, DONGTAI, MONTH, DAY).state


# ---------------------------------------------------------------- at the county


def test_what_is_not_ready_is_refused(store: SqlStore) -> None:
    assert "没有要报的指标" in refused(lambda: submit(store, Period.read("2030-03")))
    assert "4月30日起" in refused(lambda: submit(store, Period.read("2024-04")))
    assert "请选“零报告”" in refused(lambda: submit(store))
    put(store)
    assert refused(lambda: submit(store)) == (
        "2024年3月还缺1项：质押融资（缺数值）；请补齐再报送，确实报不出的，请写明缺项原因"
    )
    assert "不是零报告" in refused(lambda: submit(store, zero=True))
    assert submit(store, remark="银行尚未反馈") == "submitted"
    assert refused(lambda: submit(store)) == "2024年3月已报送，不用再报"


def test_a_zero_report_is_said(store: SqlStore) -> None:
    found = periods.submit(store, MONTH, zero=True, reporter="王芳", today=DAY)
    assert (found.state, found.is_zero, found.values["reporter"]) == ("submitted", True, "王芳")
    assert found.values["submitted_at"] == "2024-04-05"


def test_withdrawing_takes_a_reason_that_is_logged(store: SqlStore) -> None:
    assert "还没有报送" in refused(lambda: periods.withdraw(store, MONTH, "错了"))
    submit(store, zero=True)
    assert "请写明撤回的原因" in refused(lambda: periods.withdraw(store, MONTH, " "))
    found = periods.withdraw(store, MONTH, "漏了一家")
    assert (found.values["report_state"], found.values["withdrawn_for"]) == ("RS1", "漏了一家")
    assert found.record
    history = store.history(store.catalogue.ledger("period_report"), found.record.key)
    assert "撤回：漏了一家" in [one.after for one in history]
    put(store, value=1)
    assert submit(store) == "submitted"


def test_submitting_and_withdrawing_are_not_undone(store: SqlStore) -> None:
    submit(store, zero=True)
    assert store.undoable() is None
    periods.withdraw(store, MONTH, "漏了")
    assert store.undoable() is None


# ---------------------------------------------------------------- county and city


def carried(world: World) -> tuple[SqlStore, RecordKey]:
    county = world.county()
    key = put(county, value=1200)
    submit(county)
    world.round(county)
    return county, key


def test_merely_received_is_not_accepted(world: World) -> None:
    county, _ = carried(world)
    assert (state(county), state(world.city)) == ("submitted", "submitted")


def test_an_accepted_period_is_closed_at_the_county(world: World) -> None:
    county, key = carried(world)
    found = periods.accept(world.city, DONGTAI, MONTH, "数据齐全")
    assert (found.state, found.message) == ("accepted", "数据齐全")
    world.round(county)
    told = filing(county, DONGTAI, MONTH, DAY)
    assert (told.state, told.message) == ("accepted", "数据齐全")
    said = "2024年3月的报送市局已接收，要改请与市局联系，由市局退回这一期后再改"
    assert refused(lambda: periods.withdraw(county, MONTH, "改")) == said
    assert refused(lambda: change(county, key, value=1)) == said
    world.round(county)
    assert state(county) == "accepted"


def test_a_returned_period_is_open_until_it_is_reported_again(world: World) -> None:
    county, key = carried(world)
    periods.accept(world.city, DONGTAI, MONTH)
    assert periods.send_back(world.city, DONGTAI, MONTH, "与银行数不符").state == "returned"
    world.round(county)
    told = filing(county, DONGTAI, MONTH, DAY)
    assert (told.state, told.message) == ("returned", "与银行数不符")
    change(county, key, value=1100)
    report, ledger = told.record, county.catalogue.ledger("period_report")
    assert report
    again = "2024年3月被市局退回，改好后请用“报送”重新报送"
    assert refused(lambda: deeds.change(county, ledger, report.key, {"remark": "改"}, "表单")) == again
    assert submit(county) == "submitted"
    assert "已经报送" in refused(lambda: change(county, key, value=1))
    world.round(county)
    assert (state(county), state(world.city)) == ("submitted", "submitted")


def test_acceptance_falls_when_the_report_changes(world: World) -> None:
    county, _ = carried(world)
    periods.accept(world.city, DONGTAI, MONTH)
    periods.withdraw(county, MONTH, "漏了一家")  # before the receipt came
    world.round(county)
    assert (state(county), state(world.city)) == ("filling", "filling")
    found = filing(world.city, DONGTAI, MONTH, DAY)
    assert found.values["withdrawn_for"] == "漏了一家"


def test_a_returned_period_may_be_withdrawn(world: World) -> None:
    county, _ = carried(world)
    periods.send_back(world.city, DONGTAI, MONTH, "不符")
    world.round(county)
    assert periods.withdraw(county, MONTH, "重新核对").values["report_state"] == "RS1"


def test_what_the_city_cannot_do(world: World) -> None:
    county, _ = carried(world)
    city = world.city
    february = Period.read("2024-02")
    assert "只有已报送的才能接收" in refused(lambda: periods.accept(city, DONGTAI, february))
    assert "才能退回" in refused(lambda: periods.send_back(city, DONGTAI, february, "x"))
    assert "请写明退回的理由" in refused(lambda: periods.send_back(city, DONGTAI, MONTH, ""))
    assert "由市局" in refused(lambda: periods.accept(county, DONGTAI, MONTH))
    assert "由市局" in refused(lambda: periods.accept(city, CITY, MONTH))


def test_the_city_writes_nothing_into_a_county_s_reported_period(world: World) -> None:
    carried(world)
    told = "东台市2024年3月已经报送，要改请先退回这一期"
    assert refused(lambda: put(world.city, unit_code=DONGTAI, item="count", value=1)) == told


def test_what_the_city_reported_for_a_county_is_not_returned(world: World) -> None:
    world.county()
    told: dict[str, Value] = {"unit_code": DONGTAI, "period": "2024-03", "report_state": "RS2"}
    deeds.add(world.city, world.city.catalogue.ledger("period_report"), told, "测试")
    assert "市局代填" in refused(lambda: periods.accept(world.city, DONGTAI, MONTH))


def test_the_city_sees_packages_beside_periods(world: World) -> None:
    sync.expect(world.city, sync.Plan("month", 10, "2024-03"))
    county, _ = carried(world)
    found = {one.period.code: one for one in filings(world.city, DONGTAI, DAY)}
    assert sorted(found) == ["2024", "2024-03", "2024-04", "2024-Q1", "2024-Q2"]
    package = found["2024-03"].package
    assert package
    assert package.due == date(2024, 4, 10)
    assert found["2024-Q1"].package is None


# ---------------------------------------------------------------- the figures of then


def test_a_later_change_does_not_alter_what_was_reported(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def on(day: str) -> None:
        monkeypatch.setattr("db.act.now", lambda: f"{day}T10:00:00+08:00")

    on("2024-04-05")
    key = put(store, value=12000)
    submit(store)
    on("2024-04-08")
    periods.withdraw(store, MONTH, "漏了一家")
    change(store, key, value=15000)
    assert "没有当时的数" in refused(lambda: periods.as_reported(store, filing(store, DONGTAI, MONTH)))
    periods.submit(store, MONTH, today=date(2024, 4, 8))
    on("2024-05-20")
    put(store, "2024-02", value=70000)  # entered late: it was not in what was reported
    found = filing(store, DONGTAI, MONTH)
    assert periods.submitted_on(store, found) == date(2024, 4, 8)
    (then,) = periods.as_reported(store, found)
    assert (then.indicator.code, then.value) == ("I06", Fraction(3, 2))
