"""Turn the filters of a query into SQL conditions on a ledger's view."""

from collections.abc import Callable, Mapping

from ipdesk.fields import Coded, Codes, Date, Value
from ipdesk.kinds.declare import Field, Ledger
from ipdesk.problems import Refusal
from ipdesk.records import Ask, Filter, Query
from ipdesk.text import clean, fold

Condition = tuple[str, list[Value]]


def conditions(ledger: Ledger, query: Query) -> tuple[list[str], list[Value]]:
    """Return the conditions of the query's values and filters on stored fields, and their parameters."""
    found = [_is(ledger.field(name), value) for name, value in query.where]
    found += [condition(ledger.field(f.field), f) for f in stored_filters(query)]
    return [f"({sql})" for sql, _ in found], [value for _, values in found for value in values]


def stored_filters(query: Query) -> list[Filter]:
    """Return the filters that ask for stored fields; the others ask for states worked out."""
    return [f for f in query.filters if not f.field.startswith("_")]


def condition(field: Field, asked: Filter) -> Condition:
    """Return one filter's condition and its parameters; one that a field cannot answer is refused."""
    column = f'"{field.name}"'
    if asked.ask in (Ask.EMPTY, Ask.FILLED):
        return f"{column} IS {'NOT ' if asked.ask is Ask.FILLED else ''}NULL", []
    if not asked.values:
        raise Refusal(f"按“{field.label}”筛选要写出内容")
    return _ASKED[asked.ask](field, asked.values)


def _is(field: Field, value: Value) -> Condition:
    if isinstance(value, tuple):  # several codes: every one asked for must be among them
        held = [_holds(field, code) for code in value]
        return " AND ".join(sql for sql, _ in held) or "1", [v for _, values in held for v in values]
    return f'"{field.name}" IS ?', [field.type.stored(value)]


def _holds(field: Field, value: Value) -> Condition:
    """Return the condition that a field is a value, or has it among several codes."""
    if isinstance(field.type, Codes) and isinstance(value, str):
        return f"'；' || \"{field.name}\" || '；' LIKE ?", [f"%；{value}；%"]
    return _is(field, value)


def _in(field: Field, values: tuple[Value, ...]) -> Condition:
    held = [_holds(field, value) for value in values]
    return " OR ".join(f"({sql})" for sql, _ in held), [v for _, told in held for v in told]


def _not_in(field: Field, values: tuple[Value, ...]) -> Condition:
    sql, told = _in(field, values)
    return f"({sql}) IS NOT 1", told


def _from(field: Field, values: tuple[Value, ...]) -> Condition:
    return _compared(field, ">=", values[0])


def _to(field: Field, values: tuple[Value, ...]) -> Condition:
    return _compared(field, "<=", values[0])


def _compared(field: Field, sign: str, value: Value) -> Condition:
    column, stored = f'"{field.name}"', field.type.stored(value)
    if isinstance(field.type, Date):
        known = f"min(length({column}), {len(str(stored))})"
        return f"substr({column}, 1, {known}) {sign} substr(?, 1, {known})", [stored]
    if isinstance(field.type, Coded):
        rank = f"code_rank('{field.type.table}', {{}})"
        return f"{column} IS NOT NULL AND {rank.format(column)} {sign} {rank.format('?')}", [stored]
    if field.type.storage == "TEXT":
        raise Refusal(f"“{field.label}”不是日期或数字，不能按范围筛选")
    return f"{column} {sign} ?", [stored]


def _has(field: Field, values: tuple[Value, ...]) -> Condition:
    """Look through the names of codes, and through what stands in the field where it is no code."""
    words = clean(fold(str(values[0]))).lower()
    is_coded = isinstance(field.type, (Coded, Codes))
    codes = tuple(code for code, name in field.type.options() if words in name.lower()) if is_coded else ()
    sql, told = _in(field, codes) if codes else ("0", [])
    if is_coded and not (isinstance(field.type, Coded) and field.type.open):
        return sql, told
    return f'{sql} OR instr(lower("{field.name}"), ?) > 0', [*told, words]


_ASKED: Mapping[Ask, Callable[[Field, tuple[Value, ...]], Condition]] = {
    Ask.IN: _in,
    Ask.NOT_IN: _not_in,
    Ask.FROM: _from,
    Ask.TO: _to,
    Ask.HAS: _has,
}
