"""A conflict is decided at the city or by the county itself, and the other side is told."""

from dataclasses import replace

import pytest

from db.store import SqlStore
from ipdesk import sync
from ipdesk.actions import corrections, deciding
from ipdesk.kinds.case import CASE
from ipdesk.kinds.sync import RESULT
from ipdesk.problems import Refusal
from ipdesk.records import Record, RecordKey, Version
from ipdesk.sync.conflicts import clash, keep
from ipdesk.sync.corrections import listed
from ipdesk.sync.decided import Conflict, conflicts
from tests.ipdesk.sync.world import World, add, change


@pytest.fixture
def case(world: World, county: SqlStore) -> RecordKey:
    """Return a case about whose remark city and county keep a conflict: 现 stands, 另 is the other."""
    key = add(county, "甲公司", remark="现")
    world.round(county)
    for store in (world.city, county):
        stands = store.get(CASE, key)
        assert stands is not None
        found = clash(store, CASE, other(stands), stands)
        assert found is not None
        with store.act("收包", "包") as act:
            keep(store, act, CASE, [found])
    return key


def other(stands: Record) -> Record:
    values = {**stands.values, "remark": "另"}
    return replace(stands, values=values, version=Version(0, 9, "aaaaaaaa"))


def only(store: SqlStore) -> Conflict:
    (found,) = conflicts(store)
    return found


def test_the_standing_value_needs_no_correction(world: World, county: SqlStore, case: RecordKey) -> None:
    conflict = only(world.city)
    assert (conflict.ours, conflict.theirs, conflict.state, conflict.message) == ("现", "另", "open", "")
    world.round(county)
    (told,) = county.find(RESULT, outcome="conflict")
    assert (told.values["record"], told.values["field"]) == (case.id, "remark")
    assert (
        deciding.resolve_conflict(
            world.city, deciding.conflict_named(world.city, conflict.id), "ours", "电话核实"
        )
        == ""
    )
    world.round(county)
    held = only(county)
    assert (held.state, held.decision, held.reason, held.decided_by) == (
        "ours",
        "现",
        "电话核实",
        "盐城市（市本级）",
    )
    assert county.find(RESULT, outcome="conflict") == []


@pytest.mark.parametrize(
    ("choice", "state", "value"), [("theirs", "theirs", "另"), ("第三", "value", "第三")]
)
def test_another_value_goes_down_as_a_correction(
    world: World, county: SqlStore, case: RecordKey, choice: str, state: str, value: str
) -> None:
    number = deciding.resolve_conflict(world.city, only(world.city), choice)
    assert only(world.city).correction == number
    world.round(county)
    assert (only(county).state, only(county).decision) == (state, value)
    (asked,) = listed(county)
    corrections.answer(county, asked, yes=True)
    world.round(county)
    held = world.city.get(CASE, case)
    assert held is not None
    assert held.values["remark"] == value


def test_a_county_decides_for_itself_and_the_city_is_told(
    world: World, county: SqlStore, case: RecordKey
) -> None:
    assert deciding.resolve_conflict(county, only(county), "theirs", "原件") == ""
    held = county.get(CASE, case)
    assert held is not None
    assert held.values["remark"] == "另"
    world.round(county)
    told = only(world.city)
    assert (told.state, told.decided_by, told.reason) == ("theirs", "东台市", "原件")
    assert conflicts(world.city, "open") == []
    deciding.resolve_conflict(world.city, told, "ours", "市局再定")
    world.round(county)
    assert (only(county).state, only(county).decided_by) == ("ours", "盐城市（市本级）")
    assert sync.receive(world.city, [world.up(county)]).refused == ()
    assert only(world.city).state == "ours"


def test_what_changed_or_went_meanwhile_is_told(world: World, county: SqlStore, case: RecordKey) -> None:
    change(county, case, remark="又改")
    assert "又改过" in only(county).message
    with county.act("删除", "表单") as act:
        act.delete(CASE, case)
    assert "已经删除" in only(county).message
    world.round(county)
    with pytest.raises(Refusal, match="已经删除"):
        deciding.resolve_conflict(world.city, only(world.city), "theirs")
    with pytest.raises(Refusal, match="没有编号为"):
        deciding.conflict_named(county, "ffffffff")
