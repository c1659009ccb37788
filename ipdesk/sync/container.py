"""Seal and open the one container of packages, receipts and grants.

It is a zip of manifest.json, manifest.sig over its exact bytes and <name>.jsonl.zst …, encrypted (age) to the
addressee and to the sender.
"""

import hashlib
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ipdesk import __version__
from ipdesk.files import digest, read_bytes, size_of
from ipdesk.problems import Refusal
from ipdesk.sync.archive import DAMAGED, pack, unpack
from ipdesk.sync.claims import DIGEST, EPOCH, ID, LARGEST, UNIT, WORD, Claims, parsed
from ipdesk.sync.keys import SUITE, DeviceKeys, PublicKeys

FORMAT = READER = 1
MAX_FILE = 200 * 2**20
MAX_MANIFEST = 4 * 2**20
MAX_UNPACKED = 2 * 2**30
MAX_RATIO = 250
MAX_LINE = 2**24  # no row of fitting values is longer
# Honest rows may repeat one long remark and shrink a thousandfold: the ratio counts only beyond the allowance.
_ALLOWANCE, _CHUNK, _WINDOW = 2**26, 2**20, 2**27
_AGE = b"age-encryption.org/v1\n"
ZIP = b"PK\3\4"
NOT_OURS = "这个文件不是发给本单位的（或开头已损坏），请核对是否拿错了文件"
UNKNOWN = "这不是同步包、回执或授权文件，或开头已损坏，请核对是否选错了文件"
TOO_NEW = "这个文件由更新版本的程序导出，本程序读不了，请先升级程序"
TOO_LARGE = "文件太大或展开后太大，不像是本程序导出的，没有打开"
FORGED = "署名单位与签名不符，可能被人改动或冒名，请与对方电话核对后重新导出"
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Lines:
    """JSON lines as packed for a container, with what the manifest tells of them."""

    data: bytes
    rows: int
    unpacked: int

    def resource(self, name: str, fields: Iterable[Mapping[str, object]]) -> dict[str, object]:
        """Return the Frictionless description of the lines."""
        return {
            "name": name,
            "path": f"{name}.jsonl.zst",
            "format": "jsonl",
            "compression": "zst",
            "bytes": len(self.data),
            "hash": digest(self.data),
            "rows": self.rows,
            "unpacked": self.unpacked,
            "schema": {"fields": list(fields)},
        }


def pack_lines(objects: Iterable[Mapping[str, object]]) -> Lines:
    """Return objects as compressed JSON lines; read one at a time, never held together."""
    from zstandard import ZstdCompressor

    target, rows, unpacked = io.BytesIO(), 0, 0
    with ZstdCompressor(level=3).stream_writer(target, closefd=False) as writer:
        for item in objects:
            written = _JSON.encode(item).encode() + b"\n"
            writer.write(written)
            rows, unpacked = rows + 1, unpacked + len(written)
    return Lines(target.getvalue(), rows, unpacked)


@dataclass(frozen=True, slots=True)
class Resource:
    """One entry as the manifest describes it: sizes in bytes, the names of its columns.

    An ``optional`` one holds no records: a reader that does not know it leaves it alone.
    """

    name: str
    size: int
    digest: str
    rows: int
    unpacked: int
    columns: tuple[str, ...]
    optional: bool = False

    @property
    def path(self) -> str:
        """Return the entry's name in the zip."""
        return f"{self.name}.jsonl.zst"

    @classmethod
    def read(cls, claims: Claims) -> "Resource":
        """Return a described entry; one that would unfold to an absurd size is refused before unpacking."""
        fields = claims.inner("schema").each("fields")
        found = cls(
            claims.text("name", WORD),
            claims.whole("bytes"),
            claims.text("hash", DIGEST),
            claims.whole("rows"),
            claims.whole("unpacked"),
            tuple(field.text("name", WORD) for field in fields),
            claims.flag("optional"),
        )
        if found.unpacked > found.size * MAX_RATIO + _ALLOWANCE:
            raise Refusal(TOO_LARGE)
        return found


@dataclass(frozen=True)
class Header:
    """What every manifest says: kind of file, who signed for whom, in which life, its number and entries."""

    claims: Claims
    digest: str
    type: str
    unit: str
    device: str
    key: str
    to: str
    minimum_reader: int
    schema: int
    epoch: str
    incarnation: int
    sequence: int
    resources: tuple[Resource, ...]

    @classmethod
    def read(cls, manifest: bytes) -> "Header":
        """Return the manifest's common part; a format or suite unknown here is refused."""
        claims = Claims(parsed(manifest))
        if claims.whole("format") != FORMAT or claims.text("suite", WORD) != SUITE:
            raise Refusal(TOO_NEW)
        return cls(
            claims,
            digest(manifest),
            claims.text("type", WORD),
            claims.text("unit", UNIT),
            claims.text("device", ID),
            claims.text("key", WORD),
            claims.text("to", WORD),
            claims.whole("minimum_reader"),
            claims.whole("schema"),
            claims.text("epoch", EPOCH),
            claims.whole("incarnation", LARGEST),
            claims.whole("sequence", LARGEST),
            tuple(map(Resource.read, claims.each("resources"))),
        )

    @property
    def kinds(self) -> tuple[Resource, ...]:
        """Return the entries that hold records or results."""
        return tuple(resource for resource in self.resources if not resource.optional)

    @property
    def order(self) -> tuple[str, int, str, int]:
        """Return where the file belongs among others: unit, life, number."""
        return (self.unit, self.incarnation, self.epoch, self.sequence)


@dataclass(frozen=True)
class Container:
    """A verified container: its header and its packed entries."""

    header: Header
    entries: Mapping[str, bytes]

    def resource(self, name: str) -> Resource | None:
        """Return the description of an entry, ``None`` where the container has none of that name."""
        return next((r for r in self.header.resources if r.name == name), None)

    def lines(self, resource: Resource) -> Iterator[Claims]:
        """Yield the objects of an entry, unpacked as they are read, never beyond what the manifest says."""
        rows = 0
        for rows, line in enumerate(_lines(self.entries[resource.path], resource.unpacked), 1):
            if rows > resource.rows:
                raise Refusal(DAMAGED)
            yield Claims(parsed(line), resource.name)
        if rows != resource.rows:
            raise Refusal(DAMAGED)


def _lines(packed: bytes, unpacked: int) -> Iterator[bytes]:
    from zstandard import ZstdDecompressor, ZstdError

    rest, total = b"", 0
    try:
        with ZstdDecompressor(max_window_size=_WINDOW).stream_reader(packed) as reader:
            while chunk := reader.read(_CHUNK):
                total += len(chunk)
                *whole, rest = (rest + chunk).split(b"\n")
                if total > unpacked or len(rest) > MAX_LINE:
                    raise Refusal(DAMAGED)
                yield from whole
    except ZstdError:
        raise Refusal(DAMAGED) from None
    if rest or total != unpacked:
        raise Refusal(DAMAGED)


def begun(kind: str, keys: DeviceKeys, to: PublicKeys) -> dict[str, object]:
    """Return the beginning of a manifest: what all files of this program say."""
    common = {"format": FORMAT, "minimum_reader": READER, "suite": SUITE, "type": kind, "app": __version__}
    return {**common, "key": keys.public.id, "to": to.id, "resources": []}


@dataclass(frozen=True, slots=True)
class Sealed:
    """A finished file: its bytes, and its header as every reader will see it."""

    data: bytes
    header: Header


def sign(manifest: Mapping[str, object], entries: Mapping[str, bytes], keys: DeviceKeys) -> Sealed:
    """Return a signed zip that anyone can read, as requests are."""
    told = json.dumps(manifest, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    plain = pack({"manifest.json": told, "manifest.sig": keys.sign(told), **entries})
    return Sealed(plain, Header.read(told))


def seal(
    manifest: Mapping[str, object], entries: Mapping[str, bytes], keys: DeviceKeys, to: PublicKeys
) -> Sealed:
    """Return a signed zip encrypted to the addressee and to the sender."""
    signed = sign(manifest, entries, keys)
    return Sealed(keys.encrypt(signed.data, to), signed.header)


def read_file(path: Path) -> bytes:
    """Return the bytes of a file that is not too large to be ours."""
    if size_of(path) > MAX_FILE:
        raise Refusal(TOO_LARGE)
    return read_bytes(path)


def open_sealed(
    data: bytes, keys: DeviceKeys | Sequence[DeviceKeys], signer: Callable[[Header], PublicKeys]
) -> Container:
    """Return a container sent to or by this device after checking everything but its rows.

    ``keys`` are the device's present ones, or those before them as well; ``signer`` gives the key that must have
    signed, or refuses the sender in a sentence.
    """
    if len(data) > MAX_FILE:
        raise Refusal(TOO_LARGE)
    ring = [keys] if isinstance(keys, DeviceKeys) else keys
    found = open_signed(_decrypted(data, ring), signer)
    if not {found.header.to, found.header.key} & {one.public.id for one in ring}:
        raise Refusal(NOT_OURS)
    return found


def _decrypted(data: bytes, ring: Sequence[DeviceKeys]) -> bytes:
    import pyrage

    if not data.startswith(_AGE):
        raise Refusal("这是未加密的申请文件，请用“开通”来受理" if data.startswith(ZIP) else UNKNOWN)
    try:
        return pyrage.decrypt(data, [pyrage.x25519.Identity.from_str(keys.identity) for keys in ring])
    except pyrage.DecryptError as error:
        raise Refusal(NOT_OURS if "matching keys" in str(error) else DAMAGED) from None


def open_signed(plain: bytes, signer: Callable[[Header], PublicKeys]) -> Container:
    """Return the container in a signed zip; signature, names, sizes and hashes must agree."""
    entries = unpack(plain)
    manifest, signature = entries.pop("manifest.json", b""), entries.pop("manifest.sig", b"")
    if not manifest or len(manifest) > MAX_MANIFEST:
        raise Refusal(DAMAGED)
    header = Header.read(manifest)
    if not signer(header).verifies(signature, manifest):
        raise Refusal(FORGED)
    _compare(header, entries)
    return Container(header, entries)


def _compare(header: Header, entries: Mapping[str, bytes]) -> None:
    """Hold the entries against what the manifest says of them."""
    told = {resource.path: resource for resource in header.resources}
    if sum(resource.unpacked for resource in header.resources) > MAX_UNPACKED:
        raise Refusal(TOO_LARGE)
    if len(told) != len(header.resources):
        raise Refusal(DAMAGED)
    if extra := sorted(set(entries) - set(told)):
        raise Refusal(f"文件里多出了清单上没有的条目“{extra[0]}”，可能被人改动，请对方重新导出")
    if missing := sorted(set(told) - set(entries)):
        raise Refusal(f"文件里缺少清单上的条目“{missing[0]}”，请让对方重新导出")
    for path, resource in told.items():
        data = entries[path]
        if len(data) != resource.size or hashlib.sha256(data).hexdigest() != resource.digest:
            raise Refusal(DAMAGED)
