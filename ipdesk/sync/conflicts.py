"""Find and keep what two lives of a county wrote without knowing of each other; a person decides (sync rule 7)."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ipdesk.clock import now
from ipdesk.kinds.deciding import CONFLICT, DELETED
from ipdesk.kinds.declare import Kind, Values
from ipdesk.records import Record
from ipdesk.store import Act, Store
from ipdesk.sync.rows import stamp

OPEN = "open"


@dataclass(frozen=True, slots=True)
class Clash:
    """Two versions of a record by lives that did not know of each other: the one that stands, the other, the base."""

    stands: Record
    other: Record
    base: Record | None

    @property
    def fields(self) -> list[str]:
        """Return the names of the fields in which the other one changed what is not so here.

        Where only the other one is deleted, that alone (``_deleted``) is asked about; where only the one that
        stands is, that and whatever the other one changed.
        """
        ours, theirs, before = told(self.stands), told(self.other), told(self.base) if self.base else None
        if DELETED in self._differing(ours, theirs) and self.other.deleted:
            return [DELETED] if before != theirs else []
        if self.stands.deleted and theirs == before:
            return []
        held = {**self.stands.values, DELETED: False} if self.stands.deleted else ours
        changed = [n for n in self._differing(held, theirs) if not before or theirs.get(n) != before.get(n)]
        return [DELETED, *changed] if self.stands.deleted else changed

    @staticmethod
    def _differing(ours: Values, theirs: Values) -> list[str]:
        return [n for n in dict.fromkeys((*ours, *theirs)) if ours.get(n) != theirs.get(n)]


def told(record: Record) -> Values:
    """Return a record's values with its deletion among them; a deleted one has nothing else to differ in."""
    return {DELETED: True} if record.deleted else {**record.values, DELETED: False}


def knows(newer: Record, older: Record) -> bool:
    """Tell whether a record was written by a life that knew of another version of it."""
    origin = newer.previous
    if newer.version.epoch == older.version.epoch:
        return True
    return (
        origin is not None and origin.epoch == older.version.epoch and origin.number >= older.version.number
    )


def clash(store: Store, kind: Kind, held: Record | None, brought: Record) -> Clash | None:
    """Return how a brought record clashes with the one held here, ``None`` when one of them knows of the other.

    A version whose life wrote the record again since, as far as was ever seen here, is superseded.
    """
    if held is None or not held.version.number or told(held) == told(brought):
        return None
    newer, older = (brought, held) if brought.version > held.version else (held, brought)
    if knows(newer, older) or knows(older, newer):
        return None
    stages = store.logged(kind, held.key)
    if older is brought and any(_supersedes(stage, brought) for stage in stages):
        return None
    found = Clash(newer, older, base(stages, newer))
    return found if found.fields else None


def _supersedes(stage: Record, brought: Record) -> bool:
    same_life = stage.version.epoch == brought.version.epoch
    return same_life and stage.version.number >= brought.version.number


def base(stages: Iterable[Record], newer: Record) -> Record | None:
    """Return the version that a newer one came from, as far as the log knows it."""
    return next((stage for stage in stages if stage.version == newer.previous), None)


def keep(store: Store, act: Act, kind: Kind, found: Iterable[Clash]) -> None:
    """Keep clashes as open conflicts, one a field; those kept before stay as they are, decided or not."""
    act.upsert(CONFLICT, [row for one in found for row in rows(kind, one) if not _kept(store, row)])


def _kept(store: Store, row: Values) -> bool:
    return bool(store.find(CONFLICT, None, **{key.field: row[key.field] for key in CONFLICT.identity}))


def rows(kind: Kind, one: Clash) -> Iterator[Values]:
    """Yield the conflicts of a clash."""
    ours = {**one.stands.values, **told(one.stands)}
    theirs, before = told(one.other), told(one.base) if one.base else {}
    for name in one.fields:
        yield {
            "unit": one.stands.key.owner,
            "kind": kind.name,
            "record": one.stands.key.id,
            "field": name,
            "base": _json(before.get(name)),
            "held": _json(ours.get(name)),
            "held_version": stamp(one.stands.version),
            "held_at": one.stands.at,
            "other": _json(theirs.get(name)),
            "other_version": stamp(one.other.version),
            "other_at": one.other.at,
            "found_at": now(),
            "state": OPEN,
        }


def _json(value: object) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)


def unsettled(store: Store) -> list[Values]:
    """Return the open conflicts, oldest first."""
    return [record.values for record in store.find(CONFLICT, state=OPEN)]
