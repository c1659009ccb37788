"""Enrolment: request, grant, installation; each bound to the other, each key compared by people."""

from pathlib import Path

import pytest

from db.store import SqlStore
from ipdesk import sync
from ipdesk.files import digest
from ipdesk.kinds.declare import Values
from ipdesk.kinds.sync import DEVICE
from ipdesk.problems import Refusal
from ipdesk.sync.archive import pack, unpack
from ipdesk.sync.container import pack_lines
from ipdesk.sync.devices import city_of, devices, keys_of
from ipdesk.sync.keys import make_keys
from ipdesk.sync.life import Life
from tests.ipdesk.sync.world import DONGTAI, JIANHU, Entries, Manifest, World, add, everything, held, reforged


def asked(world: World, store: SqlStore) -> Path:
    file = world.fresh() / "request"
    sync.request(store, file)
    return file


def granted(world: World, request: Path, *, supersede: bool = False) -> Path:
    file = world.fresh() / "grant"
    sync.accept(world.city, request, file, supersede=supersede)
    return file


def forged(world: World, county: SqlStore, grant: Path, change: object) -> Path:
    return reforged(world.city, grant, change, keys_of(county).public)  # type: ignore[arg-type]


def test_each_side_shows_the_others_fingerprint(world: World) -> None:
    county, stick = world.stranger(), world.fresh()
    own = sync.request(county, stick / "request")
    assert sync.accept(world.city, stick / "request", stick / "grant") == own == sync.fingerprint(county)
    assert sync.install(county, stick / "grant") == sync.fingerprint(world.city) != own
    assert sorted(path.name for path in stick.iterdir()) == ["grant", "request"]


def test_what_is_kept_of_each_other(world: World, county: SqlStore) -> None:
    (device,) = devices(world.city)
    assert device.unit == DONGTAI
    assert device.keys == keys_of(county).public
    assert device.record.values["office_name"] == county.office.office_name
    city = city_of(county)
    assert city.keys == keys_of(world.city).public
    assert city.record.values["request_hash"] == device.record.values["request_hash"]
    assert (city.record.values["grant_number"], city.record.values["confirmed"]) == (1, False)


def test_the_same_request_makes_the_same_file(world: World) -> None:
    county = world.stranger()
    assert asked(world, county).read_bytes() == asked(world, county).read_bytes()


def test_each_role_has_its_own_part(world: World, county: SqlStore, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="市局只受理"):
        sync.request(world.city, tmp_path / "r")
    with pytest.raises(Refusal, match="由市局受理"):
        sync.accept(county, asked(world, county), tmp_path / "g")
    with pytest.raises(Refusal, match="市局不用安装"):
        sync.install(world.city, tmp_path / "g")


def test_every_changed_byte_of_a_request_is_refused(world: World, tmp_path: Path) -> None:
    request = asked(world, world.stranger()).read_bytes()
    before, file = everything(world.city), tmp_path / "changed"
    for place in range(0, len(request), 3):
        changed = bytearray(request)
        changed[place] ^= 0x04
        file.write_bytes(changed)
        with pytest.raises(Refusal):
            sync.accept(world.city, file, tmp_path / "grant")
    file.write_bytes(request[:-9])
    with pytest.raises(Refusal):
        sync.accept(world.city, file, tmp_path / "grant")
    assert everything(world.city) == before
    assert not (tmp_path / "grant").exists()


def resigned(request: Path, old: str, new: str) -> Path:
    """Return a request with something else in it, signed by keys of its own."""
    keys = make_keys()
    entries = unpack(request.read_bytes())
    manifest = entries["manifest.json"].decode().replace(old, new)
    entries["manifest.json"] = manifest.encode()
    entries["manifest.sig"] = keys.sign(entries["manifest.json"])
    request.write_bytes(pack(entries))
    return request


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"age1', '"bge1', "公钥不合规定"),
        ('"key":"', '"key":"0', "署名单位与签名不符"),
        ("", "", "署名单位与签名不符"),
    ],
)
def test_a_request_must_be_signed_by_the_keys_it_names(world: World, old: str, new: str, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        granted(world, resigned(asked(world, world.stranger()), old, new))


def test_what_is_no_request_of_a_county_is_not_accepted(
    world: World, county: SqlStore, tmp_path: Path
) -> None:
    (tmp_path / "text").write_text("申请")
    for file in (tmp_path / "text", world.up(county)):
        with pytest.raises(Refusal, match="不是开通申请"):
            granted(world, file)
    for unit in ("320900", "999999"):
        store = world.stranger(unit)
        with pytest.raises(Refusal, match="不是县（市、区）的开通申请"):
            granted(world, asked(world, store))


def test_a_second_device_is_refused_until_a_person_says_it_replaces_the_first(
    world: World, county: SqlStore
) -> None:
    add(county, "甲公司")
    world.round(county)
    second = world.stranger()
    request, before = asked(world, second), everything(world.city)
    with pytest.raises(Refusal, match="已经开通过另一台设备"):
        granted(world, request)
    assert everything(world.city) == before
    sync.install(second, granted(world, request, supersede=True))
    assert [device.live for device in devices(world.city)] == [False, True]
    assert "已换用新设备" in sync.receive(world.city, [world.up(county)]).refused[0][1]
    add(second, "乙公司")
    assert sync.receive(world.city, [world.up(second)]).accepted == 2


def test_the_new_devices_life_is_above_all_that_were_seen(world: World, county: SqlStore) -> None:
    add(county, "甲公司")
    world.round(county)
    second = world.county(supersede=True)
    assert Life.of(second).incarnation == Life.of(county).incarnation + 1


def test_a_unit_never_seen_keeps_its_first_life(county: SqlStore) -> None:
    assert Life.of(county).incarnation == 1


def test_the_same_device_may_ask_again(world: World, county: SqlStore) -> None:
    add(county, "甲公司")
    world.round(county)
    sync.install(county, granted(world, asked(world, county)))
    (device,) = devices(world.city)
    assert device.record.values["grant_number"] == 2
    world.round(county)
    assert held(world.city, DONGTAI) == held(county, DONGTAI)


def test_a_device_with_new_keys_counts_as_another(world: World, county: SqlStore) -> None:
    with county.act("换密钥", "测试") as act:
        act.keep("keys", make_keys().as_json())
    request = asked(world, county)
    with pytest.raises(Refusal, match="换了密钥"):
        granted(world, request)
    sync.install(county, granted(world, request, supersede=True))
    (device,) = devices(world.city)
    assert device.live
    assert device.keys == keys_of(county).public


def revoke(world: World) -> None:
    with world.city.act("作废", "测试") as act:
        rows: list[Values] = [{**device.record.values, "revoked": True} for device in devices(world.city)]
        act.upsert(DEVICE, rows)


def test_a_revoked_device_is_refused_from_then_on(world: World, county: SqlStore) -> None:
    file = world.up(county)
    revoke(world)
    ((_, sentence),) = sync.receive(world.city, [file]).refused
    assert "密钥已作废" in sentence
    with pytest.raises(Refusal, match="密钥已作废，不能再开通"):
        granted(world, asked(world, county), supersede=True)


def test_a_grant_is_installed_once_and_never_an_older_one(world: World, county: SqlStore) -> None:
    request = asked(world, county)
    older, newer = granted(world, request), granted(world, request)
    sync.install(county, newer)
    before = everything(county)
    with pytest.raises(Refusal, match="已经安装过"):
        sync.install(county, newer)
    with pytest.raises(Refusal, match="比已安装的旧"):
        sync.install(county, older)
    assert everything(county) == before


def test_a_grant_is_bound_to_its_request_and_its_workspace(world: World) -> None:
    county, other = world.stranger(), world.stranger(JIANHU)
    grant = granted(world, asked(world, county))
    asked(world, other)
    with pytest.raises(Refusal, match="不是发给本单位的"):
        sync.install(other, grant)

    def for_jianhu(manifest: Manifest, _entries: Entries) -> None:
        manifest["grants"]["unit"] = JIANHU

    def other_request(manifest: Manifest, _entries: Entries) -> None:
        manifest["grants"]["request"] = "0" * 64

    with pytest.raises(Refusal, match="给建湖县的授权"):
        sync.install(county, forged(world, county, grant, for_jianhu))
    with pytest.raises(Refusal, match="答复的不是本工作区的申请"):
        sync.install(county, forged(world, county, granted(world, asked(world, county)), other_request))
    assert devices(county) == []


def test_a_grant_of_another_city_is_not_installed_over_the_first(
    world: World, county: SqlStore, make_world: World
) -> None:
    grant = granted(make_world, asked(world, county))
    with pytest.raises(Refusal, match="可能有人冒名"):
        sync.install(county, grant)
    assert not sync.inspect(county, grant).valid


@pytest.fixture
def make_world(world: World, tmp_path: Path) -> World:
    """Return a second world with a city of its own."""
    (tmp_path / "elsewhere").mkdir()
    return World(world.make, tmp_path / "elsewhere")


def test_only_a_grant_can_be_installed(world: World, county: SqlStore) -> None:
    with pytest.raises(Refusal, match="这不是授权文件"):
        sync.install(county, world.up(county))


def test_code_tables_come_with_the_grant_and_differing_ones_are_kept(world: World) -> None:
    county = world.stranger()
    grant = granted(world, asked(world, county))

    def renamed(_manifest: Manifest, entries: Entries) -> None:
        table = next(t for t in entries["code_tables"] if t["table"] == "towns")
        table["text"] += "新镇\n"
        table["digest"] = digest(table["text"].encode())

    def with_tables(manifest: Manifest, entries: Entries) -> None:
        renamed(manifest, entries)
        assert {"regions", "indicators", "stages"} <= {t["table"] for t in entries["code_tables"]}

    sync.install(county, forged(world, county, grant, with_tables))
    kept = county.setting("code_tables")
    assert isinstance(kept, dict)
    assert list(kept) == ["towns"]
    assert kept["towns"]["text"].endswith("新镇\n")


def test_a_grant_without_tables_is_installed_all_the_same(world: World) -> None:
    county = world.stranger()

    def without(manifest: Manifest, entries: Entries) -> None:
        manifest["resources"] = []
        entries.clear()

    sync.install(county, forged(world, county, granted(world, asked(world, county)), without))
    assert county.setting("code_tables") == {}
    assert pack_lines([]).rows == 0


def test_a_failed_write_enrols_nobody(world: World, tmp_path: Path) -> None:
    request, before = asked(world, world.stranger()), everything(world.city)
    (tmp_path / "file").write_text("")
    with pytest.raises(Refusal, match="写不了"):
        sync.accept(world.city, request, tmp_path / "file" / "grant")
    assert everything(world.city) == before


def test_no_two_grants_bear_one_number_when_the_store_fails_after_the_file(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, stick = world.stranger(), world.fresh()
    sync.request(store, stick / "request")

    def full(*_told: object) -> None:
        raise OSError(28, "full")

    with monkeypatch.context() as patch:
        patch.setattr("ipdesk.sync.enrolment.rotation.note_granted", full)
        with pytest.raises(OSError, match="full"):
            sync.accept(world.city, stick / "request", stick / "first")
    sync.install(store, stick / "first")  # it was on the stick, and may have been carried off
    sync.accept(world.city, stick / "request", stick / "second")
    sync.install(store, stick / "second")  # with the same number it would count as installed already
