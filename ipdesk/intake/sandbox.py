"""Do something with a foreign file in a child process, within limits of time and memory."""

import contextlib
import multiprocessing
import os
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from ipdesk.intake.sniff import LIMITS, Limits
from ipdesk.problems import Refusal

Result = TypeVar("Result")
_LEAVING = 2.0  # seconds for a child that has answered to end by itself
_TOO_LONG = "读这个文件花的时间太长，已停止。请只保留需要的工作表和行，另存后再导入"
_BROKE = "读这个文件时占用太大或文件已损坏，已停止。请把有内容的区域复制到新表，另存为“.xlsx”后再导入"


def guarded(task: Callable[..., Result], *given: object, limits: Limits = LIMITS) -> Result:
    """Return what ``task`` (a function at the top of a module) returns when run in a child process.

    A ``Refusal`` it raises comes through; a child that breaks, grows or dawdles is one Chinese sentence.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_serve, args=(theirs, limits, task, given), daemon=True)
    child.start()
    try:
        theirs.close()  # else the death of the child would not be noticed
        told, outcome = _answer(ours, limits.seconds)
        child.join(_LEAVING if told != _TOO_LONG else 0)
    finally:
        ours.close()
        child.kill()
        child.join()
    if told:
        raise Refusal(told)
    return outcome  # type: ignore[no-any-return]  # what the task returned came through the pipe


def _answer(pipe: Connection, seconds: float) -> tuple[str, Any]:
    """Return (sentence of a refusal or nothing, result)."""
    deadline = time.monotonic() + seconds
    try:
        while not pipe.poll(max(0.0, min(1.0, deadline - time.monotonic()))):
            if time.monotonic() >= deadline:
                return _TOO_LONG, None
        return pipe.recv()  # type: ignore[no-any-return]
    except (EOFError, OSError):
        return _BROKE, None


def _serve(pipe: Connection, limits: Limits, task: Callable[..., object], given: tuple[object, ...]) -> None:
    """Run in the child: bind it to its limits, do the task, send what came of it."""
    _silence()
    limit_memory(limits.memory)
    pipe.send(outcome_of(task, given))
    pipe.close()


def outcome_of(task: Callable[..., object], given: tuple[object, ...]) -> tuple[str, object]:
    """Return (sentence of a refusal or nothing, result) of a task; whatever breaks is a refusal too."""
    try:
        return "", task(*given)
    except Refusal as refusal:
        return refusal.message, None
    except Exception:
        # A foreign file can make a reader fail in any way; the clerk can do the same about all of them.
        return _BROKE, None


def limit_memory(size: int) -> None:
    """Let this process have so many bytes of memory at most, where the system can be told."""
    try:
        import resource
    except ImportError:  # Windows
        return
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (size, size))


def _silence() -> None:
    """Send what native readers print when they break nowhere: it may hold cells, and means nothing to a clerk."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
