"""Make a workspace folder, and open the store in one."""

import secrets
from pathlib import Path
from typing import TYPE_CHECKING

import uuid_utils

from db import keyfile
from db.backup import back_up
from db.engine import connect, translated
from db.migrations import migrations
from db.place import refuse_foreign
from db.store import SqlStore
from ipdesk.kinds.declare import Catalogue
from ipdesk.problems import Refusal
from ipdesk.store import Role

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

STORE, KEYS = "ipdesk.db", "ipdesk.key"
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
) -> tuple[SqlStore, str]:
    """Make a workspace and return its open store and its recovery key (empty without a password)."""
    if (folder / STORE).exists() or (folder / KEYS).exists():
        raise Refusal(f"“{folder}”里已经有一个工作区，请换一个文件夹")
    _make_folders(folder)
    key = keyfile.new_key()
    office = {
        "role": role,
        "unit_code": unit_code,
        "office_name": office_name,
        "device": str(uuid_utils.uuid7()),
    }
    database = connect(folder / STORE, key)
    try:
        with database.atomic():
            (steps or migrations()).apply(database)
            SqlStore.keep_in(database, "office", office)
            SqlStore.keep_in(database, "life", {"epoch": secrets.token_hex(4), "incarnation": 1})
        slots, recovery = _slots(password, key)
        keyfile.write(folder / KEYS, slots)
        keyfile.write(folder / "backups" / KEYS, slots)  # without its key a store is lost, backups and all
        return SqlStore(database, folder, catalogue, password is not None), recovery
    except BaseException:
        database.close()
        for leftover in (STORE, f"{STORE}-wal", f"{STORE}-shm", KEYS, f"backups/{KEYS}"):
            (folder / leftover).unlink(missing_ok=True)
        raise


def _make_folders(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        refuse_foreign(folder)
        for name in FOLDERS:
            (folder / name).mkdir(exist_ok=True)
    except OSError as error:
        from ipdesk.files import reason

        raise Refusal(f"建不了工作区“{folder}”：{reason(error)}") from error


def _slots(password: str | None, key: bytes) -> tuple[list[dict[str, str]], str]:
    if password is None:
        return [keyfile.seal(keyfile.OPEN, "", key)], ""
    recovery = keyfile.new_recovery()
    return [
        keyfile.seal(keyfile.PASSWORD, password, key),
        keyfile.seal(keyfile.RECOVERY, recovery, key),
    ], recovery


def open_store(
    folder: Path, catalogue: Catalogue, password: str | None = None, steps: "Migrations | None" = None
) -> SqlStore:
    """Open a workspace's store; wrong password, second instance, damage or a newer store is refused in a sentence."""
    if (folder / STORE).is_file() and not (folder / KEYS).is_file():
        raise Refusal(f"钥匙文件 {KEYS} 不见了，请把 backups 文件夹里的 {KEYS} 复制到“{folder}”再打开")
    if not (folder / STORE).is_file():
        raise Refusal(f"“{folder}”里没有工作区，请先建立（init）或检查文件夹")
    refuse_foreign(folder)
    key, slot = keyfile.unlock(folder / KEYS, password)
    database = connect(folder / STORE, key)
    try:
        with translated():
            _bring_up(database, folder, steps or migrations())
            return SqlStore(database, folder, catalogue, slot != keyfile.OPEN)
    except BaseException:
        database.close()
        raise


def is_locked(folder: Path) -> bool:
    """Tell whether a workspace asks for a password."""
    return not any(slot.get("slot") == keyfile.OPEN for slot in keyfile.read(folder / KEYS))


def _bring_up(database: "Database", folder: Path, steps: "Migrations") -> None:
    """Refuse a store newer than the program; back an older one up and bring it to this program's shape."""
    applied = {step.name for step in steps.applied(database)}
    pending = {step.name for step in steps.pending(database)}
    known = {step.name for step in steps._migrations}  # noqa: SLF001  # sqlite-utils offers no list of all steps
    if applied - known:
        raise Refusal("这个工作区是用更新版本的程序建立的，请先升级程序再打开")
    if pending:
        back_up(database, folder / "backups", "before-migration")
        with database.atomic():
            steps.apply(database)
