"""Answer a county at the city, and take the answer in at the county (sync rule 8)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ipdesk.clock import now
from ipdesk.kinds.declare import Values
from ipdesk.kinds.sync import PACKAGE, RESULT
from ipdesk.problems import Refusal
from ipdesk.records import Record, RecordKey
from ipdesk.store import Act, Store
from ipdesk.sync import channel, corrections, decided, downward, returning, rotation
from ipdesk.sync.announcing import FIELD
from ipdesk.sync.carried import Carried, closing, not_held, unanswered
from ipdesk.sync.claims import EPOCH, ID, WORD, Claims
from ipdesk.sync.conflicts import OPEN
from ipdesk.sync.container import Container, Sealed, pack_lines, seal
from ipdesk.sync.contents import LACKING, described_lack, lacked, note_lack, told_lack
from ipdesk.sync.decided import conflicts
from ipdesk.sync.devices import Device, counties, unit_name
from ipdesk.sync.facts import ReceiptFacts
from ipdesk.sync.findings import ACCEPTED, RETURNED, SUSPECTED, Finding, suspected
from ipdesk.sync.life import Life
from ipdesk.sync.lives import settle, towards
from ipdesk.sync.preview import UNCHANGED, Looker, Preview
from ipdesk.sync.returning import Returned, returned, unconfirmed
from ipdesk.sync.rows import stamp
from ipdesk.sync.sending import Outgoing, opening, send
from ipdesk.sync.sentback import accepted, sent_back
from ipdesk.sync.standing import Standing, whole

RESULTS = "results"
CONFLICT = "conflict"
OUTCOMES = (ACCEPTED, RETURNED, SUSPECTED, CONFLICT)
RETURNED_ROWS = "pulled"
_CLASHES = "“{}”在本单位的两份工作区里填得不一样，待市局裁定；本机“冲突”里也列着的，可以自己选定"
_FIELDS = ("kind", "record", "version", "outcome", "field", "rule", "message")


def export_receipts(store: Store, folder: Path) -> list[Path]:
    """Write one receipt for each enrolled county into a folder, also when nothing changed."""
    enrolled, found = counties(store), suspected(store)
    if not enrolled:
        raise Refusal("还没有开通任何县（市、区），没有回执可导出；请先受理开通申请")
    settle(store)
    channel.reissue(store)
    for name, text in downward.published(store, store.catalogue):
        channel.publish(store, name, text)
    return [_export(store, folder, county, found) for county in enrolled]


def _export(store: Store, folder: Path, county: Device, found: Iterable[Finding]) -> Path:
    life, mark = Life.of(store), store.last_lsn()
    name = f"{county.unit}-r{life.epoch[:4]}-{life.sequence + 1}.ipk"
    sealed = _sealed(store, life, county, [f for f in found if f.record.key.owner == county.unit])
    facts = {**ReceiptFacts.read(sealed.header).row(), "mark": mark}
    after = life.exported(sealed.header.digest, mark)
    return send(
        store, folder, Outgoing(name, sealed.data, after, facts), f"导出给{unit_name(county.unit)}的回执"
    )


def _sealed(store: Store, life: Life, county: Device, found: list[Finding]) -> Sealed:
    keys, standing = rotation.keys_for(store, county), Standing.of(store, county.unit)
    lines = pack_lines(_results(store, standing, found))
    resources = [lines.resource(RESULTS, [{"name": name, "type": "string"} for name in _FIELDS])]
    entries = {f"{RESULTS}.jsonl.zst": lines.data}
    back = unconfirmed(store, standing)
    entries |= {f"{name}.jsonl.zst": held.data for name, (_, held) in back.items()}
    resources += returning.resources(back)
    if asked := corrections.asked(store, standing):
        entries[f"{corrections.RESOURCE}.jsonl.zst"] = (lines := corrections.packed(asked)).data
        resources.append(corrections.described(lines))
    if judged := decided.own_decisions(store, county.unit):
        entries[f"{decided.RESOURCE}.jsonl.zst"] = judged.data
        resources.append(decided.described(judged))
    if published := channel.packed(store):
        entries[f"{channel.RESOURCE}.jsonl.zst"] = published.data
        resources.append(channel.described(published))
    if lack := lacked(store, county.unit):
        entries[f"{LACKING}.jsonl.zst"] = lack.data
        resources.append(described_lack(lack))
    manifest = {
        **opening("receipt", store, life, keys, county.keys),
        "answers": {
            "unit": county.unit,
            "epoch": standing.epoch,
            "incarnation": standing.incarnation,
            "sequence": standing.sequence,
            "acknowledged": standing.acknowledged,
            "gaps": standing.gaps,
            "quarantined": standing.quarantined,
        },
        FIELD: rotation.announced(store),
        "corrections": [row["correction"] for row in asked],
        "resources": resources,
    }
    return seal(manifest, entries, keys, county.keys)


def _results(store: Store, standing: Standing, found: list[Finding]) -> Iterator[dict[str, object]]:
    """Yield every open suspicion, and "accepted" for each other record since the receipt the county last saw.

    Told again until a package says that a receipt was seen, so a lost receipt loses nothing.
    """
    told = _asking(store, standing.unit, found)
    yield from told.values()
    mark = _mark(store, standing)
    for kind in store.catalogue.travelling:
        for record in store.changed_since(kind, standing.unit, mark):
            if record.key not in told and record.version.number:
                yield _result(record, ACCEPTED)


def _asking(store: Store, unit: str, found: list[Finding]) -> dict[RecordKey, dict[str, object]]:
    """Return what is told of records by name: what was returned before conflicts, suspicions and acceptance."""
    told = {one.record.key: _result(one.record, ACCEPTED, "", one.message) for one in accepted(store, unit)}
    told |= {f.record.key: _result(f.record, f.outcome, f.field, f.message, f.rule) for f in found}
    for one in conflicts(store, OPEN):
        record = store.get(one.kind, one.key)
        if one.unit == unit and record:
            told[one.key] = _result(record, CONFLICT, one.field, _CLASHES.format(one.label))
    for back in sent_back(store, unit):
        told[back.record.key] = _result(back.record, RETURNED, back.field, back.message)
    return told


def _result(
    record: Record, outcome: str, field: str = "", message: str = "", rule: str = ""
) -> dict[str, object]:
    said = {"field": field, "rule": rule, "message": message}
    return {
        "kind": record.kind,
        "record": record.key.id,
        "version": stamp(record.version),
        "outcome": outcome,
        **{name: words for name, words in said.items() if words},
    }


def _mark(store: Store, standing: Standing) -> int:
    """Return this store's log number at the receipt that the county last saw; 0 when it is unknown here."""
    incarnation, number = standing.seen
    rows = store.find(
        PACKAGE, direction="out", type="receipt", unit=standing.unit, incarnation=incarnation, sequence=number
    )
    return max((whole(row.values.get("mark")) for row in rows), default=0)


def take_receipt(store: Store, container: Container, file: Path, *, dry_run: bool) -> Preview:
    """Return what a receipt told, or would tell; one for another unit is refused, an older one changes nothing."""
    facts, life = ReceiptFacts.read(container.header), Life.of(store)
    if facts.county != store.office.unit_code:
        raise Refusal(f"这是发给{unit_name(facts.county)}的回执，本单位不收，请核对是否拿错了文件")
    rotation.refuse_lower(store, container.header)
    results, lacking = list(_told(store, container)), told_lack(container)
    newest = facts.epoch == life.epoch and facts.seen > life.seen
    back = returned(store, container, facts, life.epoch) if newest else Returned()
    asked, judged = _wishes(store, container, facts)
    published = channel.brought(container)
    carried = _brings(store, facts, results, asked, judged) if newest else None
    fresh = channel.count_newer(store, published)
    restored = facts.epoch != life.epoch and facts.highest >= life.incarnation
    if not dry_run and (newest or restored):
        after = _after(life, facts)
        with towards(store, after), store.act("收取市局回执", file.name) as act:
            after.keep(act)
            act.upsert(PACKAGE, [{**facts.row(), "direction": "in", "file_name": file.name, "at": now()}])
            _take_down(store, act, container, published)
            if newest:
                _keep_results(store, act, facts, results)
                back.write(store, act)
                corrections.keep(store, act, facts, asked)
                decided.close(store, act, judged)
                note_lack(act, lacking)
    elif not dry_run and (channel.newer(store, published) or rotation.waits(store, container.header)):
        with store.act("收取市局下发", file.name) as act:
            _take_down(store, act, container, published)
    if carried:
        carried = replace(carried, pulled=len(back.pairs), published=fresh)
    told = _preview(file, facts, results, Looker(store).looked(back.pairs), len(back.clashes), newest=newest)
    return replace(told, carried=carried)


def _brings(
    store: Store,
    facts: ReceiptFacts,
    results: Iterable[Mapping[str, str | None]],
    asked: list[Values],
    judged: list[Values],
) -> Carried:
    """Return what a receipt brings that asks for something here, before it is taken in."""
    return Carried(facts.county, *_three(results), not_held(store, asked), closing(store, judged))


def _three(results: Iterable[Mapping[str, object]]) -> tuple[int, int, int]:
    """Return how many records are returned, suspected, in conflict."""
    count = Counter(result["outcome"] for result in results)
    return count[RETURNED], count[SUSPECTED], count[CONFLICT]


def outlook(store: Store) -> list[Carried]:
    """Return what the receipts would carry that would be exported now, by county."""
    found, published = suspected(store), len(channel.documents(store))
    return [_outlook(store, county, found, published) for county in counties(store)]


def _outlook(store: Store, county: Device, found: Iterable[Finding], published: int) -> Carried:
    unit, standing = county.unit, Standing.of(store, county.unit)
    own = [finding for finding in found if finding.record.key.owner == unit]
    judged = decided.own_decisions(store, unit)
    return Carried(
        unit,
        *_three(_asking(store, unit, own).values()),
        unanswered(corrections.asked(store, standing)),
        judged.rows if judged else 0,
        sum(lines.rows for _, lines in unconfirmed(store, standing).values()),
        published,
    )


def _take_down(store: Store, act: Act, container: Container, published: list[channel.Document]) -> None:
    """Take in what does not depend on which package a receipt answers: documents, keys, the reader asked for."""
    channel.take(store, act, published)
    rotation.keep_reader(store, act, container.header)
    rotation.take(store, act, container.header)


def _wishes(store: Store, container: Container, facts: ReceiptFacts) -> tuple[list[Values], list[Values]]:
    """Return the corrections that the city asks for and the conflicts it decided, checked."""
    unit = facts.county
    return corrections.brought(store, container, unit), decided.brought(store, container, unit)


def _after(life: Life, facts: ReceiptFacts) -> Life:
    """Return the life after a receipt: what it acknowledges, or a new life when the city knows a later one of ours.

    From a receipt that answers another life nothing is taken; the new life sends everything again.
    """
    if facts.epoch != life.epoch:
        return life.next(facts.highest)
    return life.confirmed(facts.acknowledged, facts.newest, facts.seen)


def _told(store: Store, container: Container) -> Iterator[dict[str, str | None]]:
    """Yield the checked results of kinds known here."""
    resource = container.resource(RESULTS)
    kinds = {kind.name for kind in store.catalogue.travelling}
    for claims in container.lines(resource) if resource else ():
        if claims.text("kind", WORD) in kinds:
            yield _read(claims)


def _read(claims: Claims) -> dict[str, str | None]:
    incarnation, number, epoch = (claims.text("version", WORD).split(".") + ["", ""])[:3]
    sound = incarnation.isdigit() and number.isdigit() and EPOCH.fullmatch(epoch)
    if claims.text("outcome", WORD) not in OUTCOMES or not sound:
        raise Refusal("回执里有看不懂的逐条结果，没有接收，请市局升级程序后重新导出")
    return {
        "kind": claims.text("kind", WORD),
        "record": claims.text("record", ID),
        "version": claims.text("version", WORD),
        "outcome": claims.text("outcome", WORD),
        "field": claims.optional("field", WORD),
        "message": claims.text("message") if claims.raw.get("message") is not None else None,
    }


def _keep_results(store: Store, act: Act, facts: ReceiptFacts, results: list[dict[str, str | None]]) -> None:
    """Keep the results by record; what was said of one and is no longer told counts as accepted."""
    number: Values = {
        "unit": facts.county,
        "incarnation": facts.seen.incarnation,
        "receipt": facts.seen.number,
    }
    told = {(r["kind"], r["record"]): r for r in results}
    settled = [r for r in _open(store) if (r["kind"], r["record"]) not in told]
    cleared: Values = {"outcome": ACCEPTED, "field": None, "message": None}
    act.upsert(RESULT, [{**r, **cleared, **number} for r in settled])
    act.upsert(RESULT, [{**r, **number} for r in told.values()])


def _open(store: Store) -> list[Values]:
    """Return the results that ask for something or say something."""
    rows = (record.values for record in store.find(RESULT))
    return [row for row in rows if row["outcome"] != ACCEPTED or row.get("message")]


def _preview(
    file: Path,
    facts: ReceiptFacts,
    results: Sequence[Mapping[str, str | None]],
    back: Looker,
    conflicts: int,
    *,
    newest: bool,
) -> Preview:
    counts: dict[str, Counter[str]] = {}
    for result in results:
        deed = str(result["outcome"]) if newest else UNCHANGED
        counts.setdefault(str(result["kind"]), Counter())[deed] += 1
    for kind, told in back.counts.items():
        counts.setdefault(kind, Counter())[RETURNED_ROWS] += told.total()
    rows = tuple(back.rows)
    return Preview(file.name, "receipt", facts.county, facts.header.sequence, counts, conflicts, rows)
