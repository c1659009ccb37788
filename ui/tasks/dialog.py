"""The small window in which a supervision slip is issued, answered or closed."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from ipdesk.store import Store
from ui.session import Session
from ui.texts import common
from ui.texts import tasks as texts
from ui.widgets.basic import button, label, row, shortcut
from ui.widgets.labelled import Labelled
from ui.widgets.notice import Notice


class Asked(NamedTuple):
    """One line to fill in: its name, its label, what stands there at first, whether it must be filled."""

    name: str
    label: str
    value: str = ""
    needed: bool = True


Deed = Callable[[Store, Mapping[str, str]], object]


class SlipDialog(QDialog):
    """Asks for a few lines and does something with them; ``done_well`` says that it is done."""

    done_well = Signal()

    def __init__(
        self,
        parent: QWidget,
        session: Session,
        title: str,
        about: str,
        asked: Sequence[Asked],
        deed: Deed,
    ) -> None:
        """Lay the lines out below each other; ``about`` says what it is about."""
        super().__init__(parent)
        self._session, self._asked, self._deed = session, tuple(asked), deed
        self.setWindowTitle(title)
        self.setMinimumWidth(500)
        self._edits = {one.name: QLineEdit(one.value) for one in asked}
        self.boxes = {one.name: Labelled(one.label, self._edits[one.name]) for one in asked}
        self.notice = Notice()
        self.do_button = button(texts.DO, kind="primary", clicked=self.do, hint="Ctrl+Enter")
        self._lay_out(about)
        shortcut(self, "Ctrl+Return", self.do)
        self._follow()

    def _lay_out(self, about: str) -> None:
        lines = QVBoxLayout(self)
        lines.setContentsMargins(24, 20, 24, 16)
        lines.setSpacing(10)
        heads = (label(self.windowTitle(), "lead", wrap=True), label(about, "muted", wrap=True))
        for part in (*heads, self.notice, *self.boxes.values()):
            lines.addWidget(part)
        lines.addLayout(row(None, button(common.CANCEL, clicked=self.reject), self.do_button))

    def _follow(self) -> None:
        """Let Enter lead from line to line, and at last to the button."""
        edits = [self.edit(one.name) for one in self._asked]
        for edit, after in zip(edits, [*edits[1:], self.do_button], strict=True):
            edit.returnPressed.connect(lambda after=after: after.setFocus(Qt.FocusReason.TabFocusReason))
        first = next((e for e in edits if not e.text()), edits[0])
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def edit(self, name: str) -> QLineEdit:
        """Return the line of a name."""
        return self._edits[name]

    def do(self) -> None:
        """Do it with what stands in the lines, or go to the first one that is missing."""
        told = {one.name: self.edit(one.name).text().strip() for one in self._asked}
        lacking = [
            one
            for one in self._asked
            if self.boxes[one.name].refused(
                texts.NEEDED.format(label=one.label) if one.needed and not told[one.name] else ""
            )
        ]
        if lacking:
            self.edit(lacking[0].name).setFocus(Qt.FocusReason.TabFocusReason)
            return
        self.do_button.setEnabled(False)
        deed = self._deed
        self._session.ask(self, lambda store: deed(store, told), lambda _key: self._done(), self._refused)

    def _refused(self, error: Exception) -> bool:
        self.do_button.setEnabled(True)
        self.notice.tell(self._session.reason(error), "bad")
        return True

    def _done(self) -> None:
        self.accept()
        self.done_well.emit()
