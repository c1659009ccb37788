"""Each step of export and of receiving broken at its N-th write: as before or as after, whole or absent, no restore."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.simulation import breaking, faults
from tests.simulation.breaking import FAIL, KILL, MODES

PROJECT = Path(faults.__file__).parents[2]
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="each trial is a process of its own")
QUICK = {
    "county-export": 6,
    "city-receive": 8,
    "city-export": 9,
    "county-receive": 5,
    "county-begins-anew": 4,
    "county-rebuild": 12,
    "county-go-back": 14,
    "city-restore": 13,
}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a city and a county with something to send, in memory where that can be."""
    folder = tmp_path_factory.mktemp("faults") / "base"
    subprocess.run([sys.executable, "-c", f"{PREPARE}({str(folder)!r}))"], check=True, cwd=PROJECT)
    return folder


PREPARE = "from pathlib import Path; from tests.simulation.faults import prepare; prepare(Path"


def sweep(base: Path, step: str, mode: str, stride: int, **environment: str) -> None:
    own = {
        n: v for n, v in os.environ.items() if not n.startswith("COVERAGE")
    }  # a broken process measures nothing
    told = subprocess.run(
        [sys.executable, "-m", "tests.simulation.faults", str(base), step, mode, "1", str(stride)],
        check=False,
        cwd=PROJECT,
        env={**own, **environment},
        capture_output=True,
        text=True,
    )
    assert told.returncode == 0, told.stdout + told.stderr


@pytest.mark.parametrize("mode", [FAIL, KILL])
@pytest.mark.parametrize("step", faults.STEPS)
def test_a_step_broken_at_some_of_its_writes(base: Path, step: str, mode: str) -> None:
    sweep(base, step, mode, QUICK[step])


@pytest.mark.slow
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("step", faults.STEPS)
def test_a_step_broken_at_every_one_of_its_writes(base: Path, step: str, mode: str) -> None:
    sweep(base, step, mode, 1)


@pytest.fixture(scope="module")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the library that breaks system calls; it needs a C compiler and a C library it can stand before."""
    return breaking.shim(tmp_path_factory.mktemp("shim")) or pytest.skip("no C compiler here")


@pytest.mark.slow
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("step", faults.STEPS)
def test_a_step_broken_at_every_system_call_that_writes(base: Path, shim: Path, step: str, mode: str) -> None:
    sweep(base, step, mode, 1, LD_PRELOAD=str(shim))
