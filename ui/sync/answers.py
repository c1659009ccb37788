"""A county's desk of the city's corrections: each answered yes or no, those that still fit all at once (rule 9)."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ipdesk.actions import corrections as deeds
from ipdesk.kinds.deciding import CORRECTION, DELETED
from ipdesk.store import Store
from ipdesk.sync.corrections import OPEN, Correction, listed
from ui.desks.page import DeskPage
from ui.desks.table import DeskTable
from ui.desks.words import value_words
from ui.session import Session
from ui.sync.answer import AnswerPanel
from ui.texts import answers as texts
from ui.widgets.basic import button, in_order, label, row, shortcut

WIDTHS = (152, 160, 84, 170)
LAST = "9"  # behind every day: what has no deadline
Left = Sequence[tuple[Correction, str]]


class AnswerDesk(DeskPage):
    """Lists what the city asks to be changed; the unanswered first."""

    counted = Signal(int)

    def __init__(self, session: Session) -> None:
        """Lay the desk out; ``enter`` fills it."""
        super().__init__(session, texts.TITLE)
        self.head.hide()
        self.asked: Sequence[Correction] = ()
        self.about = label("", "muted")
        self.all_button = button(texts.ALL, "check", clicked=self.accept_all, hint=texts.ALL_HINT)
        self.table = DeskTable(texts.HEADS, texts.TABLE, WIDTHS, empty=texts.NONE)
        self.panel = AnswerPanel()
        self._lay_out()
        self.table.chosen.connect(self._show_item)
        self.table.opened.connect(self.panel.enter)
        self.panel.answered.connect(self.answer)
        self.panel.left.connect(self._go_to_table)
        self.panel.record_button.clicked.connect(self._open_record)
        shortcut(self.table, "1", lambda: self.panel.answer(yes=True))
        shortcut(self.table, "2", lambda: self.panel.answer(yes=False))
        shortcut(self, "Ctrl+Return", lambda: self.panel.answer(yes=True))
        shortcut(self, "Ctrl+Shift+Y", self.accept_all)

    def _lay_out(self) -> None:
        self.lines.setContentsMargins(0, 8, 0, 0)
        self.lines.setSpacing(8)
        self.lines.addLayout(row(self.about, None, self.all_button))
        body = QHBoxLayout()
        body.setSpacing(12)
        body.addWidget(self.table, 1)
        body.addWidget(self.panel)
        self.lines.addLayout(body, 1)
        in_order(self.table, *self.panel.stops, self.all_button)

    @property
    def start(self) -> QWidget:
        """Return the list."""
        return self.table

    def _go_to_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------------------ reading
    def read(self, store: Store) -> list[Correction]:
        """Return every correction, answered ones too."""
        return listed(store)

    def take(self, told: Sequence[Correction]) -> None:
        """Show what was read: of the unanswered what is due first, for that presses."""
        self.asked = told = sorted(told, key=lambda one: (one.state != OPEN, one.due or LAST))
        tones = {place: _tone(one) for place, one in enumerate(told)}
        self.table.show_lines([one.digest for one in told], [_line(one) for one in told], tones)
        self._show_item()
        count, late = sum(one.state == OPEN for one in told), sum(one.overdue for one in told)
        words = texts.ABOUT if count else texts.ABOUT_NONE
        self.about.setText(words.format(open=count, late=late, count=len(told)) if told else "")
        self.all_button.setText(f" {texts.ALL.format(count=len(self.fitting))}")
        self.all_button.setAccessibleName(texts.ALL.format(count=len(self.fitting)))
        self.all_button.setEnabled(bool(self.fitting))
        self.counted.emit(count)

    @property
    def fitting(self) -> list[Correction]:
        """Return those whose old value still stands; deletions are looked at one by one."""
        return [one for one in self.asked if one.state == OPEN and one.fits and one.field != DELETED]

    @property
    def item(self) -> Correction | None:
        """Return the correction under the ring."""
        place = self.table.place
        return self.asked[place] if 0 <= place < len(self.asked) else None

    def _show_item(self) -> None:
        self.panel.show_item(self.item)

    # ------------------------------------------------------------ answering
    def answer(self, asked: Correction, yes: bool, reason: str) -> None:
        """Answer a correction; yes writes the value."""
        self.panel.hold(held=True)
        self.session.ask(
            self,
            lambda store: deeds.answer(store, asked, yes=yes, reason=reason),
            lambda _none: self._answered(asked, yes=yes),
            self._refused,
        )

    def _answered(self, asked: Correction, *, yes: bool) -> None:
        words = (texts.SAID_YES if yes else texts.SAID_NO).format(name=asked.name, label=asked.label)
        others = [one.digest for one in self.asked if one.state == OPEN and one.digest != asked.digest]
        if others:
            self.table.stand(others[0])
        self._go_to_table()
        self._tell(words, asked)

    def _tell(self, words: str, *answered: Correction) -> None:
        self.notice.tell("")
        self.session.tell(words, can_undo=True)
        self.session.report(words, CORRECTION, *(one.kind for one in answered))
        self.refresh()

    def _refused(self, error: Exception) -> bool:
        self.panel.hold(held=False)
        return self.panel.refuse(self.session.reason(error))

    def accept_all(self) -> None:
        """Take every correction whose old value still stands, in one act."""
        some = self.fitting
        if some:
            self.all_button.setEnabled(False)
            self.session.ask(
                self, lambda store: deeds.answer_all(store, some), lambda told: self._accepted(some, *told)
            )

    def _accepted(self, some: Sequence[Correction], count: int, left: Left) -> None:
        self._tell(texts.ALL_DONE.format(count=count), *some)
        self._go_to_table()
        if left:
            why = "；".join(
                texts.MORE.format(name=one.name, label=one.label, why=why) for one, why in left[: texts.SHOWN]
            )
            self.notice.tell(texts.ALL_LEFT.format(count=len(left), why=why), "warn")

    def _open_record(self) -> None:
        if one := self.item:
            self.open_record(one.kind, one.key, one.ledger)


def _line(one: Correction) -> tuple[str, ...]:
    change = texts.CHANGE.format(old=value_words(one.shown(one.old)), new=value_words(one.shown(one.new)))
    return (_state(one), one.name, one.label, change, one.due)


def _state(one: Correction) -> str:
    if one.state == OPEN:
        if not one.fits and one.present != one.new:
            return texts.MOVED
        return texts.LATE if one.overdue else texts.STATES[OPEN]
    if one.undone:
        return texts.UNDONE
    if one.state not in ("yes", "no"):
        return texts.STATES[one.state]
    return (texts.TOLD if one.told else texts.UNTOLD).format(state=texts.STATES[one.state])


def _tone(one: Correction) -> str:
    if one.state == OPEN:
        return "bad" if one.overdue or not one.fits else "warn"
    if one.undone:
        return "warn"
    return "idle" if one.state == "withdrawn" else "good" if one.told else "busy"
