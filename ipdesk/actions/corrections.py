"""Ask at the city for a change of a county's record, and answer there (sync rule 9)."""

import secrets
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import NamedTuple

from ipdesk import text
from ipdesk.actions.ledger import read
from ipdesk.actions.writing import Place, ledger_name, ledger_of, refuse_new_faults, write_value
from ipdesk.clock import now
from ipdesk.fields import Bool, Value
from ipdesk.kinds.deciding import CORRECTION, DELETED
from ipdesk.kinds.declare import Ledger, Values
from ipdesk.problems import Refusal, ValueProblem
from ipdesk.records import Row
from ipdesk.store import Act, Store
from ipdesk.sync.corrections import (
    NO,
    OPEN,
    WITHDRAWN,
    YES,
    Correction,
    answered,
    as_json,
    label_of,
    listed,
    present,
    withdraw,
)
from ipdesk.sync.devices import unit_name
from ipdesk.sync.identity import found

SOURCE = "更正意见"
_LONGEST = 500
_ONLY_CITY = "更正意见由市局向县（市、区）提出；本单位的记录请直接修改"
_ONLY_COUNTY = "更正意见由填报的县（市、区）答复；市局可以撤回"


def worded(reason: str) -> str:
    """Return a reason as files carry it: one line, not endless."""
    told = text.clean(reason)
    if len(told) > _LONGEST:
        raise Refusal(f"理由请控制在{_LONGEST}字以内")
    return told


def read_value(ledger: Ledger | None, name: str, entry: object, unit: str) -> Value:
    """Return what was typed for a field or for ``_deleted``, read as a form reads it; refused with its findings."""
    if name == DELETED or ledger is None:
        try:
            return bool(Bool().parse(entry))
        except ValueProblem as problem:
            raise Refusal(f"{DELETED}：{problem.message}") from None
    values, problems = read(ledger, {name: entry}, unit)
    if problems:
        raise Refusal("；".join(p.message for p in problems), tuple(problems))
    return values[ledger.field(name).name]


def propose(
    store: Store, ledger: Ledger, row: Row, values: Values, reason: str, due: date | None = None
) -> list[str]:
    """Ask a county to change fields of a row (``_deleted`` among them), one correction each; return their numbers.

    ``row`` reads with the part meant (``actions.parts``). Nothing is kept when one of them is refused: a field that
    does not exist, a value as it stands already, one that breaks a rule, another unanswered wish for the same field.
    """
    if store.office.role != "city" or row.key.owner == store.office.unit_code:
        raise Refusal(_ONLY_CITY)
    if not (why := worded(reason)):
        raise Refusal("请写明理由，县里要据此答复")
    with store.act(f"向{unit_name(row.key.owner)}提出更正意见", SOURCE) as act:
        made = [_propose(store, act, ledger, row, name, value, why, due) for name, value in values.items()]
        act.note("市局提出更正意见", ledger.root, row.key)
    return made


def _propose(
    store: Store, act: Act, ledger: Ledger, row: Row, name: str, value: Value, reason: str, due: date | None
) -> str:
    kind = ledger.root if name == DELETED else ledger.kind_of(name)
    key = row.parts.get(kind.name)
    if key is None:
        raise Refusal(f"这条记录还没有{kind.label}，更正意见只能改已有的；请用“退回县里”请县里先新增")
    place = Place(kind, key, name)
    _refuse_unneeded(store, place, value)
    if name != DELETED:
        if name == ledger.unit_field and value != key.owner:
            raise Refusal("所属单位不能用更正意见改到别的单位；归属有争议的，请在查重里核定归属")
        refuse_new_faults(store, ledger, row, {name: value})
    return ask(store, act, place, value, Wish(reason, row.key.id, ledger.name, due))


def _refuse_unneeded(store: Store, place: Place, value: Value) -> None:
    label = label_of(place.kind, place.field)
    if present(store, *place)[0] == value:
        raise Refusal(f"“{label}”现在就是这个值，不用更正")
    if _unanswered(store, place):
        raise Refusal(f"“{label}”已有一条没有答复的更正意见，请先撤回那一条，或等县里答复")


def _unanswered(store: Store, place: Place) -> list[str]:
    kind, key, name = place
    asked = store.find(CORRECTION, unit=key.owner, kind=kind.name, record=key.id, field=name, state=OPEN)
    return [str(record.values["correction"]) for record in asked]


class Wish(NamedTuple):
    """What goes with a correction: the reason, the row and ledger a clerk finds it in, and until when."""

    reason: str
    row: str = ""
    ledger: str = ""
    due: date | None = None


def ask(store: Store, act: Act, place: Place, value: Value, wish: Wish) -> str:
    """Keep a correction within an act, in place of an unanswered one for the same field; return its number."""
    retract(store, act, place)
    number = secrets.token_hex(16)
    told: Values = {
        "correction": number,
        "unit": place.key.owner,
        "ledger": wish.ledger or ledger_name(store, place.kind),
        "kind": place.kind.name,
        "record": place.key.id,
        "row": wish.row or None,
        "field": place.field,
        "old": as_json(present(store, *place)[0]),
        "new": as_json(value),
        "reason": wish.reason,
        "due": wish.due.isoformat() if wish.due else None,
        "at": now(),
        "by": store.office.office_name or unit_name(store.office.unit_code),
        "state": OPEN,
    }
    act.upsert(CORRECTION, [told])
    return number


def retract(store: Store, act: Act, place: Place) -> None:
    """Take back within an act what is asked of a field and not answered yet."""
    for earlier in _unanswered(store, place):
        withdraw(store, act, earlier)


def of_name(store: Store, name: str) -> Correction:
    """Return the correction with a short name; none or several are refused."""
    return found(listed(store), name, "更正意见")


def take_back(store: Store, correction: Correction) -> None:
    """Take back at the city what is not answered yet."""
    if correction.state != OPEN:
        raise Refusal("这条更正意见已经答复或撤回，不能再撤回")
    with store.act("撤回更正意见", SOURCE) as act:
        withdraw(store, act, correction.digest)


def answer(store: Store, correction: Correction, *, yes: bool, reason: str = "") -> None:
    """Answer at the county: yes writes the value in an act that can be undone; refused when the old one is gone."""
    _refuse_answer(store, correction)
    why = worded(reason)
    with store.act(f"{'采纳' if yes else '不采纳'}市局更正意见", SOURCE) as act:
        _answer(store, act, correction, yes=yes, reason=why)


def _refuse_answer(store: Store, correction: Correction) -> None:
    if store.office.role != "county":
        raise Refusal(_ONLY_COUNTY)
    if correction.state == WITHDRAWN:
        raise Refusal("市局已经撤回这条更正意见，不用答复")
    if correction.state == YES and correction.present == correction.new:
        raise Refusal("这条更正意见已经答复同意，并已改好；要改回去请撤销那次修改")


def _answer(store: Store, act: Act, correction: Correction, *, yes: bool, reason: str) -> None:
    if yes:
        _write(store, act, correction)
    act.upsert(CORRECTION, [answered(store, correction.digest, YES if yes else NO, reason)])


def _write(store: Store, act: Act, correction: Correction) -> None:
    """Write what is asked, unless it stands already; when the old value is gone a person has to look."""
    if correction.there and correction.present == correction.new:
        return
    if not correction.there:
        raise Refusal(f"“{correction.label}”所在的记录已经删除或不在本库，请答复不同意并说明")
    if not correction.fits:
        raise Refusal(
            f"“{correction.label}”后来又改过，原值对不上了，没有改；请自己核对修改，或答复不同意并说明"
        )
    ledger = ledger_of(store, correction.kind, correction.ledger)
    place = Place(correction.kind, correction.key, correction.field)
    write_value(store, act, ledger, place, correction.new)


def answer_all(
    store: Store, some: Iterable[Correction] | None = None
) -> tuple[int, list[tuple[Correction, str]]]:
    """Take every open correction whose old value still stands, in one act; return how many, and why not the others.

    ``some`` are the ones meant, all where none are told.
    """
    told = [one for one in (listed(store) if some is None else some) if one.state == OPEN]
    left: list[tuple[Correction, str]] = []
    count = 0
    with store.act(f"采纳市局更正意见{len(told)}条", SOURCE) as act:
        for correction in map(partial(_as_now, store), told):
            try:
                _refuse_answer(store, correction)
                _refuse_removal(correction)
                _answer(store, act, correction, yes=True, reason="")
                count += 1
            except Refusal as refusal:
                left.append((correction, refusal.message))
    return count, left


def _as_now(store: Store, correction: Correction) -> Correction:
    """Return a correction as it stands after those taken before it."""
    value, there = present(store, correction.kind, correction.key, correction.field)
    return replace(correction, present=value, there=there)


def _refuse_removal(correction: Correction) -> None:
    if correction.field == DELETED:
        raise Refusal("要删除或恢复记录的，请逐条看过再答复")
