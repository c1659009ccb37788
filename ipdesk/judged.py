"""Know for counting which records people decided are one, and which not: city figures count the same once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ipdesk.kinds.deciding import VERDICT
from ipdesk.kinds.declare import Kind
from ipdesk.records import RecordKey
from ipdesk.store import Store

SAME, DIFFERENT = "same", "different"
Pair = tuple[RecordKey, RecordKey]


def called(key: RecordKey) -> str:
    """Return a record as verdicts name it: unit/record."""
    return f"{key.owner}/{key.id}"


def key_of(name: str) -> RecordKey:
    """Return the key that a verdict names."""
    owner, _, id_ = name.partition("/")
    return RecordKey(owner, id_)


@dataclass(frozen=True)
class Judged:
    """People that are one or not, as pairs of keys; ``bodies`` gives the code that a body counts under.

    A body is named by its credit code and by its record (``called``), since it may have no code.
    """

    same: tuple[Pair, ...] = ()
    different: frozenset[Pair] = frozenset()
    bodies: Mapping[str, str] = field(default_factory=dict)

    def apart(self, one: RecordKey, other: RecordKey) -> bool:
        """Tell whether two people were decided not to be one."""
        return (one, other) in self.different or (other, one) in self.different


NOTHING = Judged()


def judged(store: Store) -> Judged:
    """Return what was decided in a store."""
    people, bodies = store.catalogue.kinds["person"], ("enterprise", "institution")
    same = tuple(_pairs(store, people, SAME))
    different = frozenset(_pairs(store, people, DIFFERENT))
    found: dict[str, str] = {}
    for name in bodies:
        for pair in _pairs(store, store.catalogue.kinds[name], SAME):
            _join(found, list(_names(store, store.catalogue.kinds[name], pair)))
    return Judged(same, different, found)


def _pairs(store: Store, kind: Kind, outcome: str) -> Iterator[Pair]:
    for record in store.find(VERDICT, kind=kind.name, outcome=outcome):
        yield key_of(str(record.values["first"])), key_of(str(record.values["second"]))


def _names(store: Store, kind: Kind, pair: Pair) -> Iterator[str]:
    """Yield what two bodies go by, their codes first."""
    records = store.get_many(kind, pair)
    yield from sorted(str(r.values["uscc"]) for r in records.values() if r.values.get("uscc"))
    yield from map(called, pair)


def _join(found: dict[str, str], names: list[str]) -> None:
    """Let all these names, and those that went with one of them before, count under one."""
    kept = {found.get(name, name) for name in names}
    one = min(kept, key=lambda name: ("/" in name, name))  # a code before a record's name
    together = [*names, *(name for name, under in found.items() if under in kept)]
    found |= dict.fromkeys(together, one)
