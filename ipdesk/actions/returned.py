"""Say at the city which rows were returned to their county and wait for a change there."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ipdesk.actions.writing import rows_of
from ipdesk.kinds.declare import Ledger
from ipdesk.kinds.sync import RESULT, RETURNED
from ipdesk.records import RecordKey, Row
from ipdesk.store import Store
from ipdesk.sync.sentback import SentBack, sent_back


class Returned(NamedTuple):
    """What a row was returned for: the label of the field, empty for the whole row, and the reason."""

    field: str
    message: str

    @property
    def words(self) -> str:
        """Return field and reason as people read them."""
        return f"{self.field}：{self.message}" if self.field else self.message


def returned_among(store: Store, ledger: Ledger, rows: Sequence[Row]) -> dict[RecordKey, list[Returned]]:
    """Return by row what was returned of it and was not changed since; rows with nothing returned are left out."""
    asked, found = {row.key for row in rows}, dict[RecordKey, list[Returned]]()
    for back in _backs(store, ledger, sorted({key.owner for key in asked})):
        kind = store.catalogue.kind(back.record.kind)
        held = ledger.by_name.get(back.field)
        told = Returned(held.label if held else "", back.message)
        keys = {row.key for row in rows_of(store, ledger, kind, back.record.key)}
        for key in keys & asked:
            found.setdefault(key, []).append(told)
    return found


def _backs(store: Store, ledger: Ledger, units: Sequence[str]) -> Iterator[SentBack]:
    """Yield what was returned of a ledger's kinds to some units."""
    names = {kind.name for kind in ledger.kinds}
    for unit in units:
        yield from (back for back in sent_back(store, unit) if back.record.kind in names)


def has_returned(store: Store, ledger: Ledger) -> bool:
    """Tell whether anything of a ledger was returned and waits."""
    units = sorted({str(kept.values["unit"]) for kept in store.find(RESULT, outcome=RETURNED)})
    return any(True for _ in _backs(store, ledger, units))
