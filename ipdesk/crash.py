"""Write down what went wrong inside the program, without any value that a record could hold."""

import platform
import sys
import traceback
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from ipdesk import __version__
from ipdesk.files import write_bytes
from ipdesk.problems import Refusal


class ChildCrash(Exception):
    """A bug in a child process: ``steps`` tell its way through the program as a report does."""

    def __init__(self, steps: Sequence[str]) -> None:
        """Keep the steps; an error itself cannot always leave its process."""
        super().__init__("a child process crashed")
        self.steps = tuple(steps)


def report_crash(error: BaseException, folder: Path) -> Path | None:
    """Write a crash report into a folder and return its path, ``None`` where nothing can be written.

    The error's own words are left out, since they may quote a record; kinds of errors, files, lines remain.
    """
    now = datetime.now().astimezone()
    out = folder / f"crash-{now:%Y%m%d-%H%M%S}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_bytes(out, _report(error, now).encode())
    except (OSError, Refusal):
        return None
    return out


def _report(error: BaseException, now: datetime) -> str:
    head = [
        f"IPDesk {__version__}",
        f"Python {sys.version.split()[0]}, {platform.platform()}",
        now.isoformat(timespec="seconds"),
    ]
    return "\n".join([*head, *steps(error)]) + "\n"


def steps(error: BaseException) -> list[str]:
    """Return the chain of errors, the first cause first, each with its path through the program."""
    cause = error.__cause__ or error.__context__
    path = traceback.extract_tb(error.__traceback__)
    here = [f"  {Path(step.filename).name}:{step.lineno} {step.name}" for step in path]
    inside = error.steps if isinstance(error, ChildCrash) else ()
    return [*inside, *(steps(cause) if cause else []), type(error).__name__, *here]
