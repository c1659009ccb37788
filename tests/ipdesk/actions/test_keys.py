"""Devices and keys as people see them: states, fingerprints read aloud, the city's key backup."""

from collections.abc import Callable
from pathlib import Path

import pytest

from db.store import SqlStore
from ipdesk import sync
from ipdesk.actions import keys as deeds
from ipdesk.actions.workspace import KEY_BACKUP
from ipdesk.problems import Refusal
from ipdesk.sync import rotation
from tests.ipdesk.sync.world import DONGTAI, JIANHU, World

PASSWORD = "Zhi-Shi-2026"


@pytest.fixture
def world(make_store: Callable[..., SqlStore], tmp_path: Path) -> World:
    return World(make_store, tmp_path)


def states(store: SqlStore) -> list[tuple[str, str]]:
    return [(one.name, one.state) for one in deeds.enrolled(store)]


def test_devices_are_told_with_their_state_and_since_when(world: World) -> None:
    world.county()
    second = world.county(supersede=True)
    jianhu = world.county(JIANHU)
    assert states(world.city) == [
        ("盐城市（市本级）", "own"),
        ("建湖县", "live"),
        ("东台市", "live"),
        ("东台市", "superseded"),
    ]
    rotation.revoke(world.city, JIANHU)
    own, gone, *_ = told = deeds.enrolled(world.city)
    assert (gone.state, gone.fingerprint) == ("revoked", sync.fingerprint(jianhu))
    assert [one.is_living for one in told] == [True, False, True, False]
    assert own.since == ""
    assert gone.since.startswith("20")
    assert states(second) == [("东台市", "own"), ("盐城市（市本级）", "live")]


def test_a_fingerprint_is_open_until_it_was_compared(locked: SqlStore, world: World) -> None:
    county, stick = world.stranger(), world.fresh()
    sync.request(county, stick / "request")
    sync.accept(locked, stick / "request", stick / "grant")
    assert states(locked)[1:] == [("东台市", "open")]
    sync.confirm(locked, DONGTAI)
    assert states(locked)[1:] == [("东台市", "live")]


def test_a_fingerprint_is_read_figure_by_figure() -> None:
    assert deeds.spoken("1234 0567") == "幺二三四，零五六七"


@pytest.fixture
def recovery() -> list[str]:
    return []


@pytest.fixture
def locked(tmp_path: Path, recovery: list[str], world: World) -> SqlStore:
    from db import workspace
    from ipdesk.kinds import catalogue

    store, key = workspace.create(
        tmp_path / "locked",
        catalogue(),
        role="city",
        unit_code="320900",
        office_name="盐城市知识产权局",
        password=PASSWORD,
    )
    world.made(store)
    recovery.append(key)
    return store


def test_the_key_backup_is_written_twice_and_looked_into(
    locked: SqlStore, recovery: list[str], tmp_path: Path, world: World
) -> None:
    (key,), out = recovery, tmp_path / "U盘" / "市局密钥备份.ipdesk"
    with locked.act("没有写成", "测试") as act:
        act.keep(rotation.TROUBLE, "市局密钥备份没有写成")
    deeds.back_up(locked, key, out)
    assert "没有写成" not in " ".join(sync.reminders(locked))
    assert (locked.folder / KEY_BACKUP).is_file()
    found = deeds.look_into(locked, out, key)
    assert found == deeds.KeyLook(sync.fingerprint(locked), 0, known=True)
    old = sync.fingerprint(locked)
    rotation.rotate(locked, key, locked.folder / KEY_BACKUP)
    assert deeds.look_into(locked, locked.folder / KEY_BACKUP, key).older == 1
    assert deeds.look_into(locked, out, key).known
    assert deeds.look_into(world.city, out, key) == deeds.KeyLook(old, 0, known=False)
    with pytest.raises(Refusal, match="打不开"):
        deeds.look_into(locked, out, "AAAAA")
    world.close()


def test_a_key_backup_needs_the_citys_recovery_key(
    locked: SqlStore, world: World, tmp_path: Path, recovery: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "backup"
    for store, why in ((world.stranger(), "由市局做"), (world.city, "没有口令"), (locked, "恢复码不对")):
        with pytest.raises(Refusal, match=why):
            deeds.back_up(store, "AAAAA", out)
    assert not out.exists()
    monkeypatch.setattr(deeds, "read_key_ring", lambda _recovery, _file: [])
    with pytest.raises(Refusal, match="不一样"):
        deeds.back_up(locked, recovery[0], out)
    world.close()
