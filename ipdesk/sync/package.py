"""Make a county's package: every row the city has not acknowledged, and a header telling of the whole."""

from collections.abc import Iterator
from pathlib import Path

from ipdesk.kinds.declare import Kind
from ipdesk.records import Record
from ipdesk.store import Store
from ipdesk.sync.container import Sealed, begun, pack_lines, seal
from ipdesk.sync.contents import NOTHING, RESOURCE, Cargo, described
from ipdesk.sync.contents import after as sent
from ipdesk.sync.contents import packed as loaded
from ipdesk.sync.devices import city_of, keys_of
from ipdesk.sync.facts import PackageFacts
from ipdesk.sync.life import Life
from ipdesk.sync.rows import StateDigest, describe, line
from ipdesk.sync.sending import Outgoing, now, send


def export_package(store: Store, folder: Path, load: Cargo = NOTHING) -> Path:
    """Write the county's next package into a folder, also when nothing changed (sync rules 1 and 2)."""
    life, high = Life.of(store), store.last_lsn()
    name = f"{store.office.unit_code}-{life.epoch[:4]}-{life.sequence + 1}.ipk"
    sealed = _sealed(store, life, high, load)
    facts = PackageFacts.read(sealed.header).row()
    after = life.exported(sealed.header.digest, high)
    return send(store, folder, Outgoing(name, sealed.data, after, facts, sent(store, load)), "导出同步包")


def _sealed(store: Store, life: Life, high: int, load: Cargo) -> Sealed:
    """Return the package: rows above the acknowledged number, and the digest of all rows there are."""
    keys, city, state = keys_of(store), city_of(store).keys, StateDigest()
    kinds = {kind.name: kind for kind in store.catalogue.travelling}
    packed = {
        name: pack_lines(line(record) for record in _unacknowledged(store, kind, life.acknowledged, state))
        for name, kind in kinds.items()
    }
    resources = [lines.resource(name, describe(kinds[name])) for name, lines in packed.items()]
    if load.sizes:
        packed[RESOURCE] = loaded(store, load)
        resources.append(described(packed[RESOURCE]))
    manifest = {
        **begun("package", keys, city),
        "unit": store.office.unit_code,
        "device": store.office.device,
        "schema": store.schema,
        "at": now(),
        "epoch": life.epoch,
        "incarnation": life.incarnation,
        "parent": life.parent,
        "sequence": life.sequence + 1,
        "previous": life.last,
        "low": life.acknowledged,
        "high": high,
        "state": {"count": state.count, "digest": state.hex},
        "corrections_done": [],
        "receipt_seen": life.seen,
        "resources": resources,
    }
    return seal(manifest, {f"{name}.jsonl.zst": lines.data for name, lines in packed.items()}, keys, city)


def _unacknowledged(store: Store, kind: Kind, low: int, state: StateDigest) -> Iterator[Record]:
    """Yield the rows above the acknowledged number, taking every row of the kind into the state digest."""
    columns = [field.name for field in kind.fields]
    for record in store.changed_since(kind, store.office.unit_code, 0):
        state.add(record, columns)
        if record.lsn > low:
            yield record
