"""The window in which the city says what it expects of its counties: how often, how soon, from which period on."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from ipdesk import sync
from ipdesk.periods import LABELS, Every
from ipdesk.sync import Plan
from ui.session import Session
from ui.texts import common
from ui.texts import completeness as texts
from ui.widgets.basic import button, label, row, shortcut
from ui.widgets.choice import PlainBox
from ui.widgets.labelled import Labelled
from ui.widgets.notice import Notice


class PlanDialog(QDialog):
    """Edits the plan of reporting."""

    saved = Signal()

    def __init__(self, parent: QWidget, session: Session, plan: Plan) -> None:
        """Show the plan as it stands."""
        super().__init__(parent)
        self._session = session
        self.setWindowTitle(texts.PLAN_TITLE)
        self.setMinimumWidth(420)
        self.every, self.days, self.since = PlainBox(), QLineEdit(str(plan.days)), QLineEdit(plan.since)
        for code, name in LABELS.items():
            self.every.addItem(name, code)
        self.every.setCurrentIndex(list(LABELS).index(plan.every))
        self.notice = Notice()
        self.save_button = button(common.SAVE, kind="primary", clicked=self.save, hint="Ctrl+S")
        self.days_box = Labelled(texts.DAYS, self.days, texts.DAYS_HELP)
        self._lay_out()
        for keys in ("Ctrl+S", "Ctrl+Return"):
            shortcut(self, keys, self.save)
        for edit, after in ((self.days, self.since), (self.since, self.save_button)):
            edit.returnPressed.connect(lambda after=after: after.setFocus(Qt.FocusReason.TabFocusReason))
        self.every.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        lines = QVBoxLayout(self)
        lines.setContentsMargins(24, 20, 24, 16)
        lines.setSpacing(10)
        for part in (label(texts.PLAN_TITLE, "lead"), label(texts.PLAN_TEXT, "body", wrap=True), self.notice):
            lines.addWidget(part)
        lines.addWidget(Labelled(texts.EVERY, self.every))
        lines.addWidget(self.days_box)
        lines.addWidget(Labelled(texts.SINCE, self.since, texts.SINCE_HELP))
        lines.addLayout(row(None, button(common.CANCEL, clicked=self.reject), self.save_button))

    def save(self) -> None:
        """Keep the plan; what stands against it is told."""
        typed = self.days.text().strip()
        if not typed.isdecimal():
            self.days_box.mark(texts.DAYS_WRONG)
            self.days.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.days_box.mark("")
        every: Every = self.every.currentData()
        plan = Plan(every, int(typed), self.since.text().strip())
        self._session.ask(
            self, lambda store: sync.expect(store, plan), lambda _none: self._saved(), self._refused
        )

    def _saved(self) -> None:
        self.accept()
        self.saved.emit()

    def _refused(self, error: Exception) -> bool:
        self.notice.tell(self._session.reason(error), "bad")
        return True
