"""Files are there whole or not at all."""

import errno
import os
from pathlib import Path

import pytest

from ipdesk import files
from ipdesk.problems import Refusal


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    target = tmp_path / "包.ipk"
    files.write_bytes(target, b"one")
    files.write_bytes(target, b"two")
    assert files.read_bytes(target) == b"two"
    assert [p.name for p in tmp_path.iterdir()] == ["包.ipk"]
    assert files.digest(b"two").startswith("3fc4ccfe")


@pytest.mark.parametrize("step", ["open", "fsync", "replace"])
@pytest.mark.parametrize(
    ("number", "words"), [(errno.ENOSPC, "磁盘已满"), (errno.EROFS, "只读"), (errno.EIO, "U盘")]
)
def test_a_failing_step_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int, words: str
) -> None:
    target = tmp_path / "a"
    target.write_bytes(b"before")

    def fail(*_args: object, **_named: object) -> None:
        raise OSError(number, os.strerror(number))

    if step == "open":
        monkeypatch.setattr(Path, "open", fail)
    else:
        monkeypatch.setattr(os, step, fail)
    with pytest.raises(Refusal, match=words):
        files.write_bytes(target, b"after")
    monkeypatch.undo()
    assert target.read_bytes() == b"before"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_byte_lost_on_the_way_to_the_disk_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def lose(handle: int) -> None:
        if os.fstat(handle).st_size:
            os.pwrite(handle, b"X", 0)
        real(handle)

    monkeypatch.setattr(os, "fsync", lose)
    monkeypatch.setattr(files, "WINDOWS", True)
    with pytest.raises(Refusal, match="读回的内容不一致"):
        files.write_bytes(tmp_path / "a", b"hello")


def test_a_device_that_lies_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.replace

    def lie(source: Path, target: Path) -> None:
        real(source, target)
        Path(target).write_bytes(b"something else")

    monkeypatch.setattr(os, "replace", lie)
    with pytest.raises(Refusal, match="读回的内容不一致"):
        files.write_bytes(tmp_path / "a", b"told")


def test_windows_needs_no_folder_sync(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "WINDOWS", True)
    files.write_bytes(tmp_path / "a", b"x")
    assert (tmp_path / "a").read_bytes() == b"x"


def test_what_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Refusal, match="找不到文件"):
        files.read_bytes(tmp_path / "none")
    with pytest.raises(Refusal, match="是文件夹"):
        files.read_bytes(tmp_path)

    def fail(_path: Path) -> bytes:
        raise PermissionError(errno.EACCES, "denied")

    monkeypatch.setattr(Path, "read_bytes", fail)
    with pytest.raises(Refusal, match="没有写入权限|关闭后重试"):
        files.read_bytes(tmp_path / "x")


def test_an_unknown_error_is_told_with_its_words() -> None:
    assert "strange" in files.reason(OSError(12345, "strange"))
    assert "weird" in files.reason(OSError("weird"))
