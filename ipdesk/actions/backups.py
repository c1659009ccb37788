"""What a user, and the program by itself, does with backups: make, carry to a second drive, tell how they stand.

A window begins a copy on the thread of its store (``begin``, the only part that needs it), finishes it on another
(``Begun.finish``), and notes the outcome on the first again (``note``). Everybody else calls ``make``.
"""

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from ipdesk.backups import (
    ELSEWHERE,
    INTAKE,
    MANUAL,
    RECEIVE,
    START,
    WORK,
    Backup,
    backups_in,
    file_name,
)
from ipdesk.files import reason
from ipdesk.problems import Refusal
from ipdesk.store import Backups, Draft, Store

AT_START = timedelta(
    hours=4
)  # what is unsaved longer than this, or since another day, is saved when work begins
EVERY = timedelta(minutes=30)  # of work
PATIENCE = timedelta(hours=1)  # how long an automatic backup lets everything else go first
FEW = 20  # rows: a smaller intake is undone rather than restored
_SETTING, _MAIN, _SECOND = "backups", "main", "second"
_ABSENT = "第二备份位置“{}”现在用不了（可能没有插上），这次只备份在本机"


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made, where it was carried to besides, and one sentence on why it could not be."""

    path: Path
    second: Path | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Begun:
    """A backup that was begun: the store as it was is copied, and not needed any more."""

    draft: Draft
    why: str
    since: str | None
    backups: Backups
    second: Path | None

    def finish(self) -> Made:
        """Verify the copy, carry it to the second drive, thin what is old; any thread may do it.

        Refused when the copy is not sound or has no room; a second drive that is not there is told, no more.
        """
        path = self.draft.finish()
        with contextlib.suppress(OSError, Refusal):  # the backup is there; what is old goes another time
            self.backups.thin(path.parent)
        if self.second is None:
            return Made(path)
        try:
            if not self.second.is_dir():
                raise Refusal(_ABSENT.format(self.second.parent))
            self.backups.carry(path, self.second / path.name)
            self.backups.thin(self.second)
        except Refusal as refusal:
            return Made(path, None, refusal.message)
        except OSError as error:
            return Made(path, None, f"第二备份位置没有写成：{reason(error)}")
        return Made(path, self.second / path.name)


def make(store: Store, why: str = MANUAL) -> Made:
    """Write a verified backup into the workspace's backups, and to the second drive where one is set."""
    begun = begin(store, why)
    if begun is None:  # only a yielding one gives way
        raise Refusal("备份没有做成，请重试")
    try:
        made = begun.finish()
    except Refusal as refusal:
        note_failure(store, refusal.message)
        raise
    note(store, begun, made)
    return made


def begin(store: Store, why: str, *, yielding: bool = False) -> Begun | None:
    """Copy the store as it is, on its own thread; ``None`` where a yielding one was told to give way."""
    since = store.unsaved_since
    try:
        draft = store.backups.begin(why, yielding=yielding)
    except Refusal as refusal:
        note_failure(store, refusal.message)
        raise
    return Begun(draft, why, since, store.backups, second_folder(store)) if draft else None


def note(store: Store, begun: Begun, made: Made) -> None:
    """Keep that a backup was made and where, on the store's own thread; one that was asked for is logged."""
    told: dict[str, object] = {_MAIN: _outcome(made.path, "")}
    if begun.second:
        told[_SECOND] = _outcome(made.second, made.problem)
    store.backups.noted(begun.since)
    with store.act(f"备份为{made.path.name}", "备份") as act:
        act.keep(_SETTING, {**_kept(store), **told})
        if begun.why in (MANUAL, ELSEWHERE):
            act.note(f"备份为{made.path.name}")


def note_failure(store: Store, why: str) -> None:
    """Keep that a backup failed, as far as that can be kept."""
    with contextlib.suppress(Refusal), store.act("备份没有做成", "备份") as act:
        act.keep(_SETTING, {**_kept(store), _MAIN: _outcome(None, why)})


def _outcome(path: Path | None, why: str) -> dict[str, object]:
    return {"at": datetime.now().isoformat(), "file": path.name if path else "", "reason": why}


def _kept(store: Store) -> dict[str, object]:
    kept = store.setting(_SETTING)
    return dict(kept) if isinstance(kept, Mapping) else {}


# ---------------------------------------------------------------- when
def unsaved_for(store: Store) -> timedelta | None:
    """Return how long something is unsaved, ``None`` when every act is in a backup."""
    if store.unsaved_since is None:
        return None
    age = datetime.now().astimezone() - datetime.fromisoformat(store.unsaved_since)
    return age if age >= timedelta(0) else timedelta.max  # the clock was wrong: best at once


def due_at_start(store: Store) -> bool:
    """Tell whether work should begin with a backup: something is unsaved for hours, or from another day."""
    age = unsaved_for(store)
    today = datetime.now().astimezone().date()
    return age is not None and (
        age >= AT_START or datetime.fromisoformat(str(store.unsaved_since)).astimezone().date() != today
    )


def due_at_work(store: Store) -> bool:
    """Tell whether something is unsaved for half an hour; cheap, so that a timer may ask every minute."""
    age = unsaved_for(store)
    return age is not None and age >= EVERY


def is_patient(store: Store) -> bool:
    """Tell whether an automatic backup may still let others go first."""
    age = unsaved_for(store)
    return age is None or age < PATIENCE


def at_start(store: Store) -> Made | None:
    """Back up when work begins, if something is unsaved for long; to be called after opening."""
    return make(store, START) if due_at_start(store) else None


def at_work(store: Store) -> Made | None:
    """Back up half an hour after the first act that is unsaved; nothing is done when there is none."""
    return make(store, WORK) if due_at_work(store) else None


def before_intake(store: Store, rows: int) -> Made | None:
    """Back up before a sheet of more than a few rows is taken in, if anything is unsaved."""
    return make(store, INTAKE) if rows > FEW and store.unsaved_since else None


def before_receive(store: Store) -> Made | None:
    """Back up before packages are taken in, if anything is unsaved."""
    return make(store, RECEIVE) if store.unsaved_since else None


# ---------------------------------------------------------------- where
def make_to(store: Store, where: Path) -> Made:
    """Write a backup to a file, or into a folder of its own within a folder; return where it lies.

    It is read back, compared and opened there; attachments and key file lie beside it.
    """
    if where.is_dir() and where.resolve() == store.backups.folder.resolve():
        return make(store)
    target = _own_folder(store, where) / file_name(datetime.now(), MANUAL) if where.is_dir() else where
    if target.exists():
        raise Refusal(f"“{target}”已经有了，不会覆盖它，请换一个文件名")
    if not where.is_dir() and not target.absolute().parent.is_dir():
        raise Refusal(f"文件夹“{target.parent}”不存在，U盘可能已拔出，请检查后重试")
    made = make(store, ELSEWHERE)
    store.backups.carry(made.path, target)
    return Made(target, made.second, made.problem)


def _own_folder(store: Store, folder: Path) -> Path:
    """Return the folder of this workspace on a drive that several may share."""
    name = f"ipdesk-{store.office.unit_code}-{store.office.device[-8:]}"
    return folder if folder.name == name else folder / name


def second_folder(store: Store) -> Path | None:
    """Return this workspace's folder on the second drive, ``None`` when none is set."""
    kept = _kept(store).get("folder")
    return Path(str(kept)) if kept else None


def set_second(store: Store, drive: Path | None) -> Made | None:
    """Let every backup go to a folder on a second drive too, the first at once; ``None`` ends it."""
    if drive is None:
        with store.act("不再备份到第二位置", "备份") as act:
            act.keep(_SETTING, {n: v for n, v in _kept(store).items() if n not in ("folder", _SECOND)})
            act.note("不再备份到第二位置")
        return None
    own = _own_folder(store, drive.absolute())
    if own.resolve().is_relative_to(store.folder.resolve()):
        raise Refusal("第二备份位置要在工作区以外，最好在另一块硬盘或U盘上")
    try:
        if not drive.is_dir():
            raise Refusal(f"文件夹“{drive}”不存在，请先建好或插上U盘")
        own.mkdir(exist_ok=True)
    except OSError as error:
        raise Refusal(f"“{drive}”用不了：{reason(error)}") from error
    with store.act(f"备份到第二位置 {drive}", "备份") as act:
        act.keep(_SETTING, {**_kept(store), "folder": str(own)})
        act.note(f"备份到第二位置 {drive}")
    return make(store)


# ---------------------------------------------------------------- how they stand
@dataclass(frozen=True, slots=True)
class Standing:
    """A place of backups: its folder, when it was last written (local time), whether all is well, else why not."""

    folder: Path
    at: datetime | None
    ok: bool
    reason: str = ""

    def as_json(self) -> dict[str, object]:
        """Return it as a status tells it."""
        at = self.at.astimezone().isoformat(timespec="seconds") if self.at else None
        return {"time": at, "place": str(self.folder), "ok": self.ok, "reason": self.reason}


def places(store: Store) -> list[Standing]:
    """Return how the places of backups stand: the workspace's own, then the second drive where one is set."""
    second = second_folder(store)
    told = [_standing(store, store.backups.folder, _MAIN)]
    return [*told, _standing(store, second, _SECOND)] if second else told


def _standing(store: Store, folder: Path, name: str) -> Standing:
    kept = _kept(store).get(name)
    last: Mapping[str, object] = kept if isinstance(kept, Mapping) else {}
    newest = next(iter(backups_in(folder)), None)
    failed = str(last.get("reason") or "")
    if not failed and newest is None and last:
        failed = _ABSENT.format(folder.parent) if name == _SECOND else "备份文件不见了，请马上再备份一次"
    at = newest.at if newest else _when(last)
    return Standing(folder, at, newest is not None and not failed, failed)


def _when(last: Mapping[str, object]) -> datetime | None:
    return datetime.fromisoformat(str(last["at"])) if last.get("file") else None


def last_backup(store: Store) -> dict[str, object] | None:
    """Return when and where the last backup in the workspace was made and whether it went well, as JSON."""
    own = places(store)[0]
    return own.as_json() if own.at or own.reason else None


def listed(store: Store) -> list[Backup]:
    """Return all backups that can be reached, those on the second drive too, newest first; each but once."""
    every: dict[str, Backup] = {}
    for folder in (second_folder(store), store.backups.folder):
        if folder:
            every |= {backup.path.name: backup for backup in backups_in(folder)}
    return sorted(every.values(), reverse=True)


def damaged_elsewhere(store: Store) -> list[str]:
    """Name the backups on the second drive that cannot be read, a sentence each; a check tells those here."""
    second = second_folder(store)
    bad = store.backups.damaged(second) if second and second.is_dir() else []
    return [f"第二备份位置的备份 {path.name} 已损坏，不能用来恢复，请把它移走" for path in bad]
