"""Play seeds one after another, going on where an earlier call stopped: ``python -m tests.simulation --help``."""

import argparse
import json
import os
import random
import sys
import tempfile
import traceback
from pathlib import Path
from unittest.mock import patch

from ipdesk.files import write_bytes
from ipdesk.sync.marker import PLACE
from tests.simulation import commands
from tests.simulation.breaking import shim
from tests.simulation.engine import STEPS, play
from tests.simulation.judging import problems
from tests.simulation.runner import SHIM

STATE, CLI_STATE = Path("build/simulation.json"), Path("build/simulation-cli.json")


def judged(seed: int, steps: int) -> list[str]:
    """Return what was wrong at the end of a run, or where it stopped."""
    with (
        tempfile.TemporaryDirectory(dir=_fast()) as folder,
        patch.dict(os.environ, {PLACE: str(Path(folder) / "markers")}),
    ):
        try:
            run = play(seed, Path(folder), steps)
        except Exception:
            return [traceback.format_exc()]
        try:
            return problems(run)
        finally:
            run.close()


def judged_by_commands(seed: int, steps: int, kept: Path) -> list[str]:
    """Return what was wrong with a run through the command line; the commands of such a one stay in a folder."""
    with (
        tempfile.TemporaryDirectory(dir=_fast()) as folder,
        patch.dict(os.environ, {PLACE: str(Path(folder) / "markers")}),
    ):
        run = commands.Commands(Path(folder), random.Random(seed))
        try:
            found = commands.played(run, steps)
        except Exception:
            found = [traceback.format_exc()]
    if found:
        write_bytes(kept / f"commands-{seed}.txt", "\n".join(run.runner.log).encode())
    return found


def _fast() -> str | None:
    """Return a folder in memory where there is one: the runs ask for what is written, not whether a disk keeps it."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.simulation")
    parser.add_argument("--seeds", type=int, default=20, help="how many seeds in all")
    parser.add_argument(
        "--from", type=int, dest="first", help="begin at this seed, whatever was played before"
    )
    parser.add_argument(
        "--cli", action="store_true", help="through the command line, with commands broken and killed"
    )
    parser.add_argument("--steps", type=int, help="steps of each run")
    parser.add_argument("--state", type=Path, help="where the progress is kept")
    told = parser.parse_args()
    told.state = told.state or (CLI_STATE if told.cli else STATE)
    told.steps = told.steps or (commands.STEPS if told.cli else STEPS)
    return told


def _shimmed(folder: Path) -> None:
    """Begin this program again behind the library that breaks system calls, where it can be built."""
    if SHIM not in os.environ and (library := shim(folder)):
        begun = [sys.executable, "-m", "tests.simulation", *sys.argv[1:]]
        os.execve(sys.executable, begun, {**os.environ, SHIM: str(library.absolute())})


def main() -> int:
    """Play the seeds that are left; print each failing one with how to replay it, and one summary line."""
    told = _arguments()
    kept = json.loads(told.state.read_text()) if told.state.is_file() and told.first is None else {}
    first, failed = kept.get("next", told.first or 0), kept.get("failed", [])
    begin = kept.get("from", first)
    told.state.parent.mkdir(parents=True, exist_ok=True)
    if told.cli:
        _shimmed(told.state.parent)
    for seed in range(first, begin + told.seeds):
        wrong = (
            judged_by_commands(seed, told.steps, told.state.parent) if told.cli else judged(seed, told.steps)
        )
        if wrong:
            failed.append(seed)
            how = "--cli " if told.cli else ""
            print(
                f"seed {seed} failed; replay: python -m tests.simulation {how}--seeds 1 --from {seed}",
                flush=True,
            )
            print(*wrong[:6], sep="\n", flush=True)
        write_bytes(told.state, json.dumps({"from": begin, "next": seed + 1, "failed": failed}).encode())
    done = begin + told.seeds - begin
    print(
        f"seeds {begin}..{begin + told.seeds - 1}: {done - len(failed)} of {done} converged; failed: {failed or 'none'}"
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
