"""What is done with a workspace as a whole: another password, a backup."""

import errno
from collections.abc import Iterator
from pathlib import Path

import pytest

from db import workspace
from db.store import SqlStore
from ipdesk import sync
from ipdesk.actions import workspace as deeds
from ipdesk.actions.backups import make
from ipdesk.kinds import catalogue
from ipdesk.problems import Refusal
from ipdesk.sync.keys import read_key_ring

OLD, NEW = "Abc12345", "Xyz98765"


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[tuple[SqlStore, str]]:
    """Return a locked store and its recovery key."""
    store, recovery = workspace.create(
        tmp_path / "w", catalogue(), role="county", unit_code="320981", password=OLD
    )
    yield store, recovery
    store.close()


def opens(folder: Path, secret: str) -> bool:
    try:
        workspace.open_store(folder, catalogue(), secret).close()
    except Refusal:
        return False
    return True


def test_another_password_opens_the_old_one_no_more(locked: tuple[SqlStore, str]) -> None:
    store, recovery = locked
    deeds.change_password(store, OLD, NEW)
    store.close()
    assert [opens(store.folder, secret) for secret in (OLD, NEW, recovery)] == [False, True, True]
    kept = store.folder / "backups" / "ipdesk.key"
    assert kept.read_bytes() == (store.folder / "ipdesk.key").read_bytes()


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [("wrong-one", NEW, "原口令不对"), (OLD, "short", "至少 8 位"), (OLD, OLD, "一样")],
)
def test_a_password_is_changed_only_by_who_knows_it(
    locked: tuple[SqlStore, str], old: str, new: str, why: str
) -> None:
    store, _ = locked
    with pytest.raises(Refusal, match=why):
        deeds.change_password(store, old, new)
    store.close()
    assert opens(store.folder, OLD)


def test_an_open_workspace_is_locked_later(tmp_path: Path) -> None:
    store, _ = workspace.create(tmp_path / "w", catalogue(), role="county", unit_code="320981")
    with pytest.raises(Refusal, match="至少 8 位"):
        deeds.set_password(store, "short")
    recovery = deeds.set_password(store, NEW)
    assert store.office.locked
    assert store.is_recovery(recovery)
    with pytest.raises(Refusal, match="已有口令"):
        deeds.set_password(store, OLD)
    store.close()
    assert workspace.is_locked(store.folder)
    assert [opens(store.folder, secret) for secret in (OLD, NEW, recovery)] == [False, True, True]
    kept = store.folder / "backups" / "ipdesk.key"
    assert kept.read_bytes() == (store.folder / "ipdesk.key").read_bytes()


@pytest.mark.parametrize("locked_from_the_start", [True, False])
def test_a_city_that_is_locked_later_gets_a_backup_of_its_keys(
    tmp_path: Path, locked_from_the_start: bool
) -> None:
    made = OLD if locked_from_the_start else None
    store, _ = workspace.create(tmp_path / "w", catalogue(), role="city", unit_code="320900", password=made)
    sync.confirm_backup(store)
    recovery = deeds.rekey(store, OLD) if made else deeds.set_password(store, NEW)
    (keys,) = read_key_ring(recovery, store.folder / deeds.KEY_BACKUP)
    assert keys.public.fingerprint == sync.fingerprint(store)
    assert "密钥备份" in sync.reminders(store)[0]
    store.close()
    assert opens(store.folder, recovery)


def test_a_recovery_key_is_told_whatever_the_backup_of_a_citys_keys_meets(tmp_path: Path) -> None:
    store, _ = workspace.create(tmp_path / "w", catalogue(), role="city", unit_code="320900")
    (store.folder / deeds.KEY_BACKUP).mkdir(parents=True)  # a folder of its name stands in the way
    recovery = deeds.set_password(store, NEW)
    assert store.is_recovery(recovery)
    assert "没有写成" in sync.reminders(store)[0]
    sync.rotate(store, recovery, tmp_path / "另一处" / "密钥备份")
    assert "没有写成" not in sync.reminders(store)[0]
    store.close()


def test_what_the_disk_says_of_a_key_backup_is_told_in_chinese(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, _ = workspace.create(tmp_path / "w", catalogue(), role="city", unit_code="320900")

    def full(*_told: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("ipdesk.sync.back_up_keys", full)
    assert store.is_recovery(deeds.set_password(store, NEW))
    assert "磁盘已满" in sync.reminders(store)[0]
    assert "No space" not in sync.reminders(store)[0]
    store.close()


def test_a_workspace_without_a_password_has_none_to_change(tmp_path: Path) -> None:
    store, _ = workspace.create(tmp_path / "w", catalogue(), role="county", unit_code="320981")
    with pytest.raises(Refusal, match="没有设口令"):
        deeds.change_password(store, "", NEW)
    assert not store.is_recovery("X")
    store.close()


def test_the_printed_recovery_key_is_known(locked: tuple[SqlStore, str]) -> None:
    store, recovery = locked
    assert store.is_recovery(recovery.lower().replace("-", " "))
    assert not store.is_recovery(OLD)


def test_a_backup_opens_with_the_same_password(locked: tuple[SqlStore, str], tmp_path: Path) -> None:
    store, _ = locked
    copy = make(store).path
    store.close()
    other = tmp_path / "other"
    other.mkdir()
    (other / workspace.STORE).write_bytes(copy.read_bytes())
    (other / workspace.KEYS).write_bytes((store.folder / workspace.KEYS).read_bytes())
    assert copy.parent == store.folder / "backups"
    assert opens(other, OLD)
