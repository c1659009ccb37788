"""What an indicator comes to: a figure with what it was made of, and what could not be counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from ipdesk.counting import Unclear


@dataclass(frozen=True, slots=True)
class Part:
    """A figure of one unit or of the city, with the ids of the rows behind it.

    ``value`` is none where there is nothing to tell; ``why`` says so in a few words. Of a ratio ``numerator`` and
    ``denominator`` are told, and only these are ever added up.
    """

    value: Fraction | None = None
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    ids: tuple[str, ...] = ()
    unclear: tuple[Unclear, ...] = ()
    why: str = ""


NOT_REPORTED, NO_DENOMINATOR, NO_CASES = "未报", "没有分母", "无案件"


def quotient(
    numerator: Fraction, denominator: Fraction, factor: int, ids: tuple[str, ...], why: str = NO_DENOMINATOR
) -> Part:
    """Return a ratio; without a denominator there is none, neither 0 nor 100 %."""
    value = numerator / denominator * factor if denominator else None
    return Part(value, numerator, denominator, ids, why="" if denominator else why)


def summed(parts: Iterable[Part], *, factor: int = 0, why: str = NO_DENOMINATOR) -> Part:
    """Return the parts as one: figures added up, of ratios (``factor``) numerators and denominators by themselves."""
    known = list(parts)
    ids = tuple(id_ for part in known for id_ in part.ids)
    unclear = tuple(one for part in known for one in part.unclear)
    if factor:
        whole = _ratio(known, factor, ids, why)
    else:
        told = [part.value for part in known if part.value is not None]
        whole = Part(sum(told, Fraction(0)), ids=ids) if told else Part(why=NOT_REPORTED)
    return Part(whole.value, whole.numerator, whole.denominator, ids, unclear, whole.why)


def _ratio(parts: list[Part], factor: int, ids: tuple[str, ...], why: str) -> Part:
    told = [
        (p.numerator, p.denominator) for p in parts if p.numerator is not None and p.denominator is not None
    ]
    if not told:
        return Part(why=next((p.why for p in parts if p.why), NOT_REPORTED))
    over = sum((numerator for numerator, _ in told), Fraction(0))
    return quotient(over, sum((below for _, below in told), Fraction(0)), factor, ids, why)
