"""Tell a restored or copied store from a crashed one, and begin a new life when it was restored (sync rule 6)."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from ipdesk.store import Store
from ipdesk.sync import marker
from ipdesk.sync.anew import write_anew
from ipdesk.sync.life import Life
from ipdesk.sync.marker import Marker, Stand

RESTORED, COPIED, ASKED, GO_BACK = "restored", "copied", "restoring", "go-back"
WENT_BACK = "went_back"  # the epoch that began by going back, which wrote all anew


def awake(store: Store) -> bool:
    """Compare a store that was opened with its marker; tell whether it was restored or copied, and so lives anew.

    What an act of restore put here always does, whatever the marker says, and is completed as was asked.
    """
    life, kept = Life.of(store), marker.read(store.office.device)
    asked = store.setting(ASKED)
    wish: Mapping[str, object] = asked if isinstance(asked, Mapping) else {}
    if not wish and kept and settled(store, kept):
        return False
    highest = max(life.incarnation, kept.incarnation if kept else 0, int(str(wish.get("above", 0))))
    _live_anew(store, life.next(highest), wish)
    return True


def copied(store: Store) -> str:
    """Return the present life's epoch where it began because the folder was copied or used elsewhere, else nothing."""
    epoch = Life.of(store).epoch
    return epoch if store.setting(COPIED) == epoch else ""


def went_back(store: Store) -> str:
    """Return the present life's epoch where it began by going back to a backup, else nothing."""
    epoch = Life.of(store).epoch
    return epoch if store.setting(WENT_BACK) == epoch else ""


def settled(store: Store, kept: Marker) -> bool:
    """Bring store and marker to one stand after a crash at any step; tell whether that could be done.

    A file that was about to be written may exist, so its number and digest are taken as the last ones.
    """
    life = Life.of(store)
    stand, pending = Stand.of(life), kept.pending
    if pending and stand == kept.confirmed and pending.epoch == stand.epoch:
        life = replace(life, sequence=pending.sequence, last=pending.last)
        with store.act("认领上次中断的导出", "同步") as act:
            life.keep(act)
    elif stand not in (kept.confirmed, pending):
        return False
    if pending or kept.incarnation < life.incarnation:
        confirm(store)
    return True


def begin(store: Store) -> None:
    """Keep the first marker of a store that was just made."""
    life = Life.of(store)
    marker.write(store.office.device, Marker(Stand.of(life), life.incarnation))


def settle(store: Store) -> None:
    """Settle what an earlier try in this very session left pending, before a further file is made."""
    kept = marker.read(store.office.device)
    if kept and kept.pending:
        settled(store, kept)


@contextmanager
def towards(store: Store, after: Life) -> Iterator[None]:
    """Mark the stand that a store is about to reach; an error that leaves nothing behind puts the marker back.

    Whoever may have left a file behind raises ``Uncertain`` with the error instead. Where the stand stays the same
    nothing is marked.
    """
    if Stand.of(after) == Stand.of(Life.of(store)):
        yield
        return
    office, before = store.office.device, Stand.of(Life.of(store))
    kept = marker.read(office) or Marker(before, after.incarnation)
    highest = max(kept.incarnation, after.incarnation)
    marker.write(office, replace(kept, confirmed=before, incarnation=highest, pending=Stand.of(after)))
    try:
        yield
    except Uncertain as uncertain:
        raise uncertain.error from None
    except BaseException:
        put_back(office, replace(kept, incarnation=highest))
        raise
    confirm(store)


def put_back(office: str, kept: Marker) -> None:
    """Put an earlier marker in the place of the one written since, which counts no more wherever it lies."""
    marker.write(office, replace(kept, number=kept.number + 1))


class Uncertain(Exception):
    """A file may or may not be there; ``error`` says what happened."""

    def __init__(self, error: BaseException) -> None:
        """Keep what happened."""
        super().__init__(str(error))
        self.error = error


def confirm(store: Store) -> None:
    """Note that the store holds its present stand."""
    office, life = store.office.device, Life.of(store)
    kept = marker.read(office) or Marker(Stand.of(life), life.incarnation)
    highest = max(kept.incarnation, life.incarnation)
    marker.write(office, replace(kept, confirmed=Stand.of(life), incarnation=highest, pending=None))


def remember(store: Store, versions: Mapping[str, int]) -> None:
    """Keep outside the workspace that these versions were reached; none goes down."""
    office, life = store.office.device, Life.of(store)
    kept = marker.read(office) or Marker(Stand.of(life), life.incarnation)
    highest = {n: max(v, kept.remembered.get(n, 0)) for n, v in versions.items()}
    marker.write(office, replace(kept, remembered={**kept.remembered, **highest}))


def remembered(store: Store, name: str) -> int:
    """Return the highest version that this PC saw under a name, 0 for none."""
    kept = marker.read(store.office.device)
    return kept.remembered.get(name, 0) if kept else 0


def _live_anew(store: Store, life: Life, wish: Mapping[str, object]) -> None:
    """Begin a new life of a store that was restored or copied; who asked to go back has all written anew in it."""
    _expect(store, life)
    with store.act("数据恢复后开始新的一代", "同步") as act:
        life.keep(act)
        act.keep(RESTORED, life.epoch)
        act.keep(COPIED, "" if wish else life.epoch)
        act.keep(WENT_BACK, life.epoch if wish.get("wish") == GO_BACK else "")
        if wish:
            act.keep(ASKED, None)
            act.note(f"从备份 {wish.get('file')} 恢复")
        if wish.get("wish") == GO_BACK:
            write_anew(store, act)
        act.note("数据恢复后开始新的一代")
    confirm(store)


def _expect(store: Store, life: Life) -> None:
    """Mark the new life as pending without ever confirming the restored stand: what fails now is done at next start."""
    office, coming = store.office.device, Stand.of(life)
    kept = marker.read(office) or Marker(coming, life.incarnation)
    known = coming if kept.confirmed == Stand.of(Life.of(store)) else kept.confirmed
    marker.write(office, replace(kept, confirmed=known, incarnation=life.incarnation, pending=coming))
