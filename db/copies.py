"""The backups of one open store: how they are begun on its thread and finished on any other."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from db import backup, keyfile, restoring
from db.attachments import Attachments
from db.backup import FileDraft
from db.engine import OperationalError, translated
from db.restoring import Copied, SqlStage

if TYPE_CHECKING:
    from sqlite_utils import Database

FOLDER, UNSAVED, QUIET = "backups", "unsaved", ("登录", "备份")


class Held(Protocol):
    """What is asked of the store."""

    folder: Path

    @property
    def contents(self) -> Attachments:
        """Return where attachments lie."""

    def setting(self, name: str) -> object:
        """Return a kept setting."""

    def keep(self, name: str, value: object) -> None:
        """Keep a setting."""


class SqlBackups:
    """Fulfils ``ipdesk.store.Backups``."""

    def __init__(
        self, db: "Database", store: Held, key: bytes, make: Callable[["Database", Path, bytes], Copied]
    ) -> None:
        """Take the connection that only the store's thread may use, and the key that all may."""
        self._db, self._store, self._key, self._make = db, store, key, make
        self._place, self._contents = store.folder, store.contents
        self._lock, self._yields = threading.Lock(), False
        self._begun: object = None

    def renew(self, key: bytes) -> None:
        """Go on with another key of the store."""
        self._key = key

    @property
    def folder(self) -> Path:
        """Return the folder in the workspace where copies lie."""
        return self._place / FOLDER

    @property
    def _keys(self) -> list[bytes]:
        return [self._key, *keyfile.earlier(self._place / keyfile.NAME, self._key)]

    def begin(self, why: str, *, yielding: bool = False) -> FileDraft | None:
        """Copy the store as it is; ``None`` where a ``yielding`` copy had to give way. Only this needs the store."""
        since = self._store.setting(UNSAVED)
        try:
            with self._lock:
                self._yields = yielding
            made = backup.draft(self._db, self._key, self.folder, why, self._contents)
        except OperationalError as error:
            if "interrupt" not in str(error):
                raise
            return None
        finally:
            with self._lock:
                self._yields = False
        self._begun = since
        return made

    def give_way(self) -> None:
        """Let a yielding copy that is being made end at once, so that others get the store; any thread may ask."""
        with self._lock:
            if self._yields:
                self._db.conn.interrupt()

    def is_saved(self, since: object) -> bool:
        """Tell whether what is unsaved since a moment is in the copy that was begun last."""
        return since is None or since == self._begun

    def noted(self, since: str | None) -> None:
        """Note that a copy holds all there was when it was begun, the store being unsaved since this moment."""
        if self._store.setting(UNSAVED) == since:
            with translated(), self._db.atomic():
                self._store.keep(UNSAVED, None)

    def carry(self, backed_up: Path, target: Path) -> None:
        """Copy a backup, attachments and key file elsewhere, read back and opened there; any thread may do it."""
        backup.carry(backed_up, target, self._key, self._place / keyfile.NAME, self._contents)

    def thin(self, folder: Path) -> list[Path]:
        """Remove the backups in a folder that are no longer needed and return them; any thread may do it."""
        return backup.thin(folder, self._keys, self._contents)

    def damaged(self, folder: Path) -> list[Path]:
        """Return the backups in a folder that cannot be read; any thread may do it."""
        return backup.damaged(folder, self._keys)

    def stage(self, file: Path) -> AbstractContextManager[SqlStage]:
        """Give a copy of a backup to look into or to restore; one that cannot be is refused in a sentence."""
        from db.migrations import migrations

        return restoring.staged(self._place, file, self._keys, self._make, migrations())

    def set_aside(self) -> Path:
        """Copy the store's files among the backups as they are, however damaged; return where they lie."""
        return restoring.set_aside(self._place, self.folder, datetime.now())
