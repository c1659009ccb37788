"""The window to propose a correction of a county's record: field, value, reason, until when."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from ipdesk.actions import corrections as deeds
from ipdesk.actions.ledger import masked
from ipdesk.fields import Bool, Context, Date, FieldType, Value
from ipdesk.kinds.deciding import DELETED
from ipdesk.kinds.declare import Ledger
from ipdesk.problems import ValueProblem
from ipdesk.records import Row
from ipdesk.store import Store
from ui.desks.words import unit_words, value_words
from ui.form.editors import AnyEditor, editor_for
from ui.session import Session
from ui.texts import common
from ui.texts import corrections as texts
from ui.widgets.basic import button, clear, label, row, shortcut
from ui.widgets.choice import ChoiceBox
from ui.widgets.labelled import Labelled
from ui.widgets.notice import Notice


class ProposeDialog(QDialog):
    """Proposes one field of a row; ``row`` reads with the part meant."""

    proposed = Signal(str)

    def __init__(self, parent: QWidget, session: Session, ledger: Ledger, row: Row, name: str = "") -> None:
        """Offer the fields of a ledger, one of them already chosen where told."""
        super().__init__(parent)
        self._session, self._ledger, self._row = session, ledger, row
        self._unit = unit_words(row.key.owner)
        self._shown = masked(ledger, row.values)
        self.editor: AnyEditor | None = None
        self._field = ""
        title = texts.PROPOSE_TITLE.format(unit=self._unit)
        self.setWindowTitle(title)
        self.setMinimumWidth(500)
        self._make_parts()
        self._lay_out(title)
        self.field_box.set_code(name if name in self._types else "")
        self._take_field()
        self._begin()
        shortcut(self, "Ctrl+Return", self.propose)

    def _make_parts(self) -> None:
        ledger = self._ledger
        fields = [f for f in ledger.fields if f.name != ledger.unit_field]
        self._types: dict[str, FieldType] = {f.name: f.type for f in fields} | {DELETED: Bool()}
        self.field_box = ChoiceBox([*((f.name, f.label) for f in fields), (DELETED, texts.REMOVE)])
        self.field_box.setAccessibleName(texts.PROPOSE_FIELD)
        self.field_box.activated.connect(lambda _index: self._take_field())
        self.field_box.left.connect(self._take_field)
        self.field_box.edited.connect(self._take_field)  # so that Tab goes on to the value, not past it
        self.field_box.line.returnPressed.connect(self._go_to_value)
        self.now = label("", "strong", wrap=True)
        self.now.setAccessibleName(texts.PROPOSE_NOW)
        self._place = QVBoxLayout()
        self.reason, self.due = QLineEdit(), QLineEdit()
        self.reason.returnPressed.connect(lambda: self.due.setFocus(Qt.FocusReason.TabFocusReason))
        self.notice = Notice()
        self.do_button = button(texts.PROPOSE_DO, kind="primary", clicked=self.propose, hint="Ctrl+Enter")
        self.due.returnPressed.connect(lambda: self.do_button.setFocus(Qt.FocusReason.TabFocusReason))
        self.reason_box = Labelled(texts.PROPOSE_REASON, self.reason, texts.PROPOSE_REASON_HELP)
        self.due_box = Labelled(texts.PROPOSE_DUE, self.due, texts.PROPOSE_DUE_HELP)

    def _lay_out(self, title: str) -> None:
        lines = QVBoxLayout(self)
        lines.setContentsMargins(24, 20, 24, 16)
        lines.setSpacing(10)
        name = self._ledger.called(self._shown) or common.NONE
        for part in (label(title, "lead"), label(name, "body", wrap=True), self.notice):
            lines.addWidget(part)
        lines.addWidget(Labelled(texts.PROPOSE_FIELD, self.field_box))
        lines.addWidget(label(texts.PROPOSE_NOW, "label"))
        lines.addWidget(self.now)
        lines.addLayout(self._place)
        lines.addWidget(self.reason_box)
        lines.addWidget(self.due_box)
        lines.addLayout(row(None, button(common.CANCEL, clicked=self.reject), self.do_button))

    def _begin(self) -> None:
        """Put the focus on the value where the field is already chosen, else on the field."""
        start = self.editor.widget if self.editor else self.field_box
        start.setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------------------ the field
    @property
    def field(self) -> str:
        """Return the name of the field chosen, empty for none."""
        return self.field_box.entry if self.field_box.entry in self._types else ""

    def _take_field(self) -> None:
        """Show the present value of the field chosen and offer its own editor."""
        if self.field == self._field:
            return
        self._field = self.field
        clear(self._place)
        self.editor = None
        if self._field:
            self._offer(self._types[self._field])
        self.now.setText(self._now())
        self.adjustSize()

    def _offer(self, kind: FieldType) -> None:
        help_text = texts.REMOVE_HELP if self._field == DELETED else texts.PROPOSE_EMPTY
        self.editor = editor_for(kind, Context(self._row.key.owner))
        self.editor.widget.setAccessibleName(texts.PROPOSE_VALUE)
        self.editor.entered.connect(lambda: self.reason.setFocus(Qt.FocusReason.TabFocusReason))
        box = Labelled(texts.PROPOSE_VALUE, self.editor.widget, help_text)
        self._place.addWidget(box)
        if self.isVisible():
            box.show()  # at once: Tab passes over what a layout has still to show
        self.setTabOrder(self.field_box, self.editor.widget)
        self.setTabOrder(self.editor.widget, self.reason)
        if self._field == DELETED:
            self.editor.show(True)

    def _now(self) -> str:
        if self._field == DELETED:
            return texts.REMOVE_NOW
        if not self._field:
            return common.NONE
        value: Value = self._shown.get(self._field)
        return value_words(self._types[self._field].show(value))

    def _go_to_value(self) -> None:
        self._take_field()
        if self.editor:
            self.editor.widget.setFocus(Qt.FocusReason.TabFocusReason)

    # ------------------------------------------------------------ proposing
    def propose(self) -> None:
        """Keep the correction; what stands against it is told at its place."""
        self._take_field()
        due = self._read_due()
        if not self.field or self.editor is None:
            self.notice.tell(texts.NO_FIELD, "bad")
            self.field_box.setFocus(Qt.FocusReason.OtherFocusReason)
        elif due is not None:
            self._propose(self.field, self.editor.entry, self.reason.text(), due or None)

    def _read_due(self) -> date | str | None:
        """Return the day typed, empty for none; nothing where it is no day, which is told."""
        try:
            read = Date().parse(self.due.text())
        except ValueProblem as problem:
            self.due_box.mark(problem.message)
            self.due.setFocus(Qt.FocusReason.OtherFocusReason)
            return None
        self.due_box.mark("")
        return date.fromisoformat(str(read)) if read else ""

    def _propose(self, name: str, entry: str, reason: str, due: date | str | None) -> None:
        ledger, asked = self._ledger, self._row
        until = due if isinstance(due, date) else None
        self.do_button.setEnabled(False)

        def op(store: Store) -> list[str]:
            value = deeds.read_value(ledger, name, entry, asked.key.owner)
            return deeds.propose(store, ledger, asked, {name: value}, reason, until)

        self._session.ask(self, op, lambda _made: self._done(), self._refused)

    def _refused(self, error: Exception) -> bool:
        self.do_button.setEnabled(True)
        self.notice.tell(self._session.reason(error), "bad")
        return True

    def _done(self) -> None:
        self.accept()
        self.proposed.emit(texts.PROPOSED.format(unit=self._unit))
