"""One sort of part in a form: its list stands above the fields, which show the part chosen in it."""

from typing import Protocol

from PySide6.QtCore import QTimer

from ipdesk.actions.parts import read_with, suggested
from ipdesk.kinds.declare import Ledger, Part
from ipdesk.records import Record, Row
from ui.form.field import FieldBox
from ui.form.parts import PartsBox
from ui.form.section import Section
from ui.form.walk import shown_boxes
from ui.session import Session


class Form(Protocol):
    """What a part asks of the form it stands in."""

    ledger: Ledger
    row: Row | None
    sections: list[Section]

    def read_as(self, row: Row, boxes: list[FieldBox]) -> None:
        """Show the record as it reads with another part."""

    def go_to(self, box: FieldBox) -> None:
        """Put the focus into a field."""


class FormPart:
    """Ties the list of a part to the fields below it."""

    def __init__(self, session: Session, form: Form, part: Part) -> None:
        """Put the list above the first field of the part."""
        self._form, self.part = form, part
        self._own = form.ledger.fields_of(part.kind)
        self.list = PartsBox(session, form.ledger, part, self._may_move)
        self.section = next(s for s in form.sections if any(f in self._own for f in s.fields))
        self.section.lead_in(self.list, self.list.stops)
        self.list.chosen.connect(self._choose)
        self.list.entered.connect(self.enter)

    @property
    def boxes(self) -> list[FieldBox]:
        """Return the fields of the part that were made so far."""
        return [box for s in self._form.sections for box in s.boxes.values() if box.field in self._own]

    def _may_move(self) -> bool:
        """Tell whether nothing typed in the part shown would be lost."""
        return not any(box.is_changed for box in self.boxes)

    def _choose(self, record: Record | None) -> None:
        """Show another part in its fields, or a new one with what it begins with."""
        if self._form.row is None:
            return
        self.section.unfold()
        self._form.read_as(read_with(self._form.ledger, self._form.row, self.part, record), self.boxes)
        if record is None:
            begun = suggested(self.part, self.list.records)
            for box in self.boxes:
                if box.field.name in begun:
                    box.type_in(begun[box.field.name])
            QTimer.singleShot(0, self.list, self.enter)  # once the longer list has its place

    def enter(self) -> None:
        """Put the focus into the first field of the part, behind what is filled in already."""
        boxes = [b for b in shown_boxes(self._form.sections) if b in self.boxes and b.takes_typing]
        if boxes:
            self._form.go_to(next((box for box in boxes if not box.is_changed), boxes[0]))

    def add(self) -> None:
        """Begin another part."""
        self.section.unfold()
        self.list.add()
