"""Show the conflicts of differing lives to people, and carry what was decided to the other side (sync rule 7)."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from ipdesk.clock import now
from ipdesk.fields import FieldType, Value
from ipdesk.kinds.deciding import CONFLICT, DELETED
from ipdesk.kinds.declare import Kind, Values
from ipdesk.records import RecordKey
from ipdesk.store import Act, Store
from ipdesk.sync.claims import ID, LINE, WORD
from ipdesk.sync.conflicts import OPEN
from ipdesk.sync.container import Container, Lines, pack_lines
from ipdesk.sync.corrections import as_json, from_json, label_of, present, type_of, value_of
from ipdesk.sync.devices import unit_name
from ipdesk.sync.identity import digest_of, shortened
from ipdesk.sync.naming import Names

RESOURCE = "decided"
OURS, THEIRS, VALUE = "ours", "theirs", "value"
_STATES = re.compile("ours|theirs|value")
_NAMED = ("kind", "record", "other_version", "field")
_DECIDED = ("state", "decision", "reason", "decided_at", "decided_by")


@dataclass(frozen=True, slots=True)
class Conflict:
    """What two lives of a county wrote into one field: the value before, the one that counts, the other one.

    ``present`` is what the record holds by now; ``state`` open, ours, theirs or value.
    """

    id: str
    digest: str
    kind: Kind
    key: RecordKey
    name: str
    field: str
    label: str
    base: Value
    ours: Value
    theirs: Value
    ours_at: str
    theirs_at: str
    present: Value
    there: bool
    state: str
    decision: Value
    reason: str
    decided_at: str
    decided_by: str
    correction: str
    row: Values

    @property
    def type(self) -> FieldType:
        """Return the type of the field."""
        return type_of(self.kind, self.field)

    @property
    def unit(self) -> str:
        """Return whose record it is."""
        return self.key.owner

    @property
    def message(self) -> str:
        """Return what happened meanwhile, empty when nothing did."""
        if self.state != OPEN:
            return ""
        if not self.there and self.field != DELETED:
            return "这条记录已经删除"
        return "" if self.present == self.ours else "发现以后这一项又改过，请按现在的值裁定"

    def shown(self, value: Value) -> str:
        """Return one of its values as anyone may read it."""
        return self.type.show(self.type.mask(value))


def conflicts(store: Store, state: str | None = None) -> list[Conflict]:
    """Return the conflicts of a workspace, the undecided first, then the newest; only those in a state if told."""
    rows = [record.values for record in store.find(CONFLICT)]
    ids, names = shortened(map(_digest, rows)), Names(store)
    every = [_read(store, row, ids, names) for row in rows if state in (None, row["state"])]
    newest = sorted(every, key=lambda one: (str(one.row.get("found_at")), one.digest), reverse=True)
    return sorted(newest, key=lambda one: one.state != OPEN)


def _digest(row: Values) -> str:
    return digest_of(*(row[key.field] for key in CONFLICT.identity))


def _read(store: Store, row: Values, ids: dict[str, str], names: Names) -> Conflict:
    kind, name, digest = store.catalogue.kind(str(row["kind"])), str(row["field"]), _digest(row)
    key = RecordKey(str(row["unit"]), str(row["record"]))
    value, there = present(store, kind, key, name)
    record = store.get(kind, key)

    def said(column: str) -> str:
        return str(row.get(column) or "")

    def told(column: str) -> Value:
        return from_json(kind, name, row.get(column))

    return Conflict(
        id=ids[digest],
        digest=digest,
        kind=kind,
        key=key,
        name=names.of(kind, record) if record else "",
        field=name,
        label=label_of(kind, name),
        base=told("base"),
        ours=told("held"),
        theirs=told("other"),
        ours_at=said("held_at"),
        theirs_at=said("other_at"),
        present=value,
        there=there,
        state=said("state"),
        decision=told("decision"),
        reason=said("reason"),
        decided_at=said("decided_at"),
        decided_by=said("decided_by"),
        correction=said("correction"),
        row=row,
    )


def decide(
    store: Store, act: Act, conflict: Conflict, state: str, value: Value, reason: str, correction: str = ""
) -> None:
    """Keep how a conflict was decided here."""
    told: Values = {
        "state": state,
        "decision": as_json(value),
        "reason": reason or None,
        "decided_at": now(),
        "decided_by": unit_name(store.office.unit_code),
        "correction": correction or None,
    }
    act.upsert(CONFLICT, [{**conflict.row, **told}])


# ---------------------------------------------------------------- what was decided, to the other side


def own_decisions(store: Store, unit: str) -> Lines | None:
    """Return as lines what was decided here about records of a unit; ``None`` when nothing was."""
    rows = (record.values for record in store.find(CONFLICT, unit=unit))
    here = unit_name(store.office.unit_code)
    own = [row for row in rows if row["state"] != OPEN and row.get("decided_by") == here]
    return pack_lines(map(_line, own)) if own else None


def _line(row: Values) -> dict[str, object]:
    told: dict[str, object] = {n: row[n] for n in (*_NAMED, *_DECIDED) if row.get(n) is not None}
    return told | ({"decision": json.loads(str(row["decision"]))} if row.get("decision") is not None else {})


def described(lines: Lines) -> dict[str, object]:
    """Return the description of what was decided: an entry that a reader may leave alone."""
    fields = [{"name": name, "type": "any"} for name in (*_NAMED, *_DECIDED)]
    return lines.resource(RESOURCE, fields) | {"optional": True}


def brought(store: Store, container: Container, unit: str) -> list[Values]:
    """Return what the other side decided, checked; what is about nothing known here is left out."""
    resource = container.resource(RESOURCE)
    kinds = {kind.name: kind for kind in store.catalogue.travelling}
    found: list[Values] = []
    for claims in container.lines(resource) if resource else ():
        kind, name = kinds.get(claims.text("kind", WORD)), claims.text("field", WORD)
        if kind and (name == DELETED or name in kind.by_name):
            told: Values = {
                "unit": unit,
                "kind": kind.name,
                "record": claims.text("record", ID),
                "other_version": claims.text("other_version", WORD),
                "field": name,
                "state": claims.text("state", _STATES),
                "decision": as_json(value_of(kind, name, claims.raw.get("decision"))),
                "reason": claims.optional("reason", LINE),
                "decided_at": claims.optional("decided_at", LINE),
                "decided_by": claims.optional("decided_by", LINE),
            }
            found.append(told)
    return found


def close(store: Store, act: Act, told: Iterable[Values]) -> None:
    """Close the conflicts that the other side decided; at a county the city's word stands over its own."""
    city = store.office.role == "city"
    for row in told:
        named = {key.field: row[key.field] for key in CONFLICT.identity}
        held = [record.values for record in store.find(CONFLICT, None, **named)]
        if held and (held[0]["state"] == OPEN or not city):
            act.upsert(CONFLICT, [{**held[0], **row}])
