"""Commands of the desks: conflicts, duplicates and corrections, and what people decide about them."""

from collections.abc import Iterable, Sequence
from datetime import date

import click

from ipdesk.actions import corrections as wishes
from ipdesk.actions import deciding, parts
from ipdesk.actions.ledger import one, read
from ipdesk.actions.writing import ledger_name
from ipdesk.cli.asked import Day
from ipdesk.cli.command import WORDS, Assignment, Command
from ipdesk.cli.ledger import SOURCE, Pairs, key_of, named, part_option, reveal
from ipdesk.cli.session import DONE, REFUSED, Session, pass_session
from ipdesk.fields import FieldType, Value
from ipdesk.kinds.declare import Ledger
from ipdesk.problems import Refusal
from ipdesk.records import Record, RecordKey, Row
from ipdesk.store import Store
from ipdesk.sync.corrections import Correction, listed
from ipdesk.sync.decided import Conflict
from ipdesk.sync.decided import conflicts as all_conflicts
from ipdesk.sync.devices import unit_name
from ipdesk.sync.identity import shortened
from ipdesk.sync.pairs import Pair, pairs

Document = dict[str, object]
STATES = {
    "open": "待定",
    "ours": "取现值",
    "theirs": "取另一值",
    "value": "另定",
    "same": "是同一个",
    "different": "不是同一个",
    "yes": "同意",
    "no": "不同意",
    "withdrawn": "已撤回",
}
_reason = click.option("--reason", type=WORDS, default="", help="理由")
_id = click.argument("name", metavar="编号")


def _noted(store: Store, what: str, count: int, *, shown: bool) -> None:
    """Log that personal values were shown in full."""
    if shown:
        with store.act(f"{what}：查看{count}条未掩码信息", SOURCE) as act:
            act.note(f"查看{count}条未掩码信息")


def _value(kind: FieldType, value: Value, *, shown: bool) -> Value:
    return value if shown else kind.mask(value)


def _told(values: Document) -> Document:
    """Return what says something, and all that the command line has promised."""
    promised = ("id", "ledger", "record", "field", "base", "ours", "theirs", "state")
    return {name: value for name, value in values.items() if name in promised or value not in (None, "")}


# ---------------------------------------------------------------- conflicts


@click.command(cls=Command, help="列出冲突：同一条记录在一个县的两份工作区里填得不一样，待人裁定。")
@reveal
@pass_session
def conflicts(session: Session, reveal: bool) -> None:
    """List the conflicts of differing lives."""
    with session.store() as store:
        found = all_conflicts(store)
        rows = [_conflict(store, conflict, shown=reveal) for conflict in found]
        _noted(store, "冲突", len(rows), shown=reveal)
    session.tell({"rows": rows}, *map(_conflict_line, found), f"共 {len(rows)} 条")


def _conflict(store: Store, conflict: Conflict, *, shown: bool) -> Document:
    def value(told: Value) -> Value:
        return _value(conflict.type, told, shown=shown)

    return _told(
        {
            "id": conflict.id,
            "ledger": ledger_name(store, conflict.kind),
            "record": deciding.row_id(store, conflict.kind, conflict.key),
            "field": conflict.field,
            "base": value(conflict.base),
            "ours": value(conflict.ours),
            "theirs": value(conflict.theirs),
            "state": conflict.state,
            "unit": conflict.unit,
            "name": conflict.name,
            "present": value(conflict.present),
            "ours_at": conflict.ours_at,
            "theirs_at": conflict.theirs_at,
            "decision": value(conflict.decision),
            "reason": conflict.reason,
            "decided_at": conflict.decided_at,
            "decided_by": conflict.decided_by,
            "message": conflict.message,
        }
    )


def _conflict_line(one: Conflict) -> str:
    values = f"原值“{one.shown(one.base)}”，现值“{one.shown(one.ours)}”，另一值“{one.shown(one.theirs)}”"
    where = f"{unit_name(one.unit)}  {one.name}  {one.label}"
    return "  ".join(filter(None, (one.id, STATES[one.state], where, values, one.message)))


# ---------------------------------------------------------------- duplicates


@click.command(cls=Command, help="列出疑似重复的记录，两两成对，写明为什么；只有提示性的也列在后面。")
@click.option("--no-hints", is_flag=True, help="不列只是相近的")
@reveal
@pass_session
def duplicates(session: Session, no_hints: bool, reveal: bool) -> None:
    """List the pairs of records that look like one."""
    with session.store() as store:
        found = pairs(store, hints=not no_hints)
        rows = [_pair(store, pair, shown=reveal) for pair in found]
        _noted(store, "查重", len(rows), shown=reveal)
    session.tell({"rows": rows}, *map(_pair_line, found), f"共 {len(rows)} 对")


def _pair(store: Store, pair: Pair, *, shown: bool) -> Document:
    field = pair.fields[-1] if pair.fields else None
    common = (
        _value(pair.kind.by_name[field].type, pair.first.values.get(field), shown=shown) if field else None
    )
    records = [_side(store, pair, record, shown=shown) for record in (pair.first, pair.second)]
    return _told(
        {
            "id": pair.id,
            "ledger": ledger_name(store, pair.kind),
            "record": records[0]["id"],
            "field": field,
            "base": common,
            "ours": pair.first_name,
            "theirs": pair.second_name,
            "state": pair.state,
            "rule": pair.rule,
            "why": pair.why,
            "score": pair.score,
            "hint": pair.hint,
            "units": list(pair.units),
            "records": records,
            "unit": pair.owner,
            "reason": pair.reason,
            "decided_at": pair.decided_at,
            "decided_by": pair.decided_by,
        }
    )


def _side(store: Store, pair: Pair, record: Record, *, shown: bool) -> Document:
    fields = [f for f in pair.kind.fields if f.name in record.values and f not in pair.kind.references]
    side: Document = {
        "id": deciding.row_id(store, pair.kind, record.key),
        "unit": record.key.owner,
    }
    return side | {f.name: _value(f.type, record.values[f.name], shown=shown) for f in fields}


def _pair_line(pair: Pair) -> str:
    sides = zip((pair.first, pair.second), (pair.first_name, pair.second_name), strict=True)
    both = " ／ ".join(f"{unit_name(record.key.owner)} {name}" for record, name in sides)
    rule = "相近" if pair.hint else pair.rule
    return "  ".join((pair.id, STATES[pair.state], rule, both, pair.why))


# ---------------------------------------------------------------- corrections


@click.command(cls=Command, help="列出更正意见：市局建议改什么、为什么、期限，县里怎样答复。")
@reveal
@pass_session
def corrections(session: Session, reveal: bool) -> None:
    """List what the city asks to be changed."""
    with session.store() as store:
        found = listed(store)
        rows = [_correction(correction, shown=reveal) for correction in found]
        _noted(store, "更正意见", len(rows), shown=reveal)
    session.tell({"rows": rows}, *map(_correction_line, found), f"共 {len(rows)} 条")


def _correction(asked: Correction, *, shown: bool) -> Document:
    def value(told: Value) -> Value:
        return _value(asked.type, told, shown=shown)

    return _told(
        {
            "id": asked.id,
            "ledger": asked.ledger,
            "record": asked.row,
            "field": asked.field,
            "base": value(asked.old),
            "ours": value(asked.present),
            "theirs": value(asked.new),
            "state": asked.state,
            "unit": asked.unit,
            "name": asked.name,
            "reason": asked.reason,
            "due": asked.due,
            "at": asked.at,
            "by": asked.by,
            "answer": asked.answer,
            "answered_at": asked.answered_at,
            "answered_by": asked.answered_by,
            "message": asked.message,
        }
    )


def _correction_line(one: Correction) -> str:
    wish = f"{one.label}：“{one.shown(one.old)}”改为“{one.shown(one.new)}”，理由：{one.reason}"
    due = f"期限 {one.due}" if one.due else ""
    answer = f"答复：{one.answer}" if one.answer else ""
    where = f"{unit_name(one.unit)}  {one.name}"
    return "  ".join(filter(None, (one.id, STATES[one.state], where, wish, due, answer, one.message)))


@click.command(
    cls=Command, help="市局向县里提出更正意见；字段=值，可写多个，各成一条；_deleted=是 表示建议删除。"
)
@named
@click.argument("id_", metavar="ID")
@click.argument("pairs", type=Assignment(), nargs=-1, required=True, metavar="字段=值…")
@click.option("--reason", type=WORDS, required=True, help="理由，县里据此答复")
@click.option("--due", type=Day(), help="请在哪一天前答复")
@part_option
@pass_session
def correction(
    session: Session, ledger: str, id_: str, pairs: Pairs, reason: str, due: date | None, which: Pairs
) -> None:
    """Ask a county to change a row."""
    wanted = session.ledger(ledger)
    with session.store() as store:
        key = key_of(store, wanted, id_)
        row = _row(store, wanted, key, which)
        values = {
            _field(wanted, name): wishes.read_value(wanted, name, text, key.owner) for name, text in pairs
        }
        made = wishes.propose(store, wanted, row, values, reason, due)
        ids = _short(store, made)
    session.tell({"id": ids[0], "ids": ids}, f"已提出更正意见 {'、'.join(ids)}，随下一次回执发给县里")


def _field(ledger: Ledger, name: str) -> str:
    return name if name.startswith("_") and name not in ledger.by_name else ledger.field(name).name


def _row(store: Store, ledger: Ledger, key: RecordKey, which: Pairs) -> Row:
    row = one(store, ledger, key)
    if not which:
        return row
    values, problems = read(ledger, dict(which), key.owner)
    if problems:
        raise Refusal("；".join(p.message for p in problems), tuple(problems))
    part, record = parts.named(store, ledger, row, values)
    return parts.at(store, ledger, row, {part.kind.name: record.key})


def _short(store: Store, numbers: Iterable[str]) -> list[str]:
    ids = shortened(one.digest for one in listed(store))
    return [ids[number] for number in numbers]


@click.command(cls=Command, help="市局撤回还没有答复的更正意见。")
@_id
@pass_session
def withdraw(session: Session, name: str) -> None:
    """Take a correction back."""
    with session.store() as store:
        found = wishes.of_name(store, name)
        wishes.take_back(store, found)
    session.tell({"id": found.id, "state": "withdrawn"}, "已撤回，随下一次回执告知县里")


@click.command(
    cls=Command,
    help="县里答复更正意见：yes 按建议改好（可用 undo 撤销），no 不改；编号写 all 表示原值对得上的全部采纳。",
)
@_id
@click.argument("choice", type=click.Choice(["yes", "no"]), metavar="yes|no")
@_reason
@pass_session
def answer(session: Session, name: str, choice: str, reason: str) -> int:
    """Answer a correction, or take all that fit."""
    with session.store() as store:
        if name == "all":
            return _answer_all(session, store, choice)
        found = wishes.of_name(store, name)
        wishes.answer(store, found, yes=choice == "yes", reason=reason)
    session.tell({"id": found.id, "state": choice}, "已答复，随下一个同步包告知市局")
    return DONE


def _answer_all(session: Session, store: Store, choice: str) -> int:
    if choice != "yes":
        raise Refusal("不同意的请逐条答复，写明理由")
    count, left = wishes.answer_all(store)
    told = [{"id": correction.id, "reason": why} for correction, why in left]
    lines = [f"{one['id']}：{one['reason']}" for one in told]
    session.tell({"answered": count, "left": told}, f"已采纳 {count} 条，还有 {len(left)} 条要逐条看", *lines)
    return REFUSED if left else DONE


# ---------------------------------------------------------------- decisions


@click.command(
    cls=Command,
    help="裁定：冲突写 ours（现值）、theirs（另一值）或另定的值；疑似重复写 same（是同一个）或 different（不是）。",
)
@_id
@click.argument("choice", type=WORDS, metavar="ours|theirs|值|same|different")
@_reason
@click.option("--unit", help="两个单位登记了同一个代码、核定为同一个时，归哪个单位（代码）")
@pass_session
def resolve(session: Session, name: str, choice: str, reason: str, unit: str | None) -> None:
    """Decide a conflict or a suspected duplicate."""
    with session.store() as store:
        decide = _decide_pair if choice in ("same", "different") else _decide_conflict
        found, made = decide(store, name, choice, reason, unit)
        ids = _short(store, made)
    told = f"，随下一次回执发出更正意见 {'、'.join(ids)}" if ids else ""
    session.tell({"id": found, "state": choice, "corrections": ids}, f"已裁定{told}")


Decided = tuple[str, Sequence[str]]


def _decide_pair(store: Store, name: str, choice: str, reason: str, unit: str | None) -> Decided:
    pair = deciding.pair_named(store, name)
    outcome: deciding.Outcome = "same" if choice == "same" else "different"
    return pair.id, deciding.resolve_pair(store, pair, outcome, reason, unit)


def _decide_conflict(store: Store, name: str, choice: str, reason: str, unit: str | None) -> Decided:
    if unit:
        raise Refusal("--unit 只用于核定疑似重复的归属")
    conflict = deciding.conflict_named(store, name)
    number = deciding.resolve_conflict(store, conflict, choice, reason)
    return conflict.id, [number] if number else []


@click.command("return", cls=Command, help="市局把一条记录退回县里并写明理由；县里改了那条就算办了。")
@named
@click.argument("id_", metavar="ID")
@_reason
@click.option("--field", default="", metavar="字段", help="说的是哪个字段")
@click.option("--cancel", is_flag=True, help="撤销退回")
@pass_session
def send_back(session: Session, ledger: str, id_: str, reason: str, field: str, cancel: bool) -> None:
    """Return a row to its county."""
    wanted = session.ledger(ledger)
    with session.store() as store:
        row = one(store, wanted, key_of(store, wanted, id_))
        if cancel:
            deciding.cancel_send_back(store, wanted, row)
        else:
            name = wanted.field(field).name if field else ""
            deciding.send_back(store, wanted, row, reason, name)
    session.tell(
        {"id": id_, "returned": not cancel}, "已撤销退回" if cancel else "已退回，随下一次回执告知县里"
    )


COMMANDS = (conflicts, duplicates, corrections, correction, withdraw, answer, resolve, send_back)
