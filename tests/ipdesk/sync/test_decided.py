"""A conflict is decided at the city or by the county itself, and the other side is told."""

from dataclasses import replace

import pytest

from db.store import SqlStore
from ipdesk import sync
from ipdesk.actions import corrections, deciding
from ipdesk.actions.writing import ledger_name
from ipdesk.fields import Value
from ipdesk.kinds.case import CASE
from ipdesk.kinds.declare import Kind
from ipdesk.kinds.document import DOCUMENT
from ipdesk.kinds.enterprise import ENTERPRISE
from ipdesk.kinds.sync import RESULT
from ipdesk.problems import Refusal
from ipdesk.records import Record, RecordKey, Version
from ipdesk.sync.conflicts import clash, keep
from ipdesk.sync.corrections import listed
from ipdesk.sync.decided import Conflict, conflicts
from tests.ipdesk.sync.world import Entries, Manifest, World, add, change, reason

OTHER = "0190a000-0000-7000-8000-000000000009"


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


@pytest.mark.usefixtures("case")
def test_what_is_decided_otherwise_takes_its_correction_back(world: World) -> None:
    deciding.resolve_conflict(world.city, only(world.city), "theirs")
    assert listed(world.city, "open")
    deciding.resolve_conflict(world.city, only(world.city), "ours")
    assert (listed(world.city, "open"), only(world.city).state) == ([], "ours")


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


@pytest.mark.parametrize("role", ["city", "county"])
def test_what_stood_in_a_record_that_is_gone_can_be_chosen(
    world: World, county: SqlStore, case: RecordKey, role: str
) -> None:
    with county.act("删除", "表单") as act:
        act.delete(CASE, case)
    world.round(county)
    store = world.city if role == "city" else county
    with pytest.raises(Refusal, match="已经删除"):
        deciding.resolve_conflict(store, only(store), "theirs", "核对")
    assert only(store).state == "open"
    assert deciding.resolve_conflict(store, only(store), "ours", "核对") == ""
    assert only(store).state == "ours"
    held = county.get(CASE, case)
    assert held is not None
    assert held.deleted


def conflicting(store: SqlStore, kind: Kind, key: RecordKey, **values: Value) -> None:
    """Let a store keep a conflict about a record: its own value stands, the other is told."""
    stands = store.get(kind, key)
    assert stands is not None
    deleted = bool(values.pop("deleted", stands.deleted))
    version = Version(0, 9, "aaaaaaaa")
    older = replace(stands, values={**stands.values, **values}, version=version, deleted=deleted)
    found = clash(store, kind, older, stands)
    assert found is not None
    with store.act("收包", "包") as act:
        keep(store, act, kind, [found])


def test_a_deleted_record_lives_again_with_what_it_points_to(world: World, county: SqlStore) -> None:
    key = add(county, "甲公司")
    world.round(county)
    (above,) = county.find(ENTERPRISE)
    with county.act("删除", "表单") as act:
        act.delete(CASE, key)
        act.delete(ENTERPRISE, above.key)
    world.round(county)
    conflicting(world.city, CASE, key, deleted=False)
    conflict = only(world.city)
    assert (conflict.field, conflict.ours, conflict.theirs, conflict.message) == ("_deleted", True, False, "")
    deciding.resolve_conflict(world.city, conflict, "theirs", "证书还在用")
    world.round(county)
    (asked,) = listed(county)
    assert (asked.shown(asked.old), asked.shown(asked.new)) == ("是", "否")
    corrections.answer(county, asked, yes=True)
    assert len(county.find(CASE)) == len(county.find(ENTERPRISE)) == 1
    world.round(county)
    assert len(world.city.find(CASE)) == 1


def test_an_attachment_stands_in_no_ledger_and_is_decided_all_the_same(
    world: World, county: SqlStore
) -> None:
    key = add(county, "甲公司")
    with county.act("附件", "表单") as act:
        named: dict[str, Value] = {
            "file_name": "现.pdf",
            "record_kind": "case",
            "record_id": key.id,
            "sha256": "0" * 64,
            "size": 1,
        }
        about = act.add(DOCUMENT, named)
    world.round(county)
    for store in (world.city, county):
        conflicting(store, DOCUMENT, about, file_name="另.pdf")
    assert ledger_name(county, DOCUMENT) == "document"
    with pytest.raises(Refusal, match="只能取现值"):
        deciding.resolve_conflict(world.city, only(world.city), "第三.pdf")
    deciding.resolve_conflict(world.city, only(world.city), "theirs")
    world.round(county)
    (asked,) = listed(county)
    corrections.answer(county, asked, yes=True)
    held = county.get(DOCUMENT, about)
    assert held is not None
    assert held.values["file_name"] == "另.pdf"


@pytest.mark.parametrize(
    "odd",
    [{"state": "maybe"}, {"decision": 3}, {"record": "x"}, {"reason": "长" * 501}],
    ids=lambda odd: str(next(iter(odd))),
)
def test_an_odd_decision_refuses_the_file(
    world: World, county: SqlStore, case: RecordKey, odd: dict[str, object]
) -> None:
    deciding.resolve_conflict(county, only(county), "theirs")

    def change_it(_manifest: Manifest, entries: Entries) -> None:
        entries["decided"][0] |= odd

    assert case
    assert "不合规定" in reason(world.city, world.forge(county, change_it))


def test_a_decision_about_what_is_unknown_here_is_left_alone(
    world: World, county: SqlStore, case: RecordKey
) -> None:
    deciding.resolve_conflict(county, only(county), "theirs")

    def of_a_newer_program(_manifest: Manifest, entries: Entries) -> None:
        line = entries["decided"][0]
        entries["decided"] = [
            {**line, "kind": "later"},
            {**line, "field": "later"},
            {**line, "record": OTHER},
        ]

    assert case
    assert sync.receive(world.city, [world.forge(county, of_a_newer_program)]).refused == ()
    assert only(world.city).state == "open"
