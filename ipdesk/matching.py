"""Find what a flat row is the same as in the store (design: intake), and write it there without clearing anything."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Literal, NamedTuple

from ipdesk.fields import Ref, Value
from ipdesk.kinds.declare import Key, Kind, Ledger, Values
from ipdesk.problems import Grade, Problem
from ipdesk.records import Record, RecordKey, Row
from ipdesk.store import Act, Store

Outcome = Literal["added", "updated", "unchanged"]


class Match(NamedTuple):
    """What a flat row is the same as: the record of each kind, ``None`` where there is none yet.

    ``others`` are records that were looked at and are not the same, of kinds with weaker identities (people).
    """

    records: Mapping[str, Record | None]
    values: Mapping[str, dict[str, object]]
    others: Mapping[str, tuple[Record, ...]] = MappingProxyType({})


def filled(values: Values) -> dict[str, object]:
    """Return the values that say something: an empty cell never clears one."""
    return {name: value for name, value in values.items() if value is not None}


def same(kind: Kind, values: Values, candidates: Iterable[Record]) -> Record | None:
    """Return the candidate with the same identity, by the strongest that says something (rule V22 for people)."""
    left = list(candidates)
    for place, identity in enumerate(kind.identities):
        found = _by_weaker(kind, place, values, left) if place else _by(identity, values, left)
        if found:
            return found
        left = [c for c in left if not _contradicts(identity, c.values, values)]
    return None


def _by(identity: Sequence[Key], values: Values, candidates: Iterable[Record]) -> Record | None:
    """Return the candidate that agrees; an empty optional part matches the only one there is."""
    asked = [k for k in identity if not k.optional]
    if all(values.get(k.field) is None for k in identity):
        return None
    alike = [c for c in candidates if all(k.of(c.values) == k.of(values) for k in asked)]
    free = [k for k in identity if k.optional]
    exact = [c for c in alike if all(k.of(c.values) == k.of(values) for k in free)]
    fitting = [
        c for c in alike if all(None in (a := k.of(c.values), b := k.of(values)) or a == b for k in free)
    ]
    if exact:
        return exact[0]
    return fitting[0] if len(fitting) == 1 else None


def _by_weaker(kind: Kind, place: int, values: Values, candidates: Iterable[Record]) -> Record | None:
    """Return the candidate that agrees in every part; of several the one that says as little as the row."""
    if any(k.of(values) is None for k in kind.identities[place]):
        return None
    alike = [c for c in candidates if all(k.of(c.values) == k.of(values) for k in kind.identities[place])]
    stronger = [k for identity in kind.identities[:place] for k in identity]
    bare = [c for c in alike if all((k.of(c.values) is None) == (k.of(values) is None) for k in stronger)]
    if bare:
        return bare[0]
    return alike[0] if len(alike) == 1 else None


def _contradicts(identity: Sequence[Key], one: Values, other: Values) -> bool:
    """Tell whether both sides say who they are and do not agree."""
    pairs = [(k.of(one), k.of(other)) for k in identity]
    return all(None not in pair for pair in pairs) and any(a != b for a, b in pairs)


def handles(kind: Kind, values: Values) -> dict[str, Value]:
    """Return by what the same record can be looked up: for each identity its first part that says something.

    A kind that belongs to another (a case to its enterprise) is nothing without it.
    """
    found: dict[str, Value] = {}
    for identity in kind.identities:
        owned = isinstance(kind.by_name[identity[0].field].type, Ref)
        filled_in = [k.field for k in identity if values.get(k.field) is not None]
        if filled_in and (not owned or filled_in[0] == identity[0].field):
            found[filled_in[0]] = values[filled_in[0]]
    return found


class Matcher:
    """Matches flat rows of one ledger against this unit's own records."""

    def __init__(self, store: Store, ledger: Ledger) -> None:
        """Keep the store and the ledger; nothing is read ahead."""
        self._store, self.ledger, self._owner = store, ledger, store.office.unit_code

    def match(self, values: Values) -> Match:
        """Return the records of each kind that the row is the same as, with the row's filled values by kind."""
        parts: dict[str, dict[str, object]] = dict(self.ledger.split(filled(values)))  # type: ignore[arg-type]
        found: dict[str, Record | None] = {}
        others: dict[str, tuple[Record, ...]] = {}
        for kind in self.ledger.kinds:
            keys = {n: r.key for n, r in found.items() if r}
            linked: Values = {**parts.get(kind.name, {}), **links(kind, keys)}  # type: ignore[dict-item]
            candidates = self._candidates(kind, linked)
            own = [c for c in candidates if c.key.owner == self._owner]
            found[kind.name] = record = same(kind, linked, own) or self._nameless(kind, linked)
            if kind.weaker:
                others[kind.name] = tuple(c for c in candidates if c is not record)
        return Match(found, parts, others)

    def _candidates(self, kind: Kind, values: Values) -> list[Record]:
        """Return the unit's own records that may be the same; of people those of every unit, to be doubted."""
        found = {
            record.key: record
            for name, value in handles(kind, values).items()
            for record in self._store.find(kind, None if kind.weaker else self._owner, **{name: value})
        }
        return list(found.values())

    def _nameless(self, kind: Kind, values: Values) -> Record | None:
        """Return the record that says just as little of itself: a class of which only the organiser is told."""
        names = {k.field for k in kind.identity}
        owned = any(f.name in names for f in kind.references)
        if owned or not values or any(values.get(name) is not None for name in names) or kind.weaker:
            return None
        nothing: Values = dict.fromkeys(names)
        return next(iter(self._store.find(kind, self._owner, **{**nothing, **values})), None)

    def differences(self, match: Match) -> dict[str, tuple[object, object]]:
        """Return what the row would change: field → (before, after)."""
        return {
            name: (held.values.get(name) if held else None, value)
            for kind, values in match.values.items()
            for held in (match.records.get(kind),)
            for name, value in values.items()
            if held is None or held.values.get(name) != value
        }

    def outcome(self, match: Match) -> Outcome:
        """Return what writing the row would do."""
        if match.records[self.ledger.root.name] is None:
            return "added"
        return "updated" if self.differences(match) else "unchanged"

    def write(self, act: Act, values: Values) -> tuple[Outcome, RecordKey]:
        """Write a flat row to the records it is the same as, adding those that are missing."""
        match = self.match(values)
        outcome, keys = self.outcome(match), {n: r.key for n, r in match.records.items() if r}
        for kind in self.ledger.kinds:
            part = match.values.get(kind.name, {})
            if kind.name in keys:
                act.put(kind, keys[kind.name], part)  # type: ignore[arg-type]
            elif part or kind is self.ledger.root:
                keys[kind.name] = act.add(kind, {**links(kind, keys), **part})  # type: ignore[dict-item]
        return outcome, keys[self.ledger.root.name]

    def taken(self, values: Values, row: Row | None = None) -> list[Problem]:
        """Return a finding for each unique value that another key already has (rule V12: certificate numbers).

        ``row`` is what the values are to stand in: what it holds itself is nobody else's, under whatever key.
        """
        return [
            Problem(rule, name, self._taken_by(name, value, other), Grade.ERROR)
            for name, rule in self.ledger.unique.items()
            if (value := values.get(name)) is not None
            for other in self._others(name, value, values, row)[:1]
        ]

    def _others(self, name: str, value: object, values: Values, row: Row | None) -> list[Values]:
        key = self.ledger.key_field
        keyed = self.ledger.kind_of(key).name
        own = row.parts.get(keyed) if row else None
        return [
            other.values
            for other in self._holders(name, value)
            if other.values.get(key) != values.get(key) and (own is None or other.parts.get(keyed) != own)
        ]

    def _holders(self, name: str, value: object) -> list[Row]:
        kind = self.ledger.kind_of(name)
        records = self._store.find(kind, **{name: value})  # type: ignore[arg-type]
        return self._store.rows(self.ledger, [r.key for r in records])

    def _taken_by(self, name: str, value: object, other: Values) -> str:
        label, holder = self.ledger.field(name).label, self.ledger.called(other)
        return f"{label}“{value}”已被“{holder}”使用，请核对证书"


def links(kind: Kind, keys: Mapping[str, RecordKey]) -> dict[str, str]:
    """Return the values of a kind's links to records already known."""
    return {
        f.name: keys[f.type.kind].id
        for f in kind.references
        if isinstance(f.type, Ref) and f.type.kind in keys
    }
