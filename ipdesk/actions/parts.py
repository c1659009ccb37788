"""The parts that a row may have several of: an institution's years, a person's certificates, a case's subsidies.

A flat row shows the newest of them; here it reads with another one in its place, and is changed as any row is.
"""

from collections.abc import Mapping, Sequence

from ipdesk.actions.ledger import one
from ipdesk.fields import Coded, Integer, Value
from ipdesk.kinds.declare import Field, Kind, Ledger, Part, Values
from ipdesk.matching import filled, links, same
from ipdesk.problems import Refusal
from ipdesk.records import Change, Record, RecordKey, Row
from ipdesk.store import Reading, Store

Chosen = Mapping[str, RecordKey | None]  # by kind: the part a row reads with, none where a new one is begun
SHOWN = 4  # columns that tell a part


def of(store: Reading, ledger: Ledger, row: Row, part: Part) -> list[Record]:
    """Return the live parts of a row, newest first as the flat row counts them."""
    above = row.parts.get(part.of or ledger.root.name)
    found = store.find(part.kind, row.key.owner, **{part.down: above.id}) if above else []
    return sorted(found, key=lambda r: (str(r.values.get(part.newest) or ""), r.key.id), reverse=True)


def columns(ledger: Ledger, part: Part) -> Sequence[Field]:
    """Return the fields that show a part in a line: what tells it apart, then its most important ones."""
    fields = ledger.fields_of(part.kind)
    told = [f for f in part.kind.told_by if f in fields]
    others = sorted((f for f in fields if f not in told), key=lambda f: f.column or len(ledger.fields))
    return (*told, *others)[:SHOWN]


def at(store: Reading, ledger: Ledger, row: Row, chosen: Chosen) -> Row:
    """Return a row as it reads with the parts chosen; one that is gone is refused."""
    for part in ledger.many:
        if part.kind.name in chosen:
            row = read_with(ledger, row, part, _held(store, part, chosen[part.kind.name]))
    return row


def chosen_in(ledger: Ledger, row: Row) -> Chosen:
    """Return the parts that a row reads with, none where it has none."""
    return {p.kind.name: row.parts.get(p.kind.name) for p in ledger.many}


def _held(store: Reading, part: Part, key: RecordKey | None) -> Record | None:
    record = store.get(part.kind, key) if key else None
    if key and (record is None or record.deleted):
        raise Refusal(f"这条{part.kind.label}已经不在了，请重新打开这条记录")
    return record


def read_with(ledger: Ledger, row: Row, part: Part, record: Record | None) -> Row:
    """Return a row that reads with one part in place of another, none for a new one."""
    own = {f.name for f in ledger.fields_of(part.kind)}
    values: dict[str, Value] = {name: value for name, value in row.values.items() if name not in own}
    keys = {name: key for name, key in row.parts.items() if name != part.kind.name}
    if record is None:
        return Row(row.key, values, keys, row.lsn)
    told = {name: value for name, value in record.values.items() if name in own and value is not None}
    return Row(row.key, values | told, {**keys, part.kind.name: record.key}, row.lsn)


def meant(store: Reading, ledger: Ledger, row: Row, values: Values) -> Row:
    """Return the row with the parts that values speak of, by what tells parts apart.

    A part that they fit is meant; where they tell all of it and none fits, a new one; else the newest.
    """
    return at(store, ledger, row, {p.kind.name: _meant(store, ledger, row, values, p) for p in ledger.many})


def _meant(store: Reading, ledger: Ledger, row: Row, values: Values, part: Part) -> RecordKey | None:
    told = {f.name: values[f.name] for f in part.kind.told_by if f.name in values}
    newest = row.parts.get(part.kind.name)
    if not filled(told):
        return newest
    fitting = same(part.kind, {**told, **links(part.kind, row.parts)}, of(store, ledger, row, part))
    if fitting:
        return fitting.key
    return None if len(told) == len(part.kind.told_by) else newest


def suggested(part: Part, there: Sequence[Record]) -> dict[str, Value]:
    """Return what a new part begins with beside others: the year after the newest."""
    years = {
        f.name: [int(str(r.values[f.name])) for r in there if r.values.get(f.name)] for f in _years(part)
    }
    return {name: max(known) + 1 for name, known in years.items() if known}


def _years(part: Part) -> Sequence[Field]:
    return [f for f in part.kind.told_by if isinstance(f.type, Integer) and f.type.year]


def named(store: Reading, ledger: Ledger, row: Row, values: Values) -> tuple[Part, Record]:
    """Return the one part of a row that has these values; several or none are refused."""
    part = _spoken_of(ledger, values)
    found = [r for r in of(store, ledger, row, part) if values.items() <= r.values.items()]
    if len(found) != 1:
        raise Refusal(f"这样的{part.kind.label}有{len(found)}条，请把条件写到只剩一条")
    return part, found[0]


def _spoken_of(ledger: Ledger, values: Values) -> Part:
    """Return the part whose fields are told; those of anything else are refused."""
    kinds = {ledger.kind_of(name).name for name in values}
    for part in ledger.many:
        if {part.kind.name} == kinds:
            return part
    told = "、".join(f.label for p in ledger.many for f in p.kind.told_by)
    raise Refusal(f"请用{told}说明是哪一条")


def without(store: Reading, ledger: Ledger, keys: Sequence[RecordKey], values: Values) -> list[RecordKey]:
    """Return the rows that have no part with these values: the institutions without figures of a year."""
    part = _spoken_of(ledger, values)
    found = store.find(part.kind, None, **values)
    having = {(r.key.owner, r.values.get(part.down)) for r in found}
    above = part.of or ledger.root.name
    rows = store.rows(ledger, keys)
    return [row.key for row in rows if (row.key.owner, row.parts[above].id) not in having]


def remove(store: Store, ledger: Ledger, key: RecordKey, part: Part, gone: RecordKey, source: str) -> None:
    """Delete one part of a row; the row stays."""
    row = one(store, ledger, key)
    if gone not in [record.key for record in of(store, ledger, row, part)]:
        raise Refusal(f"这条{part.kind.label}已经不在了，请重新打开这条记录")
    with store.act(f"删除{part.kind.label}", source) as act:
        act.delete(part.kind, gone)


def words_of(kind: Kind | None, change: Change) -> str:
    """Return what tells the part changed from the others of its record; empty where the change itself says it.

    A number says more than the code beside it.
    """
    fields = [f for f in kind.told_by if change.part.get(f.name) is not None] if kind else []
    fields = [f for f in fields if not isinstance(f.type, Coded)] or fields
    if change.field in change.part:
        return ""
    return " ".join(f.type.show(f.type.mask(change.part[f.name])) for f in fields)
