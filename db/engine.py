"""Open the one SQLCipher file and hold it alone; sqlite-utils stands on top of sqlcipher3."""

import contextlib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import sqlcipher3
import sqlcipher3.dbapi2

from ipdesk.problems import Damage, Refusal

# sqlite_utils takes ``pysqlite3`` where it is installed; under that name it gets the encrypting driver.
sys.modules.setdefault("pysqlite3", sqlcipher3)
sys.modules.setdefault("pysqlite3.dbapi2", sqlcipher3.dbapi2)

if TYPE_CHECKING:
    from sqlite_utils import Database

Error = sqlcipher3.dbapi2.Error
DatabaseError = sqlcipher3.dbapi2.DatabaseError
OperationalError = sqlcipher3.dbapi2.OperationalError
IntegrityError = sqlcipher3.dbapi2.IntegrityError

CACHE = 65536  # KiB of pages kept deciphered, taken as needed: a search among 100,000 rows fits

BUSY = "这个工作区正在另一个窗口或程序里使用，请先关闭那一个再打开"
DAMAGED = "工作区的数据文件已损坏或与钥匙不符，请不要再写入，保留整个文件夹并联系市局"
FULL = "磁盘已满，数据没有保存，请腾出空间后重试"


def connect(path: Path, key: bytes) -> "Database":
    """Open the encrypted file with a raw 32-byte key, alone (WAL, FULL, EXCLUSIVE) and probe that the key fits."""
    from sqlite_utils import Database

    with translated():
        connection = sqlcipher3.dbapi2.connect(str(path), isolation_level=None, check_same_thread=True)
        try:
            connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            for pragma in ("cipher_log = off", "busy_timeout = 800", "locking_mode = EXCLUSIVE"):
                connection.execute(f"PRAGMA {pragma}")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute(f"PRAGMA cache_size = -{CACHE}")
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("COMMIT")
        except BaseException:
            connection.close()
            raise
    return Database(connection)


def rekey(database: "Database", path: Path, key: bytes) -> None:
    """Encrypt an open store anew under another raw key: one transaction, so a kill leaves the old key or the new.

    Refused as damaged when a page, or the file opened anew, does not answer to the new key afterwards.
    """
    with translated():
        database.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        told = database.conn.execute(f"PRAGMA rekey = \"x'{key.hex()}'\"").fetchall()
        database.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        wrong = database.conn.execute("PRAGMA cipher_integrity_check").fetchall()
    if wrong or told not in ([], [("ok",)]):
        raise Damage(DAMAGED)
    with reading(path, key):
        pass


def connect_any(path: Path, keys: Sequence[bytes]) -> "tuple[Database, bytes]":
    """Open the encrypted file with the first of some keys that fits; return that key too.

    Where there are several, a change of the key was cut short: its pages are brought from the log into the file.
    """
    for key in keys[:-1]:
        with contextlib.suppress(Damage):
            database = connect(path, key)
            with translated():
                database.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return database, key
    return connect(path, keys[-1]), keys[-1]


@contextlib.contextmanager
def reading(path: Path, key: bytes) -> Iterator[sqlcipher3.dbapi2.Connection]:
    """Open a copy that nobody writes, to read it only: nothing comes to lie beside it, not on a protected disk."""
    whole = path.absolute().as_posix()
    place = f"file://{'' if whole.startswith('/') else '/'}{quote(whole)}?mode=ro&immutable=1"
    with translated():
        connection = sqlcipher3.dbapi2.connect(place, uri=True, isolation_level=None)
        try:
            connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            connection.execute("PRAGMA cipher_log = off")
            if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                raise Damage(DAMAGED)  # an emptied file opens with any key
            yield connection
        finally:
            connection.close()


def in_memory() -> "Database":
    """Open an empty database in memory; nothing of it reaches the disk."""
    from sqlite_utils import Database

    return Database(sqlcipher3.dbapi2.connect(":memory:", isolation_level=None, check_same_thread=True))


@contextlib.contextmanager
def translated() -> Iterator[None]:
    """Turn the driver's environment errors into one plain sentence; bugs pass through."""
    try:
        yield
    except OperationalError as error:
        if not (told := _sentence(str(error))):
            raise  # a bug of ours, which a report tells more of than a sentence
        raise (Damage if told == DAMAGED else Refusal)(told) from error
    except DatabaseError as error:
        if type(error) is not DatabaseError:
            raise
        raise Damage(DAMAGED) from error


def _sentence(told: str) -> str:
    if "locked" in told or "busy" in told:
        return BUSY
    if "full" in told:
        return FULL
    if "readonly" in told or "unable to open" in told:
        return "数据文件写不了，请检查文件夹是否只读、U盘是否写保护"
    if "disk I/O" in told:
        return "读写磁盘出错，数据没有保存，请检查磁盘后重试"
    return DAMAGED if "malformed" in told or "corrupt" in told else ""
