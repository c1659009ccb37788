"""What receiving led to, or why a package cannot be taken back: rows that lead to their records."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from ipdesk.sync import Doubt, Received
from ipdesk.sync.undoing import Later
from ui.desks.table import DeskTable
from ui.desks.words import unit_words
from ui.inbox.preview import refused_lines
from ui.texts import desks
from ui.texts import inbox as texts
from ui.widgets.basic import button, label, row

_DOUBT_WIDTHS = (78, 76, 100, 200, 120)
_REFUSED_WIDTHS = (76, 250)
_BUILT_WIDTHS = (160,)
_TONES = {"error": "bad", "reason": "bad", "warn": "warn", "hint": "idle", "conflict": "warn"}


class Outcome(QWidget):
    """Shows what was taken in, the doubts about it, and what was not."""

    left = Signal()
    record_asked = Signal(object, object, str)

    def __init__(self) -> None:
        """Lay the view out, empty."""
        super().__init__()
        self._doubts: Sequence[Doubt] = ()
        self.words = label("", "body", wrap=True)
        self.words.setAccessibleName(texts.OUTCOME)
        self.doubts_table = DeskTable(
            texts.DOUBT_HEADS, texts.DOUBTS, _DOUBT_WIDTHS, wrap=True, empty=texts.DOUBTS_NONE
        )
        self.refused_table = DeskTable(
            texts.REFUSED_HEADS, texts.REFUSED, _REFUSED_WIDTHS, wrap=True, empty=texts.REFUSED_NONE
        )
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setAccessibleName(texts.OUTCOME)
        self.tabs.addTab(self.doubts_table, "")
        self.tabs.addTab(self.refused_table, "")
        self.open_button = button(desks.OPEN_RECORD, kind="link", clicked=self.open_record, hint="Enter")
        self.conflicts_button = button(texts.SEE_CONFLICTS, "conflict")
        self.done_button = button(texts.DONE, kind="primary", clicked=self.left.emit, hint="Esc")
        self.doubts_table.opened.connect(self.open_record)
        self._lay_out()

    def _lay_out(self) -> None:
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(8)
        for part in (label(texts.OUTCOME, "lead"), self.words):
            lines.addWidget(part)
        lines.addWidget(self.tabs, 1)
        lines.addLayout(row(self.open_button, None, self.conflicts_button, self.done_button))

    def show_outcome(self, told: Received) -> None:
        """Show what receiving led to."""
        self.words.setText(outcome_words(told))
        self._doubts = told.doubts
        lines = [_doubt_line(doubt) for doubt in told.doubts]
        tones = {n: _TONES[doubt.problem.grade.value] for n, doubt in enumerate(told.doubts)}
        self.doubts_table.show_lines([str(n) for n in range(len(lines))], lines, tones)
        self.refused_table.show_lines(*refused_lines(told))
        self.tabs.setTabText(0, texts.TAB_DOUBTS.format(count=len(lines)))
        self.tabs.setTabText(1, texts.TAB_REFUSED.format(count=len(told.refused)))
        self.tabs.setCurrentIndex(1 if told.refused and not lines else 0)
        self.conflicts_button.setVisible(bool(told.conflicts))
        self.open_button.setEnabled(bool(lines))

    def focus(self) -> None:
        """Put the focus on the doubts, or on the way back where there are none."""
        start = self.doubts_table if self._doubts else self.done_button
        start.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_record(self) -> None:
        """Ask for the record of the doubt under the ring."""
        place = self.doubts_table.place
        if 0 <= place < len(self._doubts):
            doubt = self._doubts[place]
            self.record_asked.emit(doubt.ledger.root, doubt.key, doubt.ledger.name)


def outcome_words(told: Received) -> str:
    """Return in words what receiving led to."""
    taken = len(told.previews)
    renewed = sum(preview.renewed for preview in told.previews)
    changed, same = told.accepted - renewed, told.unchanged + renewed
    parts = [texts.OUTCOME_WORDS.format(count=taken, accepted=changed, unchanged=same)]
    if told.conflicts:
        parts.append(texts.OUTCOME_CONFLICTS.format(count=told.conflicts))
    if told.aside:
        parts.append(texts.OUTCOME_ASIDE.format(count=len(told.aside)))
    if refused := len(told.refused) - len(told.aside):
        parts.append(texts.OUTCOME_REFUSED.format(count=refused))
    return "".join(parts)


def _doubt_line(doubt: Doubt) -> tuple[str, ...]:
    problem = doubt.problem
    field = doubt.ledger.by_name.get(problem.field)
    label = field.label if field else problem.field
    unit = unit_words(doubt.key.owner)
    return (texts.GRADES[problem.grade.value], unit, doubt.ledger.label, doubt.name, label, problem.message)


class BuiltOn(QWidget):
    """Lists the records for which a package cannot be taken back."""

    left = Signal()
    record_asked = Signal(object, object, str)

    def __init__(self) -> None:
        """Lay the view out, empty."""
        super().__init__()
        self._later: Sequence[Later] = ()
        self.words = label("", "body", wrap=True)
        self.table = DeskTable(texts.BUILT_HEADS, texts.BUILT_NAME, _BUILT_WIDTHS, state=-1)
        self.open_button = button(desks.OPEN_RECORD, kind="link", clicked=self.open_record, hint="Enter")
        self.done_button = button(texts.DONE, kind="primary", clicked=self.left.emit, hint="Esc")
        self.table.opened.connect(self.open_record)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(8)
        lines.addWidget(self.words)
        lines.addWidget(self.table, 1)
        lines.addLayout(row(self.open_button, None, self.done_button))

    def show_later(self, unit: str, number: str, later: Sequence[Later]) -> None:
        """Show the records on which something builds."""
        self._later = later
        self.words.setText(texts.BUILT.format(unit=unit, number=number, count=len(later)))
        lines = [(one.kind.label, one.name) for one in later]
        self.table.show_lines([f"{one.kind.name}/{one.key.id}" for one in later], lines)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_record(self) -> None:
        """Ask for the record under the ring."""
        if 0 <= self.table.place < len(self._later):
            one = self._later[self.table.place]
            self.record_asked.emit(one.kind, one.key, "")
