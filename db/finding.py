"""Answer what to list of one ledger: by the index alone, by sorting the few rows found, or from rows kept in order."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from db.judging import judged
from db.search import Search, holding
from db.views import View
from ipdesk.records import Filter, Query, RecordKey

if TYPE_CHECKING:
    from sqlite_utils import Database

_SOME = 500  # rows of which states are worked out at a time


class Finding:
    """Finds the rows of a ledger; ``today`` is the day on which states are worked out."""

    def __init__(self, db: "Database", view: View) -> None:
        """Open the index, which is made when it is missing."""
        self._db, self._view, self.search = db, view, Search(db, view)
        self._narrowed = _Narrowed(db, self)

    def keys(self, query: Query, today: date, *, typing: bool) -> Iterator[RecordKey]:
        """Yield the keys of a query's rows in order.

        While words are typed, the rows that filters and order leave are kept: no further key sorts them again.
        """
        if _is_plain(query):
            return self.search.keys(query.search, query.limit)
        if few := self.search.few(query.search):
            found = self._view.keys(replace(query, limit=None), few)
            return islice(self.held(query, found, today), query.limit)
        if self._narrowed.may_answer(query, today, typing=typing):
            return self._narrowed.keys(query, today)
        found = self._view.keys(replace(query, limit=None), *self.search.condition(query.search))
        return islice(self.held(query, found, today), query.limit)

    def total(self, query: Query, today: date) -> int:
        """Return how many rows a query finds, whatever its limit."""
        if _is_plain(query):
            return self.search.total(query.search)
        if _states(query):
            return sum(1 for _ in self.keys(replace(query, limit=None), today, typing=False))
        return self._view.total(query, *self.search.condition(query.search))

    def held(self, query: Query, keys: Iterable[RecordKey], today: date) -> Iterator[RecordKey]:
        """Yield the keys of the rows whose states are as the query's filters ask."""
        asked = _states(query)
        if not asked:
            yield from keys
            return
        left = iter(keys)
        while some := list(islice(left, _SOME)):
            yield from judged(self._db, self._view.ledger, asked, self._view.rows(some), today)

    def copy(self, db: "Database", table: str, query: Query, today: date) -> None:
        """Fill a table (place, owner, id, words) with a query's rows in order."""
        words = f"(SELECT t.words FROM {self.search.words} t WHERE t.number = _rowid)"
        select, told = self._view.select(f"NULL, owner, id, {words}", query)
        db.conn.execute(f"INSERT INTO {table} {select}", told)
        if _states(query):
            rows = db.conn.execute(f"SELECT place, owner, id FROM {table}")
            places = {RecordKey(owner, id_): place for place, owner, id_ in rows}
            gone = places.keys() - set(self.held(query, places, today))
            db.conn.executemany(f"DELETE FROM {table} WHERE place = ?", [(places[key],) for key in gone])


class _Narrowed:
    """A temporary table of the rows that one set of filters leaves, in one order, with the words that they hold.

    It lies in memory (the driver is built so). A page is found by looking at the words from the first row on: where
    they are held by many rows it is soon full, and even looking at them all takes less than sorting would.
    """

    def __init__(self, db: "Database", finding: Finding) -> None:
        """Begin without a table."""
        self._db, self._finding = db, finding
        self.name = f'"narrowed_{finding.search.ledger.name}"'
        self._made: tuple[object, ...] = ()

    def may_answer(self, query: Query, today: date, *, typing: bool) -> bool:
        """Tell whether the table is there, or may be made: not within an act, which may yet be taken back."""
        return self._made == self._stamp(query, today) or (typing and not self._db.conn.in_transaction)

    def _stamp(self, query: Query, today: date) -> tuple[object, ...]:
        """Return what a table is of: anything written since makes it another."""
        return replace(query, search="", limit=None), today, self._db.conn.total_changes

    def keys(self, query: Query, today: date) -> Iterator[RecordKey]:
        """Yield the keys of a query's rows in order."""
        if self._made != self._stamp(query, today):
            self._make(replace(query, search="", limit=None), today)
        asked, told = holding(query.search)
        where = f" WHERE {' AND '.join(asked)}" if asked else ""
        limit = -1 if query.limit is None else query.limit
        select = f"SELECT owner, id FROM {self.name}{where} ORDER BY place LIMIT ?"
        return map(RecordKey._make, self._db.conn.execute(select, (*told, limit)))

    def _make(self, query: Query, today: date) -> None:
        self._made = ()
        self._db.conn.execute(f"DROP TABLE IF EXISTS {self.name}")
        self._db.conn.execute(
            f"CREATE TEMP TABLE {self.name} (place INTEGER PRIMARY KEY, owner TEXT, id TEXT, words TEXT)"
        )
        self._finding.copy(self._db, self.name, query, today)
        self._made = self._stamp(query, today)


def _is_plain(query: Query) -> bool:
    """Tell whether the index alone answers a query: nothing asked of single fields, the usual order."""
    return not (query.where or query.filters or query.order)


def _states(query: Query) -> list[Filter]:
    """Return the filters on states worked out, which no statement answers."""
    return [f for f in query.filters if f.field.startswith("_")]
