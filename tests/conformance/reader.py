"""A small reader written from docs/package-format.md alone; it imports nothing of the program.

It verifies one file for one addressee and tells how many rows of each kind it holds; it keeps no state, so what
depends on earlier files (replay, forks, lives) is not its matter.
"""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Mapping
from typing import Any, NoReturn

import pyrage
import zstandard
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

SUITE, READER, SCHEMA = "age-x25519+ed25519+sha256", 1, 9
ENTRY = re.compile(rb"[a-z][a-z0-9_]{0,60}\.(json|sig|jsonl\.zst)")
UNIT, UUID = re.compile("[0-9]{6}"), re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
EPOCH, HASH = re.compile("[0-9a-f]{8,32}"), re.compile("[0-9a-f]{64}")
WORD = re.compile(r"[A-Za-z0-9_][A-Za-z0-9+_.-]{0,80}")
KINDS = frozenset(
    ("enterprise", "case", "subsidy", "institution", "institution_year")
    + ("person", "person_certificate", "training", "attendance", "document")
    + ("indicator_value", "target", "period_report", "task", "task_progress", "supervision")
    + ("station", "service_point", "liaison", "policy", "strong_county")
)
VERSION = frozenset(("_owner", "id", "_inc", "_ver", "_epoch", "_prev", "_lsn", "_deleted", "_at", "_extra"))
TYPES = {
    "reg_capital_wan": (int, float),
    "is_hightech": (bool,),
}  # of the columns in the kit; the rest are texts
MOST, FILE, LINE = 2**48, 200 * 2**20, 2**24


class Refused(Exception):
    """A file that must not be taken in; it says of which class the reason is."""


def refuse(reason: str) -> NoReturn:
    """Refuse the file."""
    raise Refused(reason)


def need(holds: object, reason: str) -> None:
    """Refuse the file unless something holds."""
    if not holds:
        refuse(reason)


def read(
    data: bytes, me: Mapping[str, str], known: Mapping[tuple[str, str], Mapping[str, str]]
) -> dict[str, int]:
    """Return the number of rows by entry, for the addressee ``me`` who knows some devices by (unit, device)."""
    need(data.startswith(b"age-encryption.org/v1\n") and len(data) <= FILE, "unknown")
    identity = pyrage.x25519.Identity.from_str(me["identity"])
    try:
        entries = unzipped(pyrage.decrypt(data, [identity]))
    except pyrage.DecryptError as error:
        refuse("not-ours" if "matching keys" in str(error) else "damaged")
    raw, signature = entries.pop("manifest.json", b""), entries.pop("manifest.sig", b"")
    need(raw and len(raw) <= 4 * 2**20, "damaged")
    told = document(raw)
    need(told.get("format") == 1 and told.get("suite") == SUITE, "too-new")
    signed_by(told, raw, signature, known)
    compare(told, entries)
    need(me["key"] in (told["to"], told["key"]), "not-ours")
    if told["type"] == "package":
        package(told)
    return {one["name"]: counted(one, entries[one["path"]], told) for one in told["resources"]}


def unzipped(plain: bytes) -> dict[str, bytes]:
    """Return the entries of the zip; anything but stored entries with plain names, and nothing else, is refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(plain)) as archive:
            infos = archive.infolist()
            need(len(infos) <= 64, "many-entries")
            names = [info.orig_filename.encode("cp437", "replace") for info in infos]
            need(all(map(ENTRY.fullmatch, names)) and len(set(names)) == len(names), "bad-name")
            size = 22 + sum(30 + 46 + 2 * len(info.filename) + info.file_size for info in infos)
            sound = all(
                i.compress_type == 0 and not i.extra and not i.comment and not i.flag_bits for i in infos
            )
            dated = any(i.date_time != (1980, 1, 1, 0, 0, 0) for i in infos)
            need(sound and not dated and size == len(plain) and not archive.comment, "not-canonical")
            return {info.filename: archive.read(info) for info in infos}
    except (zipfile.BadZipFile, ValueError, OverflowError):
        refuse("not-canonical")


def document(raw: bytes) -> dict[str, Any]:
    """Return a JSON object; anything else, or what strict JSON does not know, is refused."""
    try:
        found = json.loads(raw.decode(), parse_constant=lambda _: refuse("value"))
    except (ValueError, RecursionError):
        refuse("value")
    return found if isinstance(found, dict) else refuse("value")


def signed_by(
    told: dict[str, Any], raw: bytes, signature: bytes, known: Mapping[tuple[str, str], Mapping[str, str]]
) -> None:
    """Refuse what the device named in the manifest did not sign; a grant brings its keys itself."""
    if told.get("type") == "grant":
        keys = {**told["keys"], "key": short(told["keys"])}
    else:
        found = known.get((str(told.get("unit")), str(told.get("device"))))
        keys = dict(found) if found else refuse("unknown-sender")
    need(told.get("key") == keys["key"], "forged")
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(keys["signing"])).verify(signature, raw)
    except InvalidSignature:
        refuse("forged")


def short(keys: Mapping[str, str]) -> str:
    """Return the short name of a device's keys."""
    return hashlib.sha256(f"{keys['signing']} {keys['recipient']}".encode()).hexdigest()[:16]


def compare(told: dict[str, Any], entries: dict[str, bytes]) -> None:
    """Hold the entries against their descriptions."""
    for one in told["resources"]:
        need(WORD.fullmatch(one["name"]) and one["path"] == f"{one['name']}.jsonl.zst", "value")
        need(one["unpacked"] <= one["bytes"] * 250 + 2**26, "too-large")
    need(sum(one["unpacked"] for one in told["resources"]) <= 2**31, "too-large")
    paths = [one["path"] for one in told["resources"]]
    need(len(set(paths)) == len(paths), "damaged")
    need(set(entries) <= set(paths), "extra-entry")
    need(set(paths) <= set(entries), "missing-entry")
    for one in told["resources"]:
        data = entries[one["path"]]
        need(len(data) == one["bytes"] and hashlib.sha256(data).hexdigest() == one["hash"], "damaged")


def package(told: dict[str, Any]) -> None:
    """Refuse a package's header that is odd or too new."""
    kinds = {one["name"] for one in told["resources"] if not one.get("optional")}
    need(told["schema"] <= SCHEMA and told["minimum_reader"] <= READER and kinds <= KINDS, "too-new")
    need(
        told["incarnation"] <= 1000 and told["receipt_seen"][0] <= 1000 and told["low"] <= told["high"],
        "leap",
    )


def counted(one: dict[str, Any], packed: bytes, told: dict[str, Any]) -> int:
    """Return the number of lines of an entry, each checked."""
    try:
        window = zstandard.ZstdDecompressor(max_window_size=2**27)
        plain = window.stream_reader(packed).read(one["unpacked"] + 1)
    except zstandard.ZstdError:
        refuse("damaged")
    need(len(plain) == one["unpacked"] and plain[-1:] in (b"", b"\n"), "damaged")
    lines = plain.split(b"\n")[:-1]
    need(len(lines) == one["rows"] and all(len(line) <= LINE for line in lines), "damaged")
    columns = VERSION | {field["name"] for field in one["schema"]["fields"]}
    seen: set[str] = set()
    for line in lines:
        row = document(line)
        if one["name"] in KINDS:
            checked(row, columns, told)
            need(row["id"] not in seen, "twice")
            seen.add(row["id"])
    return len(lines)


def checked(row: dict[str, Any], columns: frozenset[str], told: dict[str, Any]) -> None:
    """Refuse a row with another owner, an odd version or a value that its column cannot hold."""
    owner = told["answers"]["unit"] if told["type"] == "receipt" else told["unit"]
    need(isinstance(row.get("id"), str) and UUID.fullmatch(row["id"]), "value")
    need(UNIT.fullmatch(str(row.get("_owner"))), "value")
    need(row["_owner"] == owner, "foreign-owner")
    need(set(row) <= columns, "value")
    need(all(type(row.get(n)) is int and 0 <= row[n] <= MOST for n in ("_inc", "_ver", "_lsn")), "value")
    need(EPOCH.fullmatch(str(row.get("_epoch"))), "value")
    for name, value in row.items():
        if name not in VERSION:
            need(type(value) in TYPES.get(name, (str,)), "value")
            odd = isinstance(value, str) and (len(value) > 100_000 or re.search("[\0\ud800-\udfff]", value))
            need(not odd, "value")
    need(row.get("_deleted") or row.get("unit_code") in (None, owner), "foreign-owner")
    if told["type"] == "package":
        need(row["_inc"] <= told["incarnation"], "value")
        need(told["low"] < row["_lsn"] <= told["high"], "range")


def whole(kinds: Mapping[str, list[dict[str, Any]]]) -> str:
    """Return the digest of a whole state as manifests tell it, of rows by kind."""
    total = 0
    for kind, rows in kinds.items():
        for row in rows:
            values = {name: value for name, value in row.items() if name not in VERSION}
            said = [
                kind,
                row["id"],
                row["_inc"],
                row["_ver"],
                row["_epoch"],
                row.get("_deleted", False),
                values,
            ]
            plain = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
            total += int.from_bytes(hashlib.sha256(plain).digest())
    return f"{total % 2**256:064x}"
