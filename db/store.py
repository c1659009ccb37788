"""The store: records of every declared kind in one encrypted file, written act by act."""

import contextlib
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from db import check, history, journal, keyfile
from db.act import SqlAct, as_json
from db.attachments import FOLDER as ATTACHMENTS
from db.attachments import Attachments, contents_of, renewed
from db.copies import QUIET, UNSAVED, SqlBackups
from db.engine import rekey, translated
from db.past import SqlPast
from db.place import STORE
from db.reading import SqlReading
from db.search import touched_roots
from ipdesk.kinds.declare import Catalogue, Kind, Ledger, Values
from ipdesk.kinds.document import DOCUMENT
from ipdesk.problems import Refusal
from ipdesk.records import Change, Changed, LastAct, Record, RecordKey, Version
from ipdesk.store import Moment, Office

if TYPE_CHECKING:
    from sqlite_utils import Database

_SHOWN = 5  # names of missing attachments that a check tells
_UNREADABLE = "备份 {} 已损坏，不能用来恢复，请把它移走；若是唯一的备份，请马上再备份一次"
_ABSENT = "不在这台电脑上，请用原文件重新添加"
_DAMAGED = "已损坏，请删除后用原文件重新添加，县里报来的请县里带附件再报一次"


class SqlStore(SqlReading):
    """Fulfils ``ipdesk.store.Store`` on SQLCipher; used by the thread that opened it."""

    def __init__(self, db: "Database", folder: Path, catalogue: Catalogue, locked: bool, key: bytes) -> None:
        """Derive tables, views and indexes from the catalogue; ``key`` opens the copies."""
        super().__init__(db, catalogue)
        self.folder, self._locked, self._key = folder, locked, key
        for ledger in catalogue.ledgers.values():
            if self.count(ledger.root):  # the index of an empty one is made with its first row
                self._finding(ledger)

    @property
    def office(self) -> Office:
        """Return whose workspace it is."""
        kept = self.setting("office")
        if not isinstance(kept, dict):
            raise Refusal("工作区没有单位信息，可能没有建完，请重新建立")
        return Office(kept["role"], kept["unit_code"], kept["office_name"], kept["device"], self._locked)

    @property
    def life(self) -> tuple[str, int]:
        """Return the present life: its epoch and incarnation (sync rule 6)."""
        kept = self.setting("life")
        if not isinstance(kept, dict):
            raise Refusal("工作区没有代次信息，可能没有建完，请重新建立")
        return kept["epoch"], kept["incarnation"]

    @contextlib.contextmanager
    def act(self, deed: str, source: str, undoes: str | None = None) -> Iterator[SqlAct]:
        """Run a deed as one transaction and one batch; on any error nothing of it stays."""
        with translated(), self._known_only(), self._db.atomic():
            before = self._db.conn.total_changes
            act = SqlAct(self, deed, source, undoes)
            yield act
            if act.log.entries:
                journal.write(self._db, act.log)
                self._reindex(act.changed)
            if source not in QUIET and self._db.conn.total_changes != before:
                self._note_unsaved()

    @contextlib.contextmanager
    def _known_only(self) -> Iterator[None]:
        """Forget the indexes when a deed fails: one that was made in it is not there any more."""
        try:
            yield
        except BaseException:
            self._findings.clear()
            raise

    def _note_unsaved(self) -> None:
        """Note since when there is something that no backup has, nor one that was begun."""
        if self.backups.is_saved(self.unsaved_since):
            self.keep(UNSAVED, datetime.now().astimezone().isoformat())

    def _reindex(self, changed: dict[str, set[RecordKey]]) -> None:
        for ledger in self.catalogue.ledgers.values():
            if changed.keys().isdisjoint(kind.name for kind in ledger.kinds):
                continue
            finding = self._finding(ledger)
            roots = {
                root
                for kind, keys in changed.items()
                for key in keys
                for root in touched_roots(self._db, ledger, kind, key)
            }
            finding.search.refresh(sorted(roots))

    def write_many(self, kind: Kind, records: Sequence[Record]) -> None:
        """Write whole rows over what was there; for acts only."""
        table = self._tables[kind.name]
        self._db.conn.executemany(table.write, map(table.row, records))

    def upsert(self, kind: Kind, rows: Sequence[tuple[str, Values]]) -> None:
        """Write rows of a local kind over those of the same identity, leaving what is not told; for acts only."""
        table, unit = self._tables[kind.name], self.office.unit_code
        for names, alike in groupby(rows, lambda row: tuple(row[1])):
            self._db.conn.executemany(
                table.upsert(names), [(unit, id_, *table.stored(row)) for id_, row in alike]
            )

    def remove(self, kind: Kind, key: RecordKey) -> None:
        """Remove a row of a local kind; for acts only."""
        self._db.conn.execute(f"DELETE FROM {self._tables[kind.name].name} WHERE owner = ? AND id = ?", key)

    def forget(self, kind: Kind, values: Values) -> None:
        """Remove the rows of a local kind that have these values; for acts only."""
        table = self._tables[kind.name]
        asked = " AND ".join(f'"{name}" = ?' for name in values)
        self._db.conn.execute(f"DELETE FROM {table.name} WHERE {asked}", table.stored(values))

    def keep(self, name: str, value: object) -> None:
        """Keep a named setting; for acts only."""
        self.keep_in(self._db, name, value)

    @staticmethod
    def keep_in(db: "Database", name: str, value: object) -> None:
        """Keep a named setting in a database, for a store that is being made."""
        db.conn.execute("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (name, as_json(value)))

    def unsent(self, owner: str, lsn: int) -> int:
        """Return how many travelling records of the owner stand above a log sequence number."""
        tables = [self._tables[kind.name].name for kind in self.catalogue.travelling]
        return sum(
            self._number(f"SELECT count(*) FROM {t} WHERE +owner = ? AND _lsn > ?", (owner, lsn))
            for t in tables
        )

    def logged(self, kind: Kind, key: RecordKey) -> list[Record]:
        """Return a record as it stood after each entry of the change log, oldest first."""
        with translated():
            return history.logged(self._db, kind, key)

    def last_lsn(self) -> int:
        """Return the highest log sequence number given out, whoever owns the record."""
        tables = [self._tables[kind.name].name for kind in self.catalogue.travelling]
        return max((self._number(f"SELECT max(_lsn) FROM {t}") for t in tables), default=0)

    @property
    def schema(self) -> int:
        """Return the schema version: the number of migrations applied."""
        return self._number("SELECT count(*) FROM _sqlite_migrations")

    def history(self, ledger: Ledger, key: RecordKey) -> list[Change]:
        """Return the changes of a row and its parts, newest first."""
        with translated():
            return history.changes(self._db, ledger, key)

    def undoable(self) -> LastAct | None:
        """Return the act that an undo would take back, ``None`` when there is none."""
        with translated():
            return history.last_undoable(self._db)

    def undo(self) -> Changed:
        """Take back this workspace's last act that can be; refused with a sentence when there is none."""
        batch = self.undoable()
        if batch is None:
            raise Refusal("没有可以撤销的操作")
        with self.act(f"撤销：{batch.deed}", "撤销", undoes=batch.id) as act:
            history.reverse(self._db, self.catalogue, act, batch)
        return act.result()

    def redoable(self) -> LastAct | None:
        """Return the act that a redo would do again, ``None`` when there is none."""
        with translated():
            return history.last_redoable(self._db)

    def redo(self) -> Changed:
        """Do again the act last taken back; refused with a sentence when there is none."""
        batch = self.redoable()
        if batch is None:
            raise Refusal("没有可以重做的操作")
        with self.act(f"重做：{batch.deed}", "重做", undoes=batch.id) as act:
            history.reverse(self._db, self.catalogue, act, batch)
        return act.result()

    def past(self, moment: Moment) -> SqlPast:
        """Return the ledgers as of a day, as known on a day, or both."""
        with translated():
            return SqlPast(self._db, self, moment)

    def setting(self, name: str) -> object:
        """Return a kept setting, ``None`` when there is none."""
        with translated():
            row = self._db.conn.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
        return json.loads(row[0]) if row else None

    @cached_property
    def contents(self) -> Attachments:
        """Return where the contents of attachments lie."""
        with translated():
            found = contents_of(self._db, self.folder)
        if found is None:
            raise Refusal("工作区没有附件的密钥，可能没有建完，请重新建立")
        return found

    def settle(self, kind: Kind, keys: Iterable[RecordKey]) -> None:
        """Put every act that wrote one of these records beyond undoing."""
        statement = (
            "UPDATE batch SET undoable = 0 WHERE undoable = 1 AND id IN"
            " (SELECT batch FROM change WHERE id = ? AND kind = ? AND owner = ?)"
        )
        with translated(), self._db.atomic():
            self._db.conn.executemany(statement, [(key.id, kind.name, key.owner) for key in keys])

    def check(self) -> list[str]:
        """Return what is wrong with file, tables and log chain, one sentence each; empty when all is well."""
        return check.problems(self._db) + self._absent() + self._unreadable()

    def is_damaged(self) -> bool:
        """Tell whether the file itself is damaged: its pages, its structure or its log."""
        return bool(check.problems(self._db))

    def _unreadable(self) -> list[str]:
        """Name the backups that cannot be read."""
        return [_UNREADABLE.format(path.name) for path in self.backups.damaged(self.backups.folder)]

    def _absent(self) -> list[str]:
        """Say which contents are damaged, and which of this unit's own are not here; others may not have been sent."""
        own, contents = self.find(DOCUMENT, self.office.unit_code), self.contents
        absent = [r for r in own if not contents.has(str(r.values["sha256"]))]
        damaged = [r for r in self.find(DOCUMENT) if contents.is_damaged(str(r.values["sha256"]))]
        lost = ((absent, _ABSENT), (damaged, _DAMAGED))
        return [f"有{len(found)}份附件的内容{words}：{_names(found)}" for found, words in lost if found]

    @cached_property
    def backups(self) -> SqlBackups:
        """Return the copies of this store, and how more are made."""
        return SqlBackups(self._db, self, self._key, self._over)

    def _over(self, db: "Database", folder: Path, key: bytes) -> "SqlStore":
        """Return a store over a copy."""
        return SqlStore(db, folder, self.catalogue, self._locked, key)

    @property
    def unsaved_since(self) -> str | None:
        """Return since when something is in the store that no backup has, ``None`` for nothing."""
        kept = self.setting(UNSAVED)
        return kept if isinstance(kept, str) else None

    def versions(self, kind: Kind) -> dict[RecordKey, tuple[Version, bool, int]]:
        """Return of every record its version, whether it is deleted, and its log sequence number."""
        names = "owner, id, _inc, _ver, _epoch, _deleted, _lsn"
        with translated():
            rows = self._db.conn.execute(f"SELECT {names} FROM {self._tables[kind.name].name}")
            return {RecordKey(o, i): (Version(n, v, e), bool(gone), lsn) for o, i, n, v, e, gone, lsn in rows}

    def last_at(self) -> datetime | None:
        """Return when something was last done here (local time)."""
        row = self._db.conn.execute("SELECT at FROM batch ORDER BY number DESC LIMIT 1").fetchone()
        return datetime.fromisoformat(row[0]).astimezone().replace(tzinfo=None) if row else None

    def change_password(self, old: str, new: str) -> None:
        """Let another password open the store; refused when the old one is wrong."""
        keyfile.change_password(self.folder, old, new)

    def set_password(self, new: str) -> str:
        """Let only a password open the store from now on; return the recovery key; refused when there is one."""
        keyfile.refuse_locked(self.folder)
        key = keyfile.new_key()
        locks, recovery = keyfile.locked(key, new)
        self._renew(key, locks)
        self._locked = True
        return recovery

    def rekey(self, password: str | None = None) -> str:
        """Encrypt the store anew under another random key; return the new recovery key, empty without a password."""
        key = keyfile.new_key()
        locks, recovery = keyfile.resealed(self.folder, password, key)
        self._renew(key, locks)
        return recovery

    def _renew(self, key: bytes, locks: Sequence[keyfile.Slot]) -> None:
        """Give the store another key, then let only these locks open it.

        Backups made before keep their own key, which stays sealed under the new one: rewriting the only good copies
        would risk them, and those on another drive could not be reached.
        """
        self._renew_contents()  # first: once the locks are others nothing may fail before the recovery key is told
        keyfile.announce(self.folder, self._key, key)
        rekey(self._db, self.folder / STORE, key)
        self._key = key
        self.backups.renew(key)
        keyfile.settle(self.folder, locks, key)
        self.move_contents()

    def _renew_contents(self) -> None:
        """Give the contents of attachments another key too: a copy of the store under its old one tells theirs."""
        kept, contents = self.setting(ATTACHMENTS), self.contents
        if isinstance(kept, dict):
            after = renewed(kept)
            with translated(), self._db.atomic():
                self.keep(ATTACHMENTS, after)
            contents.renew(bytes.fromhex(str(after["key"])))

    def move_contents(self) -> None:
        """Seal the contents anew that still lie under an earlier key; what cannot be now is at the next opening."""
        kept = self.setting(ATTACHMENTS)
        if not isinstance(kept, dict) or not kept.get("moving"):
            return
        with contextlib.suppress(Refusal, OSError):
            if self.contents.move():
                with translated(), self._db.atomic():
                    self.keep(ATTACHMENTS, {**kept, "moving": False})

    def is_recovery(self, secret: str) -> bool:
        """Tell whether a secret is the printed recovery key."""
        return keyfile.is_recovery(self.folder, secret)

    def close(self) -> None:
        """Close the file and let others in."""
        self._db.close()


def _names(documents: Sequence[Record]) -> str:
    names = [str(record.values["file_name"]) for record in documents]
    return "、".join(names[:_SHOWN]) + (" 等" if len(names) > _SHOWN else "")
