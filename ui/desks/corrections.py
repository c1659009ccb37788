"""The desk of corrections: what the city asks counties to change, followed until answered (sync rule 9)."""

from collections import Counter
from collections.abc import Sequence

from ipdesk.actions import corrections as deeds
from ipdesk.kinds.deciding import CORRECTION, DELETED
from ipdesk.store import Store
from ipdesk.sync.corrections import OPEN, Correction, listed
from ui.desks.correction import CorrectionPanel, state_of
from ui.desks.listed import ListDesk
from ui.desks.table import DeskTable
from ui.desks.words import unit_words, value_words
from ui.session import Session
from ui.texts import corrections as texts
from ui.widgets.basic import shortcut

WIDTHS = (112, 68, 158, 92, 104)
_TONES = {"overdue": "bad", OPEN: "busy", "yes": "good", "undone": "warn", "no": "warn", "withdrawn": "idle"}


class CorrectionPage(ListDesk):
    """Lists corrections, those unanswered first; each is followed beside the list."""

    def __init__(self, session: Session) -> None:
        """Lay the page out; ``enter`` fills it."""
        table = DeskTable(texts.HEADS, texts.TABLE, WIDTHS, empty=texts.NONE)
        panel = CorrectionPanel()
        super().__init__(session, texts.TITLE, texts.STATES, table, panel, panel.stops)
        self.corrections: Sequence[Correction] = ()
        self.shown: Sequence[Correction] = ()
        self._wished = ""
        self.panel = panel
        self._connect()

    def _connect(self) -> None:
        self.table.chosen.connect(lambda: self.panel.show_item(self.item))
        self.table.opened.connect(self._open_record)
        self.panel.record_button.clicked.connect(self._open_record)
        self.panel.back_button.clicked.connect(self.take_back)
        shortcut(self.table, "Delete", self.take_back)

    # ------------------------------------------------------------ reading
    def read(self, store: Store) -> list[Correction]:
        """Return every correction, those unanswered first."""
        return listed(store)

    def take(self, told: Sequence[Correction]) -> None:
        """Show what was read, the overdue before the others."""
        self.corrections = sorted(told, key=lambda one: not one.overdue)
        counts = Counter(state_of(one) for one in told)
        overdue = counts["overdue"]
        self.head.tell(
            texts.ABOUT.format(open=counts[OPEN] + overdue, overdue=overdue, count=len(self.corrections))
        )
        self.boxes["state"].tell_counts(counts)
        self.boxes["unit"].tell_counts(Counter(one.unit for one in told))
        self.show_items()

    def show_items(self) -> None:
        """Show the corrections that the filters leave, the ring staying on its own."""
        state, unit = self.boxes["state"].code, self.boxes["unit"].code
        self.shown = [
            one for one in self.corrections if state in (None, state_of(one)) and unit in (None, one.unit)
        ]
        self.clear_button.setEnabled(state is not None or unit is not None)
        self.table.empty = texts.NONE_FOUND if self.corrections else texts.NONE
        tones = {place: _TONES[state_of(one)] for place, one in enumerate(self.shown)}
        self.table.show_lines([one.digest for one in self.shown], [_line(one) for one in self.shown], tones)
        if self._wished and self.table.stand(self._wished):
            self._wished = ""

    def look_for(self, number: str) -> None:
        """Stand on a correction, whatever is filtered for."""
        self._wished = number
        self.reset()
        self.show_items()

    @property
    def item(self) -> Correction | None:
        """Return the correction under the ring."""
        return self.shown[self.table.place] if 0 <= self.table.place < len(self.shown) else None

    # ------------------------------------------------------------ deeds
    def take_back(self) -> None:
        """Take an unanswered correction back after a question."""
        one = self.item
        if one is None or one.state != OPEN:
            return
        value = value_words(one.shown(one.new))
        words = texts.TAKE_BACK_REMOVAL if one.field == DELETED else texts.TAKE_BACK_TEXT
        text = words.format(name=one.name, field=one.label, value=value)
        if self.session.dialogs.ask(self, texts.TAKE_BACK_TITLE, text, texts.TAKE_BACK):
            self.session.ask(
                self,
                lambda store: deeds.take_back(store, one),
                lambda _none: self._taken_back(one),
                self.fail,
            )

    def _taken_back(self, one: Correction) -> None:
        self.go_to_table()  # the button that had the focus goes
        self.done(texts.TAKEN_BACK.format(name=one.name), CORRECTION)

    def _open_record(self) -> None:
        if one := self.item:
            self.open_record(one.kind, one.key, one.ledger)


def _line(one: Correction) -> tuple[str, ...]:
    value = value_words(one.shown(one.new))
    return (texts.STATES[state_of(one)], unit_words(one.unit), one.name, one.label, value, one.due)
