"""One deed of a user on the real store: records written, versions given, the batch logged, one transaction."""

import getpass
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import uuid_utils

from db.journal import ADD, DELETE, MERGE, PUT, Batch, Entry
from ipdesk.fields import Ref, Value
from ipdesk.kinds.declare import Kind, Values
from ipdesk.problems import Refusal
from ipdesk.records import Changed, Record, RecordKey, Version

if TYPE_CHECKING:
    from db.store import SqlStore


def now() -> str:
    """Return the time of day for people, with its offset; it never decides a merge."""
    return datetime.now().astimezone().isoformat(timespec="seconds")


class SqlAct:
    """Everything written through it belongs to one batch."""

    def __init__(self, store: "SqlStore", deed: str, source: str, undoes: str | None = None) -> None:
        """Begin a batch; nothing is written yet."""
        self._store = store
        self.batch = str(uuid_utils.uuid7())
        self.log = Batch(self.batch, deed, source, getpass.getuser(), now(), undoes)
        self.changed: dict[str, set[RecordKey]] = {}
        self._epoch, self._incarnation = store.life
        self._lsn = store.last_lsn()

    def add(self, kind: Kind, values: Values) -> RecordKey:
        """Write a new record, owned by this unit, and return its key."""
        key = RecordKey(self._store.office.unit_code, str(uuid_utils.uuid7()))
        filled = {name: value for name, value in self._known(kind, values).items() if value is not None}
        self._write(kind, self._stamped(Record(kind.name, key, filled, Version(0, 0, ""))))
        self._note(kind, key, ADD, {}, filled)
        return key

    def put(self, kind: Kind, key: RecordKey, values: Values) -> bool:
        """Set the given values of a record; tell whether anything changed."""
        record = self._own(kind, key)
        after = {n: v for n, v in self._known(kind, values).items() if record.values.get(n) != v}
        if not after and not record.deleted:
            return False
        before = {name: record.values.get(name) for name in after}
        merged = {name: value for name, value in {**record.values, **after}.items() if value is not None}
        self._write(kind, self._stamped(replace(record, values=merged, deleted=False)))
        self._note(kind, key, PUT, before, after, was_deleted=record.deleted)
        return True

    def delete(self, kind: Kind, key: RecordKey) -> None:
        """Mark a record deleted; a record of a local kind is removed."""
        record = self._own(kind, key)
        if kind.local:
            self._store.remove(kind, key)
        elif not record.deleted:
            self._write(kind, self._stamped(replace(record, deleted=True)))
            self._note(kind, key, DELETE, record.values, {})

    def merge(self, record: Record) -> None:
        """Write a record as another store versioned it, keeping its version (sync rule 4)."""
        kind = self._store.catalogue.kind(record.kind)
        held = self._store.get(kind, record.key)
        known = held.values if held else {}
        values = {name: value for name, value in {**known, **record.values}.items() if value is not None}
        after = {name: value for name, value in record.values.items() if known.get(name) != value}
        self._write(kind, replace(record, values=values))
        self._note(kind, record.key, MERGE, {n: known.get(n) for n in after}, _gone(after, record.deleted), record.version)
        self.log.undoable = False
        self._lsn = max(self._lsn, record.lsn if record.key.owner == self._store.office.unit_code else 0)

    def keep(self, name: str, value: object) -> None:
        """Keep a named setting (JSON) in the same transaction."""
        self._store.keep(name, value)
        if name == "life":
            self._epoch, self._incarnation = self._store.life

    def note_reveal(self, kind: Kind, key: RecordKey, field: str) -> None:
        """Log that a masked value was looked at, without the value."""
        record = self._store.get(kind, key)
        self._note(kind, key, "reveal", {}, {f"_reveal:{field}": True}, record.version if record else None)
        self.log.undoable = False

    def result(self) -> Changed:
        """Return what the act changed."""
        return Changed(self.log.deed, self.batch, {name: frozenset(keys) for name, keys in self.changed.items()})

    def _known(self, kind: Kind, values: Values) -> Mapping[str, Value]:
        unknown = set(values) - set(kind.by_name)
        if unknown:
            raise KeyError(f"{kind.name} has no fields {sorted(unknown)}")
        return values

    def _own(self, kind: Kind, key: RecordKey) -> Record:
        record = self._store.get(kind, key)
        if record is None:
            raise Refusal("这条记录已经不在了，请刷新列表")
        if key.owner != self._store.office.unit_code:
            raise Refusal("这条记录由县（市、区）填报，只能由填报单位修改")
        return record

    def _stamped(self, record: Record) -> Record:
        """Return the record with this store's next version and log sequence number."""
        self._lsn += 1
        version = Version(self._incarnation, record.version.number + 1, self._epoch)
        previous = record.version if record.version.number else None
        return replace(record, version=version, previous=previous, lsn=self._lsn, at=self.log.at)

    def _write(self, kind: Kind, record: Record) -> None:
        self._store.write(kind, record)

    def _note(
        self,
        kind: Kind,
        key: RecordKey,
        operation: str,
        before: Values,
        after: Values,
        version: Version | None = None,
        *,
        was_deleted: bool = False,
    ) -> None:
        if kind.local:
            return
        stamp = version or Version(self._incarnation, self._lsn, self._epoch)
        self.log.entries.append(Entry(kind.name, key, operation, stamp, before, after, was_deleted))
        self.changed.setdefault(kind.name, set()).add(key)


def _gone(after: Values, deleted: bool) -> Values:
    return {**after, "_deleted": True} if deleted else after


def references(kind: Kind, record: Record) -> list[tuple[str, str]]:
    """Return the (kind, id) pairs that a record points to."""
    return [
        (f.type.kind, str(record.values[f.name]))
        for f in kind.references
        if isinstance(f.type, Ref) and f.name in record.values
    ]


def as_json(value: object) -> str:
    """Return a setting as it is kept."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
