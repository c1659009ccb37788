"""Say at the city beside each row whether it was returned to its county and waits for a change there."""

from collections.abc import Sequence
from dataclasses import replace

from ipdesk.actions.returned import returned_among
from ipdesk.kinds.declare import Ledger
from ipdesk.records import Row
from ipdesk.store import Store
from ui.ledger.columns import LocalColumn
from ui.ledger.reported import SAID
from ui.texts import ledger as texts
from ui.texts import returning

NAME = "_returned"
COLUMN = LocalColumn(NAME, returning.COLUMN, ((returning.STATE, "bad"),), priority=3, width=88)


def with_returned(store: Store, ledger: Ledger, rows: Sequence[Row]) -> list[Row]:
    """Return the rows, those that were returned with that and why."""
    told = returned_among(store, ledger, rows)
    return [_told(row, [one.words for one in told[row.key]]) if row.key in told else row for row in rows]


def _told(row: Row, reasons: Sequence[str]) -> Row:
    words = returning.STANDING.format(words=texts.SAID_MORE.join(reasons))
    return replace(row, values={**row.values, NAME: returning.STATE, SAID: words})
