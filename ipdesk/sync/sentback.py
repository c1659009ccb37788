"""Keep at the city which records it returned to their county, and why, until they change (sync rule 8)."""

from collections.abc import Iterator
from dataclasses import dataclass

from ipdesk.kinds.sync import RESULT
from ipdesk.records import Record, RecordKey
from ipdesk.store import Act, Store
from ipdesk.sync.rows import stamp

RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class SentBack:
    """A record that the city returned: for which field, if for one, and why."""

    record: Record
    field: str
    message: str


def sent_back(store: Store, unit: str) -> Iterator[SentBack]:
    """Yield what the city returned to a unit and was not changed or deleted since."""
    for kept in store.find(RESULT, unit=unit, outcome=RETURNED):
        told = kept.values
        record = store.get(store.catalogue.kind(str(told["kind"])), RecordKey(unit, str(told["record"])))
        if record and not record.deleted and stamp(record.version) == told["version"]:
            yield SentBack(record, str(told.get("field") or ""), str(told.get("message") or ""))


def note(act: Act, record: Record, field: str, message: str) -> None:
    """Keep that a record is returned as it stands."""
    told = {"unit": record.key.owner, "kind": record.kind, "record": record.key.id}
    said = {"outcome": RETURNED, "field": field or None, "message": message}
    act.upsert(RESULT, [{**told, "version": stamp(record.version), **said}])


def forget(act: Act, record: Record) -> None:
    """Keep no longer that a record is returned."""
    act.forget(RESULT, unit=record.key.owner, kind=record.kind, record=record.key.id)
