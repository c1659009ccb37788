"""Take a block copied from WPS or Excel into new rows: checked like a sheet, mended in place, then written at once."""

from PySide6.QtCore import QModelIndex, QTimer, Signal
from PySide6.QtWidgets import QAbstractItemView, QDialog, QTableView, QVBoxLayout, QWidget

from ipdesk.actions import paste as deeds
from ipdesk.actions.paste import Pasted
from ipdesk.intake import IntakeOutcome, IntakePlan
from ipdesk.store import Store
from ui.ledger.pasting import PasteModel
from ui.session import Session
from ui.texts import common
from ui.texts import many as texts
from ui.widgets.basic import button, label, row, shortcut
from ui.widgets.notice import Notice
from ui.worker import Report, Task

PAUSE = 60  # milliseconds
ROW, HEAD, WIDTH, STATE, WIDEST = 30, 32, 150, 92, 260


class PasteDialog(QDialog):
    """Shows what the block would do row by row and writes the rows that can be taken."""

    done_with = Signal(object)

    def __init__(self, parent: QWidget, session: Session, pasted: Pasted) -> None:
        """Show a block; ``check`` asks the store about it."""
        super().__init__(parent)
        self._session = session
        self.plan: IntakePlan | None = None
        self._task: Task | None = None
        self.setWindowTitle(texts.PASTE_TITLE.format(label=pasted.ledger.label))
        self.resize(940, 540)
        self.model = PasteModel(pasted)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.check)
        self.model.mended.connect(lambda _pasted: self._wait())
        self._make_parts()
        self._lay_out()
        shortcut(self, "Ctrl+Return", self.do_button.click)
        self._wait()

    def _make_parts(self) -> None:
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setProperty("role", "boxed")
        self.table.setAccessibleName(texts.PASTE_NAME)
        self.table.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().setDefaultSectionSize(ROW)
        self.table.horizontalHeader().setFixedHeight(HEAD)
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.horizontalHeader().setDefaultSectionSize(WIDTH)
        self.table.setColumnWidth(0, STATE)
        self.table.selectionModel().currentChanged.connect(lambda _now, _before: self._tell_why())
        self.notice, self.why = Notice(), label("", "body", wrap=True)
        self.counts = label(texts.PASTE_CHECKING, "small")
        self.cancel_button = button(common.CANCEL, clicked=self.reject)
        self.do_button = button(
            texts.PASTE_DO.format(count=0), kind="primary", clicked=self.write, hint="Ctrl+Enter"
        )
        self.do_button.setEnabled(False)

    def _lay_out(self) -> None:
        lines = QVBoxLayout(self)
        lines.setContentsMargins(16, 16, 16, 12)
        lines.setSpacing(10)
        lines.addWidget(label(self.windowTitle(), "lead"))
        lines.addWidget(label(texts.PASTE_TEXT, "muted", wrap=True))
        lines.addWidget(self.notice)
        lines.addWidget(self.table, 1)
        lines.addWidget(self.why)
        lines.addLayout(row(self.counts, None, self.cancel_button, self.do_button))
        self.table.setFocus()

    def _wait(self) -> None:
        """Check anew soon; until then nothing can be taken in."""
        self.do_button.setEnabled(False)
        self.counts.setText(texts.PASTE_CHECKING)
        self._pause.start()

    def check(self) -> None:
        """Ask the store what the block would do."""
        if self._task:
            self._task.cancel()
        pasted = self.model.pasted

        def op(store: Store, report: Report) -> IntakePlan:
            return deeds.plan(store, pasted, report)

        self._task = self._session.work(self, op, self._show, self._fail)

    def _fail(self, error: Exception) -> bool:
        self.notice.tell(self._session.reason(error), "bad")
        return True

    def _show(self, plan: IntakePlan) -> None:
        first = self.plan is None
        self.plan = plan
        self.model.show_plan(plan)
        refused = {p.row for p in plan.refused}
        told = {name: plan.counts[name] for name in ("added", "updated", "unchanged")}
        self.counts.setText(texts.PASTE_COUNTS.format(**told, refused=len(refused)))
        count = plan.counts["added"] + plan.counts["updated"]
        self.do_button.setText(texts.PASTE_DO.format(count=count))
        self.do_button.setAccessibleName(self.do_button.text())
        self.do_button.setEnabled(bool(count))
        words = texts.PASTE_STILL.format(count=len(refused)) if refused else "；".join(plan.notes)
        self.notice.tell(words, "warn" if refused else "busy")
        if first and self.model.rowCount():
            self._fit()
            wrong = self.model.first_wrong()
            self.go_to(wrong if wrong.isValid() else self.model.index(0, 1))
        self._tell_why()

    def _fit(self) -> None:
        """Let the columns be as wide as their words, within reason."""
        self.table.resizeColumnsToContents()
        for column in range(self.model.columnCount()):
            self.table.setColumnWidth(column, min(max(self.table.columnWidth(column) + 8, STATE), WIDEST))

    def go_to(self, index: QModelIndex) -> None:
        """Put the ring on a cell."""
        self.table.setCurrentIndex(index)
        self.table.scrollTo(index)

    def _tell_why(self) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            why = self.model.why(index.row()) or texts.PASTE_FINE
            self.why.setText(texts.PASTE_WHY.format(row=index.row() + 1, why=why))

    def write(self) -> None:
        """Write the rows that can be taken."""
        plan = self.plan
        if plan is None:
            return
        self.do_button.setEnabled(False)

        def done(told: IntakeOutcome) -> None:
            self.accept()
            self.done_with.emit(texts.PASTE_DONE.format(added=told.added, updated=told.updated))

        self._session.ask(self, lambda store: deeds.apply(store, plan), done, self._fail)
