"""Write files so that they are there whole or not at all."""

import contextlib
import errno
import hashlib
import io
import os
import secrets
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from ipdesk.problems import Refusal
from ipdesk.readback import device_digest

WINDOWS = os.name == "nt"
SLACK = 2**16  # bytes: a stick gives a file whole clusters, and its folder may need one more
_NOT_FILE = "“{}”不是普通文件（可能是设备、管道或网络端口），请选择普通文件"
_PULLED = "设备读写出错，U盘可能已拔出或损坏，请换一个重试"
_TOO_LONG = "文件名或路径太长，请换一个短一些的文件夹"
_SHOWN, _HEAD, _TAIL = 100, 50, 30  # characters of a path that a sentence holds
_TAKEN = "没有写入权限，或文件正被其他程序（如 WPS）打开，请关闭后重试"
_REASONS = {
    errno.ENOSPC: "磁盘已满，请腾出空间后重试",
    errno.EDQUOT: "这个位置的空间配额已用完，请腾出空间后重试",
    errno.EFBIG: "文件太大，这个磁盘的格式装不下，请换一个位置",
    errno.EROFS: "这个位置是只读的，请换一个位置或解除写保护",
    errno.EACCES: _TAKEN,
    errno.EPERM: _TAKEN,
    errno.EBUSY: _TAKEN,
    errno.ENOENT: "文件夹不存在，U盘可能已拔出，请检查后重试",
    errno.EIO: _PULLED,
    errno.ENXIO: _PULLED,
    errno.ENODEV: _PULLED,
    errno.ESTALE: _PULLED,
    errno.ENAMETOOLONG: _TOO_LONG,
    63: _TOO_LONG,  # the same on systems that number it otherwise
    errno.ENOTDIR: "路径中有一段不是文件夹，请检查后重试",
    errno.EISDIR: "这个名字已经是一个文件夹，请换一个文件名",
    errno.EEXIST: "这个名字已经被占用，请换一个名字或位置",
    errno.ENOTEMPTY: "文件夹里还有别的文件，请换一个文件夹",
    errno.EXDEV: "不能跨磁盘移动文件，请换一个位置",
    errno.ELOOP: "路径里的快捷链接绕成了圈，请换一个位置",
    errno.EINVAL: "文件名里有这里不能用的字符，请换一个文件名",
    errno.EILSEQ: "文件名里有这里不能用的字符，请换一个文件名",
    errno.EMFILE: "打开的文件太多，请关闭一些程序后重试",
    errno.ENFILE: "打开的文件太多，请关闭一些程序后重试",
    errno.ENOMEM: "内存不足，请关闭一些程序后重试",
    errno.ETIMEDOUT: "网络位置没有响应，请换到本机磁盘",
    errno.ENETUNREACH: "网络位置连不上，请换到本机磁盘",
    errno.EHOSTUNREACH: "网络位置连不上，请换到本机磁盘",
}
# What Windows tells more closely than the number it is turned into: write-protected, not ready, unplugged, full.
_ON_WINDOWS = {19: errno.EROFS, 39: errno.ENOSPC, 112: errno.ENOSPC} | dict.fromkeys(
    (21, 31, 433, 1117, 1167), errno.EIO
)


def reason(error: OSError) -> str:
    """Return in plain Chinese what an environment error means and what to do."""
    number = _ON_WINDOWS.get(getattr(error, "winerror", None) or 0, error.errno or 0)
    return _REASONS.get(number, f"读写失败（错误号 {number}），请换一个位置重试")


def named(path: Path) -> str:
    """Return a path as a sentence may hold it: one far too long shows its beginning and its end."""
    told = str(path)
    return told if len(told) <= _SHOWN else f"{told[:_HEAD]}…{told[-_TAIL:]}"


def digest(data: bytes) -> str:
    """Return the SHA-256 of some bytes in hex."""
    return hashlib.sha256(data).hexdigest()


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes; what stands in the way is one Chinese sentence."""
    size_of(path)
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refusal(f"打不开“{path.name}”：{reason(error)}") from error


def read_start(path: Path, most: int) -> bytes:
    """Return the first bytes of a file or of what a shell hands over as one (a pipe); never more than ``most``."""
    if not path.exists() or path.is_dir():
        size_of(path)
    try:
        with path.open("rb") as stream:
            return stream.read(most)
    except OSError as error:
        raise Refusal(f"打不开“{path.name}”：{reason(error)}") from error


def size_of(path: Path) -> int:
    """Return the bytes of a plain file; a folder, pipe, socket or device is refused before anything is read of it."""
    try:
        state = path.stat()
    except FileNotFoundError:
        raise Refusal(f"找不到文件“{path}”，请检查路径") from None
    except (OSError, ValueError) as error:  # a name with a zero byte is no name
        told = reason(error) if isinstance(error, OSError) else "文件名里有这里不能用的字符"
        raise Refusal(f"打不开“{path.name}”：{told}") from error
    if stat.S_ISDIR(state.st_mode):
        raise Refusal(f"“{path.name or path}”是文件夹，请选择文件")
    if not stat.S_ISREG(state.st_mode):
        raise Refusal(_NOT_FILE.format(path.name))
    return state.st_size


def _refuse_special(path: Path) -> None:
    """Refuse to put a file in the place of a folder, pipe, socket or device."""
    if os.path.lexists(path) and not path.is_symlink():
        size_of(path)


def write_bytes(path: Path, data: bytes) -> None:
    """Write a temporary file beside the target, fsync, replace, read back and compare; refused in one sentence."""
    with staged(path, data) as take_place:
        take_place()


@contextlib.contextmanager
def staged(path: Path, data: bytes) -> Iterator[Callable[[], None]]:
    """Write a temporary file beside the target, fsync, read back and compare; give what lets it take its place.

    Between the two a caller may write down what it is about to do. What did not take its place is gone after.
    """
    _refuse_special(path)
    temporary = path.with_name(f".{secrets.token_hex(4)}.part")

    def take_place() -> None:
        with _told(path):
            os.replace(temporary, path)
            sync_folder(path.parent)
            _compare(path, data, path)

    try:
        with _told(path):
            with temporary.open("xb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            _compare(temporary, data, path)
        yield take_place
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn what stands in the way of writing a file into one sentence."""
    try:
        yield
    except OSError as error:
        raise Refusal(f"写不了“{path.name}”：{reason(error)}") from error


def _compare(written: Path, data: bytes, meant: Path) -> None:
    """Refuse, and remove, a file that reads back otherwise: nobody may carry away what is known to be wrong."""
    if device_digest(written) != digest(data):
        written.unlink()
        raise Refusal(f"写入“{meant.name}”后读回的内容不一致，请换一个U盘或文件夹重试")


def refuse_full(folder: Path, size: int) -> None:
    """Refuse a folder on a drive without room for so many bytes, and for what a file takes beside its bytes."""
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise Refusal(f"“{named(folder)}”用不了：{reason(error)}") from error
    if free < size + SLACK:
        raise Refusal(
            f"“{folder}”的剩余空间不够：要写 {_kilobytes(size + SLACK)}，只剩 {_kilobytes(free)}；"
            "请腾出空间或换一个U盘后重试"
        )


def _kilobytes(size: int) -> str:
    return f"{size / 2**20:.1f} MB" if size >= 2**20 else f"{-(-size // 2**10)} KB"


def write_new(path: Path, data: bytes) -> None:
    """Write a file where there is none yet, or the very same one; another file's place is refused."""
    if os.path.lexists(path) and read_bytes(path) != data:
        raise Refusal(f"“{path}”已经有了，不会覆盖它，请换一个文件名，或先移走它")
    write_bytes(path, data)


def write_file(path: Path, fill: Callable[[BinaryIO], object]) -> None:
    """Write what ``fill`` puts into a stream, whole or not at all.

    It is made in memory first: what is read back from the device is compared with what was meant.
    """
    stream = io.BytesIO()
    fill(stream)
    write_bytes(path, stream.getvalue())


def sync_folder(folder: Path) -> None:
    """Make a rename in a folder last; Windows has no such call and needs none."""
    if WINDOWS:
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
