"""Write files so that they are there whole or not at all."""

import contextlib
import hashlib
import io
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from ipdesk.problems import Refusal

WINDOWS = os.name == "nt"
_REASONS = {
    28: "磁盘已满，请腾出空间后重试",
    30: "这个位置是只读的，请换一个位置或解除写保护",
    13: "没有写入权限，或文件正被其他程序（如 WPS）打开，请关闭后重试",
    2: "文件夹不存在，U盘可能已拔出，请检查后重试",
    5: "设备读写出错，U盘可能已拔出或损坏，请换一个重试",
    36: "文件名或路径太长，请换一个短一些的文件夹",
    63: "文件名或路径太长，请换一个短一些的文件夹",
    20: "路径中有一段不是文件夹，请检查后重试",
}


def reason(error: OSError) -> str:
    """Return in plain Chinese what an environment error means and what to do."""
    return _REASONS.get(error.errno or 0, f"读写失败（{error.strerror or error}），请换一个位置重试")


def digest(data: bytes) -> str:
    """Return the SHA-256 of some bytes in hex."""
    return hashlib.sha256(data).hexdigest()


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes; what stands in the way is one Chinese sentence."""
    try:
        return path.read_bytes()
    except IsADirectoryError:
        raise Refusal(f"“{path.name}”是文件夹，请选择文件") from None
    except FileNotFoundError:
        raise Refusal(f"找不到文件“{path}”，请检查路径") from None
    except OSError as error:
        raise Refusal(f"打不开“{path.name}”：{reason(error)}") from error


def write_bytes(path: Path, data: bytes) -> None:
    """Write a temporary file beside the target, fsync, replace, read back and compare; refused in one sentence."""
    temporary = path.with_name(f".{secrets.token_hex(4)}.part")
    try:
        with temporary.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(temporary, path)
        _sync_folder(path.parent)
        if _digest_of(path) != digest(data):
            raise Refusal(f"写入“{path.name}”后读回的内容不一致，请换一个U盘或文件夹重试")
    except OSError as error:
        raise Refusal(f"写不了“{path.name}”：{reason(error)}") from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def write_file(path: Path, fill: Callable[[BinaryIO], object]) -> None:
    """Write what ``fill`` puts into a stream, whole or not at all.

    It is made in memory first: what is read back from the device is compared with what was meant.
    """
    stream = io.BytesIO()
    fill(stream)
    write_bytes(path, stream.getvalue())


def _digest_of(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _sync_folder(folder: Path) -> None:
    """Make the rename last; Windows has no such call and needs none."""
    if WINDOWS:
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
