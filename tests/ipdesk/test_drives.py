"""Removable drives: read from what the system says, a pulled one left out."""

from pathlib import Path

import pytest

from ipdesk import drives
from ipdesk.problems import Refusal

MOUNTS = r"""
sysfs /sys sysfs rw 0 0
/dev/sda2 / ext4 rw 0 0
/dev/sdb1 /media/clerk/KINGSTON vfat rw,nosuid 0 0
/dev/sdc1 /run/media/clerk/\345\205\261\344\272\253\040\347\233\230 exfat ro,nosuid 0 0
/dev/sdd1 /media/clerk/乙盘 vfat rw 0 0
tmpfs /media/ram tmpfs rw 0 0
host:/share /mnt/share nfs rw 0 0
short
"""


def test_carried_drives_are_read_from_the_list_of_mounts() -> None:
    assert drives.mounted(MOUNTS) == [
        (Path("/media/clerk/KINGSTON"), False),
        (Path("/run/media/clerk/共享 盘"), True),
        (Path("/media/clerk/乙盘"), False),
    ]


def test_a_drive_is_measured(tmp_path: Path) -> None:
    told = drives.measured(tmp_path)
    assert (told.folder, told.name, told.read_only) == (tmp_path, tmp_path.name, False)
    assert 0 < told.free <= told.total


def test_a_folder_that_is_gone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="用不了"):
        drives.measured(tmp_path / "gone")


def test_what_is_pulled_out_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stick, gone, mounts = tmp_path / "乙盘", tmp_path / "gone", tmp_path / "mounts"
    stick.mkdir()
    mounts.write_text(f"/dev/sdc1 {gone} vfat rw 0 0\n/dev/sdb1 {stick} vfat ro 0 0\n", encoding="utf-8")
    monkeypatch.setattr(drives, "_MOUNTS", mounts)
    monkeypatch.setattr(drives, "_CARRIED", (str(tmp_path),))
    (found,) = drives.drives()
    assert (found.folder, found.name, found.read_only) == (stick, "乙盘", True)


def test_without_a_list_of_mounts_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drives, "_MOUNTS", tmp_path / "none")
    assert drives.drives() == []


def test_letters_of_windows_drives() -> None:
    assert drives.letters(0b10100) == ["C:\\", "E:\\"]


def test_a_path_far_too_long_leaves_room_for_the_sentence(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="用不了：文件名或路径太长") as refused:
        drives.measured(tmp_path / ("长" * 300))
    assert len(refused.value.message) < 150
