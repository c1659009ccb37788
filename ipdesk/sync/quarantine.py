"""Set packages aside that cannot be taken in yet: of a newer program, or of a second living copy (rules 4 and 6).

The file itself is kept as it came, encrypted to the city, and taken in once nothing stands against it any more.
"""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from ipdesk.clock import now
from ipdesk.files import read_bytes, write_bytes
from ipdesk.kinds.declare import Values
from ipdesk.kinds.sync import PACKAGE
from ipdesk.problems import Refusal
from ipdesk.store import Store
from ipdesk.sync.container import Header
from ipdesk.sync.devices import unit_name
from ipdesk.sync.facts import PackageFacts
from ipdesk.sync.standing import CHOSEN, Standing, chosen, whole

FOLDER = "inbox"


class SetAside(Refusal):
    """A package that cannot be taken in yet: it is kept, or in a trial would be, for when it can."""


def set_aside(store: Store, facts: PackageFacts, file: Path, reason: str, rival: str) -> None:
    """Keep a package that is not taken in and note it, for the receipt to tell; ``rival`` is whom it forks from."""
    kept = kept_file(store, facts.header.digest)
    if not kept.exists():
        kept.parent.mkdir(exist_ok=True)
        write_bytes(kept, read_bytes(file))
    told = {"quarantined": reason, "forked": rival or None}
    if file == kept and _noted(store, facts.header.digest, told):
        return
    with store.act("暂存同步包", file.name) as act:
        how = (
            {"direction": "in"} if file == kept else came(file.name)
        )  # one tried again keeps its name and time
        act.upsert(PACKAGE, [{**facts.row(), **how, **told}])


def _noted(store: Store, digest: str, told: Values) -> bool:
    """Tell whether the list of packages says so already."""
    rows = (r.values for r in store.find(PACKAGE, direction="in", type="package", digest=digest))
    return any({name: row.get(name) for name in told} == told for row in rows)


def note_reason(store: Store, row: Values, reason: str) -> None:
    """Note why a package that was set aside cannot be taken in now, for the receipt to tell."""
    with store.act("暂存同步包", str(row["file_name"])) as act:
        act.upsert(PACKAGE, [{**row, "quarantined": reason}])


def clear(store: Store) -> None:
    """Remove the kept files of packages that were taken in; one held open elsewhere goes the next time."""
    kept = {str(row["digest"])[:32] for row in _came(store) if row.get("quarantined")}
    taken = {str(row["digest"])[:32] for row in _came(store)} - kept
    for file in (store.folder / FOLDER).glob("*.ipk"):
        if file.stem in taken:
            with suppress(OSError):
                file.unlink()


def _came(store: Store) -> list[Values]:
    return [r.values for r in store.find(PACKAGE, direction="in", type="package")]


def came(file: str) -> dict[str, str]:
    """Return what the list of packages keeps of how a file came."""
    return {"direction": "in", "file_name": file, "at": now()}


def kept_file(store: Store, digest: str) -> Path:
    """Return where a package that was set aside lies, by its manifest's digest."""
    return store.folder / FOLDER / f"{digest[:32]}.ipk"


def fork(store: Store, header: Header) -> str:
    """Return the epoch of another living life of the same incarnation, empty for none.

    Once a person picked one of the two, or a higher incarnation came, both are read like lives that are over.
    """
    standing = Standing.of(store, header.unit)
    if header.incarnation < standing.incarnation or chosen(store, header.unit) in (
        header.epoch,
        standing.epoch,
    ):
        return ""
    same = header.incarnation == standing.incarnation and standing.epoch is not None
    return str(standing.epoch) if same and header.epoch != standing.epoch and standing.applied else ""


def choose(store: Store, unit: str, epoch: str) -> None:
    """Keep which of two living copies of a county counts from now on; its packages set aside can then be taken in."""
    rows = store.find(PACKAGE, direction="in", type="package", unit=unit, epoch=epoch)
    if not rows:
        raise Refusal(f"{unit_name(unit)}没有代码为“{epoch}”的同步包，请刷新列表")
    kept = store.setting(CHOSEN)
    with store.act(f"选定{unit_name(unit)}在用的工作区", "收件") as act:
        act.keep(CHOSEN, {**(kept if isinstance(kept, dict) else {}), unit: epoch})
        act.note(f"选定{unit_name(unit)}在用的工作区：{epoch}")


def waiting(store: Store) -> list[Values]:
    """Return the packages set aside whose file is here, in the order of their lives and numbers."""
    aside = [
        row
        for row in _came(store)
        if row.get("quarantined") and kept_file(store, str(row["digest"])).is_file()
    ]
    return sorted(aside, key=lambda row: (row["unit"], whole(row["incarnation"]), whole(row["sequence"])))


def ready(store: Store) -> Iterator[Values]:
    """Yield the packages set aside against which nothing stands any more as far as their lives are concerned."""
    for row in waiting(store):
        unit, epoch = str(row["unit"]), str(row["epoch"])
        over = Standing.of(store, unit).incarnation > whole(row["incarnation"])
        newer_program = not row.get("forked")
        if newer_program or over or chosen(store, unit) in (epoch, row["forked"]):
            yield row
