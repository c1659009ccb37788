"""The page of backups: where they lie, which there are, one made now, one restored."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QStackedWidget, QVBoxLayout

from ipdesk.actions import backups as deeds
from ipdesk.actions import restoring
from ipdesk.actions.backups import Made, Standing
from ipdesk.actions.restoring import Look
from ipdesk.backups import Backup
from ipdesk.store import Store, Wish
from ui.amounts import size
from ui.backups.restore import RestoreDialog
from ui.desks.table import DeskTable
from ui.ledger.history import moment
from ui.session import Session
from ui.texts import backups as texts
from ui.widgets.basic import button, card, in_order, label, row, shortcut
from ui.widgets.head import PageHead
from ui.widgets.notice import Notice
from ui.widgets.page import Page
from ui.widgets.waiting import Waiting
from ui.worker import Task

WIDTHS = (150, 120, 90, 130)


Damaged = Callable[[Path], list[Path]]
Op = Callable[[Store], Made | None]
Told = Callable[[Any], str]


class Listed(NamedTuple):
    """The backups there are with their sizes in bytes, and how their places stand."""

    backups: Sequence[Backup]
    sizes: Sequence[int]
    places: Sequence[Standing]


class BackupPage(Page):
    """Shows the backups of a workspace and what can be done with them."""

    left = Signal()

    def __init__(self, session: Session) -> None:
        """Lay the page out; ``enter`` fills it."""
        super().__init__()
        self._session = session
        self.told = Listed((), (), ())
        self._unsound: dict[Path, bool] = {}
        self._is_writing = False
        self.back_button = button(texts.BACK, clicked=self.left.emit)
        self.to_button = button(texts.MAKE_TO, "usb", clicked=self.make_to)
        self.make_button = button(
            texts.MAKE, "export", kind="primary", clicked=self.make, hint=texts.MAKE_HINT
        )
        self.head = PageHead(texts.TITLE, self.back_button, self.to_button, self.make_button)
        self.notice = Notice()
        self.here, self.second = _line(texts.HERE), _line(texts.SECOND)
        self.second_button = button(texts.SECOND_SET, clicked=self.set_second)
        self.stop_button = button(texts.SECOND_STOP, kind="link", clicked=self.stop_second)
        self.table = DeskTable(texts.HEADS, texts.TABLE, WIDTHS, state=3, empty=texts.NONE)
        self.check_button = button(texts.CHECK, kind="link", clicked=self.check, hint=texts.CHECK_HINT)
        self.other_button = button(texts.OTHER, kind="link", clicked=self.choose)
        self.restore_button = button(texts.RESTORE, "history", clicked=self.look)
        self.waiting = Waiting(lambda: None)
        self._lay_out()
        self.table.opened.connect(self.look)
        self.table.chosen.connect(self._tell_chosen)
        for keys, deed in (("F5", self.refresh), ("Ctrl+B", self.make), ("Esc", self.left.emit)):
            shortcut(self, keys, deed)

    def _lay_out(self) -> None:
        self.pages, home = QStackedWidget(), QVBoxLayout()
        frame = card()
        grid = QGridLayout(frame)
        grid.setContentsMargins(16, 10, 12, 10)
        grid.setHorizontalSpacing(16)
        grid.setColumnStretch(1, 1)
        grid.addWidget(label(texts.HERE, "muted"), 0, 0)
        grid.addWidget(self.here, 0, 1)
        grid.addWidget(label(texts.SECOND, "muted"), 1, 0)
        grid.addWidget(self.second, 1, 1)
        grid.addLayout(row(self.stop_button, self.second_button), 1, 2)
        home.setSpacing(10)
        home.addWidget(frame)
        home.addWidget(self.table, 1)
        home.addLayout(row(self.check_button, self.other_button, None, self.restore_button))
        lines = QVBoxLayout(self)
        lines.setContentsMargins(16, 11, 16, 12)
        lines.setSpacing(11)
        lines.addWidget(self.head)
        lines.addWidget(self.notice)
        self._home = Page()
        home.setContentsMargins(0, 0, 0, 0)
        self._home.setLayout(home)
        for page in (self._home, self.waiting):
            self.pages.addWidget(page)
        lines.addWidget(self.pages, 1)
        in_order(self.table, self.restore_button, self.check_button, self.other_button)

    def enter(self) -> None:
        """Read the list and put the focus on it."""
        self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def may_leave(self) -> bool:
        """Tell whether the page may be left: not while the workspace is being put back."""
        return not self._is_writing

    # ------------------------------------------------------------ the list
    def refresh(self) -> None:
        """Read anew which backups there are."""
        self._session.ask(self, _listed, self._show)

    def _show(self, told: Listed) -> None:
        self.told = told
        lines = [self._line(*pair) for pair in zip(told.backups, told.sizes, strict=True)]
        tones = {i: "bad" if self._unsound.get(b.path) else "good" for i, b in enumerate(told.backups)}
        self.table.show_lines([str(b.path) for b in told.backups], lines, tones)
        self.head.tell(texts.ABOUT.format(count=len(lines)))
        here, *others = told.places
        self.here.setText(_standing(here))
        self.second.setText(_standing(others[0]) if others else texts.SECOND_NONE)
        words = texts.SECOND_CHANGE if others else texts.SECOND_SET
        self.second_button.setText(words)
        self.second_button.setAccessibleName(words)
        self.stop_button.setVisible(bool(others))
        self._tell_chosen()

    def _line(self, backup: Backup, count: int) -> tuple[str, ...]:
        known = self._unsound.get(backup.path)
        state = texts.UNCHECKED if known is None else texts.UNSOUND if known else texts.SOUND
        here = backup.path.parent == self.told.places[0].folder
        place = texts.HERE if here else texts.SECOND
        return (
            f"{backup.at:%Y-%m-%d %H:%M}", backup.label, size(count), state, f"{place}　{backup.path.name}",
        )  # fmt: skip

    @property
    def backup(self) -> Backup | None:
        """Return the backup under the ring."""
        place = self.table.place
        return self.told.backups[place] if 0 <= place < len(self.told.backups) else None

    def _tell_chosen(self) -> None:
        held = self.backup
        self.restore_button.setEnabled(bool(held and not self._unsound.get(held.path)))
        self.check_button.setEnabled(bool(self.told.backups))

    def check(self) -> None:
        """Open every backup and see whether it can be read; others go on working."""
        self.check_button.setEnabled(False)
        self.notice.tell(texts.CHECKING, "busy")
        folders = [place.folder for place in self.told.places]
        self._session.ask(
            self, lambda store: store.backups, lambda copies: self._check(copies.damaged, folders)
        )

    def _check(self, damaged: Damaged, folders: Sequence[Path]) -> None:
        found = [folder for folder in folders if folder.is_dir()]
        task = Task(
            lambda _store, _report: [path for folder in found for path in damaged(folder)],
            self._checked,
            self._unchecked,
            self,
        )
        self._session.aside.submit(task)

    def _checked(self, bad: Sequence[Path]) -> None:
        self._unsound = {backup.path: backup.path in bad for backup in self.told.backups}
        words = texts.CHECKED_BAD if bad else texts.CHECKED
        self.notice.tell(words.format(count=len(self.told.backups), bad=len(bad)), "bad" if bad else "good")
        self.refresh()

    def _unchecked(self, error: Exception) -> None:
        self._failed(error)

    # ------------------------------------------------------------ making
    def make(self) -> None:
        """Back up now."""
        if self.make_button.isEnabled():
            self._do(texts.MAKING, deeds.make, lambda made: texts.MADE.format(name=made.path.name))

    def make_to(self) -> None:
        """Write a backup elsewhere, as a rule on a stick."""
        folder = self._session.dialogs.choose_folder(self, texts.TO_TITLE)
        if folder:
            place = folder
            self._do(
                texts.MAKING_TO.format(place=place),
                lambda store: deeds.make_to(store, place),
                lambda made: texts.MADE_TO.format(place=made.path.parent),
            )

    def set_second(self) -> None:
        """Let every backup go to a second drive too."""
        folder = self._session.dialogs.choose_folder(self, texts.SECOND_TITLE)
        if folder:
            drive = folder
            self._do(
                texts.MAKING_TO.format(place=drive),
                lambda store: deeds.set_second(store, drive),
                lambda made: texts.MADE_TO.format(place=(made.second or made.path).parent),
            )

    def stop_second(self) -> None:
        """Let backups stay on this PC only."""
        if self._session.dialogs.ask(
            self, texts.SECOND_STOP_TITLE, texts.SECOND_STOP_TEXT, texts.SECOND_STOP
        ):
            self._do("", lambda store: deeds.set_second(store, None), lambda _none: texts.SECOND_STOPPED)

    def _do(self, busy: str, op: Op, told: Told) -> None:
        self._hold(held=True)
        self.notice.tell(busy, "busy")
        self._session.ask(self, op, lambda made: self._made(made, told), self._failed)

    def _made(self, made: Made | None, told: Told) -> None:
        self._hold(held=False)
        if made and made.problem:
            self.notice.tell(made.problem, "warn")
        else:
            self.notice.tell(told(made), "good")
        self.refresh()

    def _failed(self, error: Exception) -> bool:
        self._hold(held=False)
        self._go_home()
        self.notice.tell(self._session.reason(error), "bad")
        self.refresh()
        return True

    def _hold(self, *, held: bool) -> None:
        for made in (self.make_button, self.to_button, self.second_button, self.stop_button):
            made.setEnabled(not held)

    # ------------------------------------------------------------ restoring
    def choose(self) -> None:
        """Look into a backup that lies elsewhere."""
        chosen = self._session.dialogs.open_files(self, texts.OTHER_CHOOSE, texts.DB)
        if chosen:
            self._look(chosen[0])

    def look(self) -> None:
        """Look into the backup under the ring: what would be lost, what comes back."""
        if self.backup and self.restore_button.isEnabled():
            self._look(self.backup.path)

    def _look(self, file: Path) -> None:
        self._wait(texts.LOOKING)
        self._session.ask(self, lambda store: restoring.preview(store, file), self._ask, self._failed)

    def _wait(self, words: str) -> None:
        self.notice.tell("")
        self.waiting.begin(words)
        self.waiting.forbid_giving_up()
        self.pages.setCurrentWidget(self.waiting)

    def _go_home(self) -> None:
        self.pages.setCurrentWidget(self._home)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self, found: Look) -> None:
        self._go_home()
        dialog = RestoreDialog(self, self._session, found)
        if self._session.dialogs.show(dialog) and dialog.is_sure():
            self._restore(found.file, dialog.wish)

    def _restore(self, file: Path, wish: Wish) -> None:
        self._is_writing = True
        self._wait(texts.RESTORING)
        self._session.ask(
            self, lambda store: restoring.restore(store, file, wish), self._restored, self._not_restored
        )

    def _restored(self, _done: restoring.Restored) -> None:
        self._is_writing = False
        self._session.reopen_asked.emit()

    def _not_restored(self, error: Exception) -> bool:
        """Say why; the store may be closed by then, so it is opened anew either way."""
        self._is_writing = False
        self._failed(error)
        self._session.explain(self, error)
        self._session.reopen_asked.emit()
        return True


def _line(name: str) -> QLabel:
    made = label("", "body", wrap=True)
    made.setAccessibleName(name)
    return made


def _standing(place: Standing) -> str:
    if place.reason:
        return texts.PLACE_BAD.format(folder=place.folder, reason=place.reason)
    if place.at is None:
        return texts.PLACE_NEVER.format(folder=place.folder)
    return texts.PLACE_OK.format(folder=place.folder, at=moment(place.at.astimezone().isoformat()))


def _listed(store: Store) -> Listed:
    found = deeds.listed(store)
    return Listed(found, [_bytes(backup.path) for backup in found], deeds.places(store))


def _bytes(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # thinned or pulled out this very moment
        return 0
