"""What every rule is made of."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from ipdesk.fields import Value
from ipdesk.kinds.declare import Values

Told = Iterable[tuple[str, str]]


class Rule(NamedTuple):
    """A rule about one flat row: its code, the fields it needs (all declared by ``kind`` where one is named).

    ``find`` yields (field, sentence) for what breaks it on a day.
    """

    code: str
    needs: tuple[str, ...]
    find: Callable[[Values, date], Told]
    kind: str = ""


def told(values: Values, name: str) -> str:
    """Return a field as text, empty for none."""
    return str(values.get(name) or "")


def figure(values: Values, name: str) -> float | None:
    """Return a field's figure."""
    value: Value = values.get(name)
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None
