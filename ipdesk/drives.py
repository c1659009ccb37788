"""Find the removable drives that files are carried on, and how much room there is on them."""

import os
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ipdesk.files import named, reason
from ipdesk.problems import Refusal

_MOUNTS = Path("/proc/mounts")
_CARRIED = ("/media/", "/run/media/", "/mnt/")
_NOT_CARRIED = {"tmpfs", "ramfs", "overlay", "squashfs", "9p", "virtiofs", "nfs", "nfs4", "cifs", "autofs"}
_ESCAPED = re.compile(rb"\\([0-3][0-7]{2})")
_REMOVABLE = 2  # what GetDriveTypeW answers for sticks and cards
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Drive:
    """A drive: its folder, what it is called, the bytes free and in all, and whether it is write-protected."""

    folder: Path
    name: str
    free: int
    total: int
    read_only: bool = False


def drives() -> list[Drive]:
    """Return the removable drives that are in, by folder; one that is pulled out meanwhile is left out."""
    found = _on_windows() if sys.platform == "win32" else _on_linux(_MOUNTS)
    return sorted(found, key=lambda drive: str(drive.folder))


def measured(folder: Path, name: str = "", *, read_only: bool = False) -> Drive:
    """Return what a folder offers; one that is gone is refused."""
    try:
        room = shutil.disk_usage(folder)
    except OSError as error:
        raise Refusal(f"“{named(folder)}”用不了：{reason(error)}") from error
    return Drive(folder, name or folder.name or str(folder), room.free, room.total, read_only)


def _there(folder: Path, name: str, *, read_only: bool = False) -> Iterator[Drive]:
    try:
        yield measured(folder, name, read_only=read_only)
    except Refusal:  # an empty card reader, or a stick pulled out this very moment
        return


def _on_linux(mounts: Path) -> Iterator[Drive]:
    try:
        told = mounts.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:  # another system: an ordinary folder can always be chosen
        return
    for folder, read_only in mounted(told):
        yield from _there(folder, folder.name, read_only=read_only)


def mounted(told: str) -> list[tuple[Path, bool]]:
    """Return from the words of /proc/mounts the folders of carried drives, and whether each is write-protected."""
    found: dict[Path, bool] = {}
    for line in told.splitlines():
        device, folder, system, options, *_ = [*map(_unescaped, line.split(" ")), "", "", "", ""]
        is_carried = folder.startswith(_CARRIED) and system not in _NOT_CARRIED
        if is_carried and device.startswith("/dev/"):
            found[Path(folder)] = "ro" in options.split(",")
    return list(found.items())


def _unescaped(word: str) -> str:
    """Return a word of /proc/mounts with its blanks and backslashes, which are written in octal."""
    return os.fsdecode(_ESCAPED.sub(lambda told: bytes([int(told[1], 8)]), os.fsencode(word)))


def letters(mask: int) -> list[str]:
    """Return the roots of the drives that a mask of Windows' GetLogicalDrives names, one bit for each letter."""
    return [f"{letter}:\\" for place, letter in enumerate(_LETTERS) if mask >> place & 1]


def _on_windows() -> Iterator[Drive]:  # pragma: no cover  # asks Windows itself
    yield from ()
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        for root in letters(kernel.GetLogicalDrives()):
            if kernel.GetDriveTypeW(root) == _REMOVABLE:
                label, flags = ctypes.create_unicode_buffer(261), ctypes.c_ulong()
                known = kernel.GetVolumeInformationW(
                    root, label, 261, None, None, ctypes.byref(flags), None, 0
                )
                protected = bool(known and flags.value & 0x00080000)  # FILE_READ_ONLY_VOLUME
                yield from _there(Path(root), f"{label.value or 'U盘'}（{root[:2]}）", read_only=protected)
