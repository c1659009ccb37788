"""Say beside each row of a county how far it has got on its way to the city."""

from collections.abc import Sequence
from dataclasses import replace

from ipdesk.records import Row
from ipdesk.store import Store
from ui.ledger.columns import LocalColumn
from ui.texts import ledger as texts

NAME, SAID = "_reported", "_said"
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
_WORDS = {
    "unsent": texts.UNSENT,
    "sent": texts.SENT,
    "accepted": texts.ARRIVED,
    "returned": texts.RETURNED,
    "duplicate": texts.DUPLICATE,
    "conflict": texts.CONFLICT,
}


def with_reported(store: Store, rows: Sequence[Row]) -> list[Row]:
    """Return the rows with how far each has got, and what the city says of it."""
    from ipdesk.sync import reported

    told = reported(store, rows)
    return [
        replace(row, values={**row.values, NAME: _WORDS[told[row.key].state], SAID: told[row.key].message})
        for row in rows
    ]
