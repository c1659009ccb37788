"""Two copies of one workspace that both report: the second waits until a person picks or a newer life comes."""

import shutil
from pathlib import Path

import pytest

from db import workspace
from db.store import SqlStore
from ipdesk import sync
from ipdesk.kinds.sync import DEVICE, PACKAGE
from ipdesk.problems import Refusal
from ipdesk.sync.life import Life
from ipdesk.sync.quarantine import kept_file, waiting
from ipdesk.sync.standing import Standing
from tests.ipdesk.sync.world import DONGTAI, World, add, held


def copied(world: World, store: SqlStore, monkeypatch: pytest.MonkeyPatch, to: Path) -> SqlStore:
    """Return a copy of a workspace on another PC, where it is opened and begins a life of its own."""
    store.close()
    shutil.copytree(store.folder, to)
    monkeypatch.setenv("IPDESK_MARKERS", str(to / "markers"))
    opened = workspace.open_store(to, store.catalogue)
    world.made(opened)
    assert sync.awake(opened)
    return opened


@pytest.fixture
def both(world: World, county: SqlStore, monkeypatch: pytest.MonkeyPatch) -> list[SqlStore]:
    """Return two PCs with the same workspace, both in their second life, each with a case of its own."""
    add(county, "甲公司")
    world.round(county)
    stores = [copied(world, county, monkeypatch, world.fresh() / name) for name in ("one", "two")]
    for store, name in zip(stores, ("乙公司", "丙公司"), strict=True):
        add(store, name)
    return stores


def test_the_second_copy_waits_until_a_person_picks_it(world: World, both: list[SqlStore]) -> None:
    one, two = both
    assert Life.of(one).incarnation == Life.of(two).incarnation == 2
    assert not sync.receive(world.city, [world.up(one)]).refused
    file = world.up(two)
    assert sync.receive(world.city, [file], dry_run=True).aside == (file,)
    assert waiting(world.city) == []
    told = sync.receive(world.city, [file])
    ((_, reason),) = told.refused
    assert told.aside == (file,)
    assert "两份工作区" in reason
    (row,) = waiting(world.city)
    with world.city.act("收取", "测试") as act:
        act.upsert(PACKAGE, [{**row, "at": "2026-01-05T09:00:00+08:00"}])
    assert kept_file(world.city, str(row["digest"])).read_bytes() == file.read_bytes()
    assert Standing.of(world.city, DONGTAI).epoch == Life.of(one).epoch
    assert len(world.city.find(one.catalogue.kind("case"), DONGTAI)) == 2
    with pytest.raises(Refusal, match="没有代码"):
        sync.pick(world.city, DONGTAI, "ffffffff")
    assert [p.unit for p in sync.pick(world.city, DONGTAI, Life.of(two).epoch)] == [DONGTAI]
    assert len(world.city.find(one.catalogue.kind("case"), DONGTAI)) == 3
    assert Standing.of(world.city, DONGTAI).epoch == Life.of(two).epoch
    (taken,) = (r.values for r in world.city.find(PACKAGE, digest=row["digest"]))
    assert (taken["file_name"], taken["at"]) == (file.name, "2026-01-05T09:00:00+08:00")  # it came in time
    assert waiting(world.city) == []
    assert not kept_file(world.city, str(row["digest"])).exists()
    for _ in range(2):
        world.round(two)
    assert held(two, DONGTAI) == held(world.city, DONGTAI)


def test_a_newer_life_settles_it(world: World, both: list[SqlStore], monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = both
    sync.receive(world.city, [world.up(one)])
    assert sync.receive(world.city, [world.up(two)]).refused
    third = copied(world, one, monkeypatch, world.fresh() / "three")
    assert Life.of(third).incarnation == 3
    assert not sync.receive(world.city, [world.up(third)]).refused
    assert waiting(world.city) == []
    for _ in range(2):
        world.round(third)
    assert len(third.find(third.catalogue.kind("case"))) == 3
    assert held(third, DONGTAI) == held(world.city, DONGTAI)


def test_a_kept_file_that_cannot_be_removed_is_removed_the_next_time(
    world: World, both: list[SqlStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = both
    sync.receive(world.city, [world.up(one), world.up(two)])
    (row,) = waiting(world.city)
    kept = kept_file(world.city, str(row["digest"]))

    def held_open(_path: Path) -> None:
        raise PermissionError(13, "open elsewhere")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", held_open)
        assert sync.pick(world.city, DONGTAI, Life.of(two).epoch)
    assert kept.exists()
    assert waiting(world.city) == []
    (kept.parent / "别的.ipk").touch()
    sync.receive(world.city, [])
    assert [path.name for path in kept.parent.iterdir()] == ["别的.ipk"]


def test_another_reason_is_told_once_and_nothing_is_written_twice(
    world: World, county: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(SqlStore, "schema", 99)
        newer = world.up(county)
    sync.receive(world.city, [newer])
    (row,) = waiting(world.city)
    assert "更新版本" in str(row["quarantined"])
    before = last_batch(world.city)
    assert sync.receive(world.city, []).refused == ()
    assert last_batch(world.city) == before  # tried in vain, as before: nothing new to write
    monkeypatch.setattr("ipdesk.sync.exchange.take_package", refusing)
    for told in (((Path(newer.name), "读不了"),), ()):
        assert sync.receive(world.city, []).refused == told
        assert [row["quarantined"] for row in waiting(world.city)] == ["读不了"]


def last_batch(store: SqlStore) -> object:
    return store._number("SELECT total_changes()")  # noqa: SLF001  # whether anything was written is the matter


def refusing(*_told: object, **_named: object) -> None:
    raise Refusal("读不了")


@pytest.mark.parametrize("revoked", [False, True])
def test_what_was_set_aside_counts_after_its_device_was_replaced(
    world: World, county: SqlStore, monkeypatch: pytest.MonkeyPatch, revoked: bool
) -> None:
    add(county, "甲公司")
    with monkeypatch.context() as patch:
        patch.setattr(SqlStore, "schema", 99)
        file = world.up(county)
    assert sync.receive(world.city, [file]).refused
    new = world.county(supersede=True)
    sync.receive(world.city, [])  # tried again in vain
    assert [row["file_name"] for row in waiting(world.city)] == [file.name]
    if revoked:  # keys that somebody may have stolen vouch for nothing
        (old,) = [r for r in world.city.find(DEVICE) if r.values["device"] == county.office.device]
        with world.city.act("作废", "设备") as act:
            act.upsert(DEVICE, [{**old.values, "revoked": True}])
    with monkeypatch.context() as patch:
        patch.setattr(SqlStore, "schema", 99)
        assert ("换用新设备" in sync.receive(world.city, [file]).refused[0][1]) is not revoked
        assert len(waiting(world.city)) == revoked
    for _ in range(2):
        world.round(new)
    assert len(new.find(new.catalogue.kind("case"))) == (not revoked)
    assert held(new, DONGTAI) == held(world.city, DONGTAI)
