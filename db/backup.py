"""Copy the live store and its attachments, encrypted with the same keys, and verify the copy by opening it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from db.attachments import FOLDER, Attachments
from db.engine import DatabaseError, translated
from ipdesk.problems import Refusal

if TYPE_CHECKING:
    from sqlite_utils import Database

_NAMED = "SELECT DISTINCT sha256 FROM copy.document WHERE _deleted = 0"


def back_up(database: "Database", folder: Path, why: str, contents: Attachments | None = None) -> Path:
    """Write a whole copy into a folder and return its path; a copy that does not verify is refused.

    The contents of attachments go into the one folder ``attachments`` that all backups there share, each once;
    they come first, so that no copy of the store is ever without them.
    """
    folder.mkdir(exist_ok=True)
    if contents:
        contents.back_up(folder / FOLDER)
    target = folder / f"{datetime.now():%Y%m%d-%H%M%S-%f}-{why}.db"
    with translated():
        database.conn.execute("VACUUM INTO ?", (str(target),))
        _sync(target)
        with _attached(database, target):
            told = [row[0] for row in database.conn.execute("PRAGMA copy.quick_check(1)")]
    if told != ["ok"]:
        target.unlink(missing_ok=True)
        raise Refusal("备份没有通过校验，已停止；请检查磁盘空间和磁盘状态后重试")
    if contents:
        _thin(database, folder, contents)
    return target


def _thin(database: "Database", folder: Path, contents: Attachments) -> None:
    """Remove the contents that no backup names any more; while one backup cannot be asked, all stay."""
    named: set[str] = set()
    try:
        for file in folder.glob("*.db"):
            with _attached(database, file):
                named.update(_named(database))
    except DatabaseError:
        return
    contents.thin(folder / FOLDER, named)


def _named(database: "Database") -> list[str]:
    """Return the contents that the attached copy names; one from before there were attachments names none."""
    known = database.conn.execute("SELECT 1 FROM copy.sqlite_master WHERE name = 'document'").fetchone()
    return [row[0] for row in database.conn.execute(_NAMED)] if known else []


@contextmanager
def _attached(database: "Database", file: Path) -> Iterator[None]:
    database.conn.execute("ATTACH DATABASE ? AS copy", (str(file),))
    try:
        yield
    finally:
        database.conn.execute("DETACH DATABASE copy")


def _sync(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())
