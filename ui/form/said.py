"""What the city said of a record and asks of its fields, to stand beside them in the form."""

from typing import NamedTuple

from ipdesk.kinds.declare import Ledger
from ipdesk.records import Row
from ipdesk.store import Store
from ui.texts import ledger as texts

_STATES = {"returned": texts.RETURNED, "duplicate": texts.DUPLICATE, "conflict": texts.CONFLICT}


class Said(NamedTuple):
    """One thing the city said: of which field (empty for the whole record), in which words."""

    field: str
    words: str


def said(store: Store, ledger: Ledger, row: Row) -> list[Said]:
    """Return what the city's newest receipt says of a row, and what it asks to be changed there."""
    from ipdesk.sync import reported
    from ipdesk.sync.corrections import OPEN, listed

    told = reported(store, [row])[row.key]
    found = []
    if told.message or told.state in _STATES:
        state = _STATES.get(told.state, texts.ARRIVED)
        words = f"{state}：{told.message}".rstrip("：")
        found.append(Said(told.field if told.field in ledger.by_name else "", words))
    own = set(row.parts.values())
    for asked in listed(store, OPEN):
        if asked.key in own:
            words = texts.ASKED.format(label=asked.label, value=asked.shown(asked.new), reason=asked.reason)
            found.append(Said(asked.field if asked.field in ledger.by_name else "", words))
    return found
