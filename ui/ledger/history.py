"""What was done to a record: when, by whom, from where, before and after."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ipdesk.actions.parts import words_of
from ipdesk.kinds.declare import Catalogue, Kind, Ledger
from ipdesk.kinds.document import DOCUMENT_FIELD
from ipdesk.records import Change, RecordKey, Row
from ipdesk.store import Store
from ui.form.deeds import shown
from ui.session import Session
from ui.texts import common
from ui.texts import ledger as texts
from ui.widgets.basic import button, label, row
from ui.widgets.listing import Listing, ListingTable

DELETED, NOTE = "_deleted", "_note"  # what the change log tells besides fields
BOUNDS = 72, 260  # logical pixels of a column but the last, which takes what is left


class HistoryDialog(QDialog):
    """Shows the changes of one record, newest first."""

    def __init__(self, parent: QWidget, catalogue: Catalogue, name: str, changes: Sequence[Change]) -> None:
        """Lay the changes out as a table."""
        super().__init__(parent)
        title = texts.HISTORY_TITLE.format(name=name)
        self.setWindowTitle(title)
        self.resize(1000, 480)
        self.model = Listing(texts.HISTORY_HEADS)
        self.model.show([_line(catalogue, change) for change in changes])
        self.table = ListingTable(self.model, texts.HISTORY_NAME)
        self.table.fit(0, *BOUNDS)
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # the row of the sheet stands at the end
        close = button(common.CLOSE, clicked=self.accept)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(16, 16, 16, 12)
        lines.setSpacing(12)
        lines.addWidget(label(title, "lead"))
        lines.addWidget(self.table if changes else label(texts.HISTORY_NONE, "muted"), 1)
        lines.addLayout(row(None, close))
        (self.table if changes else close).setFocus()


def ask_history(session: Session, page: QWidget, ledger: Ledger, key: RecordKey) -> None:
    """Read what was done to a record and show it."""

    def op(store: Store) -> tuple[Row, list[Change]]:
        return shown(store, ledger, key), store.history(ledger, key)

    def show(told: tuple[Row, list[Change]]) -> None:
        row, changes = told
        name = str(row.values.get(ledger.name_field) or common.NONE)
        session.dialogs.show(HistoryDialog(page, session.catalogue, name, changes))

    session.ask(page, op, show)


def _line(catalogue: Catalogue, change: Change) -> tuple[str, ...]:
    """Return a change as it is read; personal values stay masked."""
    item, before, after = _told(catalogue, change)
    return (moment(change.at), change.who, change.source, item, before or common.NONE, after or common.NONE)


def _told(catalogue: Catalogue, change: Change) -> tuple[str, str, str]:
    """Return what was changed, before and after, in words."""
    kind = catalogue.kinds.get(change.kind)
    field = kind.by_name.get(change.field) if kind else None
    if field:
        before, after = (field.type.show(field.type.mask(value)) for value in (change.before, change.after))
        return _of_part(field.label, kind, change), before, after
    if change.field == DELETED:
        whole = _of_part(texts.WHOLE.format(kind=kind.label if kind else ""), kind, change)
        return whole, texts.STATES[bool(change.before)], texts.STATES[bool(change.after)]
    if change.field == DOCUMENT_FIELD:
        return texts.ATTACHMENT, str(change.before or ""), str(change.after or "")
    if change.field == NOTE:
        return texts.NOTED, "", str(change.after or "")
    return texts.OTHER_FIELD, str(change.before or ""), str(change.after or "")


def _of_part(item: str, kind: Kind | None, change: Change) -> str:
    """Return an item after what tells its part from the others of the record: it is read even where the rest is cut."""
    words = words_of(kind, change)
    return texts.OF_PART.format(item=item, part=words) if words else item


def moment(stamp: str) -> str:
    """Return a clock stamp as people read it, in this PC's time."""
    try:
        return datetime.fromisoformat(stamp).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return stamp
