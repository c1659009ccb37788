"""What the headers of packages and receipts say beyond what every header says."""

import json
import re
from dataclasses import dataclass

from ipdesk.fields import Value
from ipdesk.sync.channel import Mark
from ipdesk.sync.claims import DIGEST, EPOCH, LINE, UNIT, Claims
from ipdesk.sync.container import Header
from ipdesk.sync.life import Seen
from ipdesk.sync.rows import VERSION_COLUMNS

NUMBER = re.compile(r"[0-9a-f]{32}")  # of a correction
_ANSWERS = re.compile("yes|no")


@dataclass(frozen=True, slots=True)
class Answer:
    """A county's answer to a correction: its number, yes or no, the reason, when."""

    correction: str
    state: str
    reason: str
    at: str

    @classmethod
    def read(cls, claims: Claims) -> "Answer":
        """Return an answer as a package's header tells it; an odd one refuses the file."""
        return cls(
            claims.text("id", NUMBER),
            claims.text("answer", _ANSWERS),
            claims.text("reason"),
            claims.optional("at", LINE) or "",
        )


PERIOD = re.compile(r"2[0-9]{3}(-(0[1-9]|1[0-2])|-Q[1-4])?")


@dataclass(frozen=True, slots=True)
class PackageFacts:
    """A package's own facts: which log numbers it covers, the whole state behind it, the newest receipt seen."""

    header: Header
    previous: str | None
    low: int
    high: int
    count: int
    digest: str
    seen: Seen
    made_at: str | None
    period: str | None
    zero: bool
    answers: tuple[Answer, ...] = ()
    channel: tuple[Mark, ...] = ()

    @classmethod
    def read(cls, header: Header) -> "PackageFacts":
        """Return the facts of a package's header; odd ones refuse the file."""
        claims, state = header.claims, header.claims.inner("state")
        return cls(
            header,
            claims.optional("previous", DIGEST),
            claims.whole("low"),
            claims.whole("high"),
            state.whole("count"),
            state.text("digest", DIGEST),
            Seen(*claims.numbers("receipt_seen", 2)),
            claims.optional("at", LINE),
            claims.optional("period", PERIOD),
            claims.flag("zero"),
            tuple(map(Answer.read, claims.each("corrections_done"))),
            tuple(map(Mark.read, claims.each("channel_seen") if "channel_seen" in claims.raw else ())),
        )

    @property
    def rows(self) -> int:
        """Return the number of rows inside."""
        return sum(resource.rows for resource in self.header.kinds)

    def row(self) -> dict[str, Value]:
        """Return what the list of packages keeps."""
        columns = {r.name: [c for c in r.columns if c not in VERSION_COLUMNS] for r in self.header.kinds}
        return {
            **_common(self.header, self.header.unit),
            "previous": self.previous,
            "low": self.low,
            "high": self.high,
            "rows": self.rows,
            "columns": json.dumps(columns),
            "state_count": self.count,
            "state_digest": self.digest,
            "seen_incarnation": self.seen.incarnation,
            "seen_number": self.seen.number,
            "made_at": self.made_at,
            "period": self.period,
            "zero": self.zero,
        }


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """A receipt's own facts: whom it answers, in which life, how far the city has everything (rule 8).

    ``highest`` is the highest incarnation known for the unit, ``newest`` the highest sequence seen of the life;
    ``quarantined`` says of each package set aside why.
    """

    header: Header
    county: str
    epoch: str | None
    highest: int
    acknowledged: int
    newest: int
    gaps: tuple[int, ...]
    quarantined: tuple[str, ...]

    @classmethod
    def read(cls, header: Header) -> "ReceiptFacts":
        """Return the facts of a receipt's header; odd ones refuse the file."""
        answers = header.claims.inner("answers")
        return cls(
            header,
            answers.text("unit", UNIT),
            answers.optional("epoch", EPOCH),
            answers.whole("incarnation"),
            answers.whole("acknowledged"),
            answers.whole("sequence"),
            answers.numbers("gaps"),
            tuple(item.text("reason") for item in answers.each("quarantined")),
        )

    @property
    def seen(self) -> Seen:
        """Return which receipt this is."""
        return Seen(self.header.incarnation, self.header.sequence)

    def row(self) -> dict[str, Value]:
        """Return what the list of packages keeps."""
        return {
            **_common(self.header, self.county),
            "rows": sum(resource.rows for resource in self.header.kinds),
            "acknowledged": self.acknowledged,
            "gaps": ",".join(map(str, self.gaps)),
            "quarantined": "\n".join(self.quarantined) or None,
        }


def _common(header: Header, unit: str) -> dict[str, Value]:
    return {
        "type": header.type,
        "unit": unit,
        "device": header.device,
        "epoch": header.epoch,
        "incarnation": header.incarnation,
        "sequence": header.sequence,
        "digest": header.digest,
    }
