"""Say how far each row of a county has got on its way to the city, and what the city said of it."""

from collections.abc import Sequence
from typing import NamedTuple

from ipdesk.kinds.sync import RESULT
from ipdesk.records import RecordKey, Row
from ipdesk.store import Store
from ipdesk.sync.life import Life
from ipdesk.sync.receipt import ACCEPTED

UNSENT, SENT = "unsent", "sent"


class Reported(NamedTuple):
    """How a row stands: unsent, sent, or the city's outcome with the field and the sentence it concerns."""

    state: str
    field: str = ""
    message: str = ""


def reported(store: Store, rows: Sequence[Row]) -> dict[RecordKey, Reported]:
    """Return how rows stand; of several parts the one that asks for something speaks for the row."""
    life = Life.of(store)
    return {row.key: _of(store, row, life) for row in rows}


def _of(store: Store, row: Row, life: Life) -> Reported:
    if row.lsn > max(life.sent, life.acknowledged):
        return Reported(UNSENT)
    if row.lsn > life.acknowledged:
        return Reported(SENT)
    told = [r.values for key in row.parts.values() for r in store.find(RESULT, record=key.id)]
    asking = next((values for values in told if values["outcome"] != ACCEPTED), None)
    if asking is None:
        return Reported(ACCEPTED)
    return Reported(*(str(asking.get(name) or "") for name in ("outcome", "field", "message")))
