"""Judge rows by the states that filters ask for, which no statement answers; gather what these need beside the rows."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from db.tables import by_owner
from ipdesk.derived import holds
from ipdesk.fields import Value
from ipdesk.kinds.declare import GATHERED, Gather, Ledger
from ipdesk.records import Filter, RecordKey, Row

if TYPE_CHECKING:
    from sqlite_utils import Database

Beside = dict[RecordKey, tuple[str, ...]]


def judged(
    db: "Database", ledger: Ledger, asked: Sequence[Filter], rows: Sequence[Row], today: date
) -> Iterator[RecordKey]:
    """Yield the keys of the rows of which every filter holds on a day."""
    keys = [row.key for row in rows]
    gathers = {name: state.gathers for name, state in ledger.gathered.items() if state.gathers}
    beside = {f.field: _gathered(db, gathers[f.field], keys) for f in asked if f.field in gathers}
    for row in rows:
        if all(holds(ledger, f, _seen(row, beside.get(f.field)), today) for f in asked):
            yield row.key


def _seen(row: Row, beside: Beside | None) -> dict[str, Value]:
    """Return a row's values with what was gathered for it, where the state wants that."""
    return {**row.values} if beside is None else {**row.values, GATHERED: beside.get(row.key, ())}


def _gathered(db: "Database", wanted: Gather, keys: Sequence[RecordKey]) -> Beside:
    found = defaultdict[RecordKey, list[str]](list)
    select = f'SELECT owner, "{wanted.link}", "{wanted.field}" FROM "{wanted.kind}" WHERE _deleted = 0'
    for condition, values in by_owner(keys, wanted.link):
        for owner, id_, value in db.conn.execute(f"{select} AND {condition}", values):
            found[RecordKey(owner, id_)].append(str(value))
    return {key: tuple(told) for key, told in found.items()}
