"""Commands on the rows of a ledger: list, history, set, add, delete, undo, redo."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

import click

from ipdesk.actions import ledger as actions
from ipdesk.actions import parts
from ipdesk.cli.asked import Conditions, as_of, kept_filter, known_on, query_of, where
from ipdesk.cli.command import WORDS, Assignment, Command
from ipdesk.cli.session import Session, local_time, pass_session, sentences, warn
from ipdesk.codes import code_table
from ipdesk.fields import Bool, Text, Value
from ipdesk.kinds.declare import Kind, Ledger, Part, Values
from ipdesk.kinds.document import DOCUMENT_FIELD
from ipdesk.past import reading
from ipdesk.problems import Refusal
from ipdesk.records import Change, Changed, Record, RecordKey, Row
from ipdesk.store import Moment, Store
from ipdesk.sync import Reported, reported

SOURCE = "命令行"
SHOWN = 4  # columns of a plain list; the rest is for --json and export
EVENTS = {"_deleted": "已删除", "_note": "记事", DOCUMENT_FIELD: "附件"}
Pairs = Sequence[tuple[str, str]]

named = click.argument("ledger", metavar="台账")
search = click.option(
    "--search", type=WORDS, default="", help="只要含这些字、拼音首字母或号码的；电话只在加 --reveal 时查找"
)
reveal = click.option("--reveal", is_flag=True, help="显示完整的电话和证件号，会留下记录")


def key_of(store: Store, ledger: Ledger, id_: str, *, deleted: bool = False) -> RecordKey:
    """Return the key of a row by its id alone, whichever unit owns it; an unknown one is refused."""
    possible = [RecordKey(unit.code, id_) for unit in code_table("regions").codes]
    for key, record in store.get_many(ledger.root, possible).items():
        if deleted or not record.deleted:
            return key
    raise Refusal(f"“{ledger.label}”里没有 {id_} 这一条，用 list 命令可查到编号")


def document(ledger: Ledger, row: Row, *, shown: bool, today: date | None = None) -> dict[str, object]:
    """Return a row as JSON tells it: id, every filled field's canonical value, and what is worked out beside it.

    A switch was set by what a sheet holds, not by a cell of it, so it stands under a ``_`` name.
    """
    values = row.values if shown else actions.masked(ledger, row.values)
    told = {name: f"_{name}" for name in ledger.switches.values()}
    filled = {
        told.get(f.name, f.name): values[f.name] for f in ledger.fields if values.get(f.name) is not None
    }
    return {"id": row.key.id, **filled, "_owner": row.key.owner, **actions.derived(ledger, row.values, today)}


def result_of(told: Reported | None) -> dict[str, object]:
    """Return how far a county's row has got, and the city's sentence about it, under ``_`` names."""
    filled = {"_reported": told.state, "_said": told.message} if told else {}
    return {name: words for name, words in filled.items() if words}


def line(ledger: Ledger, row: Row) -> str:
    """Return a row to read: its id and its most important columns."""
    columns = sorted(ledger.columns, key=lambda f: f.column)[:SHOWN]
    return "  ".join((row.key.id, *(f.type.line(f.type.mask(row.values.get(f.name))) for f in columns)))


@click.command("list", cls=Command, help="列出台账里的记录。")
@named
@where
@kept_filter
@search
@click.option(
    "--without",
    type=Assignment(),
    multiple=True,
    help="只要没有这样的年度、证书、补助的，如 stat_year=2024：哪些机构没有报2024年度",
)
@click.option("--limit", type=click.IntRange(min=0), help="最多几条")
@as_of
@known_on
@reveal
@pass_session
def list_rows(
    session: Session,
    ledger: str,
    where: Conditions,
    kept: str,
    search: str,
    without: Pairs,
    limit: int | None,
    as_of: date | None,
    known_on: date | None,
    reveal: bool,
) -> None:
    """List the rows of a ledger."""
    wanted, moment = session.ledger(ledger), Moment(as_of, known_on)
    with session.store() as store:
        with reading(store, moment) as source:
            query = query_of(store, wanted, where, search, kept=kept)
            keys = actions.keys(source, wanted, query, revealed=reveal)
            if without:
                keys = parts.without(source, wanted, keys, _given(wanted, without, store.office.only_unit))
            rows = source.rows(wanted, keys[:limit])
        if reveal:
            actions.note_reveal(store, wanted, len(rows), SOURCE)
        states = reported(store, rows) if store.office.role == "county" and not moment else {}
    told = [
        document(wanted, row, shown=reveal, today=moment.day) | result_of(states.get(row.key)) for row in rows
    ]
    session.tell({"rows": told, "total": len(keys)}, *(line(wanted, r) for r in rows), f"共 {len(keys)} 条")


@click.command(cls=Command, help="查看一条记录的修改历史。")
@named
@click.argument("id_", metavar="ID")
@pass_session
def history(session: Session, ledger: str, id_: str) -> None:
    """Tell how a row came to be what it is."""
    wanted = session.ledger(ledger)
    with session.store() as store:
        changes = store.history(wanted, key_of(store, wanted, id_, deleted=True))
    told = [_change(wanted, change) for change in changes]
    session.tell({"changes": told}, *(_change_line(wanted, change) for change in changes))


def _change(ledger: Ledger, change: Change) -> dict[str, Value]:
    before, after = (_masked(ledger, change.field, value) for value in (change.before, change.after))
    told = {"at": change.at, "who": change.who, "from": change.source, "field": change.field}
    part = parts.words_of(_kind(ledger, change), change)
    return {**told, "before": before, "after": after, **({"part": part} if part else {})}


def _kind(ledger: Ledger, change: Change) -> Kind | None:
    return next((kind for kind in ledger.kinds if kind.name == change.kind), None)


def _masked(ledger: Ledger, name: str, value: Value) -> Value:
    return ledger.field(name).type.mask(value) if name in ledger.by_name else value


def _change_line(ledger: Ledger, change: Change) -> str:
    label = ledger.field(change.field).label if change.field in ledger.by_name else EVENTS[change.field]
    before, after = (_shown(ledger, change.field, value) for value in (change.before, change.after))
    part = parts.words_of(_kind(ledger, change), change)
    item = f"{part} {label}".lstrip()
    return f"{local_time(change.at)}  {change.who}  {change.source}  {item}：{before} → {after}"


def _shown(ledger: Ledger, name: str, value: Value) -> str:
    kind = ledger.field(name).type if name in ledger.by_name else Bool() if name == "_deleted" else Text()
    return kind.line(kind.mask(value)) or "（空）"


@click.command("parts", cls=Command, help="列出一条记录的各年度、各份证书、各笔补助。")
@named
@click.argument("id_", metavar="ID")
@pass_session
def list_parts(session: Session, ledger: str, id_: str) -> None:
    """List what a row has several of, newest first."""
    wanted = session.ledger(ledger)
    with session.store() as store:
        row = actions.one(store, wanted, key_of(store, wanted, id_))
        found = [(part, parts.of(store, wanted, row, part)) for part in wanted.many]
    told = {part.kind.name: [_part_document(wanted, part, r) for r in records] for part, records in found}
    lines = [_part_line(wanted, part, record) for part, records in found for record in records]
    session.tell({"parts": told}, *lines, f"共 {len(lines)} 条")


def _part_document(ledger: Ledger, part: Part, record: Record) -> dict[str, Value]:
    own = {f.name: record.values[f.name] for f in ledger.fields_of(part.kind) if f.name in record.values}
    return {"id": record.key.id, **actions.masked(ledger, own)}


def _part_line(ledger: Ledger, part: Part, record: Record) -> str:
    shown = (f.type.line(f.type.mask(record.values.get(f.name))) for f in parts.columns(ledger, part))
    return "  ".join((part.kind.label, *shown))


part_option = click.option(
    "--part",
    "which",
    type=Assignment(),
    multiple=True,
    help="一条记录有几个年度、几份证书、几笔补助时，指明是哪一个：字段=值，可写多个",
)


@click.command(
    "set",
    cls=Command,
    short_help="修改一条记录，或它的一个年度、证书、补助。",
    help="修改一条记录；值留空表示清除。写明统计年度、补助级别和年度、证书类型和证书号的，改的就是那一个，没有就新增；"
    "没有写明的，改最近一个。要改年度本身，用 --part 指明是哪一个。",
)
@named
@click.argument("id_", metavar="ID")
@click.argument("pairs", type=Assignment(), nargs=-1, required=True, metavar="字段=值…")
@part_option
@pass_session
def change(session: Session, ledger: str, id_: str, pairs: Pairs, which: Pairs) -> None:
    """Set fields of a row."""
    wanted = session.ledger(ledger)
    with session.store() as store:
        key = key_of(store, wanted, id_)
        row = actions.one(store, wanted, key)
        unit = str(row.values.get(wanted.unit_field) or key.owner)
        values = _given(wanted, pairs, unit)
        row = _row_meant(store, wanted, row, values, _given(wanted, which, unit))
        doubts = actions.check(store, wanted, {**row.values, **values}, row)
        changed = actions.change_row(store, wanted, row, values, SOURCE)
    warn(sentences(doubts))
    session.tell({"id": id_, "changed": changed}, "已修改" if changed else "没有变化")


def _row_meant(store: Store, ledger: Ledger, row: Row, values: Values, which: Values) -> Row:
    """Return the row with the part named, else with the one that the values speak of."""
    if not which:
        return parts.meant(store, ledger, row, values)
    part, record = parts.named(store, ledger, row, which)
    return parts.at(store, ledger, row, {part.kind.name: record.key})


@click.command(cls=Command, help="新增一条记录。")
@named
@click.argument("pairs", type=Assignment(), nargs=-1, required=True, metavar="字段=值…")
@pass_session
def add(session: Session, ledger: str, pairs: Pairs) -> None:
    """Add a row."""
    wanted = session.ledger(ledger)
    with session.store() as store:
        values = _given(wanted, pairs, actions.own_unit(store.office))
        doubts = actions.check(store, wanted, values)
        key = actions.add(store, wanted, values, SOURCE)
    warn(sentences(doubts))
    session.tell({"id": key.id}, f"已新增 {key.id}")


def _given(ledger: Ledger, pairs: Pairs, unit_code: str | None) -> dict[str, Value]:
    """Return the values of FIELD=VALUE pairs, read as a form reads them; a field told twice is refused."""
    told = Counter(ledger.field(name).label for name, _ in pairs)
    twice = [label for label, count in told.items() if count > 1]
    if twice:
        raise Refusal(f"“{'”“'.join(twice)}”写了两次，每个字段只写一次")
    values, problems = actions.read(ledger, dict(pairs), unit_code)
    if problems:
        raise Refusal("；".join(p.message for p in problems), tuple(problems))
    return values


@click.command(cls=Command, help="删除一条记录，或用 --part 只删其中一个年度、证书、补助；可用 undo 撤销。")
@named
@click.argument("id_", metavar="ID")
@part_option
@pass_session
def delete(session: Session, ledger: str, id_: str, which: Pairs) -> None:
    """Delete a row, or one part of it."""
    wanted = session.ledger(ledger)
    with session.store() as store:
        key = key_of(store, wanted, id_)
        if which:
            part, record = parts.named(
                store, wanted, actions.one(store, wanted, key), _given(wanted, which, key.owner)
            )
            parts.remove(store, wanted, key, part, record.key, SOURCE)
        else:
            actions.delete(store, wanted, [key], SOURCE)
    session.tell({"id": id_, "deleted": 1}, "已删除，可用 undo 撤销")


@click.command(cls=Command, help="撤销本工作区最近一次修改或导入。")
@pass_session
def undo(session: Session) -> None:
    """Take back the last act."""
    with session.store() as store:
        changed = actions.undo(store)
    session.tell({"undone": changed.deed, "counts": _counts(changed)}, changed.deed)


@click.command(cls=Command, help="重做最近一次撤销了的修改或导入；之后又有新的修改就不能重做了。")
@pass_session
def redo(session: Session) -> None:
    """Do again what was taken back last."""
    with session.store() as store:
        changed = actions.redo(store)
    session.tell({"redone": changed.deed, "counts": _counts(changed)}, changed.deed)


def _counts(changed: Changed) -> dict[str, int]:
    return {kind: len(keys) for kind, keys in changed.keys.items()}


COMMANDS = (list_rows, list_parts, history, change, add, delete, undo, redo)
