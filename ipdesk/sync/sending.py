"""Bring a sealed file onto a stick and remember it, in the one order that survives a crash at any step."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ipdesk.clock import now
from ipdesk.fields import Value
from ipdesk.files import named, reason, refuse_full, staged
from ipdesk.kinds.sync import PACKAGE
from ipdesk.problems import Refusal
from ipdesk.store import Store
from ipdesk.sync.container import begun
from ipdesk.sync.keys import DeviceKeys, PublicKeys
from ipdesk.sync.life import Life
from ipdesk.sync.lives import Uncertain, towards


def opening(kind: str, store: Store, life: Life, keys: DeviceKeys, to: PublicKeys) -> dict[str, object]:
    """Return how the manifest of a numbered file begins: whose it is, of which life, which one after which."""
    return {
        **begun(kind, keys, to),
        "unit": store.office.unit_code,
        "device": store.office.device,
        "schema": store.schema,
        "at": now(),
        "epoch": life.epoch,
        "incarnation": life.incarnation,
        "parent": life.parent,
        "sequence": life.sequence + 1,
        "previous": life.last,
    }


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A sealed file, its name, the life after it is sent and what the list of packages keeps of it.

    ``settings`` are further ones to keep once it is written.
    """

    name: str
    data: bytes
    life: Life
    facts: Mapping[str, Value]
    settings: Mapping[str, object] = field(default_factory=dict)


def send(store: Store, folder: Path, outgoing: Outgoing, deed: str) -> Path:
    """Write the file, then remember it; a failure leaves neither, and its number unused.

    Written to a temporary name and read back first; then the marker says what is about to be, so that a crash
    between the file and the store is not taken for a restored store (sync rule 6).
    """
    path = target(folder, outgoing.name)
    refuse_full(path.parent, len(outgoing.data))
    place = _place(path.parent)
    with staged(path, outgoing.data) as take_place, towards(store, outgoing.life):
        try:
            take_place()
            _remember(store, outgoing, deed)
        except BaseException as error:
            _take_away(path, place, error)
            raise
    return path


def _place(folder: Path) -> tuple[int, int] | None:
    """Return what tells a folder from another that lies there once its stick is pulled out, ``None`` for none."""
    try:
        found = folder.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _remember(store: Store, outgoing: Outgoing, deed: str) -> None:
    with store.act(deed, outgoing.name) as act:
        outgoing.life.keep(act)
        for name, value in outgoing.settings.items():
            act.keep(name, value)
        sent = {**outgoing.facts, "direction": "out", "file_name": outgoing.name, "at": now()}
        act.upsert(PACKAGE, [sent])


def _take_away(path: Path, place: tuple[int, int] | None, error: BaseException) -> None:
    """Remove a file that could not be remembered; one that cannot be removed may be carried off.

    On a stick that was pulled out meanwhile it may lie too, whatever the empty folder says.
    """
    try:
        path.unlink(missing_ok=True)
    except OSError:
        raise Uncertain(error) from error
    if place is None or _place(path.parent) != place:
        raise Uncertain(error) from error


def target(folder: Path, name: str) -> Path:
    """Return where a file goes; a folder whose parent is missing (a stick pulled out) or a taken name is refused."""
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise Refusal(f"“{named(folder)}”用不了：{reason(error)}") from error
    path = folder.absolute() / name
    if os.path.lexists(path):
        raise Refusal(f"“{folder}”里已有同名文件“{name}”，请换一个文件夹，或先移走它")
    return path
