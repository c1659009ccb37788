"""Set one field of the chosen rows: what each was and will be is shown before anything is written."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ipdesk.fields import Context
from ipdesk.kinds.declare import Field, Ledger
from ipdesk.records import RecordKey
from ipdesk.store import Store
from ui.form.editors import editor_for
from ui.session import Session
from ui.texts import common
from ui.texts import many as texts
from ui.widgets.basic import button, clear, label, row, shortcut
from ui.widgets.choice import ChoiceBox
from ui.widgets.labelled import Labelled
from ui.widgets.listing import Listing, ListingTable
from ui.widgets.notice import Notice
from ui.worker import Report, Task

if TYPE_CHECKING:
    from ipdesk.actions.batch import BatchPlan, BatchRow

PAUSE = 250  # milliseconds without a key after which the preview follows
SHOWN = 500
WIDTHS = (230, 130, 130)


class BatchDialog(QDialog):
    """Chooses field and value, shows the preview and writes it in one act."""

    done_with = Signal(object)

    def __init__(self, parent: QWidget, session: Session, ledger: Ledger, keys: Sequence[RecordKey]) -> None:
        """Work on the rows of these keys."""
        from ipdesk.actions.batch import settable

        super().__init__(parent)
        self._session, self._ledger, self._keys = session, ledger, list(keys)
        self._fields = {f.name: f for f in settable(ledger)}
        self.plan: BatchPlan | None = None
        self._task: Task | None = None
        self.setWindowTitle(texts.SET_TITLE.format(count=len(keys)))
        self.resize(760, 520)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.preview)
        self._goes_on = False
        self._make_parts()
        self._lay_out()
        self._take_field()
        shortcut(self, "Ctrl+Return", self.do_button.click)

    def _make_parts(self) -> None:
        self.field_box = ChoiceBox([(f.name, f.label) for f in self._fields.values()])
        self.field_box.setAccessibleName(texts.SET_FIELD)
        self.field_box.setMinimumWidth(240)
        self.field_box.activated.connect(lambda _index: self._take_field())
        self.field_box.left.connect(self._take_field)
        self.field_box.line.returnPressed.connect(self._go_to_value)
        self._field_name = ""
        self._place = QVBoxLayout()
        self._place.setContentsMargins(0, 0, 0, 0)
        self.notice = Notice()
        self.model = Listing(texts.SET_HEADS, state=3)
        self.table = ListingTable(self.model, texts.SET_NAME, WIDTHS, empty=texts.SET_CHOOSE)
        self.counts = label("", "small")
        self.cancel_button = button(common.CANCEL, clicked=self.reject)
        self.do_button = button(
            texts.SET_DO.format(count=0), kind="primary", clicked=self.write, hint="Ctrl+Enter"
        )

    def _lay_out(self) -> None:
        above = row(Labelled(texts.SET_FIELD, self.field_box), spacing=12)
        above.addLayout(self._place, 1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(16, 16, 16, 12)
        lines.setSpacing(10)
        lines.addWidget(label(self.windowTitle(), "lead"))
        lines.addLayout(above)
        lines.addWidget(self.notice)
        lines.addWidget(self.table, 1)
        lines.addLayout(row(self.counts, None, self.cancel_button, self.do_button))
        self._tell()

    @property
    def field(self) -> Field | None:
        """Return the field chosen."""
        return self._fields.get(self.field_box.entry)

    def _take_field(self) -> None:
        """Offer an editor for the field chosen."""
        field = self.field
        if field is None or field.name == self._field_name:
            return
        self._field_name = field.name
        clear(self._place)
        unit = None if self._session.is_city else self._session.office.unit_code
        self.editor = editor_for(field.type, Context(unit))
        self.editor.edited.connect(self._wait)
        self.editor.entered.connect(self._preview_and_go_on)
        self._place.addWidget(Labelled(texts.SET_VALUE, self.editor.widget, texts.SET_CLEARS))
        self.editor.widget.setAccessibleName(texts.SET_VALUE)
        self._show(None)

    def _go_to_value(self) -> None:
        """Go on from the field chosen to its value."""
        self._take_field()
        if self.field:
            self.editor.widget.setFocus(Qt.FocusReason.TabFocusReason)

    def _wait(self) -> None:
        """Preview soon; until then nothing can be written."""
        self.plan = None
        self.do_button.setEnabled(False)
        self._pause.start()

    def _preview_and_go_on(self) -> None:
        """Preview, and go on to the button that writes."""
        self._goes_on = True
        self.preview()

    def preview(self) -> None:
        """Ask what the value typed would do."""
        self._pause.stop()
        if self.field is None:
            return
        if self._task:
            self._task.cancel()
        ledger, keys, name, entry = self._ledger, self._keys, self.field.name, self.editor.entry

        def op(store: Store, report: Report) -> "BatchPlan":
            from ipdesk.actions.batch import plan

            return plan(store, ledger, keys, name, entry, report)

        self.counts.setText(texts.SET_READING)
        self._task = self._session.work(self, op, self._show, self._fail)

    def _fail(self, error: Exception) -> bool:
        self.notice.tell(self._session.reason(error), "bad")
        return True

    def _show(self, plan: "BatchPlan | None") -> None:
        self.plan = plan
        self.notice.tell("")
        rows = sorted(plan.rows, key=lambda r: (not r.refused, not r.is_written))[:SHOWN] if plan else []
        self.model.show([self._line(one) for one in rows], {n: _tone(one) for n, one in enumerate(rows)})
        self._tell()

    def _line(self, one: "BatchRow") -> tuple[str, ...]:
        show = self._fields[self._field_name].type.show
        told = "；".join(p.message for p in one.problems)
        state = (
            texts.SET_REFUSED
            if one.refused
            else texts.SET_WARNED
            if told
            else ""
            if one.is_written
            else texts.SET_SAME
        )
        words = f"{state}：{told}" if told else state
        name = self._ledger.called(one.row.values) or common.NONE
        return (name, show(one.before) or common.NONE, show(one.after) or common.NONE, words)

    def _tell(self) -> None:
        written = len(self.plan.written) if self.plan else 0
        if self.plan:
            refused = len(self.plan.refused)
            told = texts.SET_COUNTS.format(
                written=written, refused=refused, same=len(self.plan.rows) - written - refused
            )
            more = texts.SET_MORE.format(shown=SHOWN) if len(self.plan.rows) > SHOWN else ""
            self.counts.setText("。".join(filter(None, (told, more))))
        self.do_button.setText(texts.SET_DO.format(count=written))
        self.do_button.setAccessibleName(self.do_button.text())
        self.do_button.setEnabled(bool(written))
        if written and self._goes_on:
            self.do_button.setFocus(Qt.FocusReason.TabFocusReason)
        self._goes_on = self._goes_on and not self.plan

    def write(self) -> None:
        """Write what the preview shows."""
        plan = self.plan
        if plan is None:
            return
        self.do_button.setEnabled(False)

        def op(store: Store) -> int:
            from ipdesk.actions.batch import apply

            return apply(store, plan)

        def done(count: int) -> None:
            self.accept()
            self.done_with.emit(texts.SET_DONE.format(count=count, label=plan.field.label))

        self._session.ask(self, op, done, self._fail)


def _tone(one: "BatchRow") -> str:
    return "bad" if one.refused else "warn" if one.problems else "idle"
