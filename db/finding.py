"""Answer what to list of one ledger: by the index alone, by sorting the few rows found, or from rows kept in order."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from db.judging import judged
from db.ordered import OrderedRows
from db.search import Search, asked_words
from db.views import View
from ipdesk.records import Filter, Query, RecordKey

if TYPE_CHECKING:
    from sqlite_utils import Database

_SORTED = 10_000  # rows found up to which sorting them is a matter of a few frames
_SOME = 500  # rows of which states are worked out at a time


class Finding:
    """Finds the rows of a ledger; ``today`` is the day on which states are worked out."""

    def __init__(self, db: "Database", view: View) -> None:
        """Open the index, which is made when it is missing."""
        self._db, self._view, self.search = db, view, Search(db, view)
        self._narrowed = _Narrowed(db, self)

    def keys(self, query: Query, today: date, *, all_wanted: bool) -> Iterator[RecordKey]:
        """Yield the keys of a query's rows in order.

        Where all are wanted, or very many are found, the rows that filters and order leave are kept: no word typed
        later sorts them again. Fewer are sorted at once, for who types before that was done.
        """
        if _is_plain(query):
            return self.search.keys(query.search, query.limit)
        if few := self.search.few(query.search):
            return self._sorted(query, today, few)
        if self._narrowed.is_made(query, today) or self._may_keep(query, all_wanted=all_wanted):
            return self._narrowed.keys(query, today)
        return self._sorted(query, today, *self.search.condition(query.search))

    def _may_keep(self, query: Query, *, all_wanted: bool) -> bool:
        """Tell whether rows are worth keeping: not within an act, which may yet be taken back."""
        many = all_wanted or self.search.finds_more(query.search, _SORTED)
        return many and not self._db.conn.in_transaction

    def _sorted(
        self, query: Query, today: date, found: str, words: Sequence[str] = ()
    ) -> Iterator[RecordKey]:
        if not _states(query):
            return self._view.keys(query, found, words)
        every = self._view.keys(replace(query, limit=None), found, words)
        return islice(self.held(query, every, today), query.limit)

    def total(self, query: Query, today: date) -> int:
        """Return how many rows a query finds, whatever its limit."""
        if _is_plain(query):
            return self.search.total(query.search)
        if _states(query):
            return sum(1 for _ in self.keys(replace(query, limit=None), today, all_wanted=False))
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

    def told(self, query: Query, today: date) -> Iterator[tuple[str, str, str | None]]:
        """Yield a query's rows in order: owner, id and the words that they hold."""
        words = f"(SELECT t.words FROM {self.search.words} t WHERE t.number = _rowid)"
        found = self._db.conn.execute(*self._view.select(f"owner, id, {words}", query))
        if not _states(query):
            return iter(found)
        rows = {RecordKey(owner, id_): told for owner, id_, told in found}
        return ((key.owner, key.id, rows[key]) for key in self.held(query, rows, today))


class _Narrowed:
    """The rows that one set of filters leaves, in one order, with the words that they hold.

    A page is found by looking at the words from the first row on: where they are held by many rows it is soon full,
    and even looking at them all takes less than sorting would.
    """

    def __init__(self, db: "Database", finding: Finding) -> None:
        """Begin without rows."""
        self._db, self._finding = db, finding
        self._rows = OrderedRows(())
        self._made: tuple[object, ...] = ()

    def is_made(self, query: Query, today: date) -> bool:
        """Tell whether the rows are there."""
        return self._made == self._stamp(query, today)

    def _stamp(self, query: Query, today: date) -> tuple[object, ...]:
        """Return what the rows are of: anything written since makes them others."""
        return replace(query, search="", limit=None), today, self._db.conn.total_changes

    def keys(self, query: Query, today: date) -> Iterator[RecordKey]:
        """Yield the keys of a query's rows in order."""
        if not self.is_made(query, today):
            self._rows, self._made = OrderedRows(()), ()  # two sets of many need not lie in memory
            self._rows = OrderedRows(self._finding.told(replace(query, search="", limit=None), today))
            self._made = self._stamp(query, today)
        return islice(self._rows.keys(asked_words(query.search)), query.limit)


def _is_plain(query: Query) -> bool:
    """Tell whether the index alone answers a query: nothing asked of single fields, the usual order."""
    return not (query.where or query.filters or query.order)


def _states(query: Query) -> list[Filter]:
    """Return the filters on states worked out, which no statement answers."""
    return [f for f in query.filters if f.field.startswith("_")]
