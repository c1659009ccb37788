"""Read the records and flat rows of one database: the store's own, or one that holds a past of it."""

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import groupby, islice
from typing import TYPE_CHECKING

from db.engine import OperationalError, translated
from db.finding import Finding
from db.tables import Table, by_owner
from db.views import View, install
from ipdesk.fields import Value
from ipdesk.kinds.declare import Catalogue, Kind, Ledger
from ipdesk.records import Query, Record, RecordKey, Row

if TYPE_CHECKING:
    from sqlite_utils import Database

_STEPS = 5000  # of the database's machine between two looks whether an answer is still wanted
_PART = 400  # keys told at a time: a key typed meanwhile waits no longer than for these


class SqlReading:
    """Fulfils ``ipdesk.store.Reading`` on one database; used by the thread that opened it."""

    def __init__(self, db: "Database", catalogue: Catalogue) -> None:
        """Derive tables and views from the catalogue."""
        self._db, self.catalogue = db, catalogue
        self._tables = {name: Table(kind) for name, kind in catalogue.kinds.items()}
        install(db)
        self._views = {name: View(db, ledger) for name, ledger in catalogue.ledgers.items()}
        self._findings: dict[str, Finding] = {}

    @property
    def today(self) -> date:
        """Return the day on which states are worked out."""
        return date.today()

    def _finding(self, ledger: Ledger) -> Finding:
        """Return what finds the rows of a ledger; its index is made when it is asked for the first time."""
        if ledger.name not in self._findings:
            self._findings[ledger.name] = Finding(self._db, self._views[ledger.name])
        return self._findings[ledger.name]

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

    def records(self, kind: Kind) -> Iterator[Record]:
        """Yield every live record of a kind in the order they came."""
        return self._select(kind, f"{self._tables[kind.name].alive} ORDER BY rowid")

    def changed_since(self, kind: Kind, owner: str, lsn: int) -> Iterator[Record]:
        """Yield the owner's records above a log sequence number in its order, deleted ones too."""
        return self._select(kind, "+owner = ? AND _lsn > ? ORDER BY _lsn", (owner, lsn))

    def _number(self, statement: str, values: Sequence[object] = ()) -> int:
        with translated():
            return int(self._db.conn.execute(statement, values).fetchone()[0] or 0)

    def count(self, kind: Kind) -> int:
        """Return the number of live records."""
        table = self._tables[kind.name]
        return self._number(f"SELECT count(*) FROM {table.name} WHERE {table.alive}")

    @contextmanager
    def while_wanted(self, ask: Callable[[], object]) -> Iterator[None]:
        """Let what ``ask`` raises end a long question; it is asked again and again meanwhile."""
        raised: list[Exception] = []

        def look() -> bool:
            try:
                if not self._db.conn.in_transaction:  # what is being written is never cut short
                    ask()
            except Exception as error:  # the driver would swallow it: raised again below
                raised.append(error)
            return bool(raised)

        self._db.conn.set_progress_handler(look, _STEPS)
        try:
            yield
        except OperationalError:
            if raised:
                raise raised[0] from None
            raise
        finally:
            self._db.conn.set_progress_handler(None, _STEPS)

    def keys(self, ledger: Ledger, query: Query) -> list[RecordKey]:
        """Return the keys of a ledger's rows in order."""
        with translated():
            return list(self._finding(ledger).keys(query, self.today, all_wanted=False))

    def keys_in_parts(self, ledger: Ledger, query: Query) -> Generator[list[RecordKey], None, None]:
        """Yield the keys some hundred at a time, for who may want them no longer before they are all there."""
        with translated():
            found = self._finding(ledger).keys(query, self.today, all_wanted=True)
            while part := list(islice(found, _PART)):
                yield part

    def total(self, ledger: Ledger, query: Query) -> int:
        """Return how many rows a query finds, whatever its limit."""
        with translated():
            return self._finding(ledger).total(query, self.today)

    def rows(self, ledger: Ledger, keys: Sequence[RecordKey]) -> list[Row]:
        """Return the flat rows of these keys in the given order; vanished ones are left out."""
        with translated():
            return self._views[ledger.name].rows(keys)
