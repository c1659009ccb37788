"""The cases of the conformance kit: which files, in which order, and what a reader must answer to each."""

import hashlib
import json
import struct
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from tests.conformance.building import (
    CASE_ONE,
    COLUMNS,
    EPOCH,
    ONE,
    QUARANTINED,
    REFUSED,
    TWO,
    UNCHANGED,
    VALID,
    Answer,
    Case,
    first,
    grant,
    no,
    one,
    package,
    raw,
    receipt,
    row,
    second,
    third,
    told,
)
from tests.conformance.writer import (
    CITY,
    COUNTY,
    OTHER,
    STRANGER,
    VERSION,
    Entries,
    File,
    Manifest,
    Party,
    Row,
    lines,
    resource,
    sealed,
    zipped,
)

FIRST = Answer(VALID, accepted=2)
BOTH = {"enterprise": 1, "case": 1}


def good() -> Iterator[Case]:
    """Yield what every reader must take in, and in which order it may come."""
    a, b, c = (("1.ipk", first().bytes()), ("2.ipk", second().bytes()), ("3.ipk", third().bytes()))
    two = Answer(VALID, accepted=2, unchanged=1)
    yield Case("first", "city", (a,), (FIRST,), BOTH)
    yield Case("in-order", "city", (a, b, c), (FIRST, two, Answer(VALID, accepted=1)), BOTH)
    yield Case("replayed", "city", (a, a), (FIRST, Answer(UNCHANGED, unchanged=2)), BOTH)
    late = (Answer(VALID, accepted=3), Answer(VALID, unchanged=2))
    yield Case(
        "out-of-order", "city", (b, a), late, {"enterprise": 2, "case": 1}, "the first is older throughout"
    )
    gap = (FIRST, Answer(VALID, accepted=1))
    yield Case("gap", "city", (a, c), gap, BOTH, "2 is a gap, and 3 begins beyond what arrived")
    after = (FIRST, two, Answer(UNCHANGED, unchanged=2))
    yield Case("replayed-late", "city", (a, b, a), after, {"enterprise": 2, "case": 1})
    yield one("empty", package({"enterprise": [], "case": []}), Answer(VALID), {})
    unknown = resource("forecast", lines([{"x": 1}]), ("x",), optional=True)
    yield one("optional-entry", first(), FIRST, BOTH, lambda f: _append(f, unknown))
    yield one("manifest-with-more", first(), FIRST, BOTH, lambda f: f.manifest.update(mood={"a": [1]}))
    wide = package({"enterprise": [{**ONE, "lottery_no": "7"}]})
    wide.manifest["resources"][0]["schema"]["fields"].append({"name": "lottery_no", "type": "string"})
    yield one(
        "unknown-column",
        wide,
        Answer(VALID, accepted=1),
        {"enterprise": 1},
        note="kept, and given back unread",
    )
    older = package({"enterprise": [row(1, 1, enterprise_name="东台甲公司")]}, schema=2)
    older.manifest["resources"][0]["schema"]["fields"] = [{"name": n} for n in (*VERSION, "enterprise_name")]
    yield one("older-schema", older, Answer(VALID, accepted=1), {"enterprise": 1})


def _append(file: File, made: tuple[Manifest, tuple[bytes, bytes]]) -> None:
    file.manifest["resources"].append(made[0])
    file.entries.append(made[1])


# ---------------------------------------------------------------- bytes and addresses
def damaged() -> Iterator[Case]:
    """Yield files whose bytes are not what was written, or are for somebody else."""
    whole = first().bytes()
    yield raw("empty-file", "unknown", b"")
    yield raw("not-ours", "unknown", b"PK\x05\x06" + bytes(18))
    yield raw("text", "unknown", "你好".encode())
    for at in (10, 40, 100, len(whole) // 2, len(whole) - 1):
        yield raw(
            f"truncated-{at if at < 200 else 'half' if at < len(whole) - 1 else 'end'}", "damaged", whole[:at]
        )
    for place, at in (("header", 30), ("stanza", 120), ("mac", 460), ("payload", len(whole) - 40)):
        flipped = bytearray(whole)
        flipped[at] ^= 1
        yield raw(f"flipped-{place}", "damaged", bytes(flipped))
    yield raw("appended", "damaged", whole + b"\0")
    yield raw("unencrypted", "unencrypted", first().plain())
    yield raw("wrong-addressee", "not-ours", sealed(first().plain(), OTHER))
    yield no("addressed-to-another", "not-ours", told(to=OTHER.key))
    yield no("unknown-device", "unknown-sender", lambda f: None, _by(STRANGER, STRANGER))
    yield no("unknown-unit", "unknown-sender", lambda f: None, _by(OTHER, OTHER))
    yield no("signed-by-another", "forged", lambda f: None, _by(COUNTY, STRANGER))
    yield no("key-of-another", "forged", told(key=STRANGER.key))
    yield no("signature-missing", "forged", lambda f: setattr(f, "names", (b"manifest.json", b"")))
    yield no("manifest-missing", "damaged", lambda f: setattr(f, "names", (b"", b"manifest.sig")))
    yield no("manifest-changed", "forged", lambda f: setattr(f, "signer", _Stale(first().manifest)))
    yield no("a-receipt-at-the-city", "wrong-kind", lambda f: None, replace(receipt(), sender=CITY, to=CITY))


class _Stale:
    """Signs what the manifest was before."""

    def __init__(self, before: Manifest) -> None:
        """Take what was signed."""
        self._signature = COUNTY.sign(json.dumps(before | {"high": 9}).encode())

    def sign(self, _data: bytes) -> bytes:
        """Return an old signature."""
        return self._signature


def _by(sender: Party, signer: Party) -> File:
    file = first()
    file.manifest |= {"unit": sender.unit, "device": sender.device, "key": sender.key}
    return replace(file, sender=sender, signer=signer)


# ---------------------------------------------------------------- versions and lives
def versions() -> Iterator[Case]:
    """Yield formats, schemas, kinds and lives that a reader may not take in, or not yet."""
    for name, change in (("newer-schema", {"schema": 999}), ("newer-reader", {"minimum_reader": 2})):
        yield no(name, "too-new", told(**change), answer=QUARANTINED)
    licence = resource("licence", lines([row(1, 1)]), VERSION)
    yield no("unknown-kind", "too-new", lambda f: _append(f, licence), answer=QUARANTINED)
    yield no("newer-format", "too-new", told(format=2))
    yield no("unknown-suite", "too-new", told(suite="sm2+sm3+sm4"))
    yield no("incarnation-leap", "leap", told(incarnation=5000))
    yield no("receipt-leap", "leap", told(receipt_seen=[5000, 1]))
    yield no("low-above-high", "leap", told(low=9))
    fork = package({"enterprise": [TWO | {"_lsn": 1}]})
    files = (("1.ipk", first().bytes()), ("other.ipk", fork.bytes()))
    yield Case("forked", "city", files, (FIRST, Answer(REFUSED, "fork")), BOTH)
    life = package({"enterprise": [TWO | {"_lsn": 1, "_epoch": "0b0b0b0b"}]}, epoch="0b0b0b0b")
    files = (("1.ipk", first().bytes()), ("other-life.ipk", life.bytes()))
    yield Case("two-living-lives", "city", files, (FIRST, Answer(QUARANTINED, "two-lives")), BOTH)
    later: Row = {
        "_lsn": 2,
        "_epoch": "0b0b0b0b",
        "_inc": 2,
        "_prev": [1, 1, EPOCH],
        "remark": "三",
        "_ver": 2,
    }
    newer = package({"case": [CASE_ONE | later]}, epoch="0b0b0b0b", incarnation=2, parent=[EPOCH, 1, None])
    three = (("1.ipk", first().bytes()), ("2.ipk", second().bytes()), ("life-2.ipk", newer.bytes()))
    answers = (FIRST, Answer(VALID, accepted=2, unchanged=1), Answer(VALID, accepted=1, conflicts=1))
    yield Case("conflict-of-lives", "city", three, answers, {"enterprise": 2, "case": 1})


# ---------------------------------------------------------------- rows
def rows() -> Iterator[Case]:
    """Yield lines that refuse the whole file."""
    for name, reason, changed in (
        ("foreign-owner", "foreign-owner", {"_owner": "320925"}),
        ("counts-elsewhere", "foreign-owner", {"unit_code": "320925"}),
        ("beyond-its-range", "range", {"_lsn": 99}),
        ("version-of-a-later-life", "value", {"_inc": 2}),
        ("undescribed-column", "value", {"stranger": 1}),
        ("text-for-a-number", "value", {"reg_capital_wan": "120"}),
        ("number-for-a-text", "value", {"enterprise_name": 5}),
        ("nul-in-a-text", "value", {"enterprise_name": "甲\0乙"}),
        ("endless-text", "value", {"enterprise_name": "长" * 100_001}),
        ("negative-version", "value", {"_ver": -1}),
        ("true-for-a-number", "value", {"_lsn": True}),
        ("odd-id", "value", {"id": "../../etc/passwd"}),
        ("odd-epoch", "value", {"_epoch": "XYZ"}),
    ):
        low = package({"enterprise": [ONE | changed]}, high=1)
        yield no(name, reason, lambda f: None, low)
    yield no("record-twice", "twice", lambda f: None, package({"enterprise": [ONE, ONE]}))
    for name, line in (
        ("not-json", b"{"),
        ("nan", b'{"reg_capital_wan":NaN}'),
        ("no-object", b"[1]"),
        ("lone-surrogate", b'{"enterprise_name":"\\ud800"}'),
        ("byte-order-mark", b"\xef\xbb\xbf{}"),
        ("deep", b"[" * 20000),
        ("no-utf-8", b'{"enterprise_name":"\xff"}'),
    ):
        yield no(name, "value", lambda f: None, _with(line + b"\n"))
    yield no("no-last-line-end", "damaged", lambda f: None, _with(b"{}"))


def _with(plain: bytes, **claims: object) -> File:
    file = package({"enterprise": []})
    told_, entry = resource("enterprise", plain, (*VERSION, *COLUMNS["enterprise"]))
    file.manifest["resources"], file.entries[:] = [told_ | claims], [entry]
    return file


# ---------------------------------------------------------------- entries, names, zip, bombs
def entries() -> Iterator[Case]:
    """Yield zips and entries that hide something."""
    extra = (b"extra.jsonl.zst", b"x")
    yield no("extra-entry", "extra-entry", lambda f: f.entries.append(extra))
    yield no("missing-entry", "missing-entry", lambda f: f.entries.pop())
    yield no(
        "entry-described-twice",
        "damaged",
        lambda f: f.manifest["resources"].append(f.manifest["resources"][0]),
    )
    yield no("hash-differs", "damaged", lambda f: f.manifest["resources"][0].update(hash="0" * 64))
    yield no("size-differs", "damaged", lambda f: f.manifest["resources"][0].update(bytes=1))
    yield no("rows-differ", "damaged", lambda f: f.manifest["resources"][0].update(rows=2))
    yield no("not-zstd", "damaged", lambda f: None, _packed(b"no zstd at all"))
    for name, raw_name in NAMES.items():
        yield no(f"name-{name}", "bad-name", partial(_named, raw_name))
    yield no("name-twice", "bad-name", lambda f: f.entries.append(f.entries[0]))
    yield no(
        "many-entries", "many-entries", lambda f: f.entries.extend((b"e%d.json" % n, b"") for n in range(65))
    )
    zips: dict[str, Callable[[Entries], bytes]] = {
        "comment": lambda e: zipped(e)[:-2] + b"\3\0abc",
        "before": lambda e: b"MZ" + zipped(e),
        "after": lambda e: zipped(e) + b"\0",
        "between": lambda e: zipped(e).replace(b"PK\1\2", b"\0PK\1\2", 1),
        "dated": lambda e: zipped(e).replace(struct.pack("<HH", 0, 0x21), struct.pack("<HH", 1, 0x5A21)),
        "names-differ": lambda e: zipped(e).replace(b"case.jsonl.zst", b"cAse.jsonl.zst", 1),
        "no-directory": lambda e: zipped(e)[:-40],
        "nothing": lambda e: zipped([]),
    }
    for name, zip_ in zips.items():
        yield no(f"zip-{name}", "not-canonical", partial(_zipped, zip_))
    yield no("bomb-honest", "too-large", lambda f: None, _with(b"\n" * 100_000_000))
    yield no("bomb-that-lies", "damaged", lambda f: None, _with(b"\n" * 60_000_000, unpacked=1000, rows=1000))
    yield no("bomb-in-the-manifest", "too-large", lambda f: f.manifest["resources"][0].update(unpacked=2**40))
    yield no("bomb-line", "damaged", lambda f: None, _with(b'"' + b" " * 2**25 + b'"\n'))


def _named(name: bytes, file: File) -> None:
    file.entries.append((name, b""))


def _zipped(how: Callable[[Entries], bytes], file: File) -> None:
    file.zip = how


def _packed(data: bytes) -> File:
    claims = {"bytes": len(data), "hash": hashlib.sha256(data).hexdigest(), "unpacked": 3, "rows": 1}
    file = _with(b"{}\n", **claims)
    file.entries[:] = [(b"enterprise.jsonl.zst", data)]
    return file


# After BagIt's conformance suite: paths that leave the folder, names a system reserves, and names that look alike.
NAMES = {
    "parent": b"../case.jsonl.zst",
    "parent-deep": b"a/../../case.jsonl.zst",
    "absolute": b"/etc/passwd",
    "home": b"~/case.jsonl.zst",
    "drive": b"C:\\case.jsonl.zst",
    "backslash": b"..\\case.jsonl.zst",
    "share": b"\\\\pc\\share\\x.json",
    "folder": b"case/",
    "inner": b"data/case.jsonl.zst",
    "device": b"NUL",
    "device-with-ending": b"COM1.json",
    "stream": b"case.jsonl.zst:hidden",
    "wildcard": b"*.json",
    "dot": b".",
    "hidden": b".case.json",
    "space-after": b"case.jsonl.zst ",
    "dot-after": b"case.jsonl.zst.",
    "line-end": b"case.jsonl.zst\n",
    "percent": b"%2e%2e%2fcase.json",
    "nul": b"case.jsonl.zst\0.exe",
    "empty": b"",
    "long": b"c" * 300 + b".json",
    "case-twin": b"CASE.jsonl.zst",
    "composed": "caf\u00e9.json".encode(),
    "decomposed": "cafe\u0301.json".encode(),
    "look-alike": "c\u0430se.jsonl.zst".encode(),
    "full-width": "\uff43ase.jsonl.zst".encode(),
    "right-to-left": "case\u202etsz.json".encode(),
    "chinese": "企业.json".encode(),
    "no-utf-8": b"\xff\xfe.json",
}


# ---------------------------------------------------------------- receipts and grants
def receipts() -> Iterator[Case]:
    """Yield what a county must answer to receipts."""
    two = Answer(VALID, accepted=2)
    a, b = ("1.ipk", receipt().bytes()), ("2.ipk", receipt(2).bytes())
    yield Case("receipt", "county", (a,), (two,))
    yield Case("receipt-replayed", "county", (a, a), (two, Answer(UNCHANGED, unchanged=2)))
    yield Case("receipt-older", "county", (b, a), (two, Answer(UNCHANGED, unchanged=2)))
    other_life = receipt(epoch="0d0d0d0d", incarnation=4)
    yield one("receipt-of-a-later-life", other_life, Answer(UNCHANGED, unchanged=2), reader="county")
    back = resource("enterprise", lines([ONE | {"_epoch": "0e0e0e0e"}]), (*VERSION, *COLUMNS["enterprise"]))
    yield one(
        "receipt-that-gives-back",
        receipt(),
        Answer(VALID, accepted=3),
        {"enterprise": 1},
        lambda f: _append(f, back),
        reader="county",
    )
    for name, reason, file in (
        ("receipt-for-another-unit", "wrong-unit", receipt(unit=OTHER.unit)),
        ("receipt-to-another", "not-ours", receipt(to=OTHER)),
        ("receipt-by-a-county", "forged", replace(receipt(), signer=COUNTY)),
        ("package-at-a-county", "wrong-kind", first()),
    ):
        yield one(name, file, Answer(REFUSED, reason), reader="county")
    odd = receipt()
    odd.manifest["answers"]["acknowledged"] = -1
    yield one("receipt-with-odd-numbers", odd, Answer(REFUSED, "value"), reader="county")


def grants() -> Iterator[Case]:
    """Yield what a county that asked for enrolment must answer to grants."""
    a, b = ("1.ipk", grant().bytes()), ("2.ipk", grant(2).bytes())
    yield Case("grant", "asking", (a,), (Answer(VALID),))
    yield Case("grant-twice", "asking", (a, a), (Answer(VALID), Answer(REFUSED, "installed")))
    yield Case("grant-older", "asking", (b, a), (Answer(VALID), Answer(REFUSED, "installed")))
    imposter = replace(CITY, seed=STRANGER.seed, identity=STRANGER.identity)
    foreign = ("imposter.ipk", grant(9, sender=imposter).bytes())
    yield Case("grant-by-another-city", "asking", (a, foreign), (Answer(VALID), Answer(REFUSED, "forged")))
    for name, reason, file in (
        ("grant-to-another", "not-ours", grant(to=OTHER)),
        ("grant-for-another-unit", "wrong-unit", grant(unit=OTHER.unit)),
        ("grant-of-another-request", "other-request", grant(request="cd" * 32)),
        ("grant-not-signed-by-its-keys", "forged", replace(grant(), signer=STRANGER)),
        ("receipt-as-grant", "wrong-kind", receipt()),
    ):
        yield one(name, file, Answer(REFUSED, reason), reader="asking")


def cases() -> Iterator[Case]:
    """Yield all cases."""
    for some in (good, damaged, versions, rows, entries, receipts, grants):
        yield from some()
