"""Derive a kind's statements and the conversion between rows and records from its declaration."""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from ipdesk.fields import Value
from ipdesk.kinds.declare import Kind, Values
from ipdesk.records import Record, RecordKey, Version

VERSION_COLUMNS = ("_inc", "_ver", "_epoch", "_prev", "_lsn", "_deleted", "_at", "_extra")
Raw = str | int | float | bytes | None


class Table:
    """One kind's table: its statements, written once from the declaration."""

    def __init__(self, kind: Kind) -> None:
        """Keep the kind and the names of its columns."""
        self.kind = kind
        self.fields = tuple(f.name for f in kind.fields)
        self.columns = ("owner", "id", *self.fields, *(() if kind.local else VERSION_COLUMNS))

    @cached_property
    def name(self) -> str:
        """Return the quoted table name."""
        return f'"{self.kind.name}"'

    @cached_property
    def select(self) -> str:
        """Return the statement that reads whole rows, to be completed by WHERE."""
        return f"SELECT {_names(self.columns)} FROM {self.name}"

    @cached_property
    def write(self) -> str:
        """Return the statement that writes a whole row over what was there (the row's id stays the same)."""
        marks = ", ".join("?" * len(self.columns))
        updates = ", ".join(f'"{c}" = excluded."{c}"' for c in self.columns[2:])
        insert = f"INSERT INTO {self.name} ({_names(self.columns)}) VALUES ({marks})"
        return f"{insert} ON CONFLICT (owner, id) DO UPDATE SET {updates}"

    def upsert(self, names: Sequence[str]) -> str:
        """Return the statement that writes some columns over the row of the same identity (a unique index)."""
        columns = ("owner", "id", *names)
        identity = [part.field for part in self.kind.identity]
        updates = ", ".join(f'"{n}" = excluded."{n}"' for n in names)
        insert = f"INSERT INTO {self.name} ({_names(columns)}) VALUES ({', '.join('?' * len(columns))})"
        return f"{insert} ON CONFLICT ({_names(identity)}) DO UPDATE SET {updates}"

    @property
    def alive(self) -> str:
        """Return the condition of rows that are not deleted."""
        return "1" if self.kind.local else "_deleted = 0"

    def row(self, record: Record) -> tuple[Raw, ...]:
        """Return a record as the values of a row."""
        stored = (f.type.stored(record.values.get(f.name)) for f in self.kind.fields)
        return (*record.key, *stored, *(() if self.kind.local else _version_row(record)))

    def record(self, row: Sequence[Raw]) -> Record:
        """Return a row as a record, empty fields left out."""
        key, raws = RecordKey(str(row[0]), str(row[1])), row[2 : 2 + len(self.fields)]
        values = self.values(dict(zip(self.fields, raws, strict=True)))
        if self.kind.local:
            return Record(self.kind.name, key, values, Version(0, 0, ""))
        inc, ver, epoch, prev, lsn, deleted, at, extra = row[2 + len(self.fields) :]
        return Record(
            self.kind.name,
            key,
            values,
            Version(_whole(inc), _whole(ver), str(epoch)),
            Version(*json.loads(str(prev))) if prev else None,
            _whole(lsn),
            bool(deleted),
            str(at),
            json.loads(str(extra)) if extra else {},
        )

    def values(self, raws: Mapping[str, Raw]) -> dict[str, Value]:
        """Return the canonical values of filled columns."""
        return {
            f.name: f.type.loaded(plain(raws[f.name])) for f in self.kind.fields if raws[f.name] is not None
        }

    def stored(self, values: Values) -> list[Raw]:
        """Return some values as columns hold them, in the order given."""
        return [self.kind.by_name[name].type.stored(value) for name, value in values.items()]


def _version_row(record: Record) -> tuple[Raw, ...]:
    return (
        *record.version,
        json.dumps(record.previous) if record.previous else None,
        record.lsn,
        int(record.deleted),
        record.at,
        json.dumps(record.extra, ensure_ascii=False, sort_keys=True) if record.extra else None,
    )


def by_owner(keys: Sequence[RecordKey], column: str = "id") -> Iterator[tuple[str, list[str]]]:
    """Yield conditions (and their values) that together pick these keys, by ``column``, which has an index."""
    for owner in dict.fromkeys(key.owner for key in keys):
        ids = list(dict.fromkeys(key.id for key in keys if key.owner == owner))
        for start in range(0, len(ids), 500):
            some = ids[start : start + 500]
            marks = ", ".join("?" * len(some))
            yield f'owner = ? AND "{column}" IN ({marks})', [owner, *some]


def _names(columns: Sequence[str]) -> str:
    return ", ".join(f'"{c}"' for c in columns)


def plain(raw: Raw) -> str | int | float | None:
    """Return a column's value without the driver's bytes."""
    return raw if not isinstance(raw, bytes) else raw.decode()


def _whole(raw: Raw) -> int:
    return int(raw or 0)
