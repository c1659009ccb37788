"""A ledger's page: head with counts and buttons, the list, and the form beside it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout

from ipdesk.actions import ledger as deeds
from ipdesk.kinds.declare import Ledger
from ipdesk.records import Changed, RecordKey, Row
from ipdesk.store import Moment
from ui.form.deeds import SOURCE, Saved, shown, shown_again
from ui.form.panel import FormPanel
from ui.ledger.chooser import ColumnChooser
from ui.ledger.deeds import ManyDeeds
from ui.ledger.exports import Exports
from ui.ledger.history import ask_history
from ui.ledger.list import LedgerList
from ui.ledger.menu import Deed, menu_of
from ui.ledger.undoing import UndoButtons
from ui.session import Session
from ui.texts import asking, common, many
from ui.texts import ledger as texts
from ui.widgets.basic import button, shortcut
from ui.widgets.head import PageHead
from ui.widgets.page import Page

AHEAD = 300  # milliseconds after which the form is made ahead of time
FOLLOW = 90  # milliseconds the ring must rest before the form follows it
NAMED = 3


class LedgerPage(Page):
    """Everything a clerk does with the rows of one ledger."""

    intake_asked = Signal()
    print_asked = Signal()
    files_dropped = Signal(object)

    def __init__(self, session: Session, ledger: Ledger) -> None:
        """Lay the page out; ``enter`` fills it."""
        super().__init__()
        self._session, self.ledger = session, ledger
        self.exports = Exports(session, ledger, self)
        self._make_head()
        self.undoing = UndoButtons(session, self, self.undo, self.redo)
        self.undo_button = self.undoing.undo
        self.more_deeds: list[Deed] = []
        self.paste_button = button(many.PASTE, kind="link", clicked=self.paste, hint="Ctrl+V")
        below = (self.paste_button, *self.undoing.both)
        self.list = LedgerList(session, ledger, self._empty_buttons(), self._row_buttons(), below)
        self.chooser = ColumnChooser(session.desk.preferences, self.list)
        self.form = FormPanel(session, ledger)
        self.form.hide()
        self.many = ManyDeeds(session, self.list, self.form, self)
        self._follow = QTimer(self, singleShot=True, interval=FOLLOW)
        self._lay_out()
        self._connect()
        self._bind_keys()
        self.setAcceptDrops(True)

    # ------------------------------------------------------------ making
    def _make_head(self) -> None:
        add = texts.ADD.get(self.ledger.name, texts.ADD_ANY)
        self.import_button = button(texts.IMPORT, "import", clicked=self.intake_asked.emit, hint="Ctrl+I")
        self.export_button = button(texts.EXPORT, "export")
        self.export_button.setProperty("menu", True)
        self.export_button.setMenu(self._export_menu())
        self.print_button = button(texts.PRINT, "print", clicked=self.print_asked.emit, hint="Ctrl+P")
        self.add_button = button(add, "add", kind="primary", clicked=self.add, hint="Ctrl+N")
        buttons = (self.import_button, self.export_button, self.print_button, self.add_button)
        self.head = PageHead(texts.TITLE.get(self.ledger.name, self.ledger.label), *buttons)

    def _export_menu(self) -> QMenu:
        menu = QMenu(self)
        for words, suffix in ((texts.EXPORT_SHOWN_XLSX, ".xlsx"), (texts.EXPORT_SHOWN_CSV, ".csv")):
            menu.addAction(
                words, lambda end=suffix: self.exports.shown(self.list.query, end, self.list.moment)
            )
        menu.addSeparator()
        menu.addAction(texts.EXPORT_TEMPLATE, self.exports.template)
        return menu

    def _empty_buttons(self) -> Sequence[QPushButton]:
        return (
            button(texts.IMPORT, "import", clicked=self.intake_asked.emit),
            button(self.add_button.accessibleName(), "add", clicked=self.add),
        )

    def _row_buttons(self) -> Sequence[QPushButton]:
        self.open_button = button(texts.EDIT, kind="link", clicked=self._open_current, hint="Enter")
        history = button(texts.HISTORY, kind="link", clicked=self.show_history, hint="Ctrl+H")
        history.setProperty("reads", True)
        return (
            self.open_button,
            history,
            button(many.SET_MANY, kind="link", clicked=self.set_many, hint="Ctrl+B"),
            button(common.DELETE, kind="link", clicked=self.delete, hint="Delete"),
        )

    def _tell_open(self) -> None:
        """Say on the button whether the record under the ring can be edited or only looked at."""
        words = self._open_words()
        self.open_button.setText(words)
        self.open_button.setAccessibleName(words)

    def _open_words(self) -> str:
        key = self.list.table.current_key()
        return texts.VIEW if key and key.owner != self._session.office.unit_code else texts.EDIT

    def _open_current(self) -> None:
        self.list.open_current()

    def _lay_out(self) -> None:
        body = QHBoxLayout()
        body.setSpacing(12)
        body.addWidget(self.list, 1)
        body.addWidget(self.form)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(16, 11, 16, 12)
        lines.setSpacing(11)
        lines.addWidget(self.head)
        lines.addWidget(self.exports.notice)
        lines.addLayout(body, 1)

    def _connect(self) -> None:
        self.list.counted.connect(self._tell_count)
        self.list.opened.connect(lambda key: self.open(key))
        self.list.chosen.connect(self._follow.start)
        self.list.chosen.connect(self._tell_open)
        self.list.toolbar.search.left.connect(self.focus)
        self._follow.timeout.connect(self._follow_ring)
        self.list.table.menu_asked.connect(lambda at: self.row_menu().exec(at))
        self.list.table.columns_asked.connect(self._show_head_menu)
        self.list.moved.connect(self._look_back)
        self.form.closed.connect(self.close_form)
        self.form.saved.connect(self._saved)
        self._session.changed.connect(self._hear)

    def _bind_keys(self) -> None:
        for keys, deed in (
            ("Ctrl+N", self.add),
            ("Ctrl+F", self._search),
            ("F5", self.list.reload),
            ("Ctrl+I", self.intake_asked.emit),
            ("Ctrl+P", self.print_asked.emit),
            ("Ctrl+Z", self.undo),  # also where nothing is found; a line being typed keeps its own
            ("Ctrl+Y", self.redo),
            ("Ctrl+Shift+F", self.list.filterbar.ask),
            ("Ctrl+T", self.list.ask_moment),
        ):
            shortcut(self, keys, deed)
        for keys, deed in (
            ("Insert", self.add),
            ("Delete", self.delete),
            ("Ctrl+C", self.copy),
            ("Ctrl+V", self.paste),
            ("Ctrl+B", self.set_many),
            ("Ctrl+D", self.duplicate),
        ):
            shortcut(self.list.table, keys, deed)
        shortcut(self.form, "Ctrl+D", self.many.copy_above)
        shortcut(self.list.table, "Ctrl+H", self.show_history)
        shortcut(self.form, "Ctrl+H", self.show_history_of_form)
        shortcut(self.list.toolbar.search, "Down", self.focus)
        shortcut(self.list.table, "Esc", self._leave_form)

    # ------------------------------------------------------------ entering
    def enter(self) -> None:
        """Fill the list and put the focus on it."""
        self.undoing.ask()
        self.list.filterbar.load()
        self.list.reload()
        self.focus()
        QTimer.singleShot(AHEAD, self.form, self.form.prepare)

    def focus(self) -> None:
        """Put the focus on the table."""
        self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def may_leave(self) -> bool:
        """Tell whether nothing typed would be lost."""
        return self.form.isHidden() or self.form.may_leave()

    def _search(self) -> None:
        self.list.toolbar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.list.toolbar.search.selectAll()

    def _tell_count(self, count: int) -> None:
        self.head.tell(texts.COUNTS.format(all=f"{count:,}", measure=self.ledger.measure))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Welcome sheets."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Ask for the sheets dropped to be brought in, one after another."""
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        if files:
            self.files_dropped.emit(files)

    # ------------------------------------------------------------ form
    def add(self) -> None:
        """Begin a new record."""
        if self._may_write() and self.may_leave():
            self.form.show()
            self.form.show_new()

    def open(self, key: RecordKey, *, focus: bool = True) -> None:
        """Open the form on a record."""
        held = self.form.row.key if self.form.row and not self.form.isHidden() else None
        if self.list.moment:
            self._may_write()
        elif key == held:
            self.form.focus_first() if focus else None
        elif self.may_leave():
            ledger = self.ledger
            self._session.ask(
                self, lambda store: shown(store, ledger, key), lambda row: self._show(row, focus)
            )

    def _show(self, row: Row, focus: bool) -> None:
        self.form.show()
        self.form.show_row(row)
        if focus:
            self.form.focus_first()

    def _follow_ring(self) -> None:
        """Show the record under the ring in a form that is open and holds nothing unsaved."""
        key = self.list.table.current_key()
        if (
            key
            and not self.form.isHidden()
            and not self.form.is_changed
            and self.form.row
            and self.form.row.key != key
        ):
            self.open(key, focus=False)

    def close_form(self) -> None:
        """Close the form and go back to the list."""
        self.form.hide()
        self.focus()

    def _leave_form(self) -> None:
        if not self.form.isHidden():
            self.form.close_if_may()

    def _saved(self, told: Saved) -> None:
        if told.changed:
            if told.added:
                self.list.show_new(told.row.key, self._name(told.row))
            else:
                self.list.wish(told.row.key)
            self._session.report(texts.SAVED, *self.ledger.kinds)

    # ------------------------------------------------------------ deeds on rows
    def delete(self) -> None:
        """Delete the chosen rows after a question."""
        keys = self.list.table.chosen_keys()
        if not keys or not self._may_write():
            return
        if any(key.owner != self._session.office.unit_code for key in keys):
            self._session.dialogs.tell(self, common.FAILED, texts.FOREIGN_DELETE, "warning")
            return
        ledger, first = self.ledger, keys[:NAMED]
        self._session.ask(
            self, lambda store: store.rows(ledger, first), lambda rows: self._ask_delete(keys, rows)
        )

    def _ask_delete(self, keys: Sequence[RecordKey], rows: Sequence[Row]) -> None:
        first = self._name(rows[0]) if rows else common.NONE
        names = "、".join(map(self._name, rows))
        if len(keys) > NAMED:
            names = texts.DELETE_MORE.format(names=names, count=len(keys))
        title = texts.DELETE_TITLE.format(count=f" {len(keys)} ")
        text = texts.DELETE_TEXT if self._session.is_city else texts.DELETE_TEXT_COUNTY
        if self._session.dialogs.ask(self, title, text.format(names=names), common.DELETE):
            ledger = self.ledger
            self._session.ask(
                self,
                lambda store: deeds.delete(store, ledger, keys, SOURCE),
                lambda _none: self._deleted(keys, first),
            )

    def _name(self, row: Row) -> str:
        return self.ledger.called(row.values) or common.NONE

    def _deleted(self, keys: Sequence[RecordKey], name: str) -> None:
        if self.form.row and self.form.row.key in keys:
            self.form.hide()
        self._session.report(common.DELETE, *self.ledger.kinds)
        words = texts.DELETED if len(keys) == 1 else texts.DELETED_MORE
        self._session.tell(words.format(name=name, count=len(keys)), can_undo=True)
        self.focus()

    def undo(self) -> None:
        """Take the last act back."""
        if self._may_write():
            self._session.undo(self)

    def redo(self) -> None:
        """Do again what was taken back."""
        if self._may_write():
            self._session.redo(self)

    def set_many(self) -> None:
        """Set one field of the chosen rows."""
        if self._may_write():
            self.many.set_many()

    def paste(self) -> None:
        """Take in what was copied in WPS or Excel."""
        if self._may_write():
            self.many.paste()

    def duplicate(self) -> None:
        """Begin a new record in the likeness of the one under the ring."""
        if self._may_write():
            self.many.duplicate(self.add)

    def _may_write(self) -> bool:
        """Tell whether the present is looked at; where not, say so."""
        if self.list.moment:
            self._session.tell(self.list.band.words.text())
        return not self.list.moment

    def _look_back(self, moment: Moment) -> None:
        """Let nothing be written while the past is looked at."""
        if moment:
            self.form.hide()
        for made in (self.add_button, self.import_button, self.paste_button):
            made.setEnabled(not moment)
        self.undoing.hold(bool(moment))

    def _hear(self, changed: Changed) -> None:
        """Show in an open form what somebody else's deed left of its record."""
        row, ledger = self.form.row, self.ledger
        concerned = changed.kinds & {kind.name for kind in ledger.kinds}
        if row and concerned and not self.form.isHidden() and not self.form.is_changed:
            self._session.ask(self, lambda store: shown_again(store, ledger, row), self._show_again)

    def _show_again(self, row: Row | None) -> None:
        if row is None:
            self.form.hide()
        elif self.form.row and self.form.row.key == row.key and not self.form.is_changed:
            self.form.refresh(row)

    def show_history(self) -> None:
        """Show what was done to the record under the ring."""
        if key := self.list.table.current_key():
            ask_history(self._session, self, self.ledger, key)

    def show_history_of_form(self) -> None:
        """Show what was done to the record in the form."""
        if self.form.row:
            ask_history(self._session, self, self.ledger, self.form.row.key)

    def copy(self) -> None:
        """Copy the cell under the ring."""
        words = self.list.table.currentIndex().data()
        if words:
            QGuiApplication.clipboard().setText(str(words))

    def _show_head_menu(self, at: QPoint) -> None:
        """Show the menu of columns, with the filter of the one the mouse is on."""
        menu, name = self.chooser.menu(), self.list.table.name_at(at)
        if name:
            first = menu.actions()[0]
            words = f"{asking.FILTER}“{self.ledger.field(name).label}”…"
            action = QAction(words, menu)
            action.triggered.connect(lambda: self.list.filterbar.ask(name))
            menu.insertAction(first, action)
        menu.exec(at)

    def row_menu(self) -> QMenu:
        """Return the menu of the chosen rows."""
        return menu_of(
            self,
            ("edit", self._open_words(), "Enter", self.list.open_current),
            ("history", texts.HISTORY, "Ctrl+H", self.show_history),
            ("", texts.COPY, "Ctrl+C", self.copy),
            ("", many.PASTE, "Ctrl+V", self.paste),
            ("add", many.COPY_ROW, "Ctrl+D", self.duplicate),
            ("", many.SET_MANY, "Ctrl+B", self.set_many),
            ("delete", common.DELETE, "Delete", self.delete),
            ("undo", common.UNDO, "Ctrl+Z", self.undo),
            ("", many.REDO, "Ctrl+Y", self.redo),
            *self.more_deeds,
        )
