"""Keep at the city which records it returned to their county or accepted, and what it said (sync rule 8).

Either falls by itself once the record changes.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ipdesk.kinds.sync import ACCEPTED, RESULT, RETURNED
from ipdesk.records import Record, RecordKey
from ipdesk.store import Act, Store
from ipdesk.sync.rows import stamp


@dataclass(frozen=True, slots=True)
class SentBack:
    """A record of which the city said something: for which field, if for one, and what."""

    record: Record
    field: str
    message: str


def sent_back(store: Store, unit: str) -> Iterator[SentBack]:
    """Yield what the city returned to a unit and was not changed or deleted since."""
    return _standing(store, unit, RETURNED)


def accepted(store: Store, unit: str) -> Iterator[SentBack]:
    """Yield what somebody at the city accepted of a unit by name and was not changed or deleted since."""
    return _standing(store, unit, ACCEPTED)


def _standing(store: Store, unit: str, outcome: str) -> Iterator[SentBack]:
    for kept in store.find(RESULT, unit=unit, outcome=outcome):
        told = kept.values
        record = store.get(store.catalogue.kind(str(told["kind"])), RecordKey(unit, str(told["record"])))
        if record and not record.deleted and stamp(record.version) == told["version"]:
            yield SentBack(record, str(told.get("field") or ""), str(told.get("message") or ""))


def note(act: Act, record: Record, field: str, message: str, outcome: str = RETURNED) -> None:
    """Keep that a record is returned, or accepted, as it stands."""
    told = {"unit": record.key.owner, "kind": record.kind, "record": record.key.id}
    said = {"outcome": outcome, "field": field or None, "message": message}
    act.upsert(RESULT, [{**told, "version": stamp(record.version), **said}])


def forget(act: Act, record: Record) -> None:
    """Keep no longer that a record is returned or accepted."""
    act.forget(RESULT, unit=record.key.owner, kind=record.kind, record=record.key.id)
