"""Find where a clerk sees a record: the ledger and the row in which it stands."""

from typing import NamedTuple

from ipdesk.kinds.declare import Kind
from ipdesk.records import RecordKey
from ipdesk.store import Store


class Found(NamedTuple):
    """A row of a ledger."""

    ledger: str
    key: RecordKey


def find(store: Store, kind: Kind, key: RecordKey, ledger: str = "") -> Found | None:
    """Return the row in which a record stands; nothing where it stands in none, or is gone."""
    from ipdesk.actions.writing import ledger_of, rows_of

    place = ledger_of(store, kind, ledger)
    rows = rows_of(store, place, kind, key) if place else []
    return Found(place.name, rows[0].key) if place and rows else None
