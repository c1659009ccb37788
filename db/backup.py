"""Copy the live store beside itself, encrypted with the same key, and verify the copy by opening it."""

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from db.engine import translated
from ipdesk.problems import Refusal

if TYPE_CHECKING:
    from sqlite_utils import Database


def back_up(database: "Database", folder: Path, why: str) -> Path:
    """Write a whole copy into a folder and return its path; a copy that does not verify is refused."""
    folder.mkdir(exist_ok=True)
    target = folder / f"{datetime.now():%Y%m%d-%H%M%S-%f}-{why}.db"
    with translated():
        database.conn.execute("VACUUM INTO ?", (str(target),))
        _sync(target)
        database.conn.execute("ATTACH DATABASE ? AS copy", (str(target),))
        try:
            told = [row[0] for row in database.conn.execute("PRAGMA copy.quick_check(1)")]
        finally:
            database.conn.execute("DETACH DATABASE copy")
    if told != ["ok"]:
        target.unlink(missing_ok=True)
        raise Refusal("备份没有通过校验，已停止；请检查磁盘空间和磁盘状态后重试")
    return target


def _sync(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())
