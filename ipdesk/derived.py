"""Ask for states that are worked out beside what is stored, under their ``_`` names."""

from datetime import date

from ipdesk.checks import missing
from ipdesk.fields import Value
from ipdesk.kinds.declare import Ledger, Values
from ipdesk.problems import Refusal
from ipdesk.records import Ask, Filter

MISSING = "_missing"


def state(ledger: Ledger, name: str, values: Values, today: date) -> Value:
    """Return a worked-out state of a row on a day; ``_missing`` is the names of required fields still empty."""
    if name == MISSING:
        return tuple(f.name for f in missing(ledger, values)) or None
    if name not in ledger.derived:
        known = "、".join((*ledger.derived, MISSING))
        raise Refusal(f"“{ledger.label}”没有“{name}”这个状态，可用的有：{known}")
    return ledger.derived[name](values, today)


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
