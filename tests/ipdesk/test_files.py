"""Files are there whole or not at all."""

import contextlib
import errno
import os
import re
import socket
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
    assert list(tmp_path.iterdir()) == []


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

    (tmp_path / "x").touch()
    monkeypatch.setattr(Path, "read_bytes", fail)
    with pytest.raises(Refusal, match="没有写入权限|关闭后重试"):
        files.read_bytes(tmp_path / "x")
    for name, words in (("x\0y", "不能用的字符"), ("长" * 200, "太长"), ("x/y", "不是文件夹")):
        with pytest.raises(Refusal, match=words):
            files.size_of(tmp_path / name)


@pytest.mark.skipif(files.WINDOWS, reason="pipes, sockets and devices are no files of a folder there")
def test_what_is_no_plain_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with contextlib.closing(socket.socket(socket.AF_UNIX)) as door:
        door.bind(os.path.relpath(tmp_path / "door"))  # its whole path would be too long
        for path in (tmp_path / "pipe", tmp_path / "door", Path("/dev/zero")):
            with pytest.raises(Refusal, match="不是普通文件"):
                files.read_bytes(path)
            with pytest.raises(Refusal, match="不是普通文件"):
                files.write_bytes(path, b"x")
    with pytest.raises(Refusal, match="是文件夹"):
        files.write_bytes(Path("/"), b"x")
    assert Path("/dev/zero").is_char_device()


def test_no_more_than_asked_is_read_of_what_has_no_end(tmp_path: Path) -> None:
    assert files.read_start(Path("/dev/zero"), 3) == b"\0\0\0"
    for path, words in (
        (tmp_path, "是文件夹"),
        (tmp_path / "none", "找不到文件"),
        (tmp_path / "door", "U盘"),
    ):
        if path.name == "door":
            with contextlib.closing(socket.socket(socket.AF_UNIX)) as door:
                door.bind(os.path.relpath(path))
        with pytest.raises(Refusal, match=words):
            files.read_start(path, 3)


def test_a_link_gives_way_to_the_file(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "gone")
    files.write_bytes(tmp_path / "a", b"x")
    assert files.read_bytes(tmp_path / "a") == b"x"


def test_no_word_of_another_language_reaches_a_clerk() -> None:
    assert "17" not in files.reason(FileExistsError(errno.EEXIST, "File exists"))
    told = [files.reason(OSError(number, "strange")) for number in (*errno.errorcode, 12345, None)]
    assert not [words for words in told if re.search("[a-z]", words)]
    assert "错误号 12345" in files.reason(OSError(12345, "strange"))


def test_windows_tells_some_reasons_more_closely() -> None:
    error = OSError(errno.EACCES, "not ready")
    error.winerror = 21  # type: ignore[attr-defined, unused-ignore]  # an attribute of Windows only
    assert "U盘可能已拔出" in files.reason(error)
