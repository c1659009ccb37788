"""Copy the live store and its attachments, encrypted with the same keys, and verify the copy by opening it.

What is here needs files and keys only, so that any thread may do it; only the copying itself needs the store.
"""

import hashlib
import os
import secrets
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from db import keyfile
from db.attachments import FOLDER, Attachments
from db.engine import reading, translated
from ipdesk.backups import LEAST_FREE, MIGRATION, Backup, backups_in, file_name, spare, superfluous
from ipdesk.files import read_bytes, reason, refuse_full, sync_folder, write_bytes
from ipdesk.problems import Damage, Refusal
from ipdesk.readback import device_digest

if TYPE_CHECKING:
    from sqlite_utils import Database

UNSOUND = "备份没有通过校验，已停止；请检查磁盘空间和磁盘状态后重试"
_NAMED = "SELECT DISTINCT sha256 FROM document WHERE _deleted = 0"
_CHUNK, _STALE = 2**20, 24 * 3600
_PAGE = 4096  # bytes of a page, as SQLCipher 4 has it
Keys = Sequence[bytes]


@dataclass(frozen=True, slots=True)
class FileDraft:
    """A copy under a passing name; it holds the store as it was when it was begun."""

    part: Path
    target: Path
    key: bytes
    contents: Attachments | None = None

    def finish(self) -> Path:
        """Bring the attachments along, verify the copy by opening it, give it its name; else nothing stays.

        The attachments come first, so that no copy of the store is ever without them.
        """
        try:
            if self.contents:
                self.contents.back_up(self.target.parent / FOLDER)
            with told(self.target):
                _sync(self.part)
            verify(self.part, self.key)
            with told(self.target):
                os.replace(self.part, self.target)
                sync_folder(self.target.parent)
        finally:
            with suppress(OSError):  # tidied away later
                self.part.unlink(missing_ok=True)
        return self.target


def draft(
    database: "Database", key: bytes, folder: Path, why: str, contents: Attachments | None = None
) -> FileDraft:
    """Copy a store into a folder under a passing name; contents go into the one folder that all backups share."""
    with told(folder):
        folder.mkdir(parents=True, exist_ok=True)
        _tidy(folder)
    part = folder / f".{secrets.token_hex(4)}.part"
    made = FileDraft(part, folder / file_name(datetime.now(), why), key, contents)
    try:
        with translated():
            database.conn.execute("VACUUM INTO ?", (str(part),))
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    return made


def back_up(
    database: "Database",
    key: bytes,
    folder: Path,
    why: str = MIGRATION,
    contents: Attachments | None = None,
) -> Path:
    """Write a whole copy into a folder and return its path; a copy that does not verify is refused."""
    made = draft(database, key, folder, why, contents).finish()
    if contents:
        thin_contents(folder, [key], contents)
    return made


def _tidy(folder: Path) -> None:
    """Remove what a backup left that was killed long ago; a younger one may still be at it."""
    for path in folder.glob(".*.part*"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > _STALE:
                path.unlink()


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what stands in the way of writing a copy into one sentence."""
    try:
        yield
    except OSError as error:
        raise Refusal(f"备份写不到“{path.parent}”：{reason(error)}") from error


def verify(path: Path, key: bytes) -> None:
    """Refuse a copy that does not open, or whose pages or structure are not sound."""
    try:
        with reading(path, key) as connection:
            found = [row[0] for row in connection.execute("PRAGMA quick_check(1)")]
    except Damage as damage:
        raise Damage(UNSOUND) from damage
    if found != ["ok"]:
        raise Damage(UNSOUND)


def fitting(path: Path, keys: Keys) -> bytes | None:
    """Return which of some keys opens a copy, ``None`` when none does: it is damaged or another workspace's."""
    for key in keys:
        with suppress(Refusal), reading(path, key):
            return key
    return None


# ---------------------------------------------------------------- other places
def carry(backup: Path, target: Path, key: bytes, keys: Path, contents: Attachments) -> None:
    """Copy a backup, attachments and key file elsewhere; the copy is read back, compared and opened there."""
    part = target.with_name(f".{secrets.token_hex(4)}.part")
    with told(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        _tidy(target.parent)
        refuse_full(target.parent, backup.stat().st_size)
        contents.back_up(target.parent / FOLDER, quick=True)
        try:
            copy_file(backup, part)
            verify(part, key)
            write_bytes(key_beside(target), read_bytes(keys))
            os.replace(part, target)
            sync_folder(target.parent)
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)


def key_beside(backup: Path) -> Path:
    """Return where the key file of a carried backup lies: one for all in the program's folder, else its own."""
    return backup.with_name(keyfile.NAME if Backup.of(backup) else f"{backup.name}.key")


def copy_file(source: Path, target: Path) -> None:
    """Copy a file of any size, fsync, read back from the device and compare."""
    with source.open("rb") as stream, target.open("xb") as copy:
        wanted = hashlib.sha256()
        while part := stream.read(_CHUNK):
            wanted.update(part)
            copy.write(part)
        copy.flush()
        os.fsync(copy.fileno())
    if device_digest(target) != wanted.hexdigest():
        raise Refusal(f"写入“{target.parent}”后读回的内容不一致，请换一个U盘或文件夹重试")


# ---------------------------------------------------------------- thinning
def thin(folder: Path, keys: Keys, contents: Attachments, now: datetime | None = None) -> list[Path]:
    """Remove the backups that ``ipdesk.backups`` says may go, and the contents that then none names any more.

    One that cannot be read stays, for a check tells it and a person decides; so does the only one with a content.
    """
    at, gone = now or datetime.now(), []
    if superfluous(backups_in(folder), at) or _is_short(folder):
        named = _all_named(folder, keys)
        sound = [backup for backup, known in named.items() if known is not None]
        going = superfluous(sound, at)
        gone = [backup for backup in going if _gone(backup, named, contents)]
        rest = [backup for backup in sound if backup in named]
        gone += [b for b in spare(rest, at) if _is_short(folder) and _gone(b, named, contents)]
    thin_contents(folder, keys, contents)
    return [backup.path for backup in gone]


def _gone(backup: Backup, named: dict[Backup, set[str] | None], contents: Attachments) -> bool:
    """Remove a backup unless a content would go with it that lies nowhere else; tell whether it went."""
    others: set[str] = set().union(*(known or () for other, known in named.items() if other is not backup))
    if any(not contents.lies(sha256) for sha256 in (named[backup] or set()) - others):
        return False
    try:
        backup.path.unlink()
    except OSError:  # held open elsewhere: next time
        return False
    del named[backup]
    return True


def _is_short(folder: Path) -> bool:
    return shutil.disk_usage(folder).free < LEAST_FREE


def _all_named(folder: Path, keys: Keys) -> dict[Backup, set[str] | None]:
    """Return the contents that each backup names, ``None`` for one that cannot be asked."""
    return {backup: _named(backup.path, keys) for backup in backups_in(folder)}


def thin_contents(folder: Path, keys: Keys, contents: Attachments) -> None:
    """Remove the contents that no backup names any more; while one backup cannot be asked, all stay."""
    named: set[str] = set()
    for file in folder.glob("*.db"):
        known = _named(file, keys)
        if known is None:
            return
        named |= known
    contents.thin(folder / FOLDER, named)


def _named(file: Path, keys: Keys) -> set[str] | None:
    """Return the contents that a copy names; one from before there were attachments names none."""
    key = fitting(file, keys)
    if key is None:
        return None
    try:
        with reading(file, key) as connection:
            known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'document'").fetchone()
            return {row[0] for row in connection.execute(_NAMED)} if known else set()
    except Refusal:
        return None


def damaged(folder: Path, keys: Keys) -> list[Path]:
    """Return the backups in a folder that cannot be read, or not to their end."""
    return [backup.path for backup in backups_in(folder)[::-1] if not _is_sound(backup.path, keys)]


def _is_sound(path: Path, keys: Keys) -> bool:
    """Tell whether every page of a copy is there and as it was written, which takes a third of opening it whole."""
    key = fitting(path, keys)
    try:
        with reading(path, key or b"") as connection:
            size = connection.execute("PRAGMA page_count").fetchone()[0] * _PAGE
            broken = connection.execute("PRAGMA cipher_integrity_check").fetchall()
    except Refusal:
        return False
    return not broken and path.stat().st_size == size


def _sync(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())
