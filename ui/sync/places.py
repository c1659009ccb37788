"""The list of places a file can be written to: the sticks that are in, and folders chosen by hand."""

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ipdesk.drives import Drive, drives, measured
from ipdesk.problems import Refusal
from ui.amounts import size
from ui.session import Session
from ui.texts import outbox as texts
from ui.widgets.basic import button, label, row
from ui.widgets.listing import Listing, ListingTable

REMEMBERED = "export_place"
LOOK = 2000  # milliseconds between two looks at which sticks are in
WIDTHS = (230, 110)


@dataclass(frozen=True, slots=True)
class Seen:
    """The places there are: the sticks that are in, and folders chosen by hand (``own``)."""

    drives: tuple[Drive, ...]
    own: tuple[Path, ...] = ()


def seen(own: Sequence[Path]) -> Seen:
    """Return which places there are now; on the worker's thread, for a dying stick answers late."""
    sticks = drives()
    known = {drive.folder for drive in sticks}
    folders = [folder for folder in own if folder not in known]
    return Seen((*sticks, *_measured(folders)), tuple(folders))


class Places(QWidget):
    """Lets a stick or a folder be chosen; one that is full or write-protected is marked and not taken."""

    chosen = Signal()

    def __init__(self, session: Session, needed: int, first: Seen) -> None:
        """Begin with the places that were seen ``first``; ``needed`` is how many bytes will be written."""
        super().__init__()
        self._session, self._needed, self._own = session, needed, first.own
        self._looking = False
        self.drives: Sequence[Drive] = ()
        self.model = Listing(texts.PLACES_HEADS, state=2)
        self.table = ListingTable(self.model, texts.PLACES_NAME, WIDTHS, empty=texts.PLACES_NONE)
        self.table.setFixedHeight(158)
        self.other_button = button(texts.OTHER_PLACE, "folder", clicked=self.choose)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(6)
        lines.addLayout(row(label(texts.PLACE, "strong"), None, self.other_button))
        lines.addWidget(self.table)
        self.table.selectionModel().selectionChanged.connect(lambda _new, _old: self.chosen.emit())
        self._show(first.drives, None)
        clock = QTimer(self, interval=LOOK)
        clock.timeout.connect(self.look)
        clock.start()

    def need(self, needed: int) -> None:
        """Say how many bytes will be written."""
        self._needed = needed
        self._show(self.drives, self.place)

    def look(self, wish: Path | None = None) -> None:
        """Look which places there are; the choice stays, or goes to ``wish``."""
        own = self._own
        if not self._looking or wish:
            self._looking = True
            self._session.ask(self, lambda _store: seen(own), lambda now: self._take(now, wish))

    def _take(self, now: Seen, wish: Path | None) -> None:
        self._looking = False
        if wish or list(map(self._told, now.drives)) != list(map(self._told, self.drives)):
            self._show(now.drives, wish or self.place)

    def _show(self, found: Sequence[Drive], held: Path | None) -> None:
        self.drives = found
        told = list(map(self._told, found))
        tones = {i: "bad" for i, drive in enumerate(found) if not self._takes(drive)}
        self.model.show(told, {**dict.fromkeys(range(len(found)), "good"), **tones})
        at = next((i for i, d in enumerate(found) if d.folder == held), None)
        fit = next((i for i, d in enumerate(found) if self._takes(d)), 0 if found else None)
        place = at if at is not None else fit
        if place is not None:
            self.table.selectRow(place)
        self.chosen.emit()

    def _told(self, drive: Drive) -> tuple[str, str, str]:
        """Return what is told of a place: an unprotected or emptied stick is another."""
        return (_place(drive, self._own), size(drive.free), self._state(drive))

    def _takes(self, drive: Drive) -> bool:
        return not drive.read_only and drive.free >= self._needed

    def _state(self, drive: Drive) -> str:
        if drive.read_only:
            return texts.READ_ONLY
        if drive.free < self._needed:
            return texts.FULL
        return texts.FOLDER if drive.folder in self._own else texts.STICK

    def choose(self) -> None:
        """Let a folder be chosen."""
        folder = self._session.dialogs.choose_folder(self, texts.OTHER_TITLE)
        if folder:
            self._own = (folder, *(own for own in self._own if own != folder))
            self.look(folder)
            self.table.setFocus()

    @property
    def _current(self) -> Drive | None:
        rows = self.table.selectionModel().selectedRows()
        return self.drives[rows[0].row()] if rows and rows[0].row() < len(self.drives) else None

    @property
    def place(self) -> Path | None:
        """Return the place chosen."""
        return self._current.folder if self._current else None

    @property
    def is_stick(self) -> bool:
        """Tell whether the place chosen is a stick, to be removed safely."""
        return bool(self._current and self._current.folder not in self._own)

    @property
    def problem(self) -> str:
        """Return why the place chosen cannot be used, nothing where it can; none chosen is no words either."""
        drive = self._current
        if drive is None or self._takes(drive):
            return ""
        if drive.read_only:
            return texts.PLACE_LOCKED.format(place=drive.name)
        return texts.ROOM.format(place=drive.name, free=size(drive.free), size=size(self._needed))

    def remember(self) -> None:
        """Propose the chosen folder the next time; sticks are found anyway."""
        if self.place:
            self._session.desk.preferences.put(REMEMBERED, str(self.place))


def remembered(session: Session) -> list[Path]:
    """Return the folder chosen the last time, if any."""
    kept = session.desk.preferences.get(REMEMBERED)
    return [Path(kept)] if isinstance(kept, str) and kept else []


def _measured(folders: Sequence[Path]) -> Iterator[Drive]:
    """Yield what folders offer; one that is gone is left out."""
    for folder in folders:
        with contextlib.suppress(Refusal):
            yield measured(folder)


def _place(drive: Drive, own: Sequence[Path]) -> str:
    return str(drive.folder) if drive.folder in own else drive.name
