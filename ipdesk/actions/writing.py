"""Write what was decided about one field of one record: a value, or that it is deleted or lives again."""

from collections.abc import Iterator

from ipdesk.actions.ledger import findings, one
from ipdesk.actions.parts import read_with
from ipdesk.actions.removal import remove
from ipdesk.fields import Value
from ipdesk.kinds.deciding import DELETED
from ipdesk.kinds.declare import Kind, Ledger, Part
from ipdesk.problems import Refusal
from ipdesk.records import Record, RecordKey, Row
from ipdesk.store import Act, Store


def ledger_of(store: Store, kind: Kind, name: str = "") -> Ledger:
    """Return the ledger told, if it has the kind, else the one that a kind is the root or a part of."""
    every = store.catalogue.ledgers
    if name in every and kind in every[name].kinds:
        return every[name]
    roots = [ledger for ledger in every.values() if ledger.root is kind]
    found = roots or [ledger for ledger in every.values() if kind in ledger.kinds]
    if not found:
        raise Refusal(f"“{kind.label}”不在任何台账里，请在填报的地方直接修改")
    return found[0]


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


def write_value(
    store: Store, act: Act, ledger: Ledger, kind: Kind, key: RecordKey, name: str, value: Value
) -> None:
    """Write one field of a record of this unit within an act, checked as a form would check it."""
    if name == DELETED:
        _erase(store, act, ledger, kind, key) if value else act.put(kind, key, {})
        return
    for row in rows_of(store, ledger, kind, key)[:1]:
        if name in ledger.by_name and ledger.kind_of(name) is kind:
            refuse_new_faults(store, ledger, row, {name: value})
    act.put(kind, key, {name: value})


def _erase(store: Store, act: Act, ledger: Ledger, kind: Kind, key: RecordKey) -> None:
    """Delete a record as a clerk deletes it, with what hangs below; one that rows point to goes with their last."""
    part = next((part for part in ledger.parts if part.kind is kind), None)
    if part and part.down:
        act.delete(kind, key)
        return
    for row in rows_of(store, ledger, kind, key):
        remove(store, act, ledger, one(store, ledger, row.key))
    act.delete(kind, key)
