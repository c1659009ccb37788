"""The real store: records, versions, log, undo, lists."""

from collections.abc import Callable

import pytest

from db.migrations import migrations
from db.store import SqlStore
from ipdesk.kinds.declare import Kind, Ledger
from ipdesk.problems import Refusal
from ipdesk.records import Query, Record, RecordKey, Version

Make = Callable[..., SqlStore]


@pytest.fixture
def store(make_store: Make) -> SqlStore:
    return make_store()


def kinds(store: SqlStore) -> tuple[Kind, Kind, Kind, Ledger]:
    known = store.catalogue
    return known.kind("enterprise"), known.kind("case"), known.kind("subsidy"), known.ledger("guanbiao")


def add_row(
    store: SqlStore, name: str = "东台锦盛新材料有限公司", uscc: str = "91320981MABJ1XG60Q"
) -> RecordKey:
    enterprise, case, subsidy, _ = kinds(store)
    with store.act("新增", "表单") as act:
        owner = act.add(
            enterprise, {"unit_code": "320981", "enterprise_name": name, "uscc": uscc, "is_zjtx": True}
        )
        key = act.add(
            case, {"enterprise_id": owner.id, "stage": "ST15", "contact_name": "顾㛃", "remark": None}
        )
        act.add(subsidy, {"case_id": key.id, "subsidy_year": 2023, "subsidy_amount_wan": 1.5})
    return key


def test_a_flat_row_holds_what_its_three_records_say(store: SqlStore) -> None:
    ledger, key = kinds(store)[3], add_row(store)
    (row,) = store.rows(ledger, store.keys(ledger, Query()))
    assert row.key == key
    assert row.values == {
        "unit_code": "320981",
        "enterprise_name": "东台锦盛新材料有限公司",
        "uscc": "91320981MABJ1XG60Q",
        "is_zjtx": True,
        "stage": "ST15",
        "contact_name": "顾㛃",
        "subsidy_year": 2023,
        "subsidy_amount_wan": 1.5,
    }
    assert set(row.parts) == {"enterprise", "case", "subsidy"}


def test_the_flat_row_shows_the_newest_subsidy(store: SqlStore) -> None:
    *_, subsidy, ledger = kinds(store)
    key = add_row(store)
    with store.act("补助", "表单") as act:
        act.add(subsidy, {"case_id": key.id, "subsidy_year": 2025, "subsidy_amount_wan": 9.0})
        act.add(subsidy, {"case_id": key.id, "subsidy_amount_wan": 7.0})
    assert store.rows(ledger, [key])[0].values["subsidy_amount_wan"] == 9.0


def test_each_write_is_the_next_version_and_the_next_log_number(store: SqlStore) -> None:
    case, key = kinds(store)[1], add_row(store)
    first = store.get(case, key)
    with store.act("改", "表单") as act:
        assert act.put(case, key, {"stage": "ST31", "contact_name": None})
        assert not act.put(case, key, {"stage": "ST31"})
    second = store.get(case, key)
    assert first is not None
    assert second is not None
    assert second.previous == first.version
    assert second.version == (1, 2, store.life[0])
    assert second.lsn > first.lsn
    assert "contact_name" not in second.values


def test_history_tells_each_field_of_the_row_and_its_parts(store: SqlStore) -> None:
    _, case, _, ledger = kinds(store)
    key = add_row(store)
    with store.act("改", "表单") as act:
        act.put(case, key, {"stage": "ST31"})
        act.note("查看联系电话", case, key)
    told = {(c.field, c.before, c.after, c.source) for c in store.history(ledger, key)}
    assert ("stage", "ST15", "ST31", "表单") in told
    assert ("uscc", None, "91320981MABJ1XG60Q", "表单") in told
    assert ("_note", None, "查看联系电话", "表单") in told
    assert not any(field in ("enterprise_id", "case_id") for field, *_ in told)


def test_undo_takes_back_act_by_act_until_none_is_left(store: SqlStore) -> None:
    enterprise, case, subsidy, ledger = kinds(store)
    key = add_row(store)
    with store.act("改", "表单") as act:
        act.put(case, key, {"stage": "ST31", "cert_no": "165IP235744R0M"})
    with store.act("删", "表单") as act:
        act.delete(case, key)
        act.delete(case, key)
    assert store.keys(ledger, Query(search="锦盛")) == []
    store.undo()
    assert (
        store.rows(ledger, store.keys(ledger, Query(search="锦盛")))[0].values["cert_no"] == "165IP235744R0M"
    )
    store.undo()
    assert store.rows(ledger, [key])[0].values.get("cert_no") is None
    assert store.undo().deed == "撤销：新增"
    assert [store.count(kind) for kind in (enterprise, case, subsidy)] == [0, 0, 0]
    with pytest.raises(Refusal, match="没有可以撤销的操作"):
        store.undo()
    assert store.check() == []


def test_undo_of_a_revival_deletes_again(store: SqlStore) -> None:
    case, key = kinds(store)[1], add_row(store)
    with store.act("删", "表单") as act:
        act.delete(case, key)
    with store.act("复活", "表单") as act:
        act.put(case, key, {"stage": "ST08"})
    assert store.count(case) == 1
    store.undo()
    assert store.count(case) == 0


def test_undo_is_refused_when_a_later_act_built_on_it(store: SqlStore) -> None:
    case, key = kinds(store)[1], add_row(store)
    held = store.get(case, key)
    assert held is not None
    with store.act("回执", "回执") as act:
        act.merge(case, [Record("case", key, {"stage": "ST33"}, Version(2, 9, "ffff"))])
    with pytest.raises(Refusal, match="不能撤销"):
        store.undo()
    assert store.rows(kinds(store)[3], [key])[0].values["stage"] == "ST33"


def test_an_act_that_fails_leaves_nothing(store: SqlStore) -> None:
    enterprise = kinds(store)[0]

    def fail() -> None:
        with store.act("新增", "表单") as act:
            act.add(enterprise, {"enterprise_name": "甲"})
            act.keep("anything", 1)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert store.count(enterprise) == 0
    assert store.setting("anything") is None
    assert store.last_lsn() == 0


def test_an_unknown_field_is_a_bug_not_data(store: SqlStore) -> None:
    with pytest.raises(KeyError, match="no fields"), store.act("新增", "表单") as act:
        act.add(kinds(store)[0], {"no_such": 1})


def test_only_the_owner_writes_a_record(store: SqlStore) -> None:
    case = kinds(store)[1]
    theirs = RecordKey("320925", "0190")
    with store.act("合并", "同步包") as act:
        act.merge(case, [Record("case", theirs, {"stage": "ST02"}, Version(1, 1, "aaaa"), at="2026-01-01")])
    with pytest.raises(Refusal, match="只能由填报单位修改"), store.act("改", "表单") as act:
        act.put(case, theirs, {"stage": "ST03"})
    with pytest.raises(Refusal, match="已经不在"), store.act("改", "表单") as act:
        act.delete(case, RecordKey("320981", "nothing"))


def test_merge_keeps_the_version_and_what_is_not_told(store: SqlStore) -> None:
    case = kinds(store)[1]
    key = RecordKey("320925", "0190")
    first = Record(
        "case", key, {"stage": "ST02", "remark": "一"}, Version(1, 1, "aaaa"), at="t", extra={"new": 1}
    )
    gone = Record("case", key, {"remark": None}, Version(1, 2, "aaaa"), Version(1, 1, "aaaa"), deleted=True)
    with store.act("合并", "同步包") as act:
        act.merge(case, [first])
    held = store.get(case, key)
    assert held is not None
    assert held.extra == {"new": 1}
    with store.act("合并", "同步包") as act:
        act.merge(case, [gone])
    held = store.get(case, key)
    assert held is not None
    assert (held.version, held.previous, held.deleted) == (Version(1, 2, "aaaa"), Version(1, 1, "aaaa"), True)
    assert held.values == {"stage": "ST02"}
    assert held.lsn == store.last_lsn() == 2
    assert store.get_many(case, [key, RecordKey("320925", "absent")]) == {key: held}


def test_twins_are_records_of_one_value(store: SqlStore) -> None:
    enterprise = kinds(store)[0]
    add_row(store)
    twin = Record("enterprise", RecordKey("320925", "1"), {"uscc": "91320981MABJ1XG60Q"}, Version(1, 1, "a"))
    lone = Record("enterprise", RecordKey("320925", "2"), {"uscc": "91320925MATKLJEG44"}, Version(1, 1, "a"))
    with store.act("合并", "同步包") as act:
        act.merge(enterprise, [twin, lone])
    ((one, other),) = store.twins(enterprise, "uscc")
    assert {one.key.owner, other.key.owner} == {"320981", "320925"}


def test_local_kinds_are_written_over_and_never_logged(store: SqlStore) -> None:
    device = store.catalogue.kind("device")
    with store.act("开通", "申请") as act:
        act.upsert(device, [{"unit": "320925", "device": "d", "signing_key": "k", "recipient": "r"}])
        act.upsert(device, [{"unit": "320925", "device": "d", "confirmed": True}])
    (kept,) = store.find(device, unit="320925")
    assert (kept.values["signing_key"], kept.values["confirmed"]) == ("k", True)
    with pytest.raises(Refusal, match="没有可以撤销"):
        store.undo()
    with store.act("作废", "设置") as act:
        act.delete(device, kept.key)
    assert store.count(device) == 0


def test_what_is_unsent_is_counted_in_order(store: SqlStore) -> None:
    add_row(store)
    case = kinds(store)[1]
    assert store.unsent("320981", 0) == 3
    assert store.unsent("320981", 2) == 1
    assert [r.lsn for r in store.changed_since(case, "320981", 0)] == [2]
    assert store.schema == len(migrations()._migrations)  # noqa: SLF001  # no list of all steps is offered


def test_lists_are_filtered_and_ordered(store: SqlStore) -> None:
    ledger = kinds(store)[3]
    add_row(store, "东台正鹿有限公司", "1")
    add_row(store, "东台安华有限公司", "2")
    names = [r.values["enterprise_name"] for r in store.rows(ledger, store.keys(ledger, Query()))]
    assert names == ["东台正鹿有限公司", "东台安华有限公司"]
    by_name = store.keys(ledger, Query(order=(("enterprise_name", False),)))
    assert [r.values["uscc"] for r in store.rows(ledger, by_name)] == ["2", "1"]
    assert len(store.keys(ledger, Query(where=(("uscc", "2"), ("guanbiao_state", "ST15")), limit=5))) == 1
    assert len(store.keys(ledger, Query(order=(("stage", True),), limit=1))) == 1
    with pytest.raises(Refusal, match="没有“nothing”这个字段"):
        store.keys(ledger, Query(where=(("nothing", 1),)))


def test_an_act_tells_what_it_changed(store: SqlStore) -> None:
    key = add_row(store)
    told = store.undo()
    assert told.kinds == {"enterprise", "case", "subsidy"}
    assert told.keys["case"] == {key}
