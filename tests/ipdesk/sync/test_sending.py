"""A stick that is full, read-only, pulled out or gone: one sentence, nothing half-written, the number not used up."""

import errno
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from db.store import SqlStore
from ipdesk import files, sync
from ipdesk.problems import Refusal
from ipdesk.sync import marker
from ipdesk.sync.life import Life
from tests.ipdesk.sync.world import World, add, held


def umount(folder: Path) -> None:
    subprocess.run(["umount", "-l", str(folder)], check=False, capture_output=True)


@pytest.fixture
def stick(tmp_path: Path) -> Iterator[Path]:
    """Return a small drive of its own; only root may make one."""
    folder = tmp_path / "stick"
    folder.mkdir()
    if not hasattr(os, "geteuid") or os.geteuid() or not shutil.which("mount"):
        pytest.skip("only root mounts a drive")
    made = ["mount", "-t", "tmpfs", "-o", "size=256k", "stick", str(folder)]
    if subprocess.run(made, check=False, capture_output=True).returncode:
        pytest.skip("no drive can be mounted here")
    yield folder
    umount(folder)


@pytest.fixture
def ready(world: World, county: SqlStore) -> SqlStore:
    """Return a county with something to send and its marker."""
    sync.begin(county)
    sync.begin(world.city)
    add(county, "甲公司")
    return county


def inside(folder: Path) -> list[Path]:
    """Return what lies in a folder that may be none."""
    return sorted(folder.iterdir()) if os.path.isdir(folder) else []


def refused(store: SqlStore, folder: Path) -> str:
    """Return why nothing can be exported, having seen that nothing was changed by trying."""
    life, kept = Life.of(store), marker.read(store.office.device)
    there = inside(folder)
    with pytest.raises(Refusal) as refusal:
        sync.export(store, folder)
    assert Life.of(store) == life
    assert inside(folder) == there
    after = marker.read(store.office.device)
    assert kept is not None
    assert after is not None
    assert (after.confirmed, after.pending) == (kept.confirmed, None)
    return refusal.value.message


def arrives(world: World, store: SqlStore) -> None:
    """See that the next package has the first number and all goes on."""
    assert world.up(store).name.endswith("-1.ipk")
    world.round(store)
    assert held(world.city, store.office.unit_code) == held(store, store.office.unit_code)


def test_a_full_drive_is_told_before_anything_is_written(
    world: World, ready: SqlStore, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (stick / "照片.jpg").write_bytes(b"x" * 200 * 2**10)
    monkeypatch.setattr("ipdesk.sync.sending.staged", None)  # never reached
    message = refused(ready, stick)
    assert "剩余空间不够" in message
    assert "KB" in message
    monkeypatch.undo()
    arrives(world, ready)


def test_a_drive_that_fills_up_meanwhile_is_told(
    world: World, ready: SqlStore, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "SLACK", -(2**20))
    with suppress(OSError):
        (stick / "照片.jpg").write_bytes(b"x" * 252 * 2**10)
        (stick / "又一张.jpg").write_bytes(b"x" * 2**12)
    assert "磁盘已满" in refused(ready, stick)
    arrives(world, ready)


def test_a_write_protected_drive_is_told(world: World, ready: SqlStore, stick: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(stick)], check=True)
    assert "只读" in refused(ready, stick)
    arrives(world, ready)


def test_a_drive_pulled_out_while_it_is_written(
    world: World, ready: SqlStore, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def pull(handle: int) -> None:
        real(handle)
        if os.path.ismount(stick):
            umount(stick)

    monkeypatch.setattr(os, "fsync", pull)
    assert "U盘可能已拔出" in refused(ready, stick)
    monkeypatch.undo()
    arrives(world, ready)


def test_a_drive_pulled_out_after_the_file_got_its_name_may_hold_it(
    world: World, ready: SqlStore, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, carried = os.replace, world.fresh()

    def pull(source: Path, to: Path) -> None:
        real(source, to)
        if str(to).endswith(".ipk"):
            shutil.copy(to, carried)
            umount(stick)

    monkeypatch.setattr(os, "replace", pull)
    with pytest.raises(Refusal, match="U盘可能已拔出"):
        sync.export(ready, stick)
    monkeypatch.undo()
    (file,) = carried.iterdir()
    assert sync.receive(world.city, [file]).refused == ()
    later = world.up(ready)
    assert later.name.endswith("-2.ipk")  # the first number may have gone out
    assert sync.receive(world.city, [later]).refused == ()
    world.round(ready)
    assert Life.of(ready).incarnation == 1


def test_a_folder_gone_while_the_file_gets_its_name_may_have_taken_it_along(
    world: World, ready: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, stick = os.replace, world.fresh()

    def vanish(source: Path, to: Path) -> None:
        if str(to).endswith(".ipk"):
            shutil.rmtree(stick)
            raise OSError(errno.EIO, "gone")
        real(source, to)

    monkeypatch.setattr(os, "replace", vanish)
    with pytest.raises(Refusal, match="U盘可能已拔出"):
        sync.export(ready, stick)
    monkeypatch.undo()
    assert world.up(ready).name.endswith("-2.ipk")
    world.round(ready)
    assert held(world.city, "320981") == held(ready, "320981")


def test_a_name_that_is_taken_is_told(ready: SqlStore, world: World) -> None:
    stick = world.fresh()
    name = f"320981-{Life.of(ready).epoch[:4]}-1.ipk"
    (stick / name).symlink_to("nowhere")
    assert f"已有同名文件“{name}”" in refused(ready, stick)
    (stick / name).unlink()
    (stick / name).mkdir()
    assert "已有同名" in refused(ready, stick)


def test_a_path_that_is_too_long_is_told(ready: SqlStore, world: World) -> None:
    assert "太长" in refused(ready, world.fresh() / ("长" * 100))
    deep = world.fresh()
    while (left := 4090 - len(str(deep))) > 1:
        deep = deep / ("d" * min(200, left - 1))
    os.makedirs(deep)
    assert "太长" in refused(ready, deep)


def test_a_folder_that_vanished_is_told(ready: SqlStore, world: World) -> None:
    assert "U盘可能已拔出" in refused(ready, world.fresh() / "gone" / "stick")
    with pytest.raises(Refusal, match="U盘可能已拔出"):
        files.refuse_full(world.fresh() / "gone", 1)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EIO, errno.ENAMETOOLONG, errno.ENOENT])
@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_whatever_a_device_says_is_one_sentence(
    world: World, ready: SqlStore, monkeypatch: pytest.MonkeyPatch, step: str, number: int
) -> None:
    real: Callable[..., object] = getattr(os, step)
    stick = world.fresh()

    def fail(*given: object) -> object:
        ours = stick in Path(str(given[-1])).parents if step == "replace" else any(stick.iterdir())
        if ours:
            raise OSError(number, os.strerror(number))
        return real(*given)

    monkeypatch.setattr(os, step, fail)
    assert files.reason(OSError(number, "")) in refused(ready, stick)
    monkeypatch.undo()
    arrives(world, ready)
