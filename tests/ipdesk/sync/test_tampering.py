"""What other ways of carrying changes get wrong: a lost, repeated, forked or altered file; and every single byte.

SQLite's session extension left a wrong row with no conflict when one changeset was dropped, skipped a table of fewer
columns silently and applied by position; geodiff applied a tampered diff; a git bundle without its base is refused
and a second one of the same name overwrites what the first said.
"""

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pyrage
import pytest

from db.store import SqlStore
from ipdesk import sync
from ipdesk.kinds.sync import PACKAGE
from ipdesk.problems import Refusal
from ipdesk.records import RecordKey
from ipdesk.sync.container import open_sealed, open_signed
from ipdesk.sync.devices import keys_of, signer
from ipdesk.sync.life import Life
from tests.ipdesk.sync.world import DONGTAI, Entries, Manifest, World, add, change, everything, held


@pytest.fixture
def case(county: SqlStore) -> RecordKey:
    return add(county, "甲公司", remark="一")


def opens(store: SqlStore, data: bytes) -> bool:
    """Tell whether bytes are taken for a file of an enrolled device."""
    try:
        container = open_sealed(data, keys_of(store), lambda header: signer(store, header))
        for resource in container.header.resources:
            list(container.lines(resource))
    except Refusal:
        return False
    return True


EVERY = pytest.mark.parametrize("stride", [9, pytest.param(1, marks=pytest.mark.slow)])


@EVERY
def test_no_byte_of_a_package_can_be_changed_unseen(
    world: World, county: SqlStore, case: RecordKey, stride: int
) -> None:
    whole = world.up(county).read_bytes()
    before = everything(world.city)
    assert opens(world.city, whole)
    taken = [at for at in range(0, len(whole), stride) if opens(world.city, _flipped(whole, at))]
    assert taken == []
    assert everything(world.city) == before


@EVERY
def test_no_byte_within_the_envelope_can_be_changed_unseen(
    world: World, county: SqlStore, case: RecordKey, stride: int
) -> None:
    """An addressee may be cheated by whoever can decrypt and encrypt again; the signature and the hashes remain."""
    keys = keys_of(world.city)
    plain = pyrage.decrypt(world.up(county).read_bytes(), [pyrage.x25519.Identity.from_str(keys.identity)])
    taken = []
    for at in range(0, len(plain), stride):
        try:
            open_signed(_flipped(plain, at), lambda header: signer(world.city, header))
        except Refusal:
            continue
        taken.append(at)
    assert taken == []


def _flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


@pytest.mark.parametrize("keep", [0, 1, 21, 22, 200, -200, -1])
def test_no_part_of_a_package_is_taken_for_the_whole(
    world: World, county: SqlStore, case: RecordKey, keep: int
) -> None:
    file = world.up(county)
    file.write_bytes(file.read_bytes()[:keep])
    before = everything(world.city)
    assert sync.receive(world.city, [file]).refused
    assert everything(world.city) == before


Order = Callable[[list[Path]], list[Path]]
ORDERS: dict[str, Order] = {
    "all in order": lambda files: files,
    "the first lost": lambda files: files[1:],
    "one in the middle lost": lambda files: [files[0], *files[2:]],
    "all but the last lost": lambda files: files[-1:],
    "backwards": lambda files: files[::-1],
    "each twice": lambda files: [file for file in files for _ in range(2)],
    "the first again at the end": lambda files: [*files, files[0]],
    "the second before the first, then lost": lambda files: [files[1], files[0], files[3]],
}


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("answered", [False, True])
def test_whatever_comes_the_next_package_heals_it(
    world: World, county: SqlStore, case: RecordKey, order: str, answered: bool
) -> None:
    """Where a receipt came between, packages no longer begin at 0: a lost one leaves a gap until it is healed."""
    files = [world.up(county)]
    if answered:
        sync.receive(world.city, files)
        sync.receive(county, [world.down()])
    for word in ("二", "三", "四"):
        change(county, case, remark=word)
        add(county, f"公司{word}")
        files.append(world.up(county))
    for file in ORDERS[order](files):
        assert sync.receive(world.city, [file]).refused == ()
    for _ in range(2):
        world.round(county)
    assert held(world.city, DONGTAI) == held(county, DONGTAI)
    assert sync.status(county)["unconfirmed"] == 0
    rows = [r.values for r in world.city.find(PACKAGE, direction="in")]
    assert len({row["digest"] for row in rows}) == len(rows)


def test_two_files_of_one_number_are_a_fork_that_is_refused(
    world: World, county: SqlStore, case: RecordKey
) -> None:
    first = world.up(county)
    other = world.fresh() / first.name
    shutil.copy(first, other)
    assert sync.receive(world.city, [first]).refused == ()

    def renumber(manifest: Manifest, _entries: Entries) -> None:
        manifest["sequence"] = 1

    change(county, case, remark="另写")
    forged = world.forge(county, renumber)
    before = held(world.city, DONGTAI)
    ((_, reason),) = sync.receive(world.city, [forged]).refused
    assert "序号相同而内容不同" in reason
    assert held(world.city, DONGTAI) == before
    assert sync.receive(world.city, [other]).accepted == 0


def test_fewer_or_reordered_columns_are_read_by_their_names(
    world: World, county: SqlStore, case: RecordKey
) -> None:
    def fewer(manifest: Manifest, entries: Entries) -> None:
        fields = manifest["resources"][1]["schema"]["fields"]
        fields[:] = [one for one in reversed(fields) if one["name"] != "stage"]
        for row in entries["case"]:
            row.pop("stage")

    assert sync.receive(world.city, [world.up(county)]).refused == ()
    change(county, case, remark="二")
    assert sync.receive(world.city, [world.forge(county, fewer)]).refused == ()
    record = world.city.get(world.city.catalogue.kind("case"), case)
    assert record is not None
    assert (record.values["remark"], record.values["stage"]) == ("二", "ST15")


@pytest.mark.parametrize("lie", ["state", "previous", "low"])
def test_a_header_that_lies_about_the_whole_only_makes_all_come_again(
    world: World, county: SqlStore, case: RecordKey, lie: str
) -> None:
    def told(manifest: Manifest, _entries: Entries) -> None:
        wrong = hashlib.sha256(b"x").hexdigest()
        other = {"state": {"count": 1, "digest": wrong}, "previous": wrong, "low": 0}
        manifest[lie] = other[lie]

    assert sync.receive(world.city, [world.forge(county, told)]).refused == ()
    assert not sync.receive(county, [world.down()]).refused
    if lie == "state":
        assert Life.of(county).acknowledged == 0
    for _ in range(2):
        world.round(county)
    assert held(world.city, DONGTAI) == held(county, DONGTAI)
    assert sync.status(county)["unconfirmed"] == 0
