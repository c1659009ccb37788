"""Carry the contents of attachments, only when asked: an entry of its own that a reader may leave alone (rule 3).

The records of attachments travel like all others. A receipt tells which of their contents the city lacks, so that a
lost package is made good by the next one and nothing is sent twice without need.
"""

import base64
import binascii
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from ipdesk.files import digest
from ipdesk.kinds.document import DOCUMENT
from ipdesk.problems import Refusal
from ipdesk.records import Record
from ipdesk.store import Act, Store
from ipdesk.sync.archive import DAMAGED
from ipdesk.sync.claims import DIGEST, Claims
from ipdesk.sync.container import Container, Lines, pack_lines
from ipdesk.sync.life import Life

RESOURCE, LACKING, SETTING = "contents", "lacking", "contents"
MOST = 100 * 2**20  # bytes of contents in one package: half of what its reader takes, for a PC of 4 GB
LARGEST = 50 * 2**20  # bytes of one content
PIECE = 3 * 2**18  # bytes in one line, within the longest one a reader takes
_BASE64 = re.compile(r"[A-Za-z0-9+/]{1,1048576}={0,2}")
_FIELDS = (("sha256", "string"), ("part", "integer"), ("parts", "integer"), ("data", "string"))
_SPOILT = "附件“{}”的内容已损坏，请删除后用原文件重新添加，或先不带附件导出"


@dataclass(frozen=True, slots=True)
class Cargo:
    """Which contents the next package carries (SHA-256 → bytes), and how many more, of how many bytes, wait."""

    sizes: Mapping[str, int]
    waiting: int = 0
    waiting_size: int = 0

    @property
    def count(self) -> int:
        """Return how many contents go."""
        return len(self.sizes)

    @property
    def size(self) -> int:
        """Return how many bytes go."""
        return sum(self.sizes.values())


NOTHING = Cargo({})


def cargo(store: Store) -> Cargo:
    """Return what a package with attachments would carry: what the city lacks as far as is known here, oldest first.

    What was sent since the newest receipt waits for the next one, which says whether it arrived.
    """
    if store.office.role == "city":
        raise Refusal("附件由县（市、区）随同步包上报，市局的回执不带附件")
    wanted = {_sha256(r): int(str(r.values["size"])) for r in _due(store)}
    here = {sha256: size for sha256, size in wanted.items() if store.contents.has(sha256)}
    taken: dict[str, int] = {}
    for sha256, size in here.items():
        if sum(taken.values()) + size <= MOST:
            taken[sha256] = size
    left = [size for sha256, size in here.items() if sha256 not in taken]
    return Cargo(taken, len(left), sum(left))


def _due(store: Store) -> Iterator[Record]:
    """Yield the own attachments whose content the city may lack."""
    kept, reached = _kept(store), Life.of(store).acknowledged
    lacking, sent = kept.get(LACKING), kept.get("sent", ())
    for record in store.find(DOCUMENT, store.office.unit_code):
        unknown = lacking is None or record.lsn > reached or _sha256(record) in lacking
        if unknown and _sha256(record) not in sent:
            yield record


def _sha256(record: Record) -> str:
    return str(record.values.get("sha256"))


def _kept(store: Store) -> Mapping[str, list[str]]:
    kept = store.setting(SETTING)
    return kept if isinstance(kept, dict) else {}


def packed(store: Store, load: Cargo) -> Lines:
    """Return contents as lines of a package, read one at a time."""
    return pack_lines(piece for sha256 in load.sizes for piece in _pieces(sha256, _read(store, sha256)))


def _read(store: Store, sha256: str) -> bytes:
    try:
        return store.contents.read(sha256)
    except Refusal as refusal:
        named = store.find(DOCUMENT, store.office.unit_code, sha256=sha256)[0].values["file_name"]
        raise Refusal(_SPOILT.format(named)) from refusal


def _pieces(sha256: str, data: bytes) -> Iterator[dict[str, object]]:
    parts = -(-len(data) // PIECE)
    for part in range(parts):
        told = base64.b64encode(data[part * PIECE : (part + 1) * PIECE]).decode()
        yield {"sha256": sha256, "part": part, "parts": parts, "data": told}


def described(lines: Lines) -> dict[str, object]:
    """Return the description of the contents: an entry that a reader may leave alone."""
    return lines.resource(RESOURCE, _columns(_FIELDS)) | {"optional": True}


def _columns(fields: Iterable[tuple[str, str]]) -> list[dict[str, object]]:
    return [{"name": name, "type": kind} for name, kind in fields]


def after(store: Store, load: Cargo) -> dict[str, object]:
    """Return what is to be kept once a package with these contents is written."""
    kept = _kept(store)
    return {SETTING: {**kept, "sent": [*kept.get("sent", ()), *load.sizes]}} if load.sizes else {}


def brought(container: Container) -> Iterator[tuple[str, bytes]]:
    """Yield the contents that a package brings, put together and compared with their hashes; refused when odd."""
    resource = container.resource(RESOURCE)
    sha256, pieces = "", [b""]
    for claims in container.lines(resource) if resource else ():
        part, parts = claims.whole("part"), claims.whole("parts")
        if part == 0:
            sha256, pieces = claims.text("sha256", DIGEST), []
        pieces.append(_data(claims))
        if claims.raw["sha256"] != sha256 or part + 1 != len(pieces) or sum(map(len, pieces)) > LARGEST:
            raise Refusal(DAMAGED)
        if part + 1 == parts:
            yield sha256, _joined(sha256, pieces)
            sha256, pieces = "", [b""]
    if sha256:
        raise Refusal(DAMAGED)


def _data(claims: Claims) -> bytes:
    try:
        return base64.b64decode(claims.text("data", _BASE64), validate=True)
    except binascii.Error:
        raise Refusal(DAMAGED) from None


def _joined(sha256: str, pieces: list[bytes]) -> bytes:
    data = b"".join(pieces)
    if digest(data) != sha256:
        raise Refusal(DAMAGED)
    return data


def take(store: Store, container: Container, unit: str, keep: Callable[[bytes], str]) -> None:
    """Keep the contents that attachments of a unit refer to; nobody could open or ever remove another."""
    for sha256, data in brought(container):
        if store.find(DOCUMENT, unit, sha256=sha256):
            keep(data)


def lacked(store: Store, unit: str) -> Lines | None:
    """Return as lines of a receipt which contents of a unit are not here; ``None`` when it has no attachments."""
    known = dict.fromkeys(_sha256(record) for record in store.find(DOCUMENT, unit))
    absent = ({"sha256": sha256} for sha256 in known if not store.contents.has(sha256))
    return pack_lines(absent) if known else None


def described_lack(lines: Lines) -> dict[str, object]:
    """Return the description of what is lacking, which a reader may leave alone too."""
    return lines.resource(LACKING, _columns(_FIELDS[:1])) | {"optional": True}


def told_lack(container: Container) -> list[str] | None:
    """Return which contents a receipt says the city lacks; ``None`` when it says nothing about any."""
    resource = container.resource(LACKING)
    return [claims.text("sha256", DIGEST) for claims in container.lines(resource)] if resource else None


def note_lack(act: Act, lacking: list[str] | None) -> None:
    """Keep what the newest receipt says: what it names goes again, the rest of what was acknowledged has arrived."""
    act.keep(SETTING, {} if lacking is None else {LACKING: lacking})
