"""Backups are thinned, and none goes with which a content of an attachment would go."""

import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from db.store import SqlStore
from ipdesk.actions import documents
from ipdesk.actions import ledger as deeds
from ipdesk.actions.backups import make
from ipdesk.backups import WORK, file_name
from ipdesk.records import RecordKey


@pytest.fixture
def store(make_store: Callable[..., SqlStore]) -> SqlStore:
    return make_store()


MIDDLE = datetime(2020, 5, 15, 12)


def aged(store: SqlStore, hours: int, why: str = WORK) -> Path:
    """Make a backup that was made years ago, in the middle of a month."""
    path = make(store, why).path
    old = path.with_name(file_name(MIDDLE + timedelta(hours=hours), why))
    path.rename(old)
    return old


def attach(store: SqlStore, data: bytes) -> RecordKey:
    row = {"enterprise_name": "东台锦盛新材料有限公司", "uscc": "91320981MABJ1XG60Q", "stage": "ST15"}
    case = deeds.add(store, store.catalogue.ledger("guanbiao"), row, "表单")
    file = store.folder / "证书.pdf"
    file.write_bytes(data)
    return documents.add(store, store.catalogue.kind("case"), case, [file], "D15", "测试")[0]


def test_old_ones_go_and_those_asked_for_stay(store: SqlStore) -> None:
    every = [aged(store, 0), aged(store, 1, "manual"), aged(store, 2), aged(store, 3)]
    newest = make(store, WORK).path
    assert [path.exists() for path in every] == [False, True, False, True]
    assert newest.exists()


def test_the_only_one_with_a_content_stays_until_another_has_it(store: SqlStore) -> None:
    key = attach(store, b"%PDF-1.7 scan" * 300)
    only = aged(store, 0)
    documents.delete(store, [key], "测试")
    next((store.folder / "attachments").iterdir()).unlink()
    aged(store, 1)
    make(store, WORK)
    assert only.exists()
    assert len(list((store.folder / "backups" / "attachments").iterdir())) == 1
    shutil.copy(only, only.with_name(file_name(datetime.now(), "manual")))
    make(store, WORK)
    assert not only.exists()
    assert len(list((store.folder / "backups" / "attachments").iterdir())) == 1


def test_a_damaged_one_is_left_to_a_person_and_stands_for_no_day(store: SqlStore) -> None:
    sound, bad = aged(store, 0), aged(store, 1)
    bad.write_bytes(b"?" * 9000)
    make(store, WORK)
    assert sound.exists()
    assert bad.exists()
    told = f"备份 {bad.name} 已损坏，不能用来恢复，请把它移走；若是唯一的备份，请马上再备份一次"
    assert store.check() == [told]


@pytest.mark.parametrize("spoil", ["flip", "cut", "empty"])
def test_a_check_names_every_damaged_backup(store: SqlStore, spoil: str) -> None:
    path = make(store).path
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes({"flip": bytes(data), "cut": path.read_bytes()[:-4096], "empty": b""}[spoil])
    assert [path.name in words for words in store.check()] == [True]


def test_where_room_is_short_the_oldest_go_first(store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = aged(store, 0), aged(store, 1000)
    turns = iter([True, True, False])
    monkeypatch.setattr("db.backup._is_short", lambda _folder: next(turns, False))
    newest = make(store, WORK).path
    assert not first.exists()
    assert newest.exists()
    assert second.exists()


def test_one_that_is_held_open_stays_for_the_next_time(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = aged(store, 0)
    aged(store, 1)
    unlink = Path.unlink

    def held(path: Path, missing_ok: bool = False) -> None:
        if path == old:
            raise PermissionError(13, "held")
        unlink(path, missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", held)
        make(store, WORK)
    assert old.exists()
    make(store, WORK)
    assert not old.exists()
