"""The contents of attachments: encrypted, each once, under names that tell nothing, compared when read."""

import secrets
from collections.abc import Callable
from pathlib import Path

import pytest

from db import workspace
from db.attachments import Attachments
from db.store import SqlStore
from ipdesk.files import digest
from ipdesk.kinds import catalogue
from ipdesk.problems import Refusal

KEY = bytes(range(32))
SCAN = b"%PDF-1.7 " + secrets.token_bytes(5000)


@pytest.fixture
def contents(tmp_path: Path) -> Attachments:
    return Attachments(tmp_path / "attachments", KEY)


def kept(contents: Attachments, data: bytes = SCAN) -> str:
    with contents.writing() as keep:
        return keep(data)


def files(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "attachments").iterdir())


def test_a_content_comes_back_as_it_was(contents: Attachments) -> None:
    sha256 = kept(contents)
    assert sha256 == digest(SCAN)
    assert contents.has(sha256)
    assert contents.read(sha256) == SCAN
    assert contents.read(kept(contents, b"x")) == b"x"


def test_neither_name_nor_bytes_on_the_disk_tell_what_it_is(contents: Attachments, tmp_path: Path) -> None:
    sha256 = kept(contents)
    (file,) = files(tmp_path)
    assert sha256 not in file.name
    assert b"%PDF" not in file.read_bytes()
    other = Attachments(tmp_path / "attachments", bytes(32))
    assert not other.has(sha256)


def test_the_same_content_is_kept_once(contents: Attachments, tmp_path: Path) -> None:
    kept(contents)
    before = files(tmp_path)[0].read_bytes()
    kept(contents)
    assert [f.read_bytes() for f in files(tmp_path)] == [before]


@pytest.mark.parametrize("damage", [b"", b"IPDA1", b"x" * 5000])
def test_a_damaged_content_is_refused_and_mended_when_added_again(
    contents: Attachments, tmp_path: Path, damage: bytes
) -> None:
    sha256 = kept(contents)
    files(tmp_path)[0].write_bytes(damage)
    with pytest.raises(Refusal, match="附件的内容已损坏"):
        contents.read(sha256)
    kept(contents)
    assert contents.read(sha256) == SCAN


def test_a_content_under_another_name_is_refused(contents: Attachments, tmp_path: Path) -> None:
    one, other = kept(contents), kept(contents, b"y" * 100)
    data = {f.name: f.read_bytes() for f in files(tmp_path)}
    for name, moved in zip(data, reversed(data.values()), strict=True):
        (tmp_path / "attachments" / name).write_bytes(moved)
    for sha256 in (one, other):
        with pytest.raises(Refusal, match="附件的内容已损坏"):
            contents.read(sha256)


def test_what_is_absent_is_said_to_be(contents: Attachments) -> None:
    with pytest.raises(Refusal, match="不在这台电脑上"):
        contents.read("0" * 64)
    contents.remove("0" * 64)


def test_an_error_takes_away_what_was_newly_written_and_nothing_else(
    contents: Attachments, tmp_path: Path
) -> None:
    old = kept(contents)

    def fail() -> None:
        with contents.writing() as keep:
            keep(SCAN)
            keep(b"new")
            raise RuntimeError("broken")

    with pytest.raises(RuntimeError, match="broken"):
        fail()
    assert len(files(tmp_path)) == 1
    assert contents.read(old) == SCAN


def test_a_full_disk_is_told_without_the_name_of_the_file(
    contents: Attachments, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(Refusal, match="^附件没有存上：磁盘已满"):
        kept(contents)
    assert files(tmp_path) == []


def test_a_folder_that_cannot_be_made_and_a_disk_that_lies_are_told(
    contents: Attachments, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "attachments").write_text("")
    with pytest.raises(Refusal, match="附件没有存上"):
        kept(contents)
    (tmp_path / "attachments").unlink()
    monkeypatch.setattr("ipdesk.files.device_digest", lambda _path: "0")
    with pytest.raises(Refusal, match="附件没有存上：.*读回的内容不一致"):
        kept(contents)


def test_a_reopened_store_and_its_backup_open_what_was_kept(make_store: Callable[..., SqlStore]) -> None:
    store = make_store(password="一把好口令")
    with store.contents.writing() as keep:
        sha256 = keep(SCAN)
    store.close()
    again = workspace.open_store(store.folder, catalogue(), "一把好口令")
    assert again.contents.read(sha256) == SCAN
    again.close()


def test_a_store_without_the_key_says_so(make_store: Callable[..., SqlStore]) -> None:
    store = make_store()
    store.keep("attachments", None)
    with pytest.raises(Refusal, match="没有附件的密钥"):
        _ = store.contents
