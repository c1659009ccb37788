"""What list, export and report share on the command line: conditions on fields, and the moment looked at."""

import re
from collections.abc import Sequence
from datetime import date

import click

from ipdesk.actions.filters import find
from ipdesk.derived import states
from ipdesk.fields import Codes, Context, Value
from ipdesk.kinds.declare import Field, Ledger
from ipdesk.past import parse_day
from ipdesk.problems import Refusal, ValueProblem
from ipdesk.records import Ask, Filter, Query
from ipdesk.store import Store

Conditions = Sequence[tuple[str, str, str]]
_FORM = re.compile(r"\s*(\w+)\s*(>=|<=|!=|~|=)(.*)", re.DOTALL)
_ASKS = {">=": Ask.FROM, "<=": Ask.TO, "~": Ask.HAS, "!=": Ask.NOT_IN}
_SIGNS = {ask: sign for sign, ask in _ASKS.items()} | {Ask.IN: "=", Ask.EMPTY: "=", Ask.FILLED: "!="}
_MORE = re.compile(r"[|｜]")


class Condition(click.ParamType[tuple[str, str, str]]):
    """FIELD=VALUE, FIELD!=VALUE, FIELD>=VALUE, FIELD<=VALUE or FIELD~TEXT, as name, sign and text."""

    name = "字段=值"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str, str]:
        """Return the three parts; without a sign it is wrong usage."""
        found = _FORM.fullmatch(str(value))
        if not found:
            self.fail(f"“{value}”应写成 字段=值（或 >=、<=、!=、~），值里有空格时整段加引号", param, ctx)
        return found[1], found[2], found[3]


class Day(click.ParamType[date]):
    """A day in any style of the intake."""

    name = "日期"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day; what is none is wrong usage."""
        try:
            return parse_day(str(value))
        except Refusal as refusal:
            self.fail(refusal.message, param, ctx)


where = click.option(
    "--where",
    type=Condition(),
    multiple=True,
    help="条件，可写多个：字段=值，"
    "字段=（空的），字段!=（不空的），字段>=值，字段<=值，字段~文字，字段=值1|值2；电话须 --reveal",
)
kept_filter = click.option(
    "--filter", "kept", default="", metavar="名称", help="再加上存过的这个筛选，名称用 filter list 查"
)
as_of = click.option("--as-of", type=Day(), metavar="日期", help="只算到这一天为止发生的事，按现在掌握的情况")
known_on = click.option("--known-on", type=Day(), metavar="日期", help="按这一天结束时登记的内容")


def query_of(
    store: Store, ledger: Ledger, pairs: Conditions, words: str = "", limit: int | None = None, kept: str = ""
) -> Query:
    """Return a query; each value may be a code or a clerk's word.

    ``FIELD=VALUE`` is that very value; only where VALUE can be none of the field's do strokes part several. ``kept``
    names a saved filter, whose conditions must hold as well and whose order is taken.
    """
    base = find(store, ledger, kept) if kept else Query()
    context = Context(store.office.unit_code if store.office.role == "county" else None)
    found = [_asked(ledger, *pair, context) for pair in pairs]
    plain = (one for one in found if isinstance(one, tuple))
    filters = (one for one in found if isinstance(one, Filter))
    searched = f"{base.search} {words}".strip()
    return Query((*base.where, *plain), searched, base.order, limit, (*base.filters, *filters))


def conditions_of(query: Query) -> list[str]:
    """Return the conditions of a query as ``--where`` takes them."""
    told = [f"{name}={_written((value,))}" for name, value in query.where]
    return [*told, *(f"{f.field}{_SIGNS[f.ask]}{_written(f.values)}" for f in query.filters)]


def _written(values: Sequence[Value]) -> str:
    plain = ("；".join(map(str, value)) if isinstance(value, tuple) else value for value in values)
    return "|".join("" if value is None else str(value) for value in plain)


def _asked(ledger: Ledger, name: str, sign: str, text: str, context: Context) -> tuple[str, Value] | Filter:
    if sign == "!=" and not text.strip():
        return Filter(name, Ask.FILLED)
    if name.startswith("_"):
        return _state(ledger, name, sign, text)
    field = ledger.field(name)
    if sign == "~":
        return Filter(field.name, Ask.HAS, (text,))
    if sign == "=":
        return _equal(field, text, context)
    values = _bound(field, text, context) if sign in (">=", "<=") else _values(field, text, context)
    return Filter(field.name, _ASKS[sign], values)


def _state(ledger: Ledger, name: str, sign: str, text: str) -> Filter:
    """Return a filter on a state that is worked out; its values are told as ``list`` tells them, or in words."""
    if sign == "=" and not text.strip():
        return Filter(name, Ask.EMPTY)
    if sign not in ("=", "!="):
        return Filter(name, _ASKS[sign], (text,))
    state = states(ledger).get(name)
    words = {word: value for value, word in state.type.options()} if state else {}
    return Filter(name, _ASKS.get(sign, Ask.IN), tuple(words.get(part, part) for part in _MORE.split(text)))


def _equal(field: Field, text: str, context: Context) -> tuple[str, Value] | Filter:
    if isinstance(field.type, Codes) and _MORE.search(text):
        return Filter(field.name, Ask.IN, _values(field, text, context))
    try:
        return field.name, field.type.parse(text, context)
    except ValueProblem as problem:
        if not _MORE.search(text):
            raise Refusal(f"--where {field.name}：{problem.message}") from None
    return Filter(field.name, Ask.IN, _values(field, text, context))


def _values(field: Field, text: str, context: Context) -> tuple[Value, ...]:
    found = [_one(field, part, context) for part in _MORE.split(text)]
    if isinstance(field.type, Codes):
        return tuple(code for codes in found if isinstance(codes, tuple) for code in codes)
    return tuple(found)


def _bound(field: Field, text: str, context: Context) -> tuple[Value, ...]:
    value = _one(field, text, context)
    if value is None:
        raise Refusal(f"--where {field.name}：范围要写出起止的值")
    return (value,)


def _one(field: Field, text: str, context: Context) -> Value:
    try:
        return field.type.parse(text, context)
    except ValueProblem as problem:
        raise Refusal(f"--where {field.name}：{problem.message}") from None
