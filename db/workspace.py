"""Make a workspace folder, and open the store in one."""

import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import uuid_utils

from db import keyfile, place, restoring
from db.alone import alone
from db.attachments import contents_of
from db.backup import back_up
from db.engine import connect, connect_any, translated
from db.migrations import migrations
from db.place import refuse_foreign
from db.restoring import SqlStage
from db.schema import EMPTY, bring_up
from db.store import SqlStore
from ipdesk.files import reason, sync_folder
from ipdesk.kinds.declare import Catalogue
from ipdesk.problems import Absent, Damage, Refusal
from ipdesk.store import Role

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

STORE, KEYS, NEW = place.STORE, keyfile.NAME, "ipdesk.new"
_SLOTS = {keyfile.PASSWORD: "口令", keyfile.RECOVERY: "恢复码", keyfile.OPEN: "未加锁"}
FOLDERS = ("outbox", "inbox", "backups", "logs")


def create(
    folder: Path,
    catalogue: Catalogue,
    *,
    role: Role,
    unit_code: str,
    office_name: str = "",
    password: str | None = None,
    steps: "Migrations | None" = None,
    finish: "Callable[[SqlStore, str], object]" = lambda store, recovery: None,
) -> tuple[SqlStore, str]:
    """Make a workspace and return its open store and its recovery key (empty without a password).

    ``finish`` is given store and recovery key and belongs to the making: it is there whole or not at all. The
    store is made under another name and takes its own last of all, so a making that was killed is done again.
    """
    _refuse_taken(folder)
    _make_folders(folder)
    office = {
        "role": role,
        "unit_code": unit_code,
        "office_name": office_name,
        "device": str(uuid_utils.uuid7()),
    }
    key = keyfile.new_key()
    try:
        _clear(folder)
        (folder / NEW).touch()
        slots, recovery = _slots(password, key)
        for at in keyfile.PLACES:
            keyfile.write(folder / at, slots)
        database = connect(folder / NEW, key)
        try:
            _fill(database, steps or migrations(), office)
            finish(SqlStore(database, folder, catalogue, password is not None, key), recovery)
        finally:
            database.close()
        _take_name(folder)
    except BaseException:
        _clear(folder)
        raise
    store = SqlStore(connect(folder / STORE, key), folder, catalogue, password is not None, key)
    return _logged(store, "建立工作区"), recovery


def _logged(store: SqlStore, deed: str) -> SqlStore:
    """Return a store after logging that it was opened: by whom, when, with what."""
    with store.act(deed, "登录") as act:
        act.note(deed)
    return store


def _refuse_taken(folder: Path) -> None:
    """Refuse a folder that holds a workspace, or the key to one whose store is lost."""
    if (folder / STORE).exists():
        raise Refusal(f"“{folder}”里已经有一个工作区，请换一个文件夹")
    if not (folder / NEW).exists() and any((folder / at).exists() for at in keyfile.PLACES):
        raise Refusal(f"“{folder}”里有原来工作区的钥匙文件，它能打开原来的数据和备份，请换一个文件夹")


def _clear(folder: Path) -> None:
    """Remove what an unfinished making left."""
    for leftover in (f"{NEW}-wal", f"{NEW}-shm", *keyfile.PLACES, NEW):
        (folder / leftover).unlink(missing_ok=True)


def _fill(database: "Database", steps: "Migrations", office: Mapping[str, str]) -> None:
    with translated(), database.atomic():
        steps.apply(database)
        SqlStore.keep_in(database, "office", office)
        SqlStore.keep_in(database, "life", {"epoch": secrets.token_hex(4), "incarnation": 1})


def _take_name(folder: Path) -> None:
    """Give the finished store its name: from here on the workspace is there."""
    try:
        os.replace(folder / NEW, folder / STORE)
        sync_folder(folder)
    except OSError as error:
        raise Refusal(f"建不了工作区“{folder}”：{reason(error)}") from error


def _make_folders(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        refuse_foreign(folder)
        for name in FOLDERS:
            (folder / name).mkdir(exist_ok=True)
    except OSError as error:
        raise Refusal(f"建不了工作区“{folder}”：{reason(error)}") from error


def _slots(password: str | None, key: bytes) -> tuple[list[dict[str, str]], str]:
    if password is None:
        return [keyfile.seal(keyfile.OPEN, "", key)], ""
    return keyfile.locked(key, password)


def open_store(
    folder: Path, catalogue: Catalogue, password: str | None = None, steps: "Migrations | None" = None
) -> SqlStore:
    """Open a workspace's store; wrong password, second instance, damage or a newer store is refused in a sentence."""
    with alone(folder):
        restoring.finish(folder)
        _refuse_incomplete(folder)
        refuse_foreign(folder)
        slots = keyfile.read(folder / KEYS)
        sealed, slot = keyfile.opened(slots, password)
        database, key = connect_any(folder / STORE, keyfile.candidates(slots, sealed))
    try:
        restoring.clear(folder)

        def before() -> None:
            back_up(database, key, folder / "backups", contents=contents_of(database, folder))

        with translated():
            bring_up(database, steps or migrations(), before=before)
            store = SqlStore(database, folder, catalogue, slot != keyfile.OPEN, key)
        store.move_contents()
        return _logged(store, f"打开工作区（{_SLOTS[slot]}）")
    except BaseException:
        database.close()
        raise


def _refuse_incomplete(folder: Path) -> None:
    """Say what is missing of a workspace and where it may be found."""
    store, has_key = folder / STORE, (folder / KEYS).is_file()
    if store.is_file() and not has_key:
        raise Refusal(f"钥匙文件 {KEYS} 不见了，请把 backups 文件夹里的 {KEYS} 复制到“{folder}”再打开")
    if store.is_file() and not store.stat().st_size:
        raise Damage(EMPTY)
    if store.is_file():
        return
    if (folder / NEW).exists():
        raise Refusal(f"“{folder}”里的工作区没有建完，请在这里重新建立")
    if any((folder / at).exists() for at in keyfile.PLACES):
        raise Absent(
            f"数据文件 {STORE} 不见了，请找回它放进“{folder}”再打开，或用备份恢复，不要在这里新建工作区"
        )
    raise Absent(f"“{folder}”里没有工作区，请先建立，或检查文件夹选对了没有")


def is_locked(folder: Path) -> bool:
    """Tell whether a workspace asks for a password."""
    return not any(slot.get("slot") == keyfile.OPEN for slot in keyfile.read(folder / KEYS))


@contextmanager
def rescue(folder: Path, catalogue: Catalogue, password: str | None, backup: Path) -> Iterator[SqlStage]:
    """Give a backup's copy to be put in the place of a store that is gone or damaged; else it is refused.

    The key file may be the workspace's own, the copy among its backups, or what lies beside the backup.
    """
    _make_folders(folder)
    slots, (key, slot) = _unlocked(folder, password, backup)
    if not _is_lost(folder, catalogue, password):
        raise Refusal("这个工作区是完好的，请打开它再恢复备份")
    keys = [key, *keyfile.candidates(slots, key)[:-1], *keyfile.kept_earlier(slots, key)]

    def ready() -> None:
        restoring.set_aside(folder, folder / "backups", datetime.now())
        for at in keyfile.PLACES:
            keyfile.write(folder / at, slots)

    def make(database: "Database", where: Path, opened: bytes) -> SqlStore:
        return SqlStore(database, where, catalogue, slot != keyfile.OPEN, opened)

    with restoring.staged(folder, backup, keys, make, migrations(), ready) as stage:
        yield stage


def _unlocked(
    folder: Path, password: str | None, backup: Path
) -> tuple[list[keyfile.Slot], tuple[bytes, str]]:
    """Return the slots of the first key file that opens, with the key; what the last one said where none does."""
    why = Refusal(f"钥匙文件 {KEYS} 不见了，没有它打不开备份，请找回它放进“{folder}”")
    beside = (backup.with_name(f"{backup.name}.key"), backup.with_name(KEYS))
    for path in (*(folder / at for at in keyfile.PLACES), *beside):
        if path.is_file():
            try:
                slots = keyfile.read(path)
                return slots, keyfile.opened(slots, password)
            except Refusal as refusal:
                why = refusal
    raise why


def _is_lost(folder: Path, catalogue: Catalogue, password: str | None) -> bool:
    """Tell whether a workspace has no store, or one that is damaged."""
    if not (folder / STORE).is_file() or not (folder / KEYS).is_file():
        return True
    try:
        store = open_store(folder, catalogue, password)
    except Damage:
        return True
    try:
        return store.is_damaged()
    finally:
        store.close()
