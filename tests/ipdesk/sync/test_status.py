"""How the exchange stands, and what people still have to confirm."""

from collections.abc import Callable
from pathlib import Path

import pytest

from db.store import SqlStore
from ipdesk import sync
from ipdesk.problems import Refusal
from ipdesk.sync.devices import city_of, keys_of
from ipdesk.sync.keys import read_key_backup
from tests.ipdesk.sync.world import CITY, DONGTAI, Entries, Manifest, World, add, change, reforged

RECOVERY = "ABCDE-FGHJK-MNPQR-STVWX-YZ012-34567-89ABC-DEFGH"


def test_a_new_workspace_has_sent_nothing(make_store: Callable[..., SqlStore]) -> None:
    assert sync.status(make_store()) == {
        "unsent": 0,
        "unconfirmed": 0,
        "last_package": None,
        "last_receipt": None,
        "gaps": [],
        "unhealed": [],
        "quarantined": [],
        "units": [],
        "enrolled": [],
        "open_conflicts": 0,
        "open_corrections": 0,
    }


def test_gaps_and_packages_set_aside_are_told_on_both_sides(
    world: World, county: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.county("320925")
    add(county, "甲公司")
    world.up(county)
    with monkeypatch.context() as patch:
        patch.setattr(SqlStore, "schema", 99)
        newer = world.up(county)
    assert sync.receive(world.city, [newer]).refused
    sync.receive(county, [world.down()])
    units = sync.status(world.city)["units"]
    assert isinstance(units, list)
    (reason,) = units[1].pop("quarantined")
    assert "第2包" in reason
    device = county.office.device
    assert units[1] == {
        "unit": DONGTAI, "device": device, "sequence": 2, "acknowledged": 0, "gaps": [1], "unhealed": [1]
    }  # fmt: skip
    assert (units[0]["unit"], units[0]["gaps"], units[0]["quarantined"]) == ("320925", [], [])
    told = sync.status(county)
    assert (told["gaps"], told["quarantined"], told["units"]) == ([1], [reason], [])
    assert told["unhealed"] == [1]
    sync.receive(world.city, [world.up(county)])
    with monkeypatch.context() as patch:
        patch.setattr(SqlStore, "schema", 99)
        assert sync.receive(world.city, [newer]).refused == ()
    sync.receive(county, [world.down()])
    told = sync.status(county)
    assert (told["gaps"], told["unhealed"], told["quarantined"]) == ([1], [], [])
    units = sync.status(world.city)["units"]
    assert isinstance(units, list)
    assert (units[1]["gaps"], units[1]["unhealed"], units[1]["acknowledged"]) == ([1], [], 2)


def test_what_is_unsent_is_told_apart_from_what_is_unconfirmed(world: World, county: SqlStore) -> None:
    def counts() -> tuple[object, object]:
        told = sync.status(county)
        return told["unsent"], told["unconfirmed"]

    key = add(county, "甲公司")
    assert counts() == (2, 2)
    file = world.up(county)
    assert counts() == (0, 2)
    change(county, key, remark="改")
    assert counts() == (1, 2)
    sync.receive(world.city, [file])
    sync.receive(county, [world.down()])
    assert counts() == (1, 1)
    world.round(county)
    assert counts() == (0, 0)


def test_that_the_city_asks_for_everything_again_is_told(world: World, county: SqlStore) -> None:
    key = add(county, "甲公司")
    world.round(county)
    assert not sync.asked_again(county)
    change(county, key, remark="改了")
    package = world.up(county)
    assert not sync.asked_again(county)

    def differs(manifest: Manifest, _entries: Entries) -> None:
        manifest["state"]["digest"] = "0" * 64

    reforged(county, package, differs, city_of(county).keys)
    sync.receive(world.city, [package])
    sync.receive(county, [world.down()])
    assert sync.asked_again(county)
    assert sync.status(county)["unsent"] == 2
    sync.receive(world.city, [world.up(county)])
    assert not sync.asked_again(county)
    sync.receive(county, [world.down()])
    assert not sync.asked_again(county)
    assert not sync.asked_again(world.city)


def test_the_last_package_and_receipt_are_told_on_both_sides(world: World, county: SqlStore) -> None:
    add(county, "甲公司")
    package = world.up(county)
    sync.receive(world.city, [package])
    receipt = world.down()
    sync.receive(county, [receipt])
    for store in (county, world.city):
        told = sync.status(store)
        sent, answered = told["last_package"], told["last_receipt"]
        assert isinstance(sent, dict)
        assert isinstance(answered, dict)
        assert (sent["file_name"], sent["unit"], sent["sequence"], sent["rows"]) == (
            package.name,
            DONGTAI,
            1,
            2,
        )
        assert (answered["file_name"], answered["acknowledged"]) == (receipt.name, 2)
    assert sync.status(county)["enrolled"] == [CITY]
    assert sync.status(world.city)["enrolled"] == [DONGTAI]
    assert sync.status(world.city)["unsent"] == 0


def enrolled(
    make_store: Callable[..., SqlStore], stick: Path, password: str | None
) -> tuple[SqlStore, SqlStore]:
    county = make_store(role="county", unit=DONGTAI, password=password)
    city = make_store(role="city", unit=CITY, password=password)
    sync.request(county, stick / "request")
    sync.accept(city, stick / "request", stick / "grant")
    sync.install(county, stick / "grant")
    return county, city


def test_people_are_reminded_until_they_confirmed(
    make_store: Callable[..., SqlStore], tmp_path: Path
) -> None:
    county, city = enrolled(make_store, tmp_path, "口令-Kou1ing")
    assert sync.reminders(county) == [f"请打电话与盐城市（市本级）核对密钥指纹：{sync.fingerprint(city)}"]
    of_county, of_backup = sync.reminders(city)
    assert sync.fingerprint(county) in of_county
    assert "密钥备份" in of_backup
    sync.confirm(county, CITY)
    sync.confirm(city, DONGTAI)
    assert sync.reminders(county) == []
    assert sync.reminders(city) == [of_backup]
    sync.confirm_backup(city)
    assert sync.reminders(city) == []
    with pytest.raises(Refusal, match="还没有开通"):
        sync.confirm(city, "320925")


def test_a_workspace_without_a_password_counts_as_confirmed(
    make_store: Callable[..., SqlStore], tmp_path: Path
) -> None:
    for store in enrolled(make_store, tmp_path, None):
        assert sync.reminders(store) == []


def test_a_city_backs_its_keys_up(make_store: Callable[..., SqlStore], tmp_path: Path) -> None:
    city = make_store(role="city", unit=CITY)
    sync.back_up_keys(city, RECOVERY, tmp_path / "keys")
    assert read_key_backup(RECOVERY, tmp_path / "keys") == keys_of(city)
    with pytest.raises(Refusal, match="没有恢复码"):
        sync.back_up_keys(city, "", tmp_path / "keys2")
