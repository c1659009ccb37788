"""Put a backup in the place of the store, so that a kill at any step leaves the old store or the restored one.

A copy is made beside the store under a passing name, verified, brought to this program's shape and told what is
wished. Its one change of name is the deed: what is called ``ipdesk.restore`` takes the place of the store at once,
or when the workspace is opened next; there the wish is found in it and done (sync rules 6 and 7).
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from db.alone import alone
from db.attachments import FOLDER, Attachments
from db.backup import Keys, copy_file, fitting, told, verify
from db.engine import connect, rekey, translated
from db.place import STORE
from db.schema import bring_up
from ipdesk.backups import Backup
from ipdesk.files import reason, refuse_full, sync_folder
from ipdesk.kinds.document import DOCUMENT
from ipdesk.problems import Damage, Refusal
from ipdesk.store import Store, Wish

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

STAGED, PART, ASKED = "ipdesk.restore", ".ipdesk.restore.part", "restoring"
_BESIDE = ("-wal", "-shm", "-journal")
_UNFIT = "“{}”打不开：它不是这个工作区的备份，或已损坏，请换一个备份"
_NEWER = "“{}”是更新版本的程序做的备份，请先升级程序"


class Copied(Store, Protocol):
    """A store over a copy."""

    def keep(self, name: str, value: object) -> None:
        """Keep a setting."""

    def last_at(self) -> datetime | None:
        """Return when something was last done in it."""


Make = Callable[["Database", Path, bytes], Copied]


class SqlStage:
    """A backup's copy beside the store."""

    def __init__(
        self, store: Copied, folder: Path, backup: Path, ready: Callable[[], object], held: ExitStack
    ) -> None:
        """Keep what is in the copy; ``ready`` is done before it is final, ``held`` lets go of the folder after."""
        self.store, self._folder, self._backup, self._ready, self._held = store, folder, backup, ready, held
        named = Backup.of(backup)
        self.at = named.at if named else store.last_at() or datetime.fromtimestamp(backup.stat().st_mtime)

    def prepare(self, wish: Wish, above: int) -> int:
        """Note in it what is wished, bring attachments back, close it; return how many contents are lacking.

        From then on nobody else can open the workspace, so that the present store can be closed.
        """
        lacking = self._bring_contents()
        with translated():
            self.store.keep(ASKED, {"wish": wish, "above": above, "file": self._backup.name})
        self.store.close()
        part = self._folder / PART
        with told(part):
            if any(part.with_name(f"{PART}{end}").exists() for end in _BESIDE):
                raise Refusal("备份的副本没有收好，恢复没有进行，请重试")
            with part.open("rb+") as stream:
                os.fsync(stream.fileno())
        self._held.enter_context(alone(self._folder))
        self._ready()
        return lacking

    def _bring_contents(self) -> int:
        """Bring the contents that the copy names and that are not here; return how many nobody has."""
        own = self.store.contents
        beside = own.beside(self._backup.parent / FOLDER) if isinstance(own, Attachments) else own
        documents = [str(record.values["sha256"]) for record in self.store.find(DOCUMENT)]
        return sum(not _brought(beside, own, sha256) for sha256 in dict.fromkeys(documents))

    def take_place(self) -> None:
        """Put it in the place of the store, which nobody has open."""
        try:
            os.replace(self._folder / PART, self._folder / STAGED)
        except OSError as error:
            raise Refusal(f"恢复没有进行：{reason(error)}") from error
        finish(self._folder)


class _Readable(Protocol):
    def lies(self, sha256: str) -> bool: ...

    def read(self, sha256: str) -> bytes: ...


def _brought(beside: _Readable, own: _Readable, sha256: str) -> bool:
    """Tell whether a content lies beside the store, bringing it from a backup's folder where it can."""
    for place in (beside, own):
        with suppress(Refusal):
            if own.lies(sha256) or place.read(sha256):
                return True
    return False


@contextmanager
def staged(
    folder: Path,
    backup: Path,
    keys: Keys,
    make: Make,
    steps: "Migrations",
    ready: Callable[[], object] = lambda: None,
) -> Iterator[SqlStage]:
    """Give a private copy of a backup, verified, under the first key, in this program's shape; it goes again after."""
    clear(folder)
    part, held = folder / PART, ExitStack()
    try:
        key = _copied(backup, part, keys)
        database = connect(part, key)
        try:
            with translated():
                bring_up(database, steps, newer=_NEWER.format(backup.name))
                if key != keys[0]:
                    rekey(database, part, keys[0])
                store = make(database, folder, keys[0])
            yield SqlStage(store, folder, backup, ready, held)
        finally:
            database.close()
    finally:
        held.close()
        clear(folder)


def _copied(backup: Path, part: Path, keys: Keys) -> bytes:
    """Copy a backup and return the key that opens it; a damaged or foreign one is refused."""
    if not backup.is_file():
        raise Refusal(f"找不到备份“{backup}”，请检查路径")
    try:
        refuse_full(part.parent, 2 * backup.stat().st_size)  # the copy, and what bringing it up takes
        copy_file(backup, part)
    except OSError as error:
        raise Refusal(f"“{backup.name}”读不出来：{reason(error)}") from error
    key = fitting(part, keys)
    if key is None:
        raise Refusal(_UNFIT.format(backup.name))
    try:
        verify(part, key)
    except Damage:
        raise Refusal(f"“{backup.name}”已损坏，不能用它恢复，请换一个备份") from None
    return key


def clear(folder: Path) -> None:
    """Remove a copy that was looked into and is not wanted."""
    for end in ("", *_BESIDE):
        with suppress(OSError):
            (folder / f"{PART}{end}").unlink(missing_ok=True)


def finish(folder: Path) -> None:
    """Let a restored store that is ready take its place; what lay beside the old one must not come to the new."""
    ready = folder / STAGED
    if not ready.exists():
        return
    try:
        sync_folder(folder)
        for end in _BESIDE:
            (folder / f"{STORE}{end}").unlink(missing_ok=True)
        os.replace(ready, folder / STORE)
        sync_folder(folder)
    except OSError as error:
        raise Refusal(
            f"恢复备份还差一步：{reason(error)}；关闭占用它的程序后重新打开工作区，会接着做完"
        ) from error


def set_aside(folder: Path, backups: Path, at: datetime) -> Path:
    """Copy a store's files among the backups as they are, however damaged; return where the first lies."""
    target = backups / f"{at:%Y%m%d-%H%M%S-%f}-damaged.ipdesk"
    with told(target):
        backups.mkdir(parents=True, exist_ok=True)
        for end in ("", "-wal"):
            source = folder / f"{STORE}{end}"
            if source.exists():
                copy_file(source, target.with_name(f"{target.name}{end}"))
    return target
