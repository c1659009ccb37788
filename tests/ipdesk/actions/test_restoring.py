"""Restore between county and city: what a look tells, what rebuilding and going back lead to, a city's restore."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from db import workspace
from db.store import SqlStore
from ipdesk import sync
from ipdesk.actions import backups, documents, restoring
from ipdesk.kinds import catalogue
from ipdesk.records import RecordKey
from ipdesk.store import Wish
from ipdesk.sync.life import Life
from tests.ipdesk.sync.world import DONGTAI, World, add, change, held


@pytest.fixture
def world(make_store: Callable[..., SqlStore], tmp_path: Path) -> Iterator[World]:
    made = World(make_store, tmp_path)
    yield made
    made.close()


def opened(world: World, folder: Path) -> SqlStore:
    """Open a workspace as the program does."""
    store = workspace.open_store(folder, catalogue())
    world.made(store)
    sync.awake(store)
    return store


def restored(world: World, store: SqlStore, copy: Path, wish: Wish) -> SqlStore:
    restoring.restore(store, copy, wish)
    return opened(world, store.folder)


def stage(store: SqlStore, key: RecordKey) -> object:
    record = store.get(store.catalogue.kind("case"), key)
    return record.values["stage"] if record and not record.deleted else None


def test_a_look_tells_what_would_be_lost_and_what_of_it_was_never_sent(world: World) -> None:
    county = world.county()
    kept, gone = add(county, "甲公司"), add(county, "乙公司")
    backed = backups.make(county)
    found = restoring.preview(county, backed.path)
    assert (found.since, found.unsent, found.rows) == (0, 0, ())
    assert "没有改动过" in found.lines("rebuild")[1]
    change(county, kept, stage="ST31")
    world.round(county)
    with county.act("删除", "表单") as act:
        act.delete(county.catalogue.kind("case"), gone)
    new = add(county, "丙公司")
    with county.act("新增又删除", "表单") as act:
        act.delete(county.catalogue.kind("case"), add_case(county))
    before = held(county, DONGTAI)
    found = restoring.preview(county, backed.path)
    assert held(county, DONGTAI) == before
    assert (found.unit_code, found.role, found.device) == (DONGTAI, "county", county.office.device)
    assert found.deeds == {"added": 2, "changed": 1, "deleted": 1}
    assert found.unsent == 3
    assert found.counts["case"] == 2
    assert found.present
    assert found.present["case"] == 2
    told = {(row.key, row.deed, row.name, row.sent) for row in found.rows if row.kind == "case"}
    assert told == {
        (kept, "changed", "甲公司", True),
        (gone, "deleted", "乙公司", False),
        (new, "added", "丙公司", False),
    }
    words = found.lines("go-back")
    assert words[1] == "备份以后：新增 2 条，修改 1 条，删除 1 条"
    assert words[2].startswith("其中 3 条还没有上报过")
    assert words[3].startswith("回到备份")


def add_case(store: SqlStore) -> RecordKey:
    with store.act("新增", "表单") as act:
        return act.add(store.catalogue.kind("case"), {"stage": "ST02"})


def test_rebuilding_brings_back_by_receipt_what_was_sent(world: World) -> None:
    county = world.county()
    key = add(county, "甲公司")
    copy = backups.make(county).path
    change(county, key, stage="ST31")
    new = add(county, "乙公司")
    world.round(county)
    county = restored(world, county, copy, "rebuild")
    assert stage(county, new) is None
    sync.receive(world.city, [world.up(county)])
    receipt = world.down()
    (look,) = sync.receive(county, [receipt], dry_run=True).previews
    assert {(row.key, row.deed) for row in look.rows if row.kind == "case"} == {
        (key, "changed"),
        (new, "added"),
    }
    sync.receive(county, [receipt])
    assert (stage(county, key), stage(county, new)) == ("ST31", "ST15")
    world.round(county)
    assert held(world.city, DONGTAI) == held(county, DONGTAI)


def test_going_back_lets_what_the_backup_says_stand(world: World) -> None:
    county = world.county()
    key = add(county, "甲公司")
    copy = backups.make(county).path
    change(county, key, stage="ST31")
    world.round(county)
    county = restored(world, county, copy, "go-back")
    for _ in range(2):
        world.round(county)
    assert stage(county, key) == stage(world.city, key) == "ST15"
    assert held(world.city, DONGTAI) == held(county, DONGTAI)


def test_a_restored_city_gets_again_what_came_after_its_backup(world: World) -> None:
    county = world.county()
    add(county, "甲公司")
    world.round(county)
    copy = backups.make(world.city).path
    incarnation = Life.of(world.city).incarnation
    new = add(county, "乙公司")
    world.round(county)
    assert restoring.preview(world.city, copy).unsent == 0
    assert "发一次回执" in restoring.preview(world.city, copy).lines("rebuild")[-1]
    world.city = restored(world, world.city, copy, "rebuild")
    assert Life.of(world.city).incarnation > incarnation
    assert stage(world.city, new) is None
    sync.receive(county, [world.down()])
    world.round(county)
    assert stage(world.city, new) == "ST15"
    assert held(world.city, DONGTAI) == held(county, DONGTAI)


def test_a_look_tells_that_a_backup_is_from_before_the_present_keys(world: World) -> None:
    stranger = world.stranger()
    sync.fingerprint(stranger)
    copy = backups.make(stranger).path
    assert not restoring.preview(stranger, copy).lacks_keys
    stick = world.fresh()
    sync.request(stranger, stick / "request")
    sync.accept(world.city, stick / "request", stick / "grant")
    sync.install(stranger, stick / "grant")
    found = restoring.preview(stranger, copy)
    assert found.lacks_keys
    assert "重新申请开通" in found.lines("rebuild")[-1]
    copy = backups.make(world.city).path
    assert not restoring.preview(world.city, copy).lacks_keys
    sync.rotate(world.city, "", stick / "keys")
    assert "密钥备份" in restoring.preview(world.city, copy).lines("rebuild")[-1]


STEPS = ("add", "change", "delete", "sync", "up", "backup", "rebuild", "go-back")


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_restored_when_county_and_city_come_to_agree(world: World, seed: int) -> None:
    chance, county, copies = random.Random(seed), world.county(), list[Path]()
    cases: list[RecordKey] = [add(county, "甲公司")]
    for number, step in enumerate(chance.choices(STEPS, k=14)):
        live = [key for key in cases if stage(county, key)]
        if step == "add":
            cases.append(add(county, f"公司{number}"))
        elif step == "change" and live:
            change(
                county,
                chance.choice(live),
                stage=f"ST{chance.choice(('12', '15', '31'))}",
                remark=str(number),
            )
        elif step == "delete" and len(live) > 1:
            with county.act("删除", "表单") as act:
                act.delete(county.catalogue.kind("case"), live[0])
        elif step == "backup":
            copies.append(backups.make(county).path)
        elif step == "sync":
            world.round(county)
        elif step == "up":
            sync.receive(world.city, [world.up(county)])
        elif copies:
            copy = chance.choice(copies)
            before = restoring.preview(county, copy).counts
            county = restored(world, county, copy, "rebuild" if step == "rebuild" else "go-back")
            assert {kind.name: county.count(kind) for kind in county.catalogue.travelling} == before
            assert county.check() == []
    for _ in range(3):
        world.round(county)
    assert held(world.city, DONGTAI) == held(county, DONGTAI)


def test_an_older_backup_is_brought_to_the_shape_of_this_program(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sqlite_utils import Database

    from db.migrations import migrations

    county = world.county()
    add(county, "甲公司")
    copy = backups.make(county).path
    steps = migrations()

    @steps()
    def one_more(db: Database) -> None:
        db.execute('ALTER TABLE "enterprise" ADD COLUMN fax TEXT')

    monkeypatch.setattr("db.migrations.migrations", lambda: steps)
    monkeypatch.setattr("db.workspace.migrations", lambda: steps)
    number = county.schema
    county = restored(world, county, copy, "rebuild")
    assert county.schema == number + 1


def test_a_new_pc_is_rebuilt_from_the_city_and_lacks_its_attachments(world: World, tmp_path: Path) -> None:
    old = world.county()
    key = add(old, "甲公司", contact_phone="13912345678")
    scan = tmp_path / "证书.pdf"
    scan.write_bytes(b"%PDF-1.7 scan" * 300)
    documents.add(old, old.catalogue.kind("case"), key, [scan], "D15", "测试")
    world.round(old)
    everything = values(old)
    old.close()

    new = world.county(supersede=True)
    assert held(new, DONGTAI) == {}
    sync.receive(world.city, [world.up(new)])
    receipt = world.down()
    (look,) = sync.receive(new, [receipt], dry_run=True).previews
    assert look.counts["case"]["pulled"] == 1
    assert {row.deed for row in look.rows} == {"added"}
    assert len(look.rows) == len(everything)
    assert held(new, DONGTAI) == {}
    sync.receive(new, [receipt])
    assert values(new) == everything
    (attached,) = documents.of(new, new.catalogue.kind("case"), key)
    assert not attached.here
    assert attached.state == documents.NOT_HERE
    assert "不在这台电脑上" in new.check()[0]
    world.round(new)
    assert held(world.city, DONGTAI) == held(new, DONGTAI)


def values(store: SqlStore) -> dict[tuple[str, RecordKey], object]:
    """Return what every record of the county says."""
    kinds = store.catalogue.travelling
    return {(k.name, r.key): r.values for k in kinds for r in store.changed_since(k, DONGTAI, 0)}
