"""Take a county's package in at the city: verified, previewed, then one transaction (sync rules 3 to 5)."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from ipdesk.kinds.deciding import CONFIRMATION, IMAGE
from ipdesk.kinds.declare import Kind, Values
from ipdesk.kinds.sync import PACKAGE
from ipdesk.problems import Refusal
from ipdesk.store import Act, Store
from ipdesk.sync import channel, decided, rotation
from ipdesk.sync.conflicts import clash
from ipdesk.sync.conflicts import keep as keep_clashes
from ipdesk.sync.container import READER, Container, Header
from ipdesk.sync.contents import brought, take
from ipdesk.sync.corrections import note_answers
from ipdesk.sync.devices import unit_name
from ipdesk.sync.doubts import doubts
from ipdesk.sync.facts import PackageFacts
from ipdesk.sync.life import LEAP, Life
from ipdesk.sync.lives import towards
from ipdesk.sync.preview import Looker, Pair, Preview, pairs
from ipdesk.sync.quarantine import SetAside, came, fork, kept_file, set_aside
from ipdesk.sync.returning import confirmations
from ipdesk.sync.standing import Standing, verify
from ipdesk.sync.undoing import images, prune

_FORK = (
    "与已收到的第{}包序号相同而内容不同：可能上次导出中断过，或有两份工作区同时在用。"
    "没有接收，请对方再导出一份新的，并核对是否只有一台电脑在填报"
)
_TOO_NEW = "{}第{}包由更新版本的程序导出，市局记下了但没有收，请先升级市局的程序再收取一次"
_TWO_LIVES = (
    "{}像有两份工作区同时在上报（同一代有两个代码），这一包暂存、没有收；"
    "请问清哪一台电脑在用，再在“收件”里选定"
)


def take_package(store: Store, container: Container, file: Path, *, dry_run: bool) -> Preview:
    """Return what a package changed, or would change; refused whole in one sentence when anything is wrong."""
    header, facts = container.header, PackageFacts.read(container.header)
    _refuse_leaps(store, facts)
    known = _known(store, facts)
    rival = "" if known else fork(store, header)
    if reason := too_new(store, header) or (rival and _TWO_LIVES.format(unit_name(header.unit))):
        if not dry_run:
            set_aside(store, facts, file, reason, rival)
        raise SetAside(reason)
    preview = _looked(store, container, facts, file)
    if not dry_run and (preview.accepted or not known):
        mark = store.last_lsn()
        _apply(store, container, facts, preview)
        return replace(preview, doubts=tuple(doubts(store, header.unit, mark)))
    return preview


def _known(store: Store, facts: PackageFacts) -> bool:
    """Tell whether this very package was taken in before; another one under its number is refused."""
    header = facts.header
    rows = store.find(
        PACKAGE,
        direction="in",
        type="package",
        unit=header.unit,
        epoch=header.epoch,
        sequence=header.sequence,
    )
    if any(row.values["digest"] != header.digest for row in rows):
        raise Refusal(_FORK.format(header.sequence))
    return any(not row.values.get("quarantined") for row in rows)


def _refuse_leaps(store: Store, facts: PackageFacts) -> None:
    header, life = facts.header, Life.of(store)
    leap = header.incarnation > Standing.of(store, header.unit).incarnation + LEAP
    if leap or facts.seen.incarnation > life.incarnation + LEAP or facts.low > facts.high:
        raise Refusal("文件的代次或序号不合情理，没有接收，请与对方核对")
    channel.refuse_leaps(store, facts.channel)
    rotation.refuse_lower(store, header)


def too_new(store: Store, header: Header) -> str:
    """Return why a package cannot be read by this program yet, nothing when it can (rule 4)."""
    kinds = {kind.name for kind in store.catalogue.travelling}
    newer = header.schema > store.schema or header.minimum_reader > READER
    if newer or any(resource.name not in kinds for resource in header.kinds):
        return _TOO_NEW.format(unit_name(header.unit), header.sequence)
    return ""


def _looked(store: Store, container: Container, facts: PackageFacts, file: Path) -> Preview:
    """Return what would change, having checked every line."""
    looker, header = Looker(store), container.header
    for kind, some in _all(store, container, store.catalogue.travelling):
        for pair in some:
            if not facts.low < pair.brought.lsn <= facts.high:
                raise Refusal("文件里有清单范围以外的记录，导出它的程序可能有误，请对方升级后重新导出")
            looker.look(kind, pair)
    decided.brought(store, container, header.unit)
    return Preview(
        file.name,
        header.type,
        header.unit,
        header.sequence,
        looker.counts,
        looker.conflicts,
        tuple(looker.rows),
        sum(1 for _ in brought(container)),
    )


def _all(store: Store, container: Container, kinds: Iterable[Kind]) -> Iterator[tuple[Kind, list[Pair]]]:
    for kind in kinds:
        for some in pairs(store, container, kind):
            yield kind, some


def _apply(store: Store, container: Container, facts: PackageFacts, preview: Preview) -> None:
    unit = facts.header.unit
    earlier = preview.conflicts or facts.header.incarnation > 1
    changing = [k for k in store.catalogue.travelling if earlier or preview.changes(k.name)]
    deed = f"收取{unit_name(unit)}第{facts.header.sequence}包"
    mark, kept = store.last_lsn(), preview.file == kept_file(store, facts.header.digest).name
    after, judged = _risen(Life.of(store), facts), decided.brought(store, container, unit)
    with towards(store, after), store.contents.writing() as keep, store.act(deed, preview.file) as act:
        after.keep(act)
        for kind, some in _all(store, container, changing):
            _write(store, act, facts.header, kind, some)
        told: Values = {"accepted": preview.accepted, "quarantined": None, "forked": None}
        told = {**told, "batch": act.batch, "mark": mark}
        how: Values = {"direction": "in"} if kept else came(preview.file)  # one set aside came when it came
        act.upsert(PACKAGE, [{**facts.row(), **how, **told}])
        rotation.keep_reader(store, act, facts.header)
        rotation.note_shown(store, act, facts.header)
        note_answers(store, act, facts)
        channel.note_seen(store, act, facts.channel)
        decided.close(store, act, judged)
        take(store, container, unit, keep)
        verify(store, act, unit)
        prune(store, act, unit)


def _write(store: Store, act: Act, header: Header, kind: Kind, some: list[Pair]) -> None:
    """Keep what clashes before it is written over, write what is newer, note what this life has confirmed."""
    found = (clash(store, kind, pair.held, pair.brought) for pair in some)
    keep_clashes(store, act, kind, [one for one in found if one])
    act.upsert(IMAGE, images(act.batch, kind, some))
    act.merge(kind, [pair.brought for pair in some if pair.newer])
    act.upsert(CONFIRMATION, confirmations(header.unit, header.epoch, kind, some))


def _risen(life: Life, facts: PackageFacts) -> Life:
    """Return this city's life after a package that holds a receipt newer than its own: a new one (rule 8).

    A county that holds a receipt which this city does not know of shows that the city was restored.
    """
    known = facts.seen <= (life.incarnation, life.sequence)
    return life if known else life.risen(facts.seen)
