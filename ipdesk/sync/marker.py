"""Remember outside the workspace where its exchange stands, so that a restored or copied store shows (sync rule 6)."""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from platformdirs import site_data_path, user_data_path

from ipdesk.files import write_bytes
from ipdesk.problems import Refusal
from ipdesk.sync.claims import DIGEST, EPOCH, Claims, parsed
from ipdesk.sync.life import Life

PLACE = "IPDESK_MARKERS"
_NOWHERE = "记不下导出进度：程序的数据文件夹写不进去，没有继续；请检查磁盘空间和权限后重试"


class Stand(NamedTuple):
    """Where a life stands: its epoch, the number of its last file and that file's digest."""

    epoch: str
    sequence: int
    last: str | None

    @classmethod
    def of(cls, life: Life) -> "Stand":
        """Return where a life stands."""
        return cls(life.epoch, life.sequence, life.last)


@dataclass(frozen=True, slots=True)
class Marker:
    """The last stand known to be in the store, the one about to be, and what must never go down.

    ``incarnation`` is the highest one of the device; ``pending`` the stand that is being written; ``number`` tells
    the newest of several copies; ``remembered`` are versions kept against rollback, by name.
    """

    confirmed: Stand
    incarnation: int
    pending: Stand | None = None
    number: int = 0
    remembered: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def read(cls, data: bytes) -> "Marker":
        """Return what a marker's file tells; raises ``Refusal`` when it is none."""
        claims = Claims(parsed(data))
        pending = claims.inner("pending") if claims.raw.get("pending") is not None else None
        remembered = claims.inner("remembered")
        return cls(
            _stand(claims.inner("confirmed")),
            claims.whole("incarnation"),
            _stand(pending) if pending else None,
            claims.whole("number"),
            {name: remembered.whole(name) for name in remembered.raw},
        )

    def written(self) -> bytes:
        """Return the marker as its file holds it."""
        told = {
            "confirmed": self.confirmed._asdict(),
            "incarnation": self.incarnation,
            "pending": self.pending._asdict() if self.pending else None,
            "number": self.number,
            "remembered": dict(self.remembered),
        }
        return json.dumps(told).encode()


def _stand(claims: Claims) -> Stand:
    return Stand(claims.text("epoch", EPOCH), claims.whole("sequence"), claims.optional("last", DIGEST))


def places() -> tuple[Path, ...]:
    """Return the folders where markers lie: told by the environment, or the user's and the PC's program data."""
    if told := os.environ.get(PLACE):
        return (Path(told),)
    return tuple(where("ipdesk", appauthor=False) / "markers" for where in (user_data_path, site_data_path))


def read(device: str) -> Marker | None:
    """Return a device's newest marker, ``None`` when there is none; an unreadable one is none."""
    found = [marker for place in places() if (marker := _at(place / f"{device}.json"))]
    return max(found, key=lambda marker: (marker.incarnation, marker.number), default=None)


def _at(path: Path) -> Marker | None:
    try:
        return Marker.read(path.read_bytes())
    except (OSError, Refusal):
        return None


def write(device: str, marker: Marker) -> None:
    """Keep a marker wherever it can be kept; refused when that is nowhere."""
    data = replace(marker, number=marker.number + 1).written()
    if not sum(1 for _ in _written(device, data)):
        raise Refusal(_NOWHERE)


def _written(device: str, data: bytes) -> Iterator[Path]:
    """Yield the places that took the marker; one that cannot be written is passed over."""
    for place in places():
        try:
            place.mkdir(parents=True, exist_ok=True)
            write_bytes(place / f"{device}.json", data)
        except (OSError, Refusal):
            continue
        yield place
