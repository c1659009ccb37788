"""A restore that fails or is killed at any step leaves the old workspace, or one that its next opening completes."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import pytest

from db import engine, keyfile, workspace
from db.restoring import PART, STAGED
from db.store import SqlStore
from ipdesk import sync
from ipdesk.actions import restoring
from ipdesk.actions.backups import make
from ipdesk.kinds import catalogue
from ipdesk.problems import Absent, Damage, Refusal
from ipdesk.store import Store, Wish
from ipdesk.sync.life import Life

BEFORE, AFTER = "东台锦盛新材料有限公司", "东台恒瑞机械有限公司"


def open_again(folder: Path) -> Store:
    """Open a workspace as the program does."""
    opened: Store = import_module("ipdesk.__main__").doors(catalogue()).open(folder, None)
    return opened


def add(store: Store, name: str) -> None:
    with store.act("新增", "表单") as act:
        above = act.add(store.catalogue.kind("enterprise"), {"unit_code": "320981", "enterprise_name": name})
        act.add(store.catalogue.kind("case"), {"enterprise_id": above.id, "stage": "ST15"})


def names(store: Store) -> set[str]:
    return {str(r.values["enterprise_name"]) for r in store.find(store.catalogue.kind("enterprise"))}


def begun(folder: Path) -> Path:
    """Make a workspace with a backup and one record more than that; return the backup."""
    store, _ = workspace.create(folder, catalogue(), role="county", unit_code="320981")
    sync.begin(store)
    add(store, BEFORE)
    copy = make(store).path
    add(store, AFTER)
    store.close()
    return copy


def whole(folder: Path, first: Life, wish: Wish) -> bool:
    """Tell whether a workspace was restored, and so lives anew; anything but the old or the restored fails the test."""
    store = open_again(folder)
    life = Life.of(store)
    restored = names(store) == {BEFORE}
    assert restored or names(store) == {BEFORE, AFTER}
    assert (life.epoch == first.epoch) is not restored
    assert store.check() == []
    assert not store.setting("restoring")
    if restored:
        assert life.incarnation > first.incarnation  # by more where the marker of a killed try stands higher
        assert life.acknowledged == 0
        versions = [v for kind in store.catalogue.travelling for v, _, _ in store.versions(kind).values()]
        assert {v.epoch for v in versions} == {life.epoch if wish == "go-back" else first.epoch}
    store.close()
    again = open_again(folder)
    assert Life.of(again) == life
    again.close()
    assert not (folder / PART).exists()
    assert not (folder / STAGED).exists()
    return restored


def life_of(folder: Path) -> Life:
    store = open_again(folder)
    found = Life.of(store)
    store.close()
    return found


def restore(folder: Path, copy: Path, wish: Wish) -> None:
    store = open_again(folder)
    try:
        restoring.restore(store, copy, wish)
    finally:
        store.close()
    open_again(folder).close()


@pytest.mark.parametrize("wish", ["rebuild", "go-back"])
def test_a_restore_brings_back_what_was_and_lives_anew(tmp_path: Path, wish: Wish) -> None:
    copy = begun(tmp_path / "w")
    first = life_of(tmp_path / "w")
    restore(tmp_path / "w", copy, wish)
    assert whole(tmp_path / "w", first, wish)
    before = next((tmp_path / "w" / "backups").glob("*-before-restore.db"))
    second = life_of(tmp_path / "w")
    restore(tmp_path / "w", before, "rebuild")  # back to what was given up: again another life
    store = open_again(tmp_path / "w")
    assert names(store) == {BEFORE, AFTER}
    assert Life.of(store).incarnation == second.incarnation + 1
    store.close()


# ---------------------------------------------------------------- faults
class Counting:
    """Fails the N-th call to the system about a folder, or ends the process there."""

    def __init__(self) -> None:
        """Begin switched off."""
        self.folder, self.left, self.kill = "", 0, False
        sys.addaudithook(self._heard)

    def _heard(self, event: str, told: tuple[object, ...]) -> None:
        if (
            self.folder
            and event not in ("os.listdir", "os.scandir", "glob.glob")
            and self.folder in str(told)
        ):
            self.step()

    def step(self) -> None:
        """Count a call."""
        self.left -= 1
        if self.left == 0:
            if self.kill:
                os._exit(9)
            raise OSError(5, "injected")

    @contextmanager
    def at(self, folder: Path, number: int, *, kill: bool = False) -> Iterator[None]:
        """Let the N-th call fail from here on."""
        self.folder, self.left, self.kill = str(folder), number, kill
        real = os.fsync

        def fsync(handle: int) -> None:
            self.step()
            real(handle)

        os.fsync = fsync  # type: ignore[assignment]  # numbers are all that is synced here
        try:
            yield
        finally:
            os.fsync, self.folder = real, ""


@pytest.fixture(scope="module")
def faults() -> Counting:
    return Counting()


def test_a_fault_at_every_step_leaves_the_old_or_the_restored(tmp_path: Path, faults: Counting) -> None:
    copy = begun(tmp_path / "w")
    kept = tmp_path / "kept"
    shutil.copytree(tmp_path / "w", kept)
    first, number, outcomes = life_of(tmp_path / "w"), 0, []
    markers = Path(os.environ["IPDESK_MARKERS"])
    marked = {path: path.read_bytes() for path in markers.iterdir()}
    done = False
    while not done:
        number += 1
        wish: Wish = "go-back" if number % 2 else "rebuild"
        shutil.rmtree(tmp_path / "w")
        shutil.copytree(kept, tmp_path / "w")
        for path, data in marked.items():
            path.write_bytes(data)
        store, stopped = open_again(tmp_path / "w"), False
        with faults.at(tmp_path / "w", number):
            try:
                restoring.restore(store, copy, wish)
                done = faults.left > 0
            except (Refusal, OSError):
                stopped = True
        store.close()
        outcomes.append(whole(tmp_path / "w", first, wish))
        assert outcomes[-1] or stopped
    assert number > 20
    assert not outcomes[0]
    assert False in outcomes[5:]


KILLS = (8, 14, 21, 22, 23, 24, 26, 28, 29, 30, 32, 36, 41, 42, 43, 44)


@pytest.mark.parametrize("number", KILLS)
def test_a_process_killed_at_a_step_leaves_the_old_or_the_restored(tmp_path: Path, number: int) -> None:
    wish: Wish = "go-back" if number % 2 else "rebuild"
    folder, copy = tmp_path / "w", begun(tmp_path / "w")
    first = life_of(folder)
    words = [sys.executable, __file__, str(folder), str(copy), wish, str(number)]
    told = subprocess.run(words, check=False, cwd=Path.cwd())
    assert told.returncode in (0, 9)
    restored = whole(folder, first, wish)
    assert restored or told.returncode == 9


# ---------------------------------------------------------------- what is refused
def refused(store: Store, file: Path) -> str:
    """Return why a backup is refused; the store stays as it was."""
    before = names(store), Life.of(store)
    with pytest.raises(Refusal) as told:
        restoring.restore(store, file, "rebuild")
    assert (names(store), Life.of(store)) == before
    assert not list(store.folder.glob(".ipdesk.restore*"))
    return told.value.message


def test_damaged_foreign_and_newer_backups_are_refused(
    make_store: Callable[..., SqlStore], tmp_path: Path
) -> None:
    store = make_store()
    copy = make(store).path
    data = bytearray(copy.read_bytes())
    data[len(data) // 2] ^= 1
    bad = tmp_path / "bad.db"
    bad.write_bytes(data)
    assert refused(store, bad) == "“bad.db”已损坏，不能用它恢复，请换一个备份"
    bad.write_bytes(b"?" * 9000)
    assert refused(store, bad).startswith("“bad.db”打不开：它不是这个工作区的备份，或已损坏")
    bad.write_bytes(b"")
    assert "打不开" in refused(store, bad)
    assert refused(store, tmp_path / "none.db").startswith("找不到备份")
    assert "不是这个工作区的备份" in refused(store, make(make_store()).path)
    key = keyfile.unlock(store.folder / workspace.KEYS, None)[0]
    database = engine.connect(copy, key)
    database.execute("UPDATE _sqlite_migrations SET name = 'm9999' WHERE rowid = 1")
    database.close()
    assert "更新版本的程序" in refused(store, copy)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"unit_code": "320925"}, "另一个单位"),
        ({"role": "city"}, "另一个单位"),
        ({"device": "x"}, "另一个工作区"),
    ],
)
def test_a_backup_of_another_workspace_under_the_same_key_is_refused(
    make_store: Callable[..., SqlStore], change: dict[str, str], why: str
) -> None:
    store = make_store()
    kept = store.setting("office")
    assert isinstance(kept, dict)
    store.keep("office", {**kept, **change})
    copy = make(store).path
    store.keep("office", kept)
    assert why in refused(store, copy)


def test_a_disk_without_room_is_told(
    make_store: Callable[..., SqlStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = make_store()
    copy = make(store).path
    real = shutil.disk_usage
    monkeypatch.setattr("shutil.disk_usage", lambda path: real(path)._replace(free=9))
    assert "空间不够" in refused(store, copy)


# ---------------------------------------------------------------- other keys, other shapes, no store
def test_a_backup_under_an_earlier_key_comes_back_under_the_present_one(tmp_path: Path) -> None:
    copy = begun(tmp_path / "w")
    path = tmp_path / "w" / workspace.KEYS
    old, new = keyfile.unlock(path, None)[0], keyfile.new_key()
    keyfile.write(path, [keyfile.seal(keyfile.OPEN, "", new), keyfile.seal_earlier(old, new)])
    database = engine.connect(tmp_path / "w" / workspace.STORE, old)
    database.conn.execute(f"PRAGMA rekey = \"x'{new.hex()}'\"")
    database.close()
    store = open_again(tmp_path / "w")
    assert store.check() == []  # older backups are read as well
    restoring.restore(store, copy, "rebuild")
    again = open_again(tmp_path / "w")
    assert names(again) == {BEFORE}
    again.close()


def test_an_earlier_key_that_is_damaged_opens_nothing() -> None:
    key = keyfile.new_key()
    slot = keyfile.seal_earlier(keyfile.new_key(), key)
    assert len(keyfile.kept_earlier([slot], key)) == 1
    assert keyfile.kept_earlier([slot], keyfile.new_key()) == []
    assert keyfile.kept_earlier([{**slot, "key": "?"}, {"slot": "open"}], key) == []


def doors_rescue(folder: Path, copy: Path) -> restoring.Restored:
    doors = import_module("ipdesk.__main__").doors(catalogue())
    with doors.rescue(folder, None, copy) as stage:
        found = restoring.look(stage, copy, None)
        assert "已丢失或损坏" in found.lines("rebuild")[1]
        return restoring.put_back(stage, copy, "rebuild")


@pytest.mark.parametrize("state", ["gone", "empty", "damaged", "torn", "no folder"])
def test_a_lost_store_is_put_back(tmp_path: Path, state: str) -> None:
    folder = tmp_path / "w"
    copy = begun(folder)
    first = life_of(folder)
    away = tmp_path / "stick" / copy.name
    shutil.copytree(copy.parent, away.parent)
    file = folder / workspace.STORE
    if state == "gone":
        file.unlink()
    elif state == "empty":
        file.write_bytes(b"")
    elif state == "damaged":
        file.write_bytes(b"?" * 9000)
    elif state == "torn":
        data = bytearray(file.read_bytes())
        data[4096 * 40 : 4096 * 41] = b"?" * 4096
        file.write_bytes(data)
    else:
        shutil.rmtree(folder)
    if state not in ("torn",):
        with pytest.raises(Absent if state in ("gone", "no folder") else Damage):
            open_again(folder)
    assert doors_rescue(folder, away).before is None
    store = open_again(folder)
    assert names(store) == {BEFORE}
    assert Life.of(store).incarnation == first.incarnation + 1
    store.close()
    kept = list((folder / "backups").glob("*-damaged.ipdesk"))
    assert bool(kept) is (state not in ("gone", "no folder"))
    with pytest.raises(Refusal, match="是完好的"):
        doors_rescue(folder, away)


def test_without_a_key_nothing_is_put_back(tmp_path: Path) -> None:
    copy = begun(tmp_path / "w")
    alone = tmp_path / "alone.db"
    shutil.copy(copy, alone)
    with pytest.raises(Refusal, match="钥匙文件 ipdesk.key 不见了"):
        doors_rescue(tmp_path / "other", alone)
    shutil.copy(copy.with_name(workspace.KEYS), tmp_path / "alone.db.key")
    doors_rescue(tmp_path / "other", alone)
    store = open_again(tmp_path / "other")
    assert names(store) == {BEFORE}
    store.close()


def test_a_store_too_damaged_to_be_copied_is_set_aside_and_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = begun(tmp_path / "w")
    store = open_again(tmp_path / "w")

    def broken(*_told: object, **_named: object) -> None:
        raise Damage("x")

    monkeypatch.setattr("db.backup.draft", broken)
    done = restoring.restore(store, copy, "rebuild")
    assert done.before
    assert done.before.name.endswith("-damaged.ipdesk")
    again = open_again(tmp_path / "w")
    assert names(again) == {BEFORE}
    again.close()


if __name__ == "__main__":
    victim = open_again(Path(sys.argv[1]))
    with Counting().at(Path(sys.argv[1]), int(sys.argv[4]), kill=True):
        restoring.restore(victim, Path(sys.argv[2]), "go-back" if sys.argv[3] == "go-back" else "rebuild")
        open_again(Path(sys.argv[1])).close()
