"""Which rows the city returned and waits for."""

from collections.abc import Callable
from pathlib import Path

import pytest

from db.store import SqlStore
from ipdesk import sync
from ipdesk.actions import deciding
from ipdesk.actions.ledger import add, change
from ipdesk.actions.returned import has_returned, returned_among
from ipdesk.kinds.declare import Ledger, Values
from ipdesk.records import Query, Row
from tests.ipdesk.sync.world import DONGTAI, World

HOUSE: Values = {
    "institution_name": "东台明专利代理事务所",
    "uscc": "91320981MA1YNEW024",
    "unit_code": DONGTAI,
    "stat_year": 2023,
    "revenue_total_wan": 12.5,
}


@pytest.fixture
def world(make_store: Callable[..., SqlStore], tmp_path: Path) -> World:
    return World(make_store, tmp_path)


def row_of(store: SqlStore, ledger: Ledger) -> Row:
    return store.rows(ledger, store.keys(ledger, Query()))[0]


def test_a_row_is_returned_until_it_changes(world: World) -> None:
    county, ledger = world.county(), world.city.catalogue.ledger("institution")
    name = "revenue_total_wan"
    key = add(county, ledger, HOUSE, "表单")
    world.round(county)
    city, row = world.city, row_of(world.city, ledger)
    assert (has_returned(city, ledger), returned_among(city, ledger, [row])) == (False, {})
    deciding.send_back(city, ledger, row, "金额对不上", name)
    deciding.send_back(city, ledger, row, "名称不全")
    told = returned_among(city, ledger, [row])[row.key]
    label = ledger.field(name).label
    assert sorted(one.words for one in told) == sorted([f"{label}：金额对不上", "名称不全"])
    assert has_returned(city, ledger)
    assert not has_returned(city, city.catalogue.ledger("guanbiao"))
    assert returned_among(city, ledger, []) == {}
    change(county, ledger, key, {name: 13.5}, "表单")
    sync.receive(city, [world.up(county)])
    (left,) = returned_among(city, ledger, [row_of(city, ledger)])[row.key]
    assert left.words == "名称不全"
    deciding.cancel_send_back(city, ledger, row_of(city, ledger))
    assert not has_returned(city, ledger)
