"""The window to return a row to its county: which field, why; or to take that back."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from ipdesk.actions import deciding as deeds
from ipdesk.actions.returned import Returned
from ipdesk.kinds.declare import Ledger
from ipdesk.records import Row
from ipdesk.store import Store
from ui.desks.words import unit_words
from ui.session import Session
from ui.texts import common
from ui.texts import ledger as ledger_texts
from ui.texts import returning as texts
from ui.widgets.basic import button, label, row, shortcut
from ui.widgets.choice import ChoiceBox
from ui.widgets.labelled import Labelled
from ui.widgets.notice import Notice

Deed = Callable[[Store], None]


class ReturnDialog(QDialog):
    """Returns a row; ``told`` says what was done."""

    told = Signal(str)

    def __init__(
        self,
        parent: QWidget,
        session: Session,
        ledger: Ledger,
        asked: Row,
        standing: Sequence[Returned],
        name: str = "",
    ) -> None:
        """Offer the fields, one of them already chosen where told; ``standing`` is what was returned before."""
        super().__init__(parent)
        self._session, self._ledger, self._row = session, ledger, asked
        self._unit = unit_words(asked.key.owner)
        self.name = ledger.called(asked.values) or common.NONE
        self.setWindowTitle(texts.TITLE.format(unit=self._unit))
        self.setMinimumWidth(500)
        fields = [f for f in ledger.fields if f.name != ledger.unit_field]
        self._names = {f.name for f in fields}
        self.field_box = ChoiceBox([("", texts.WHOLE), *((f.name, f.label) for f in fields)])
        self.field_box.set_code(name if name in self._names else "")
        self.reason = QLineEdit()
        self.reason_box = Labelled(texts.REASON, self.reason, texts.REASON_HELP)
        self.notice, self.standing = Notice(), Notice()
        self.cancel_button = button(texts.CANCEL_RETURN, "undo", clicked=self.take_back)
        self.standing.add(self.cancel_button)
        self.do_button = button(texts.DO, kind="primary", clicked=self.send_back, hint="Ctrl+Enter")
        self._lay_out()
        words = ledger_texts.SAID_MORE.join(one.words for one in standing)
        self.standing.tell(texts.STANDING.format(words=words) if standing else "", "warn")
        self.field_box.line.returnPressed.connect(self._go_to_reason)
        self.reason.returnPressed.connect(lambda: self.do_button.setFocus(Qt.FocusReason.TabFocusReason))
        shortcut(self, "Ctrl+Return", self.send_back)
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        lines = QVBoxLayout(self)
        lines.setContentsMargins(24, 20, 24, 16)
        lines.setSpacing(10)
        for part in (
            label(self.windowTitle(), "lead"),
            label(self.name, "strong", wrap=True),
            label(texts.TEXT, "muted", wrap=True),
            self.standing,
            self.notice,
            Labelled(texts.FIELD, self.field_box, texts.FIELD_HELP),
            self.reason_box,
        ):
            lines.addWidget(part)
        lines.addLayout(row(None, button(common.CANCEL, clicked=self.reject), self.do_button))

    def _go_to_reason(self) -> None:
        self.reason.setFocus(Qt.FocusReason.TabFocusReason)

    @property
    def field(self) -> str:
        """Return the name of the field chosen, empty for the whole row."""
        return self.field_box.entry if self.field_box.entry in self._names else ""

    def send_back(self) -> None:
        """Return the row, or go to the reason that is missing."""
        reason, field = self.reason.text().strip(), self.field
        if self.reason_box.refused("" if reason else texts.REASON_EMPTY):
            self._go_to_reason()
            return
        ledger, asked = self._ledger, self._row
        words = texts.DONE.format(unit=self._unit, name=self.name)
        self._do(lambda store: deeds.send_back(store, ledger, asked, reason, field), words)

    def take_back(self) -> None:
        """Take back that the row was returned."""
        ledger, asked = self._ledger, self._row
        words = texts.CANCELLED.format(name=self.name)
        self._do(lambda store: deeds.cancel_send_back(store, ledger, asked), words)

    def _do(self, op: Deed, words: str) -> None:
        self._hold(held=True)
        self._session.ask(self, op, lambda _none: self._done(words), self._refused)

    def _hold(self, *, held: bool) -> None:
        for made in (self.do_button, self.cancel_button):
            made.setEnabled(not held)

    def _refused(self, error: Exception) -> bool:
        self._hold(held=False)
        self.notice.tell(self._session.reason(error), "bad")
        return True

    def _done(self, words: str) -> None:
        self.accept()
        self.told.emit(words)
