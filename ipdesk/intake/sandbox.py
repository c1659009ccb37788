"""Do something with a foreign file in a child process, within limits of time and memory."""

import multiprocessing
import os
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, NamedTuple, TypeVar

from ipdesk.crash import ChildCrash, steps
from ipdesk.intake import fence
from ipdesk.intake.sniff import LIMITS, Limits
from ipdesk.problems import Refusal

Result = TypeVar("Result")
Beat = Callable[[], None]
_LEAVING = 2.0  # seconds for a child that has answered to end by itself
_BEAT = 0.1  # seconds between two looks whether the task was given up
_TOO_LONG = "读这个文件花的时间太长，已停止。请只保留需要的工作表和行，另存后再导入"
_BROKE = "读这个文件时占用太大或文件已损坏，已停止。请把有内容的区域复制到新表，另存为“.xlsx”后再导入"


class Outcome(NamedTuple):
    """What came of a task: its result, else a sentence why not, else the steps to a bug of this program."""

    result: Any = None
    refused: str = ""
    crash: tuple[str, ...] = ()


def guarded(
    task: Callable[..., Result], *given: object, limits: Limits = LIMITS, beat: Beat = lambda: None
) -> Result:
    """Return what ``task`` (a function at the top of a module) returns when run in a child process.

    A ``Refusal`` it raises comes through; a child that dies, grows or dawdles is one Chinese sentence; a bug of
    this program is a ``ChildCrash``. ``beat`` is called while waiting; what it raises gives the task up.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_serve, args=(theirs, limits, task, given), daemon=True)
    child.start()
    try:
        theirs.close()  # else the death of the child would not be noticed
        with fence.fenced(child.sentinel, limits.memory, fence.kernel()):
            outcome = _answer(ours, limits.seconds, beat)
            child.join(_LEAVING if outcome.refused != _TOO_LONG else 0)
    finally:
        ours.close()
        child.kill()
        child.join()
    if outcome.crash:
        raise ChildCrash(outcome.crash)
    if outcome.refused:
        raise Refusal(outcome.refused)
    return outcome.result  # type: ignore[no-any-return]  # what the task returned came through the pipe


def _answer(pipe: Connection, seconds: float, beat: Beat) -> Outcome:
    deadline = time.monotonic() + seconds
    try:
        while not pipe.poll(max(0.0, min(_BEAT, deadline - time.monotonic()))):
            if time.monotonic() >= deadline:
                return Outcome(refused=_TOO_LONG)
            beat()
        return pipe.recv()  # type: ignore[no-any-return]
    except (EOFError, ConnectionError):
        return Outcome(refused=_BROKE)


def _serve(pipe: Connection, limits: Limits, task: Callable[..., object], given: tuple[object, ...]) -> None:
    """Run in the child: bind it to its limits, do the task, send what came of it."""
    _silence()
    fence.limit_self(limits.memory, limits.seconds)
    pipe.send(outcome_of(task, given))
    pipe.close()


def outcome_of(task: Callable[..., object], given: tuple[object, ...]) -> Outcome:
    """Return what comes of a task; a reader of foreign files refuses what it cannot read, so all else is a bug."""
    try:
        return Outcome(task(*given))
    except Refusal as refusal:
        return Outcome(refused=refusal.message)
    except MemoryError:
        return Outcome(refused=_BROKE)
    except Exception as error:
        return Outcome(crash=tuple(steps(error)))


def _silence() -> None:
    """Send what native readers print when they break nowhere: it may hold cells, and means nothing to a clerk."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
