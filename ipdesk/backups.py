"""Backups of a workspace as files: what they are called, which of them stay, what one would bring back.

Which stay is said here and nowhere else: everything of the last day, then the newest of each day for thirty days,
then the newest of each month, as long as there is room.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

MANUAL, ELSEWHERE, START, WORK = "manual", "elsewhere", "start", "work"
INTAKE, RECEIVE, MIGRATION, RESTORE = "before-intake", "before-receive", "before-migration", "before-restore"
WORDS = {
    MANUAL: "手动备份",
    ELSEWHERE: "另存到别处时",
    START: "每天开始时",
    WORK: "工作中自动",
    INTAKE: "导入之前",
    RECEIVE: "接收之前",
    MIGRATION: "升级之前",
    RESTORE: "恢复之前",
}
WHOLE, DAILY = timedelta(days=1), timedelta(days=30)
LEAST_FREE = 2 * 2**30  # bytes: with less room on the disk the oldest go first
_NAME = re.compile(r"(\d{8}-\d{6}-\d{6})-([a-z-]+)\.db")
_STAMP = "%Y%m%d-%H%M%S-%f"


@dataclass(frozen=True, slots=True, order=True)
class Backup:
    """One copy of the store: when it was made (local time), why (one of ``WORDS``), and its file."""

    at: datetime
    why: str
    path: Path

    @classmethod
    def of(cls, path: Path) -> "Backup | None":
        """Return what a file's name tells, ``None`` when it is none that the program names."""
        if not (told := _NAME.fullmatch(path.name)):
            return None
        try:
            return cls(datetime.strptime(told[1], _STAMP), told[2], path)
        except ValueError:
            return None

    @property
    def label(self) -> str:
        """Return in Chinese why it was made."""
        return WORDS.get(self.why, self.why)


def file_name(at: datetime, why: str) -> str:
    """Return what a copy is called."""
    return f"{at:{_STAMP}}-{why}.db"


def backups_in(folder: Path) -> list[Backup]:
    """Return the backups in a folder, newest first."""
    found = (Backup.of(path) for path in folder.glob("*.db"))
    return sorted((backup for backup in found if backup), reverse=True)


def superfluous(backups: Iterable[Backup], now: datetime) -> list[Backup]:
    """Return which backups may go, oldest first; never the newest, nor one that somebody asked for."""
    ordered = sorted(backups, reverse=True)
    taken: set[tuple[int, ...]] = set()
    going = []
    for backup in ordered:
        period = _period(backup, now)
        if period in taken and not _stays(backup, ordered):
            going.append(backup)
        if period:
            taken.add(period)
    return going[::-1]


def spare(backups: Iterable[Backup], now: datetime) -> list[Backup]:
    """Return which more may go where room is short, oldest first: those older than a day."""
    ordered = sorted(backups, reverse=True)
    return [b for b in ordered[::-1] if not _stays(b, ordered) and now - b.at > WHOLE]


def _stays(backup: Backup, ordered: Sequence[Backup]) -> bool:
    return backup is ordered[0] or backup.why == MANUAL


def _period(backup: Backup, now: datetime) -> tuple[int, ...]:
    """Return of which span only the newest stays; empty for what is young, or from a future that was a wrong clock."""
    age = now - backup.at
    if age <= WHOLE:
        return ()
    day = (backup.at.year, backup.at.month, backup.at.day)
    return day if age <= DAILY else day[:2]
