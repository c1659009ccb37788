"""Hold a workspace's folder while its store is opened or another takes its place: the store's own lock lies in it.

A store that is open keeps others out by itself. Between closing it and putting a backup in its place nobody would.
"""

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from db.engine import BUSY
from ipdesk.problems import Refusal

PLACE = "logs/ipdesk.lock"
PATIENCE = 2.0  # seconds: another one that opens, or is refused, is done by then
_TAKEN = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep others from opening a workspace; refused while one of them does. A killed process lets go of it.

    Where the folder takes no such file, or its disk knows no locks, nothing is held.
    """
    try:
        stream = (folder / PLACE).open("ab")
    except OSError:
        yield
        return
    with stream:
        _take(stream)
        yield


def _take(stream: BinaryIO) -> None:
    end = time.monotonic() + PATIENCE
    while not _is_taken(stream):
        if time.monotonic() > end:
            raise Refusal(BUSY)
        time.sleep(0.05)


def _is_taken(stream: BinaryIO) -> bool:
    """Tell whether the lock is ours now, or none can be had here at all."""
    try:
        _lock(stream)
    except OSError as error:
        return error.errno not in _TAKEN
    return True


if sys.platform == "win32":  # pragma: no cover - runs on Windows only, where the self-test covers it

    def _lock(stream: BinaryIO) -> None:
        import msvcrt

        os.lseek(stream.fileno(), 0, os.SEEK_SET)
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)

else:

    def _lock(stream: BinaryIO) -> None:
        import fcntl

        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
