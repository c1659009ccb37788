"""Remember outside the stores which version of a record came from which, so that nothing can be lost unseen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from db.store import SqlStore
from ipdesk.kinds.deciding import CONFLICT, IMAGE
from ipdesk.kinds.declare import Kind, Values
from ipdesk.kinds.sync import PACKAGE
from ipdesk.records import Record
from ipdesk.sync.rows import stamp

Node = tuple[str, str]  # a record's id and one of its versions
GONE = ""  # what is deleted says nothing
WORD = "remark"  # the field whose words are followed


def node(record: Record) -> Node:
    """Return how a version of a record is named here."""
    return record.key.id, stamp(record.version)


@dataclass
class Truth:
    """What was typed, from what, and which versions each package carried."""

    parents: dict[Node, set[Node]] = field(default_factory=dict)
    words: dict[Node, str] = field(default_factory=dict)
    carried: dict[str, set[Node]] = field(default_factory=dict)
    undone: set[Node] = field(default_factory=set)
    deletions: set[Node] = field(default_factory=set)

    def typed(self, before: Mapping[str, Record], after: Iterable[Record]) -> None:
        """Note what somebody wrote knowing what stood there before."""
        for record in after:
            self._note(record, before.get(record.key.id))

    def returned(self, after: Iterable[Record]) -> None:
        """Note what the city gave back: it comes from the version of the life that wrote it."""
        for record in after:
            self._note(record, None)
            if record.previous:
                self.parents[node(record)].add((record.key.id, stamp(record.previous)))

    def _note(self, record: Record, before: Record | None) -> None:
        here = node(record)
        self.words[here] = GONE if record.deleted else str(record.values.get(WORD) or "")
        self.deletions |= {here} if record.deleted else set()
        known = self.parents.setdefault(here, set())
        if before is not None and node(before) != here:
            known.add(node(before))

    def sent(self, digest: str, rows: Iterable[Record]) -> None:
        """Note what a package carries."""
        self.carried[digest] = {node(record) for record in rows}

    def forgive(self, city: SqlStore, batch: object) -> None:
        """Note what the city is about to undo of its own will."""
        rows = (r.values for r in city.find(IMAGE, batch=str(batch)))
        self.undone |= {(str(row["record"]), str(row["version"])) for row in rows}

    def lost(self, counties: list[SqlStore], city: SqlStore) -> list[tuple[Node, str]]:
        """Return the words that arrived and are neither in the state, nor superseded knowingly, nor listed."""
        stands = {node(r) for c in counties for k in c.catalogue.travelling for r in own(c, k).values()}
        listed = [record.values for store in (*counties, city) for record in store.find(CONFLICT)]
        arrived = self._arrived(city)
        ends = stands | _versions(listed)
        deletions = {one for one in arrived if one in self.deletions}  # they supersede what they knew of
        kept, alive = self._known_to(ends | deletions), {id_ for id_, _ in stands - self.deletions}
        known = _values(listed) | {self.words.get(one, "") for one in kept}
        lost = [
            (one, self.words[one])
            for one in sorted(arrived - self.undone)
            if one not in kept and self.words.get(one) and self.words[one] not in known
        ]
        back = sorted(
            deletions - self.undone - self._known_to(ends)
        )  # a deletion itself is lost where the record lives
        return lost + [(one, GONE) for one in back if one[0] in alive]

    def _arrived(self, city: SqlStore) -> set[Node]:
        rows = (r.values for r in city.find(PACKAGE, direction="in", type="package"))
        taken = [str(row["digest"]) for row in rows if not row.get("quarantined")]
        return set().union(*(self.carried[digest] for digest in taken))

    def _known_to(self, ends: set[Node]) -> set[Node]:
        """Return some versions and all that they came from."""
        found: set[Node] = set()
        while ends:
            found |= ends
            ends = set().union(*(self.parents.get(one, set()) for one in ends)) - found
        return found


def _versions(conflicts: Iterable[Values]) -> set[Node]:
    names = ("held_version", "other_version")
    return {(str(row["record"]), str(row[name])) for row in conflicts for name in names}


def _values(conflicts: Iterable[Values]) -> set[str]:
    return {str(row.get(name)).strip('"') for row in conflicts for name in ("base", "held", "other")}


def own(store: SqlStore, kind: Kind, lsn: int = 0) -> dict[str, Record]:
    """Return a unit's own records above a log number by id, deleted ones too."""
    return {r.key.id: r for r in store.changed_since(kind, store.office.unit_code, lsn)}
