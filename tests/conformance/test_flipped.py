"""A package, a receipt and a grant with one byte changed, anywhere: refused in a sentence, and nothing is written.

Changed as it travels, and changed inside and sealed anew by somebody who knows the addressee's public key.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from db import workspace
from db.store import SqlStore
from ipdesk import sync
from ipdesk.kinds import catalogue
from ipdesk.problems import Refusal
from ipdesk.store import Role
from ipdesk.sync.marker import PLACE
from tests.conformance.building import first, grant, receipt
from tests.conformance.readers import made
from tests.conformance.writer import File, sealed
from tests.ipdesk.sync.world import everything

Change = Callable[[bytes], bytes]
Layer = Callable[[str], tuple[bytes, Change]]
FILES: dict[str, tuple[File, Role, str, str | None]] = {
    "package": (first(), "city", "city", "county"),
    "receipt": (receipt(), "county", "county", "city"),
    "grant": (grant(), "county", "county", None),
}
BITS = (0x01, 0x80)  # the least there is, and one that no ASCII text survives
SENTENCE = re.compile(r"[\u4e00-\u9fff]")
QUICK = 31  # in the suite every 31st byte is changed


@pytest.fixture(params=FILES)
def reader(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[SqlStore, str]]:
    """Return a workspace that would take the file."""
    monkeypatch.setenv(PLACE, str(tmp_path / "markers"))
    _, role, own, enrolled = FILES[request.param]
    made(tmp_path / "w", role, own, enrolled)
    store = workspace.open_store(tmp_path / "w", catalogue())
    yield store, request.param
    store.close()


def refused(store: SqlStore, name: str, file: Path) -> str:
    """Return why a file is refused, nothing where it is taken."""
    if name == "grant":
        try:
            sync.install(store, file)
        except Refusal as refusal:
            return refusal.message
        return ""
    done = sync.receive(store, [file])
    return done.refused[0][1] if done.refused else ""


def flip(reader: tuple[SqlStore, str], plain: bytes, sealing: Change, stride: int) -> int:
    """Change every so manieth byte and see that the file is refused and all stays; return how many were."""
    store, name = reader
    file, before, tried = store.folder / f"{name}.ipk", everything(store), 0
    writes = store._db.conn.total_changes  # noqa: SLF001  # what no reader of the store is told
    for place in range(0, len(plain), stride):
        for bit in BITS:
            changed = bytearray(plain)
            changed[place] ^= bit
            file.write_bytes(sealing(bytes(changed)))
            why = refused(store, name, file)
            assert SENTENCE.search(why), (place, bit, why)
            assert "\n" not in why, (place, bit, why)
            tried += 1
    assert store._db.conn.total_changes == writes  # noqa: SLF001  # as above
    assert everything(store) == before
    file.write_bytes(sealing(plain))
    assert not refused(store, name, file)
    return tried


def travelling(name: str) -> tuple[bytes, Change]:
    return FILES[name][0].bytes(), lambda data: data


def inside(name: str) -> tuple[bytes, Change]:
    file = FILES[name][0]
    return file.plain(), lambda data: sealed(data, file.to, file.sender)


@pytest.mark.parametrize("layer", [travelling, inside])
def test_one_changed_byte_is_refused(reader: tuple[SqlStore, str], layer: Layer) -> None:
    assert flip(reader, *layer(reader[1]), QUICK) > 80


@pytest.mark.slow
@pytest.mark.parametrize("layer", [travelling, inside])
def test_any_changed_byte_is_refused(reader: tuple[SqlStore, str], layer: Layer) -> None:
    assert flip(reader, *layer(reader[1]), 1) > 80 * QUICK
