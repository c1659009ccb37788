"""How a county stands: the living life, gaps, contiguous coverage."""

import random

from hypothesis import given
from hypothesis import strategies as st

from ipdesk.kinds.declare import Values
from ipdesk.sync.standing import MOST_GAPS, Standing


def package(sequence: int, low: int, high: int, **more: object) -> Values:
    return {"sequence": sequence, "low": low, "high": high, **more}  # type: ignore[dict-item]


def standing(*packages: Values) -> Standing:
    return Standing("320981", "e8eabce7", 1, packages)


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=8), st.randoms())
def test_what_is_reached_is_the_contiguous_part_whatever_the_order(
    spans: list[tuple[int, int]], dice: random.Random
) -> None:
    packages = [package(n, min(span), max(span)) for n, span in enumerate(spans, 1)]
    covered = {number for span in spans for number in range(min(span) + 1, max(span) + 1)}
    expected = next(number for number in range(14) if number + 1 not in covered)
    dice.shuffle(packages)
    assert standing(*packages).reached == expected


def test_numbers_that_never_came_are_gaps() -> None:
    county = standing(package(2, 0, 5), package(5, 5, 9), package(6, 9, 9))
    assert county.gaps == [1, 3, 4]
    assert county.sequence == 6
    assert standing().gaps == []
    assert len(standing(package(10**12, 0, 1)).gaps) == MOST_GAPS


def test_a_quarantined_package_came_but_is_not_applied() -> None:
    county = standing(package(1, 0, 5), package(2, 5, 9, quarantined="新版"))
    assert county.reached == 5
    assert county.gaps == []
    assert county.newest == package(1, 0, 5)
    assert county.quarantined == [{"sequence": 2, "reason": "新版"}]


def test_a_difference_of_the_whole_acknowledges_nothing() -> None:
    assert standing(package(1, 0, 5, verified=False)).acknowledged == 0
    assert standing(package(1, 0, 5, verified=True)).acknowledged == 5
    assert standing(package(1, 0, 5)).acknowledged == 5
    assert standing().acknowledged == 0
