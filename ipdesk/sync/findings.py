"""Find records that two units, or two rows, claim for themselves (rules V12, V21, V22, V23); the city decides.

What is only a hint (the same name and employer) accuses nobody and is left to ``hinted``.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ipdesk.fields import Uscc
from ipdesk.kinds.declare import Field, Key, Kind, Ledger
from ipdesk.namesakes import named_by_code
from ipdesk.records import Record
from ipdesk.store import Store
from ipdesk.sync.devices import unit_name
from ipdesk.text import company


@dataclass(frozen=True, slots=True)
class Finding:
    """One record under suspicion: by which rule, for which field, and the sentence for its county."""

    record: Record
    rule: str
    field: str
    message: str


def suspected(store: Store) -> list[Finding]:
    """Return every record that another one seems to be as well; where several rules say so, the surest comes last."""
    ledgers = tuple(store.catalogue.ledgers.values())
    return [
        *(found for ledger in ledgers for found in _namesakes(store, ledger)),
        *(
            found
            for kind in _people(store)
            for identity in kind.weaker[:-1]
            for found in _same(store, kind, identity)
        ),
        *(found for kind in _people(store) for found in _same(store, kind, kind.identity)),
        *(
            found
            for ledger in ledgers
            for field, rule in _unique(ledger)
            for found in _twins(store, ledger.kind_of(field.name), field, rule)
        ),
    ]


def hinted(store: Store) -> list[Finding]:
    """Return people who may be one by the weakest sign only (rule V22: name and employer)."""
    return [found for kind in _people(store) for found in _same(store, kind, kind.weaker[-1])]


def _people(store: Store) -> Iterator[Kind]:
    """Yield the kinds whose records are known by stronger and weaker signs."""
    return (kind for kind in store.catalogue.travelling if kind.weaker)


def _namesakes(store: Store, ledger: Ledger) -> Iterator[Finding]:
    """Find those of one name under several credit codes (rule V21)."""
    about = named_by_code(ledger)
    if about is None:
        return
    kind, name, code = about
    named: dict[str, list[Record]] = {}
    for record in store.find(kind):
        if record.values.get(name.name) and record.values.get(code.name):
            named.setdefault(company(str(record.values[name.name])), []).append(record)
    for group in named.values():
        if len({record.values[code.name] for record in group}) > 1:
            for record in group:
                yield Finding(record, "V21", name.name, _other_code(record, group, name, code))


def _other_code(record: Record, group: Sequence[Record], name: Field, code: Field) -> str:
    other = next(o for o in group if o.values[code.name] != record.values[code.name])
    where = "本单位" if other.key.owner == record.key.owner else unit_name(other.key.owner)
    told = f"“{other.values[name.name]}”，信用代码是{other.values[code.name]}"
    return f"{where}登记的{told}，疑似同一家，请核对代码"


def _same(store: Store, kind: Kind, identity: Sequence[Key]) -> Iterator[Finding]:
    """Find people with all these signs in common (rule V22), by the sign that fewest share."""
    names = [part.field for part in identity]
    for group in store.twins(kind, names[-1]):
        whole = [record for record in group if all(record.values.get(name) is not None for name in names)]
        for alike in _alike(whole, names):
            for record in alike:
                yield Finding(record, "V22", names[0], _same_person(kind, record, alike, names))


def _alike(records: Iterable[Record], names: Sequence[str]) -> Iterator[list[Record]]:
    """Yield the groups of two and more that agree in all these fields."""

    def signs(record: Record) -> tuple[str, ...]:
        return tuple(str(record.values[name]) for name in names)

    for _, group in groupby(sorted(records, key=signs), key=signs):
        if len(alike := list(group)) > 1:
            yield alike


def _same_person(kind: Kind, record: Record, alike: Sequence[Record], names: Sequence[str]) -> str:
    labels = "、".join(kind.by_name[name].label for name in names)
    others = sorted({other.key.owner for other in alike} - {record.key.owner})
    who = f"{'、'.join(map(unit_name, others))}也登记了" if others else "本单位另有"
    return f"{who}{labels}相同的人，疑似同一人，请核对"


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
