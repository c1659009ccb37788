"""Change one parameter: what each figure was and would be is shown before anything is kept."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from ipdesk import parameters
from ipdesk.codes import code_table
from ipdesk.counting import BASES
from ipdesk.parameters import Told
from ipdesk.past import parse_day
from ipdesk.problems import Refusal
from ipdesk.store import Store
from ui.session import Session
from ui.texts import common
from ui.texts import counting as texts
from ui.widgets.basic import button, label, row
from ui.widgets.choice import PlainBox
from ui.widgets.labelled import Labelled
from ui.widgets.listing import Listing, ListingTable
from ui.widgets.ticks import TickList
from ui.worker import Task

if TYPE_CHECKING:
    from ipdesk.figures import Shift

PAUSE = 250  # milliseconds without a key after which the preview follows
WIDTHS = (240, 140)
LEAST = 128  # logical pixels of the table: its head and three figures, however long the list above it


class ParameterDialog(QDialog):
    """Asks for the new value, its source and the source's date; ``kept`` tells what was kept."""

    kept = Signal(str)

    def __init__(self, parent: QWidget, session: Session, told: Told) -> None:
        """Begin with the parameter as it stands."""
        super().__init__(parent)
        self._session, self._told = session, told
        self._task: Task | None = None
        title = texts.CHANGE_TITLE.format(label=told.label)
        self.setWindowTitle(title)
        self.resize(640, 560)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.preview)
        self.editor = self._editor()
        help_text = texts.YEAR_HELP if told.name == "revenue_year" else ""
        self.value = Labelled(texts.VALUE, self.editor, help_text)
        self.source, self.day = QLineEdit(), QLineEdit()
        self.source_field, self.day_field = Labelled(texts.SOURCE, self.source), Labelled(texts.DAY, self.day)
        self.model = Listing(texts.SHIFT_HEADS)
        self.table = ListingTable(self.model, texts.SHIFT_TABLE, WIDTHS, empty=texts.SHIFT_NONE)
        self.table.setMinimumHeight(LEAST)
        self.words = label(texts.UNCHANGED, "muted")
        self.save_button = button(common.SAVE, kind="primary", clicked=self.save)
        self._lay_out(title)

    def _editor(self) -> QWidget:
        """Return what the value is entered with, showing the present one."""
        name, value = self._told.name, self._told.value
        if name == "person_categories":
            return self._ticks(value)
        if name in ("basis", "local_branches"):
            return self._choice(name, value)
        line = QLineEdit("" if value is None else str(value))
        line.textChanged.connect(lambda _words: self._pause.start())
        return line

    def _ticks(self, value: object) -> TickList:
        entries = [(entry.code, entry.name) for entry in code_table("person.category").codes]
        made = TickList(entries, texts.SEARCH, texts.CATEGORIES)
        made.tick([str(code) for code in value] if isinstance(value, list) else ())
        made.changed.connect(self._pause.start)
        return made

    def _choice(self, name: str, value: object) -> PlainBox:
        made = PlainBox()
        for one in BASES if name == "basis" else (True, False):
            made.addItem(parameters.shown(name, one), one)
        made.setCurrentIndex(made.findData(value))
        made.currentIndexChanged.connect(lambda _index: self._pause.start())
        return made

    def _lay_out(self, title: str) -> None:
        self.source.setPlaceholderText(texts.SOURCE_HINT)
        self.day.setPlaceholderText(texts.DAY_HINT)
        for edit in (self.source, self.day):
            edit.returnPressed.connect(self.save)
        sources = row(self.source_field, self.day_field, spacing=12)
        sources.setStretch(0, 2)
        sources.setStretch(1, 1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(16, 16, 16, 12)
        lines.setSpacing(10)
        lines.addWidget(label(title, "lead"))
        lines.addWidget(self.value, 1 if isinstance(self.editor, TickList) else 0)
        lines.addLayout(sources)
        lines.addWidget(self.words)
        lines.addWidget(self.table, 1)
        lines.addLayout(row(None, button(common.CANCEL, clicked=self.reject), self.save_button))
        self.editor.setFocus()

    @property
    def entry(self) -> object:
        """Return what is entered as a value; what cannot be read is refused with a sentence."""
        if isinstance(self.editor, TickList):
            return self.editor.ticked
        if isinstance(self.editor, PlainBox):
            return self.editor.currentData()
        assert isinstance(self.editor, QLineEdit)
        return parameters.read_words(self._told.name, self.editor.text())

    # ------------------------------------------------------------ looking
    def preview(self) -> None:
        """Ask what the figures would become."""
        self._pause.stop()
        try:
            entry = self.entry
        except Refusal as refusal:
            self._fail(refusal)
            return
        if self._task:
            self._task.cancel()
        name = self._told.name

        def op(store: Store) -> "tuple[Shift, ...]":
            from ipdesk.figures import material, shifts

            by = parameters.parameters(store)
            return shifts(material(store), by, parameters.changed(by, name, entry), date.today())

        self.words.setText(texts.COUNTING)
        self._task = self._session.ask(self, op, self._show, self._fail)

    def _show(self, found: "tuple[Shift, ...]") -> None:
        self.value.mark("")
        self.model.show([_line(one) for one in found])
        same = texts.UNCHANGED if self.entry == self._told.value else texts.NO_SHIFT
        self.words.setText(texts.SHIFTS.format(count=len(found)) if found else same)

    def _fail(self, error: Exception) -> bool:
        """Say at the value what is wrong with it."""
        self.save_button.setEnabled(True)
        self.model.show([])
        self.words.setText("")
        self.value.mark(self._session.reason(error))
        return True

    # ------------------------------------------------------------ keeping
    def save(self) -> None:
        """Keep the value with its source, or go to what is missing."""
        try:
            entry = self.entry
        except Refusal as refusal:
            self._fail(refusal)
            self.editor.setFocus()
            return
        source, day = self.source.text().strip(), self.day.text().strip()
        wrong = [
            field
            for field, message in (
                (self.source_field, "" if source else texts.SOURCE_EMPTY),
                (self.day_field, _day_wrong(day)),
            )
            if field.refused(message)
        ]
        if wrong:
            wrong[0].widget.setFocus()
            return
        name = self._told.name
        self.save_button.setEnabled(False)
        self._session.ask(
            self,
            lambda store: parameters.set_parameter(store, name, entry, source=source, day=day),
            lambda _none: self._kept(entry),
            self._fail,
        )

    def _kept(self, entry: object) -> None:
        self.accept()
        words = parameters.shown(self._told.name, entry)
        self.kept.emit(texts.CHANGED.format(label=self._told.label, words=words))


def _line(shift: "Shift") -> tuple[str, str, str]:
    """Return a figure with both values, each with how many rows could not be told where that changes."""
    before, after = (f"{words} {shift.measure}" for words in (shift.before, shift.after))
    if shift.unclear[0] != shift.unclear[1]:
        before, after = (
            texts.WITH_UNCLEAR.format(words=words, count=count)
            for words, count in zip((before, after), shift.unclear, strict=True)
        )
    return shift.label, before, after


def _day_wrong(words: str) -> str:
    """Return what is wrong with the day typed, nothing where it can be read."""
    if not words:
        return texts.DAY_EMPTY
    try:
        parse_day(words)
    except Refusal as refusal:
        return refusal.message
    return ""
