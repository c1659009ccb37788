"""How far a row has got, and what the city said of it."""

from db.store import SqlStore
from ipdesk import sync
from ipdesk.records import Query
from ipdesk.sync import Reported
from tests.ipdesk.sync.world import JIANHU, World, add, change


def states(store: SqlStore) -> list[Reported]:
    ledger = store.catalogue.ledger("guanbiao")
    rows = store.rows(ledger, store.keys(ledger, Query()))
    return [sync.reported(store, rows)[row.key] for row in rows]


def test_a_row_goes_from_unsent_to_accepted_and_back_when_changed(world: World, county: SqlStore) -> None:
    key = add(county, "甲公司")
    assert states(county) == [Reported("unsent")]
    file = world.up(county)
    assert states(county) == [Reported("sent")]
    sync.receive(world.city, [file])
    sync.receive(county, [world.down()])
    assert states(county) == [Reported("accepted")]
    change(county, key, remark="改")
    assert states(county) == [Reported("unsent")]


def test_what_the_city_suspects_stands_beside_the_field(world: World, county: SqlStore) -> None:
    other = world.county(JIANHU)
    for store in (county, other):
        add(store, "甲公司", "91320981MABJ1XG60Q")
    for store in (county, other, county):
        world.round(store)
    ((state, field, message),) = states(county)
    assert (state, field) == ("duplicate", "uscc")
    assert "建湖县也登记了" in message
