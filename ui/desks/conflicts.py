"""The desk of conflicts: what two lives of a county wrote into one field, decided by a person (sync rule 7)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Signal

from ipdesk.actions import deciding
from ipdesk.kinds.deciding import CONFLICT, CORRECTION
from ipdesk.store import Store
from ipdesk.sync.conflicts import OPEN
from ipdesk.sync.corrections import Correction, listed
from ipdesk.sync.decided import Conflict, conflicts
from ui.desks.conflict import ConflictPanel
from ui.desks.listed import ListDesk
from ui.desks.table import DeskTable
from ui.desks.words import unit_words, value_words
from ui.session import Session
from ui.texts import conflicts as texts
from ui.widgets.basic import shortcut

WIDTHS = (92, 70, 180, 104)
_TONES = {OPEN: "warn", "ours": "good", "theirs": "good", "value": "good"}
CHOICES = ("ours", "theirs", "value")


class Told(NamedTuple):
    """The conflicts, and the corrections that came of decisions, by number."""

    conflicts: Sequence[Conflict]
    corrections: Mapping[str, Correction]


class ConflictPage(ListDesk):
    """Lists conflicts by record and field, undecided first; each is decided beside the list."""

    correction_asked = Signal(str)

    def __init__(self, session: Session) -> None:
        """Lay the page out; ``enter`` fills it."""
        table = DeskTable(texts.HEADS, texts.TABLE, WIDTHS, empty=texts.NONE)
        panel = ConflictPanel()
        super().__init__(session, texts.TITLE, texts.STATES, table, panel, panel.stops)
        self.told = Told((), {})
        self.shown: Sequence[Conflict] = ()
        self.panel = panel
        self._connect()

    def _connect(self) -> None:
        self.table.chosen.connect(self._show_item)
        self.table.opened.connect(self.panel.enter)
        self.panel.decided.connect(self.decide)
        self.panel.record_button.clicked.connect(self._open_record)
        self.panel.correction_button.clicked.connect(self._open_correction)
        shortcut(self, "Ctrl+Return", self.panel.ask)
        for number, choice in enumerate(CHOICES, 1):
            shortcut(self.table, str(number), partial(self.panel.choose, choice))

    # ------------------------------------------------------------ reading
    def read(self, store: Store) -> Told:
        """Return every conflict, decided ones too."""
        return Told(conflicts(store), {one.digest: one for one in listed(store)})

    def take(self, told: Told) -> None:
        """Show what was read."""
        self.told = told
        undecided = sum(one.state == OPEN for one in told.conflicts)
        self.head.tell(texts.ABOUT.format(open=undecided, count=len(told.conflicts)))
        for name, box in self.boxes.items():
            box.tell_counts(Counter(str(getattr(one, name)) for one in told.conflicts))
        self.show_items()

    def show_items(self) -> None:
        """Show the conflicts that the filters leave, the ring staying on its own."""
        asked = {name: box.code for name, box in self.boxes.items() if box.code is not None}
        self.shown = [
            one
            for one in self.told.conflicts
            if all(str(getattr(one, name)) == code for name, code in asked.items())
        ]
        self.clear_button.setEnabled(bool(asked))
        self.table.empty = texts.NONE_FOUND if self.told.conflicts else texts.NONE
        tones = {place: _TONES[one.state] for place, one in enumerate(self.shown)}
        self.table.show_lines([one.digest for one in self.shown], [_line(one) for one in self.shown], tones)

    @property
    def item(self) -> Conflict | None:
        """Return the conflict under the ring."""
        place = self.table.place
        return self.shown[place] if 0 <= place < len(self.shown) else None

    def _show_item(self) -> None:
        one = self.item
        self.panel.show_item(one, self.told.corrections.get(one.correction) if one else None)

    # ------------------------------------------------------------ deciding
    def decide(self, conflict: Conflict, choice: str, reason: str) -> None:
        """Decide a conflict: "ours", "theirs" or a value as it is typed."""
        self.panel.hold(held=True)

        def op(store: Store) -> tuple[Conflict, str]:
            number = deciding.resolve_conflict(store, conflict, choice, reason)
            return next(one for one in conflicts(store) if one.digest == conflict.digest), number

        self.session.ask(self, op, lambda told: self._decided(*told), self._refused)

    def _decided(self, conflict: Conflict, number: str) -> None:
        self.panel.hold(held=False)
        words = (texts.DECIDED_ASKED if number else texts.DECIDED).format(
            name=conflict.name,
            field=conflict.label,
            value=value_words(conflict.shown(conflict.decision)),
            unit=unit_words(conflict.unit),
        )
        self.table.stand(self._next(conflict))
        self.go_to_table()
        self.done(words, CONFLICT, CORRECTION)

    def _next(self, decided: Conflict) -> str:
        """Return the next conflict that is open, the decided one where there is none."""
        others = [one for one in self.shown if one.state == OPEN and one.digest != decided.digest]
        after = [one for one in others if self.shown.index(one) > self.table.place]
        return next((one.digest for one in (*after, *others)), decided.digest)

    def _refused(self, error: Exception) -> bool:
        self.panel.hold(held=False)
        return self.panel.refuse(self.session.reason(error))

    # ------------------------------------------------------------ ways on
    def _open_record(self) -> None:
        if one := self.item:
            self.open_record(one.kind, one.key)

    def _open_correction(self) -> None:
        if (one := self.item) and one.correction:
            self.correction_asked.emit(one.correction)


def _line(one: Conflict) -> tuple[str, ...]:
    both = texts.BOTH.format(ours=value_words(one.shown(one.ours)), theirs=value_words(one.shown(one.theirs)))
    return (texts.STATES[one.state], unit_words(one.unit), one.name, one.label, both)
