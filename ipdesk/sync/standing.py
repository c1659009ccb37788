"""Know how a county stands at the city: its living life, what arrived without a gap, whether all agrees (rule 5)."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from ipdesk.fields import Value
from ipdesk.kinds.declare import Values
from ipdesk.kinds.sync import PACKAGE
from ipdesk.records import Record
from ipdesk.store import Act, Store
from ipdesk.sync.life import Seen
from ipdesk.sync.rows import StateDigest

MOST_GAPS = 1000
CHOSEN, LIVED = "living", "lived"


def chosen(store: Store, unit: str) -> str | None:
    """Return the epoch that a person picked of two living copies of a county."""
    kept = store.setting(CHOSEN)
    return str(kept[unit]) if isinstance(kept, dict) and unit in kept else None


def lived(store: Store) -> dict[str, tuple[int, str]]:
    """Return by unit the newest life whose package was taken back: its incarnation and epoch stay known."""
    kept = store.setting(LIVED)
    return (
        {unit: (int(told[0]), str(told[1])) for unit, told in kept.items()} if isinstance(kept, dict) else {}
    )


def whole(value: Value) -> int:
    """Return a kept number, 0 for none."""
    return int(str(value or 0))


@dataclass(frozen=True, slots=True)
class Standing:
    """What the city knows of one county's packages; all of the living life, that with the highest incarnation.

    ``newest`` is the applied package with the highest number; ``reached`` the log number up to which all arrived.
    """

    unit: str
    epoch: str | None
    incarnation: int
    packages: tuple[Values, ...]

    @classmethod
    def of(cls, store: Store, unit: str) -> "Standing":
        """Return how a county stands."""
        rows = [r.values for r in store.find(PACKAGE, direction="in", type="package", unit=unit)]
        living, picked = [row for row in rows if not row.get("forked")], chosen(store, unit)
        lives = [(whole(r["incarnation"]), r["epoch"] == picked, True, str(r["epoch"])) for r in living]
        if undone := lived(store).get(unit):  # counts as long as nothing of that incarnation is here again
            lives.append((undone[0], undone[1] == picked, False, undone[1]))
        incarnation, _, _, epoch = max(lives, default=(0, False, False, None))
        return cls(unit, epoch, incarnation, tuple(r for r in living if r["epoch"] == epoch))

    @property
    def applied(self) -> list[Values]:
        """Return the packages that were taken in, by number."""
        taken = [p for p in self.packages if not p.get("quarantined")]
        return sorted(taken, key=lambda p: whole(p["sequence"]))

    @property
    def newest(self) -> Values | None:
        """Return the newest package that was taken in."""
        return self.applied[-1] if self.applied else None

    @property
    def reached(self) -> int:
        """Return the county's log number up to which everything arrived, whatever the order of arrival."""
        reached = 0
        for low, high in sorted((whole(p["low"]), whole(p["high"])) for p in self.applied):
            reached = max(reached, high) if low <= reached else reached
        return reached

    @property
    def acknowledged(self) -> int:
        """Return what a receipt acknowledges: nothing when the whole was found to differ, so that all comes again."""
        differs = self.newest is not None and self.newest.get("verified") is False
        return 0 if differs else self.reached

    @property
    def sequence(self) -> int:
        """Return the highest package number seen."""
        return max((whole(p["sequence"]) for p in self.packages), default=0)

    @property
    def gaps(self) -> list[int]:
        """Return the package numbers that never came, the first thousand of them."""
        return list(islice(_missing(sorted(whole(p["sequence"]) for p in self.packages)), MOST_GAPS))

    @property
    def unhealed(self) -> list[int]:
        """Return the gaps whose content no later package brought: those above the last one that ends in the reach."""
        healed = [whole(p["sequence"]) for p in self.applied if whole(p["high"]) <= self.reached]
        return [number for number in self.gaps if number > max(healed, default=0)]

    @property
    def quarantined(self) -> list[dict[str, Value]]:
        """Return the packages set aside, with the reason."""
        aside = [p for p in self.packages if p.get("quarantined")]
        return [{"sequence": p["sequence"], "reason": p["quarantined"]} for p in aside[:MOST_GAPS]]

    @property
    def seen(self) -> Seen:
        """Return the newest receipt that the county says it has."""
        last = self.newest or {}
        return Seen(whole(last.get("seen_incarnation")), whole(last.get("seen_number")))


def _missing(numbers: Sequence[int]) -> Iterator[int]:
    for before, after in pairwise((0, *numbers)):
        yield from range(before + 1, after)


def verify(store: Store, act: Act, unit: str) -> None:
    """Note on a county's newest package whether the city now holds exactly what its header says of the whole."""
    standing = Standing.of(store, unit)
    newest = standing.newest
    if newest is None or standing.reached < whole(newest["high"]):
        return
    columns: dict[str, list[str]] = json.loads(str(newest["columns"]))
    held = _digest(store, unit, columns)
    agrees = (held.count, held.hex) == (newest["state_count"], newest["state_digest"])
    if newest.get("verified") is not agrees:
        act.upsert(PACKAGE, [{**newest, "verified": agrees}])


def _digest(store: Store, unit: str, columns: dict[str, list[str]]) -> StateDigest:
    state = StateDigest()
    for name, known in columns.items():
        for record in _all(store, unit, name):
            if record.version.number:  # what an undone receiving left counts for nothing
                state.add(record, known)
    return state


def _all(store: Store, unit: str, name: str) -> Iterable[Record]:
    return store.changed_since(store.catalogue.kind(name), unit, 0)
