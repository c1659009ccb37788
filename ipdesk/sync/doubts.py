"""Check at the city, by the grades for merging, the rows that a package changed; nothing is refused for it."""

from collections.abc import Iterator
from dataclasses import dataclass

from ipdesk.branches import Branches
from ipdesk.checks import check_row
from ipdesk.kinds.declare import Ledger, Part
from ipdesk.problems import Problem
from ipdesk.records import Record, RecordKey, Row
from ipdesk.store import Store
from ipdesk.trends import Trends

_CHUNK = 1000


@dataclass(frozen=True, slots=True)
class Doubt:
    """A finding about a row that was taken in: its ledger, its key, what it is called."""

    ledger: Ledger
    key: RecordKey
    name: str
    problem: Problem


def doubts(store: Store, unit: str, mark: int) -> list[Doubt]:
    """Return what the rules say of a unit's rows that changed since a log number, hardest first within a row."""
    return [
        Doubt(ledger, row.key, ledger.called(row.values), problem)
        for ledger in store.catalogue.ledgers.values()
        for row in _changed(store, ledger, unit, mark)
        for problem in (
            *check_row(ledger, row.values, when="merge"),
            *Branches(store, ledger).problems(row.values, "merge"),
            *Trends(store, ledger).problems(row.values, "merge"),
        )
    ]


def _changed(store: Store, ledger: Ledger, unit: str, mark: int) -> Iterator[Row]:
    """Yield the rows of which the root or a part of its own changed."""
    found = dict.fromkeys(record.key for record in store.changed_since(ledger.root, unit, mark))
    for part in ledger.parts:
        for record in store.changed_since(part.kind, unit, mark):
            found |= dict.fromkeys(_roots(store, ledger, part, record))
    keys = list(found)
    for start in range(0, len(keys), _CHUNK):
        yield from store.rows(ledger, keys[start : start + _CHUNK])


def _roots(store: Store, ledger: Ledger, part: Part, record: Record) -> list[RecordKey]:
    """Return the roots that a changed part belongs to; what hangs from another part is checked in its own ledger."""
    if part.up:
        return [r.key for r in store.find(ledger.root, record.key.owner, **{part.up: record.key.id})]
    return [] if part.of else [RecordKey(record.key.owner, str(record.values.get(part.down)))]
