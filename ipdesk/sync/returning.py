"""Give a county back what the city holds and the county's present life has not confirmed (sync rules 7 and 8).

So a rebuilt PC gets its work back. What the present life wrote itself stands; the other value is kept as a conflict.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from ipdesk.kinds.deciding import CONFIRMATION
from ipdesk.kinds.declare import Kind, Values
from ipdesk.kinds.sync import PACKAGE
from ipdesk.store import Act, Store
from ipdesk.sync.conflicts import Clash, clash, keep, knows
from ipdesk.sync.container import Container, Lines, pack_lines
from ipdesk.sync.facts import ReceiptFacts
from ipdesk.sync.preview import CHUNK, Pair, clearing
from ipdesk.sync.rows import Writer, describe, line, records, stamp
from ipdesk.sync.standing import Standing


def confirmations(unit: str, epoch: str, kind: Kind, some: Iterable[Pair]) -> list[Values]:
    """Return which records of earlier lives a package of this life brought just as they now stand here."""
    return [
        {
            "unit": unit,
            "kind": kind.name,
            "record": pair.brought.key.id,
            "epoch": epoch,
            "version": stamp(pair.brought.version),
        }
        for pair in some
        if pair.brought.version.epoch != epoch and (pair.newer or pair.same)
    ]


def unconfirmed(store: Store, standing: Standing) -> dict[str, tuple[Kind, Lines]]:
    """Return as lines of a receipt, by kind, the records that the living life of a county has not confirmed."""
    if standing.epoch is None or not _earlier(store, standing):
        return {}
    confirmed = {
        (str(r.values["kind"]), str(r.values["record"])): r.values["version"]
        for r in store.find(CONFIRMATION, unit=standing.unit, epoch=standing.epoch)
    }
    found = {}
    for kind in store.catalogue.travelling:
        lines = pack_lines(
            line(record)
            for record in store.changed_since(kind, standing.unit, 0)
            if record.version.number
            and record.version.epoch != standing.epoch
            and confirmed.get((kind.name, record.key.id)) != stamp(record.version)
        )
        if lines.rows:
            found[kind.name] = (kind, lines)
    return found


def _earlier(store: Store, standing: Standing) -> bool:
    """Tell whether anything ever came from another life of the county."""
    rows = store.find(PACKAGE, direction="in", type="package", unit=standing.unit)
    return any(row.values["epoch"] != standing.epoch for row in rows)


def resources(found: dict[str, tuple[Kind, Lines]]) -> list[dict[str, object]]:
    """Return the descriptions of what a receipt gives back."""
    return [lines.resource(name, describe(kind)) for name, (kind, lines) in found.items()]


@dataclass
class Returned:
    """What a receipt gives back: records to be written anew, and clashes with what the present life wrote."""

    pairs: list[tuple[Kind, Pair]] = field(default_factory=list)
    clashes: list[tuple[Kind, Clash]] = field(default_factory=list)

    def write(self, store: Store, act: Act) -> None:
        """Write the records in the present life, above every version known, and keep the clashes."""
        for kind, pair in self.pairs:
            act.adopt(kind, pair.brought)
        for kind, found in self.clashes:
            keep(store, act, kind, [found])


def returned(store: Store, container: Container, facts: ReceiptFacts, epoch: str) -> Returned:
    """Return what a receipt gives back to the present life of this county, every line checked."""
    found = Returned()
    for kind in store.catalogue.travelling:
        for pair in _pairs(store, container, kind, Writer(facts.county, facts.highest)):
            held = pair.held
            if held is not None and held.version.epoch == epoch:
                if not knows(held, pair.brought) and (clashing := clash(store, kind, held, pair.brought)):
                    found.clashes.append((kind, clashing))
            elif pair.newer:
                found.pairs.append((kind, pair))
    return found


def _pairs(store: Store, container: Container, kind: Kind, writer: Writer) -> Iterator[Pair]:
    brought = iter(records(container, kind, writer))
    while some := list(islice(brought, CHUNK)):
        held = store.get_many(kind, [record.key for record in some])
        pairs = ((held.get(record.key), record) for record in some)
        yield from (Pair(here, clearing(here, record, container)) for here, record in pairs)
