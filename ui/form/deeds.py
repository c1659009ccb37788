"""What the form asks of the store's thread."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from ipdesk.actions import ledger as deeds
from ipdesk.actions import parts
from ipdesk.actions.parts import Chosen
from ipdesk.fields import Value
from ipdesk.kinds.declare import Ledger, Part
from ipdesk.matching import filled
from ipdesk.problems import Problem, Refusal
from ipdesk.records import Record, RecordKey, Row
from ipdesk.store import Store

SOURCE = "表单"
NEWEST: Chosen = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Saved:
    """What saving led to: the record, whether anything changed, and what is worth another look."""

    row: Row
    changed: bool
    added: bool = False
    remarks: list[Problem] = field(default_factory=list)


def save(
    store: Store,
    ledger: Ledger,
    key: RecordKey | None,
    entries: Mapping[str, object],
    chosen: Chosen = NEWEST,
) -> Saved:
    """Write what was typed: a new row without a key, else with the parts ``chosen``.

    Every finding that stops it comes in one ``Refusal``.
    """
    row = parts.at(store, ledger, deeds.one(store, ledger, key), chosen) if key else None
    held = dict(row.values) if row else {}
    unit = held.get(ledger.unit_field) or deeds.own_unit(store.office)
    values, problems = deeds.read(ledger, entries, str(unit) if unit else None)
    after: dict[str, Value] = {**held, **values}
    unread = {ledger.field(p.field).name for p in problems}
    found = [
        p
        for p in deeds.check(store, ledger, _present(after), row)
        if ledger.field(p.field).name not in unread
    ]
    stopping = [*problems, *(p for p in found if p.grade.stops)]
    if stopping:
        raise Refusal("；".join(p.message for p in stopping), tuple(stopping))
    return _written(store, ledger, row, values, [p for p in found if not p.grade.stops])


def _present(values: Mapping[str, Value]) -> dict[str, Value]:
    return {name: values[name] for name in filled(values)}


def _written(
    store: Store, ledger: Ledger, row: Row | None, values: Mapping[str, Value], remarks: list[Problem]
) -> Saved:
    if row is None:
        key = deeds.add(store, ledger, _present(values), SOURCE)
        return Saved(shown(store, ledger, key), True, True, remarks=remarks)
    changed = deeds.change_row(store, ledger, row, values, SOURCE)
    after = parts.meant(store, ledger, deeds.one(store, ledger, row.key), {**row.values, **values})
    return Saved(shown(store, ledger, row.key, parts.chosen_in(ledger, after)), changed, remarks=remarks)


def shown(store: Store, ledger: Ledger, key: RecordKey, chosen: Chosen = NEWEST) -> Row:
    """Return a row as anyone may see it, with the parts chosen as far as they are there, else the newest."""
    row, there = deeds.one(store, ledger, key), {}
    for part in ledger.many:
        found = chosen.get(part.kind.name)
        if found and found in [record.key for record in parts.of(store, ledger, row, part)]:
            there[part.kind.name] = found
    row = parts.at(store, ledger, row, there)
    return Row(row.key, deeds.masked(ledger, row.values), row.parts, row.lsn)


def shown_parts(store: Store, ledger: Ledger, row: Row, part: Part) -> list[Record]:
    """Return the parts of a row as anyone may see them, newest first."""
    own = ledger.fields_of(part.kind)
    return [
        replace(r, values={f.name: f.type.mask(r.values[f.name]) for f in own if f.name in r.values})
        for r in parts.of(store, ledger, row, part)
    ]


def shown_again(store: Store, ledger: Ledger, row: Row) -> Row | None:
    """Return a row anew, with the same parts as far as they are there; ``None`` when it is gone."""
    there = store.rows(ledger, [row.key])
    return shown(store, ledger, row.key, parts.chosen_in(ledger, row)) if there else None


def reveal(store: Store, ledger: Ledger, key: RecordKey, name: str) -> Value:
    """Return a personal value in full; that it was looked at is logged."""
    return deeds.reveal(store, ledger, key, name, SOURCE)
