"""Find records that two units, or two rows, claim for themselves (rules V12, V21, V22, V23); the city decides.

What is only a hint (the same name and employer) accuses nobody and is left to ``hinted``. What the city decided is
not suspected again.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ipdesk.fields import Uscc
from ipdesk.judged import SAME
from ipdesk.kinds.declare import Field, Key, Kind, Ledger
from ipdesk.namesakes import named_by_code
from ipdesk.records import Record
from ipdesk.store import Store
from ipdesk.sync.devices import unit_name
from ipdesk.sync.verdicts import Verdicts
from ipdesk.text import company

NAMESAKES, PERSONS, CLAIMED = "V21", "V22", "V23"
SUSPECTED, RETURNED, ACCEPTED = "duplicate", "returned", "accepted"


@dataclass(frozen=True, slots=True)
class Finding:
    """One record under suspicion: by which rule, for which field, the sentence for its county, and the outcome told.

    What was decided has another outcome than a suspicion: a body that another unit got is returned.
    """

    record: Record
    rule: str
    field: str
    message: str
    outcome: str = SUSPECTED


@dataclass(frozen=True, slots=True)
class Group:
    """Records that seem to be one: by which rule, by which fields in common; ``apart`` is one they differ in (V21)."""

    rule: str
    kind: Kind
    fields: tuple[str, ...]
    records: tuple[Record, ...]
    apart: str = ""

    def suspects(self, one: Record, other: Record) -> bool:
        """Tell whether the rule speaks of these two of the group."""
        differs = not self.apart or one.values.get(self.apart) != other.values.get(self.apart)
        return one.key != other.key and differs

    def others(self, record: Record) -> list[Record]:
        """Return those of the group that a record may be the same as."""
        return [other for other in self.records if self.suspects(record, other)]


def suspected(store: Store) -> list[Finding]:
    """Return every record that another one seems to be as well; where several rules say so, the surest comes last."""
    verdicts = Verdicts.of(store)
    return [found for group in groups(store) for found in _findings(group, verdicts)]


def hinted(store: Store) -> list[Finding]:
    """Return people who may be one by the weakest sign only (rule V22: name and employer)."""
    verdicts = Verdicts.of(store)
    return [found for group in weak_groups(store) for found in _findings(group, verdicts)]


def groups(store: Store) -> Iterator[Group]:
    """Yield the groups of records that seem to be one, whatever was decided of them; the surest rule comes last."""
    ledgers = tuple(store.catalogue.ledgers.values())
    for ledger in ledgers:
        yield from _namesakes(store, ledger)
    for kind in _people(store):
        for identity in kind.weaker[:-1]:
            yield from _same(store, kind, identity)
    for kind in _people(store):
        yield from _same(store, kind, kind.identity)
    for ledger in ledgers:
        for field, rule in _unique(ledger):
            yield from _twins(store, ledger.kind_of(field.name), field, rule)


def weak_groups(store: Store) -> Iterator[Group]:
    """Yield the groups of people that have nothing but the weakest sign in common."""
    for kind in _people(store):
        yield from _same(store, kind, kind.weaker[-1])


def _findings(group: Group, verdicts: Verdicts) -> Iterator[Finding]:
    for record in group.records:
        told = [(other, verdicts.about(group.rule, record, other)) for other in group.others(record)]
        decided = [v for _, v in told if v.get("outcome") == SAME]
        open_ones = [other for other, verdict in told if not verdict]
        if decided and group.rule != PERSONS:
            yield _decided(
                group, record, str(decided[0].get("unit") or ""), str(decided[0].get("reason") or "")
            )
        elif open_ones:
            yield Finding(record, group.rule, _field(group), _sentence(group, record, open_ones))


def _field(group: Group) -> str:
    return group.fields[0]


def _decided(group: Group, record: Record, unit: str, reason: str) -> Finding:
    """Return what a county is told of a verdict: whose a body is, or that it is one with another."""
    why = f"（{reason}）" if reason else ""
    if not unit:
        message = f"市局认定与另一条是同一个{why}，请改正或删除多余的一条"
        return Finding(record, group.rule, _field(group), message)
    mine = unit == record.key.owner
    told = "归本单位" if mine else f"归{unit_name(unit)}"
    after = "" if mine else "，请删除这一条，或按更正意见答复"
    message = f"归属经市局核定{told}{why}{after}"
    return Finding(record, group.rule, _field(group), message, ACCEPTED if mine else RETURNED)


def _sentence(group: Group, record: Record, others: Sequence[Record]) -> str:
    if group.rule == NAMESAKES:
        return _other_code(group, record, others[0])
    if group.rule == PERSONS:
        return _same_person(group, record, others)
    return _same_number(group, record, others)


# ---------------------------------------------------------------- by the same name, with another code


def _namesakes(store: Store, ledger: Ledger) -> Iterator[Group]:
    """Find those of one name under several credit codes (rule V21)."""
    about = named_by_code(ledger)
    if about is None:
        return
    kind, name, code = about
    named: dict[str, list[Record]] = {}
    for record in store.find(kind):
        if record.values.get(name.name) and record.values.get(code.name):
            named.setdefault(company(str(record.values[name.name])), []).append(record)
    for alike in named.values():
        if len({record.values[code.name] for record in alike}) > 1:
            yield Group(NAMESAKES, kind, (name.name,), tuple(alike), code.name)


def _other_code(group: Group, record: Record, other: Record) -> str:
    where = "本单位" if other.key.owner == record.key.owner else unit_name(other.key.owner)
    told = f"“{other.values[_field(group)]}”，信用代码是{other.values[group.apart]}"
    return f"{where}登记的{told}，疑似同一家，请核对代码"


# ---------------------------------------------------------------- the same person


def _people(store: Store) -> Iterator[Kind]:
    """Yield the kinds whose records are known by stronger and weaker signs."""
    return (kind for kind in store.catalogue.travelling if kind.weaker)


def _same(store: Store, kind: Kind, identity: Sequence[Key]) -> Iterator[Group]:
    """Find people with all these signs in common (rule V22), by the sign that fewest share."""
    names = tuple(part.field for part in identity)
    for group in store.twins(kind, names[-1]):
        whole = [record for record in group if all(record.values.get(name) is not None for name in names)]
        for alike in _alike(whole, names):
            yield Group(PERSONS, kind, names, tuple(alike))


def _alike(records: Iterable[Record], names: Sequence[str]) -> Iterator[list[Record]]:
    """Yield the groups of two and more that agree in all these fields."""

    def signs(record: Record) -> tuple[str, ...]:
        return tuple(str(record.values[name]) for name in names)

    for _, group in groupby(sorted(records, key=signs), key=signs):
        if len(alike := list(group)) > 1:
            yield alike


def _same_person(group: Group, record: Record, others: Sequence[Record]) -> str:
    labels = "、".join(group.kind.by_name[name].label for name in group.fields)
    owners = sorted({other.key.owner for other in others} - {record.key.owner})
    who = f"{'、'.join(map(unit_name, owners))}也登记了" if owners else "本单位另有"
    return f"{who}{labels}相同的人，疑似同一人，请核对"


# ---------------------------------------------------------------- the same number


def _unique(ledger: Ledger) -> Iterator[tuple[Field, str]]:
    key = ledger.field(ledger.key_field)
    if isinstance(key.type, Uscc):
        yield key, CLAIMED
    for name, rule in ledger.unique.items():
        yield ledger.field(name), rule


def _twins(store: Store, kind: Kind, field: Field, rule: str) -> Iterator[Group]:
    for alike in store.twins(kind, field.name):
        yield Group(rule, kind, (field.name,), tuple(alike))


def _same_number(group: Group, record: Record, others: Sequence[Record]) -> str:
    field = group.kind.by_name[_field(group)]
    shown = field.type.show(field.type.mask(record.values.get(field.name)))
    owners = sorted({other.key.owner for other in others} - {record.key.owner})
    if owners:
        return f"{'、'.join(map(unit_name, owners))}也登记了{field.label}“{shown}”，归属待市局核定"
    return f"本单位有{len(others) + 1}条记录的{field.label}都是“{shown}”，请核对是否重复"
