"""Find what is wrong with a store: its pages, its structure, its log; told as sentences, never raised."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from db import journal
from db.engine import translated
from ipdesk.problems import Refusal

if TYPE_CHECKING:
    from sqlite_utils import Database

_FEW = 10
_PAGES = "数据文件有{}页校验不符（第{}页），内容已损坏，请不要再写入，保留整个文件夹并联系市局"
_STRUCTURE = "数据文件的内部结构有误，请不要再写入，保留整个文件夹并联系市局"
_LOG = "操作日志的校验链断了：日志被改动过"


def problems(db: "Database") -> list[str]:
    """Return what is wrong with file, tables and log chain, one sentence each; empty when all is well.

    Of a file with damaged pages nothing more is told: whatever else shows follows from them.
    """
    return _told(_pages, db) or [*_told(_structure, db), *_told(_log, db)]


def _told(step: "Callable[[Database], Iterable[str]]", db: "Database") -> list[str]:
    """Return what a step finds; damage that keeps it from looking is a finding too."""
    try:
        with translated():
            return list(step(db))
    except Refusal as refusal:
        return [refusal.message]


def _pages(db: "Database") -> Iterator[str]:
    # what a program killed while it brought its log over left half-written, the log still holds whole
    db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    told = [str(row[0]) for row in db.conn.execute("PRAGMA cipher_integrity_check")]
    if told:
        yield _PAGES.format(len(told), "、".join(re.findall(r"\d+", " ".join(told[:_FEW]))))


def _structure(db: "Database") -> Iterator[str]:
    told = [row[0] for row in db.conn.execute("PRAGMA integrity_check(1)")]
    if told != ["ok"]:
        yield _STRUCTURE


def _log(db: "Database") -> Iterator[str]:
    if not journal.verify(db):
        yield _LOG
