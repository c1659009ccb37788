"""The open workspace as the screens see it: its office, its declarations and the worker that all is asked of."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ipdesk import files
from ipdesk.actions import ledger as ledger_deeds
from ipdesk.kinds.declare import Catalogue, Kind
from ipdesk.problems import Refusal
from ipdesk.records import Changed, LastAct
from ipdesk.store import Office, Store
from ui.dialogs import Dialogs
from ui.preferences import Preferences
from ui.texts import common
from ui.worker import Cancelled, Op, Report, Task, Worker

T = TypeVar("T")
SMALL = 12  # records of one act that may be taken back without a question: a few rows with their parts


@dataclass(frozen=True, slots=True)
class Desk:
    """What every screen is given: the declarations, the door for dialogs, what is remembered, and who reports bugs."""

    catalogue: Catalogue
    dialogs: Dialogs
    preferences: Preferences
    report_bug: Callable[[BaseException], None]


class Session(QObject):
    """One open workspace; screens ask it for everything and hear from it what changed."""

    changed = Signal(object)
    office_changed = Signal(object)
    told = Signal(str, bool)

    def __init__(self, desk: Desk, worker: Worker, office: Office, folder: Path) -> None:
        """Take over a worker whose store is open."""
        super().__init__()
        self.desk, self.worker, self.office, self.folder = desk, worker, office, folder
        self.saved_at: datetime | None = None
        self.opened_at = datetime.now().astimezone().replace(microsecond=0)

    @property
    def catalogue(self) -> Catalogue:
        """Return the declarations."""
        return self.desk.catalogue

    @property
    def dialogs(self) -> Dialogs:
        """Return the door for dialogs."""
        return self.desk.dialogs

    @property
    def is_city(self) -> bool:
        """Tell whether the workspace is the city's."""
        return self.office.role == "city"

    def ask(
        self,
        owner: QWidget,
        op: Callable[[Store], T],
        success: Callable[[T], None],
        failure: Callable[[Exception], bool] | None = None,
    ) -> Task:
        """Ask the store something; ``failure`` tells whether it has dealt with the error itself."""
        return self.work(owner, lambda store, _report: op(store), success, failure)

    def work(
        self,
        owner: QWidget,
        op: Op,
        success: Callable[[Any], None],
        failure: Callable[[Exception], bool] | None = None,
        progress: Report | None = None,
    ) -> Task:
        """Do a longer deed with the store, with progress."""

        def failed(error: Exception) -> None:
            if not (failure and failure(error)):
                self.explain(owner, error)

        return self.worker.submit(Task(op, success, failed, owner, progress))

    def explain(self, parent: QWidget | None, error: Exception) -> None:
        """Tell the clerk what stood in the way; a bug becomes a report."""
        explain(self.desk, parent, error)

    def tell(self, words: str, *, can_undo: bool = False) -> None:
        """Say in passing what was done."""
        self.told.emit(words, can_undo)

    def report(self, deed: str, *kinds: Kind) -> None:
        """Let every screen know what was changed."""
        self.spread(Changed(deed, "", {kind.name: frozenset() for kind in kinds}))

    def spread(self, changed: Changed) -> None:
        """Pass on what the store says was changed."""
        self.saved_at = datetime.now()
        self.changed.emit(changed)

    def undo(self, owner: QWidget) -> None:
        """Take the last act back; a large one, or one from before this window opened, only after a question."""

        def found(last: LastAct | None) -> None:
            if last is None or self._is_fresh(last) or self._may_undo(owner, last):
                self.ask(owner, ledger_deeds.undo, self._undone)

        self.ask(owner, lambda store: store.undoable(), found)

    def _is_fresh(self, last: LastAct) -> bool:
        return last.count <= SMALL and datetime.fromisoformat(last.at) >= self.opened_at

    def _may_undo(self, owner: QWidget, last: LastAct) -> bool:
        at = datetime.fromisoformat(last.at).strftime("%Y-%m-%d %H:%M")
        words = common.UNDO_QUESTION.format(deed=last.deed, at=at, count=last.count)
        return self.dialogs.ask(owner, common.UNDO, words, common.UNDO)

    def _undone(self, changed: Changed) -> None:
        self.spread(changed)
        self.tell(common.UNDONE.format(deed=changed.deed))

    def rename(self, office: Office) -> None:
        """Take over what the store now says of the office."""
        self.office = office
        self.office_changed.emit(office)


def explain(desk: Desk, parent: QWidget | None, error: Exception) -> None:
    """Tell what stood in the way: a refusal and a troubled disk in a sentence, a bug as a report."""
    if isinstance(error, Cancelled):
        return
    if isinstance(error, Refusal):
        desk.dialogs.tell(parent, common.FAILED, error.message, "warning")
    elif isinstance(error, OSError):
        desk.dialogs.tell(parent, common.FAILED, common.DISK.format(reason=files.reason(error)), "error")
    else:
        desk.report_bug(error)
