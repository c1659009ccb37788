"""A city and its counties on real stores, with files carried between them, for the tests of sync."""

import json
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

from zstandard import ZstdCompressor

from db.store import SqlStore
from ipdesk import sync
from ipdesk.fields import Value
from ipdesk.files import digest
from ipdesk.kinds.sync import DEVICE, PACKAGE
from ipdesk.records import RecordKey
from ipdesk.sync.archive import pack
from ipdesk.sync.container import Lines
from ipdesk.sync.devices import city_of, counties, keys_of
from ipdesk.sync.exchange import opened
from ipdesk.sync.keys import PublicKeys

CITY, DONGTAI, JIANHU = "320900", "320981", "320925"
Manifest = dict[str, Any]
Entries = dict[str, list[dict[str, Any]]]
Forger = Callable[[Manifest, Entries], object]


class World:
    """Makes stores, enrols them, carries files."""

    def __init__(self, make_store: Callable[..., SqlStore], folder: Path) -> None:
        """Make the city."""
        self.make, self.folder = make_store, folder
        self._numbers = count(1)
        self._opened: list[SqlStore] = []
        self.city = make_store(role="city", unit=CITY, office_name="盐城市知识产权局")

    def made(self, store: SqlStore) -> None:
        """Let a store that was opened anew be closed at the end."""
        self._opened.append(store)

    def close(self) -> None:
        """Close what was opened anew."""
        for store in self._opened:
            store.close()

    def fresh(self) -> Path:
        """Return a new empty folder, as a stick."""
        path = self.folder / f"stick{next(self._numbers)}"
        path.mkdir()
        return path

    def stranger(self, unit: str = DONGTAI) -> SqlStore:
        """Return a county that nobody enrolled."""
        return self.make(role="county", unit=unit)

    def county(self, unit: str = DONGTAI, *, supersede: bool = False) -> SqlStore:
        """Return an enrolled county."""
        store, stick = self.stranger(unit), self.fresh()
        sync.request(store, stick / "request")
        sync.accept(self.city, stick / "request", stick / "grant", supersede=supersede)
        sync.install(store, stick / "grant")
        return store

    def up(self, county: SqlStore) -> Path:
        """Return the county's next package."""
        return sync.export(county, self.fresh())[0]

    def down(self, unit: str = DONGTAI) -> Path:
        """Return the city's next receipt for a unit."""
        return next(path for path in sync.export(self.city, self.fresh()) if path.name.startswith(unit))

    def round(self, county: SqlStore) -> None:
        """Carry a package up and its receipt down, both arriving."""
        assert not sync.receive(self.city, [self.up(county)]).refused
        assert not sync.receive(county, [self.down(county.office.unit_code)]).refused

    def forge(self, county: SqlStore, change: Forger) -> Path:
        """Return a package of an enrolled county whose program is broken: changed, then signed all the same."""
        return reforged(county, self.up(county), change, city_of(county).keys)

    def forge_receipt(self, county: SqlStore, change: Forger) -> Path:
        """Return a receipt of a broken city."""
        unit = county.office.unit_code
        to = next(device.keys for device in counties(self.city) if device.unit == unit)
        return reforged(self.city, self.down(unit), change, to)


def reforged(sender: SqlStore, file: Path, change: Forger, to: PublicKeys) -> Path:
    """Rewrite one of the sender's own files with something changed, every hash and the signature made anew."""
    container = opened(sender, file)
    manifest: Manifest = json.loads(json.dumps(container.header.claims.raw))
    entries: Entries = {r.name: [dict(c.raw) for c in container.lines(r)] for r in container.header.resources}
    change(manifest, entries)
    packed = {name: lines_of(rows) for name, rows in entries.items()}
    for resource in manifest["resources"] if isinstance(manifest["resources"], list) else ():
        if isinstance(resource, dict) and str(resource.get("name")) in packed:
            resource |= told(packed[resource["name"]])
    plain, keys = json.dumps(manifest).encode(), keys_of(sender)
    data = {f"{name}.jsonl.zst": lines.data for name, lines in packed.items()}
    file.write_bytes(
        keys.encrypt(pack({"manifest.json": plain, "manifest.sig": keys.sign(plain), **data}), to)
    )
    return file


def lines_of(rows: list[dict[str, Any]]) -> Lines:
    """Return lines as a program packs them that writes what it likes, lone surrogates too."""
    written = "".join(json.dumps(row) + "\n" for row in rows).encode()
    return Lines(ZstdCompressor().compress(written), len(rows), len(written))


def told(lines: Lines) -> dict[str, object]:
    """Return what a manifest says of some lines."""
    return {
        "bytes": len(lines.data),
        "hash": digest(lines.data),
        "rows": lines.rows,
        "unpacked": lines.unpacked,
    }


def add(store: SqlStore, name: str, uscc: str | None = None, **values: Value) -> RecordKey:
    """Add an enterprise with one case; return the case's key."""
    enterprise, case = store.catalogue.kind("enterprise"), store.catalogue.kind("case")
    with store.act("新增", "表单") as act:
        unit = store.office.unit_code
        above = act.add(enterprise, {"unit_code": unit, "enterprise_name": name, "uscc": uscc})
        return act.add(case, {"enterprise_id": above.id, "stage": "ST15", **values})


def change(store: SqlStore, key: RecordKey, **values: Value) -> None:
    """Change a case."""
    with store.act("修改", "表单") as act:
        act.put(store.catalogue.kind("case"), key, values)


def held(store: SqlStore, unit: str) -> dict[tuple[str, str], object]:
    """Return all records of a unit with their versions, as far as both sides should agree on them."""
    return {
        (kind.name, record.key.id): (dict(record.values), record.version, record.deleted, dict(record.extra))
        for kind in store.catalogue.travelling
        for record in store.changed_since(kind, unit, 0)
    }


def everything(store: SqlStore) -> object:
    """Return all that a refused file must leave as it was: records, devices, packages, settings."""
    local = [[r.values for r in store.find(kind)] for kind in (DEVICE, PACKAGE)]
    return [held(store, unit) for unit in (CITY, DONGTAI, JIANHU)], local, store.setting("life")


def reason(store: SqlStore, file: Path) -> str:
    """Return why a file is refused, after seeing that it is, by inspection or by receiving, and changes nothing."""
    before = everything(store)
    received = sync.receive(store, [file])
    assert (received.accepted, received.unchanged) == (0, 0)
    ((path, sentence),) = received.refused
    assert path == file
    assert everything(store) == before
    return sentence
