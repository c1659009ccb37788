"""A workspace is there whole or not at all, wherever its making is stopped; an emptied one is not taken for new."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from db import engine, keyfile, workspace
from db.store import SqlStore
from ipdesk.kinds import catalogue
from ipdesk.problems import Refusal

Make = Callable[..., SqlStore]


def create(folder: Path) -> SqlStore:
    return workspace.create(folder, catalogue(), role="county", unit_code="320981")[0]


def open_again(folder: Path) -> SqlStore:
    return workspace.open_store(folder, catalogue())


def kill_at(number: int, folder: str) -> None:
    """End the process at the N-th call to the system about something in a folder."""
    left = number

    def count(_event: str, told: tuple[object, ...]) -> None:
        nonlocal left
        left -= folder in str(told)
        if left == 0:
            os._exit(9)

    sys.addaudithook(count)


@pytest.mark.parametrize("number", [3, 12, 13, 15, 18, 20, 23, 24, 99])
def test_a_killed_making_is_simply_done_again(tmp_path: Path, number: int) -> None:
    folder = tmp_path / "w"
    told = subprocess.run([sys.executable, __file__, str(folder), str(number)], check=False, cwd=Path.cwd())
    assert told.returncode in (0, 9)
    if (folder / workspace.STORE).exists():
        assert open_again(folder).office.unit_code == "320981"
        return
    with pytest.raises(Refusal, match="没有工作区|没有建完"):
        open_again(folder)
    store = create(folder)
    assert store.check() == []
    store.close()
    open_again(folder).close()
    files = {p.name for p in folder.iterdir() if p.is_file() and p.suffix != ".part"}
    assert files == {workspace.STORE, workspace.KEYS}


@pytest.mark.parametrize("stop", ["keyfile.write", "keyfile.seal", "os.replace", "workspace.connect"])
def test_a_failed_making_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: str) -> None:
    def fail(*_given: object, **_told: object) -> NoReturn:
        raise OSError(28, "full")

    with monkeypatch.context() as patch:
        patch.setattr("os.replace" if stop == "os.replace" else f"db.{stop}", fail)
        with pytest.raises((Refusal, OSError)):
            create(tmp_path / "w")
    assert not [p for p in (tmp_path / "w").rglob("*") if p.is_file()]
    create(tmp_path / "w").close()


def test_what_finishes_the_making_belongs_to_it(tmp_path: Path) -> None:
    def fail(store: SqlStore, recovery: str) -> None:
        assert store.office.unit_code == "320900"
        assert recovery.count("-") == 7
        raise Refusal("写不了")

    told = {"role": "city", "unit_code": "320900", "password": "Abc12345"}
    with pytest.raises(Refusal, match="写不了"):
        workspace.create(tmp_path / "w", catalogue(), **told, finish=fail)  # type: ignore[arg-type]
    assert not [p for p in (tmp_path / "w").rglob("*") if p.is_file()]


def test_an_emptied_store_is_not_taken_for_a_new_one(make_store: Make) -> None:
    store = make_store()
    store.close()
    file = store.folder / workspace.STORE
    file.write_bytes(b"")
    with pytest.raises(Refusal, match="数据文件 ipdesk.db 是空的"):
        open_again(store.folder)
    assert file.read_bytes() == b""
    key = keyfile.unlock(store.folder / workspace.KEYS, None)[0]
    engine.connect(file, key).close()
    with pytest.raises(Refusal, match="数据文件 ipdesk.db 是空的"):
        open_again(store.folder)


def test_a_lost_store_is_told_and_its_key_is_not_written_over(make_store: Make) -> None:
    store = make_store()
    store.close()
    (store.folder / workspace.STORE).unlink()
    keys = (store.folder / workspace.KEYS).read_bytes()
    for _ in range(2):
        with pytest.raises(Refusal, match="数据文件 ipdesk.db 不见了"):
            open_again(store.folder)
        with pytest.raises(Refusal, match="钥匙文件.*换一个文件夹"):
            create(store.folder)
        assert (store.folder / "backups" / workspace.KEYS).read_bytes() == keys
        (store.folder / workspace.KEYS).unlink(missing_ok=True)


if __name__ == "__main__":
    kill_at(int(sys.argv[2]), sys.argv[1])
    create(Path(sys.argv[1])).close()


def test_every_opening_is_logged_with_what_opened(tmp_path: Path) -> None:
    folder = tmp_path / "w"
    store, recovery = workspace.create(
        folder, catalogue(), role="county", unit_code="320981", password="Abc12345"
    )
    store.close()
    key = keyfile.unlock(folder / workspace.KEYS, "Abc12345")[0]
    for secret in ("Abc12345", recovery):
        again = workspace.open_store(folder, catalogue(), secret)
        assert again.undoable() is None
        assert again.check() == []
        again.close()
    with pytest.raises(Refusal):
        workspace.open_store(folder, catalogue(), "wrong")
    database = engine.connect(folder / workspace.STORE, key)
    told = list(database.query("SELECT deed, source, who, at FROM batch ORDER BY number"))
    database.close()
    assert [row["deed"] for row in told] == ["建立工作区", "打开工作区（口令）", "打开工作区（恢复码）"]
    assert {row["source"] for row in told} == {"登录"}
    assert all(row["who"] and row["at"] for row in told)


def test_a_store_that_cannot_take_its_name_is_not_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(source: Path, target: Path) -> None:
        raise PermissionError(13, "held by another program")

    def hold(_store: SqlStore, _recovery: str) -> None:
        monkeypatch.setattr("os.replace", fail)

    with pytest.raises(Refusal, match="建不了工作区"):
        workspace.create(tmp_path / "w", catalogue(), role="county", unit_code="320981", finish=hold)
    assert not [p for p in (tmp_path / "w").rglob("*") if p.is_file()]
