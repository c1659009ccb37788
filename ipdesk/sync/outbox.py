"""List what a county has not sent yet, and what the city wants to have looked at again."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ipdesk.kinds.declare import Ledger
from ipdesk.kinds.document import DOCUMENT
from ipdesk.records import Query, RecordKey, Row
from ipdesk.store import Store
from ipdesk.sync.findings import ACCEPTED
from ipdesk.sync.life import Life
from ipdesk.sync.naming import Names
from ipdesk.sync.reported import SENT, UNSENT, Reported, reported

DELETED = "deleted"
_CHUNK = 1000  # rows of a step: nobody who asks something in between waits long


class Entry(NamedTuple):
    """A row of a ledger in the outbox.

    ``state`` is unsent, deleted (and that not sent yet), or the outcome by which the city asks for something, with
    the field and the sentence it concerns; ``changed`` tells whether the row has unsent changes besides.
    """

    ledger: str
    key: RecordKey
    name: str
    state: str
    field: str = ""
    message: str = ""
    changed: bool = True


def outbox(store: Store) -> list[Entry]:
    """Return the outbox of a county, what the city asks for first, then by ledger."""
    return in_order(entry for part in steps(store) for entry in part)


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Return entries with what the city asks for first; those of one ledger stay together."""
    return sorted(entries, key=lambda entry: entry.state in (UNSENT, DELETED))


def steps(store: Store) -> Iterator[list[Entry]]:
    """Yield the outbox in the order of ledgers, after some rows each: other questions may come in between."""
    attached = _attached(store)
    for ledger in store.catalogue.ledgers.values():
        keys = store.keys(ledger, Query())
        for start in range(0, len(keys), _CHUNK):
            rows = store.rows(ledger, keys[start : start + _CHUNK])
            told = reported(store, rows)
            yield [entry for row in rows for entry in _entry(ledger, row, told[row.key], attached)]
        yield list(_gone(store, ledger))


def _entry(ledger: Ledger, row: Row, told: Reported, attached: set[tuple[str, RecordKey]]) -> Iterator[Entry]:
    name = ledger.called(row.values)
    is_changed = told.state == UNSENT or (ledger.root.name, row.key) in attached
    if told.state not in (UNSENT, SENT, ACCEPTED):
        yield Entry(ledger.name, row.key, name, told.state, told.field, told.message, is_changed)
    elif is_changed:
        yield Entry(ledger.name, row.key, name, UNSENT)


def _attached(store: Store) -> set[tuple[str, RecordKey]]:
    """Return the records whose attachments changed since the last package."""
    changed = store.changed_since(DOCUMENT, store.office.unit_code, _sent(store))
    return {
        (str(r.values["record_kind"]), RecordKey(r.key.owner, str(r.values["record_id"]))) for r in changed
    }


def _gone(store: Store, ledger: Ledger) -> Iterator[Entry]:
    """Yield the rows that were deleted since the last package."""
    names, kind = Names(store), ledger.root
    for record in store.changed_since(kind, store.office.unit_code, _sent(store)):
        if record.deleted and record.version.number:
            yield Entry(ledger.name, record.key, names.of(kind, record), DELETED)


def _sent(store: Store) -> int:
    life = Life.of(store)
    return max(life.sent, life.acknowledged)
