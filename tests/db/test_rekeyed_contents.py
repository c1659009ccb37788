"""The contents of attachments get another key with the store: whole wherever that is killed, older backups too."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from db import workspace
from db.attachments import Attachments, contents_of
from db.engine import FULL, connect
from db.keyfile import NAME, unlock
from db.store import SqlStore
from ipdesk.actions import documents
from ipdesk.kinds import catalogue
from ipdesk.problems import Refusal

SCANS = [b"%PDF-1.7 " + bytes([number]) * 3000 for number in range(3)]


@pytest.fixture
def store(tmp_path: Path) -> SqlStore:
    """Return a store with three attachments."""
    made, _ = workspace.create(tmp_path / "w", catalogue(), role="county", unit_code="320981")
    with made.act("新增", "测试") as act:
        key = act.add(made.catalogue.kind("enterprise"), {"unit_code": "320981", "enterprise_name": "甲公司"})
    for number, scan in enumerate(SCANS):
        paper = tmp_path / f"{number}.pdf"
        paper.write_bytes(scan)
        documents.add(made, made.catalogue.kind("enterprise"), key, [paper], "证书", "附件")
    return made


class Killed(BaseException):
    """The process ends here."""


def sums(store: SqlStore) -> list[str]:
    kind = store.catalogue.kind("document")
    return sorted(str(record.values["sha256"]) for record in store.find(kind))


def read(store: SqlStore) -> list[bytes]:
    return sorted(store.contents.read(sha256) for sha256 in sums(store))


def opened(folder: Path) -> SqlStore:
    return workspace.open_store(folder, catalogue())


def test_an_older_copy_of_store_and_key_opens_no_attachment_any_more(store: SqlStore, tmp_path: Path) -> None:
    folder, kept, wanted = store.folder, tmp_path / "kept", sums(store)
    store.close()
    shutil.copytree(folder, kept)
    store = opened(folder)
    store.rekey()
    assert read(store) == SCANS
    assert store.check() == []
    store.close()
    database = connect(kept / "ipdesk.db", unlock(kept / NAME, None)[0])
    told = contents_of(database, folder)  # what the older copy knows, beside the files of today
    database.close()
    assert isinstance(told, Attachments)
    assert [told.has(sha256) for sha256 in wanted] == [False] * 3
    assert len(list((folder / "attachments").iterdir())) == 3


@pytest.mark.parametrize("step", range(4))
def test_killed_at_any_file_all_are_read_and_the_rest_follows(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    left, real = [step], Path.unlink

    def killed(path: Path, missing_ok: bool = False) -> None:
        if path.parent.name == "attachments" and len(path.name) == 64:  # no passing file
            left[0] -= 1
            if left[0] < 0:
                raise Killed
        real(path, missing_ok=missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", killed)
        if step < 3:
            with pytest.raises(Killed):
                store.rekey()
        else:
            store.rekey()
    old = {path.name for path in (store.folder / "attachments").iterdir()}
    assert len(old) == (4 if step < 3 else 3)
    assert read(store) == SCANS
    store.close()
    again = opened(store.folder)
    assert len(list((again.folder / "attachments").iterdir())) == 3
    assert read(again) == SCANS
    assert again.setting("attachments")["moving"] is False  # type: ignore[index]
    again.close()


def test_what_is_damaged_or_held_open_stays_and_stops_nothing(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *_ = sorted((store.folder / "attachments").iterdir())
    first.write_bytes(b"spoilt")

    def busy(_path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "open elsewhere", missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", busy)
        store.rekey()
    assert len(list(first.parent.iterdir())) == 5
    store.move_contents()
    assert len(list(first.parent.iterdir())) == 3
    assert first.exists()
    assert len([told for told in store.check() if "损坏" in told]) == 1
    store.close()


def test_a_backup_made_before_brings_its_attachments_back(
    store: SqlStore, tmp_path: Path, restored: Callable[[SqlStore, Path], SqlStore]
) -> None:
    made = store.backups.begin("manual")
    assert made is not None
    path = made.finish()
    store.rekey()
    after = store.backups.begin("manual")
    assert after is not None
    after.finish()
    store.backups.thin(path.parent)
    again = restored(store, path)
    assert read(again) == SCANS
    again.rekey()
    assert read(again) == SCANS
    assert again.check() == []
    again.close()


@pytest.fixture
def restored() -> Callable[[SqlStore, Path], SqlStore]:
    def put_back(store: SqlStore, path: Path) -> SqlStore:
        with store.backups.stage(path) as stage:
            assert stage.prepare("rebuild", 1) == 0
            store.close()
            stage.take_place()
        return opened(store.folder)

    return put_back


def test_a_disk_full_for_the_key_of_contents_leaves_the_recovery_key_that_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, recovery = workspace.create(
        tmp_path / "w", catalogue(), role="county", unit_code="320981", password="Zhi-Shi-2026"
    )

    def full(_kept: object) -> dict[str, object]:
        raise Refusal(FULL)

    with monkeypatch.context() as patch:
        patch.setattr("db.store.renewed", full)
        with pytest.raises(Refusal, match="磁盘已满"):
            store.rekey("Zhi-Shi-2026")
    assert store.is_recovery(recovery)  # the one that nobody was told must not take its place
    after = store.rekey("Zhi-Shi-2026")
    assert [store.is_recovery(recovery), store.is_recovery(after)] == [False, True]
    store.close()
