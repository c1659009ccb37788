"""Break each step of an exchange at its N-th write, fsync or rename, and look at what is left.

``python -m tests.simulation.faults BASE STEP MODE FIRST STRIDE`` prints how many places there were. With the shim
loaded before the C library every system call is such a place, otherwise the program's own calls and statements.
"""

import os
import shutil
import sys
import tempfile
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from db import workspace
from db.store import SqlStore
from ipdesk import sync
from ipdesk.actions import backups, corrections, documents, restoring
from ipdesk.kinds import catalogue
from ipdesk.kinds.deciding import CONFIRMATION, CONFLICT, CORRECTION
from ipdesk.kinds.declare import Values
from ipdesk.kinds.sync import PACKAGE, RESULT
from ipdesk.problems import Refusal
from ipdesk.records import RecordKey
from ipdesk.store import Role, Wish
from ipdesk.sync import marker
from ipdesk.sync.corrections import listed
from ipdesk.sync.life import Life
from ipdesk.sync.marker import PLACE, Stand
from tests.ipdesk.sync.world import CITY, DONGTAI, World, add, change, held
from tests.simulation.breaking import FAIL, GONE, KILLED, broken


# ---------------------------------------------------------------- what is done
class Place:
    """A folder with a city, a county, their markers and what lies between them."""

    def __init__(self, folder: Path) -> None:
        """Look at a folder; nothing is opened yet."""
        self.folder = folder
        self.up, self.down, self.stick = folder / "up", folder / "down", folder / "stick"
        self.kept = folder / "kept"

    def store(self, unit: str, *, restoring: bool = False) -> SqlStore:
        """Open a workspace; a crash is no restore, unless one was asked for."""
        store = workspace.open_store(self.folder / unit, catalogue())
        try:
            assert not sync.awake(store) or restoring, "a crash was taken for a restore"
        except BaseException:
            store.close()
            raise
        return store

    def files(self, folder: Path) -> list[Path]:
        """Return the packages or receipts in a folder, by number."""
        found = (p for p in folder.glob("*.ipk") if not p.name.startswith("."))
        return sorted(found, key=lambda p: int(p.stem.rsplit("-", 1)[1]))


Deed = Callable[[Place, SqlStore], SqlStore]


def _export(place: Place, store: SqlStore) -> SqlStore:
    sync.export(store, place.stick, attachments=store.office.role == "county")
    return store


def _receive(folder: str) -> Deed:
    def receive(place: Place, store: SqlStore) -> SqlStore:
        told = sync.receive(store, place.files(place.folder / folder)).refused
        if told:
            raise Refusal(told[0][1])
        return store

    return receive


def _restore(wish: Wish) -> Deed:
    def restore(place: Place, store: SqlStore) -> SqlStore:
        unit = store.office.unit_code
        (backup,) = (place.kept / unit).glob("*/*.db")
        restoring.restore(store, backup, wish)
        return place.store(unit, restoring=True)

    return restore


STEPS: dict[str, tuple[str, Deed]] = {
    "county-export": (DONGTAI, _export),
    "city-receive": (CITY, _receive("up")),
    "city-export": (CITY, _export),
    "county-receive": (DONGTAI, _receive("down")),
    "county-begins-anew": (DONGTAI, _receive("lives")),
    "county-rebuild": (DONGTAI, _restore("rebuild")),
    "county-go-back": (DONGTAI, _restore("go-back")),
    "city-restore": (CITY, _restore("rebuild")),
}
ROUNDS = 3  # after which both sides must hold the same
RESTORES = ("county-rebuild", "county-go-back", "city-restore")


def prepare(base: Path) -> None:
    """Make a city and a county with something to send, something sent, and a receipt on its way."""
    os.environ[PLACE] = str(base / "markers")
    made: list[SqlStore] = []

    def make(role: Role, unit: str, office_name: str = "某局") -> SqlStore:
        folder = base / unit
        made.append(
            workspace.create(folder, catalogue(), role=role, unit_code=unit, office_name=office_name)[0]
        )
        return made[-1]

    base.mkdir(parents=True, exist_ok=True)
    world = World(make, base)
    county = world.county()
    for store in made:
        sync.begin(store)
    case = add(county, "甲公司", remark="一")
    world.round(county)
    place = Place(base)
    for store in made:
        (place.kept / store.office.unit_code).mkdir(parents=True)
        backups.make_to(store, place.kept / store.office.unit_code)
    _ask(world.city, case, {"remark": "改一"}, {"cert_no": "1"})
    world.round(county)
    _answer(county, "cert_no")
    change(county, case, stage="ST20")
    add(county, "乙公司")
    paper = base / "证书.pdf"
    paper.write_bytes(b"%PDF-1.4\n" + b"x" * 3000)
    documents.add(county, county.catalogue.kind("case"), case, [paper], "证书", "附件")
    for folder in (place.up, place.down, place.stick):
        folder.mkdir()
    sync.receive(world.city, [world.up(county)])
    _ask(world.city, case, {"case_no": "甲-1"})
    shutil.copy(world.down(), place.down)
    _answer(county, "remark")
    sync.export(county, place.up, attachments=True)
    add(county, "丙公司")
    for store in made:
        store.close()
    _other_life(place)


def _ask(city: SqlStore, case: RecordKey, *wishes: Values) -> None:
    """Let the city ask for changes of a row."""
    ledger = city.catalogue.ledger("guanbiao")
    for wish in wishes:
        (row,) = city.rows(ledger, [case])
        corrections.propose(city, ledger, row, wish, "核对")


def _answer(county: SqlStore, field: str) -> None:
    """Let the county answer the wish for a field."""
    (wish,) = (one for one in listed(county, "open") if one.field == field)
    corrections.answer(county, wish, yes=True)


def _other_life(place: Place) -> None:
    """Keep a receipt that answers a later life of the county, which began on another PC from a copy."""
    other = Place(place.folder / "lives" / "other")
    for unit in (CITY, DONGTAI):
        shutil.copytree(place.folder / unit, other.folder / unit)
    os.environ[PLACE] = str(other.folder / "markers")
    opened = {unit: workspace.open_store(other.folder / unit, catalogue()) for unit in (DONGTAI, CITY)}
    assert sync.awake(opened[DONGTAI])
    sync.begin(opened[CITY])
    sync.export(opened[DONGTAI], other.up)
    sync.receive(opened[CITY], other.files(other.up))
    sync.export(opened[CITY], other.down)
    for store in opened.values():
        store.close()
    for file in other.files(other.down):
        shutil.move(file, place.folder / "lives")
    shutil.rmtree(other.folder)
    os.environ[PLACE] = str(place.folder / "markers")


# ---------------------------------------------------------------- what must be so
def told(store: SqlStore) -> dict[str, object]:
    """Return what a step may change, apart from digests and times, and from how a new life is called."""
    life = Life.of(store)
    packages = [r.values for r in store.find(PACKAGE)]
    found: dict[str, object] = {
        "records": sorted(map(str, held(store, DONGTAI).items())),
        "packages": sorted(str([p[n] for n in ("direction", "type", "sequence")]) for p in packages),
        "results": sorted(str((r.values["record"], r.values["version"])) for r in store.find(RESULT)),
        "corrections": sorted(str(r.values) for r in store.find(CORRECTION)),
        "confirmations": sorted(str(r.values) for r in store.find(CONFIRMATION)),
        "conflicts": sorted(str((r.values["record"], r.values["field"])) for r in store.find(CONFLICT)),
        "life": f"{life.epoch} incarnation={life.incarnation} {life.acknowledged} {life.seen}",
        "sequence": life.sequence,
        "sent": life.sent,
    }
    return found if life.incarnation == 1 else {name: _unnamed(some, life) for name, some in found.items()}


def _unnamed(some: object, life: Life) -> object:
    """Return what a new life wrote without its name and number: one that could not begin leaves its number unused."""
    if isinstance(some, list):
        return [_unnamed(one, life) for one in some]
    number = f"incarnation={life.incarnation}"
    return some.replace(life.epoch, "new").replace(number, "new") if isinstance(some, str) else some


def judge(store: SqlStore, before: dict[str, object], after: dict[str, object], *, claimed: bool) -> None:
    """See that a store is as before or as after a step, or as before with the file's number taken as its own."""
    found = store.check()
    assert not found, found
    now = told(store)
    allowed = [before, after, *([{**before, "sequence": after["sequence"]}] if claimed else [])]
    assert now in allowed, [{n: (now[n], end[n]) for n in now if now[n] != end[n]} for end in allowed]


def whole_or_absent(place: Place, step: str) -> None:
    """See that what lies on the stick under its name is a file that its addressee can read."""
    if step.endswith("export"):
        reader = place.store(CITY if step.startswith("county") else DONGTAI)
        for file in place.files(place.stick):
            seen = sync.inspect(reader, file)
            assert seen.valid, seen.reason
        reader.close()


def converge(place: Place) -> None:
    """Carry everything that there is to the other side and back, and see that nothing forks or differs."""
    county, city = place.store(DONGTAI), place.store(CITY)
    for number in range(ROUNDS):
        _carry(place, county, city, place.folder / f"later{number}")
        if _agree(county, city):
            break
    assert held(city, DONGTAI) == held(county, DONGTAI)
    assert sync.status(county)["unconfirmed"] == 0
    sent = [r.values for r in city.find(PACKAGE, direction="in", type="package")]
    assert len({(p["epoch"], p["sequence"]) for p in sent}) == len(sent)
    assert county.check() == city.check() == []
    county.close()
    city.close()


def _carry(place: Place, county: SqlStore, city: SqlStore, stick: Path) -> None:
    """Let a package go up and a receipt down, and whatever else lies there."""
    sync.export(county, stick)
    assert sync.receive(city, _lying(place, place.up, stick, receipts=False)).refused == ()
    sync.export(city, stick)
    assert sync.receive(county, _lying(place, place.down, stick, receipts=True)).refused == ()


def _lying(place: Place, *folders: Path, receipts: bool) -> list[Path]:
    found = [file for folder in (place.stick, *folders) for file in place.files(folder)]
    return [file for file in found if ("-r" in file.name) is receipts]


def _agree(county: SqlStore, city: SqlStore) -> bool:
    return held(city, DONGTAI) == held(county, DONGTAI) and sync.status(county)["unconfirmed"] == 0


# ---------------------------------------------------------------- one trial
def _forked(work: Callable[[], int]) -> int:
    """Return the exit code of some work done in a process of its own."""
    if child := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        os._exit(work())
    except BaseException:
        traceback.print_exc()
        os._exit(3)


def _copied(base: Path, folder: str) -> Place:
    place = Place(Path(folder) / "w")
    shutil.copytree(base, place.folder)
    os.environ[PLACE] = str(place.folder / "markers")
    return place


def reach(base: Path, step: str) -> tuple[dict[str, object], dict[str, object]]:
    """Return what a step's store tells before it and after it, where nothing breaks."""
    with tempfile.TemporaryDirectory(dir=base.parent) as folder:
        place, (unit, deed) = _copied(base, folder), STEPS[step]
        store = place.store(unit)
        before = told(store)
        store = deed(place, store)
        after = told(store)
        store.close()
    return before, after


def left(place: Place, store: SqlStore) -> str:
    """Return what a break left, as far as it decides how things go on: two that left the same go on alike."""
    kept, stand = marker.read(store.office.device), Stand.of(Life.of(store))
    assert kept is not None
    marked = [kept.confirmed == stand, kept.pending is None, kept.pending == stand, kept.incarnation]
    return str([told(store), marked, [file.name[:9] for file in place.files(place.stick)]])


def trial(
    base: Path, step: str, mode: str, number: int, ends: tuple[dict[str, object], ...], known: set[str]
) -> bool:
    """Break a step at one place and judge what is left; tell whether there was such a place.

    What was left before (``known``) is not carried to its end again.
    """
    unit, deed = STEPS[step]
    with tempfile.TemporaryDirectory(dir=base.parent) as folder:
        place = _copied(base, folder)

        def work() -> int:
            store = place.store(unit)
            with broken(store, number, mode) as fired:
                with suppress(Refusal):
                    store = deed(place, store)
                struck = fired()
            if step in RESTORES:
                store.close()
                store = place.store(unit, restoring=True)
            if struck:
                judge(store, ends[0], ends[1], claimed=mode == GONE)
                if mode == FAIL and told(store) == ends[0]:
                    assert list(place.stick.iterdir()) == [] or step.endswith("receive"), "left on the stick"
            store.close()
            return int(struck)

        code = _forked(work)
        assert code in (0, 1, KILLED), f"ended with {code}"
        if code:
            store = place.store(unit, restoring=step in RESTORES)
            assert list(store.folder.glob("*ipdesk.restore*")) == [], "left of a restore"
            judge(store, ends[0], ends[1], claimed=step.endswith("export"))
            found = left(place, store)
            store.close()
            whole_or_absent(place, step)
            if found not in known:
                converge(place)
                known.add(found)
    return code != 0


def main() -> int:
    """Break a step at places FIRST, FIRST + STRIDE … until there are no more."""
    base, step, mode = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    first, stride = int(sys.argv[4]), int(sys.argv[5])
    if not (base / "up").exists():
        prepare(base)
    ends, number, failed, known = reach(base, step), first, 0, set[str]()
    while True:
        try:
            if not trial(base, step, mode, number, ends, known):
                break
        except Exception:
            failed += 1
            print(f"{step} {mode} {number}:", traceback.format_exc(), flush=True)
        number += stride
    places = (number - first) // stride
    print(f"{step} {mode}: {places} places, {len(known)} ways to go on, {failed} failed", flush=True)
    return int(failed > 0 or number == first)


if __name__ == "__main__":
    sys.exit(main())
