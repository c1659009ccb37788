"""List for the city's desk the pairs of records that look like one, with why, and what was decided of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, islice

from ipdesk.kinds.declare import Kind, Values
from ipdesk.records import Record
from ipdesk.store import Store
from ipdesk.sync.devices import unit_name
from ipdesk.sync.findings import CLAIMED, NAMESAKES, Group, groups, weak_groups
from ipdesk.sync.identity import digest_of, shortened
from ipdesk.sync.likeness import alike, known
from ipdesk.sync.naming import Names, shown
from ipdesk.sync.verdicts import Verdicts, pair_of

OPEN = "open"
SURE, WEAK = 100, 60
LIKE = "like"  # the rule of hints by points
_MOST = 20  # of a group whose every pair is listed; who has more decides them a few at a time


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that look like one: by which rule and fields, why in words, how surely (points out of 100).

    A ``hint`` is never told to a county. ``state`` is open, same or different; ``owner`` whose it is where two units
    claimed it.
    """

    id: str
    digest: str
    rule: str
    kind: Kind
    fields: tuple[str, ...]
    first: Record
    second: Record
    first_name: str
    second_name: str
    why: str
    score: int
    hint: bool
    state: str
    owner: str
    reason: str
    decided_at: str
    decided_by: str

    @property
    def units(self) -> tuple[str, ...]:
        """Return whose records they are."""
        return tuple(dict.fromkeys((self.first.key.owner, self.second.key.owner)))

    @property
    def needs_unit(self) -> bool:
        """Tell whether "the same" must say whose it is (归属冲突)."""
        return self.rule == CLAIMED and len(self.units) > 1


@dataclass(frozen=True, slots=True)
class _Found:
    rule: str
    kind: Kind
    fields: tuple[str, ...]
    first: Record
    second: Record
    why: str
    score: int = SURE
    hint: bool = False

    @property
    def digest(self) -> str:
        return digest_of(self.rule, self.kind.name, *pair_of(self.first.key, self.second.key))


def pairs(store: Store, *, hints: bool = True) -> list[Pair]:
    """Return the pairs, those not decided first, the surest first; without ``hints`` only what rules suspect."""
    found = {one.digest: one for one in _sure(store)}
    if hints:
        seen = known((one.first, one.second) for one in found.values())
        for one in (*_weak(store), *_likely(store)):
            if frozenset((one.first.key, one.second.key)) not in seen:
                seen |= known([(one.first, one.second)])
                found[one.digest] = one
    ids, names, verdicts = shortened(found), Names(store), Verdicts.of(store)
    every = [
        _pair(one, ids, names, verdicts.about(one.rule, one.first, one.second)) for one in found.values()
    ]
    return sorted(every, key=lambda pair: (pair.state != OPEN, pair.hint, -pair.score, pair.digest))


def _pair(one: _Found, ids: dict[str, str], names: Names, verdict: Values) -> Pair:
    def said(column: str) -> str:
        return str(verdict.get(column) or "")

    return Pair(
        id=ids[one.digest],
        digest=one.digest,
        rule=one.rule,
        kind=one.kind,
        fields=one.fields,
        first=one.first,
        second=one.second,
        first_name=names.of(one.kind, one.first),
        second_name=names.of(one.kind, one.second),
        why=one.why,
        score=one.score,
        hint=one.hint,
        state=said("outcome") or OPEN,
        owner=said("unit"),
        reason=said("reason"),
        decided_at=said("decided_at"),
        decided_by=said("decided_by"),
    )


def _sure(store: Store) -> Iterator[_Found]:
    for group in groups(store):
        yield from _of_group(group, SURE, hint=False)


def _weak(store: Store) -> Iterator[_Found]:
    for group in weak_groups(store):
        yield from _of_group(group, WEAK, hint=True)


def _of_group(group: Group, score: int, *, hint: bool) -> Iterator[_Found]:
    for one, other in combinations(islice(group.records, _MOST), 2):
        if group.suspects(one, other):
            first, second = sorted((one, other), key=lambda record: record.key)
            why = _why(group, first, second)
            yield _Found(group.rule, group.kind, group.fields, first, second, why, score, hint)


def _why(group: Group, record: Record, other: Record) -> str:
    told = [group.kind.by_name[name] for name in group.fields]
    words = "、".join(f"{field.label}（{shown(field, record)}）" for field in told)
    if group.rule == NAMESAKES:
        differ = any(shown(field, record) != shown(field, other) for field in told)
        return f"{told[0].label}只差写法，信用代码不同" if differ else f"{words}相同，信用代码不同"
    owners = {other.key.owner for other in group.records}
    who = "、".join(unit_name(owner) for owner in sorted(owners))
    return f"{words}相同，{who}{'都' if len(owners) > 1 else ''}有登记"


def _likely(store: Store) -> Iterator[_Found]:
    for one in alike(store):
        first, second = sorted((one.first, one.second), key=lambda record: record.key)
        yield _Found(LIKE, one.kind, (), first, second, one.why, one.score, hint=True)
