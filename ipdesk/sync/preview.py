"""Say what taking a package in would change, before anything is changed."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from ipdesk.kinds.declare import Kind
from ipdesk.records import Record, RecordKey
from ipdesk.store import Store
from ipdesk.sync.carried import Carried
from ipdesk.sync.conflicts import clash
from ipdesk.sync.container import Container
from ipdesk.sync.doubts import Doubt
from ipdesk.sync.naming import Names, shown
from ipdesk.sync.rows import records

CHUNK = 500
MOST_ROWS = 500
ADDED, CHANGED, DELETED, UNCHANGED = "added", "changed", "deleted", "unchanged"
RENEWED = (
    "renewed"  # a newer version that says the same: a county that went back writes all of its records anew
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A record as a package brings it, beside what is held here."""

    held: Record | None
    brought: Record

    @property
    def newer(self) -> bool:
        """Tell whether the brought one is newer, by (incarnation, number, epoch)."""
        return self.held is None or self.brought.version > self.held.version

    @property
    def deed(self) -> str:
        """Return what taking it in does."""
        if not self.newer:
            return UNCHANGED
        if self.brought.deleted:
            return DELETED
        if self.held is None or self.held.deleted:
            return ADDED
        return CHANGED if self._alters(self.held) else RENEWED

    def _alters(self, held: Record) -> bool:
        told = ((held.values, self.brought.values), (held.extra, self.brought.extra))
        return any(was.get(name) != value for was, now in told for name, value in now.items())

    @property
    def same(self) -> bool:
        """Tell whether both are one version."""
        return self.held is not None and self.brought.version == self.held.version


def pairs(store: Store, container: Container, kind: Kind) -> Iterator[list[Pair]]:
    """Yield what a container brings of a kind beside what is held, some hundred at a time, every line checked."""
    brought = iter(records(container, kind))
    while some := list(islice(brought, CHUNK)):
        held = store.get_many(kind, [record.key for record in some])
        yield [
            Pair(held.get(record.key), clearing(held.get(record.key), record, container)) for record in some
        ]


def clearing(held: Record | None, brought: Record, container: Container) -> Record:
    """Return a brought record that says of the unread columns held here which its sender told and left empty."""
    if held is None or not held.extra:
        return brought
    resource = container.resource(brought.kind)
    told = {*(resource.columns if resource else ()), *brought.values}
    return replace(brought, extra={n: None for n in held.extra if n in told} | dict(brought.extra))


@dataclass(frozen=True, slots=True)
class RowPreview:
    """One record that would change: what it is called and (label, before, after) as people read it, masked.

    With ``conflict`` both lives of the county wrote it: which value stands is for a person to decide.
    """

    kind: str
    key: RecordKey
    deed: str
    name: str
    changes: tuple[tuple[str, str, str], ...]
    conflict: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file would do: counts by kind of each deed (of a receipt: of each outcome), and the first rows.

    ``contents`` is how many attachments come with their contents; ``doubts`` is what the rules say of the rows
    that were taken in; ``carried`` is what a receipt that counts brings.
    """

    file: str
    type: str
    unit: str
    sequence: int
    counts: dict[str, Counter[str]]
    conflicts: int = 0
    rows: tuple[RowPreview, ...] = ()
    contents: int = 0
    doubts: tuple[Doubt, ...] = ()
    carried: Carried | None = None

    def changes(self, kind: str) -> bool:
        """Tell whether any record of a kind would change."""
        return any(deed != UNCHANGED for deed in self.counts.get(kind, ()))

    @property
    def unchanged(self) -> int:
        """Return how many records are here already, as new or newer."""
        return sum(count[UNCHANGED] for count in self.counts.values())

    @property
    def renewed(self) -> int:
        """Return how many of the accepted records say what is held already, under a newer version."""
        return sum(count[RENEWED] for count in self.counts.values())

    @property
    def accepted(self) -> int:
        """Return how many records it would take in: rows of a package, results of a receipt."""
        return sum(count.total() for count in self.counts.values()) - self.unchanged


class Looker:
    """Goes through the pairs of a package and gathers its preview."""

    def __init__(self, store: Store) -> None:
        """Begin with nothing counted."""
        self._store, self._names = store, Names(store)
        self.counts: dict[str, Counter[str]] = {}
        self.conflicts = 0
        self.rows: list[RowPreview] = []

    def looked(self, some: Iterable[tuple[Kind, Pair]]) -> "Looker":
        """Look at some pairs and return this very one."""
        for kind, pair in some:
            self.look(kind, pair)
        return self

    def look(self, kind: Kind, pair: Pair) -> None:
        """Count a pair; describe it while there is room."""
        self.counts.setdefault(kind.name, Counter())[pair.deed] += 1
        clashes = clash(self._store, kind, pair.held, pair.brought) is not None
        self.conflicts += clashes
        if (pair.deed not in (UNCHANGED, RENEWED) or clashes) and len(self.rows) < MOST_ROWS:
            record, told = pair.brought, tuple(_changes(kind, pair))
            name = self._names.of(kind, record)
            self.rows.append(RowPreview(kind.name, record.key, pair.deed, name, told, clashes))


def _changes(kind: Kind, pair: Pair) -> Iterator[tuple[str, str, str]]:
    links = {field.name for field in kind.references}
    for field in kind.fields:
        before = shown(field, pair.held) if pair.held else ""
        after = shown(field, pair.brought) if field.name in pair.brought.values else before
        if field.name not in links and before != after:
            yield (field.label, before, after)
