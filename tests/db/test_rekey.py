"""Another key for the store: whole with the old key or the new one wherever it is killed, older backups still open."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from db import keyfile, workspace
from db.engine import connect
from db.store import SqlStore
from ipdesk.kinds import catalogue
from ipdesk.problems import Damage, Refusal

PASSWORD, OTHER = "口令-Kou1ing", "别的-Kou1ing"


@pytest.fixture(autouse=True)
def _quick_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make passwords cheap to try: their cost is tested with the key file."""
    monkeypatch.setattr("db.keyfile.COSTS", dict.fromkeys(("password", "recovery", "open"), (2, 8, 1)))


def made(folder: Path, password: str | None = None) -> tuple[SqlStore, str]:
    """Return a store with something in it, and its recovery key."""
    store, recovery = workspace.create(
        folder, catalogue(), role="county", unit_code="320981", password=password
    )
    fill(store)
    return store, recovery


def fill(store: SqlStore) -> None:
    with store.act("新增", "测试") as act:
        act.add(store.catalogue.kind("enterprise"), {"unit_code": "320981", "enterprise_name": "甲公司"})


def opened(folder: Path, secret: str | None = None) -> SqlStore:
    return workspace.open_store(folder, catalogue(), secret)


def sound(folder: Path, secret: str | None, count: int = 1) -> None:
    """See that a workspace opens whole, and that its key can be changed again."""
    store = opened(folder, secret)
    try:
        assert store.count(store.catalogue.kind("enterprise")) == count
        assert store.check() == []
    finally:
        store.close()


def test_the_old_key_opens_nothing_any_more(tmp_path: Path) -> None:
    store, _ = made(tmp_path / "w")
    (old, _), before = keyfile.unlock(tmp_path / "w" / keyfile.NAME, None), tmp_path / "before"
    shutil.copy(tmp_path / "w" / keyfile.NAME, before)
    assert store.rekey() == ""
    fill(store)
    store.close()
    with pytest.raises(Damage):
        connect(tmp_path / "w" / "ipdesk.db", old)
    sound(tmp_path / "w", None, 2)
    for place in keyfile.PLACES:
        assert keyfile.unlock(tmp_path / "w" / place, None)[0] != old


def test_a_password_stays_and_the_recovery_key_is_another(tmp_path: Path) -> None:
    store, recovery = made(tmp_path / "w", PASSWORD)
    for wrong in (None, OTHER, recovery):
        with pytest.raises(Refusal, match="换钥匙要用口令"):
            store.rekey(wrong)
    renewed = store.rekey(PASSWORD)
    assert store.is_recovery(renewed)
    assert not store.is_recovery(recovery)
    store.close()
    with pytest.raises(Refusal, match="口令不对"):
        opened(tmp_path / "w", recovery)
    for secret in (PASSWORD, renewed):
        sound(tmp_path / "w", secret)


def test_a_first_password_locks_older_copies_of_the_key_file_out(tmp_path: Path) -> None:
    store, _ = made(tmp_path / "w")
    open_file = (tmp_path / "w" / keyfile.NAME).read_bytes()
    store.set_password(PASSWORD)
    with pytest.raises(Refusal, match="已有口令"):
        store.set_password(OTHER)
    store.close()
    sound(tmp_path / "w", PASSWORD)
    (tmp_path / "w" / keyfile.NAME).write_bytes(open_file)
    with pytest.raises(Damage):
        opened(tmp_path / "w")


def test_backups_made_before_are_still_restored_however_often_the_key_changed(tmp_path: Path) -> None:
    store, _ = made(tmp_path / "w")
    backup = store.backups.begin("manual")
    assert backup is not None
    path = backup.finish()
    store.rekey()
    store.set_password(PASSWORD)
    store.rekey(PASSWORD)
    after = store.backups.begin("manual")
    assert after is not None
    after.finish()
    store.close()
    store = opened(tmp_path / "w", PASSWORD)
    with store.backups.stage(path) as stage:
        assert stage.store.count(store.catalogue.kind("enterprise")) == 1
    store.close()


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("password", [None, PASSWORD])
@pytest.mark.parametrize("step", range(6))
def test_killed_at_any_step_it_opens_and_can_be_done_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, password: str | None, step: int
) -> None:
    store, _ = made(tmp_path / "w", password)
    deeds = {"left": step}

    def counted(deed: Callable[..., object]) -> Callable[..., object]:
        def once(*words: object) -> object:
            if deeds["left"] == 0:
                raise Killed
            deeds["left"] -= 1
            return deed(*words)

        return once

    with monkeypatch.context() as patch:  # two writes, the store itself, two writes: five deeds
        patch.setattr("db.keyfile.write", counted(keyfile.write))
        patch.setattr("db.store.rekey", counted(__import__("db.engine", fromlist=["rekey"]).rekey))
        if step < 5:
            with pytest.raises(Killed):
                store.rekey(password)
        else:
            store.rekey(password)
    store.close()
    sound(tmp_path / "w", password)
    for place in keyfile.PLACES:  # the copy among the backups opens it too
        (tmp_path / "w" / keyfile.NAME).write_bytes((tmp_path / "w" / place).read_bytes())
        sound(tmp_path / "w", password)
    store = opened(tmp_path / "w", password)
    store.rekey(password)
    store.close()
    sound(tmp_path / "w", password)
    assert len(keyfile.candidates(*_of(tmp_path / "w", password))) == 1


def _of(folder: Path, password: str | None) -> tuple[list[keyfile.Slot], bytes]:
    slots = keyfile.read(folder / keyfile.NAME)
    return slots, keyfile.opened(slots, password)[0]


def test_killed_amid_the_encrypting_either_key_opens_it(tmp_path: Path) -> None:
    store, _ = made(tmp_path / "w")
    store.close()
    folder, new = tmp_path / "w", keyfile.new_key()
    old = keyfile.unlock(folder / keyfile.NAME, None)[0]
    keyfile.announce(folder, old, new)
    database = connect(folder / "ipdesk.db", old)
    database.conn.execute("PRAGMA wal_autocheckpoint = 0")
    database.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = (folder / "ipdesk.db").read_bytes()
    database.conn.execute(f"PRAGMA rekey = \"x'{new.hex()}'\"")
    log = (folder / "ipdesk.db-wal").read_bytes()
    database.close()
    after = (folder / "ipdesk.db").read_bytes()
    page, half = 4096, len(before) // 8192 * 4096
    states = {
        "not yet": (before, b""),
        "log half written": (before, log[: len(log) // 2]),
        "log written": (before, log),
        "half brought over": (after[:half] + before[half:], log),
        "first page only": (after[:page] + before[page:], log),
        "brought over": (after, log),
    }
    for name, (main, wal) in states.items():
        copy = tmp_path / name
        shutil.copytree(folder, copy)
        (copy / "ipdesk.db").write_bytes(main)
        (copy / "ipdesk.db-wal").write_bytes(wal)
        sound(copy, None)


def test_a_store_whose_pages_do_not_answer_to_the_new_key_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, _ = made(tmp_path / "w")

    def unfit(*_: object) -> None:
        raise Damage("坏了")

    with monkeypatch.context() as patch:
        patch.setattr("db.engine.reading", unfit)
        with pytest.raises(Damage):
            store.rekey()
    store.close()
    sound(tmp_path / "w", None)
