"""The city's own records come down as they stand, are nobody else's to write, and follow a restored city."""

import json

import pytest

from db.store import SqlStore
from ipdesk import sync
from ipdesk.actions import ledger as deeds
from ipdesk.fields import Value
from ipdesk.problems import Refusal
from ipdesk.records import Query, RecordKey
from ipdesk.sync import channel, downward
from tests.ipdesk.sync.world import DONGTAI, World

GOAL: dict[str, Value] = {
    "unit_code": DONGTAI,
    "indicator_code": "I09",
    "target_value": 40,
    "target_source": "GS3",
}
SLIP: dict[str, Value] = {
    "unit_code": DONGTAI,
    "slip_no": "督〔2024〕1号",
    "subject": "贯标进度滞后",
    "issued_date": "2024-05-06",
    "deadline": "2024-06-30",
}


def put(store: SqlStore, name: str, values: dict[str, Value]) -> RecordKey:
    return deeds.add(store, store.catalogue.ledger(name), values, "测试")


def listed(store: SqlStore, name: str) -> list[dict[str, Value]]:
    ledger = store.catalogue.ledger(name)
    return [dict(row.values) for row in store.rows(ledger, store.keys(ledger, Query()))]


def carry(world: World, county: SqlStore) -> None:
    assert not sync.receive(county, [world.down()]).refused


def test_targets_and_slips_come_down(world: World) -> None:
    county = world.county()
    put(world.city, "target", GOAL)
    put(world.city, "supervision", SLIP)
    carry(world, county)
    assert listed(county, "target") == [GOAL]
    assert listed(county, "supervision") == [SLIP]
    assert [one.label for one in channel.documents(county)] == ["督办单", "目标"]


def test_a_change_and_a_deletion_follow(world: World) -> None:
    county, ledger = world.county(), world.city.catalogue.ledger("target")
    kept, gone = put(world.city, "target", GOAL), put(world.city, "target", {**GOAL, "indicator_code": "I11"})
    carry(world, county)
    deeds.change(world.city, ledger, kept, {"target_value": 45}, "测试")
    deeds.delete(world.city, ledger, [gone], "测试")
    carry(world, county)
    assert [row["target_value"] for row in listed(county, "target")] == [45]
    carry(world, county)
    assert [one.version for one in channel.documents(county)] == [2]


def test_nothing_written_is_nothing_sent(world: World) -> None:
    county = world.county()
    carry(world, county)
    assert channel.documents(county) == []


def test_a_county_cannot_write_them(world: World) -> None:
    county = world.county()
    put(world.city, "target", GOAL)
    carry(world, county)
    ledger = county.catalogue.ledger("target")
    (key,) = county.keys(ledger, Query())
    with pytest.raises(Refusal):
        deeds.change(county, ledger, key, {"target_value": 1}, "测试")
    with pytest.raises(Refusal):
        deeds.delete(county, ledger, [key], "测试")
    put(county, "target", {**GOAL, "target_value": 50, "target_source": "GS4"})
    world.round(county)
    assert {row["target_value"] for row in listed(world.city, "target")} == {40, 50}


def test_a_document_is_all_there_is(world: World) -> None:
    """What a restored city does not know any more leaves the county's copy."""
    county = world.county()
    first, _ = put(world.city, "target", GOAL), put(world.city, "target", {**GOAL, "indicator_code": "I11"})
    carry(world, county)
    kind = world.city.catalogue.kind("target")
    only = [line for line in json.loads(downward.written(world.city, kind)) if line["id"] == first.id]
    with county.act("收", "测试") as act:
        downward.take(county, act, "target", json.dumps(only))
    assert listed(county, "target") == [GOAL]


@pytest.mark.parametrize(
    "text", ["", "{}", "[1]", '[{"_owner": "320981"}]', '[{"_owner": "320900", "id": "x"}]']
)
def test_an_odd_document_is_refused(world: World, text: str) -> None:
    if text == "{}":
        assert downward.check(world.city, "target", text) == []
        return
    with pytest.raises(Refusal):
        downward.check(world.city, "target", text)


def test_an_unknown_kind_is_left_alone(world: World) -> None:
    with pytest.raises(Refusal, match="看不懂"):
        downward.check(world.city, "person", "[]")
    assert downward.label("person") == "person"
