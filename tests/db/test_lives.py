"""Records of several lives of one store: written anew, put back, remembered (sync rules 7 and 8)."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from db.store import SqlStore
from ipdesk.fields import Value
from ipdesk.kinds.case import CASE
from ipdesk.records import Record, RecordKey, Version

KEY = RecordKey("320925", "0190a000-0000-7000-8000-000000000001")
FIRST = Record("case", KEY, {"stage": "ST15"}, Version(1, 3, "aaaaaaaa"), at="2024-01-01T00:00:00+00:00")


@pytest.fixture
def store(make_store: Callable[..., SqlStore]) -> SqlStore:
    return make_store()


def held(store: SqlStore, key: RecordKey = KEY) -> Record:
    record = store.get(CASE, key)
    assert record is not None
    return record


def new_life(store: SqlStore) -> None:
    with store.act("换代", "测试") as act:
        act.keep("life", {"epoch": "bbbbbbbb", "incarnation": 2})


def test_a_later_life_remembers_where_a_record_comes_from(store: SqlStore) -> None:
    with store.act("新增", "表单") as act:
        key = act.add(CASE, {"stage": "ST12"})
    before = held(store, key).version
    new_life(store)
    for stage in ("ST31", "ST15"):
        with store.act("改", "表单") as act:
            act.put(CASE, key, {"stage": stage})
    assert held(store, key).version == (2, before.number + 2, "bbbbbbbb")
    assert held(store, key).previous == before


def test_a_record_is_adopted_above_every_version_known(store: SqlStore) -> None:
    new_life(store)
    with store.act("取回", "回执") as act:
        act.adopt(CASE, FIRST)
    assert held(store).version == (2, 4, "bbbbbbbb")
    assert held(store).previous == FIRST.version
    with store.act("取回", "回执") as act:
        act.adopt(CASE, held(store), above=9)
    assert held(store).version == (2, 10, "bbbbbbbb")
    assert held(store).previous == FIRST.version
    with store.act("取回", "回执") as act:
        act.adopt(CASE, replace(FIRST, values={}, deleted=True))
    assert held(store).deleted
    assert store.undoable() is None
    assert store.check() == []


def test_unread_fields_of_a_newer_program_are_merged_one_by_one(store: SqlStore) -> None:
    told: list[tuple[dict[str, Value], dict[str, object]]] = [
        ({"stage": "ST15"}, {"one": 1, "two": 2, "three": 3}),
        ({"stage": "ST31"}, {}),
        ({}, {"two": 4, "three": None}),
    ]
    for number, (values, extra) in enumerate(told, 3):
        with store.act("收包", "包") as act:
            version = Version(1, number, "aaaaaaaa")
            act.merge(CASE, [replace(FIRST, values=values, version=version, extra=extra)])
    assert (held(store).values, held(store).extra) == ({"stage": "ST31"}, {"one": 1, "two": 4})
    with store.act("取回", "回执") as act:
        act.adopt(
            CASE, replace(FIRST, values={"remark": "好", "stage": None}, extra={"one": None, "five": 5})
        )
    assert (held(store).values, held(store).extra) == ({"remark": "好"}, {"two": 4, "five": 5})
    with store.act("收包", "包") as act:  # a program that knows the field by now
        act.merge(CASE, [replace(held(store), values={"remark": "新"}, extra={"remark": "旧"})])
        act.merge(
            CASE, [replace(held(store), values={"remark": "新", "stage": None}, extra={"stage": "ST31"})]
        )
    assert (held(store).values, held(store).extra) == ({"remark": "新"}, {"two": 4, "five": 5})


def test_a_merge_is_put_back_as_it_was(store: SqlStore) -> None:
    later = replace(FIRST, values={"stage": "ST31"}, version=Version(1, 4, "aaaaaaaa"))
    for record in (FIRST, later):
        with store.act("收包", "包") as act:
            act.merge(CASE, [record])
    told = [(r.version, r.values, r.deleted) for r in store.logged(CASE, KEY)]
    assert told == [(r.version, r.values, False) for r in (FIRST, later)]
    with store.act("撤回", "收件") as act:
        act.unmerge(CASE, {KEY: FIRST})
    assert (held(store).version, held(store).values) == (FIRST.version, FIRST.values)
    with store.act("撤回", "收件") as act:
        act.unmerge(CASE, {KEY: None})
    assert held(store).deleted
    assert held(store).version < FIRST.version
    assert store.find(CASE, KEY.owner) == []
    assert store.check() == []
