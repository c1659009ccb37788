"""One correction beside the list: what is asked, why, until when, and what was answered."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from ipdesk.sync.corrections import OPEN, Correction
from ui.desks.panel import SidePanel
from ui.desks.words import unit_words, value_words, when
from ui.texts import corrections as texts
from ui.texts import desks
from ui.widgets.basic import button, label, shortcut


def state_of(one: Correction) -> str:
    """Return how a correction stands: overdue, open, yes, undone (yes, but not done), no or withdrawn."""
    return "overdue" if one.overdue else "undone" if one.undone else one.state


class CorrectionPanel(SidePanel):
    """Shows a correction."""

    def __init__(self) -> None:
        """Lay the panel out, empty."""
        super().__init__(texts.PANEL, texts.PANEL_NONE)
        self.whose = label("", "small", wrap=True)
        names = (texts.OLD, texts.NEW, texts.PRESENT, texts.REASON, texts.DUE, texts.ASKED, texts.ANSWER)
        self.values = {name: _value(name) for name in names}
        self.record_button = button(desks.OPEN_RECORD, kind="link", hint="Enter")
        self.back_button = button(texts.TAKE_BACK, "undo", hint="Delete")
        parts: list[QWidget] = [self.whose]
        for name, value in self.values.items():
            parts += [label(name, "label"), value]
        self.put(*parts)
        self.put_below(self.record_button, None, self.back_button)
        shortcut(self, "Esc", self.left.emit)
        self.show_item(None)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Return where Tab stops."""
        return (self.record_button, self.back_button)

    def show_item(self, one: Correction | None) -> None:
        """Show a correction."""
        self.show_name((one.name or one.key.id) if one else "", one.message if one else "")
        if one:
            unit = unit_words(one.unit)
            self.whose.setText(texts.WHOSE.format(unit=unit, kind=one.kind.label, field=one.label))
            for name, words in _words(one).items():
                self.values[name].setText(words)
            self.back_button.setVisible(one.state == OPEN)


def _words(one: Correction) -> dict[str, str]:
    return {
        texts.OLD: value_words(one.shown(one.old)),
        texts.NEW: value_words(one.shown(one.new)),
        texts.PRESENT: value_words(one.shown(one.present)) if one.there else texts.GONE,
        texts.REASON: one.reason,
        texts.DUE: one.due or texts.NO_DUE,
        texts.ASKED: texts.BY.format(by=one.by, at=when(one.at)),
        texts.ANSWER: _answer(one),
    }


def _answer(one: Correction) -> str:
    if one.state == OPEN:
        return texts.WAITING
    words = texts.ANSWERED_WHY if one.answer else texts.ANSWERED
    return words.format(state=texts.STATES[state_of(one)], at=when(one.answered_at), answer=one.answer)


def _value(name: str) -> QLabel:
    made = label("", "body", wrap=True)
    made.setAccessibleName(name)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
