"""Put the files of the conformance kit together: packages, receipts and grants of fixed rows."""

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.conformance.writer import (
    CITY,
    COUNTY,
    VERSION,
    File,
    Party,
    Row,
    begun,
    lines,
    resource,
    state,
)

EPOCH, CITY_EPOCH = "0a0a0a0a", "0c0c0c0c"
REQUEST = "ab" * 32
VALID, REFUSED, QUARANTINED, UNCHANGED = "valid", "refused", "quarantined", "unchanged"
COLUMNS = {
    "enterprise": ("unit_code", "enterprise_name", "uscc", "reg_capital_wan", "is_hightech"),
    "case": ("enterprise_id", "stage", "standard_code", "remark"),
}
Change = Callable[[File], object]


@dataclass(frozen=True)
class Answer:
    """What a reader must answer to one file; counts are of records."""

    answer: str
    reason: str = ""
    accepted: int = 0
    unchanged: int = 0
    conflicts: int = 0


@dataclass(frozen=True)
class Case:
    """Files that arrive one after another at a fresh reader, the answers, and how many live records there are then."""

    name: str
    reader: str
    files: tuple[tuple[str, bytes], ...]
    answers: tuple[Answer, ...]
    counts: dict[str, int] = field(default_factory=dict)
    note: str = ""


def uuid(number: int) -> str:
    """Return a record's id."""
    return f"0190bbbb-0000-7000-8000-{number:012d}"


def row(
    number: int, lsn: int, *, unit: str = COUNTY.unit, version: int = 1, inc: int = 1, **values: object
) -> Row:
    """Return one line of a package."""
    told = {"_owner": unit, "id": uuid(number), "_lsn": lsn, "_inc": inc, "_ver": version, "_epoch": EPOCH}
    return told | {"_at": "2026-03-01T10:00:00+08:00"} | values


def enterprise(number: int, lsn: int, name: str, **more: object) -> Row:
    """Return an enterprise."""
    values: Row = {"unit_code": COUNTY.unit, "enterprise_name": name, "reg_capital_wan": 120.5}
    return row(number, lsn) | values | more


ONE, TWO = enterprise(1, 1, "东台甲公司", is_hightech=True), enterprise(2, 3, "东台乙公司")
CASE_ONE = row(11, 2, enterprise_id=uuid(1), stage="ST15", remark="一")
CASE_AGAIN = row(11, 4, version=2, enterprise_id=uuid(1), stage="ST15", remark="二")


def package(rows: dict[str, list[Row]], whole: dict[str, list[Row]] | None = None, **more: object) -> File:
    """Return a package of these rows; ``whole`` is all that the county then has."""
    told = [resource(kind, lines(some), (*VERSION, *COLUMNS[kind])) for kind, some in rows.items()]
    top = max((one["_lsn"] for some in rows.values() for one in some), default=0)
    manifest = begun("package", COUNTY, CITY, epoch=EPOCH, incarnation=1, sequence=1, low=0, high=top)
    manifest |= {"state": state(whole or rows), "corrections_done": [], "receipt_seen": [0, 0]}
    manifest |= {"channel_seen": [], "period": None, "zero": False} | more
    manifest["resources"] = [one for one, _ in told]
    return File(manifest, [two for _, two in told], COUNTY, CITY, COUNTY)


def first() -> File:
    """Return the county's first package: an enterprise and its case."""
    return package({"enterprise": [ONE], "case": [CASE_ONE]})


def second() -> File:
    """Return the one after: another enterprise, the case changed; nothing was acknowledged yet."""
    rows = {"enterprise": [ONE, TWO], "case": [CASE_AGAIN]}
    return package(rows, sequence=2, previous=first().digest)


def third() -> File:
    """Return one that begins where the second ended, as if that had been acknowledged."""
    gone = {**TWO, "_lsn": 5, "_ver": 2, "_deleted": True}
    return package(
        {"enterprise": [gone], "case": []},
        {"enterprise": [ONE, gone], "case": [CASE_AGAIN]},
        sequence=3,
        previous=second().digest,
        low=4,
    )


def one(
    name: str,
    file: File,
    answer: Answer,
    counts: dict[str, int] | None = None,
    change: Change = lambda file: None,
    *,
    reader: str = "city",
    note: str = "",
) -> Case:
    """Return a case of one file, changed before it is signed."""
    change(file)
    return Case(name, reader, ((f"{name}.ipk", file.bytes()),), (answer,), counts or {}, note)


def no(name: str, reason: str, change: Change, file: File | None = None, answer: str = REFUSED) -> Case:
    """Return a case of a file that must not be taken in."""
    return one(name, file or first(), Answer(answer, reason), {}, change)


def raw(name: str, reason: str, data: bytes) -> Case:
    """Return a case of bytes that must be refused."""
    return Case(name, "city", ((f"{name}.ipk", data),), (Answer(REFUSED, reason),))


def told(**more: object) -> Change:
    """Return what puts other values into the manifest."""
    return lambda file: file.manifest.update(more)


def receipt(number: int = 1, acknowledged: int = 0, to: Party = COUNTY, **answers: object) -> File:
    """Return a receipt on two records."""
    rows_: list[Row] = [
        {"kind": "enterprise", "record": uuid(1), "version": f"1.1.{EPOCH}", "outcome": "accepted"},
        {
            "kind": "case",
            "record": uuid(11),
            "version": f"1.1.{EPOCH}",
            "outcome": "returned",
            "field": "remark",
            "message": "请写清楚",
        },
    ]
    columns = ("kind", "record", "version", "outcome", "field", "rule", "message")
    told_, entry = resource("results", lines(rows_), columns)
    manifest = begun("receipt", CITY, to, epoch=CITY_EPOCH, incarnation=1, sequence=number, corrections=[])
    manifest["answers"] = {
        "unit": COUNTY.unit,
        "epoch": EPOCH,
        "incarnation": 1,
        "sequence": 0,
        "acknowledged": acknowledged,
        "gaps": [],
        "quarantined": [],
    } | answers
    manifest["resources"] = [told_]
    return File(manifest, [entry], CITY, to, CITY)


def grant(number: int = 1, to: Party = COUNTY, sender: Party = CITY, **grants: object) -> File:
    """Return a grant."""
    manifest = begun("grant", sender, to, epoch=CITY_EPOCH, incarnation=1, sequence=number, targets=[])
    manifest |= {
        "office_name": "盐城市知识产权局",
        "keys": {"signing": sender.signing, "recipient": sender.recipient},
    }
    manifest["grants"] = {"unit": COUNTY.unit, "request": REQUEST, "incarnation": 0} | grants
    told_, entry = resource("code_tables", b"", ("table", "digest", "text"))
    manifest["resources"] = [told_]
    return File(manifest, [entry], sender, to, sender)
