"""The page of archives: a period is put away as one signed file, and such a file is looked at, never changed."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from ipdesk.actions.archiving import Archive, make_archive, open_archive
from ipdesk.codes import code_table
from ipdesk.periods import Period
from ipdesk.problems import Refusal
from ipdesk.store import Store
from ui.desks.page import DeskPage
from ui.desks.table import DeskTable
from ui.session import Session
from ui.texts import archive as texts
from ui.widgets.basic import button, in_order, row, shortcut
from ui.widgets.choice import PlainBox
from ui.widgets.labelled import Labelled

_WIDTHS: Mapping[str, tuple[int, ...]] = {
    "figures": (96, 50, 260, 92, 76, 76, 76, 76, 84, 60),
    "tasks": (96, 58, 280, 130, 100, 80, 60),
    "records": (130, 420, 110, 60),
    "evidence": (220, 280, 96, 110, 220, 60),
}
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "figures": (
        *("unit_code", "indicator_code", "name", "target", "before", "words", "done", "gap", "state"),
        "reason",
    ),
    "tasks": ("unit_code", "task_code", "title", "state", "due", "person_in_charge", "progress"),
    "records": ("ledger", "name", "owner", "id"),
    "evidence": ("group", "title", "unit_code", "day", "record", "file"),
}


class ArchivePage(DeskPage):
    """Puts a period away, and shows what an archive tells once it is verified."""

    left = Signal()

    def __init__(self, session: Session) -> None:
        """Lay the page out, without an archive."""
        self.open_button = button(texts.OPEN, "folder", clicked=self.choose, hint="Ctrl+O")
        self.back_button = button(texts.BACK)
        super().__init__(session, texts.TITLE, self.back_button, self.open_button)
        self.back_button.clicked.connect(self.left)
        shortcut(self, "Ctrl+O", self.choose)
        self.archive: Archive | None = None
        self.period = QLineEdit()
        self.period.setPlaceholderText(texts.PERIOD_HINT)
        self.period_box = Labelled(texts.PERIOD, self.period)
        self.make_button = button(texts.MAKE, kind="primary", clicked=self.make)
        self.period_box.add_beside(self.make_button)
        self.period.returnPressed.connect(self.make)
        self.part_box = PlainBox()
        self.part_box.setMinimumContentsLength(8)
        for name, words in texts.PART_NAMES.items():
            self.part_box.addItem(words, name)
        self.tables = {name: self._table(name) for name in texts.PART_NAMES}
        self._lay_out()

    @staticmethod
    def _table(name: str) -> DeskTable:
        state = {"figures": 8, "tasks": 3}.get(name, -1)
        words = texts.PART_NAMES[name]
        return DeskTable(texts.HEADS[name], words, _WIDTHS[name], state=state, empty=texts.NOTHING)

    def _lay_out(self) -> None:
        self.stack = QStackedWidget()
        for table in self.tables.values():
            self.stack.addWidget(table)
        self.part_box.currentIndexChanged.connect(self.stack.setCurrentIndex)
        self.lines.addLayout(row(self.period_box, Labelled(texts.PART, self.part_box), None))
        self.lines.addWidget(self.stack, 1)
        in_order(self.period, self.make_button, self.part_box, *self.tables.values())

    @property
    def start(self) -> QWidget:
        """Return the line for the period."""
        return self.period

    def enter(self) -> None:
        """Put the focus where work begins; what was opened stays."""
        self.period.setFocus()

    def refresh(self) -> None:
        """Leave what was opened as it is: an archive does not change with the store."""

    # ------------------------------------------------------------ making
    def make(self) -> None:
        """Put the period away as a file whose place is asked for."""
        period = self.period.text().strip()
        try:
            label = Period.read(period).label if period else ""
        except Refusal as refusal:
            self.period_box.mark(refusal.message)
            return
        if self.period_box.refused("" if label else texts.PERIOD_EMPTY):
            return
        unit = code_table("regions").label(self.session.office.unit_code)
        name = texts.NAME.format(unit=unit, period=label)
        out = self.session.dialogs.save_file(self, texts.TITLE, name, texts.FILTER)
        if out:
            self._wait(texts.MAKING)
            self.session.ask(self, partial(_make, period=period, out=out), self._made, self.fail)

    def _wait(self, words: str) -> None:
        """Say what goes on; nothing else can be asked for meanwhile."""
        self.head.tell(words)
        for made in (self.make_button, self.open_button):
            made.setEnabled(not words)

    def fail(self, error: Exception) -> bool:
        """Say on the page why something was not done."""
        self._wait("")
        return super().fail(error)

    def _made(self, told: tuple[Archive, Path]) -> None:
        archive, out = told
        self.session.tell(texts.MADE.format(name=out.name, digest=archive.digest))
        self._show(archive)

    # ------------------------------------------------------------ looking
    def choose(self) -> None:
        """Let an archive be chosen, verify it and show what it tells."""
        for file in self.session.dialogs.open_files(self, texts.OPEN, texts.FILTER)[:1]:
            self._wait(texts.CHECKING)
            self.session.ask(self, partial(open_archive, file=file), self._show, self._bad)

    def _bad(self, error: Exception) -> bool:
        self.archive = None
        for table in self.tables.values():
            table.show_lines([], [])
        return self.fail(error)

    def _show(self, archive: Archive) -> None:
        self._wait("")
        self.archive = archive
        self.notice.tell(_facts(archive), "good")
        for name, table in self.tables.items():
            lines = [_line(name, one) for one in archive.parts[name]]
            table.show_lines([str(place) for place in range(len(lines))], lines)


def _make(store: Store, period: str, out: Path) -> tuple[Archive, Path]:
    return make_archive(store, period, out), out


def _facts(archive: Archive) -> str:
    known = archive.told("known_on")
    return texts.VERIFIED.format(
        office=archive.told("office"),
        period=archive.period.label,
        plan=archive.told("plan_name"),
        as_of=archive.told("as_of"),
        known=texts.KNOWN.format(day=known) if known else "",
        digest=archive.digest,
    )


def _line(name: str, one: Mapping[str, object]) -> list[str]:
    return [_words(column, one.get(column)) for column in _COLUMNS[name]]


def _words(column: str, told: object) -> str:
    words = "" if told is None else str(told)
    return code_table("regions").label(words) if column in ("unit_code", "owner") else words
