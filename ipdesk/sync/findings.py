"""Find records that two units, or two rows, claim for themselves (rules V12, V23); the city decides whose they are."""

from collections.abc import Iterator
from dataclasses import dataclass

from ipdesk.fields import Uscc
from ipdesk.kinds.declare import Field, Kind, Ledger
from ipdesk.records import Record
from ipdesk.store import Store
from ipdesk.sync.devices import unit_name


@dataclass(frozen=True, slots=True)
class Finding:
    """One record under suspicion: by which rule, for which field, and the sentence for its county."""

    record: Record
    rule: str
    field: str
    message: str


def suspected(store: Store) -> list[Finding]:
    """Return every record whose value another record has that should be its own in the whole city."""
    return [
        found
        for ledger in store.catalogue.ledgers.values()
        for field, rule in _unique(ledger)
        for found in _twins(store, ledger.kind_of(field.name), field, rule)
    ]


def _unique(ledger: Ledger) -> Iterator[tuple[Field, str]]:
    key = ledger.field(ledger.key_field)
    if isinstance(key.type, Uscc):
        yield key, "V23"
    for name, rule in ledger.unique.items():
        yield ledger.field(name), rule


def _twins(store: Store, kind: Kind, field: Field, rule: str) -> Iterator[Finding]:
    for group in store.twins(kind, field.name):
        for record in group:
            yield Finding(record, rule, field.name, _sentence(field, record, group))


def _sentence(field: Field, record: Record, group: list[Record]) -> str:
    shown = field.type.show(field.type.mask(record.values.get(field.name)))
    others = sorted({other.key.owner for other in group} - {record.key.owner})
    if others:
        return f"{'、'.join(map(unit_name, others))}也登记了{field.label}“{shown}”，归属待市局核定"
    return f"本单位有{len(group)}条记录的{field.label}都是“{shown}”，请核对是否重复"
