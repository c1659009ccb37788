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
from ui.dialogs import Dialogs, Tone
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
    reopen_asked = Signal()

    def __init__(self, desk: Desk, worker: Worker, office: Office, folder: Path) -> None:
        """Take over a worker whose store is open."""
        super().__init__()
        self.desk, self.worker, self.office, self.folder = desk, worker, office, folder
        self._aside: Worker | None = None
        self.saved_at: datetime | None = None
        self.opened_at = datetime.now().astimezone().replace(microsecond=0)

    @property
    def catalogue(self) -> Catalogue:
        """Return the declarations."""
        return self.desk.catalogue

    @property
    def aside(self) -> Worker:
        """Return a thread without a store, for long work that needs none."""
        if self._aside is None:
            self._aside = Worker(self)
        return self._aside

    def close(self) -> None:
        """Let what is under way end, close the store and end the threads."""
        try:
            if self._aside:
                self._aside.close()
        finally:
            self.worker.close()

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

    def reason(self, error: Exception) -> str:
        """Return what stood in the way as a sentence to show on a page; a bug becomes a report besides."""
        words = sentence(error)
        if not words:
            self.desk.report_bug(error)
        return words or common.BUG

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
                self.ask(owner, _undo, self._undone)

        self.ask(owner, lambda store: store.undoable(), found)

    def redo(self, owner: QWidget) -> None:
        """Do again what was taken back last."""
        self.ask(owner, _redo, self._undone)

    def _is_fresh(self, last: LastAct) -> bool:
        return last.count <= SMALL and datetime.fromisoformat(last.at) >= self.opened_at

    def _may_undo(self, owner: QWidget, last: LastAct) -> bool:
        at = datetime.fromisoformat(last.at).strftime("%Y-%m-%d %H:%M")
        words = common.UNDO_QUESTION.format(deed=last.deed, at=at, count=last.count)
        return self.dialogs.ask(owner, common.UNDO, words, common.UNDO)

    def _undone(self, told: tuple[Changed, str]) -> None:
        changed, name = told
        self.spread(changed)
        words = common.UNDONE_NAMED if name else common.UNDONE
        self.tell(words.format(deed=changed.deed, name=name))

    def rename(self, office: Office) -> None:
        """Take over what the store now says of the office."""
        self.office = office
        self.office_changed.emit(office)


def _undo(store: Store) -> tuple[Changed, str]:
    changed = ledger_deeds.undo(store)
    return changed, _name(store, changed)


def _redo(store: Store) -> tuple[Changed, str]:
    changed = ledger_deeds.redo(store)
    return changed, _name(store, changed)


def _name(store: Store, changed: Changed) -> str:
    """Return what the records concerned are called, also ones that are gone now: the first, and how many they are.

    A ledger's row has several records, so the kind with the most of them tells how many rows there were.
    """
    for ledger in store.catalogue.ledgers.values():
        kind = ledger.kind_of(ledger.name_field)
        rows = store.rows(ledger, sorted(changed.keys.get(ledger.root.name, ()))[:1])
        gone = store.get_many(kind, sorted(changed.keys.get(kind.name, ()))[:1])
        for values in [*(r.values for r in rows), *(r.values for r in gone.values())]:
            if name := ledger.called(values):
                once = {one.name for one in ledger.kinds} - {part.kind.name for part in ledger.many}
                count = max(len(changed.keys.get(one, ())) for one in once)
                return common.AND_MORE.format(name=name, count=f"{count:,}") if count > 1 else f"“{name}”"
    return ""


def explain(desk: Desk, parent: QWidget | None, error: Exception) -> None:
    """Tell what stood in the way: a refusal and a troubled disk in a sentence, a bug as a report."""
    if isinstance(error, Cancelled):
        return
    if words := sentence(error):
        tone: Tone = "warning" if isinstance(error, Refusal) else "error"
        desk.dialogs.tell(parent, common.FAILED, words, tone)
    else:
        desk.report_bug(error)


def sentence(error: Exception) -> str:
    """Return what a refusal or a troubled disk says; nothing for a bug."""
    if isinstance(error, Refusal):
        return error.message
    return common.DISK.format(reason=files.reason(error)) if isinstance(error, OSError) else ""
