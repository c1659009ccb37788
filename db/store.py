"""The store: records of every declared kind in one encrypted file, written act by act."""

import contextlib
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from db import check, history, journal, keyfile
from db.act import SqlAct, as_json
from db.backup import back_up
from db.engine import translated
from db.search import make_searches, touched_roots
from db.tables import Table, by_owner
from db.views import View, install
from ipdesk.fields import Value
from ipdesk.kinds.declare import Catalogue, Kind, Ledger, Values
from ipdesk.problems import Refusal
from ipdesk.records import Change, Changed, LastAct, Query, Record, RecordKey, Row
from ipdesk.store import Office

if TYPE_CHECKING:
    from sqlite_utils import Database


class SqlStore:
    """Fulfils ``ipdesk.store.Store`` on SQLCipher; used by the thread that opened it."""

    def __init__(self, db: "Database", folder: Path, catalogue: Catalogue, locked: bool) -> None:
        """Derive tables, views and indexes from the catalogue."""
        self._db, self.folder, self.catalogue = db, folder, catalogue
        self._tables = {name: Table(kind) for name, kind in catalogue.kinds.items()}
        install(db)
        self._views = {name: View(db, ledger) for name, ledger in catalogue.ledgers.items()}
        self._searches = make_searches(db, self._views)
        self._locked = locked

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
        with translated(), self._db.atomic():
            act = SqlAct(self, deed, source, undoes)
            yield act
            if act.log.entries:
                journal.write(self._db, act.log)
                self._reindex(act.changed)

    def _reindex(self, changed: dict[str, set[RecordKey]]) -> None:
        for name, search in self._searches.items():
            ledger = self.catalogue.ledger(name)
            roots = {
                root
                for kind, keys in changed.items()
                for key in keys
                for root in touched_roots(self._db, ledger, kind, key)
            }
            search.refresh(sorted(roots))

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

    def keep(self, name: str, value: object) -> None:
        """Keep a named setting; for acts only."""
        self.keep_in(self._db, name, value)

    @staticmethod
    def keep_in(db: "Database", name: str, value: object) -> None:
        """Keep a named setting in a database, for a store that is being made."""
        db.conn.execute("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (name, as_json(value)))

    def _select(self, kind: Kind, condition: str, values: Sequence[object] = ()) -> Iterator[Record]:
        table = self._tables[kind.name]
        with translated():
            cursor = self._db.conn.execute(f"{table.select} WHERE {condition}", values)
            yield from map(table.record, cursor)

    def get(self, kind: Kind, key: RecordKey) -> Record | None:
        """Return a record, deleted ones too."""
        return next(self._select(kind, "owner = ? AND id = ?", key), None)

    def get_many(self, kind: Kind, keys: Iterable[RecordKey]) -> dict[RecordKey, Record]:
        """Return the records that are there, deleted ones too, in bulk."""
        found, wanted = {}, list(keys)
        for condition, values in by_owner(wanted):
            for record in self._select(kind, condition, values):
                found[record.key] = record
        return {key: found[key] for key in wanted if key in found}

    def twins(self, kind: Kind, field: str) -> list[list[Record]]:
        """Return the groups of live records, of any owners, that have the same value in a field (rules V12, V23)."""
        table, column = self._tables[kind.name], f'"{kind.by_name[field].name}"'
        twice = f"SELECT {column} FROM {table.name} WHERE {table.alive} GROUP BY {column} HAVING count(*) > 1"
        records = self._select(kind, f"{table.alive} AND {column} IN ({twice}) ORDER BY {column}, owner, id")
        return [list(group) for _, group in groupby(records, lambda record: record.values.get(field))]

    def find(self, kind: Kind, /, owner: str | None = None, **values: Value) -> list[Record]:
        """Return the live records with these values, oldest first."""
        table = self._tables[kind.name]
        conditions = [table.alive, *(f'"{kind.by_name[name].name}" IS ?' for name in values)]
        wanted: list[object] = list(table.stored(values))
        if owner is not None:
            conditions.append(
                "+owner = ?" if values else "owner = ?"
            )  # the value's own index is the narrower one
            wanted.append(owner)
        return list(self._select(kind, f"{' AND '.join(conditions)} ORDER BY id", wanted))

    def changed_since(self, kind: Kind, owner: str, lsn: int) -> Iterator[Record]:
        """Yield the owner's records above a log sequence number in its order, deleted ones too."""
        return self._select(kind, "+owner = ? AND _lsn > ? ORDER BY _lsn", (owner, lsn))

    def unsent(self, owner: str, lsn: int) -> int:
        """Return how many travelling records of the owner stand above a log sequence number."""
        tables = [self._tables[kind.name].name for kind in self.catalogue.travelling]
        return sum(
            self._number(f"SELECT count(*) FROM {t} WHERE +owner = ? AND _lsn > ?", (owner, lsn))
            for t in tables
        )

    def last_lsn(self) -> int:
        """Return the highest log sequence number given out, whoever owns the record."""
        tables = [self._tables[kind.name].name for kind in self.catalogue.travelling]
        return max((self._number(f"SELECT max(_lsn) FROM {t}") for t in tables), default=0)

    @property
    def schema(self) -> int:
        """Return the schema version: the number of migrations applied."""
        return self._number("SELECT count(*) FROM _sqlite_migrations")

    def _number(self, statement: str, values: Sequence[object] = ()) -> int:
        with translated():
            return int(self._db.conn.execute(statement, values).fetchone()[0] or 0)

    def count(self, kind: Kind) -> int:
        """Return the number of live records."""
        table = self._tables[kind.name]
        return self._number(f"SELECT count(*) FROM {table.name} WHERE {table.alive}")

    def keys(self, ledger: Ledger, query: Query) -> list[RecordKey]:
        """Return the keys of a ledger's rows in order."""
        with translated():
            condition, words = self._searches[ledger.name].condition(query.search)
            return self._views[ledger.name].keys(query, condition, words)

    def rows(self, ledger: Ledger, keys: Sequence[RecordKey]) -> list[Row]:
        """Return the flat rows of these keys in the given order; vanished ones are left out."""
        with translated():
            return self._views[ledger.name].rows(keys)

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

    def setting(self, name: str) -> object:
        """Return a kept setting, ``None`` when there is none."""
        with translated():
            row = self._db.conn.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
        return json.loads(row[0]) if row else None

    def check(self) -> list[str]:
        """Return what is wrong with file, tables and log chain, one sentence each; empty when all is well."""
        return check.problems(self._db)

    def back_up(self) -> Path:
        """Write a verified copy of the store into the folder of backups and return its path."""
        return back_up(self._db, self.folder / "backups", "manual")

    def change_password(self, old: str, new: str) -> None:
        """Let another password open the store; refused when the old one is wrong."""
        keyfile.change_password(self.folder, old, new)

    def set_password(self, new: str) -> str:
        """Let only a password open the store from now on; return the recovery key; refused when there is one."""
        recovery = keyfile.set_password(self.folder, new)
        self._locked = True
        return recovery

    def is_recovery(self, secret: str) -> bool:
        """Tell whether a secret is the printed recovery key."""
        return keyfile.is_recovery(self.folder, secret)

    def close(self) -> None:
        """Close the file and let others in."""
        self._db.close()
