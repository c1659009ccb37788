"""Bring a workspace back from a backup whose data file is damaged or gone, before it can be opened."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ipdesk.store import Stage
from ui.session import Desk, explain
from ui.texts import start as texts
from ui.worker import Task, Worker

Door = Callable[[Path, str | None, Path], AbstractContextManager[Stage]]


class Rescue(QObject):
    """Lets a backup be chosen, tells what it is, puts it back; says which folder can be opened then."""

    done = Signal(object, object)

    def __init__(self, desk: Desk, door: Door, owner: QWidget) -> None:
        """Work on a thread of its own, for there is no store."""
        super().__init__(owner)
        self._desk, self._door, self._owner = desk, door, owner
        self._worker: Worker | None = None

    def begin(self, folder: Path, password: str | None) -> None:
        """Let a backup be chosen and look into it."""
        chosen = self._desk.dialogs.open_files(self._owner, texts.RESCUE_CHOOSE, texts.RESCUE_DB)
        if chosen:
            file = chosen[0]
            self._do(
                lambda: self._looked(folder, password, file),
                lambda lines: self._ask(folder, password, file, lines),
            )

    def _looked(self, folder: Path, password: str | None, file: Path) -> list[str]:
        from ipdesk.actions.restoring import look

        with self._door(folder, password, file) as stage:
            return look(stage, file, None).lines("rebuild")

    def _ask(self, folder: Path, password: str | None, file: Path, lines: list[str]) -> None:
        text = "\n".join([*lines, texts.RESCUE_AFTER])
        if self._desk.dialogs.ask(self._owner, texts.RESCUE_TITLE, text, texts.RESCUE_YES, texts.RESCUE_NO):
            self._do(
                lambda: self._put_back(folder, password, file),
                lambda _none: self.done.emit(folder, password),
            )

    def _put_back(self, folder: Path, password: str | None, file: Path) -> None:
        from ipdesk.actions.restoring import put_back

        with self._door(folder, password, file) as stage:
            put_back(stage, file, "rebuild")

    def _do(self, deed: Callable[[], object], told: Callable[[Any], None]) -> None:
        """Do what takes long on another thread."""
        self._worker = worker = self._worker or Worker(self)
        worker.submit(Task(lambda _store, _report: deed(), told, self._failed, self._owner))

    def _failed(self, error: Exception) -> None:
        explain(self._desk, self._owner, error)

    def close(self) -> None:
        """End the thread."""
        if self._worker:
            self._worker.close()
