"""Write what was decided about one field of one record: a value, or that it is deleted or lives again."""

from collections.abc import Iterator
from typing import NamedTuple

from ipdesk.actions.ledger import findings, one
from ipdesk.actions.parts import read_with
from ipdesk.actions.removal import remove
from ipdesk.fields import Value
from ipdesk.kinds.deciding import DELETED
from ipdesk.kinds.declare import Kind, Ledger, Part
from ipdesk.problems import Refusal
from ipdesk.records import Record, RecordKey, Row
from ipdesk.store import Act, Store


class Place(NamedTuple):
    """One field of one record; ``_deleted`` is a field too."""

    kind: Kind
    key: RecordKey
    field: str


def ledger_of(store: Store, kind: Kind, name: str = "") -> Ledger | None:
    """Return the ledger told, if it has the kind, else one that a kind is the root or a part of; attachments none."""
    every = store.catalogue.ledgers
    if name in every and kind in every[name].kinds:
        return every[name]
    having = [ledger for ledger in every.values() if kind in ledger.kinds]
    return min(having, key=lambda ledger: _distance(ledger, kind), default=None)


def _distance(ledger: Ledger, kind: Kind) -> int:
    """Return how far a kind stands from a root: certificates are nearer to people than to attendances."""
    if ledger.root is kind:
        return 0
    return 1 if any(p.kind is kind and p.of in ("", ledger.root.name) for p in ledger.parts) else 2


def ledger_name(store: Store, kind: Kind) -> str:
    """Return the name of the ledger that a kind stands in, its own where it stands in none."""
    ledger = ledger_of(store, kind)
    return ledger.name if ledger else kind.name


def rows_of(store: Store, ledger: Ledger, kind: Kind, key: RecordKey) -> list[Row]:
    """Return the rows of a ledger that a record stands in, each reading with that very record."""
    part = next((part for part in ledger.parts if part.kind is kind), None)
    if part is None:
        return store.rows(ledger, [key])
    record = store.get(kind, key)
    rows = store.rows(ledger, list(_roots(store, ledger, part, record))) if record else []
    return [_reading(ledger, row, part, record) for row in rows if record]


def _roots(store: Store, ledger: Ledger, part: Part, record: Record) -> Iterator[RecordKey]:
    """Yield the roots of the rows that a part stands in."""
    if part.up:
        yield from (r.key for r in store.find(ledger.root, record.key.owner, **{part.up: record.key.id}))
        return
    above = str(record.values.get(part.down))
    if part.of in ("", ledger.root.name):
        yield RecordKey(record.key.owner, above)
        return
    up = next(p for p in ledger.parts if p.kind.name == part.of)
    yield from (r.key for r in store.find(ledger.root, record.key.owner, **{up.up: above}))


def _reading(ledger: Ledger, row: Row, part: Part, record: Record) -> Row:
    return read_with(ledger, row, part, record) if part.down else row


def refuse_new_faults(store: Store, ledger: Ledger, row: Row, values: dict[str, Value]) -> None:
    """Refuse values by which a row would break a rule that it does not break already: one thing is set at a time."""
    before = {(p.code, p.field) for p in findings(store, ledger, row, {}) if p.grade.stops}
    after = [p for p in findings(store, ledger, row, values) if p.grade.stops]
    if new := [p for p in after if (p.code, p.field) not in before or p.field in _heads(ledger, values)]:
        raise Refusal("；".join(p.message for p in new), tuple(new))


def _heads(ledger: Ledger, values: dict[str, Value]) -> set[str]:
    return {ledger.field(name).sheet_name for name in values}


def write_value(store: Store, act: Act, ledger: Ledger | None, at: Place, value: Value) -> None:
    """Write one field of a record of this unit within an act, checked as a form would check it."""
    if at.field == DELETED:
        _erase(store, act, ledger, at) if value else _revive(store, act, at.kind, at.key)
        return
    if ledger and at.field in ledger.by_name and ledger.kind_of(at.field) is at.kind:
        for row in rows_of(store, ledger, at.kind, at.key)[:1]:
            refuse_new_faults(store, ledger, row, {at.field: value})
    act.put(at.kind, at.key, {at.field: value})


def _erase(store: Store, act: Act, ledger: Ledger | None, at: Place) -> None:
    """Delete a record as a clerk deletes it, with what hangs below; one that rows point to goes with their last."""
    part = next((part for part in ledger.parts if part.kind is at.kind), None) if ledger else None
    if ledger and not (part and part.down):
        for row in rows_of(store, ledger, at.kind, at.key):
            remove(store, act, ledger, one(store, ledger, row.key))
    act.delete(at.kind, at.key)


def _revive(store: Store, act: Act, kind: Kind, key: RecordKey) -> None:
    """Let a deleted record live again, and what it points to."""
    record = store.get(kind, key)
    for field in kind.references:
        above = store.catalogue.kinds.get(getattr(field.type, "kind", ""))
        id_ = record.values.get(field.name) if record else None
        if above and id_ and store.get(above, RecordKey(key.owner, str(id_))):
            _revive(store, act, above, RecordKey(key.owner, str(id_)))
    act.put(kind, key, {})
