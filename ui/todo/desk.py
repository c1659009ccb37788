"""Keep the list of what there is to do up to date, some rows at a time, so that nobody waits for it."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from ipdesk.store import Store
from ui.session import Session
from ui.worker import Task

if TYPE_CHECKING:
    from ipdesk.todo import Item

PAUSE = 1200  # milliseconds after a change: a clerk saves several things in a row
PRESSING = ("urgent", "soon")


class TodoDesk(QObject):
    """Holds what there is to do; says when that is known anew."""

    told = Signal()

    def __init__(self, session: Session, owner: QWidget) -> None:
        """Follow the changes of a session; ``look`` begins at once."""
        super().__init__(owner)
        self._session, self._owner = session, owner
        self._task: Task | None = None
        self.items: Sequence[Item] = ()
        self.known, self.trouble = False, ""
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.look)
        session.changed.connect(lambda _changed: self._pause.start())
        self._pause.start()

    @property
    def pressing(self) -> int:
        """Return how many things press by a day or by the city's word."""
        return sum(item.severity.value in PRESSING for item in self.items)

    def look(self) -> None:
        """Find out anew what there is to do, an older search being dropped."""
        self._pause.stop()
        if self._task:
            self._task.cancel()
        self._step(None, [])

    def _step(self, steps: "Iterator[list[Item]] | None", found: "list[Item]") -> None:
        """Ask for the next part; other questions come in between."""

        def op(store: Store) -> "tuple[Iterator[list[Item]], list[Item], bool]":
            from ipdesk import todo

            going = steps or todo.steps(store)
            part = next(going, None)
            return (going, todo.in_order(found), True) if part is None else (going, [*found, *part], False)

        self._task = self._session.ask(self._owner, op, self._take, self._fail)

    def _take(self, told: "tuple[Iterator[list[Item]], list[Item], bool]") -> None:
        steps, found, done = told
        if not done:
            self._step(steps, found)
            return
        self._task, self.items, self.known, self.trouble = None, found, True, ""
        self.told.emit()

    def _fail(self, error: Exception) -> bool:
        """Keep what was known; the page tells why there is nothing newer."""
        self._task, self.trouble = None, self._session.reason(error)
        self.told.emit()
        return True
