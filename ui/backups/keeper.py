"""Back up by itself while one works: begun on the store's thread, finished on another, nobody waits for it."""

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from ipdesk.actions import backups as deeds
from ipdesk.actions.backups import Begun, Made
from ipdesk.backups import START, WORK
from ipdesk.store import Backups, Store
from ui.session import Session
from ui.texts import backups as texts
from ui.worker import Task

FIRST, MINUTE = 5_000, 60_000  # milliseconds: after the window stands, then between two looks


class Keeper(QObject):
    """Looks every minute whether something is unsaved for half an hour, and backs it up."""

    made = Signal()

    def __init__(self, session: Session, owner: QWidget) -> None:
        """Begin once the window stands."""
        super().__init__(owner)
        self._session, self._owner = session, owner
        self._backups: Backups | None = None
        self._is_beginning = self._is_busy = False
        self._trouble = ""
        self._clock = QTimer(self, interval=MINUTE)
        self._clock.timeout.connect(lambda: self.look(WORK))
        self._clock.start()
        QTimer.singleShot(FIRST, self, lambda: self.look(START))
        session.worker.idle.connect(self._give_way)

    def look(self, why: str) -> None:
        """Back up if something is unsaved for long."""
        if self._is_busy:
            return

        def op(store: Store) -> Begun | None:
            self._backups = store.backups
            is_due = deeds.due_at_start(store) if why == START else deeds.due_at_work(store)
            return deeds.begin(store, why, yielding=deeds.is_patient(store)) if is_due else None

        self._is_busy = True
        self._session.ask(self._owner, op, self._begun, self._failed)
        self._is_beginning = True

    def _give_way(self, idle: bool) -> None:
        """Let a copy that is being begun end when somebody asks the store for something."""
        if self._is_beginning and not idle and self._backups:
            self._backups.give_way()

    def _begun(self, begun: Begun | None) -> None:
        self._is_beginning = False
        if begun is None:
            self._is_busy = False
            return
        told = begun
        self._session.aside.submit(
            Task(
                lambda _store, _report: told.finish(),
                lambda made: self._finished(told, made),
                self._not_finished,
                self._owner,
            )
        )

    def _finished(self, begun: Begun, made: Made) -> None:
        self._session.ask(
            self._owner, lambda store: deeds.note(store, begun, made), self._noted, self._failed
        )
        self._tell(made.problem)

    def _tell(self, trouble: str) -> None:
        """Say in passing what went wrong, once as long as it stays the same."""
        if trouble and trouble != self._trouble:
            self._session.tell(texts.AUTO_FAILED.format(reason=trouble))
        self._trouble = trouble

    def _noted(self, _none: None) -> None:
        self._is_busy = False
        self.made.emit()

    def _not_finished(self, error: Exception) -> None:
        reason = self._session.reason(error)
        self._session.ask(
            self._owner, lambda store: deeds.note_failure(store, reason), lambda _none: None, self._failed
        )
        self._failed(error)

    def _failed(self, error: Exception) -> bool:
        """Say in passing that it was not done; the next try is in a minute."""
        self._is_beginning = self._is_busy = False
        self._tell(self._session.reason(error))
        return True
