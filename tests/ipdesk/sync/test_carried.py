"""What a receipt carries is told before it is made, and before it is taken in."""

from collections.abc import Callable
from pathlib import Path

import pytest

from db.store import SqlStore
from ipdesk import parameters, sync
from ipdesk.actions import corrections, deciding
from ipdesk.records import Query
from ipdesk.sync.carried import Carried
from ipdesk.sync.receipt import outlook
from tests.ipdesk.sync.world import DONGTAI, JIANHU, World, add


@pytest.fixture
def world(make_store: Callable[..., SqlStore], tmp_path: Path) -> World:
    return World(make_store, tmp_path)


def test_corrections_returns_and_documents_are_counted_before_and_where_they_come(world: World) -> None:
    county = world.county()
    world.county(JIANHU)
    add(county, "甲公司")
    add(county, "乙公司")
    world.round(county)
    city, ledger = world.city, world.city.catalogue.ledger("guanbiao")
    first, second = city.rows(ledger, city.keys(ledger, Query()))
    assert [one.unit for one in outlook(city)] == [JIANHU, DONGTAI]
    assert all(one.is_empty for one in outlook(city))
    corrections.propose(city, ledger, first, {"remark": "请核对"}, "备注不能空着", None)
    deciding.send_back(city, ledger, second, "名称不全")
    sync.publish(city, "parameters", parameters.written(city))
    told = next(one for one in outlook(city) if one.unit == DONGTAI)
    assert told == Carried(DONGTAI, returned=1, corrections=1, published=1)
    assert not told.is_empty
    receipt = world.down()
    (trial,) = sync.receive(county, [receipt], dry_run=True).previews
    assert trial.carried == told
    (taken,) = sync.receive(county, [receipt]).previews
    assert taken.carried == told
    (again,) = sync.receive(county, [receipt], dry_run=True).previews
    assert again.carried is None, "an older receipt brings nothing"
    (next_one,) = sync.receive(county, [world.down()], dry_run=True).previews
    assert next_one.carried == Carried(DONGTAI, returned=1), (
        "the correction is asked again, but is here already"
    )
