"""What a check finds is told in sentences; damage never stops it."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from db import check, workspace
from db.engine import DAMAGED, DatabaseError
from db.store import SqlStore
from ipdesk.kinds import catalogue
from ipdesk.problems import Refusal
from tests.ipdesk.sync.world import add

PAGE = 4096


def test_every_damaged_page_is_told_and_none_stops_the_check(make_store: Callable[..., SqlStore]) -> None:
    store = make_store()
    for number in range(20):
        add(store, f"企业{number}有限公司")
    store.close()
    file = store.folder / workspace.STORE
    whole = file.read_bytes()
    checked = 0
    for page in range(8, len(whole) // PAGE, 4):
        damaged = bytearray(whole)
        damaged[page * PAGE + 2000] ^= 1
        file.write_bytes(damaged)
        try:
            again = workspace.open_store(store.folder, catalogue())
        except Refusal:  # a page that opening itself reads
            continue
        (told,) = again.check()
        again.close()
        checked += 1
        assert f"1页校验不符（第{page + 1}页）" in told
    assert checked > 5


def test_a_page_half_brought_over_by_a_killed_program_is_no_damage(
    make_store: Callable[..., SqlStore], tmp_path: Path
) -> None:
    """The log still holds the page whole: the file alone tells a damage that nobody will ever read."""
    store = make_store()
    folder = tmp_path / "killed"
    shutil.copytree(store.folder, folder)
    add(store, "东台甲公司")
    for end in ("", "-wal"):
        shutil.copy(store.folder / f"{workspace.STORE}{end}", folder)
    file, log = folder / workspace.STORE, (folder / f"{workspace.STORE}-wal").read_bytes()
    frames = range(32, len(log), 24 + PAGE)
    written = {int.from_bytes(log[at : at + 4], "big") for at in frames}
    half = bytearray(file.read_bytes())
    torn = max(number for number in written if number * PAGE <= len(half))
    half[(torn - 1) * PAGE + PAGE // 2 : torn * PAGE] = bytes(PAGE // 2)
    file.write_bytes(half)
    again = workspace.open_store(folder, catalogue())
    assert again.check() == []
    assert len(again.find(again.catalogue.kind("enterprise"))) == 1
    again.close()


def test_a_wrong_structure_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "plain.db"
    with closing(sqlite3.connect(file)) as made:
        made.executescript(
            "CREATE TABLE t (x TEXT); INSERT INTO t VALUES (NULL); PRAGMA writable_schema = on;"
            "UPDATE sqlite_master SET sql = 'CREATE TABLE t (x TEXT NOT NULL)'"
        )
    monkeypatch.setattr("db.journal.verify", lambda _db: True)
    with closing(sqlite3.connect(file)) as opened:
        (told,) = check.problems(Database(opened))
    assert "内部结构有误" in told


def test_damage_that_keeps_a_step_from_looking_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_db: Database) -> bool:
        raise DatabaseError("database disk image is malformed")

    monkeypatch.setattr("db.journal.verify", fail)
    with closing(sqlite3.connect(":memory:")) as opened:
        assert check.problems(Database(opened)) == [DAMAGED]
