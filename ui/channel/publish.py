"""The window in which the city publishes something: where it comes from, and item by item what changes for counties."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from ipdesk.actions import drafts
from ipdesk.actions.drafts import CODES, Draft
from ipdesk.sync import Document
from ui.channel.deeds import Sent
from ui.session import Session
from ui.texts import channel as texts
from ui.texts import common
from ui.widgets.basic import button, label, row, shortcut
from ui.widgets.labelled import Labelled
from ui.widgets.listing import Listing, ListingTable
from ui.widgets.notice import Notice

SIZE = (800, 500)
WIDTHS = (160, 170)


class PublishDialog(QDialog):
    """Shows what would change, then publishes exactly that; ``published`` tells what was."""

    published = Signal(str)

    def __init__(self, parent: QWidget, session: Session, sent: Sent) -> None:
        """Begin with what stands; a code table needs a sheet first."""
        super().__init__(parent)
        self._session, self._sent = session, sent
        self.draft: Draft | None = None
        title = texts.PUBLISH_TITLE.format(label=sent.label)
        self.setWindowTitle(title)
        self.resize(*SIZE)
        self._make_parts()
        self._lay_out(title)
        shortcut(self, "Ctrl+Return", self.publish)
        if sent.what != CODES:
            self.look()
        self.choose_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_parts(self) -> None:
        codes = self._sent.what == CODES
        self.file = QLineEdit()
        self.file.editingFinished.connect(self._typed)
        self.file_box = Labelled(texts.FILE_NEEDED if codes else texts.FILE, self.file)
        self.choose_button = button(texts.CHOOSE, "folder", clicked=self.choose)
        self.clear_button = button(texts.CLEAR, kind="link", clicked=self.clear)
        self.save_button = button(texts.SAVE_TABLE, "export", clicked=self.save_table)
        for made in (self.choose_button, self.clear_button, self.save_button):
            self.file_box.add_beside(made)
        self.clear_button.hide()
        self.save_button.setVisible(codes)
        self.model = Listing(texts.SHIFTS_HEADS)
        empty = texts.SHIFTS_NONE if codes else texts.SHIFTS_SAME
        self.table = ListingTable(self.model, texts.SHIFTS, WIDTHS, wrap=True, empty=empty)
        self.words, self.notice = label("", "muted", wrap=True), Notice()
        self.do_button = button(texts.DO, kind="primary", clicked=self.publish, hint="Ctrl+Enter")
        self.do_button.setEnabled(False)

    def _lay_out(self, title: str) -> None:
        lines = QVBoxLayout(self)
        lines.setContentsMargins(24, 20, 24, 16)
        lines.setSpacing(10)
        about = label(texts.TEXTS[self._sent.what], "body", wrap=True)
        for part in (label(title, "lead"), about, self.notice, self.file_box, self.words):
            lines.addWidget(part)
        lines.addWidget(self.table, 1)
        lines.addLayout(row(None, button(common.CANCEL, clicked=self.reject), self.do_button))

    # ------------------------------------------------------------ the sheet
    @property
    def sheet(self) -> Path | None:
        """Return the sheet named, none for what stands."""
        name = self.file.text().strip()
        return Path(name) if name else None

    def choose(self) -> None:
        """Let a sheet be chosen and show what it changes."""
        chosen = self._session.dialogs.open_files(self, self.windowTitle(), texts.CSV)
        if chosen:
            self.file.setText(str(chosen[0]))
            self.look()

    def clear(self) -> None:
        """Go back to what stands."""
        self.file.clear()
        self.look()
        self.choose_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self) -> None:
        if self.draft is None or self.draft.file != self.sheet:
            self.look()

    def save_table(self) -> None:
        """Write the table as it stands, to be edited."""
        name = texts.TABLE_NAME.format(name=self._sent.part)
        out = self._session.dialogs.save_file(self, texts.SAVE_TABLE, name, texts.CSV)
        if out:
            file, part = out, self._sent.part
            self._session.ask(
                self,
                lambda store: drafts.write_table(store, part, file),
                lambda _none: self.notice.tell(texts.SAVED_TABLE.format(name=file.name), "good"),
                self._refused,
            )

    # ------------------------------------------------------------ looking
    def look(self) -> None:
        """Ask what publishing would change."""
        what, file = self._sent.what, self.sheet
        self._forget(texts.LOOKING)
        self.clear_button.setVisible(file is not None and what != CODES)
        if file is None and what == CODES:
            self.words.setText("")
            return
        self._session.ask(self, lambda store: drafts.draft(store, what, file), self._show, self._refused)

    def _forget(self, words: str) -> None:
        self.draft = None
        self.notice.tell("")
        self.model.show([])
        self.words.setText(words)
        self.do_button.setEnabled(False)

    def _show(self, found: Draft) -> None:
        if found.file != self.sheet:  # another sheet was named meanwhile
            return
        self.draft = found
        self.table.empty = texts.SHIFTS_SAME
        none = common.NONE
        self.model.show([(one.item, one.before or none, one.after or none) for one in found.shifts])
        words = texts.FOUND if found.shifts else texts.SAME
        self.words.setText(words.format(label=found.label, count=len(found.shifts), version=found.version))
        deed = texts.DO_VERSION.format(version=found.version)
        self.do_button.setText(deed)
        self.do_button.setAccessibleName(deed)
        self.do_button.setEnabled(bool(found.shifts))

    def _refused(self, error: Exception) -> bool:
        self._forget("")
        self.notice.tell(self._session.reason(error), "bad")
        return True

    # ------------------------------------------------------------ publishing
    def publish(self) -> None:
        """Publish what is shown; a sheet that nobody has looked at yet is shown first."""
        wanted = self.draft
        if wanted and wanted.file != self.sheet:
            self.look()
        elif wanted and self.do_button.isEnabled():
            self.do_button.setEnabled(False)
            self._session.ask(self, lambda store: drafts.issue(store, wanted), self._published, self._refused)

    def _published(self, document: Document) -> None:
        self.accept()
        words = texts.DONE_CODES if self._sent.what == CODES else texts.DONE
        self.published.emit(words.format(label=document.label, version=document.version))
