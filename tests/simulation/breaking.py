"""Break a process at the N-th place where it writes: once, from there on, or by ending it."""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from db.engine import OperationalError
from db.store import SqlStore

FAIL, KILL, GONE = "fail", "kill", "gone"
MODES = (FAIL, KILL, GONE)
KILLED = 9


def shim(folder: Path) -> Path | None:
    """Build the library that breaks system calls, ``None`` where there is no C compiler or another system."""
    compiler, library = shutil.which("cc"), folder / "shim.so"
    if compiler is None or not sys.platform.startswith("linux"):
        return None
    source = Path(__file__).with_name("shim.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-o", str(library), str(source), "-ldl"], check=True)
    return library


class Breaker:
    """Counts the program's own writes and statements, and breaks at one of them."""

    def __init__(self, number: int, mode: str) -> None:
        """Say at which one, and how."""
        self._left, self._mode, self.fired = number, mode, False

    def point(self, error: type[Exception] = OSError) -> None:
        """Pass a place where something is written; what breaks there is an error of this type."""
        self._left -= 1
        if self._left == 0 or (self._left < 0 and self._mode == GONE):
            self.fired = True
            if self._mode == KILL:
                os._exit(KILLED)
            raise error(5, "injected") if error is OSError else error("disk I/O error")

    def around(self, real: Callable[..., object]) -> Callable[..., object]:
        """Return a function that passes such a place first."""

        def broken(*args: object, **named: object) -> object:
            self.point()
            return real(*args, **named)

        return broken


class Statements:
    """A connection whose every statement that writes is a place to break."""

    def __init__(self, real: Any, breaker: Breaker) -> None:  # noqa: ANN401  # the driver has no types
        """Take the real connection."""
        self._real, self._breaker = real, breaker

    def __getattr__(self, name: str) -> object:
        found = getattr(self._real, name)
        return partial(self._run, found) if name in ("execute", "executemany") else found

    def _run(self, real: Callable[..., object], statement: str, *rest: object) -> object:
        if not statement.lstrip().upper().startswith(("SELECT", "PRAGMA", "ROLLBACK")):
            self._breaker.point(OperationalError)
        return real(statement, *rest)


@contextmanager
def broken(store: SqlStore, number: int, mode: str) -> Iterator[Callable[[], bool]]:
    """Break whatever is done meanwhile; give what tells whether it came to that."""
    if "LD_PRELOAD" in os.environ:
        shim = ctypes.CDLL(None)
        shim.shim_arm(ctypes.c_long(number), 1 + MODES.index(mode))
        fired: list[bool] = []

        def told() -> bool:
            fired.append(bool(shim.shim_disarm()))
            return any(fired)

        yield told
        told()
        return
    breaker, database = Breaker(number, mode), store._db  # noqa: SLF001  # where no caller may reach
    real = database.conn
    database.conn = Statements(real, breaker)  # type: ignore[assignment]
    with (
        patch("os.fsync", breaker.around(os.fsync)),
        patch("os.replace", breaker.around(os.replace)),
        patch("os.unlink", breaker.around(os.unlink)),
    ):
        yield lambda: breaker.fired
    database.conn = real
