"""The buttons that take the last act back and do it again; each says what it would do."""

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton, QWidget

from ipdesk.records import LastAct
from ipdesk.store import Store
from ui.session import Session
from ui.texts import common
from ui.texts import many as texts
from ui.widgets.basic import button

Deed = Callable[[], object]
Acts = tuple[LastAct | None, LastAct | None]


class UndoButtons:
    """Two buttons that follow what the store could take back or do again."""

    def __init__(self, session: Session, page: QWidget, undo: Deed, redo: Deed) -> None:
        """Work for a page, which does what they say."""
        self._session, self._page = session, page
        self._held = False
        self.undo = button(common.UNDO, kind="link", clicked=undo, hint="Ctrl+Z")
        self.redo = button(texts.REDO, kind="link", clicked=redo, hint="Ctrl+Y")
        session.changed.connect(lambda _changed: self.ask())

    @property
    def both(self) -> tuple[QPushButton, QPushButton]:
        """Return the buttons in order."""
        return self.undo, self.redo

    def hold(self, held: bool) -> None:
        """Let nothing be taken back while the past is looked at."""
        self._held = held
        self.ask()

    def ask(self) -> None:
        """Ask what could be taken back and done again."""

        def op(store: Store) -> Acts:
            return store.undoable(), store.redoable()

        self._session.ask(self._page, op, self._tell)

    def _tell(self, acts: Acts) -> None:
        hints = (texts.UNDO_HINT, texts.NO_UNDO), (texts.REDO_HINT, texts.NO_REDO)
        for made, act, (some, none) in zip(self.both, acts, hints, strict=True):
            words = some.format(deed=act.deed) if act else none
            made.setToolTip(words)
            made.setAccessibleDescription(words)
            made.setEnabled(act is not None and not self._held)
