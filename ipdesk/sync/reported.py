"""Say how far each row of a county has got on its way to the city, and what the city said of it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ipdesk.kinds.declare import Values
from ipdesk.kinds.sync import RESULT
from ipdesk.records import RecordKey, Row
from ipdesk.store import Store
from ipdesk.sync.findings import ACCEPTED
from ipdesk.sync.life import Life

UNSENT, SENT = "unsent", "sent"
FEW = 600


class Reported(NamedTuple):
    """How a row stands: unsent, sent, or the city's outcome with the field and the sentence it concerns."""

    state: str
    field: str = ""
    message: str = ""


def reported(store: Store, rows: Sequence[Row]) -> dict[RecordKey, Reported]:
    """Return how rows stand; of several parts the one that asks for something speaks for the row.

    What came down from the city (targets, slips) stands there anyway.
    """
    life, results, city = Life.of(store), _results(store, rows), store.office.role == "city"
    own = {row.key for row in rows if city or row.key.owner == store.office.unit_code}
    return {row.key: _of(row, life, results) if row.key in own else Reported(ACCEPTED) for row in rows}


def _results(store: Store, rows: Sequence[Row]) -> dict[str, Values]:
    """Return what receipts say by record: looked up one by one for a screenful, read at once for many rows."""
    ids = [key.id for row in rows for key in row.parts.values()]
    found = (
        store.find(RESULT) if len(ids) > FEW else [r for id_ in ids for r in store.find(RESULT, record=id_)]
    )
    return {str(r.values["record"]): r.values for r in found}


def _of(row: Row, life: Life, results: Mapping[str, Values]) -> Reported:
    if row.lsn > max(life.sent, life.acknowledged):
        return Reported(UNSENT)
    if row.lsn > life.acknowledged:
        return Reported(SENT)
    told = [results[key.id] for key in row.parts.values() if key.id in results]
    asking = next((values for values in told if values["outcome"] != ACCEPTED), None)
    asking = asking or next((values for values in told if values.get("message")), None)
    if asking is None:
        return Reported(ACCEPTED)
    return Reported(*(str(asking.get(name) or "") for name in ("outcome", "field", "message")))
