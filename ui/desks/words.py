"""Words that several desks say of units, lives and values."""

from collections.abc import Sequence

from ipdesk.codes import code_table
from ui.ledger.history import moment
from ui.texts import desks as texts
from ui.texts import sync as sync_texts

FEW = 8  # numbers that are listed one by one
SHOWN = 4  # characters of a life's code: enough to tell two apart over the phone


def unit_words(unit: str) -> str:
    """Return what people call a unit."""
    return code_table("regions").label(unit)


def life_words(version: str) -> str:
    """Return which life wrote a version ``incarnation.number.epoch``, as people read it."""
    incarnation, _, rest = version.partition(".")
    return texts.LIFE.format(number=incarnation, code=rest.partition(".")[2][:SHOWN])


def when(at: str) -> str:
    """Return a moment as people read it, empty for none."""
    return moment(at) if at else ""


def value_words(shown: str) -> str:
    """Return a value as it is read, with a word where there is none."""
    return shown or texts.EMPTY_VALUE


def listed(numbers: Sequence[int]) -> str:
    """Return package numbers as people read them, the first few of many."""
    shown = "、".join(map(str, numbers[:FEW]))
    return shown if len(numbers) <= FEW else sync_texts.MORE.format(numbers=shown, count=len(numbers))
