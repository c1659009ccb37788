"""Play seeds one after another, going on where an earlier call stopped: ``python -m tests.simulation --help``."""

import argparse
import json
import os
import sys
import tempfile
import traceback
from pathlib import Path
from unittest.mock import patch

from ipdesk.files import write_bytes
from ipdesk.sync.marker import PLACE
from tests.simulation.engine import STEPS, play
from tests.simulation.judging import problems

STATE = Path("build/simulation.json")


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


def _fast() -> str | None:
    """Return a folder in memory where there is one: the runs ask for what is written, not whether a disk keeps it."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.simulation")
    parser.add_argument("--seeds", type=int, default=20, help="how many seeds in all")
    parser.add_argument(
        "--from", type=int, dest="first", help="begin at this seed, whatever was played before"
    )
    parser.add_argument("--steps", type=int, default=STEPS, help="steps of each run")
    parser.add_argument("--state", type=Path, default=STATE, help="where the progress is kept")
    return parser.parse_args()


def main() -> int:
    """Play the seeds that are left; print each failing one with how to replay it, and one summary line."""
    told = _arguments()
    kept = json.loads(told.state.read_text()) if told.state.is_file() and told.first is None else {}
    first, failed = kept.get("next", told.first or 0), kept.get("failed", [])
    begin = kept.get("from", first)
    told.state.parent.mkdir(parents=True, exist_ok=True)
    for seed in range(first, begin + told.seeds):
        if wrong := judged(seed, told.steps):
            failed.append(seed)
            print(
                f"seed {seed} failed; replay: python -m tests.simulation --seeds 1 --from {seed}", flush=True
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
