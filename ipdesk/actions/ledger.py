"""What a user does with a ledger's rows: read a form, add, change, delete, undo, look at masked values."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date

from ipdesk import same_person
from ipdesk.actions.removal import remove
from ipdesk.branches import Branches
from ipdesk.checks import check_row
from ipdesk.derived import DOUBTS, MISSING, state
from ipdesk.fields import Context, Value
from ipdesk.kinds.declare import Field, Kind, Ledger, Values
from ipdesk.matching import Matcher, filled, links
from ipdesk.namesakes import in_store
from ipdesk.problems import Problem, Refusal, ValueProblem
from ipdesk.records import Changed, Query, Record, RecordKey, Row
from ipdesk.reporting import locks
from ipdesk.store import Act, Office, Reading, Store
from ipdesk.text import compact
from ipdesk.trends import Trends


def read(
    ledger: Ledger, entries: Mapping[str, object], unit_code: str | None
) -> tuple[dict[str, Value], list[Problem]]:
    """Return the canonical values of what was typed, by declared name, and a finding for each that cannot be read."""
    values: dict[str, Value] = {}
    problems: list[Problem] = []
    scope = unit_code
    for name, entry in sorted(
        entries.items(), key=lambda item: ledger.field(item[0]).name != ledger.unit_field
    ):
        field = ledger.field(name)
        try:
            values[field.name] = field.type.parse(entry, Context(scope))
        except ValueProblem as problem:
            if field.excused_by and problem.kept:  # ``check`` asks for the reason
                values[field.name] = problem.kept
                continue
            problems.append(Problem(problem.code, field.sheet_name, f"{field.label}：{problem.message}"))
        if field.name == ledger.unit_field and values.get(field.name):
            scope = str(values[field.name])
    return values, problems


def own_unit(office: Office) -> str | None:
    """Return the only unit a workspace may write for; the city may write for any."""
    return office.only_unit


def check(store: Store, ledger: Ledger, values: Values, row: Row | None = None) -> list[Problem]:
    """Return the findings about values as they would stand in a row, a new one where there is none."""
    unit = own_unit(store.office)
    matcher = Matcher(store, ledger)
    found = [*check_row(ledger, values, when="form", unit_code=unit), *matcher.taken(values, row)]
    doubts = same_person.doubts(ledger, matcher.match(values), "form")
    above = Branches(store, ledger).problems(values, "form")
    fallen = Trends(store, ledger).problems(values, "form")
    closed = locks.problems(store, store.office, ledger, values)
    return [*found, *in_store(store, ledger, values), *doubts, *above, *fallen, *closed]


def _refuse(problems: Iterable[Problem]) -> None:
    stopping = tuple(p for p in problems if p.grade.stops)
    if stopping:
        raise Refusal("；".join(p.message for p in stopping), stopping)


def add(store: Store, ledger: Ledger, values: Values, source: str) -> RecordKey:
    """Add a row; refused with its findings when a rule stops it or the same row is there already."""
    values = _for_own_unit(store, ledger, values)
    _refuse(check(store, ledger, values))
    matcher = Matcher(store, ledger)
    match = matcher.match(values)
    known = {
        name: value for record in match.records.values() if record for name, value in record.values.items()
    }
    _refuse(_not_collected(ledger, values, {**known, **filled(values)}))  # type: ignore[dict-item]
    _refuse(_already(ledger, match.records[ledger.root.name] is not None, values))
    _refuse(_other_name(ledger, [r.values for r in match.records.values() if r], values))
    with store.act(f"新增{ledger.label}", source) as act:
        return matcher.write(act, values)[1]


def _for_own_unit(store: Store, ledger: Ledger, values: Values) -> Values:
    unit = own_unit(store.office)
    if unit and values.get(ledger.unit_field) is None and ledger.unit_field in ledger.by_name:
        return {**values, ledger.unit_field: unit}
    return values


def _for_own_unit_told(store: Store, ledger: Ledger, values: Values) -> Values:
    """Put a county's own unit in place of a cleared one: every row of a county counts for it."""
    return _for_own_unit(store, ledger, values) if ledger.unit_field in values else values


def _not_collected(ledger: Ledger, told: Values, after: Values) -> Iterable[Problem]:
    """Find what is told though the row does not collect it: 身份证号 in a class where it is not switched on."""
    for name, switch in ledger.switches.items():
        if told.get(name) is not None and not after.get(switch):
            field, by = ledger.field(name), ledger.field(switch)
            message = f"这一班没有开启收集{field.label}，请不要填；发证确有需要的，先把“{by.label}”改为“是”"
            yield Problem(field.type.rule, field.sheet_name, message)


def _already(ledger: Ledger, there: bool, values: Values) -> Iterable[Problem]:
    if there:
        key = ledger.field(ledger.key_field)
        told = ledger.called(values) if ledger.key_field == ledger.name_field else _shown(key, values)
        message = f"{key.label}“{told}”在台账里已有同类记录，请搜索后直接修改那一条"
        yield Problem("duplicate", key.sheet_name, message)


def _shown(field: Field, values: Values) -> str:
    """Return a field's value as a sentence may quote it: masked where personal."""
    return field.type.show(field.type.mask(values.get(field.name)))


def _other_name(ledger: Ledger, held: Sequence[Values], values: Values) -> Iterable[Problem]:
    """Find the same key under another name: one of the two is wrong, and only a person can say which."""
    name, key = ledger.field(ledger.name_field), ledger.field(ledger.key_field)
    for known in held:
        there, told = known.get(name.name), values.get(name.name)
        if there and told and there != told and known.get(key.name) == values.get(key.name):
            message = (
                f"{key.label}“{_shown(key, values)}”在台账里是“{there}”，这里是“{told}”，请核对代码和名称"
            )
            yield Problem("duplicate", key.sheet_name, message)


def change(store: Store, ledger: Ledger, key: RecordKey, values: Values, source: str) -> bool:
    """Set fields of a row (``None`` clears), each in the kind that declares it; tell whether anything changed."""
    return change_row(store, ledger, one(store, ledger, key), values, source)


def change_row(store: Store, ledger: Ledger, row: Row, values: Values, source: str) -> bool:
    """Set fields of a row as it reads with the parts chosen (``actions.parts``); a part it lacks is added."""
    values = _for_own_unit_told(store, ledger, values)
    _refuse(findings(store, ledger, row, values))
    with store.act(f"修改{ledger.label}", source) as act:
        return write(act, ledger, row, values)


def findings(store: Store, ledger: Ledger, row: Row, values: Values) -> list[Problem]:
    """Return what the rules say of a row once these fields are set, also that it would be another row's twin."""
    after = filled({**row.values, **values})
    news = {name: value for name, value in values.items() if value != row.values.get(name)}
    return [
        *check(store, ledger, after, row),  # type: ignore[arg-type]  # canonical values all along
        *_not_collected(ledger, news, after),  # type: ignore[arg-type]
        *_twins(store, ledger, row, after),
    ]


def write(act: Act, ledger: Ledger, row: Row, values: Values) -> bool:
    """Set fields of a row within an act, nothing being checked; tell whether anything changed."""
    changed, parts = False, ledger.split(values)
    for kind in ledger.kinds:
        part = parts.get(kind.name, {})
        if part and kind.name in row.parts:
            changed |= act.put(kind, row.parts[kind.name], part)
        elif some := filled(part):
            act.add(kind, {**links(kind, row.parts), **some})  # type: ignore[dict-item]
            changed = True
    return changed


def _twins(store: Store, ledger: Ledger, row: Row, after: Mapping[str, object]) -> Iterable[Problem]:
    """Find another record of this unit that a changed or new part of the row would be the same as."""
    parts = ledger.split(after)  # type: ignore[arg-type]  # canonical values all along
    for kind in ledger.kinds:
        held, some = row.parts.get(kind.name), parts.get(kind.name, {})
        changed = next((k.field for k in kind.identity if k.of(row.values) != k.of(after)), None)  # type: ignore[arg-type]
        if changed is None and (held or not some):
            continue
        linked = {**some, **links(kind, row.parts)}
        first = kind.identity[0].field
        others = [r for r in store.find(kind, row.key.owner, **{first: linked.get(first)}) if r.key != held]
        if changed is None and others:
            yield _untold(ledger, kind)
        for other in others:
            if all(k.of(other.values) == k.of(linked) for k in kind.identity):
                message = _named(ledger, kind, other, after)  # type: ignore[arg-type]
                yield Problem("duplicate", ledger.field(changed or kind.told_by[0].name).sheet_name, message)


def _untold(ledger: Ledger, kind: Kind) -> Problem:
    """Ask of a part that is added beside others what tells it apart."""
    told = "、".join(f.label for f in kind.told_by)
    message = f"已有别的{kind.label}，请填写{told}，好分清是哪一条"
    return Problem("required", ledger.field(kind.told_by[0].name).sheet_name, message)


def _named(ledger: Ledger, kind: Kind, other: Record, after: Values) -> str:
    """Return what a record would be the same as, so that a clerk finds it."""
    if ledger.name_field in other.values and ledger.key_field != ledger.name_field:
        key = ledger.field(ledger.key_field)
        return f"{key.label}“{after.get(key.name)}”已登记在“{ledger.called(other.values)}”名下，请核对"
    told = "、".join(ledger.field(k.field).label for k in kind.identity if k.field in ledger.by_name)
    number = "" if any(kind is part.kind for part in ledger.many) else f"（编号 {other.key.id}）"
    same = f"“{ledger.called(after)}”已有{told}相同的另一条{kind.label}{number}"
    return f"{same}，请改那一条，或先删除其中一条"


def one(store: Store, ledger: Ledger, key: RecordKey) -> Row:
    """Return a row; one that is gone is refused."""
    rows = store.rows(ledger, [key])
    if not rows:
        raise Refusal("这条记录已经不在了，请刷新列表")
    return rows[0]


def delete(store: Store, ledger: Ledger, keys: Sequence[RecordKey], source: str) -> None:
    """Delete rows, each with what hangs below it and what it alone points to; what others need is refused."""
    with store.act(f"删除{ledger.label}{len(keys)}条", source) as act:
        for key in keys:
            remove(store, act, ledger, one(store, ledger, key))


def undo(store: Store) -> Changed:
    """Take back the last act."""
    return store.undo()


def redo(store: Store) -> Changed:
    """Do again what was taken back last."""
    return store.redo()


def masked(ledger: Ledger, values: Values) -> dict[str, Value]:
    """Return a row's values with personal fields masked."""
    return {name: ledger.field(name).type.mask(value) for name, value in values.items()}


def derived(ledger: Ledger, values: Values, today: date | None = None) -> dict[str, object]:
    """Return what is worked out about a row today, under ``_`` names: states, fields still empty, rules broken."""
    day = today or date.today()
    told: dict[str, object] = {name: work(values, day) for name, work in ledger.derived.items()}
    told |= {name: state(ledger, name, values, day) for name in (MISSING, DOUBTS)}
    return {name: list(v) if isinstance(v, tuple) else v for name, v in told.items() if v}


def keys(store: Reading, ledger: Ledger, query: Query, *, revealed: bool) -> list[RecordKey]:
    """Return the keys of a query's rows; unless revealed, no masked value can be found out by asking for it."""
    if revealed:
        return store.keys(ledger, query)
    for name in query.fields:
        if not name.startswith("_") and ledger.field(name).personal:
            label = ledger.field(name).label
            raise Refusal(
                f"“{label}”只显示掩码，要按它的内容查找，须选择显示完整内容（命令行加 --reveal），会留下记录"
            )
    found = store.keys(ledger, query)
    words = [w for w in map(str.lower, map(compact, query.search.split())) if any(map(str.isdigit, w))]
    rows = store.rows(ledger, found) if words else ()
    return [row.key for row in rows if _says_openly(store, ledger, row, words)] if words else found


def _says_openly(store: Reading, ledger: Ledger, row: Row, words: Iterable[str]) -> bool:
    """Tell whether a row, or what it has several of, has all the words in fields that are not masked."""
    found = [row.values]
    for part in ledger.many:
        above = row.parts.get(part.of or ledger.root.name)
        if above and {f.name for f in part.kind.fields}.intersection(ledger.search):
            found += [r.values for r in store.find(part.kind, above.owner, **{part.down: above.id})]
    names = [name for name in ledger.search if not ledger.field(name).personal]
    texts = [compact(str(held[name])).lower() for held in found for name in names if name in held]
    return all(any(word in text for text in texts) for word in words)


def reveal(store: Store, ledger: Ledger, key: RecordKey, field: str, source: str) -> Value:
    """Return a personal value in full and log that it was looked at."""
    row, asked = one(store, ledger, key), ledger.field(field)
    with store.act(f"查看{asked.label}", source) as act:
        act.note(f"查看{asked.label}", ledger.root, key)
    return row.values.get(asked.name)


def note_reveal(store: Store, ledger: Ledger, count: int, source: str) -> None:
    """Log that personal values of many rows were shown or exported in full."""
    with store.act(f"{ledger.label}：查看{count}条未掩码信息", source) as act:
        act.note(f"查看{count}条未掩码信息")


@contextmanager
def noted_export(store: Store, ledger: Ledger, count: int, *, revealed: bool) -> Iterator[None]:
    """Log that rows leave the store as a file within, and whether personal values are in full.

    What raises within leaves nothing in the log; what cannot be logged is not begun.
    """
    how = "（未掩码）" if revealed else ""
    with store.act(f"导出{ledger.label}{count}条{how}", "导出") as act:
        act.note(f"导出{count}条{how}")
        yield
