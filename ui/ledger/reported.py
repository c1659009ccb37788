"""Say beside each row of a county how far it has got on its way to the city."""

from collections.abc import Sequence
from dataclasses import replace

from ipdesk.kinds.sync import RESULT
from ipdesk.records import Row
from ipdesk.store import Store
from ui.ledger.columns import LocalColumn
from ui.texts import ledger as texts

NAME = "_reported"
COLUMN = LocalColumn(
    NAME,
    texts.REPORTED,
    tones=(
        (texts.UNSENT, "idle"),
        (texts.SENT, "busy"),
        (texts.ARRIVED, "good"),
        (texts.RETURNED, "bad"),
        (texts.DUPLICATE, "warn"),
        (texts.CONFLICT, "warn"),
    ),
)
_OUTCOMES = {"returned": texts.RETURNED, "duplicate": texts.DUPLICATE, "conflict": texts.CONFLICT}


def with_reported(store: Store, rows: Sequence[Row]) -> list[Row]:
    """Return the rows with the state of their report: by log number sent and acknowledged, and by what came back."""
    from ipdesk.sync.life import Life

    life = Life.of(store)
    return [
        replace(row, values={**row.values, NAME: _state(store, row, life.sent, life.acknowledged)})
        for row in rows
    ]


def _state(store: Store, row: Row, sent: int, acknowledged: int) -> str:
    if row.lsn > max(sent, acknowledged):
        return texts.UNSENT
    if row.lsn > acknowledged:
        return texts.SENT
    return next((_OUTCOMES[told] for told in _outcomes(store, row) if told in _OUTCOMES), texts.ARRIVED)


def _outcomes(store: Store, row: Row) -> list[str]:
    """Return what the city's receipts say of a row and its parts."""
    return [
        str(r.values.get("outcome")) for key in row.parts.values() for r in store.find(RESULT, record=key.id)
    ]
