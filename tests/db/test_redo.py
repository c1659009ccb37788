"""Undo and redo of every act, a whole intake included."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.store import SqlStore
from ipdesk.actions.ledger import delete
from ipdesk.intake import apply, plan
from ipdesk.problems import Refusal
from ipdesk.records import Query, Record, RecordKey, Version

Make = Callable[..., SqlStore]
Shown = list[tuple[RecordKey, dict[str, object]]]


@pytest.fixture
def store(make_store: Make) -> SqlStore:
    return make_store()


def rows(store: SqlStore, words: str = "") -> Shown:
    ledger = store.catalogue.ledger("guanbiao")
    found = store.rows(ledger, store.keys(ledger, Query(search=words)))
    return [(row.key, dict(row.values)) for row in found]


def add(store: SqlStore, name: str) -> RecordKey:
    with store.act(f"新增{name}", "表单") as act:
        above = act.add(store.catalogue.kind("enterprise"), {"enterprise_name": name})
        return act.add(store.catalogue.kind("case"), {"enterprise_id": above.id, "stage": "ST02"})


def change(store: SqlStore, key: RecordKey, stage: str) -> None:
    with store.act(f"改为{stage}", "表单") as act:
        act.put(store.catalogue.kind("case"), key, {"stage": stage})


def test_what_was_taken_back_is_done_again_last_first(store: SqlStore) -> None:
    key = add(store, "甲公司")
    change(store, key, "ST15")
    delete(store, store.catalogue.ledger("guanbiao"), [key], "表单")
    for _ in range(3):
        store.undo()
    assert rows(store) == []
    told = store.redoable()
    assert told is not None
    assert (told.deed, told.count) == ("新增甲公司", 2)
    assert store.redo().deed == "重做：新增甲公司"
    assert [values["stage"] for _, values in rows(store, "甲")] == ["ST02"]
    assert store.redo().deed == "重做：改为ST15"
    assert [values["stage"] for _, values in rows(store)] == ["ST15"]
    store.redo()
    assert rows(store) == []
    with pytest.raises(Refusal, match="没有可以重做的操作"):
        store.redo()
    assert store.undo().deed.startswith("撤销：删除")
    assert store.undo().deed == "撤销：改为ST15"
    assert [values["stage"] for _, values in rows(store)] == ["ST02"]
    assert store.check() == []


def test_a_new_act_leaves_nothing_to_redo(store: SqlStore) -> None:
    key = add(store, "甲公司")
    change(store, key, "ST15")
    store.undo()
    change(store, key, "ST31")
    assert store.redoable() is None
    store.undo()
    assert store.redo().deed == "重做：改为ST31"
    assert store.redoable() is None


def test_looking_and_receiving_leave_the_redo_unless_it_would_overwrite(store: SqlStore) -> None:
    key, other = add(store, "甲公司"), add(store, "乙公司")
    change(store, key, "ST15")
    store.undo()
    case = store.catalogue.kind("case")
    with store.act("查看", "表单") as act:
        act.note("查看联系电话", case, key)
    with store.act("收回执", "回执") as act:
        act.merge(case, [Record("case", other, {"stage": "ST33"}, Version(2, 9, "ffff"))])
    assert store.redo().deed == "重做：改为ST15"
    store.undo()
    with store.act("收回执", "回执") as act:
        act.merge(case, [Record("case", key, {"stage": "ST34"}, Version(2, 9, "ffff"))])
    with pytest.raises(Refusal, match="不能重做"):
        store.redo()
    assert [values["stage"] for _, values in rows(store)] == ["ST34", "ST33"]


def test_a_whole_intake_is_taken_back_and_done_again(store: SqlStore, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ("企业名称", "统一社会信用代码", "贯标进度", "备注"),
        ("东台锦盛新材料有限公司", "91320981MABJ1XG60Q", "获证", "一"),
        ("东台恒瑞机械制造有限公司", "91320900MA1MA8U42Q", "启动", "二"),
    ):
        sheet.append(row)
    book.save(tmp_path / "贯标.xlsx")
    intake = plan(store, store.catalogue.ledger("guanbiao"), tmp_path / "贯标.xlsx")
    apply(store, intake)
    taken = rows(store)
    assert len(taken) == 2
    store.undo()
    assert rows(store) == []
    store.redo()
    assert rows(store) == taken
    assert rows(store, "锦盛")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(st.lists(st.sampled_from(("add", "change", "delete", "undo", "redo")), max_size=20), st.data())
def test_undo_and_redo_walk_through_the_same_states(
    make_store: Make, deeds: list[str], data: st.DataObject
) -> None:
    store, states, at = make_store(), list[Shown]([[]]), 0
    ledger = store.catalogue.ledger("guanbiao")
    for deed in deeds:
        keys = [key for key, _ in states[at]]
        if deed == "undo" and at:
            store.undo()
            at -= 1
        elif deed == "redo" and at + 1 < len(states):
            store.redo()
            at += 1
        elif deed == "add" or (deed in ("change", "delete") and keys):
            key = data.draw(st.sampled_from(keys)) if keys else None
            if deed == "add" or key is None:
                add(store, f"第{len(states)}公司")
            elif deed == "delete":
                delete(store, ledger, [key], "表单")
            else:
                change(store, key, f"ST{30 + at % 4}" if at % 2 else "ST90")
            after = rows(store)
            if after != states[at]:  # a change to the same value is no act
                states, at = [*states[: at + 1], after], at + 1
        assert rows(store) == states[at]
        assert (store.undoable() is not None, store.redoable() is not None) == (at > 0, at + 1 < len(states))
