"""Rebuild what the store held on a past day from the change log, and leave out what came after another.

It stands in a database of its own in memory with the same tables: no trace of it ever reaches the disk, and what
reads the store reads the past in the same way.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from db.engine import in_memory
from db.journal import DELETE, NOTE
from db.reading import SqlReading
from ipdesk.fields import Ref
from ipdesk.kinds.declare import Catalogue, Kind
from ipdesk.kinds.events import as_of
from ipdesk.records import Record, RecordKey, Version
from ipdesk.store import Moment

if TYPE_CHECKING:
    from sqlite_utils import Database

_LOG = (
    "SELECT c.kind, c.owner, c.id, c.operation, v.after FROM change c LEFT JOIN change_value v USING (number)"
    f" WHERE c.operation <> '{NOTE}' AND c.number < ? ORDER BY c.number"
)
Held = dict[str, dict[RecordKey, dict[str, object]]]


class SqlPast(SqlReading):
    """The ledgers as of a day, as known on a day, or both; fulfils ``ipdesk.store.Past``."""

    def __init__(self, db: "Database", present: SqlReading, moment: Moment) -> None:
        """Rebuild the records of that moment."""
        super().__init__(_twin(db), present.catalogue)
        self._day = moment.day
        held = _known(db, present.catalogue, moment.known_on) if moment.known_on else None
        left_out: set[tuple[str, RecordKey]] = set()
        for kind in present.catalogue.travelling:
            found = present.records(kind) if held is None else _records(kind, held.get(kind.name, {}))
            self._fill(kind, _dated(kind, found, moment.as_of, left_out) if moment.as_of else found)

    @property
    def today(self) -> date:
        """Return the day looked at."""
        return self._day

    def _fill(self, kind: Kind, records: Iterable[Record]) -> None:
        table = self._tables[kind.name]
        with self._db.atomic():
            self._db.conn.executemany(table.write, map(table.row, records))

    def close(self) -> None:
        """Let go of the memory."""
        self._db.close()


def _twin(db: "Database") -> "Database":
    """Return an empty database in memory with the tables and indexes of the store."""
    twin = in_memory()
    plain = "sql IS NOT NULL AND name NOT LIKE 'sqlite_%' AND tbl_name NOT LIKE 'search_%'"
    for (statement,) in db.conn.execute(f"SELECT sql FROM sqlite_master WHERE {plain} ORDER BY type DESC"):
        twin.conn.execute(statement)
    return twin


def _known(db: "Database", catalogue: Catalogue, day: date) -> Held | None:
    """Return the values of every record alive at the end of a local day; ``None`` when nothing was written since."""
    end = _end(db, day)
    if end is None:
        return None
    held: Held = {kind.name: {} for kind in catalogue.travelling}
    deleted: dict[tuple[str, RecordKey], bool] = {}
    for kind, owner, id_, operation, after in db.conn.execute(_LOG, (end,)):
        key, told = (
            RecordKey(owner, id_),
            json.loads(after or "{}"),
        )  # values erased with a person are no more
        deleted[kind, key] = bool(told.pop("_deleted", operation == DELETE))
        held.setdefault(kind, {}).setdefault(key, {}).update(told)
    for (name, key), is_deleted in deleted.items():
        if is_deleted:
            del held[name][key]
    return held


def _end(db: "Database", day: date) -> int | None:
    """Return the number of the first change of a later day, by the clock where it was made; ``None``: there is none.

    What stands before it is a state that the store really was in, whatever the clock did.
    """
    later = "SELECT id FROM batch WHERE substr(at, 1, 10) > ?"
    first = f"SELECT min(number) FROM change WHERE operation <> '{NOTE}' AND batch IN ({later})"
    row = db.conn.execute(first, (day.isoformat(),))  # a note, as of an opening, changes nothing
    found = row.fetchone()[0]
    return None if found is None else int(found)


def _records(kind: Kind, held: dict[RecordKey, dict[str, object]]) -> Iterator[Record]:
    """Yield what the log told as records; fields that this program does not know are left out."""
    for key, told in held.items():
        values = {f.name: f.type.canonical(told[f.name]) for f in kind.fields if told.get(f.name) is not None}
        yield Record(kind.name, key, values, Version(0, 0, ""))


def _dated(
    kind: Kind, records: Iterable[Record], day: date, left_out: set[tuple[str, RecordKey]]
) -> Iterator[Record]:
    """Yield the records as of a day; one that has not begun is left out, and so is what hangs from it."""
    for record in records:
        above = {(f.type.kind, record.values.get(f.name)) for f in kind.references if isinstance(f.type, Ref)}
        values = as_of(kind.name, record.values, day)
        if values is None or any(
            (name, RecordKey(record.key.owner, str(id_))) in left_out for name, id_ in above
        ):
            left_out.add((kind.name, record.key))
        else:
            yield Record(kind.name, record.key, values, record.version, lsn=record.lsn)
