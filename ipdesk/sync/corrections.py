"""Carry what the city asks a county to change: down in receipts until answered, the answers up (sync rule 9).

The city asks again as long as the county's living life has not answered, so that a lost file, a restored county or
a restored city ends with both sides knowing the same.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ipdesk.clock import now
from ipdesk.fields import Bool, FieldType, Value
from ipdesk.kinds.deciding import CORRECTION, DELETED
from ipdesk.kinds.declare import Kind, Values
from ipdesk.problems import Refusal
from ipdesk.records import RecordKey
from ipdesk.store import Act, Store
from ipdesk.sync.claims import ID, LINE, WORD, Claims
from ipdesk.sync.container import Container, Lines, pack_lines
from ipdesk.sync.devices import unit_name
from ipdesk.sync.facts import NUMBER, PackageFacts, ReceiptFacts
from ipdesk.sync.identity import shortened
from ipdesk.sync.life import Life
from ipdesk.sync.naming import Names
from ipdesk.sync.rows import checked
from ipdesk.sync.standing import Standing, whole

RESOURCE = "corrections"
OPEN, YES, NO, WITHDRAWN = "open", "yes", "no", "withdrawn"
ANSWERED = (YES, NO)
_STATES = re.compile("open|yes|no")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ASKED = ("correction", "ledger", "kind", "record", "row", "field", "old", "new", "reason", "due", "at", "by")
_ANSWER = ("state", "answer", "answered_at")
_COLUMNS = (*_ASKED, *_ANSWER)
_REMOVED_LABEL = "是否删除"


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing the city asks a county to change, as it stands by now.

    ``old`` → ``new`` is what was asked, ``present`` what the record holds now (``None`` too where it is gone);
    ``state`` is open, yes, no or withdrawn; ``message`` says what a person should know: deleted, changed meanwhile.
    """

    id: str
    digest: str
    unit: str
    ledger: str
    kind: Kind
    key: RecordKey
    row: str
    name: str
    field: str
    label: str
    old: Value
    new: Value
    present: Value
    there: bool
    reason: str
    due: str
    at: str
    by: str
    state: str
    answer: str
    answered_at: str
    answered_by: str
    told: bool

    @property
    def type(self) -> FieldType:
        """Return the type of the field."""
        return type_of(self.kind, self.field)

    @property
    def fits(self) -> bool:
        """Tell whether it can be taken as it was meant: the old value still stands."""
        return self.there and self.present == self.old

    @property
    def undone(self) -> bool:
        """Tell whether it was agreed to, but the old value stands again."""
        return self.state == YES and self.fits

    @property
    def answerable(self) -> bool:
        """Tell whether the county may answer it: anew too, where it was undone or the no has not left yet."""
        return self.state == OPEN or self.undone or (self.state == NO and not self.told)

    @property
    def overdue(self) -> bool:
        """Tell whether it is unanswered beyond its deadline."""
        return self.state == OPEN and bool(self.due) and self.due < date.today().isoformat()

    @property
    def message(self) -> str:
        """Return what happened meanwhile, empty when nothing did."""
        if self.state == OPEN:
            return self._meanwhile() or ("已过期限，还没有答复" if self.overdue else "")
        undone = self.state == YES and self.there and self.present != self.new
        return "答复是同意，但这一项后来又改过或撤销了，请核对" if undone else ""

    def _meanwhile(self) -> str:
        if not self.there:
            return "这条记录已经删除或不在本库"
        if self.present == self.new:
            return "现在的值已经和建议值相同"
        return "" if self.fits else "提出以后这一项又改过，原值对不上了"

    def shown(self, value: Value) -> str:
        """Return one of its values as anyone may read it."""
        return self.type.show(self.type.mask(value))


def type_of(kind: Kind, name: str) -> FieldType:
    """Return the type of a field that may be "deleted or not"."""
    return Bool() if name == DELETED else kind.by_name[name].type


def label_of(kind: Kind, name: str) -> str:
    """Return what people call a field that may be "deleted or not"."""
    return _REMOVED_LABEL if name == DELETED else kind.by_name[name].label


def as_json(value: Value) -> str | None:
    """Return a value as it is kept, ``None`` for none."""
    return None if value is None else json.dumps(value, ensure_ascii=False)


def from_json(kind: Kind, name: str, kept: Value) -> Value:
    """Return a kept value as a record holds it."""
    return None if kept is None else type_of(kind, name).canonical(json.loads(str(kept)))


def present(store: Store, kind: Kind, key: RecordKey, name: str) -> tuple[Value, bool]:
    """Return a field's present value, and whether the record is there; of "deleted or not" any version will do."""
    record = store.get(kind, key)
    if record is None or not record.version.number:
        return None, False
    if name == DELETED:
        return record.deleted, True
    return record.values.get(name), not record.deleted


def listed(store: Store, state: str | None = None) -> list[Correction]:
    """Return the corrections of a workspace, the unanswered first, then the newest; only those in a state if told."""
    rows = [record.values for record in store.find(CORRECTION)]
    ids, names = shortened(str(row["correction"]) for row in rows), Names(store)
    every = [_read(store, row, ids, names) for row in rows if state in (None, row["state"])]
    newest = sorted(every, key=lambda one: (one.at, one.digest), reverse=True)
    return sorted(newest, key=lambda one: one.state != OPEN)


def _read(store: Store, row: Values, ids: dict[str, str], names: Names) -> Correction:
    kind, name = store.catalogue.kind(str(row["kind"])), str(row["field"])
    key = RecordKey(str(row["unit"]), str(row["record"]))
    value, there = present(store, kind, key, name)
    record, digest = store.get(kind, key), str(row["correction"])

    def said(column: str) -> str:
        return str(row.get(column) or "")

    return Correction(
        id=ids[digest],
        digest=digest,
        unit=key.owner,
        ledger=said("ledger"),
        kind=kind,
        key=key,
        row=said("row") or key.id,
        name=names.of(kind, record) if record else "",
        field=name,
        label=label_of(kind, name),
        old=from_json(kind, name, row.get("old")),
        new=from_json(kind, name, row.get("new")),
        present=value,
        there=there,
        reason=said("reason"),
        due=said("due"),
        at=said("at"),
        by=said("by"),
        state=said("state"),
        answer=said("answer"),
        answered_at=said("answered_at"),
        answered_by=said("answered_by"),
        told=bool(row.get("told")),
    )


# ---------------------------------------------------------------- down: what a receipt asks


def asked(store: Store, standing: Standing) -> list[Values]:
    """Return what a receipt asks of a county: what is open, and each answer that its living life has not confirmed.

    So a rebuilt PC learns what was answered before, and says so itself.
    """
    rows = (record.values for record in store.find(CORRECTION, unit=standing.unit))
    return [row for row in rows if row["state"] == OPEN or _of_earlier_life(row, standing)]


def _of_earlier_life(row: Values, standing: Standing) -> bool:
    return row["state"] in ANSWERED and whole(row.get("incarnation")) < standing.incarnation


def packed(rows: Iterable[Values]) -> Lines:
    """Return corrections as lines of a receipt."""
    return pack_lines(_line(row) for row in rows)


def _line(row: Values) -> dict[str, object]:
    told: dict[str, object] = {name: row[name] for name in _COLUMNS if row.get(name) is not None}
    return told | {name: json.loads(str(row[name])) for name in ("old", "new") if row.get(name) is not None}


def described(lines: Lines) -> dict[str, object]:
    """Return the description of the corrections: an entry that a reader may leave alone."""
    return lines.resource(RESOURCE, [{"name": name, "type": "any"} for name in _COLUMNS]) | {"optional": True}


def brought(store: Store, container: Container, unit: str) -> list[Values]:
    """Return what a receipt asks of this county, checked; what only newer programs know is left out."""
    resource = container.resource(RESOURCE)
    told = container.lines(resource) if resource else ()
    return [_checked(store, claims, unit) for claims in told if _known(store, claims)]


def _known(store: Store, claims: Claims) -> bool:
    kinds = {kind.name: kind for kind in store.catalogue.travelling}
    kind = kinds.get(claims.text("kind", WORD))
    name = claims.text("field", WORD)
    return bool(kind) and (name == DELETED or name in kind.by_name) if kind else False


def _checked(store: Store, claims: Claims, unit: str) -> Values:
    kind, name = store.catalogue.kind(claims.text("kind", WORD)), claims.text("field", WORD)
    return {
        "unit": unit,
        "correction": claims.text("correction", NUMBER),
        "ledger": claims.text("ledger", WORD),
        "kind": kind.name,
        "record": claims.text("record", ID),
        "row": claims.optional("row", ID),
        "field": name,
        "old": as_json(value_of(kind, name, claims.raw.get("old"))),
        "new": as_json(value_of(kind, name, claims.raw.get("new"))),
        "reason": claims.text("reason"),
        "due": claims.optional("due", _DAY),
        "at": claims.optional("at", LINE),
        "by": claims.optional("by", LINE),
        "state": claims.text("state", _STATES),
        "answer": claims.optional("answer", LINE),
        "answered_at": claims.optional("answered_at", LINE),
    }


def value_of(kind: Kind, name: str, told: object) -> Value:
    """Return a value that a foreign file tells of a field; one that does not fit refuses the file."""
    if name != DELETED:
        return checked(kind.by_name[name], told)
    if told is not None and not isinstance(told, bool):
        Claims({DELETED: told}).flag(DELETED)
    return bool(told)


def keep(store: Store, act: Act, facts: ReceiptFacts, told: Sequence[Values]) -> None:
    """Keep what the newest receipt asks; an unanswered one that it asks no more was taken back by the city."""
    held = {r.values["correction"]: r.values for r in store.find(CORRECTION)}
    life, asked_now = Life.of(store), {row["correction"] for row in told}
    act.upsert(CORRECTION, [_taken(held.get(row["correction"]), row, life) for row in told])
    rest = (row for number, row in held.items() if number not in asked_now)
    act.upsert(CORRECTION, [_unasked(row, facts, life) for row in rest])


def _taken(held: Values | None, told: Values, life: Life) -> Values:
    """Return a correction as asked, with the answer known: this store's own before that of an earlier life."""
    if held and held["state"] in ANSWERED:
        return {**told, **{name: held.get(name) for name in _ANSWER}, "told": False}
    if told["state"] in ANSWERED:
        return {**told, **_since(life), "told": False}
    return told


def _since(life: Life) -> dict[str, Value]:
    """Return since which package of which life an answer given now is carried."""
    return {"incarnation": life.incarnation, "sequence": life.sequence + 1}


def _unasked(row: Values, facts: ReceiptFacts, life: Life) -> Values:
    """Return a correction that is asked no more; its answer is known once a package arrived that carried it."""
    number = {"correction": row["correction"]}
    if row["state"] == OPEN:
        return {**number, "state": WITHDRAWN}
    arrived = (life.incarnation, facts.newest) >= (whole(row.get("incarnation")), whole(row.get("sequence")))
    return {**number, "told": bool(row.get("told")) or arrived}


# ---------------------------------------------------------------- up: what a package answers


def answered(store: Store, number: str, state: str, reason: str) -> Values:
    """Return the row that keeps this county's answer."""
    return {
        "correction": number,
        "state": state,
        "answer": reason or None,
        "answered_at": now(),
        "answered_by": unit_name(store.office.unit_code),
        "told": False,
        **_since(Life.of(store)),
    }


def done(store: Store) -> list[dict[str, object]]:
    """Return the answers that a package carries: those the city is not known to have."""
    rows = (r.values for state in ANSWERED for r in store.find(CORRECTION, state=state))
    untold = sorted((row for row in rows if not row.get("told")), key=lambda row: str(row["correction"]))
    return [dict(_answer(row)) for row in untold]


def _answer(row: Values) -> Iterator[tuple[str, object]]:
    yield from {"id": row["correction"], "answer": row["state"], "reason": row.get("answer") or ""}.items()
    yield "at", row.get("answered_at") or ""


def note_answers(store: Store, act: Act, facts: PackageFacts) -> None:
    """Keep a county's answers, in whatever order they came: that of the newest life and package stands."""
    header = facts.header
    for answer in facts.answers:
        for record in store.find(CORRECTION, unit=header.unit, correction=answer.correction):
            since = whole(record.values.get("incarnation")), whole(record.values.get("sequence"))
            if (header.incarnation, header.sequence) >= since:
                told: Values = {
                    "correction": answer.correction,
                    "state": answer.state,
                    "answer": answer.reason or None,
                    "answered_at": answer.at or now(),
                    "answered_by": unit_name(header.unit),
                    "incarnation": header.incarnation,
                    "sequence": header.sequence,
                }
                act.upsert(CORRECTION, [told])


def reopen(store: Store, act: Act, package: Values) -> None:
    """Ask again what a package answered that is taken back; the county's program answers again by itself."""
    since: Values = {name: package[name] for name in ("unit", "incarnation", "sequence")}
    gone: Values = dict.fromkeys(("answer", "answered_at", "answered_by", "incarnation", "sequence"))
    rows = [r.values for r in store.find(CORRECTION, None, **since) if r.values["state"] in ANSWERED]
    act.upsert(CORRECTION, [{"correction": row["correction"], "state": OPEN, **gone} for row in rows])


def withdraw(store: Store, act: Act, number: str) -> None:
    """Take a correction back at the city; the next receipt asks it no more."""
    if store.office.role != "city":
        raise Refusal("更正意见由市局提出和撤回；县里请答复同意或不同意")
    act.upsert(CORRECTION, [{"correction": number, "state": WITHDRAWN}])
