"""Carry the city's own records that counties work by down to them: targets and supervision slips (rule 11).

A document holds every such record as it stands, so the newest one makes a county's copy equal to the city's: what
is not in it any more (the city was restored) goes. A county never writes these records; it answers by its own.
"""

import json

from ipdesk.codes import CITY
from ipdesk.kinds.declare import Catalogue, Kind
from ipdesk.kinds.indicators import TARGET
from ipdesk.kinds.tasks import SUPERVISION
from ipdesk.problems import Refusal
from ipdesk.records import Record, RecordKey
from ipdesk.store import Act, Store
from ipdesk.sync.claims import LARGEST, Claims
from ipdesk.sync.container import Resource
from ipdesk.sync.rows import RowReader, Writer, line

NAME = "records"
DOWN: dict[str, Kind] = {kind.name: kind for kind in (TARGET, SUPERVISION)}
_ODD = "市局下发的“{}”看不懂，没有采用，请与市局核对"


def label(part: str) -> str:
    """Return what people call the records of a kind that come down."""
    return DOWN[part].label if part in DOWN else part


def written(store: Store, kind: Kind) -> str:
    """Return the city's own records of a kind as the channel carries them (JSON list of lines)."""
    found = sorted(store.changed_since(kind, CITY, 0), key=lambda record: record.key)
    lines = [{k: v for k, v in line(record).items() if k != "_lsn"} for record in found]
    return json.dumps(lines, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def check(_store: Store, part: str, text: str) -> list[Record]:
    """Return the records that a document tells; anything odd is refused."""
    if part not in DOWN:
        raise Refusal(_ODD.format(part[:20]))
    try:
        lines = json.loads(text)
        rows = [Claims(dict(one) | {"_lsn": 0}) for one in lines]
    except (TypeError, ValueError):
        raise Refusal(_ODD.format(label(part))) from None
    kind = DOWN[part]
    columns = dict.fromkeys((*(f.name for f in kind.fields), *(n for row in rows for n in row.raw)))
    reader = RowReader(
        kind, Writer(CITY, LARGEST, anywhere=True), Resource(part, 0, "", len(rows), 0, tuple(columns))
    )
    return [reader.record(row) for row in rows]


def take(store: Store, act: Act, part: str, text: str) -> None:
    """Make this county's copy of the city's records equal to a document."""
    told = {record.key: record for record in check(store, part, text)}
    kind = DOWN[part]
    held = {record.key: record for record in store.changed_since(kind, CITY, 0)}
    act.merge(kind, [one for key, one in told.items() if key not in held or _differs(held[key], one)])
    gone: dict[RecordKey, Record | None] = {
        key: None for key, record in held.items() if key not in told and not record.deleted
    }
    if gone:
        act.unmerge(kind, gone)


def _differs(one: Record, other: Record) -> bool:
    return (one.version, one.deleted, dict(one.values)) != (other.version, other.deleted, dict(other.values))


def published(store: Store, catalogue: Catalogue) -> list[tuple[str, str]]:
    """Return the documents to be in force now, by name: of each kind that the city ever wrote a record of."""
    kinds = [kind for kind in catalogue.travelling if kind.name in DOWN]
    texts = [(f"{NAME}.{kind.name}", written(store, kind)) for kind in kinds]
    return [(name, text) for name, text in texts if text != "[]"]
