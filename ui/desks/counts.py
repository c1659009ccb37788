"""Count what waits at each desk, some time after a change, so that nobody waits for it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from ipdesk.kinds.deciding import CONFLICT
from ipdesk.store import Store
from ui.session import Session

PAUSE = 1500  # milliseconds after a change: a clerk decides several things in a row


class DeskCounts(QObject):
    """Says of each desk how much waits there."""

    told = Signal(str, int)

    def __init__(self, session: Session, owner: QWidget) -> None:
        """Follow the changes of a session, and count at once."""
        super().__init__(owner)
        self._session, self._owner = session, owner
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.count)
        session.changed.connect(lambda _changed: self._pause.start())
        self._pause.start()

    def count(self) -> None:
        """Ask for every count, one question after another, so that others come in between."""
        for name, counter in COUNTERS.items():
            self._session.ask(self._owner, counter, partial(self.told.emit, name), self._fail)

    def _fail(self, error: Exception) -> bool:
        """Keep the last count; the desk itself says what stands in the way."""
        self._session.reason(error)
        return True


def _aside(store: Store) -> int:
    from ipdesk.sync.quarantine import waiting

    return len(waiting(store))


def _undecided(store: Store) -> int:
    return len(store.find(CONFLICT, state="open"))


def _suspected(store: Store) -> int:
    from ipdesk.sync.pairs import OPEN, pairs

    return sum(pair.state == OPEN for pair in pairs(store, hints=False))


def _overdue(store: Store) -> int:
    from ipdesk.sync.corrections import listed

    return sum(one.overdue for one in listed(store, "open"))


def _unreported(store: Store) -> int:
    from ipdesk import sync

    return sum(one.state == "overdue" for one in sync.completeness(store))


COUNTERS: dict[str, Callable[[Store], int]] = {
    "inbox": _aside,
    "conflicts": _undecided,
    "duplicates": _suspected,
    "corrections": _overdue,
    "completeness": _unreported,
}
