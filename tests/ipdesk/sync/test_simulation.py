"""Random runs of the whole exchange on real stores; the engine of the runs stands in tests/simulation."""

import pytest

from tests.simulation.__main__ import judged
from tests.simulation.engine import STEPS

IN_SUITE, LONG = 20, 200


def seeds() -> list[object]:
    """Return the seeds of the suite, and those that only the long tests play."""
    slow = [pytest.param(seed, marks=pytest.mark.slow) for seed in range(IN_SUITE, LONG)]
    return [*range(IN_SUITE), *slow]


@pytest.mark.parametrize("seed", seeds())
def test_both_sides_end_with_the_same_and_nothing_that_arrived_is_lost_unseen(seed: int) -> None:
    wrong = judged(seed, STEPS)
    assert not wrong, f"replay: python -m tests.simulation --seeds 1 --from {seed}\n" + "\n".join(wrong[:10])
