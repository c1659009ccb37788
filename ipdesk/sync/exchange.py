"""Send, look at and take in files of any type: each role has its own, and every file its own transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ipdesk.problems import Refusal
from ipdesk.store import Store
from ipdesk.sync import channel, corrections, decided
from ipdesk.sync.container import ZIP, Container, open_sealed, open_signed, read_file
from ipdesk.sync.contents import NOTHING, brought, cargo
from ipdesk.sync.devices import asking, ring, signer
from ipdesk.sync.doubts import Doubt
from ipdesk.sync.facts import PackageFacts, ReceiptFacts
from ipdesk.sync.lives import settle
from ipdesk.sync.merging import take_package, too_new
from ipdesk.sync.package import PLAIN, Report, export_package
from ipdesk.sync.preview import Preview
from ipdesk.sync.quarantine import SetAside, choose, clear, kept_file, note_reason, ready
from ipdesk.sync.receipt import export_receipts, take_receipt
from ipdesk.sync.rows import Writer, records

_ELSEWHERE = {
    "package": "这是县（市、区）上报的同步包，由市局收取，请核对是否拿错了文件",
    "receipt": "这是市局发给县（市、区）的回执，由县里收取，请核对是否拿错了文件",
    "request": "这是开通申请，请由市局受理开通",
    "grant": "这是开通授权，请由县里安装授权",
    "archive": "这是归档文件，请用“打开归档”查看",
}


def export(store: Store, folder: Path, *, attachments: bool = False, report: Report = PLAIN) -> list[Path]:
    """Write what this workspace sends: a county its next package, the city a receipt for each enrolled county.

    With ``attachments`` a package carries the contents that ``cargo`` tells; that, and a ``report`` for a period,
    the city refuses to do.
    """
    load = cargo(store) if attachments else NOTHING
    if store.office.role == "county":
        return [export_package(store, folder, load, report)]
    if report != PLAIN:
        raise Refusal("报送期和零报告由县（市、区）填写，市局导出回执时不用")
    return export_receipts(store, folder)


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a file is: whether it is whole, genuine and ours, with its header; else, or if not readable yet, why."""

    valid: bool
    reason: str = ""
    header: Mapping[str, object] = field(default_factory=dict)
    digest: str = ""


def inspect(store: Store, file: Path) -> Inspection:
    """Tell what a file is without taking anything in; every line of it is checked."""
    try:
        container = opened(store, file)
        reason = too_new(store, container.header) if container.header.type == "package" else ""
        if not reason:
            _check_lines(store, container)
    except Refusal as refusal:
        return Inspection(False, refusal.message)
    return Inspection(True, reason, container.header.claims.raw, container.header.digest)


def opened(store: Store, file: Path, *, aside: bool = False) -> Container:
    """Return the container in a file, verified against the keys known here; the lines are not looked at yet.

    ``aside`` says that it was verified before, when it came, and kept.
    """
    data = read_file(file)
    if data.startswith(ZIP):
        return open_signed(data, asking)
    return open_sealed(data, ring(store), lambda header: signer(store, header, aside=aside))


def _check_lines(store: Store, container: Container) -> None:
    writer = _writer(container)
    known = {kind.name: kind for kind in store.catalogue.travelling}
    for resource in container.header.resources:
        kind = known.get(resource.name)
        for _ in records(container, kind, writer) if kind else container.lines(resource):
            pass
    for _ in brought(container):
        pass
    channel.brought(container)
    unit = writer.unit if writer else container.header.unit
    corrections.brought(store, container, unit)
    decided.brought(store, container, unit)


def _writer(container: Container) -> Writer | None:
    """Return whose records a file tells of, having looked at its facts; a receipt gives back the county's own."""
    if container.header.type == "package":
        PackageFacts.read(container.header)
    if container.header.type != "receipt":
        return None
    facts = ReceiptFacts.read(container.header)
    return Writer(facts.county, facts.highest)


@dataclass(frozen=True, slots=True)
class Received:
    """What receiving did: records taken in, already here, in conflict; files refused with the reason; previews.

    ``aside`` are those of the refused that are set aside for later (in a trial: would be).
    """

    accepted: int = 0
    unchanged: int = 0
    conflicts: int = 0
    refused: tuple[tuple[Path, str], ...] = ()
    previews: tuple[Preview, ...] = ()
    aside: tuple[Path, ...] = ()

    @property
    def doubts(self) -> list[Doubt]:
        """Return what the rules say of the rows that were taken in."""
        return [doubt for preview in self.previews for doubt in preview.doubts]


def receive(store: Store, files: Iterable[Path], *, dry_run: bool = False) -> Received:
    """Take files in, in the order of unit, life and number; one refused does not stop the others.

    With ``dry_run`` nothing is written: each preview tells what the file alone would change.
    """
    if not dry_run:
        settle(store)
    refused: list[tuple[Path, str]] = []
    previews: list[Preview] = []
    aside: list[Path] = []
    for file in _in_order(store, files, refused):
        try:
            previews.append(_take(store, file, dry_run=dry_run))
        except Refusal as refusal:
            refused.append((file, refusal.message))
            aside += [file] if isinstance(refusal, SetAside) else []
    if store.office.role == "city" and not dry_run:
        previews += resume(store, refused)
    return _summary(previews, refused, aside)


def resume(store: Store, refused: list[tuple[Path, str]]) -> list[Preview]:
    """Take in what was set aside and can be taken in by now.

    Why the rest cannot stands in the list of packages; a reason that was not told before is told of its file.
    """
    taken = []
    for row in list(ready(store)):
        file = kept_file(store, str(row["digest"]))
        try:
            taken.append(_take(store, file, dry_run=False, aside=True))
        except Refusal as refusal:
            if refusal.message != row["quarantined"]:
                note_reason(store, row, refusal.message)
                refused.append((Path(str(row["file_name"])), refusal.message))
    clear(store)
    return taken


def pick(store: Store, unit: str, epoch: str) -> list[Preview]:
    """Keep which of two living copies of a county counts from now on, and take in what was set aside for it."""
    settle(store)
    choose(store, unit, epoch)
    return resume(store, [])


def _summary(
    previews: Sequence[Preview], refused: Sequence[tuple[Path, str]], aside: Sequence[Path]
) -> Received:
    return Received(
        sum(preview.accepted for preview in previews),
        sum(preview.unchanged for preview in previews),
        sum(preview.conflicts for preview in previews),
        tuple(refused),
        tuple(previews),
        tuple(aside),
    )


def _in_order(store: Store, files: Iterable[Path], refused: list[tuple[Path, str]]) -> list[Path]:
    """Return the files that open, by what their headers say; opened again later, so that one at a time is held."""
    ordered = []
    for number, file in enumerate(files):
        try:
            ordered.append((opened(store, file).header.order, number, file))
        except Refusal as refusal:
            refused.append((file, refusal.message))
    return [file for _, _, file in sorted(ordered)]


def _take(store: Store, file: Path, *, dry_run: bool, aside: bool = False) -> Preview:
    container = opened(store, file, aside=aside)
    role, kind = store.office.role, container.header.type
    if (role, kind) == ("city", "package"):
        return take_package(store, container, file, dry_run=dry_run)
    if (role, kind) == ("county", "receipt"):
        return take_receipt(store, container, file, dry_run=dry_run)
    raise Refusal(_ELSEWHERE.get(kind, "这种文件本程序不认识，请先升级程序"))
