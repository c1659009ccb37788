"""The present life of a store (sync rule 6): which it is, what it sent, what the other side confirmed."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from ipdesk.problems import Refusal
from ipdesk.store import Act, Store

SETTING = "life"
LEAP = 1000  # lives, receipts and grants are counted by people's deeds; a greater leap would only use the numbers up


class Seen(NamedTuple):
    """Which receipt: the city's incarnation and the city-wide number; compared as a pair, newest greatest."""

    incarnation: int
    number: int


@dataclass(frozen=True, slots=True)
class Life:
    """One life of a store, kept as a setting; the store gives new versions its epoch and incarnation.

    A county's ``sequence`` counts its packages, the city's its receipts; ``last`` is the digest of the newest
    of them; ``acknowledged`` and ``sent`` are log sequence numbers; ``seen`` is the newest receipt taken in;
    ``parent`` the epoch, sequence and digest at which the life before ended.
    """

    epoch: str
    incarnation: int
    parent: tuple[str, int, str | None] | None = None
    sequence: int = 0
    last: str | None = None
    acknowledged: int = 0
    sent: int = 0
    seen: Seen = Seen(0, 0)

    @classmethod
    def of(cls, store: Store) -> "Life":
        """Return a store's present life."""
        kept = store.setting(SETTING)
        if not isinstance(kept, Mapping):
            raise Refusal("工作区没有代次信息，可能没有建完，请重新建立")
        parent = kept.get("parent")
        shaped = {"seen": Seen(*kept.get("seen", (0, 0))), "parent": tuple(parent) if parent else None}
        return cls(**{**kept, **shaped})

    def keep(self, act: Act) -> None:
        """Keep the life as the store's present one."""
        told = {name: getattr(self, name) for name in self.__slots__}
        act.keep(SETTING, told)

    def next(self, above: int) -> "Life":
        """Return the life that follows: a new epoch, an incarnation above all known, nothing acknowledged."""
        parent = (self.epoch, self.sequence, self.last)
        number = max(self.incarnation, above) + 1
        return Life(secrets.token_hex(4), number, parent, seen=self.seen)

    def risen(self, seen: Seen) -> "Life":
        """Return a city's life once somebody shows a receipt or grant newer than its own: a new one (rule 8).

        Its own number goes on, and none that was told is taken over, or one county could use the numbers up.
        """
        return replace(self.next(seen.incarnation), sequence=self.sequence)

    def exported(self, digest: str, high: int) -> "Life":
        """Return the life after it sent one more file, with everything up to ``high`` in it."""
        return replace(self, sequence=self.sequence + 1, last=digest, sent=high)

    def confirmed(self, acknowledged: int, newest: int, seen: Seen) -> "Life":
        """Return the life after a receipt, whose acknowledged number may lie below an earlier one (rule 8).

        ``newest`` is the highest sequence that the city has seen; what it still lacks must then be sent again.
        """
        again = acknowledged < self.acknowledged or newest >= self.sequence
        sent = min(self.sent, acknowledged) if again else self.sent
        return replace(self, acknowledged=acknowledged, sent=sent, seen=seen)
