"""Run every deed of the store on the one thread that owns it, and bring the result back to the screen's thread."""

import contextlib
import sys
import threading
import time
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from ipdesk.store import Store

Report = Callable[[int, int], None]
Op = Callable[[Store, Report], Any]
PAUSE = 0.05  # seconds between two reports; a screen needs no more
# Seconds after which one thread lets the other go on. The screens' thread lets go of Python at every call of Qt, and
# would wait Python's usual 0.005 to take it up again each time while the store's thread is at work.
TURN = 0.0003


class Cancelled(Exception):
    """The deed was given up by the clerk before it was done."""


class Task:
    """One background deed: what to do, and what to tell whom afterwards.

    ``op`` gets the store and a function (done, total) that reports progress and ends the deed once cancelled.
    ``owner`` is the widget that asked; when it is gone nobody is told.
    """

    def __init__(
        self,
        op: Op,
        success: Callable[[Any], None],
        failure: Callable[[Exception], None],
        owner: QObject,
        progress: Report | None = None,
    ) -> None:
        """Keep the deed until its turn."""
        self.op, self.success, self.failure, self.owner = op, success, failure, owner
        self.progress = progress
        self._cancelled = threading.Event()

    @property
    def cancelled(self) -> bool:
        """Tell whether the deed was given up."""
        return self._cancelled.is_set()

    @property
    def wanted(self) -> bool:
        """Tell whether somebody still waits for the result."""
        return not self.cancelled and isValid(self.owner)

    def cancel(self) -> None:
        """Give the deed up: it ends at its next report, and nobody is told of a result."""
        self._cancelled.set()


class Worker(QObject):
    """The thread that owns the store; deeds are done one after another in the order asked."""

    _ended = Signal(object)
    idle = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        """Start the thread, which waits without a store."""
        super().__init__(parent)
        self._store: Store | None = None
        self._broken: Exception | None = None
        self._queue: SimpleQueue[Task | None] = SimpleQueue()
        self._waiting: set[Task] = set()
        sys.setswitchinterval(TURN)
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._work, name="store", daemon=True)
        self._thread.start()

    @property
    def busy(self) -> bool:
        """Tell whether a deed is under way or waiting."""
        return bool(self._waiting)

    @property
    def has_long_deed(self) -> bool:
        """Tell whether a deed that reports its progress is under way or waiting."""
        return any(task.progress and not task.cancelled for task in self._waiting)

    def submit(self, task: Task) -> Task:
        """Put a deed in the queue."""
        self._waiting.add(task)
        self.idle.emit(False)
        self._queue.put(task)
        return task

    def open(
        self,
        make: Callable[[], tuple[Store, Any]],
        success: Callable[[Any], None],
        failure: Callable[[Exception], None],
        owner: QObject,
    ) -> Task:
        """Open or make a store on the thread and keep it there; ``success`` gets what came with it."""

        def op(_store: Store, _report: Report) -> object:
            self._store, told = make()
            return told

        return self.submit(Task(op, success, failure, owner))

    def close(self) -> None:
        """Give up what waits, let the running deed end, close the store and end the thread."""
        for task in self._waiting:
            task.cancel()
        self._queue.put(None)
        self._thread.join()
        self._waiting.clear()
        if self._broken:
            raise self._broken

    def _work(self) -> None:
        while self._work_once():
            pass
        try:
            if self._store is not None:
                self._store.close()
        except Exception as error:  # raised again by close(), where somebody can be told
            self._broken = error

    def _work_once(self) -> bool:
        """Do the next deed; nothing of it is held here after, for widgets must not be let go of on this thread."""
        task = self._queue.get()
        if task:
            self._send(self._done(task))
        return task is not None

    def _send(self, told: Callable[[], None]) -> None:
        with contextlib.suppress(RuntimeError):  # the screens' side is already gone when the program ends
            self._ended.emit(told)

    def _done(self, task: Task) -> Callable[[], None]:
        """Do a deed; return what the screen's thread has to call."""
        try:
            if task.cancelled:
                raise Cancelled
            result = task.op(self._store, self._reporter(task))  # type: ignore[arg-type]  # only open() comes before
        except Exception as error:  # whatever goes wrong is told on the screen's thread
            told = error
            return lambda: self._finish(task, task.failure, told)
        return lambda: self._finish(task, task.success, result)

    def _reporter(self, task: Task) -> Report:
        last = 0.0

        def report(done: int, total: int) -> None:
            nonlocal last
            if task.cancelled:
                raise Cancelled
            now = time.monotonic()
            if task.progress and (now - last >= PAUSE or done == total):
                last, step = now, task.progress
                self._send(lambda: step(done, total) if task.wanted else None)

        return report

    def _finish(self, task: Task, tell: Callable[[Any], None], result: object) -> None:
        self._waiting.discard(task)
        if not self._waiting:
            self.idle.emit(True)
        if task.wanted:
            tell(result)

    def _deliver(self, told: Callable[[], None]) -> None:
        told()
