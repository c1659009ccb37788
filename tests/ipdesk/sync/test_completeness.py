"""What was expected of each county, what came, whether in time; and the signed report that there is nothing."""

from datetime import date

import pytest

from db.store import SqlStore
from ipdesk import sync
from ipdesk.kinds.sync import PACKAGE
from ipdesk.problems import Refusal
from tests.ipdesk.sync.world import DONGTAI, JIANHU, World, add

TODAY = date(2026, 11, 22)


def up(world: World, county: SqlStore, period: str, at: str, *, zero: bool = False) -> None:
    """Carry a package for a period, received on a day."""
    (file,) = sync.export(county, world.fresh(), report=sync.Report(period, zero))
    sync.receive(world.city, [file])
    rows = world.city.find(PACKAGE, direction="in", type="package", period=period)
    with world.city.act("收取", "测试") as act:
        act.upsert(PACKAGE, [{**rows[-1].values, "at": f"{at}T04:00:00+00:00"}])


def states(world: World, unit: str) -> dict[str, str]:
    return {one.period.code: one.state for one in sync.completeness(world.city, TODAY) if one.unit == unit}


def test_each_period_is_received_late_awaited_or_overdue(world: World, county: SqlStore) -> None:
    world.county(JIANHU)
    sync.expect(world.city, sync.Plan("month", 10, "2026-07"))
    add(county, "甲公司")
    up(world, county, "2026-07", "2026-08-03")
    up(world, county, "2026-08", "2026-09-20")
    told = {"2026-07": "received", "2026-08": "late", "2026-09": "overdue", "2026-10": "overdue"}
    assert states(world, DONGTAI) == told | {"2026-11": "awaited"}
    assert set(states(world, JIANHU).values()) == {"overdue", "awaited"}
    first = [one for one in sync.completeness(world.city, TODAY) if one.unit == DONGTAI][-1]
    assert (first.unit_name, first.packages, first.rows, first.accepted, first.zero) == (
        "东台市",
        1,
        2,
        2,
        False,
    )
    assert first.due == date(2026, 8, 10)


def test_a_zero_report_denies_nothing_that_is_there(world: World, county: SqlStore) -> None:
    sync.expect(world.city, sync.Plan("quarter", 10, "2026-Q3"))
    add(county, "甲公司")
    with pytest.raises(Refusal, match="2条记录.*不能报零"):
        sync.export(county, world.fresh(), report=sync.Report("2026-Q3", zero=True))
    world.round(county)
    up(world, county, "2026-Q3", "2026-10-02", zero=True)
    one = next(e for e in sync.completeness(world.city, TODAY) if e.period.code == "2026-Q3")
    assert (one.state, one.zero, one.rows) == ("received", True, 0)
    up(world, county, "2026-Q3", "2026-10-03")  # one more that holds nothing takes the word not back
    one = next(e for e in sync.completeness(world.city, TODAY) if e.period.code == "2026-Q3")
    assert (one.packages, one.zero) == (2, True)


def test_a_package_that_names_no_period_counts_by_its_day(world: World, county: SqlStore) -> None:
    sync.expect(world.city, sync.Plan("year", 30, "2025"))
    sync.receive(world.city, [world.up(county)])
    (row,) = world.city.find(PACKAGE, direction="in", type="package")
    with world.city.act("收取", "测试") as act:
        act.upsert(PACKAGE, [{**row.values, "at": "2026-01-15T04:00:00+00:00"}])
    assert states(world, DONGTAI) == {"2026": "awaited", "2025": "received"}


def test_a_package_set_aside_is_told_apart(world: World, county: SqlStore) -> None:
    sync.expect(world.city, sync.Plan("month", 10, "2026-11"))
    up(world, county, "2026-11", "2026-11-20")
    (row,) = world.city.find(PACKAGE, direction="in", type="package")
    with world.city.act("暂存", "测试") as act:
        act.upsert(PACKAGE, [{**row.values, "quarantined": "版本新"}])
    assert states(world, DONGTAI) == {"2026-11": "aside"}


@pytest.mark.parametrize("plan", [sync.Plan("week"), sync.Plan("month", 999), sync.Plan("month", 10, "2026")])  # type: ignore[arg-type]
def test_odd_plans_are_refused(world: World, plan: sync.Plan) -> None:
    with pytest.raises(Refusal, match="报送"):
        sync.expect(world.city, plan)


def test_only_the_city_expects_and_only_counties_report(world: World, county: SqlStore) -> None:
    with pytest.raises(Refusal, match="市局设置"):
        sync.expect(county, sync.Plan())
    with pytest.raises(Refusal, match="县"):
        sync.export(world.city, world.fresh(), report=sync.Report("2026-11"))
    assert {one.period.every for one in sync.completeness(world.city, TODAY)} == {"quarter"}
