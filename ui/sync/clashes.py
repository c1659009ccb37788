"""A county's desk of conflicts: what the data before and after a restore say differently of its own records."""

from PySide6.QtCore import Signal

from ui.desks.conflicts import ConflictPage, Told
from ui.session import Session
from ui.texts import answers as texts
from ui.widgets.basic import label

UNIT = 1  # the column of the unit, which a county knows


class ClashDesk(ConflictPage):
    """The desk of conflicts as a tab of a county, which has but one unit and writes its records itself."""

    counted = Signal(int)

    def __init__(self, session: Session) -> None:
        """Lay the desk out; ``enter`` fills it."""
        super().__init__(session)
        self.head.hide()
        self.boxes["unit"].hide()
        self.table.setColumnHidden(UNIT, True)
        self.lines.setContentsMargins(0, 8, 0, 0)
        self.lines.setSpacing(8)
        self.lines.insertWidget(0, label(texts.CONFLICTS_ABOUT, "muted", wrap=True))
        self.panel.reason.setPlaceholderText(texts.CONFLICTS_REASON)

    def take(self, told: Told) -> None:
        """Show what was read."""
        super().take(told)
        self.counted.emit(sum(one.state == "open" for one in told.conflicts))

    def show_items(self) -> None:
        """Show the conflicts that the filters leave."""
        super().show_items()
        if not self.told.conflicts:
            self.table.empty = texts.CONFLICTS_NONE
