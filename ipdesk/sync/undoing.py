"""Take back what a package changed at the city, as long as nothing later builds on it (sync rule 8)."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from ipdesk.fields import Value
from ipdesk.kinds.deciding import CONFIRMATION, CONFLICT, CORRECTION, IMAGE
from ipdesk.kinds.declare import Kind, Values
from ipdesk.kinds.sync import PACKAGE
from ipdesk.problems import Refusal
from ipdesk.records import Record, RecordKey, Version
from ipdesk.store import Act, Store
from ipdesk.sync import corrections
from ipdesk.sync.conflicts import OPEN
from ipdesk.sync.devices import unit_name
from ipdesk.sync.naming import Names
from ipdesk.sync.preview import Pair
from ipdesk.sync.rows import stamp
from ipdesk.sync.standing import LIVED, Standing, lived, whole

KEPT = 20  # packages of a unit whose images are kept
_SHOWN = 10
_BUILT_ON = "这一包里有{}条记录后来又有变化或已提出更正，不能撤回：{}；请先撤回后来的包"


def images(batch: str, kind: Kind, some: Iterable[Pair]) -> list[Values]:
    """Return how records stood before a package, those that it changes."""
    return [
        {
            "batch": batch,
            "unit": pair.brought.key.owner,
            "kind": kind.name,
            "record": pair.brought.key.id,
            "version": stamp(pair.brought.version),
            "before": _written(pair.held) if pair.held else None,
        }
        for pair in some
        if pair.newer
    ]


def _written(record: Record) -> str:
    told = {
        "values": dict(record.values),
        "version": record.version,
        "previous": record.previous,
        "deleted": record.deleted,
        "at": record.at,
        "extra": dict(record.extra),
    }
    return json.dumps(told, ensure_ascii=False)


def _read(kind: Kind, key: RecordKey, written: str) -> Record:
    told = json.loads(written)
    previous = Version(*told["previous"]) if told["previous"] else None
    values = {name: kind.by_name[name].type.canonical(value) for name, value in told["values"].items()}
    version = Version(*told["version"])
    return Record(kind.name, key, values, version, previous, 0, told["deleted"], told["at"], told["extra"])


def prune(store: Store, act: Act, unit: str) -> None:
    """Forget the images of all but the last packages of a unit."""
    for old in _taken(store, unit)[:-KEPT]:
        act.forget(IMAGE, batch=old["batch"])


def _taken(store: Store, unit: str) -> list[Values]:
    """Return the packages of a unit that were taken in, in the order of their taking, whatever the clock said.

    Two with one mark changed nothing between them; those that an older program took in have none.
    """
    rows = (r.values for r in store.find(PACKAGE, direction="in", type="package", unit=unit))
    return sorted(
        (row for row in rows if row.get("batch")), key=lambda row: (whole(row.get("mark")), _time(row["at"]))
    )


def _time(told: Value) -> datetime:
    """Return a kept time; one that a county's program wrote oddly counts as late, so that nothing is lost by it."""
    try:
        return datetime.fromisoformat(str(told)).astimezone(UTC)
    except (ValueError, OverflowError):
        return datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Later:
    """A record that changed or was decided about after a package brought it: what it is and what it is called."""

    kind: Kind
    key: RecordKey
    name: str


def built_on(store: Store, digest: str) -> list[Later]:
    """Return the records of a package on which something later builds: with any, it cannot be taken back."""
    package = _package(store, digest)
    names, rows = Names(store), _images(store, package)
    return [_later(store, names, row) for row in rows if _built_on(store, package, row)]


def _later(store: Store, names: Names, row: Values) -> Later:
    kind, key = store.catalogue.kind(str(row["kind"])), RecordKey(str(row["unit"]), str(row["record"]))
    held = store.get(kind, key)
    return Later(kind, key, names.of(kind, held) if held else key.id)


def _images(store: Store, package: Values) -> list[Values]:
    return [record.values for record in store.find(IMAGE, batch=package["batch"])]


def undo_package(store: Store, digest: str) -> int:
    """Put back what a package changed and return the number of records; the county sends it again.

    Refused when a later package, a decision or a correction builds on one of its records, with their names.
    """
    package = _package(store, digest)
    rows = _images(store, package)
    if later := built_on(store, digest):
        raise Refusal(_BUILT_ON.format(len(later), "、".join(one.name for one in later[:_SHOWN])))
    deed = f"撤回{unit_name(str(package['unit']))}第{package['sequence']}包"
    with store.act(deed, "收件") as act:
        for name in dict.fromkeys(str(row["kind"]) for row in rows):
            kind = store.catalogue.kind(name)
            act.unmerge(kind, dict(_before(kind, row) for row in rows if row["kind"] == name))
        for row in rows:
            _forget_what_it_told(act, row, package)
        corrections.reopen(store, act, package)
        _keep_life(store, act, package)
        act.forget(IMAGE, batch=package["batch"])
        act.forget(PACKAGE, direction="in", digest=digest)
        _forget_life(store, act, package)
        act.note(deed)
    return len(rows)


def _package(store: Store, digest: str) -> Values:
    found = store.find(PACKAGE, direction="in", type="package", digest=digest)
    if not found:
        raise Refusal("没有收过这一包，请刷新列表")
    package = found[0].values
    if package not in _taken(store, str(package["unit"]))[-KEPT:]:
        raise Refusal(f"只能撤回每个单位最近的{KEPT}包，这一包更早，请用更正意见处理")
    return package


def _before(kind: Kind, row: Values) -> tuple[RecordKey, Record | None]:
    key = RecordKey(str(row["unit"]), str(row["record"]))
    return key, _read(kind, key, str(row["before"])) if row.get("before") else None


def _built_on(store: Store, package: Values, row: Values) -> bool:
    """Tell whether a record changed again since a package, or a correction was proposed on what it brought."""
    held = store.get(store.catalogue.kind(str(row["kind"])), RecordKey(str(row["unit"]), str(row["record"])))
    if held is None or stamp(held.version) != row["version"]:
        return True
    asked = store.find(CORRECTION, unit=row["unit"], record=row["record"])
    decided = store.find(CONFLICT, unit=row["unit"], record=row["record"])
    later = (*(r.values.get("at") for r in asked), *(r.values.get("decided_at") for r in decided))
    return any(_time(at) >= _time(package["at"]) for at in later if at)


def _forget_what_it_told(act: Act, row: Values, package: Values) -> None:
    """Forget the open conflicts that a package gave rise to, on either side, and what it confirmed."""
    about = {name: row[name] for name in ("unit", "kind", "record")}
    act.forget(CONFLICT, **about, state=OPEN, held_version=row["version"])
    act.forget(CONFLICT, **about, state=OPEN, other_version=row["version"])
    act.forget(CONFIRMATION, **about, epoch=package["epoch"])


def _forget_life(store: Store, act: Act, package: Values) -> None:
    """Forget all that a life confirmed once no package of it is left: it sends everything again."""
    life = {name: package[name] for name in ("unit", "epoch")}
    if not store.find(PACKAGE, None, direction="in", type="package", **life):
        act.forget(CONFIRMATION, **life)


def _keep_life(store: Store, act: Act, package: Values) -> None:
    """Keep that the package's life was seen: the next one must be above it, and its packages come again."""
    unit, known = str(package["unit"]), lived(store)
    life = whole(package["incarnation"]), str(package["epoch"])
    if life[0] >= Standing.of(store, unit).incarnation:
        act.keep(LIVED, {**known, unit: life})
