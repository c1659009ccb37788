"""Random runs through the command line, some commands broken or killed; their engine stands in tests/simulation."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.simulation import commands

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="broken commands are processes of their own")
PROJECT = Path(commands.__file__).parents[2]
IN_SUITE, LONG = 2, 20


def played(seed: int, steps: int, folder: Path) -> None:
    own = {n: v for n, v in os.environ.items() if not n.startswith("COVERAGE")}
    asked = [
        "--cli",
        "--seeds",
        "1",
        "--from",
        str(seed),
        "--steps",
        str(steps),
        "--state",
        str(folder / "state"),
    ]
    told = subprocess.run(
        [sys.executable, "-m", "tests.simulation", *asked],
        check=False,
        cwd=PROJECT,
        env=own,
        capture_output=True,
        encoding="utf-8",
    )
    assert told.returncode == 0, told.stdout + told.stderr


@pytest.mark.parametrize("seed", range(IN_SUITE))
def test_commands_that_break_anywhere_lose_nothing_and_both_sides_agree(tmp_path: Path, seed: int) -> None:
    played(seed, 10, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(IN_SUITE, LONG))
def test_longer_runs_of_commands_that_break_anywhere(tmp_path: Path, seed: int) -> None:
    played(seed, commands.STEPS, tmp_path)
