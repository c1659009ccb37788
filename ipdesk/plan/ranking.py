"""Put the units in order by how much of an indicator's target they have done (domain.md F)."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from ipdesk.codes import CITY
from ipdesk.plan.indicators import Figure


@dataclass(frozen=True, slots=True)
class Ranked:
    """One unit's figure and its place, the same for equals; none where there is nothing to hold against others."""

    place: int | None
    figure: Figure


def ranked(figures: Iterable[Figure]) -> list[Ranked]:
    """Return the units' figures of one indicator, the best first and those without a figure last.

    Where every unit that has a figure has a target they stand by 完成率, else by the figure itself; of what is to be
    little (grants still to be cancelled) the least goes first. The city's own figure has no place among them.
    """
    known = [one for one in figures if one.unit != CITY]
    told = [one for one in known if one.value is not None]
    by_done = all(one.done is not None for one in told)
    order = sorted(told, key=lambda one: _rank(one, by_done), reverse=not _is_least_best(told))
    scores = [_rank(one, by_done) for one in order]
    placed = [Ranked(scores.index(score) + 1, one) for score, one in zip(scores, order, strict=True)]
    return placed + [Ranked(None, one) for one in known if one.value is None]


def _rank(figure: Figure, by_done: bool) -> Fraction:
    told = figure.done if by_done else figure.value
    return told if told is not None else Fraction(0)


def _is_least_best(told: list[Figure]) -> bool:
    """Tell whether nothing is what is asked for (target 0)."""
    return bool(told) and all(one.goal == 0 for one in told)
