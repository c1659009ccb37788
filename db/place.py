"""Tell whether a folder is on the local disk: a live store on a share or stick would be lost or torn."""

import os
import sys
from pathlib import Path

from ipdesk.problems import Refusal

STORE = "ipdesk.db"
REMOVABLE, REMOTE = 2, 4
_REMOTE_SYSTEMS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs", "davfs"}
_WHY = "工作区不能放在{}上：拔出或断网会损坏数据，请选本机硬盘上的文件夹"


def refuse_foreign(folder: Path) -> None:
    """Refuse a folder on a network share or a removable drive with a reason."""
    kind = _windows_kind(folder) if sys.platform == "win32" else mounted_kind(folder)
    if kind == REMOTE:
        raise Refusal(_WHY.format("网络共享"))
    if kind == REMOVABLE:
        raise Refusal(_WHY.format("U盘或移动硬盘"))


def _windows_kind(
    folder: Path,
) -> int:  # pragma: no cover - runs on Windows only, where the self-test covers it
    import ctypes

    root = folder.resolve().anchor
    if root.startswith("\\\\"):
        return REMOTE
    return int(ctypes.windll.kernel32.GetDriveTypeW(root))  # type: ignore[attr-defined]  # Windows only


def mounted_kind(
    folder: Path, mounts: Path = Path("/proc/mounts"), blocks: Path = Path("/sys/class/block")
) -> int:
    """Return the drive type of the mount that holds a folder, by Windows' numbers; 0 where nothing is known."""
    try:
        lines = [
            line.split(" ")[:3] for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines()
        ]
    except OSError:
        return 0
    inside = [line for line in lines if _holds(line[1].replace("\\040", " "), os.path.realpath(folder))]
    if not inside:
        return 0
    device, _, system = max(inside, key=lambda line: len(line[1]))
    if system in _REMOTE_SYSTEMS:
        return REMOTE
    return REMOVABLE if _is_removable(blocks, Path(device).name) else 0


def _holds(mount: str, folder: str) -> bool:
    return folder == mount or folder.startswith(mount.rstrip("/") + "/")


def _is_removable(blocks: Path, device: str) -> bool:
    """Tell whether a block device, or the disk that a partition lies on, is removable."""
    entry = (blocks / device).resolve()
    flags = [entry / "removable", entry.parent / "removable"]
    return any(flag.is_file() and flag.read_text().strip() == "1" for flag in flags)
