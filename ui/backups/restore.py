"""Ask how a backup is to be restored, showing what would be lost and what comes back."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QRadioButton, QVBoxLayout, QWidget

from ipdesk.actions.restoring import Look, Lost
from ipdesk.store import Wish
from ui.session import Session
from ui.texts import backups as texts
from ui.texts import common
from ui.widgets.basic import button, label, row, shortcut
from ui.widgets.listing import Listing, ListingTable

SIZE = (720, 520)
INDENT = 24
_TONES = {True: "idle", False: "warn"}


class RestoreDialog(QDialog):
    """Shows what a backup is and what restoring it does; the safe answer has the focus."""

    def __init__(self, parent: QWidget, session: Session, found: Look) -> None:
        """Lay the look and both ways out."""
        super().__init__(parent)
        self._session, self._found = session, found
        self.setWindowTitle(texts.RESTORE_TITLE)
        self.resize(*SIZE)
        city = session.is_city
        self.rebuild = QRadioButton(texts.REBUILD_CITY if city else texts.REBUILD)
        self.go_back = QRadioButton(texts.GO_BACK)
        self._about = texts.REBUILD_CITY_TEXT if city else texts.REBUILD_TEXT
        self._other = texts.GO_BACK_CITY_TEXT if city else texts.GO_BACK_TEXT
        self.rebuild.setChecked(True)
        for made, words in ((self.rebuild, self._about), (self.go_back, self._other)):
            made.setAccessibleDescription(words)
            for keys in ("Return", "Enter"):
                shortcut(made, keys, made.click)
        self.model = Listing(texts.LOST_HEADS, state=3)
        self.table = ListingTable(self.model, texts.LOST_NAME, (110, 280, 100), empty=texts.LOST_NONE)
        self.no_button = button(texts.DO_NOT, clicked=self.reject)
        self.yes_button = button(texts.DO, kind="danger", clicked=self.accept)
        self._lay_out()
        self.no_button.setDefault(True)
        self.no_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        found = self._found
        lines = QVBoxLayout(self)
        lines.setContentsMargins(20, 16, 20, 14)
        lines.setSpacing(8)
        lines.addWidget(label(found.lines(self.wish)[0], "lead", wrap=True))
        held, present = sum(found.counts.values()), sum((found.present or {}).values())
        lines.addWidget(label(texts.COUNTS.format(present=present, held=held), "muted"))
        lines.addWidget(label(texts.LOST, "strong"))
        self._show_lost()
        lines.addWidget(self.table, 1)
        if found.since > len(found.rows):
            words = texts.LOST_MORE.format(shown=len(found.rows), count=found.since)
            lines.addWidget(label(words, "muted"))
        for made, words in ((self.rebuild, self._about), (self.go_back, self._other)):
            lines.addWidget(made)
            told = label(words, "small", wrap=True)
            told.setContentsMargins(INDENT, 0, 0, 4)
            lines.addWidget(told)
        lines.addLayout(row(None, self.yes_button, self.no_button))

    def _show_lost(self) -> None:
        rows = self._found.rows
        self.model.show([self._line(lost) for lost in rows], {i: _TONES[r.sent] for i, r in enumerate(rows)})
        if rows:
            self.table.selectRow(0)

    def _line(self, lost: Lost) -> tuple[str, ...]:
        kind = self._session.catalogue.kind(lost.kind).label
        sent = texts.SENT if lost.sent else texts.UNSENT
        return (kind, lost.name or common.NONE, texts.DEEDS[lost.deed], sent)

    @property
    def wish(self) -> Wish:
        """Return how it is to be restored."""
        return "go-back" if self.go_back.isChecked() else "rebuild"

    def is_sure(self) -> bool:
        """Ask once more, the safe answer being the inviting one."""
        found, chosen = self._found, self.go_back if self.go_back.isChecked() else self.rebuild
        lost = (
            texts.ASK_LOST.format(count=found.since, unsent=found.unsent)
            if found.since
            else texts.ASK_NOTHING
        )
        text = texts.ASK_TEXT.format(at=f"{found.at:%Y-%m-%d %H:%M}", lost=lost)
        what = chosen.text().partition("（")[0]
        return self._session.dialogs.ask(
            self.parentWidget(), texts.ASK_TITLE.format(what=what), text, texts.YES, texts.DO_NOT
        )
