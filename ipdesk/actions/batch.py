"""Set one field of many rows at once: first told what it would do to each row, then done in one act."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ipdesk.actions import ledger as deeds
from ipdesk.fields import Value
from ipdesk.kinds.declare import Field, Kind, Ledger
from ipdesk.matching import links
from ipdesk.problems import Problem, Refusal
from ipdesk.records import RecordKey, Row
from ipdesk.store import Store

Progress = Callable[[int, int], None]
CHUNK = 500
_STALE = "预览之后这些记录有了变动，请重新预览再确认"
_FOREIGN = "这一条是其他单位登记的，只能由登记单位修改"
_TWIN = "改后与所选的另一条成为同一条，请分开修改"


@dataclass(frozen=True, slots=True)
class BatchRow:
    """What setting the field would do to one row, and what the rules say of it."""

    row: Row
    before: Value
    after: Value
    problems: tuple[Problem, ...] = ()

    @property
    def refused(self) -> bool:
        """Tell whether the row stays as it is because a rule stops it."""
        return any(p.grade.stops for p in self.problems)

    @property
    def is_written(self) -> bool:
        """Tell whether the row would be written."""
        return not self.refused and self.before != self.after


@dataclass(frozen=True, slots=True)
class BatchPlan:
    """What setting a field of the chosen rows would do."""

    ledger: Ledger
    field: Field
    rows: tuple[BatchRow, ...]

    @property
    def written(self) -> tuple[BatchRow, ...]:
        """Return the rows that would be written."""
        return tuple(row for row in self.rows if row.is_written)

    @property
    def refused(self) -> tuple[BatchRow, ...]:
        """Return the rows that a rule stops."""
        return tuple(row for row in self.rows if row.refused)


def settable(ledger: Ledger) -> tuple[Field, ...]:
    """Return the fields that several rows may have alike: neither whose a row is nor a person's."""
    own = {ledger.name_field, ledger.key_field, ledger.unit_field, *ledger.unique}
    return tuple(f for f in ledger.fields if not (f.name in own or f.identifies or f.personal))


def plan(
    store: Store,
    ledger: Ledger,
    keys: Sequence[RecordKey],
    name: str,
    entry: object,
    progress: Progress = lambda done, total: None,
) -> BatchPlan:
    """Return what setting a field to what was typed (nothing clears it) would do; nothing is written."""
    field = ledger.field(name)
    if field not in settable(ledger):
        raise Refusal(f"“{field.label}”每条各不相同，不能成批修改，请逐条修改")
    planner = _Planner(store, ledger, field, entry)
    found: list[BatchRow] = []
    for start in range(0, len(keys), CHUNK):
        progress(start, len(keys))
        found += map(planner.row, store.rows(ledger, keys[start : start + CHUNK]))
    return BatchPlan(ledger, field, tuple(_apart(ledger, field, found)))


def apply(store: Store, planned: BatchPlan) -> int:
    """Write a plan in one act and return how many rows were written; refused when rows changed since."""
    ledger, field = planned.ledger, planned.field
    keys = [one.row.key for one in planned.written]
    if not keys:
        return 0
    if [r.lsn for r in store.rows(ledger, keys)] != [one.row.lsn for one in planned.written]:
        raise Refusal(_STALE)
    with store.act(f"批量修改{field.label}{len(keys)}条", "批量修改") as act:
        for one in planned.written:
            deeds.write(act, ledger, one.row, {field.name: one.after})
    return len(keys)


class _Planner:
    """Says of each row what setting the field would do; a value is read once for each unit."""

    def __init__(self, store: Store, ledger: Ledger, field: Field, entry: object) -> None:
        self._store, self._ledger, self._field, self._entry = store, ledger, field, entry
        self._read: dict[str | None, tuple[Value, tuple[Problem, ...]]] = {}

    def row(self, row: Row) -> BatchRow:
        """Return what would become of a row."""
        before = row.values.get(self._field.name)
        if row.key.owner != self._store.office.unit_code:
            return BatchRow(row, before, before, (Problem("unit", self._field.sheet_name, _FOREIGN),))
        after, problems = self._value(row)
        if problems or before == after:
            return BatchRow(row, before, before if problems else after, problems)
        found = deeds.findings(self._store, self._ledger, row, {self._field.name: after})
        return BatchRow(row, before, after, tuple(found))

    def _value(self, row: Row) -> tuple[Value, tuple[Problem, ...]]:
        told = row.values.get(self._ledger.unit_field)
        unit = str(told) if told else deeds.own_unit(self._store.office)
        if unit not in self._read:
            values, problems = deeds.read(self._ledger, {self._field.name: self._entry}, unit)
            self._read[unit] = values.get(self._field.name), tuple(problems)
        return self._read[unit]


def _apart(ledger: Ledger, field: Field, rows: Iterable[BatchRow]) -> Iterator[BatchRow]:
    """Yield the rows; one that would become the same as an earlier one of them is refused."""
    seen: dict[tuple[object, ...], RecordKey] = {}
    kind = ledger.kind_of(field.name)
    for one in rows:
        identity = _identity(kind, one, field)
        first = seen.setdefault(identity, one.row.key) if one.is_written and identity else one.row.key
        twin = Problem("duplicate", field.sheet_name, _TWIN)
        yield one if first == one.row.key else replace(one, problems=(*one.problems, twin))


def _identity(kind: Kind, one: BatchRow, field: Field) -> tuple[object, ...]:
    """Return what the row's record of a kind would be known by; nothing where the field is no part of it."""
    if field.name not in {k.field for k in kind.identity}:
        return ()
    values = {**one.row.values, **links(kind, one.row.parts), field.name: one.after}
    return tuple(k.of(values) for k in kind.identity)
