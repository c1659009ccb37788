"""Bring a workspace back from a backup: look at what would be lost first, then rebuild or go back (sync rule 7)."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from ipdesk.actions.backups import make
from ipdesk.backups import RESTORE, Backup
from ipdesk.codes import code_table
from ipdesk.kinds.declare import Kind
from ipdesk.problems import Damage, Refusal
from ipdesk.records import Record, RecordKey
from ipdesk.store import Role, Stage, Store, Wish
from ipdesk.sync.devices import devices, keys_of, ring
from ipdesk.sync.life import Life
from ipdesk.sync.naming import Names

ADDED, CHANGED, DELETED = "added", "changed", "deleted"
MOST, _CHUNK = 200, 500  # records named; records compared at a time
_DEEDS = {ADDED: "新增", CHANGED: "修改", DELETED: "删除"}


@dataclass(frozen=True, slots=True)
class Lost:
    """A record written after the backup: its kind, what it is called (masked), what was done, whether it was sent."""

    kind: str
    key: RecordKey
    name: str
    deed: str
    sent: bool


@dataclass(frozen=True, slots=True)
class Look:
    """What a backup is, and what would be lost by restoring it.

    ``counts`` are its live records by kind, ``present`` those of the store, ``None`` where that is lost. ``deeds``
    counts the records added, changed and deleted since; ``unsent`` those of them that never left this PC.
    ``lacks_keys`` says that the backup is from before the present keys, or from before this county was enrolled.
    """

    file: Path
    at: datetime
    label: str
    unit_code: str
    role: Role
    office_name: str
    device: str
    counts: dict[str, int]
    present: dict[str, int] | None = None
    deeds: Counter[str] | None = None
    unsent: int = 0
    rows: tuple[Lost, ...] = ()
    lacks_keys: bool = False

    @property
    def since(self) -> int:
        """Return how many records were written since the backup."""
        return self.deeds.total() if self.deeds else 0

    def lines(self, wish: Wish) -> list[str]:
        """Return in Chinese what the backup is and what restoring it does, a sentence each."""
        unit = code_table("regions").get(self.unit_code)
        whose = self.office_name or (unit.name if unit else self.unit_code)
        held = sum(self.counts.values())
        told = [f"备份 {self.file.name}：{self.at:%Y-%m-%d %H:%M}（{self.label}），{whose}，共 {held} 条记录"]
        if self.deeds is None:
            return [*told, "现在的数据文件已丢失或损坏，备份以后做的都不在里面", *_after(wish, self.role)]
        done = "，".join(f"{word} {self.deeds[deed]} 条" for deed, word in _DEEDS.items())
        told.append(f"备份以后：{done}" if self.since else "备份以后没有改动过记录")
        if self.unsent:
            told.append(f"其中 {self.unsent} 条还没有上报过，恢复后只留在“恢复之前”的那个备份里")
        return [*told, *_after(wish, self.role), *([_KEYS[self.role]] if self.lacks_keys else [])]


_KEYS: dict[Role, str] = {
    "county": "备份以后才开通或换过密钥：恢复后请重新申请开通，再报包",
    "city": "备份以后换过密钥：恢复后请用密钥备份文件和打印的恢复码找回（recover），再收发",
}


def _after(wish: Wish, role: Role) -> list[str]:
    if role == "city":
        return ["恢复后请发一次回执：各县（市、区）会把备份以后的数据再报上来"]
    if wish == "rebuild":
        return ["重建：恢复后报一次包，市局的回执会把报过的较新内容送回来"]
    return ["回到备份：以备份的内容为准，报过的较新内容也改回去，市局按冲突或更新处理"]


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did: where the state before it lies, how many contents are lacking, and what was looked at."""

    before: Path | None
    lacking: int
    look: Look


def preview(store: Store, file: Path) -> Look:
    """Return what a backup is and what would be lost by restoring it; nothing is changed.

    Refused when it is damaged, of another workspace or of a newer program.
    """
    with store.backups.stage(file) as stage:
        _refuse_other(stage, store)
        return look(stage, file, store)


def look(stage: Stage, file: Path, present: Store | None) -> Look:
    """Return what a staged backup is, beside the present store where there is one."""
    office, named = stage.store.office, Backup.of(file)
    about = Look(
        file,
        stage.at,
        named.label if named else "另存的备份",
        office.unit_code,
        office.role,
        office.office_name,
        office.device,
        _counts(stage.store),
    )
    return _beside(about, stage.store, present) if present else about


def _counts(store: Store) -> dict[str, int]:
    return {kind.name: store.count(kind) for kind in store.catalogue.travelling}


def _beside(about: Look, backup: Store, present: Store) -> Look:
    deeds: Counter[str] = Counter()
    rows: list[Lost] = []
    unsent, names = 0, Names(present)
    for kind in present.catalogue.travelling:
        for record, deed, sent in _differences(kind, backup, present):
            deeds[deed] += 1
            unsent += not sent
            if len(rows) < MOST:
                rows.append(Lost(kind.name, record.key, names.of(kind, record), deed, sent))
    told = (about.file, about.at, about.label, about.unit_code, about.role, about.office_name, about.device)
    lacks = _lacks_keys(backup, present)
    return Look(*told, about.counts, _counts(present), deeds, unsent, tuple(rows), lacks)


def _lacks_keys(backup: Store, present: Store) -> bool:
    """Tell whether a backup is from before the present keys were made, or before this county was enrolled."""
    known = {keys.public.id for keys in ring(backup)}
    enrolled, was = (any(device.live for device in devices(store)) for store in (present, backup))
    return keys_of(present).public.id not in known or (
        present.office.role == "county" and enrolled and not was
    )


def _differences(kind: Kind, backup: Store, present: Store) -> Iterator[tuple[Record, str, bool]]:
    """Yield the records that stand otherwise than in a backup: what was done, and whether it left this PC."""
    before, own, sent = backup.versions(kind), present.office, Life.of(present).sent
    written = (k for k, told in present.versions(kind).items() if k not in before or before[k][0] != told[0])
    while keys := list(islice(written, _CHUNK)):
        held = backup.get_many(kind, keys)
        for record in present.get_many(kind, keys).values():
            if deed := _deed(held.get(record.key), record):
                mine = own.role == "county" and record.key.owner == own.unit_code
                yield record, deed, not mine or record.lsn <= sent


def _deed(before: Record | None, after: Record) -> str:
    """Return what was done to a record, nothing where it says the same."""
    if after.deleted or before is None or before.deleted:
        was, now = before is not None and not before.deleted, not after.deleted
        return "" if was == now else ADDED if now else DELETED
    return CHANGED if dict(before.values) != dict(after.values) else ""


def _refuse_other(stage: Stage, store: Store) -> None:
    """Refuse the backup of another workspace."""
    theirs, ours = stage.store.office, store.office
    if (theirs.role, theirs.unit_code) != (ours.role, ours.unit_code):
        raise Refusal(f"这是另一个单位（{theirs.unit_code}）的备份，不能恢复到这里，请核对是否拿错了文件")
    if theirs.device != ours.device:
        raise Refusal("这是本单位另一个工作区的备份，不能恢复到这里，请在原来的文件夹里恢复")


def restore(store: Store, file: Path, wish: Wish) -> Restored:
    """Put a backup in the place of the store, which is closed then and has to be opened anew: that completes it.

    The present state is backed up first. Refused, with the store still open, when the backup is none of this
    workspace's. Whatever is raised, closing the store and opening it anew is right.
    """
    with store.backups.stage(file) as stage:
        _refuse_other(stage, store)
        found, before = look(stage, file, store), _saved(store)
        lacking = stage.prepare(wish, Life.of(store).incarnation)
        store.close()
        stage.take_place()
    return Restored(before, lacking, found)


def _saved(store: Store) -> Path:
    """Back the present state up; where it is too damaged for that, its files are kept as they are."""
    try:
        return make(store, RESTORE).path
    except Damage:
        return store.backups.set_aside()


def put_back(stage: Stage, file: Path, wish: Wish) -> Restored:
    """Put a staged backup in the place of a store that is lost; opening the workspace completes it."""
    found = look(stage, file, None)
    lacking = stage.prepare(wish, 0)
    stage.take_place()
    return Restored(None, lacking, found)
