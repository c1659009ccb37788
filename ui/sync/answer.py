"""One correction that the city asks for, beside the list: old, proposed and present value, and the answer."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from ipdesk.sync.corrections import OPEN, Correction
from ui.desks.panel import SidePanel
from ui.desks.words import value_words, when
from ui.texts import answers as texts
from ui.widgets.basic import button, label, restyle, shortcut, warned


class AnswerPanel(SidePanel):
    """Shows a correction; says how it is answered (correction, yes, reason)."""

    answered = Signal(object, bool, str)

    def __init__(self) -> None:
        """Lay the panel out, empty."""
        super().__init__(texts.PANEL, texts.PANEL_NONE)
        self.item: Correction | None = None
        self.whose, self.asked_by = label("", "small", wrap=True), label("", "small", wrap=True)
        self.old, self.new, self.present = _value(texts.OLD), _value(texts.NEW), _value(texts.PRESENT)
        self.differs, self.reason = label(texts.DIFFERS, "wrong", wrap=True), _value(texts.REASON)
        self.due, self.verdict = label("", "small", wrap=True), label("", "strong", wrap=True)
        self.edit = QLineEdit()
        self.edit.setPlaceholderText(texts.ANSWER_HINT)
        self.edit.setAccessibleName(texts.ANSWER)
        self.edit.setMaxLength(500)
        self.edit.textEdited.connect(lambda _text: self.refuse(""))
        self.wrong = label("", "wrong", wrap=True)
        self.record_button = button(texts.OPEN_RECORD, kind="link")
        self.no_button = button(texts.NO, clicked=lambda: self.answer(yes=False), hint=texts.NO_HINT)
        self.yes_button = button(texts.YES, clicked=lambda: self.answer(yes=True), hint=texts.YES_HINT)
        self._lay_out_parts()
        shortcut(self, "Esc", self.left.emit)

    def _lay_out_parts(self) -> None:
        self._answering = QWidget()
        inside = QVBoxLayout(self._answering)
        inside.setContentsMargins(0, 6, 0, 0)
        inside.setSpacing(4)
        for part in (label(texts.ANSWER, "label"), self.edit, self.wrong):
            inside.addWidget(part)
        shown = (
            (texts.OLD, self.old),
            (texts.NEW, self.new),
            (texts.PRESENT, self.present),
            (texts.REASON, self.reason),
        )
        self._values = QWidget()
        grid = QGridLayout(self._values)
        grid.setContentsMargins(0, 2, 0, 2)
        grid.setColumnStretch(1, 1)
        for place, (name, value) in enumerate(shown):
            grid.addWidget(label(name, "label"), place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, place, 1)
        asked = (self.asked_by, self.due, self.verdict, self._answering)
        self.put(self.whose, self._values, self.differs, *asked)
        self.put_below(self.record_button, None, self.no_button, self.yes_button)
        self.show_item(None)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Return where Tab stops."""
        return (self.edit, self.record_button, self.no_button, self.yes_button)

    def show_item(self, asked: Correction | None) -> None:
        """Show a correction; what was begun on another goes."""
        if asked and asked == self.item:
            return
        self.item = asked
        self.show_name(asked.name or asked.kind.label if asked else "", asked.message if asked else "")
        if asked:
            self._show(asked)

    def _show(self, asked: Correction) -> None:
        self.whose.setText(texts.WHOSE.format(kind=asked.kind.label, label=asked.label))
        for shown, value in ((self.old, asked.old), (self.new, asked.new), (self.present, asked.present)):
            shown.setText(value_words(asked.shown(value)))
        is_open = asked.state == OPEN
        self.differs.setVisible(is_open and not asked.fits and asked.present != asked.new)
        self.reason.setText(asked.reason)
        self.asked_by.setText(texts.BY.format(by=asked.by, at=when(asked.at)))
        self.due.setText(texts.DUE.format(due=asked.due) if asked.due else "")
        self.due.setVisible(bool(asked.due))
        self.edit.clear()
        self.refuse("")
        for part in (self._answering, self.no_button, self.yes_button):
            part.setVisible(asked.answerable)
        self.hold(held=False)
        self._tell_verdict(asked)

    def _tell_verdict(self, asked: Correction) -> None:
        state, by, at = texts.STATES[asked.state], asked.answered_by, when(asked.answered_at)
        words = texts.ANSWERED.format(by=by, at=at, state=state) if by else state
        self.verdict.setText(f"{words}\n{asked.answer}".strip())
        self.verdict.setVisible(asked.state != OPEN)

    # ------------------------------------------------------------ answering
    def enter(self) -> None:
        """Go on from the list to the answer."""
        if self.item:
            (self.edit if self.item.answerable else self.record_button).setFocus(
                Qt.FocusReason.TabFocusReason
            )

    def answer(self, *, yes: bool) -> None:
        """Say how it is answered; a no without a reason is asked for one."""
        reason = self.edit.text().strip()
        if self.item is None or not self.item.answerable or not self.yes_button.isEnabled():
            return
        if not yes and not reason:
            self.refuse(texts.NO_REASON)
            self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.answered.emit(self.item, yes, reason)

    def hold(self, *, held: bool) -> None:
        """Let nothing be answered twice while it is being written."""
        for made in (self.no_button, self.yes_button):
            made.setEnabled(not held)

    def refuse(self, words: str) -> bool:
        """Say why it was not answered."""
        self.wrong.setText(warned(words) if words else "")
        self.wrong.setVisible(bool(words))
        restyle(self.edit, wrong=bool(words))
        self.edit.setAccessibleDescription(words)
        return True


def _value(name: str) -> QLabel:
    made = label("", "strong", wrap=True)
    made.setAccessibleName(name)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
