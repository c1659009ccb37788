"""The card of the parameters that are counted by: what each is, on what it stands, and how it came about."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtWidgets import QVBoxLayout

from ipdesk import parameters
from ipdesk.parameters import Changed, Told
from ui.session import Session
from ui.settings.parameter import ParameterDialog
from ui.texts import counting as texts
from ui.widgets.basic import button, card, label, row, shortcut
from ui.widgets.listing import Listing, ListingTable

WIDTHS, CHANGES_WIDTHS = (240, 165, 300, 110), (130, 190, 150, 150, 170, 110)
SOURCE, CHANGES_SOURCE = 2, 4  # the columns of what it stands on, which have the longest words
ROWS_SHOWN = 4


class Counting:
    """Shows the parameters; Enter or the button changes the one under the ring."""

    def __init__(self, session: Session) -> None:
        """Lay the card out; ``ask`` fills it."""
        self._session = session
        self.frame = card()
        self.told: Sequence[Told] = ()
        self.model, self.changes = Listing(texts.HEADS), Listing(texts.CHANGES_HEADS)
        self.table = ListingTable(self.model, texts.TABLE, WIDTHS)
        self.changes_table = ListingTable(
            self.changes, texts.CHANGES_TABLE, CHANGES_WIDTHS, empty=texts.NO_CHANGES
        )
        self.table.stretch(SOURCE)
        self.changes_table.stretch(CHANGES_SOURCE)
        self.change_button = button(texts.CHANGE, "edit", clicked=self.change)
        self.table.doubleClicked.connect(self._change_at)
        for keys in ("Return", "Enter", "F2"):
            shortcut(self.table, keys, self.change)
        self._lay_out()

    def _lay_out(self) -> None:
        about = texts.ABOUT_CITY if self._session.is_city else texts.ABOUT_COUNTY
        self.table.setFixedHeight(_height(len(parameters.LABELS)))
        self.changes_table.setFixedHeight(_height(ROWS_SHOWN))
        lines = QVBoxLayout(self.frame)
        lines.setContentsMargins(20, 14, 20, 14)
        lines.setSpacing(8)
        lines.addWidget(label(texts.TITLE, "lead"))
        lines.addWidget(label(about, "muted", wrap=True))
        lines.addWidget(self.table)
        lines.addLayout(row(self.change_button, None))
        lines.addWidget(label(texts.CHANGES_TITLE, "label"))
        lines.addWidget(self.changes_table)

    def ask(self) -> None:
        """Ask for the parameters as they stand."""
        self._session.ask(self.frame, parameters.told, self._show)

    def _show(self, told: list[Told]) -> None:
        place = max(0, self.table.currentIndex().row())
        self.told = told
        self.model.show([(one.label, one.words, one.source, one.date) for one in told])
        self.table.selectRow(place)
        made = sorted((c for one in told for c in one.changes), key=lambda c: c.at, reverse=True)
        self.changes.show([_line(one) for one in made])

    def _change_at(self, _index: QModelIndex | QPersistentModelIndex) -> None:
        self.change()

    def change(self) -> None:
        """Ask for another value of the parameter under the ring."""
        place = self.table.currentIndex().row()
        if 0 <= place < len(self.told):
            dialog = ParameterDialog(self.frame, self._session, self.told[place])
            dialog.kept.connect(self._kept)
            self._session.dialogs.show(dialog)

    def _kept(self, words: str) -> None:
        self.ask()
        self._session.report(words)
        self._session.tell(words)


def _line(one: Changed) -> tuple[str, ...]:
    """Return a change as it is read."""
    before, after = (parameters.shown(one.name, value) for value in (one.before, one.after))
    at = datetime.fromisoformat(one.at).astimezone()
    return (f"{at:%Y-%m-%d %H:%M}", parameters.LABELS[one.name], before, after, one.source, one.date)


def _height(rows: int) -> int:
    """Return the height of a table that shows some rows and its head."""
    return 32 + rows * 30 + 4
