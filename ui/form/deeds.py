"""What the form asks of the store's thread."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ipdesk.actions import ledger as deeds
from ipdesk.fields import Value
from ipdesk.kinds.declare import Ledger
from ipdesk.matching import filled
from ipdesk.problems import Problem, Refusal
from ipdesk.records import RecordKey, Row
from ipdesk.store import Store

SOURCE = "表单"


@dataclass(frozen=True, slots=True)
class Saved:
    """What saving led to: the record, whether anything changed, and what is worth another look."""

    row: Row
    changed: bool
    added: bool = False
    remarks: list[Problem] = field(default_factory=list)


def save(store: Store, ledger: Ledger, key: RecordKey | None, entries: Mapping[str, object]) -> Saved:
    """Write what was typed: a new row without a key. Every finding that stops it comes in one ``Refusal``."""
    held = dict(deeds.one(store, ledger, key).values) if key else {}
    unit = held.get(ledger.unit_field) or deeds.own_unit(store.office)
    values, problems = deeds.read(ledger, entries, str(unit) if unit else None)
    after: dict[str, Value] = {**held, **values}
    unread = {ledger.field(p.field).name for p in problems}
    found = [
        p for p in deeds.check(store, ledger, _present(after)) if ledger.field(p.field).name not in unread
    ]
    stopping = [*problems, *(p for p in found if p.grade.stops)]
    if stopping:
        raise Refusal("；".join(p.message for p in stopping), tuple(stopping))
    return _written(store, ledger, key, values, [p for p in found if not p.grade.stops])


def _present(values: Mapping[str, Value]) -> dict[str, Value]:
    return {name: values[name] for name in filled(values)}


def _written(
    store: Store, ledger: Ledger, key: RecordKey | None, values: Mapping[str, Value], remarks: list[Problem]
) -> Saved:
    if key is None:
        key = deeds.add(store, ledger, _present(values), SOURCE)
        return Saved(shown(store, ledger, key), True, True, remarks=remarks)
    changed = deeds.change(store, ledger, key, values, SOURCE)
    return Saved(shown(store, ledger, key), changed, remarks=remarks)


def shown(store: Store, ledger: Ledger, key: RecordKey) -> Row:
    """Return a row as anyone may see it."""
    row = deeds.one(store, ledger, key)
    return Row(row.key, deeds.masked(ledger, row.values), row.parts, row.lsn)


def shown_if_there(store: Store, ledger: Ledger, key: RecordKey) -> Row | None:
    """Return a row as anyone may see it, ``None`` when it is gone."""
    return shown(store, ledger, key) if store.rows(ledger, [key]) else None


def reveal(store: Store, ledger: Ledger, key: RecordKey, name: str) -> Value:
    """Return a personal value in full; that it was looked at is logged."""
    return deeds.reveal(store, ledger, key, name, SOURCE)
