"""Turn records into the lines of a package and back; nothing a line says is believed before it is checked."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ipdesk.fields import FieldType, Value
from ipdesk.fields.base import EXACT
from ipdesk.kinds.declare import Field, Kind, Ledger, Values
from ipdesk.problems import Refusal
from ipdesk.records import Record, RecordKey, Version
from ipdesk.sync.claims import EPOCH, ID, LARGEST, UNIT, Claims
from ipdesk.sync.container import Container, Resource
from ipdesk.sync.devices import unit_name
from ipdesk.text import quoted

VERSION_FIELDS: tuple[dict[str, object], ...] = (
    {"name": "_owner", "type": "string"},
    {"name": "id", "type": "string", "format": "uuid"},
    {"name": "_inc", "type": "integer"},
    {"name": "_ver", "type": "integer"},
    {"name": "_epoch", "type": "string"},
    {"name": "_prev", "type": "array"},
    {"name": "_lsn", "type": "integer"},
    {"name": "_deleted", "type": "boolean"},
    {"name": "_at", "type": "string"},
    {"name": "_extra", "type": "object"},
)
VERSION_COLUMNS = frozenset(str(field["name"]) for field in VERSION_FIELDS)
_LONGEST = 100_000
_MOST_LISTED = 1000
_BROKEN = re.compile("[\x00\ud800-\udfff]")
_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_DAY = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")
_FOREIGN = "文件里有属于别的单位（{}）的记录，而它由{}签名，整个文件没有接收，请对方重新导出"
_ELSEWHERE = (
    "{}的文件里有记在{}名下的记录，整个文件没有接收：县（市、区）只报本单位的，请对方把所属单位改正后重新导出"
)
_TWICE = "文件里同一条记录出现了两次，导出它的程序可能有误，请对方重新导出"
_BAD_VALUE = "文件里“{}”的值不合规定{}，整个文件没有接收，请对方升级程序后重新导出"


def describe(kind: Kind) -> list[dict[str, object]]:
    """Return the Frictionless descriptors of a kind's columns, the version's first."""
    return [*VERSION_FIELDS, *(_descriptor(field) for field in kind.fields)]


def _descriptor(field: Field) -> dict[str, object]:
    return {"name": field.name, "title": field.label, **field.type.schema}


def stamp(version: Version) -> str:
    """Return a version as one word, as results name it."""
    return version.stamp


def line(record: Record) -> dict[str, object]:
    """Return a record as the object of one line; what is empty is left out."""
    version = record.version
    told: dict[str, object] = {"_owner": record.key.owner, "id": record.key.id, "_lsn": record.lsn}
    told |= {"_inc": version.incarnation, "_ver": version.number, "_epoch": version.epoch, "_at": record.at}
    for name, value in (("_prev", record.previous), ("_deleted", record.deleted), ("_extra", record.extra)):
        if value:
            told[name] = value
    return told | {name: value for name, value in record.values.items() if value is not None}


class Writer(NamedTuple):
    """Whose records lines may tell of, and the highest incarnation that may have written them.

    ``anywhere`` is the city, whose records may count for any unit.
    """

    unit: str
    incarnation: int
    anywhere: bool = False


class RowReader:
    """Reads the lines of one kind: right owner, sane version, values of their columns' types, none twice."""

    def __init__(self, kind: Kind, writer: Writer, resource: Resource) -> None:
        """Keep what the lines must agree with: the writer's unit and life, the columns described."""
        self._kind, self._writer = kind, writer
        named = [name for name in resource.columns if name not in VERSION_COLUMNS]
        self._known = [(name, kind.by_name[name]) for name in named if name in kind.by_name]
        self._unread = [name for name in named if name not in kind.by_name]
        self._described = frozenset((*resource.columns, *VERSION_COLUMNS))
        self._seen: set[str] = set()

    def record(self, claims: Claims) -> Record:
        """Return the record that a line tells; unknown columns go to ``extra``, absent ones say nothing."""
        owner, id_ = claims.text("_owner", UNIT), claims.text("id", ID)
        if owner != self._writer.unit:
            raise Refusal(_FOREIGN.format(owner, self._writer.unit))
        if id_ in self._seen or not self._described.issuperset(claims.raw):
            raise Refusal(_TWICE if id_ in self._seen else _BAD_VALUE.format("列", "（清单上没有）"))
        self._seen.add(id_)
        values, extra = self._values(claims)
        deleted = claims.flag("_deleted")
        if not deleted:  # a deleted record counts for nobody, and nobody could mend it
            self._refuse_elsewhere(values)
        return Record(
            self._kind.name,
            RecordKey(owner, id_),
            values,
            self._version(claims),
            _previous(claims),
            claims.whole("_lsn"),
            deleted,
            claims.text("_at"),
            extra,
        )

    def _refuse_elsewhere(self, values: Values) -> None:
        counted, signer = values.get(Ledger.unit_field), self._writer.unit
        if counted not in (None, signer) and not self._writer.anywhere:
            raise Refusal(_ELSEWHERE.format(unit_name(signer), unit_name(str(counted)[:20])))

    def _version(self, claims: Claims) -> Version:
        incarnation = claims.whole("_inc", self._writer.incarnation)
        return Version(incarnation, claims.whole("_ver"), claims.text("_epoch", EPOCH))

    def _values(self, claims: Claims) -> tuple[dict[str, Value], dict[str, object]]:
        raw = claims.raw
        values = {name: checked(field, raw.get(name)) for name, field in self._known}
        extra = {name: raw[name] for name in self._unread if raw.get(name) is not None}
        for name, value in claims.inner("_extra").raw.items() if "_extra" in raw else ():
            if name in self._kind.by_name:
                values[name] = checked(self._kind.by_name[name], value)
            elif name not in VERSION_COLUMNS:
                extra[name] = value
        if extra and _text(_JSON.encode(extra)) is None:
            raise Refusal(_BAD_VALUE.format("_extra", "（不是正常文字）"))
        return values, extra


def _previous(claims: Claims) -> Version | None:
    if claims.raw.get("_prev") is None:
        return None
    told = claims.listed("_prev")
    inner = Claims(dict(zip(("_inc", "_ver", "_epoch"), told, strict=False)))
    return Version(inner.whole("_inc"), inner.whole("_ver"), inner.text("_epoch", EPOCH))


def unfit(kind: Kind, record: Record) -> list[Field]:
    """Return the fields whose values no reader of packages would take from the record's owner."""
    told = [(field, value) for field in kind.fields if (value := record.values.get(field.name)) is not None]
    return [field for field, value in told if _fit(field, value) is None or _elsewhere(field, value, record)]


def _elsewhere(field: Field, value: Value, record: Record) -> bool:
    """Tell whether a live record counts for another unit than its owner's."""
    return field.name == Ledger.unit_field and value != record.key.owner and not record.deleted


def checked(field: Field, value: object) -> Value:
    """Return a value fit to be stored in a field; anything else refuses the file in one sentence."""
    if value is None:
        return None
    fit = _fit(field, value)
    if fit is None:
        raise Refusal(_BAD_VALUE.format(field.label, "" if field.personal else f"（{quoted(repr(value))}）"))
    return fit


def _fit(field: Field, value: object) -> Value:
    """Return a value as its column takes it, ``None`` when it does not."""
    fit = _READERS[field.type.schema["type"]](value)
    return fit if fit is not None and _is_day(field.type, fit) else None


def _is_day(kind: FieldType, value: Value) -> bool:
    return kind.schema.get("format") != "date" or bool(_DAY.fullmatch(str(value)))


def _text(value: object) -> str | None:
    """Return a text that a database and a page can hold: no lone surrogate, no NUL, not endless."""
    if not isinstance(value, str) or len(value) > _LONGEST or _BROKEN.search(value):
        return None
    return value


def _whole(value: object) -> int | None:
    return value if type(value) is int and abs(value) <= LARGEST else None


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return float(value) if abs(value) <= EXACT else None


def _truth(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _list(value: object) -> tuple[str, ...] | None:
    if not isinstance(value, (list, tuple)) or len(value) > _MOST_LISTED:  # a store holds them as a tuple
        return None
    told = tuple(word for word in map(_text, value) if word)
    return told if len(told) == len(value) else None


_READERS = {"array": _list, "string": _text, "integer": _whole, "number": _number, "boolean": _truth}


class StateDigest:
    """Count and digest of all records of a unit, in any order, over the columns that both sides know."""

    def __init__(self) -> None:
        """Begin with no record."""
        self.count, self._sum = 0, 0

    def add(self, record: Record, columns: Iterable[str]) -> None:
        """Take in a record: its version, whether it is deleted, and its filled columns."""
        held: Mapping[str, object] = {**record.extra, **record.values}
        values = {name: held[name] for name in columns if held.get(name) is not None}
        told = [record.kind, record.key.id, *record.version, record.deleted, values]
        self.count += 1
        self._sum += int.from_bytes(hashlib.sha256(_JSON.encode(told).encode()).digest())

    @property
    def hex(self) -> str:
        """Return the digest: the sum of the records' hashes modulo 2^256, in hex."""
        return f"{self._sum % 2**256:064x}"


def records(container: Container, kind: Kind, writer: Writer | None = None) -> Iterable[Record]:
    """Yield the checked records of a kind that a container brings; they are the signer's where no other is told."""
    resource, header = container.resource(kind.name), container.header
    if resource is None:
        return
    reader = RowReader(kind, writer or Writer(header.unit, header.incarnation), resource)
    for claims in container.lines(resource):
        yield reader.record(claims)
