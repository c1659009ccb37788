"""Keys change and are taken back: announced by the old ones, by a key backup, refused once revoked (rule 10)."""

import shutil
from pathlib import Path

import pytest

from db import workspace
from db.store import SqlStore
from ipdesk import sync
from ipdesk.kinds.declare import Values
from ipdesk.kinds.sync import DEVICE
from ipdesk.problems import Refusal
from ipdesk.sync import rotation
from ipdesk.sync.announcing import Announcement
from ipdesk.sync.devices import city_of, devices, keys_of, ring
from ipdesk.sync.exchange import opened
from ipdesk.sync.keys import make_keys, read_key_ring, write_key_backup
from tests.ipdesk.sync.world import CITY, DONGTAI, JIANHU, Entries, Manifest, World, add, held, reason

RECOVERY = "ABCDE-FGHJK-MNPQR-STVWX-YZ012-34567-89ABC-DEFGH"


def rotate(world: World, **more: bool) -> str:
    return rotation.rotate(world.city, "", world.folder / "keys", **more)


def test_old_keys_announce_the_new_ones_and_the_exchange_goes_on(world: World, county: SqlStore) -> None:
    add(county, "甲公司")
    world.round(county)
    old, fingerprint = keys_of(world.city).public, rotate(world)
    assert keys_of(world.city).public.fingerprint == fingerprint != old.fingerprint
    receipt = world.down()
    assert opened(world.city, receipt).header.key == old.id, "the county knows no other keys yet"
    assert sync.receive(county, [receipt]).refused == ()
    city = city_of(county)
    assert (city.keys.fingerprint, city.record.values["confirmed"]) == (fingerprint, False)
    add(county, "乙公司")
    world.round(county)
    assert opened(world.city, world.down()).header.key == keys_of(world.city).public.id
    world.round(county)
    assert held(world.city, DONGTAI) == held(county, DONGTAI)


def test_what_was_sent_to_the_old_keys_is_read_and_late_receipts_count(
    world: World, county: SqlStore
) -> None:
    add(county, "甲公司")
    late, older = world.up(county), world.down()
    rotate(world)
    assert sync.receive(county, [world.down()]).refused == ()
    assert sync.receive(world.city, [late]).accepted == 2
    assert sync.receive(county, [older]).refused == ()


def test_two_rotations_reach_a_county_that_knows_the_first_keys(world: World, county: SqlStore) -> None:
    rotate(world)
    rotate(world)
    sync.receive(county, [world.down()])
    assert city_of(county).keys == keys_of(world.city).public
    world.round(county)
    assert sync.receive(county, [world.down()]).refused == ()


def test_a_new_county_gets_the_new_keys_with_its_grant(world: World, county: SqlStore) -> None:
    rotate(world)
    other = world.county(JIANHU)
    add(other, "甲公司")
    world.round(other)
    assert city_of(other).keys == keys_of(world.city).public


def test_a_restored_county_is_answered_by_the_keys_it_knows(world: World, county: SqlStore) -> None:
    add(county, "甲公司")
    world.round(county)
    copy = world.folder / "copy"
    shutil.copytree(county.folder, copy)
    rotate(world)
    sync.receive(county, [world.down()])
    world.round(county)
    folder = county.folder
    county.close()
    shutil.rmtree(folder)
    shutil.copytree(copy, folder)
    county = workspace.open_store(folder, county.catalogue)
    world.made(county)
    sync.awake(county)
    world.round(county)
    assert city_of(county).keys == keys_of(world.city).public
    world.round(county)


def test_an_announcement_may_revoke_the_old_keys(world: World, county: SqlStore) -> None:
    add(county, "甲公司")
    world.round(county)
    older = world.down()
    rotate(world, revokes=True)
    assert sync.receive(county, [world.down()]).refused == ()
    assert "密钥已作废" in reason(county, older)
    world.round(county)
    assert sync.receive(county, [world.down()]).refused == ()


def test_a_county_that_was_restored_remembers_which_keys_were_revoked(world: World, county: SqlStore) -> None:
    older = world.down()
    before: Values = dict(city_of(county).record.values)
    rotate(world, revokes=True)
    sync.receive(county, [world.down()])
    with county.act("恢复", "测试") as act:  # the store as it was before
        act.keep("revoked", [])
        act.upsert(DEVICE, [before])
    assert "密钥已作废" in reason(county, older)
    request, grant = world.fresh() / "request", world.fresh() / "grant"
    sync.request(county, request)
    sync.accept(world.city, request, grant)
    assert sync.install(county, grant) == sync.fingerprint(world.city)


def test_nobody_else_announces_keys(world: World, county: SqlStore) -> None:
    stranger, mine = make_keys(), city_of(county).keys

    def forged(manifest: Manifest, _entries: Entries) -> None:
        one = Announcement.made(stranger.public, stranger, revokes=True)
        by_city = {**one.as_json(), "by": keys_of(world.city).public.id}
        manifest["announcements"] = [one.as_json(), by_city]

    assert sync.receive(county, [world.forge_receipt(county, forged)]).refused == ()
    assert city_of(county).keys == mine

    def odd(manifest: Manifest, _entries: Entries) -> None:
        one = Announcement.made(stranger.public, keys_of(world.city), revokes=False).as_json()
        manifest["announcements"] = [{**one, "keys": {"signing": "00", "recipient": "x"}}]

    assert "公钥不合规定" in sync.receive(county, [world.forge_receipt(county, odd)]).refused[0][1]


def test_a_lost_city_goes_on_from_its_key_backup(world: World, county: SqlStore, tmp_path: Path) -> None:
    add(county, "甲公司")
    world.round(county)
    write_key_backup(keys_of(world.city), RECOVERY, tmp_path / "backup")
    lost = world.city
    world.city = world.make(role="city", unit=CITY, office_name="盐城市知识产权局")
    with pytest.raises(Refusal, match="恢复码不对"):
        rotation.recover(world.city, tmp_path / "backup", "X", tmp_path / "new")
    fingerprint = rotation.recover(world.city, tmp_path / "backup", RECOVERY, tmp_path / "new")
    assert read_key_ring(RECOVERY, tmp_path / "new") == ring(world.city)
    request, grant = world.fresh() / "request", world.fresh() / "grant"
    sync.request(county, request)
    sync.accept(world.city, request, grant)
    assert sync.inspect(county, grant).valid
    assert sync.install(county, grant) == fingerprint
    for _ in range(2):
        world.round(county)
    assert held(world.city, DONGTAI) == held(county, DONGTAI) == held(lost, DONGTAI)


def test_a_city_of_other_keys_is_still_refused(world: World, county: SqlStore) -> None:
    world.city = world.make(role="city", unit=CITY)
    request, grant = world.fresh() / "request", world.fresh() / "grant"
    sync.request(county, request)
    sync.accept(world.city, request, grant)
    with pytest.raises(Refusal, match="可能有人冒名"):
        sync.install(county, grant)


def test_a_revoked_county_is_refused_even_by_a_restored_city(world: World, county: SqlStore) -> None:
    file, fingerprint = world.up(county), keys_of(county).public.fingerprint
    assert rotation.revoke(world.city, DONGTAI) == [fingerprint]
    assert "密钥已作废" in reason(world.city, file)
    with world.city.act("恢复", "测试") as act:
        rows: list[Values] = [{**device.record.values, "revoked": False} for device in devices(world.city)]
        act.upsert(DEVICE, rows)
        act.keep("revoked", [])
    assert "密钥已作废" in reason(world.city, file)
    with pytest.raises(Refusal, match="没有开通着的设备"):
        rotation.revoke(world.city, JIANHU)
    with pytest.raises(Refusal, match="打电话告诉市局"):
        rotation.revoke(county, DONGTAI)


def test_a_county_changes_its_keys_by_asking_again(world: World, county: SqlStore, tmp_path: Path) -> None:
    add(county, "甲公司")
    world.round(county)
    late = world.down()
    fingerprint = rotation.rotate(county, "", tmp_path / "none")
    assert not (tmp_path / "none").exists()
    request, grant = world.fresh() / "request", world.fresh() / "grant"
    assert sync.request(county, request) == fingerprint
    with pytest.raises(Refusal, match="换了密钥"):
        sync.accept(world.city, request, grant)
    sync.accept(world.city, request, grant, supersede=True)
    sync.install(county, grant)
    assert sync.receive(county, [late]).refused == ()
    add(county, "乙公司")
    world.round(county)
    assert held(world.city, DONGTAI) == held(county, DONGTAI)
    with pytest.raises(Refusal, match="由市局恢复"):
        rotation.recover(county, tmp_path / "backup", RECOVERY, tmp_path / "new")


def test_the_reader_asked_for_never_goes_down(
    world: World, county: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ipdesk.sync.container.READER", 2)
    monkeypatch.setattr("ipdesk.sync.merging.READER", 2)
    world.round(county)
    monkeypatch.undo()
    for store in (county, world.city):
        with store.act("恢复", "测试") as act:  # only the marker remembers
            act.upsert(DEVICE, [{**d.record.values, "minimum_reader": None} for d in devices(store)])
    assert "已停用的旧格式" in reason(world.city, world.up(county))
    assert "已停用的旧格式" in reason(county, world.down())
    request, grant = world.fresh() / "request", world.fresh() / "grant"
    sync.request(county, request)
    sync.accept(world.city, request, grant)
    with pytest.raises(Refusal, match="已停用的旧格式"):
        sync.install(county, grant)


def test_a_locked_city_writes_its_key_backup_anew(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.keyfile.COSTS", dict.fromkeys(("password", "recovery", "open"), (2, 8, 1)))
    store, recovery = workspace.create(
        world.folder / "市", world.city.catalogue, role="city", unit_code=CITY, password="口令-Kou1ing"
    )
    world.made(store)
    sync.confirm_backup(store)
    backup = world.folder / "市" / "backups" / "钥"
    with pytest.raises(Refusal, match="恢复码不对"):
        rotation.rotate(store, RECOVERY, backup)
    rotation.rotate(store, recovery, backup)
    assert read_key_ring(recovery, backup) == ring(store)
    assert "密钥备份" in sync.reminders(store)[-1]
