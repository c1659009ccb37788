"""The worker: one thread owns the store, results come back to the screen's thread, closing is clean."""

import threading
import time
from typing import Any, cast

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ipdesk.store import Store
from tests.ui.conftest import WAIT
from ui.worker import Cancelled, Op, Report, Task, Worker


class Closing:
    """A store that only knows how to close."""

    def __init__(self, error: Exception | None = None) -> None:
        self.closed_on = ""
        self._error = error

    def close(self) -> None:
        self.closed_on = threading.current_thread().name
        if self._error:
            raise self._error


@pytest.fixture
def owner(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def opened(owner: QWidget, qtbot: QtBot, store: Closing | None = None) -> Worker:
    worker = Worker()
    told: list[Any] = []
    held = cast("Store", store or Closing())
    worker.open(lambda: (held, "office"), told.append, told.append, owner)
    qtbot.waitUntil(lambda: bool(told), timeout=WAIT)
    assert told == ["office"]
    return worker


def giving(number: int) -> Op:
    return lambda _store, _report: number


def test_a_deed_runs_on_the_thread_and_its_result_comes_back_here(owner: QWidget, qtbot: QtBot) -> None:
    worker = opened(owner, qtbot)
    told: list[Any] = []

    def op(_store: Store, _report: Report) -> str:
        return threading.current_thread().name

    worker.submit(Task(op, lambda name: told.append((name, threading.current_thread())), told.append, owner))
    qtbot.waitUntil(lambda: bool(told), timeout=WAIT)
    assert told == [("store", threading.main_thread())]
    worker.close()


def test_deeds_are_done_in_the_order_asked(owner: QWidget, qtbot: QtBot) -> None:
    worker = opened(owner, qtbot)
    told: list[Any] = []
    for number in range(20):
        worker.submit(Task(giving(number), told.append, told.append, owner))
    qtbot.waitUntil(lambda: not worker.busy, timeout=WAIT)
    assert told == list(range(20))
    worker.close()


def test_an_error_is_told_on_this_thread(owner: QWidget, qtbot: QtBot) -> None:
    worker = opened(owner, qtbot)
    told: list[Any] = []

    def op(_store: Store, _report: Report) -> None:
        raise ValueError("wrong")

    worker.submit(Task(op, told.append, lambda error: told.append(type(error)), owner))
    qtbot.waitUntil(lambda: bool(told), timeout=WAIT)
    assert told == [ValueError]
    worker.close()


def test_nobody_is_told_of_a_deed_given_up(owner: QWidget, qtbot: QtBot) -> None:
    worker, begun = opened(owner, qtbot), threading.Event()
    told: list[Any] = []
    seen: list[object] = []

    def op(_store: Store, report: Report) -> None:
        begun.set()
        try:
            while True:
                report(0, 1)
                time.sleep(0.001)
        except Cancelled as error:
            seen.append(error)
            raise

    task = worker.submit(Task(op, told.append, told.append, owner))
    waiting = worker.submit(Task(op, told.append, told.append, owner))
    assert begun.wait(10)
    task.cancel()
    waiting.cancel()
    qtbot.waitUntil(lambda: not worker.busy, timeout=WAIT)
    assert (told, len(seen)) == ([], 1)
    worker.close()


def test_progress_comes_in_steps_and_the_last_always(owner: QWidget, qtbot: QtBot) -> None:
    worker = opened(owner, qtbot)
    steps: list[Any] = []
    done: list[Any] = []

    def op(_store: Store, report: Report) -> None:
        for number in range(1001):
            report(number, 1000)

    task = Task(op, done.append, done.append, owner, lambda n, total: steps.append((n, total)))
    worker.submit(task)
    held = worker.has_long_deed
    qtbot.waitUntil(lambda: bool(done), timeout=WAIT)
    assert steps[-1] == (1000, 1000)
    assert len(steps) < 500
    assert (held, worker.has_long_deed) == (True, False)
    worker.close()


def test_an_owner_that_is_gone_is_not_told(qtbot: QtBot, owner: QWidget) -> None:
    worker = opened(owner, qtbot)
    told: list[Any] = []
    gone = QWidget()
    task = Task(lambda _s, _r: 1, told.append, told.append, gone)
    import shiboken6

    shiboken6.delete(gone)
    worker.submit(task)
    qtbot.waitUntil(lambda: not worker.busy, timeout=WAIT)
    assert told == []
    worker.close()


def test_closing_closes_the_store_on_its_thread(owner: QWidget, qtbot: QtBot) -> None:
    store = Closing()
    worker = opened(owner, qtbot, store)
    told: list[Any] = []
    worker.submit(Task(lambda _s, _r: told.append(1), told.append, told.append, owner))
    worker.close()
    assert store.closed_on == "store"


def test_trouble_in_closing_is_raised_here(owner: QWidget, qtbot: QtBot) -> None:
    worker = opened(owner, qtbot, Closing(OSError("full")))
    with pytest.raises(OSError, match="full"):
        worker.close()


def test_a_worker_without_a_store_closes_too() -> None:
    Worker().close()
