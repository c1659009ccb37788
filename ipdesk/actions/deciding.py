"""Decide at the desks: conflicts of differing lives, records that look like one, records to be returned."""

from typing import Literal

from ipdesk.actions.corrections import Wish, ask, read_value, retract, worded
from ipdesk.actions.writing import Place, ledger_of, rows_of, write_value
from ipdesk.fields import Value
from ipdesk.judged import SAME
from ipdesk.kinds.deciding import DELETED
from ipdesk.kinds.declare import Kind, Ledger
from ipdesk.problems import Refusal
from ipdesk.records import Record, RecordKey, Row
from ipdesk.store import Act, Store
from ipdesk.sync import sentback
from ipdesk.sync.decided import OURS, THEIRS, VALUE, Conflict, conflicts, decide
from ipdesk.sync.devices import unit_name
from ipdesk.sync.identity import found
from ipdesk.sync.pairs import Pair, pairs
from ipdesk.sync.verdicts import remember

Outcome = Literal["same", "different"]
_GONE = "这条记录已经删除，改不了这一项；要恢复它的，请裁定“是否删除”那一条冲突，或选现值"
_ONLY_CITY = "这由市局核定；本单位的记录请直接修改"


def conflict_named(store: Store, name: str) -> Conflict:
    """Return the conflict with a short name; none or several are refused."""
    return found(conflicts(store), name, "冲突")


def pair_named(store: Store, name: str) -> Pair:
    """Return the pair with a short name; none or several are refused."""
    return found(pairs(store), name, "疑似重复")


def resolve_conflict(store: Store, conflict: Conflict, choice: str, reason: str = "") -> str:
    """Decide a conflict: "ours", "theirs" or a value as it is typed; return the number of the correction it made.

    A county writes its own record; the city asks the county, by a correction, for what does not stand already.
    """
    why, place = worded(reason), Place(conflict.kind, conflict.key, conflict.field)
    state, value = _chosen(store, conflict, choice)
    gone = not conflict.there and conflict.field != DELETED
    if gone and state != OURS:
        raise Refusal(_GONE)
    number = ""
    with store.act("裁定冲突", "冲突裁定") as act:
        stands = gone or (conflict.there and conflict.present == value)
        if stands and conflict.correction:  # what an earlier decision asked for holds no more
            retract(store, act, place)
        if not stands and store.office.role == "county":
            write_value(store, act, ledger_of(store, conflict.kind), place, value)
        elif not stands:
            number = _asked(store, act, conflict, place, value, why or "市局裁定冲突")
        decide(store, act, conflict, state, value, why, number)
    return number


def _chosen(store: Store, conflict: Conflict, choice: str) -> tuple[str, Value]:
    if choice in (OURS, THEIRS):
        return choice, conflict.ours if choice == OURS else conflict.theirs
    ledger = ledger_of(store, conflict.kind)
    if conflict.field != DELETED and (ledger is None or conflict.field not in ledger.by_name):
        raise Refusal(f"“{conflict.label}”只能取现值（ours）或另一值（theirs）")
    return VALUE, read_value(ledger, conflict.field, choice, conflict.unit)


def _asked(store: Store, act: Act, conflict: Conflict, place: Place, value: Value, reason: str) -> str:
    if not conflict.there:
        raise Refusal(_GONE)
    return ask(store, act, place, value, Wish(reason, row_id(store, conflict.kind, conflict.key)))


def row_id(store: Store, kind: Kind, key: RecordKey) -> str:
    """Return the id of the first row that a record stands in, its own where it stands in none."""
    ledger = ledger_of(store, kind)
    rows = rows_of(store, ledger, kind, key) if ledger and kind is not ledger.root else []
    return rows[0].key.id if rows else key.id


def resolve_pair(
    store: Store, pair: Pair, outcome: Outcome, reason: str = "", unit: str | None = None
) -> list[str]:
    """Decide whether two records are the same; return the numbers of the corrections it made.

    Of two units' claims to one body ``unit`` says whose it is: the other is asked to delete its record.
    """
    if store.office.role != "city":
        raise Refusal(_ONLY_CITY)
    why, made = worded(reason), []
    owner = _owner(pair, outcome, unit)
    with store.act("核定疑似重复", "查重") as act:
        remember(store, act, pair.rule, pair.first, pair.second, outcome, why, owner)
        for record in _losers(pair, pair.owner):  # what an earlier verdict asked for holds no more
            retract(store, act, Place(pair.kind, record.key, DELETED))
        for record in _losers(pair, owner):
            made.append(_give_up(store, act, pair.kind, record, owner, why))
    return made


def _losers(pair: Pair, owner: str) -> list[Record]:
    """Return the records that a verdict takes from their units, none where it names no owner."""
    return [record for record in (pair.first, pair.second) if owner and record.key.owner != owner]


def _owner(pair: Pair, outcome: Outcome, unit: str | None) -> str:
    if outcome != SAME or not pair.needs_unit:
        if unit:
            raise Refusal("只有两个单位登记了同一个代码、核定为同一个（same）时，才写明归属单位")
        return ""
    if unit not in pair.units:
        raise Refusal(f"请写明归属单位：{'或'.join(f'{u}（{unit_name(u)}）' for u in pair.units)}")
    return str(unit)


def _give_up(store: Store, act: Act, kind: Kind, record: Record, owner: str, reason: str) -> str:
    why = f"归属经市局核定归{unit_name(owner)}" + (f"：{reason}" if reason else "")
    wish = Wish(why[:500], row_id(store, kind, record.key))
    return ask(store, act, Place(kind, record.key, DELETED), True, wish)


def send_back(store: Store, ledger: Ledger, row: Row, reason: str, field: str = "") -> None:
    """Return a row to its county for a reason, and for one field where told, until that record changes."""
    if store.office.role != "city" or row.key.owner == store.office.unit_code:
        raise Refusal("退回由市局对县（市、区）上报的记录做；本单位的记录请直接修改")
    if not (why := worded(reason)):
        raise Refusal("请写明退回的理由，县里要据此修改")
    with store.act(f"退回{ledger.label}", "退回") as act:
        sentback.note(act, _returned(store, ledger, row, field), field, why)
        act.note("市局退回", ledger.root, row.key)


def cancel_send_back(store: Store, ledger: Ledger, row: Row) -> None:
    """Take back that a row, or a part of it, was returned."""
    with store.act(f"撤销退回{ledger.label}", "退回") as act:
        for kind in ledger.kinds:
            record = store.get(kind, row.parts[kind.name]) if kind.name in row.parts else None
            if record:
                sentback.forget(act, record)


def _returned(store: Store, ledger: Ledger, row: Row, field: str) -> Record:
    kind = ledger.kind_of(field) if field else ledger.root
    record = store.get(kind, row.parts[kind.name]) if kind.name in row.parts else None
    if record is None:
        raise Refusal(f"这条记录还没有{kind.label}，请不写明字段，整条退回")
    return record
