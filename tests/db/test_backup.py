"""Backups with their attachments: whole, shared, mended, thinned; the store brings contents back from them."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from db import workspace
from db.store import SqlStore
from ipdesk.actions import documents
from ipdesk.actions import ledger as deeds
from ipdesk.actions.backups import begin, make, note
from ipdesk.kinds import catalogue
from ipdesk.problems import Refusal
from ipdesk.records import RecordKey
from tests.simulation.breaking import FAIL, broken

SCAN, OTHER = b"%PDF-1.7 scan" * 300, b"%PDF-1.7 other" * 300


@pytest.fixture
def store(make_store: Callable[..., SqlStore]) -> SqlStore:
    return make_store()


def case_of(store: SqlStore) -> RecordKey:
    row = {"enterprise_name": "东台锦盛新材料有限公司", "uscc": "91320981MABJ1XG60Q", "stage": "ST15"}
    return deeds.add(store, store.catalogue.ledger("guanbiao"), row, "表单")


def attach(store: SqlStore, case: RecordKey, data: bytes, name: str = "证书.pdf") -> RecordKey:
    file = store.folder / name
    file.write_bytes(data)
    return documents.add(store, store.catalogue.kind("case"), case, [file], "D15", "测试")[0]


def copies(store: SqlStore) -> list[Path]:
    return sorted((store.folder / "backups" / "attachments").iterdir())


def lives(store: SqlStore) -> list[Path]:
    return sorted((store.folder / "attachments").iterdir())


def test_a_backup_holds_the_contents_once_and_sealed(store: SqlStore) -> None:
    case = case_of(store)
    attach(store, case, SCAN)
    make(store)
    attach(store, case, OTHER, "合同.pdf")
    make(store)
    assert [p.read_bytes() for p in copies(store)] == [p.read_bytes() for p in lives(store)]
    assert not any(b"%PDF" in p.read_bytes() for p in copies(store))
    assert all(not p.samefile(q) for p, q in zip(copies(store), lives(store), strict=True))


def test_a_backup_without_attachments_makes_no_folder(store: SqlStore) -> None:
    make(store)
    assert not (store.folder / "backups" / "attachments").exists()


def test_a_store_put_back_from_its_backups_alone_opens_every_attachment(
    store: SqlStore, tmp_path: Path
) -> None:
    key = attach(store, case_of(store), SCAN)
    backup = make(store).path
    new = tmp_path / "new"
    shutil.copytree(backup.parent, new / "backups")  # as from a USB stick, the rest being lost
    shutil.copy(backup, new / workspace.STORE)
    shutil.copy(new / "backups" / workspace.KEYS, new / workspace.KEYS)
    again = workspace.open_store(new, catalogue())
    assert again.check() == []
    assert documents.content(again, key) == SCAN
    assert len(lives(again)) == 1
    again.close()


def test_a_flipped_byte_is_mended_from_the_backup_and_never_copied_into_it(store: SqlStore) -> None:
    key = attach(store, case_of(store), SCAN)
    make(store)
    whole = lives(store)[0].read_bytes()
    lives(store)[0].write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    make(store)
    assert copies(store)[0].read_bytes() == whole
    assert documents.content(store, key) == SCAN
    assert lives(store)[0].read_bytes() == whole


def test_a_damaged_copy_is_copied_anew(store: SqlStore) -> None:
    attach(store, case_of(store), SCAN)
    make(store)
    copies(store)[0].write_bytes(b"x")
    make(store)
    assert copies(store)[0].read_bytes() == lives(store)[0].read_bytes()


def test_what_is_damaged_everywhere_stops_no_backup_and_is_told_by_the_check(store: SqlStore) -> None:
    case = case_of(store)
    bad = attach(store, case, SCAN)
    (name,) = lives(store)
    good = attach(store, case, OTHER, "合同.pdf")
    name.write_bytes(name.read_bytes()[:-1] + b"?")
    make(store)
    assert len(copies(store)) == 1
    with pytest.raises(Refusal, match="已损坏"):
        documents.content(store, bad)
    assert documents.content(store, good) == OTHER
    assert store.check() == [
        "有1份附件的内容已损坏，请删除后用原文件重新添加，县里报来的请县里带附件再报一次：证书.pdf"
    ]


def test_copies_go_with_the_last_backup_that_names_them(store: SqlStore) -> None:
    case = case_of(store)
    key = attach(store, case, SCAN)
    first = make(store).path
    documents.delete(store, [key], "测试")
    lives(store)[0].unlink()
    make(store)
    assert len(copies(store)) == 1
    first.unlink()
    make(store)
    assert copies(store) == []


def test_while_a_backup_cannot_be_read_no_copy_goes(store: SqlStore) -> None:
    key = attach(store, case_of(store), SCAN)
    first = make(store).path
    documents.delete(store, [key], "测试")
    lives(store)[0].unlink()
    first.write_bytes(b"not a store" * 1000)
    make(store)
    assert len(copies(store)) == 1


def test_a_full_disk_is_told_and_leaves_no_half_backup(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    attach(store, case_of(store), SCAN)

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(Refusal, match="^附件没有备份上：磁盘已满"):
        make(store)
    assert not list((store.folder / "backups").glob("*.db"))
    assert copies(store) == []


def test_a_content_whose_place_cannot_be_written_is_read_from_the_backup(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = attach(store, case_of(store), SCAN)
    make(store)
    lives(store)[0].unlink()

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    assert documents.content(store, key) == SCAN
    assert lives(store) == []


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_disk_that_fails_when_a_backup_is_noted_is_told_in_a_sentence(store: SqlStore, number: int) -> None:
    case_of(store)
    begun = begin(store, "manual")
    assert begun
    made = begun.finish()
    with broken(store, number, FAIL), pytest.raises(Refusal, match="读写磁盘出错"):
        note(store, begun, made)
    assert store.unsaved_since
    note(store, begun, made)
    assert not store.unsaved_since
