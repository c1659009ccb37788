"""Make a county's package: every row the city has not acknowledged, and a header telling of the whole."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ipdesk.kinds.declare import Kind
from ipdesk.periods import Period
from ipdesk.problems import Refusal
from ipdesk.records import Record
from ipdesk.store import Store
from ipdesk.sync import channel, corrections, decided
from ipdesk.sync.container import Sealed, pack_lines, seal
from ipdesk.sync.contents import NOTHING, RESOURCE, Cargo, described
from ipdesk.sync.contents import after as sent
from ipdesk.sync.contents import packed as loaded
from ipdesk.sync.devices import city_of, keys_of
from ipdesk.sync.facts import PackageFacts
from ipdesk.sync.life import Life
from ipdesk.sync.lives import settle
from ipdesk.sync.naming import Names, ledger_of
from ipdesk.sync.rows import StateDigest, describe, line, unfit
from ipdesk.sync.sending import Outgoing, opening, send

_UNFIT = "{}里“{}”的“{}”填得太大、太长或有不能用的字符，同步包带不了，请先把它改正（或清空）再导出；别的内容不受影响"


@dataclass(frozen=True, slots=True)
class Report:
    """For which period a package reports (its code, empty for none told), and whether there is nothing to tell."""

    period: str = ""
    zero: bool = False


PLAIN = Report()


def export_package(store: Store, folder: Path, load: Cargo = NOTHING, report: Report = PLAIN) -> Path:
    """Write the county's next package into a folder, also when nothing changed (sync rules 1 and 2).

    A zero report is refused while anything is unsent: it would deny what the package itself brings.
    """
    settle(store)
    life, high = Life.of(store), store.last_lsn()
    if report.zero and (count := store.unsent(store.office.unit_code, life.acknowledged)):
        raise Refusal(f"还有{count}条记录市局没有确认，这一期不能报零；请照常导出，不要选“零报告”")
    name = f"{store.office.unit_code}-{life.epoch[:4]}-{life.sequence + 1}.ipk"
    sealed = _sealed(store, life, high, load, report)
    facts = PackageFacts.read(sealed.header).row()
    after = life.exported(sealed.header.digest, high)
    return send(store, folder, Outgoing(name, sealed.data, after, facts, sent(store, load)), "导出同步包")


def _sealed(store: Store, life: Life, high: int, load: Cargo, report: Report) -> Sealed:
    """Return the package: rows above the acknowledged number, and the digest of all rows there are."""
    keys, city, state = keys_of(store), city_of(store).keys, StateDigest()
    kinds = {kind.name: kind for kind in store.catalogue.travelling}
    packed = {
        name: pack_lines(line(record) for record in _unacknowledged(store, kind, life.acknowledged, state))
        for name, kind in kinds.items()
    }
    resources = [lines.resource(name, describe(kinds[name])) for name, lines in packed.items()]
    if judged := decided.own_decisions(store, store.office.unit_code):
        packed[decided.RESOURCE] = judged
        resources.append(decided.described(judged))
    if load.sizes:
        packed[RESOURCE] = loaded(store, load)
        resources.append(described(packed[RESOURCE]))
    manifest = {
        **opening("package", store, life, keys, city),
        "low": life.acknowledged,
        "high": high,
        "state": {"count": state.count, "digest": state.hex},
        "corrections_done": corrections.done(store),
        "receipt_seen": life.seen,
        "channel_seen": channel.seen(store),
        "period": Period.read(report.period).code if report.period else None,
        "zero": report.zero,
        "resources": resources,
    }
    return seal(manifest, {f"{name}.jsonl.zst": lines.data for name, lines in packed.items()}, keys, city)


def _unacknowledged(store: Store, kind: Kind, low: int, state: StateDigest) -> Iterator[Record]:
    """Yield the rows above the acknowledged number, taking every row of the kind into the state digest."""
    columns = [field.name for field in kind.fields]
    for held in store.changed_since(kind, store.office.unit_code, 0):
        record = _carried(store, kind, held) if held.deleted or held.lsn > low else held
        state.add(record, columns)
        if record.lsn > low:
            yield record


def _carried(store: Store, kind: Kind, record: Record) -> Record:
    """Return a record as a package carries it; one with a value that none can is named, for it would stop them all.

    Nobody can mend a deleted record, so it goes without such a value.
    """
    wrong = unfit(kind, record)
    if wrong and not record.deleted:
        name, ledger = Names(store).of(kind, record), ledger_of(store.catalogue, kind)
        raise Refusal(_UNFIT.format(ledger, name, wrong[0].label))
    gone = {field.name for field in wrong}
    return (
        replace(record, values={n: v for n, v in record.values.items() if n not in gone}) if gone else record
    )
