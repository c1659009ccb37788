"""What was done to a record: when, by whom, from where, before and after."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ipdesk.kinds.declare import Catalogue
from ipdesk.records import Change
from ui.texts import common
from ui.texts import ledger as texts
from ui.widgets.basic import button, label, row
from ui.widgets.listing import Listing, ListingTable

WIDTHS = (130, 90, 120, 120, 180)


class HistoryDialog(QDialog):
    """Shows the changes of one record, newest first."""

    def __init__(self, parent: QWidget, catalogue: Catalogue, name: str, changes: Sequence[Change]) -> None:
        """Lay the changes out as a table."""
        super().__init__(parent)
        title = texts.HISTORY_TITLE.format(name=name)
        self.setWindowTitle(title)
        self.resize(880, 480)
        self.model = Listing(texts.HISTORY_HEADS)
        self.model.show([_line(catalogue, change) for change in changes])
        self.table = ListingTable(self.model, texts.HISTORY_NAME, WIDTHS)
        close = button(common.CLOSE, clicked=self.accept)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(16, 16, 16, 12)
        lines.setSpacing(12)
        lines.addWidget(label(title, "lead"))
        lines.addWidget(self.table if changes else label(texts.HISTORY_NONE, "muted"), 1)
        lines.addLayout(row(None, close))
        (self.table if changes else close).setFocus()


def _line(catalogue: Catalogue, change: Change) -> tuple[str, ...]:
    """Return a change as it is read; personal values stay masked."""
    field = catalogue.kind(change.kind).by_name.get(change.field)
    if field is None:
        return (
            moment(change.at),
            change.who,
            change.source,
            change.field,
            str(change.before or ""),
            str(change.after or ""),
        )
    before, after = (field.type.show(field.type.mask(value)) for value in (change.before, change.after))
    return (
        moment(change.at),
        change.who,
        change.source,
        field.label,
        before or common.NONE,
        after or common.NONE,
    )


def moment(stamp: str) -> str:
    """Return a clock stamp as people read it, in this PC's time."""
    try:
        return datetime.fromisoformat(stamp).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return stamp
