"""Ask for states that are worked out beside what is stored, under their ``_`` names."""

from collections.abc import Mapping
from datetime import date
from functools import cache

from ipdesk.checks import doubts, missing, rules
from ipdesk.fields import Offered, Value
from ipdesk.kinds.declare import Field, Ledger, Values
from ipdesk.problems import Refusal
from ipdesk.records import Ask, Filter

MISSING, DOUBTS = "_missing", "_doubts"


def state(ledger: Ledger, name: str, values: Values, today: date) -> Value:
    """Return a worked-out state of a row on a day; ``_missing`` is the names of required fields still empty.

    ``_doubts`` is the codes of the rules that the row breaks.
    """
    if name == DOUBTS:
        return tuple(dict.fromkeys(problem.code for problem in doubts(ledger, values, today))) or None
    if name == MISSING:
        return tuple(f.name for f in missing(ledger, values)) or None
    known = {**ledger.derived, **ledger.gathered}
    if name not in known:
        raise Refusal(f"“{ledger.label}”没有“{name}”这个状态，可用的有：{'、'.join(states(ledger))}")
    return known[name](values, today)


@cache
def states(ledger: Ledger) -> Mapping[str, Field]:
    """Return the states that can be asked for, as fields: what they are called and what they can be."""
    empty = Offered(tuple((f.name, f.label) for f in ledger.fields if f.required))
    broken = Offered(tuple((code, rules()[code]) for code in sorted(rules())))
    declared = {**ledger.derived, **ledger.gathered}
    every = (
        Field(MISSING, "待补的项目", empty),
        *(Field(name, told.label, told.type) for name, told in declared.items()),
        Field(DOUBTS, "数据疑点", broken),
    )
    return {one.name: one for one in every}


def holds(ledger: Ledger, asked: Filter, values: Values, today: date) -> bool:
    """Tell whether a filter on a worked-out state holds for a row on a day."""
    told = state(ledger, asked.field, values, today)
    every = told if isinstance(told, tuple) else () if told is None else (told,)
    if asked.ask in (Ask.EMPTY, Ask.FILLED):
        return bool(every) == (asked.ask is Ask.FILLED)
    if asked.ask in (Ask.IN, Ask.NOT_IN):
        return any(one in asked.values for one in every) == (asked.ask is Ask.IN)
    return any(_fits(str(one), asked.ask, str(asked.values[0])) for one in every)


def _fits(one: str, ask: Ask, word: str) -> bool:
    """Tell whether a text has a piece, or lies on one side of another as far as both are told."""
    known = min(len(one), len(word))
    if ask is Ask.HAS:
        return word.lower() in one.lower()
    return one[:known] >= word[:known] if ask is Ask.FROM else one[:known] <= word[:known]
