"""The parts that a record has several of: a line each, of which the fields below show the one chosen."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ipdesk.actions import parts as deeds
from ipdesk.kinds.declare import Ledger, Part
from ipdesk.records import Changed, Record, RecordKey, Row
from ui.form.deeds import SOURCE, shown_parts
from ui.session import Session
from ui.texts import parts as texts
from ui.widgets.basic import button, label, row, shortcut
from ui.widgets.listing import Listing, ListingTable

SHOWN, FRAME = 5, 4  # lines shown at once, pixels of the frame
COLUMNS = 3  # as many as can be read in a form


def shared(wanted: Sequence[int], room: int) -> list[int]:
    """Share a width (pixels) so that whoever wants less than an even share gets it whole."""
    given = dict.fromkeys(range(len(wanted)), 0)
    left = room
    for done, place in enumerate(sorted(given, key=lambda n: wanted[n])):
        given[place] = min(wanted[place], left // (len(wanted) - done))
        left -= given[place]
    return list(given.values())


class PartsBox(QWidget):
    """Lists one sort of part of the record shown, newest first; chooses, begins and deletes them.

    ``chosen`` tells the part to show in the fields, none for one that is begun.
    """

    chosen = Signal(object)
    entered = Signal()

    def __init__(self, session: Session, ledger: Ledger, part: Part, may_move: Callable[[], bool]) -> None:
        """Begin without a record; ``may_move`` tells whether nothing typed in the part shown would be lost."""
        super().__init__()
        self._session, self._ledger, self.part, self._may_move = session, ledger, part, may_move
        self._row: Row | None = None
        self._locked = self._begun = False
        self.records: Sequence[Record] = ()
        self._columns = deeds.columns(ledger, part)[:COLUMNS]
        self.model = Listing([f.brief or f.label for f in self._columns])
        self._make_parts()
        self._lay_out()
        session.changed.connect(self._hear)
        for keys, deed in (("Insert", self.add), ("Delete", self.delete), ("Return", self.entered.emit)):
            shortcut(self.table, keys, deed)
        self._tell()

    # ------------------------------------------------------------ making
    def _make_parts(self) -> None:
        self.title = label("", "strong")
        self.title.setToolTip(texts.HELP)
        self.table = ListingTable(self.model, texts.NAME.format(label=self.part.kind.label))
        self.table.setToolTip(texts.HELP)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        heads = self.table.horizontalHeader()
        heads.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # names of certificates begin alike
        self.table.selectionModel().currentRowChanged.connect(lambda now, _before: self._move(now.row()))
        self.add_button = button(texts.ADD, kind="link", clicked=self.add, hint=texts.ADD_HINT)
        self.delete_button = button(texts.DELETE, kind="link", clicked=self.delete, hint=texts.DELETE_HINT)

    def _lay_out(self) -> None:
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(4)
        lines.addWidget(self.title)
        lines.addWidget(self.table)
        lines.addLayout(row(self.add_button, self.delete_button, None, spacing=2))

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Return where Tab stops."""
        return (self.table, self.add_button, self.delete_button)

    # ------------------------------------------------------------ showing
    def show_row(self, row: Row | None, *, locked: bool) -> None:
        """List the parts of a record, the one it reads with chosen; a new record has none yet."""
        same = row is not None and self._row is not None and row.key == self._row.key
        self._row, self._locked, self._begun = row, locked, False
        self._take(self.records if same else ())
        self.reload()

    def reload(self) -> None:
        """Ask for the list anew."""
        row, ledger, part = self._row, self._ledger, self.part
        if row:
            self._session.ask(
                self,
                lambda store: shown_parts(store, ledger, row, part),
                lambda found: self._take(found) if self._row and self._row.key == row.key else None,
            )

    def _hear(self, changed: Changed) -> None:
        if self.part.kind.name in changed.kinds:
            self.reload()

    def _take(self, records: Sequence[Record]) -> None:
        self.records = records
        with QSignalBlocker(self.table.selectionModel()):
            begun = [(texts.NEW,)] if self._begun else []
            lines = [*begun, *([f.type.line(r.values.get(f.name)) for f in self._columns] for r in records)]
            self.model.show([(*line, *[""] * (len(self._columns) - len(line))) for line in lines])
            self.table.selectRow(self._place())
        self._tell()
        self._share_width()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Share the new width among the columns."""
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        """Give each column what head and words take, as far as the width goes; the widest yield first."""
        heads = self.table.horizontalHeader()
        wanted = [
            max(heads.sectionSizeHint(n), self.table.sizeHintForColumn(n)) for n in range(heads.count())
        ]
        bar = self.table.verticalScrollBar().sizeHint().width() if self.model.rowCount() > SHOWN else 0
        for place, width in enumerate(shared(wanted, self.width() - FRAME - bar)):
            self.table.setColumnWidth(place, width)

    @property
    def key(self) -> RecordKey | None:
        """Return the part that the fields show."""
        return self._row.parts.get(self.part.kind.name) if self._row and not self._begun else None

    def _place(self) -> int:
        """Return the line of the part that the fields show, above all where it is begun."""
        return next((place for place, r in enumerate(self.records) if r.key == self.key), 0)

    def _tell(self) -> None:
        count, lines = len(self.records), self.model.rowCount()
        self.title.setText(texts.TITLE.format(label=self.part.kind.label, count=count))
        self.table.setFixedHeight(32 + 30 * min(lines, SHOWN) + FRAME)
        self.setVisible(bool(lines))
        self.add_button.setVisible(not self._locked)
        self.delete_button.setVisible(not self._locked)
        self.add_button.setEnabled(not self._begun)

    # ------------------------------------------------------------ choosing
    def _move(self, place: int) -> None:
        """Show the part of another line, unless something typed would be lost."""
        at = place - self._begun
        if place < 0 or place == self._place() or self._stays():
            return
        begun, self._begun = self._begun, False
        self._show(self.records[at])
        if begun:
            self._take(self.records)

    def _stays(self) -> bool:
        """Tell whether what is typed holds the ring where it is; say so."""
        stays = not self._may_move()
        if stays:
            self._session.tell(texts.FIRST)
            with QSignalBlocker(self.table.selectionModel()):
                self.table.selectRow(self._place())
        return stays

    def _show(self, record: Record | None) -> None:
        assert self._row
        self._row = deeds.read_with(self._ledger, self._row, self.part, record)
        self.chosen.emit(record)

    def add(self) -> None:
        """Begin another part."""
        if self._row and not self._locked and not self._begun and not self._stays():
            self._begun = True
            self._take(self.records)  # first, so that the fields have their place when one gets the focus
            self._show(None)

    def delete(self) -> None:
        """Delete the part shown, which can be taken back; one only begun is given up."""
        if self._begun:
            self._begun = False
            self._show(self.records[0] if self.records else None)
            self._take(self.records)
        elif self._row and self.key and not self._locked and not self._stays():
            key, gone, ledger, part = self._row.key, self.key, self._ledger, self.part
            self._session.ask(
                self, lambda store: deeds.remove(store, ledger, key, part, gone, SOURCE), self._deleted
            )

    def _deleted(self, _none: None) -> None:
        words = texts.DELETED.format(label=self.part.kind.label)
        self._session.report(words, self.part.kind)
        self._session.tell(words, can_undo=True)
