"""The form panel: a record's sections between a head and the buttons that stay in view."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from ipdesk.actions.parts import chosen_in
from ipdesk.fields import Context, Value
from ipdesk.kinds.declare import Field, Ledger
from ipdesk.problems import Grade, Problem, Refusal
from ipdesk.records import Row
from ui.documents.part import DocumentsPart
from ui.form import deeds
from ui.form.field import FieldBox, may_reveal
from ui.form.frame import FormFrame
from ui.form.part import FormPart
from ui.form.said import Said, said
from ui.form.section import Section
from ui.form.stage import FIELD as STAGE
from ui.form.stage import StageGuide
from ui.form.ties import fields_of, tie
from ui.form.walk import neighbour, shown_boxes
from ui.session import Session
from ui.texts import common
from ui.texts import ledger as texts
from ui.widgets.basic import shortcut

PAUSE = 40  # milliseconds between two sections made ahead of time


class FormPanel(FormFrame):
    """Adds, edits or shows one record of a ledger."""

    saved = Signal(object)
    closed = Signal()

    def __init__(self, session: Session, ledger: Ledger) -> None:
        """Lay out the sections that a clerk needs first; the others unfold when asked for."""
        super().__init__()
        self._session, self.ledger = session, ledger
        self.row: Row | None = None
        self._locked = False
        self.sections = [self._section(name) for name in _section_names(ledger)]
        self.documents = DocumentsPart(session, ledger)
        self.guide = self._make_guide()
        self.parts = [FormPart(session, self, part) for part in ledger.many]
        self.lay_out(*self.sections, self.documents)
        self.documents.listed.connect(self._tell_stage)
        self.documents.added.connect(lambda: QTimer.singleShot(0, self, self._go_to_documents))
        self.setAcceptDrops(True)
        for keys, deed in (
            ("Ctrl+S", self.save),
            ("Esc", self.close_if_may),
            ("Ctrl+Return", self.save),
            ("Ctrl+E", self.unfold_all),
            ("Ctrl+Shift+A", self.documents.choose),
            ("Ctrl+Shift+N", self._add_part),
        ):
            shortcut(self, keys, deed)

    # ------------------------------------------------------------ making
    def _section(self, name: str) -> Section:
        hidden = None if self._session.is_city else self.ledger.unit_field
        fields = [f for f in fields_of(self.ledger, name) if f.name != hidden]
        section = Section(name, fields, self._box)
        section.built.connect(self._tie)
        return section

    def _box(self, field: Field) -> FieldBox:
        box = FieldBox(field, self._context())
        box.edited.connect(self._tie)
        box.edited.connect(self._tell_state)
        box.checked.connect(self._tie)
        box.entered.connect(lambda: self._go_on(box))
        box.reveal_asked.connect(self._reveal)
        if field.name == self.ledger.unit_field:
            box.checked.connect(self._move_within)
        self._fill(box)
        return box

    def _add_part(self) -> None:
        for part in self.parts[:1]:
            part.add()

    def _make_guide(self) -> StageGuide | None:
        """Put what a case's stage asks for above the fields of its section."""
        section = next((s for s in self.sections if any(f.name == STAGE for f in s.fields)), None)
        guide = StageGuide(self.ledger) if section else None
        if section and guide:
            section.lead_in(guide)
        return guide

    def prepare(self) -> None:
        """Make the fields that will be needed ahead of time, a section at a time, while the clerk looks at the list."""
        waiting = next((s for s in self.sections if not s.boxes and _is_needed(s.fields)), None)
        if waiting:
            waiting.unfold()
            QTimer.singleShot(PAUSE, self, self.prepare)

    # ------------------------------------------------------------ showing
    def show_new(self) -> None:
        """Begin a new record."""
        self._show(None)
        self.focus_first()

    def show_row(self, row: Row) -> None:
        """Show a record (personal values masked); another unit's is read only."""
        self._show(row)

    def refresh(self, row: Row) -> None:
        """Show the same record anew where the view stands, unless nothing about it changed."""
        if self.row is None or row.values != self.row.values:
            place = self.area.verticalScrollBar().value()
            self._show(row)
            self.area.verticalScrollBar().setValue(place)
        else:
            self._ask_said()

    def _show(self, row: Row | None) -> None:
        self.row = row
        self._locked = row is not None and row.key.owner != self._session.office.unit_code
        for section in self.sections:
            if not section.boxes and _is_needed(section.fields):
                section.unfold()
            for box in section.boxes.values():
                self._fill(box)
        self._tell_filled()
        for part in self.parts:
            part.list.show_row(row, locked=self._locked)
        self.documents.show_row(row, locked=self._locked)
        self._tie()
        self.area.verticalScrollBar().setValue(0)
        self.summary.tell(())
        self._tell_whose()
        self._tell_state()
        self._ask_said()

    def _ask_said(self) -> None:
        """Have told what the city said of a record of one's own."""
        row, ledger = self.row, self.ledger
        if row and not self._locked and not self._session.is_city:
            self._session.ask(
                self,
                lambda store: said(store, ledger, row),
                lambda told: self._tell_said(told) if self.row is row else None,
            )

    def _tell_said(self, told: Sequence[Said]) -> None:
        """Say on top what the city said, and at the fields concerned."""
        self.notice.tell(texts.SAID_MORE.join(one.words for one in told), "warn")
        for one in told:
            box = self._unfolded(one.field) if one.field else None
            if box and not box.message:
                box.mark(one.words, "remind")

    def _tell_filled(self) -> None:
        for section in self.sections:
            section.tell_filled(sum(self._value(f) is not None for f in section.fields))

    def read_as(self, row: Row, boxes: Sequence[FieldBox]) -> None:
        """Show the record as it reads with another part: only its fields are filled anew."""
        self.row = row
        for box in boxes:
            self._fill(box)
        self._tell_filled()
        self._tie()
        self._tell_state()

    def _fill(self, box: FieldBox) -> None:
        box.within(self._context())
        box.show_value(self._value(box.field), hidden=self.row is not None, locked=self._locked)

    def _value(self, field: Field) -> Value:
        return self.row.values.get(field.name) if self.row else None

    def _context(self) -> Context:
        """Return what codes are offered with: the unit chosen in the form, the record's, or the county's own."""
        unit = self.boxes.get(self.ledger.unit_field) if hasattr(self, "sections") else None
        told = unit.entry if unit else self.row.values.get(self.ledger.unit_field) if self.row else None
        own = None if self._session.is_city else self._session.office.unit_code
        return Context(str(told) if told else own)

    def _tell_whose(self) -> None:
        name = texts.FORM_LABEL.get(self.ledger.name, self.ledger.root.label)
        words = texts.FORM_ADD if self.row is None else texts.FORM_VIEW if self._locked else texts.FORM_EDIT
        self.title.setText(words.format(label=name))
        self.setAccessibleName(texts.FORM_NAME.format(title=self.title.text()))
        owner = self.ledger.field(self.ledger.unit_field).type.show(self.row.key.owner) if self.row else ""
        self.notice.tell(texts.FOREIGN.format(unit=owner) if self._locked else "", "busy")
        self.save_button.setVisible(not self._locked)
        self.show_readers(shown=self._locked)
        self.cancel_button.setText(common.CLOSE if self._locked else common.CANCEL)

    def _tie(self) -> None:
        tie(self.ledger, self.boxes, self.row.values if self.row else {})
        self._tell_wrong()
        self._tell_stage()

    def _tell_stage(self) -> None:
        if self.guide:
            typed = {name: box.value for name, box in self.boxes.items() if box.is_changed}
            self.guide.tell({**(self.row.values if self.row else {}), **typed}, self.documents.codes)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Welcome files to be attached."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Attach the files dropped."""
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        if files:
            self.documents.add(files)

    # ------------------------------------------------------------ state
    @property
    def boxes(self) -> dict[str, FieldBox]:
        """Return the boxes made so far, by field."""
        return {name: box for section in self.sections for name, box in section.boxes.items()}

    @property
    def is_changed(self) -> bool:
        """Tell whether something typed would be lost."""
        return not self._locked and any(box.is_changed for box in self.boxes.values())

    @property
    def name(self) -> str:
        """Return what the record is called."""
        box = self.boxes.get(self.ledger.name_field)
        return (box.entry.strip() if box else "") or texts.THIS_ROW

    def _tell_state(self) -> None:
        changed, missing = self.is_changed, self._missing()
        words = texts.UNSAVED if self.row else texts.NEW_UNSAVED
        told = (
            f"● {words}"
            if changed
            else texts.TO_FILL_COUNT.format(count=missing)
            if missing and self.row
            else ""
        )
        self.state.setText(told)
        self.save_button.setEnabled(True)

    def _missing(self) -> int:
        return sum(box.field.required and not box.entry.strip() for box in self.boxes.values())

    def _wrong(self) -> list[FieldBox]:
        return [box for box in self.boxes.values() if box.is_wrong]

    def _tell_wrong(self) -> None:
        if not self.summary.isHidden():
            self.summary.tell(self._wrong())

    def _move_within(self) -> None:
        for box in self.boxes.values():
            box.within(self._context())

    def go_to(self, box: FieldBox) -> None:
        """Bring a field into view and put the focus there."""
        section = next(s for s in self.sections if box in s.boxes.values())
        section.unfold()
        self.area.ensureWidgetVisible(box, 0, 24)
        box.focus()

    def _go_to_documents(self) -> None:
        self.area.ensureWidgetVisible(self.documents, 0, 12)

    def _go_on(self, here: FieldBox) -> None:
        """Go from a field to the next one shown that takes typing, at last to the button that saves."""
        shown = shown_boxes(self.sections)
        after = next((box for box in shown[shown.index(here) + 1 :] if box.takes_typing), None)
        self.go_to(after) if after else self.save_button.setFocus(Qt.FocusReason.TabFocusReason)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt's name
        """Let Tab go the way the eye goes, whichever section was made first."""
        stop = neighbour(self.sections, self._after_fields, 1 if forward else -1)
        if stop is None:
            return super().focusNextPrevChild(forward)
        stop.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
        return True

    @property
    def _after_fields(self) -> tuple[QWidget, ...]:
        return (*self.documents.stops, self.cancel_button, self.save_button)

    def unfold_all(self) -> None:
        """Unfold every section; when all are open, fold those that are seldom needed."""
        folded = [section for section in self.sections if not section.is_open]
        for section in folded:
            section.unfold()
        for section in [] if folded else self.sections:
            section.unfold() if _is_needed(section.fields) else section.fold()
        self._tell_unfold()

    def _tell_unfold(self) -> None:
        words = texts.UNFOLD_ALL if any(not s.is_open for s in self.sections) else texts.FOLD_ALL
        self.unfold_button.setToolTip(words)
        self.unfold_button.setAccessibleName(words)

    def focus_first(self) -> None:
        """Put the focus into the first field a clerk would fill in: the name of a new record, else the first."""
        first = self.boxes.get(self.ledger.name_field) or next(iter(self.boxes.values()))
        first.focus()

    # ------------------------------------------------------------ leaving and saving
    def may_leave(self) -> bool:
        """Tell whether nothing would be lost, or the clerk gives it up."""
        text = texts.LEAVE_TEXT.format(name=self.name)
        return not self.is_changed or self._session.dialogs.ask(
            self, texts.LEAVE_TITLE, text, texts.LEAVE_YES, texts.LEAVE_NO
        )

    def close_if_may(self) -> None:
        """Close the panel unless something would be lost."""
        if self.may_leave():
            self.closed.emit()

    def _reveal(self, box: FieldBox) -> None:
        row, ledger, name = self.row, self.ledger, box.field.name
        if row and may_reveal(self._session.dialogs, self, box.field.label):
            self._session.ask(
                self,
                lambda store: deeds.reveal(store, ledger, row.key, name),
                lambda value: box.reveal(value, locked=self._locked) if self.row is row else None,
            )

    def save(self) -> None:
        """Write what was typed; what stops it is told on top, at the fields, and the first of them gets the focus."""
        if self._locked or not self.save_button.isEnabled():
            return
        entries = {name: box.entry for name, box in self.boxes.items() if box.is_changed}
        key, ledger = (self.row.key if self.row else None), self.ledger
        chosen = chosen_in(ledger, self.row) if self.row else {}
        if key and not entries:
            self._session.tell(texts.UNCHANGED)
            return
        self.save_button.setEnabled(False)
        self._hold(True)
        self.state.setText(texts.SAVING)
        self._session.ask(
            self, lambda store: deeds.save(store, ledger, key, entries, chosen), self._saved, self._refused
        )

    def _saved(self, told: deeds.Saved) -> None:
        place = 0 if told.added else self.area.verticalScrollBar().value()
        self.show_row(told.row)
        self.focus_first() if told.added else None
        self.area.verticalScrollBar().setValue(place)  # whoever goes on typing stays where the field is
        for problem in told.remarks:
            self._mark(problem, "remind")
        name = self.ledger.called(told.row.values)
        words = texts.SAVED_REMIND if told.remarks else texts.SAVED
        self._session.tell(words.format(name=name, count=len(told.remarks)), can_undo=told.changed)
        self.saved.emit(told)

    def _hold(self, held: bool) -> None:
        for box in self.boxes.values():
            box.hold(held)

    def _refused(self, error: Exception) -> bool:
        self._hold(False)
        self._tell_state()
        if not isinstance(error, Refusal) or not error.problems:
            return False
        for problem in error.problems:
            self._mark(problem, "wrong")
        wrong = self._wrong()
        self.summary.tell(wrong)
        if wrong:
            self.go_to(wrong[0])
        return True

    def _mark(self, problem: Problem, tone: str) -> None:
        if box := self._unfolded(problem.field):
            words = problem.message.removeprefix(f"{box.field.label}：")
            box.mark(words, tone, doubtful=problem.grade is Grade.REASON)
            self._tie()

    def _unfolded(self, name: str) -> FieldBox | None:
        """Return the box of a field, its section unfolded; none where the form leaves the field out."""
        field = self.ledger.field(name)
        section = next((s for s in self.sections if field in s.fields), None)
        if section:
            section.unfold()
        return section.boxes[field.name] if section else None


def _section_names(ledger: Ledger) -> Sequence[str]:
    return [name for name in ledger.sections if any(f.section == name for f in ledger.fields)]


def _is_needed(fields: Sequence[Field]) -> bool:
    """Tell whether a section unfolds by itself: something in it is required or stands in the list."""
    return any(f.required or f.column for f in fields)
