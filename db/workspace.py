"""Make a workspace folder, and open the store in one."""

import os
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import uuid_utils

from db import keyfile
from db.attachments import contents_of
from db.backup import back_up
from db.engine import connect, translated
from db.migrations import migrations
from db.place import refuse_foreign
from db.store import SqlStore
from ipdesk.files import reason, sync_folder
from ipdesk.kinds.declare import Catalogue
from ipdesk.problems import Refusal
from ipdesk.store import Role

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

STORE, KEYS, NEW = "ipdesk.db", keyfile.NAME, "ipdesk.new"
EMPTY = f"数据文件 {STORE} 是空的，原来的内容可能被清掉了，请不要再写入，保留整个文件夹并联系市局"
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
        for place in keyfile.PLACES:
            keyfile.write(folder / place, slots)
        database = connect(folder / NEW, key)
        try:
            _fill(database, steps or migrations(), office)
            finish(SqlStore(database, folder, catalogue, password is not None), recovery)
        finally:
            database.close()
        _take_name(folder)
    except BaseException:
        _clear(folder)
        raise
    store = SqlStore(connect(folder / STORE, key), folder, catalogue, password is not None)
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
    if not (folder / NEW).exists() and any((folder / place).exists() for place in keyfile.PLACES):
        raise Refusal(f"“{folder}”里有原来工作区的钥匙文件，它能打开原来的数据和备份，请换一个文件夹")


def _clear(folder: Path) -> None:
    """Remove what an unfinished making left."""
    for leftover in (f"{NEW}-wal", f"{NEW}-shm", *keyfile.PLACES, NEW):
        (folder / leftover).unlink(missing_ok=True)


def _fill(database: "Database", steps: "Migrations", office: Mapping[str, str]) -> None:
    with database.atomic():
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
    _refuse_incomplete(folder)
    refuse_foreign(folder)
    key, slot = keyfile.unlock(folder / KEYS, password)
    database = connect(folder / STORE, key)
    try:
        with translated():
            _bring_up(database, folder, steps or migrations())
            store = SqlStore(database, folder, catalogue, slot != keyfile.OPEN)
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
        raise Refusal(EMPTY)
    if store.is_file():
        return
    if (folder / NEW).exists():
        raise Refusal(f"“{folder}”里的工作区没有建完，请在这里重新建立")
    if any((folder / place).exists() for place in keyfile.PLACES):
        raise Refusal(f"数据文件 {STORE} 不见了，请找回它放进“{folder}”再打开，不要在这里新建工作区")
    raise Refusal(f"“{folder}”里没有工作区，请先建立，或检查文件夹选对了没有")


def is_locked(folder: Path) -> bool:
    """Tell whether a workspace asks for a password."""
    return not any(slot.get("slot") == keyfile.OPEN for slot in keyfile.read(folder / KEYS))


def _bring_up(database: "Database", folder: Path, steps: "Migrations") -> None:
    """Refuse a store newer than the program; back an older one up and bring it to this program's shape."""
    applied = {step.name for step in steps.applied(database)}
    pending = {step.name for step in steps.pending(database)}
    known = {step.name for step in steps._migrations}  # noqa: SLF001  # sqlite-utils offers no list of all steps
    if not applied:
        raise Refusal(EMPTY)
    if applied - known:
        raise Refusal("这个工作区是用更新版本的程序建立的，请先升级程序再打开")
    if pending:
        back_up(database, folder / "backups", "before-migration", contents_of(database, folder))
        with database.atomic():
            steps.apply(database)
