"""The attachments in a record's form: the list, what is missing, and what can be done."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListView, QProgressBar, QVBoxLayout, QWidget

from ipdesk.actions import documents as deeds
from ipdesk.actions.documents import Document
from ipdesk.codetable import Code
from ipdesk.headings import guess
from ipdesk.kinds.declare import Kind, Ledger
from ipdesk.kinds.document import DOCUMENT
from ipdesk.records import Changed, RecordKey, Row
from ipdesk.required import lacking
from ipdesk.store import Store
from ui.documents.dialogs import HeadingDialog, LookDialog
from ui.documents.headings import HeadingsDialog
from ui.documents.look import Pages, can_look, look
from ui.documents.model import DocumentsModel
from ui.session import Session
from ui.texts import common
from ui.texts import documents as texts
from ui.widgets.basic import button, label, row, shortcut
from ui.widgets.choice import Option
from ui.worker import Report, Task

SOURCE = "表单"
HEADING = DOCUMENT.by_name["doc_code"].type
FRAME, SHOWN = 6, 4  # logical pixels above and below the list, entries shown at once
STAGED = "stage"  # only such records have a list of documents


class DocumentsPart(QWidget):
    """Lists the attachments of the record shown; adds, shows, saves, names and deletes them."""

    listed = Signal()
    added = Signal()

    def __init__(self, session: Session, ledger: Ledger) -> None:
        """Begin without a record."""
        super().__init__()
        self._session, self._ledger = session, ledger
        self._row: Row | None = None
        self._locked = False
        self._adding: Task | None = None
        self._before: frozenset[RecordKey] | None = None
        self.model = DocumentsModel()
        self._make_parts()
        self._lay_out()
        session.changed.connect(self._hear)
        for keys, deed in (("Return", self.look), ("F2", self.rename), ("Delete", self.delete)):
            shortcut(self.list, keys, deed)
        shortcut(self.list, "Ctrl+Shift+S", self.save)
        self._tell()

    # ------------------------------------------------------------ making
    def _make_parts(self) -> None:
        self.title, self.said = label(texts.TITLE, "strong"), label("", "small", wrap=True)
        self.lacking = label("", "remind", wrap=True)
        self.list = QListView()
        self.list.setProperty("role", "two-lines")
        self.list.setModel(self.model)
        self.list.setAccessibleName(texts.LIST_NAME)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setTabKeyNavigation(False)
        self.list.doubleClicked.connect(lambda _index: self.look())
        self.list.selectionModel().currentChanged.connect(lambda _now, _before: self._tell_buttons())
        self.add_button = button(texts.ADD, kind="link", clicked=self.choose, hint=texts.ADD_HINT)
        self.look_button = button(texts.LOOK, kind="link", clicked=self.look, hint=texts.LOOK_HINT)
        self.save_button = button(texts.SAVE, kind="link", clicked=self.save, hint=texts.SAVE_HINT)
        self.name_button = button(texts.RENAME, kind="link", clicked=self.rename, hint=texts.RENAME_HINT)
        self.delete_button = button(common.DELETE, kind="link", clicked=self.delete, hint=texts.DELETE_HINT)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.stop_button = button(texts.STOP, kind="link", clicked=self._stop)
        self.waiting = QWidget()
        self.waiting.setLayout(row(self.bar, self.stop_button))
        self.waiting.hide()

    def _lay_out(self) -> None:
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 6, 0, 0)
        lines.setSpacing(6)
        for part in (self.title, self.lacking, self.list, self.said, self.waiting):
            lines.addWidget(part)
        lines.addLayout(row(*self._buttons, None, spacing=2))

    @property
    def _buttons(self) -> tuple[QWidget, ...]:
        return (self.add_button, self.look_button, self.save_button, self.name_button, self.delete_button)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Return where Tab stops."""
        return (self.list, self.stop_button, *self._buttons)

    # ------------------------------------------------------------ showing
    def show_row(self, row: Row | None, *, locked: bool) -> None:
        """List the attachments of a record; a new one has none yet."""
        same = row is not None and self._row is not None and row.key == self._row.key
        self._row, self._locked = row, locked
        if not same:
            self.model.show(())
            self._before = None
        self._tell()
        self.reload()

    def reload(self) -> None:
        """Ask for the list anew."""
        row, kind = self._row, self._ledger.root
        if row:
            self._session.ask(
                self,
                lambda store: deeds.of(store, kind, row.key),
                lambda found: self._take(found) if self._row and self._row.key == row.key else None,
            )

    def _take(self, found: Sequence[Document]) -> None:
        if tuple(found) != tuple(self.model.documents):
            place = self.list.currentIndex().row()
            self.model.show(found)
            self.list.setCurrentIndex(self.model.index(min(max(place, 0), len(found) - 1), 0))
        self._tell()
        self.listed.emit()
        self._go_to_new()

    def _go_to_new(self) -> None:
        """Put the ring on what was just added."""
        before, self._before = self._before, None
        keys = [document.key for document in self.model.documents]
        new = [place for place, key in enumerate(keys) if before is not None and key not in before]
        if new:
            self.list.setCurrentIndex(self.model.index(new[0], 0))
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            self.added.emit()

    def _hear(self, changed: Changed) -> None:
        if DOCUMENT.name in changed.kinds:
            self.reload()

    @property
    def codes(self) -> frozenset[str]:
        """Return which documents of the list are there."""
        return frozenset(document.doc_code for document in self.model.documents)

    @property
    def current(self) -> Document | None:
        """Return the attachment under the ring."""
        place = self.list.currentIndex().row()
        return self.model.documents[place] if 0 <= place < len(self.model.documents) else None

    def _absent(self) -> list[Code]:
        staged = self._row and STAGED in self._ledger.by_name
        return lacking(self._row.values, self.codes) if self._row and staged else []

    def _tell(self) -> None:
        count = len(self.model.documents)
        self.title.setText(texts.TITLE_COUNT.format(count=count) if count else texts.TITLE)
        none = texts.NONE_FOREIGN if self._locked else texts.NONE
        self._say("" if count else none if self._row else texts.NEW)
        absent = self._absent()
        names = "、".join(code.name.partition("(")[0] for code in absent)
        self.lacking.setText(texts.LACKING.format(count=len(absent), names=names) if absent else "")
        self.lacking.setVisible(bool(absent))
        self.list.setVisible(bool(count))
        self.list.setFixedHeight(max(self.list.sizeHintForRow(0), 1) * min(count, SHOWN) + FRAME)
        self._tell_buttons()

    def _say(self, words: str) -> None:
        self.said.setText(words)
        self.said.setVisible(bool(words))

    def _tell_buttons(self) -> None:
        current = self.current
        self.add_button.setVisible(self._row is not None and not self._locked)
        for made in (self.look_button, self.save_button):
            made.setVisible(current is not None)
            made.setEnabled(current is not None and current.here)
        for made in (self.name_button, self.delete_button):
            made.setVisible(current is not None and not self._locked)

    # ------------------------------------------------------------ adding
    def choose(self) -> None:
        """Let files be chosen and add them."""
        endings = " ".join(f"*{ending}" for ending in deeds.TYPES)
        filters = texts.FILTERS.format(endings=endings)
        files = self._session.dialogs.open_files(self, texts.CHOOSE, filters) if self.may_add() else []
        if files:
            self.add(files)

    def may_add(self) -> bool:
        """Tell whether the record shown takes attachments; say why not."""
        why = texts.UNSAVED if self._row is None else texts.FOREIGN if self._locked else ""
        if why:
            self._session.dialogs.tell(self, common.FAILED, why, "info")
        return not why and self._adding is None

    def add(self, files: Sequence[Path]) -> None:
        """Add files to the record shown; what cannot be attached is refused before anything is asked."""
        row = self._row
        if self.may_add() and row is not None:
            self._session.ask(
                self, lambda _store: deeds.look_over(files), lambda _none: self._ask_and_add(row, files)
            )

    def _ask_and_add(self, row: Row, files: Sequence[Path]) -> None:
        """Ask what the files are and add them, unless another record shows meanwhile."""
        kind = self._ledger.root
        if self._row is None or self._row.key != row.key or self._adding:
            return
        headings = self._ask_headings(files)
        if not headings:
            return
        self._wait(0, 0)
        self._adding = self._session.work(
            self,
            lambda store, report: _add(store, kind, row, files, headings, report),
            lambda _keys: self._added(headings),
            self._not_added,
            self._wait,
        )

    def _ask_headings(self, files: Sequence[Path]) -> Sequence[str]:
        """Ask what each file is, those named after a document being proposed; nothing when given up."""
        title, options = texts.ADD_TITLE.format(count=len(files)), self._options()
        absent = [code.code for code in self._absent()]
        guessed = [guess(file.name, absent) if options else "" for file in files]
        if len(files) == 1:
            heading = self._ask_heading(title, files[0].name, guessed[0])
            return [heading] if heading else []
        dialog = HeadingsDialog(self, title, [file.name for file in files], options, guessed)
        return dialog.entries if self._session.dialogs.show(dialog) else []

    def _options(self) -> list[Option]:
        """Return the documents of the list, those still missing first."""
        first = [code.code for code in self._absent()]
        listed = HEADING.options() if STAGED in self._ledger.by_name else ()
        return sorted(listed, key=lambda option: option[0] not in first)

    def _ask_heading(self, title: str, told: str, code: str) -> str:
        dialog = HeadingDialog(self, title, told, self._options(), code)
        return dialog.entry if self._session.dialogs.show(dialog) else ""

    def _wait(self, done: int, total: int) -> None:
        words = texts.ADDING_OF.format(done=min(done + 1, total), total=total) if total else texts.ADDING
        self._say(words)
        self.bar.setAccessibleName(words)
        self.bar.setRange(0, total if total > 1 else 0)
        self.bar.setValue(done)
        self.waiting.show()

    def _stop(self) -> None:
        if self._adding:
            self._adding.cancel()
        self._rest()

    def _rest(self) -> None:
        self._adding = None
        self.waiting.hide()
        self._tell()

    def _not_added(self, _error: Exception) -> bool:
        self._rest()
        return False

    def _added(self, headings: Sequence[str]) -> None:
        self._rest()
        self._before = frozenset(document.key for document in self.model.documents)
        named = [HEADING.show(heading) for heading in dict.fromkeys(headings)]
        words = texts.ADDED if len(named) == 1 else texts.ADDED_EACH
        self._spread(words.format(count=len(headings), heading=named[0], headings="、".join(named)))

    def _spread(self, words: str) -> None:
        self._session.report(words, DOCUMENT)
        self._session.tell(words, can_undo=True)

    # ------------------------------------------------------------ one of them
    def look(self) -> None:
        """Show the attachment under the ring in a window of its own."""
        document = self.current
        if document is None or not document.here:
            return
        if not can_look(document):
            words = texts.NO_LOOK.format(name=document.file_name)
            self._session.dialogs.tell(self, texts.LOOK, words, "info")
            return
        self._say(texts.OPENING.format(name=document.file_name))
        self._session.ask(self, lambda store: look(store, document), self._show, self._not_shown)

    def _show(self, pages: Pages) -> None:
        self._say("")
        self._session.dialogs.show(LookDialog(self, pages, lambda: self._save(pages.document)))

    def _not_shown(self, _error: Exception) -> bool:
        self._say("")
        return False

    def save(self) -> None:
        """Write the attachment under the ring to a file."""
        if self.current and self.current.here:
            self._save(self.current)

    def _save(self, document: Document) -> None:
        name = document.file_name
        filters = f"{Path(name).suffix[1:].upper()} (*{Path(name).suffix})"
        path = self._session.dialogs.save_file(self, texts.SAVE, name, filters)
        if path:
            self._session.ask(
                self,
                lambda store: deeds.save(store, document.key, path),
                lambda _none: self._session.tell(texts.SAVED.format(name=path.name)),
            )

    def rename(self) -> None:
        """Ask under which heading the attachment under the ring stands."""
        document = self.current
        if document is None or self._locked:
            return
        heading = self._ask_heading(texts.RENAME_TITLE, document.file_name, document.doc_code)
        if heading and heading != document.doc_code:
            words = texts.RENAMED.format(heading=HEADING.show(heading))
            self._session.ask(
                self,
                lambda store: deeds.rename(store, document.key, heading, SOURCE),
                lambda _changed: self._spread(words),
            )

    def delete(self) -> None:
        """Delete the attachment under the ring; it can be taken back."""
        document = self.current
        if document is None or self._locked:
            return
        words = texts.DELETED.format(heading=document.label or document.file_name)
        self._session.ask(
            self,
            lambda store: deeds.delete(store, [document.key], SOURCE),
            lambda _none: self._spread(words),
        )


def _add(
    store: Store, kind: Kind, row: Row, files: Sequence[Path], headings: Sequence[str], report: Report
) -> None:
    deeds.add(store, kind, row.key, files, headings, SOURCE, report)
