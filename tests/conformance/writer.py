"""Write files in the format of docs/package-format.md with fixed keys, well-formed or broken on purpose.

It stands on the document alone and imports nothing of the program, so that both can be held against each other.
"""

import hashlib
import json
import struct
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import pyrage
import zstandard
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

Row = dict[str, Any]
Manifest = dict[str, Any]
Entries = list[tuple[bytes, bytes]]
VERSION = ("_owner", "id", "_inc", "_ver", "_epoch", "_prev", "_lsn", "_deleted", "_at", "_extra")


@dataclass(frozen=True)
class Party:
    """A device with fixed keys: public on purpose, for tests only."""

    unit: str
    device: str
    seed: str
    identity: str

    @property
    def signing(self) -> str:
        """Return the Ed25519 public key in hex."""
        return (
            Ed25519PrivateKey.from_private_bytes(bytes.fromhex(self.seed))
            .public_key()
            .public_bytes_raw()
            .hex()
        )

    @property
    def recipient(self) -> str:
        """Return the age recipient."""
        return str(pyrage.x25519.Identity.from_str(self.identity).to_public())

    @property
    def key(self) -> str:
        """Return the key's short name."""
        return hashlib.sha256(f"{self.signing} {self.recipient}".encode()).hexdigest()[:16]

    def sign(self, data: bytes) -> bytes:
        """Return the signature of some bytes."""
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(self.seed)).sign(data)


IDENTITIES = {
    "city": "AGE-SECRET-KEY-1XL2NC09QV66YPWGMJRKT93L5W0ZTNZ4E7HUE4XPZ63KJRWYQWP7QPXQMTF",
    "county": "AGE-SECRET-KEY-19GQG5RRQZKX5FN8WPKY3WQEPGNHWPJX2ZRV0SDRVLL3FHW0FAAXSA4LPN7",
    "stranger": "AGE-SECRET-KEY-1CJE30A8NHRYX938XQU64YE5L0A0GKET0MPU7FD28QYLH3PD6TWGSTPZGTL",
    "other": "AGE-SECRET-KEY-1P8YGWN6J6P4PU964G6VGMXTP5NGYYQQME4J44PVZUZ6G22X4AUVQKWRSNV",
}
CITY = Party("320900", "0190aaaa-0000-7000-8000-000000000001", "11" * 32, IDENTITIES["city"])
COUNTY = Party("320981", "0190aaaa-0000-7000-8000-000000000002", "22" * 32, IDENTITIES["county"])
STRANGER = Party("320981", "0190aaaa-0000-7000-8000-000000000003", "33" * 32, IDENTITIES["stranger"])
OTHER = Party("320925", "0190aaaa-0000-7000-8000-000000000004", "44" * 32, IDENTITIES["other"])


def dumped(value: object) -> bytes:
    """Return canonical JSON."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def lines(rows: Iterable[Row]) -> bytes:
    """Return JSON lines."""
    return b"".join(
        json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n" for row in rows
    )


def resource(
    name: str, plain: bytes, columns: Sequence[str], *, optional: bool = False
) -> tuple[dict[str, Any], tuple[bytes, bytes]]:
    """Return the description of an entry and the entry itself."""
    data = zstandard.ZstdCompressor(level=3).compress(plain)
    told = {
        "name": name,
        "path": f"{name}.jsonl.zst",
        "format": "jsonl",
        "compression": "zst",
        "bytes": len(data),
        "hash": hashlib.sha256(data).hexdigest(),
        "rows": plain.count(b"\n"),
        "unpacked": len(plain),
        "schema": {"fields": [{"name": column, "type": "any"} for column in columns]},
    }
    return told | ({"optional": True} if optional else {}), (f"{name}.jsonl.zst".encode(), data)


def zipped(entries: Entries) -> bytes:
    """Return the one zip of these entries."""
    body, directory = b"", b""
    for name, data in entries:
        common = struct.pack(
            "<5H3I2H", 20, 0, 0, 0, 0x21, zlib.crc32(data), len(data), len(data), len(name), 0
        )
        directory += b"PK\1\2" + struct.pack("<H", 3 << 8 | 20) + common
        directory += struct.pack("<3H2I", 0, 0, 0, 0o100600 << 16, len(body)) + name
        body += b"PK\3\4" + common + name + data
    counts = struct.pack("<4H2IH", 0, 0, len(entries), len(entries), len(directory), len(body), 0)
    return body + directory + b"PK\5\6" + counts


def sealed(plain: bytes, *readers: Party) -> bytes:
    """Return bytes that only these can read."""
    return pyrage.encrypt(plain, [pyrage.x25519.Recipient.from_str(reader.recipient) for reader in readers])


class Signer(Protocol):
    """Whoever signs."""

    def sign(self, data: bytes, /) -> bytes:
        """Return the signature of some bytes."""


@dataclass
class File:
    """A file in the making: every part may be changed before it is put together."""

    manifest: Manifest
    entries: Entries
    sender: Party
    to: Party
    signer: Signer
    names: tuple[bytes, bytes] = (b"manifest.json", b"manifest.sig")
    encode: Callable[[Manifest], bytes] = dumped
    zip: Callable[[Entries], bytes] = zipped

    @property
    def digest(self) -> str:
        """Return the digest by which the file is known: that of its manifest's bytes."""
        return hashlib.sha256(self.encode(self.manifest)).hexdigest()

    def plain(self) -> bytes:
        """Return the zip."""
        told = self.encode(self.manifest)
        head = list(zip(self.names, (told, self.signer.sign(told)), strict=True))
        return self.zip([one for one in head if one[0]] + self.entries)

    def bytes(self) -> bytes:
        """Return the encrypted file."""
        return sealed(self.plain(), self.to, self.sender)


def state(kinds: Mapping[str, Sequence[Row]]) -> dict[str, object]:
    """Return count and digest of the whole state."""
    total = count = 0
    for kind, rows in kinds.items():
        for row in rows:
            values = {name: value for name, value in row.items() if name not in VERSION}
            version = [row["_inc"], row["_ver"], row["_epoch"]]
            told = [kind, row["id"], *version, row.get("_deleted", False), values]
            total += int.from_bytes(hashlib.sha256(dumped(told)).digest())
            count += 1
    return {"count": count, "digest": f"{total % 2**256:064x}"}


def begun(kind: str, sender: Party, to: Party, **more: object) -> Manifest:
    """Return the fields that every manifest has."""
    return {
        "format": 1,
        "minimum_reader": 1,
        "suite": "age-x25519+ed25519+sha256",
        "type": kind,
        "app": "conformance",
        "key": sender.key,
        "to": to.key,
        "unit": sender.unit,
        "device": sender.device,
        "schema": 8,
        "at": "2026-03-02T09:00:00+08:00",
        "parent": None,
        "previous": None,
        "resources": [],
    } | more
