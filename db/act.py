"""One deed of a user on the real store: records written, versions given, the batch logged, one transaction."""

import getpass
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

import uuid_utils

from db.journal import ADD, DELETE, MERGE, NOTE, PLACE, PUT, Batch, Entry
from ipdesk.clock import now
from ipdesk.fields import Value
from ipdesk.kinds.declare import Catalogue, Kind, Values
from ipdesk.problems import Refusal
from ipdesk.records import Changed, Record, RecordKey, Version
from ipdesk.reporting import locks
from ipdesk.store import Office


def user() -> str:
    """Return who is logged in to this PC; a system that knows nobody has no name to give."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "未知用户"


class Rows(Protocol):
    """What an act asks of the store it writes to."""

    @property
    def catalogue(self) -> Catalogue:
        """Return the declared kinds."""

    @property
    def office(self) -> Office:
        """Return whose workspace it is."""

    @property
    def life(self) -> tuple[str, int]:
        """Return the present epoch and incarnation."""

    def last_lsn(self) -> int:
        """Return the highest log sequence number given out."""

    def get(self, kind: Kind, key: RecordKey) -> Record | None:
        """Return a record."""

    def get_many(self, kind: Kind, keys: Iterable[RecordKey]) -> dict[RecordKey, Record]:
        """Return records in bulk."""

    def upsert(self, kind: Kind, rows: Sequence[tuple[str, Values]]) -> None:
        """Write rows of a local kind, each with the id it gets when it is new."""

    def find(self, kind: Kind, /, owner: str | None = None, **values: Value) -> list[Record]:
        """Return the live records with these values."""

    def write_many(self, kind: Kind, records: Sequence[Record]) -> None:
        """Write whole rows."""

    def remove(self, kind: Kind, key: RecordKey) -> None:
        """Remove a row of a local kind."""

    def forget(self, kind: Kind, values: Values) -> None:
        """Remove rows of a local kind."""

    def keep(self, name: str, value: object) -> None:
        """Keep a setting."""


class SqlAct:
    """Everything written through it belongs to one batch."""

    def __init__(self, store: Rows, deed: str, source: str, undoes: str | None = None) -> None:
        """Begin a batch; nothing is written yet."""
        self._store = store
        self.batch = str(uuid_utils.uuid7())
        self.log = Batch(self.batch, deed, source, user(), now(), undoes)
        self.changed: dict[str, set[RecordKey]] = {}
        self._office = store.office
        self._unit = self._office.unit_code
        self._epoch, self._incarnation = store.life
        self._lsn = store.last_lsn()
        self._place = ""

    def comes_from(self, place: str) -> None:
        """Say from which place of the source (sheet and row) what is written next comes."""
        self._place = place

    def add(self, kind: Kind, values: Values) -> RecordKey:
        """Write a new record, owned by this unit, and return its key."""
        key = RecordKey(self._unit, str(uuid_utils.uuid7()))
        filled = {name: value for name, value in self._known(kind, values).items() if value is not None}
        locks.refuse(self._store, self._office, kind, None, filled)
        record = self._stamped(Record(kind.name, key, filled, Version(0, 0, "")))
        self._write(kind, record)
        self._note(kind, key, ADD, {}, filled, record.version)
        return key

    def put(self, kind: Kind, key: RecordKey, values: Values) -> bool:
        """Set the given values of a record; tell whether anything changed."""
        record = self._own(kind, key)
        after = {n: v for n, v in self._known(kind, values).items() if record.values.get(n) != v}
        if not after and not record.deleted:
            return False
        before = {name: record.values.get(name) for name in after}
        merged = {name: value for name, value in {**record.values, **after}.items() if value is not None}
        held = None if record.deleted else record.values
        locks.refuse(self._store, self._office, kind, held, merged)
        written = self._stamped(replace(record, values=merged, deleted=False))
        self._write(kind, written)
        self._note(kind, key, PUT, before, after, written.version, was_deleted=record.deleted)
        return True

    def delete(self, kind: Kind, key: RecordKey) -> None:
        """Mark a record deleted; a record of a local kind is removed."""
        record = self._own(kind, key)
        if kind.local:
            self._store.remove(kind, key)
        elif not record.deleted:
            locks.refuse(self._store, self._office, kind, record.values, None)
            gone = self._stamped(replace(record, deleted=True))
            self._write(kind, gone)
            self._note(kind, key, DELETE, record.values, {}, gone.version)

    def merge(self, kind: Kind, records: Iterable[Record]) -> None:
        """Write records as another store versioned them, in bulk, each with a fresh local log number (sync rule 4)."""
        wanted = list(records)
        held = self._store.get_many(kind, [record.key for record in wanted])
        self._store.write_many(kind, [self._merged(kind, record, held.get(record.key)) for record in wanted])
        self.log.undoable = False

    def _merged(self, kind: Kind, record: Record, held: Record | None) -> Record:
        known = held.values if held else {}
        after = {name: value for name, value in record.values.items() if known.get(name) != value}
        self._note_merge(kind, record, {n: known.get(n) for n in after}, after)
        self._lsn += 1
        return replace(_joined(held, record), lsn=self._lsn)

    def adopt(self, kind: Kind, record: Record, *, above: int = 0) -> None:
        """Write a record of this unit anew in the present life, as another life has it (sync rule 7)."""
        held = self._store.get(kind, record.key)
        number = max(record.version.number, above, held.version.number if held else 0)
        known, record = held.values if held else {}, _joined(held, record)
        after = _differences(known, record.values)
        anew = self._stamped(replace(record, version=record.version._replace(number=number)))
        anew = replace(anew, previous=self._origin(record))
        self._write(kind, anew)
        self._note_merge(kind, anew, {n: known.get(n) for n in after}, after)
        self.log.undoable = False

    def unmerge(self, kind: Kind, before: Mapping[RecordKey, Record | None]) -> None:
        """Put records of other units back as they were before a merge (sync rule 8).

        What was not there stays as a deleted row that is older than any, so that it may come again.
        """
        held = self._store.get_many(kind, before)
        for key, record in before.items():
            was = record or Record(kind.name, key, {}, Version(0, 0, ""), deleted=True, at=self.log.at)
            known = held[key].values if key in held else {}
            self._lsn += 1
            self._write(kind, replace(was, lsn=self._lsn))
            after = _differences(known, was.values)
            self._note_merge(kind, was, {n: known.get(n) for n in after}, after)
        self.log.undoable = False

    def _note_merge(self, kind: Kind, record: Record, before: Values, after: Values) -> None:
        gone = {**after, "_deleted": True} if record.deleted else after
        self._note(kind, record.key, MERGE, before, gone, record.version)

    def upsert(self, kind: Kind, rows: Iterable[Values]) -> None:
        """Write rows of a local kind, in bulk, each over the one with the same identity."""
        self._store.upsert(kind, [(str(uuid_utils.uuid7()), row) for row in rows])

    def forget(self, kind: Kind, /, **values: Value) -> None:
        """Remove the rows of a local kind that have these values, in bulk."""
        self._store.forget(kind, self._known(kind, values))

    def keep(self, name: str, value: object) -> None:
        """Keep a named setting (JSON) in the same transaction."""
        self._store.keep(name, value)
        if name == "life":
            self._epoch, self._incarnation = self._store.life

    def note(self, text: str, kind: Kind | None = None, key: RecordKey | None = None) -> None:
        """Log an event that changes no record (reveal, export), in a record's history where it concerns one."""
        where = key or RecordKey("", "")
        version = Version(self._incarnation, self._lsn, self._epoch)
        self.log.entries.append(Entry(kind.name if kind else "", where, NOTE, version, {}, {"_note": text}))
        self.log.undoable = False

    def result(self) -> Changed:
        """Return what the act changed."""
        return Changed(
            self.log.deed, self.batch, {name: frozenset(keys) for name, keys in self.changed.items()}
        )

    def _known(self, kind: Kind, values: Values) -> Mapping[str, Value]:
        unknown = set(values) - set(kind.by_name)
        if unknown:
            raise KeyError(f"{kind.name} has no fields {sorted(unknown)}")
        return values

    def _own(self, kind: Kind, key: RecordKey) -> Record:
        record = self._store.get(kind, key)
        if record is None:
            raise Refusal("这条记录已经不在了，请刷新列表")
        if key.owner != self._unit:
            raise Refusal("这条记录由县（市、区）填报，只能由填报单位修改")
        return record

    def _stamped(self, record: Record) -> Record:
        """Return the record with this store's next version and log sequence number."""
        self._lsn += 1
        version = Version(self._incarnation, record.version.number + 1, self._epoch)
        return replace(record, version=version, previous=self._origin(record), lsn=self._lsn, at=self.log.at)

    def _origin(self, record: Record) -> Version | None:
        """Return the version of an earlier life that a record comes from, however often this life wrote it since.

        By this alone another store can tell whether two lives wrote a record without knowing of each other.
        """
        if not record.version.number:
            return None
        return record.previous if record.version.epoch == self._epoch else record.version

    def _write(self, kind: Kind, record: Record) -> None:
        self._store.write_many(kind, [record])

    def _note(
        self,
        kind: Kind,
        key: RecordKey,
        operation: str,
        before: Values,
        after: Values,
        version: Version,
        *,
        was_deleted: bool = False,
    ) -> None:
        if kind.local:
            return
        placed = {**after, PLACE: self._place} if self._place else after
        self.log.entries.append(Entry(kind.name, key, operation, version, before, placed, was_deleted))
        self.changed.setdefault(kind.name, set()).add(key)


def _joined(held: Record | None, record: Record) -> Record:
    """Return a record with what is held and what it says nothing about; a field or unread name told empty is gone."""
    known, unread = (held.values, held.extra) if held else ({}, {})
    values = {name: value for name, value in {**known, **record.values}.items() if value is not None}
    extra = {name: value for name, value in {**unread, **record.extra}.items() if value is not None}
    return replace(record, values=values, extra={n: v for n, v in extra.items() if n not in record.values})


def _differences(before: Values, after: Values) -> dict[str, Value]:
    """Return what the values after are wherever they differ, ``None`` for gone."""
    return {n: after.get(n) for n in {**before, **after} if before.get(n) != after.get(n)}


def as_json(value: object) -> str:
    """Return a setting as it is kept."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
