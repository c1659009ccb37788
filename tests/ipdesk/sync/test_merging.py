"""The city takes packages in: whole or not at all, newer rows only, gaps known, nothing poisoned."""

import pytest

from db.store import SqlStore
from ipdesk import sync
from ipdesk.kinds.declare import Values
from ipdesk.kinds.sync import DEVICE, PACKAGE
from ipdesk.records import Record, Version
from ipdesk.sync.anew import write_anew
from ipdesk.sync.life import Life
from ipdesk.sync.standing import Standing
from tests.ipdesk.sync.world import (
    DONGTAI,
    JIANHU,
    Entries,
    Forger,
    Manifest,
    World,
    add,
    change,
    everything,
    held,
    reason,
)


def standing(world: World) -> Standing:
    return Standing.of(world.city, DONGTAI)


def alike(world: World, county: SqlStore) -> bool:
    unit = county.office.unit_code
    return held(world.city, unit) == held(county, unit)


def test_what_the_county_has_the_city_has(world: World, county: SqlStore) -> None:
    key = add(county, "甲公司", "91320981MABJ1XG60Q", contact_phone="13912345678", remark="一\n二")
    add(county, "乙公司")
    received = sync.receive(world.city, [world.up(county)])
    assert (received.accepted, received.unchanged, received.conflicts, received.refused) == (4, 0, 0, ())
    assert alike(world, county)
    change(county, key, remark=None, stage="ST16")
    received = sync.receive(world.city, [world.up(county)])
    assert (received.accepted, received.unchanged) == (1, 3)
    assert alike(world, county)


def test_what_is_written_anew_and_says_the_same_is_told_as_such(world: World, county: SqlStore) -> None:
    key = add(county, "甲公司", remark="一")
    add(county, "乙公司")
    world.round(county)
    change(county, key, remark="二")
    with county.act("回到备份", "同步") as act:
        write_anew(county, act)
    told = sync.receive(world.city, [world.up(county)], dry_run=True)
    (preview,) = told.previews
    assert (told.accepted, preview.renewed) == (4, 3)
    assert [(row.kind, row.deed, len(row.changes)) for row in preview.rows] == [("case", "changed", 1)]


def test_the_same_package_twice_changes_nothing(world: World, county: SqlStore) -> None:
    add(county, "甲公司")
    file = world.up(county)
    sync.receive(world.city, [file])
    before = everything(world.city)
    received = sync.receive(world.city, [file, file])
    assert (received.accepted, received.unchanged, received.refused) == (0, 4, ())
    assert everything(world.city) == before


def test_an_older_package_after_a_newer_one_changes_no_record(world: World, county: SqlStore) -> None:
    key = add(county, "甲公司", remark="旧")
    old = world.up(county)
    change(county, key, remark="新")
    new = world.up(county)
    sync.receive(world.city, [new])
    received = sync.receive(world.city, [old])
    assert (received.accepted, received.unchanged) == (0, 2)
    assert alike(world, county)
    assert standing(world).gaps == []


def test_a_deletion_travels_and_so_does_its_undoing(world: World, county: SqlStore) -> None:
    case = county.catalogue.kind("case")
    key = add(county, "甲公司")
    world.round(county)
    with county.act("删除", "表单") as act:
        act.delete(case, key)
    assert sync.receive(world.city, [world.up(county)]).accepted == 1
    assert world.city.count(case) == 0
    county.undo()
    (preview,) = sync.receive(world.city, [world.up(county)]).previews
    assert [row.deed for row in preview.rows] == ["added"]
    assert world.city.count(case) == 1
    assert alike(world, county)


def test_a_lost_package_is_healed_by_the_next(world: World, county: SqlStore) -> None:
    add(county, "甲公司")
    world.up(county)
    add(county, "乙公司")
    sync.receive(world.city, [world.up(county)])
    assert alike(world, county)
    assert standing(world).gaps == [1]
    assert standing(world).acknowledged == 4


def test_coverage_with_a_hole_acknowledges_what_lies_below_it(world: World, county: SqlStore) -> None:
    add(county, "甲公司")
    world.round(county)
    key = add(county, "乙公司")
    lost = world.up(county)
    world.round(county)  # confirms everything so far
    change(county, key, remark="后来的")
    late = world.up(county)
    sync.receive(world.city, [late])
    assert standing(world).acknowledged == Life.of(county).sent
    sync.receive(world.city, [lost])
    assert alike(world, county)


def test_a_package_above_a_hole_is_taken_in_but_not_acknowledged(world: World, county: SqlStore) -> None:
    add(county, "甲公司")
    world.round(county)
    add(county, "乙公司")

    def above(manifest: Manifest, entries: Entries) -> None:
        manifest["low"] = 3
        entries["enterprise"] = []

    assert sync.receive(world.city, [world.forge(county, above)]).accepted == 1
    assert standing(world).acknowledged == 2
    sync.receive(world.city, [world.up(county)])
    assert standing(world).acknowledged == 4
    assert alike(world, county)


def test_a_program_that_does_not_know_a_kind_yet_sends_none_of_it(world: World, county: SqlStore) -> None:
    add(county, "甲公司")

    def without_subsidies(manifest: Manifest, entries: Entries) -> None:
        del manifest["resources"][2]
        del entries["subsidy"]

    assert sync.receive(world.city, [world.forge(county, without_subsidies)]).accepted == 2
    assert standing(world).acknowledged == 2


def test_a_difference_of_the_whole_asks_for_everything(world: World, county: SqlStore) -> None:
    key = add(county, "甲公司")
    world.round(county)
    kind = world.city.catalogue.kind("case")
    record = world.city.get(kind, key)
    assert record is not None
    with world.city.act("弄坏", "测试") as act:
        version = Version(1, 0, record.version.epoch)
        act.merge(kind, [Record("case", key, {"stage": "ST01"}, version)])
    sync.receive(world.city, [world.up(county)])
    assert standing(world).acknowledged == 0
    world.round(county)  # the receipt says 0
    world.round(county)
    assert standing(world).acknowledged == Life.of(county).acknowledged > 0
    assert alike(world, county)


def test_a_dry_run_tells_and_writes_nothing(world: World, county: SqlStore) -> None:
    key = add(county, "甲公司", remark="旧")
    world.round(county)
    change(county, key, remark="新", contact_phone="13912345678")
    before = everything(world.city)
    received = sync.receive(world.city, [world.up(county)], dry_run=True)
    assert everything(world.city) == before
    (preview,) = received.previews
    assert (preview.type, preview.unit, preview.sequence) == ("package", DONGTAI, 2)
    assert {kind: dict(count) for kind, count in preview.counts.items()} == {"case": {"changed": 1}}
    (row,) = preview.rows
    assert (row.kind, row.key, row.deed, row.name) == ("case", key, "changed", "甲公司")
    assert row.changes == (("联系电话", "", "139****5678"), ("备注", "旧", "新"))


def test_a_preview_names_rows_by_what_they_belong_to(world: World, county: SqlStore) -> None:
    key = add(county, "甲公司")
    with county.act("补助", "表单") as act:
        act.add(county.catalogue.kind("subsidy"), {"case_id": key.id, "subsidy_year": 2023})
        act.add(county.catalogue.kind("subsidy"), {"case_id": "01a20409-76cf-75b3-9ad9-6b1d98c55855"})
    (preview,) = sync.receive(world.city, [world.up(county)], dry_run=True).previews
    assert [(row.kind, row.name) for row in preview.rows] == [
        ("enterprise", "甲公司"),
        ("case", "甲公司"),
        ("subsidy", "甲公司"),
        ("subsidy", ""),
    ]


def test_a_newer_schema_is_set_aside_and_taken_in_after_the_upgrade(
    world: World, county: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(county, "甲公司")
    with monkeypatch.context() as patch:
        patch.setattr(SqlStore, "schema", 99)
        file = world.up(county)
    for _ in range(2):
        ((_, sentence),) = sync.receive(world.city, [file]).refused
        assert "请先升级市局的程序" in sentence
    assert held(world.city, DONGTAI) == {}
    assert [item["sequence"] for item in standing(world).quarantined] == [1]
    assert (standing(world).acknowledged, standing(world).gaps) == (0, [])
    receipt = sync.inspect(county, world.down()).header
    assert "请先升级" in str(receipt["answers"]["quarantined"])  # type: ignore[index]
    with monkeypatch.context() as patch:
        patch.setattr(SqlStore, "schema", 99)
        assert sync.receive(world.city, [file]).accepted == 2
    assert standing(world).quarantined == []
    assert alike(world, county)


def test_a_dry_run_does_not_even_set_aside(
    world: World, county: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(SqlStore, "schema", 99)
        file = world.up(county)
    assert sync.receive(world.city, [file], dry_run=True).refused
    assert world.city.find(PACKAGE) == []


def test_an_unknown_kind_is_set_aside(world: World, county: SqlStore) -> None:
    def rename(manifest: Manifest, entries: Entries) -> None:
        manifest["resources"][0]["name"] = "licence"
        entries["licence"] = entries.pop("enterprise")

    ((_, sentence),) = sync.receive(world.city, [world.forge(county, rename)]).refused
    assert "请先升级" in sentence


def test_unknown_columns_are_kept_and_missing_ones_left_alone(world: World, county: SqlStore) -> None:
    key = add(county, "甲公司", remark="原来的", case_no="1")
    world.round(county)
    change(county, key, case_no="2")

    def older_and_newer(manifest: Manifest, entries: Entries) -> None:
        fields = manifest["resources"][1]["schema"]["fields"]
        fields[:] = [f for f in fields if f["name"] != "remark"] + [{"name": "colour", "type": "string"}]
        entries["case"][0].pop("remark")
        entries["case"][0]["colour"] = "蓝"

    assert sync.receive(world.city, [world.forge(county, older_and_newer)]).accepted == 1
    record = world.city.get(world.city.catalogue.kind("case"), key)
    assert record is not None
    assert (record.values["remark"], record.values["case_no"], record.extra) == (
        "原来的",
        "2",
        {"colour": "蓝"},
    )
    change(county, key, case_no="3")
    sync.receive(world.city, [world.up(county)])
    record = world.city.get(world.city.catalogue.kind("case"), key)
    assert record is not None
    assert (record.values["case_no"], record.extra) == ("3", {"colour": "蓝"})


def _foreign(_manifest: Manifest, entries: Entries) -> None:
    entries["case"][0]["_owner"] = JIANHU


def _all_foreign(manifest: Manifest, _entries: Entries) -> None:
    manifest["unit"] = JIANHU


def _counted_elsewhere(_manifest: Manifest, entries: Entries) -> None:
    entries["enterprise"][0]["unit_code"] = JIANHU


def _bad_value(_manifest: Manifest, entries: Entries) -> None:
    entries["case"][-1]["stage"] = {"$set": 1}


def _outside(_manifest: Manifest, entries: Entries) -> None:
    entries["case"][0]["_lsn"] = 9


def _twice(_manifest: Manifest, entries: Entries) -> None:
    entries["case"] *= 2


def _backwards(manifest: Manifest, _entries: Entries) -> None:
    manifest["low"] = 7


def _leap(manifest: Manifest, _entries: Entries) -> None:
    manifest["incarnation"] = 5000


def _seen_leap(manifest: Manifest, _entries: Entries) -> None:
    manifest["receipt_seen"] = [5000, 1]


def _no_state(manifest: Manifest, _entries: Entries) -> None:
    del manifest["state"]


def _other_device(manifest: Manifest, _entries: Entries) -> None:
    manifest["device"] = "01a20409-76cf-75b3-9ad9-6b1d98c55855"


def _other_key(manifest: Manifest, _entries: Entries) -> None:
    manifest["key"] = "0123456789abcdef"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_foreign, "别的单位（320925）的记录"),
        (_all_foreign, "建湖县（320925）还没有在这里开通"),
        (_counted_elsewhere, "东台市的文件里有记在建湖县名下的记录，整个文件没有接收"),
        (_bad_value, "“贯标状态”的值不合规定"),
        (_outside, "清单范围以外的记录"),
        (_twice, "同一条记录出现了两次"),
        (_backwards, "不合情理"),
        (_leap, "不合情理"),
        (_seen_leap, "不合情理"),
        (_no_state, "“state”不合规定"),
        (_other_device, "这台设备没有开通过"),
        (_other_key, "署名单位与签名不符"),
    ],
)
def test_a_broken_or_wicked_county_is_refused_and_changes_nothing(
    world: World, county: SqlStore, change: Forger, words: str
) -> None:
    add(county, "甲公司")
    assert words in reason(world.city, world.forge(county, change))


def test_one_county_cannot_sign_for_another(world: World, county: SqlStore) -> None:
    world.county(JIANHU)
    add(county, "甲公司")
    file = world.forge(county, _all_foreign)
    assert "署名单位与签名不符" in reason(world.city, file)


def test_a_late_failure_leaves_nothing_of_the_package(
    world: World, county: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(county, "甲公司")
    before, file = everything(world.city), world.up(county)
    with monkeypatch.context() as patch:
        patch.setattr("ipdesk.sync.merging.verify", None)
        with pytest.raises(TypeError):
            sync.receive(world.city, [file])
    assert everything(world.city) == before
    assert sync.receive(world.city, [file]).accepted == 2


def test_another_content_under_a_number_received_is_refused(world: World, county: SqlStore) -> None:
    add(county, "甲公司")
    life = Life.of(county)
    sync.receive(world.city, [world.up(county)])
    with county.act("退回", "测试") as act:
        life.keep(act)
    add(county, "乙公司")
    assert "序号相同而内容不同" in reason(world.city, world.up(county))
    assert sync.receive(world.city, [world.up(county)]).accepted == 2
    assert alike(world, county)


def test_a_reader_once_asked_for_is_not_gone_below(world: World, county: SqlStore) -> None:
    with world.city.act("记住", "测试") as act:
        told: Values = {"unit": DONGTAI, "device": county.office.device, "minimum_reader": 2}
        act.upsert(DEVICE, [told])
    assert "已停用的旧格式" in reason(world.city, world.up(county))


def test_a_city_that_meets_a_receipt_newer_than_its_own_knows_it_was_restored(
    world: World, county: SqlStore
) -> None:
    def from_later(manifest: Manifest, _entries: Entries) -> None:
        manifest["receipt_seen"] = [3, 17]

    before = Life.of(world.city)
    sync.receive(world.city, [world.forge(county, from_later)])
    after = Life.of(world.city)
    assert (after.incarnation, after.sequence) == (4, before.sequence)
    assert after.epoch != before.epoch
    assert sync.receive(county, [world.down()]).refused == ()
    assert Life.of(county).seen == (4, before.sequence + 1)


def test_a_receipt_number_that_nobody_can_have_stops_no_receipts(world: World, county: SqlStore) -> None:
    def absurd(manifest: Manifest, _entries: Entries) -> None:
        manifest["receipt_seen"] = [1, 2**48]

    other = world.county(JIANHU)
    before = Life.of(world.city)
    assert not sync.receive(world.city, [world.forge(county, absurd)]).refused
    after = Life.of(world.city)
    assert (after.incarnation, after.sequence) == (before.incarnation + 1, before.sequence)
    for _ in range(2):
        world.round(other)
    assert Life.of(other).seen.number < 10
