"""The page that brings in a sheet, from the file to the result workbook."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ipdesk.kinds.declare import Ledger
from ipdesk.store import Store
from ui.session import Session
from ui.texts import common
from ui.texts import intake as texts
from ui.widgets.basic import button, card, in_order, label, restyle, row, shortcut
from ui.widgets.head import PageHead
from ui.widgets.page import Page
from ui.widgets.waiting import Waiting
from ui.worker import Report, Task

if TYPE_CHECKING:
    from ipdesk.intake import IntakeOutcome, IntakePlan

Place = tuple[str, int, int]  # of a cell: sheet, row as Excel numbers it, column from 0


class IntakePage(Page):
    """Reads a file, shows what it would do, and takes it in as one act."""

    left = Signal()

    def __init__(self, session: Session, ledger: Ledger) -> None:
        """Lay the page out; ``begin`` gives it a file."""
        super().__init__()
        from ui.intake.pointing import HeadChooser
        from ui.intake.preview import Preview
        from ui.intake.sheets import SheetMenu

        self._session, self.ledger = session, ledger
        self.plan: IntakePlan | None = None
        self._mapping: dict[str, str | None] = {}
        self._heads: dict[str, int] = {}
        self._skip: frozenset[str] = frozenset()
        self._words: dict[str, dict[str, str]] = {}
        self._cells: dict[Place, str] = {}
        self._shared: dict[str, str] = {}
        self._mended: Place | None = None
        self._path = Path()
        self._later: list[Path] = []
        self._task: Task | None = None
        self.waiting = Waiting(self.give_up)
        self.preview = Preview(ledger, None if session.is_city else session.office.unit_code)
        self.preview.words.decided.connect(self._give_meaning)
        self.preview.columns.decided.connect(self._decide)
        self.preview.refusals.mender.mended.connect(self._mend)
        self.preview.sharing.given.connect(self._share)
        self.sheets = SheetMenu()
        self.sheets.chosen.connect(self._choose_sheets)
        self.chooser = HeadChooser()
        self.chooser.pointed.connect(self._point)
        self._make_buttons()
        self._lay_out()
        in_order(
            self.preview.tabs,
            self.result_button,
            self.other_button,
            self.point_button,
            self.sheets,
            self.cancel_button,
            self.import_button,
        )
        shortcut(self, "Esc", self.leave)
        shortcut(self, "Ctrl+Return", self.take_in)

    def _make_buttons(self) -> None:
        self.cancel_button = button(common.CANCEL, clicked=self.leave)
        self.other_button = button(texts.OTHER_FILE, "folder", clicked=self.choose)
        self.point_button = button(texts.POINT_AGAIN, clicked=self.point)
        self.result_button = button(texts.SAVE_RESULT, "export", clicked=self.save_result)
        self.import_button = button(texts.IMPORT, kind="primary", clicked=self.take_in, hint="Ctrl+Enter")
        self.done_result_button = button(texts.SAVE_RESULT, "export", clicked=self.save_result)
        self.back_button = button(texts.BACK_TO_LIST, kind="primary", clicked=self._leave)
        self.next_button = button(texts.NEXT, kind="primary", clicked=self.begin_next)
        self.again_button = button(texts.AGAIN, clicked=self.choose)

    def _lay_out(self) -> None:
        self.head = PageHead(texts.TITLE.format(label=self.ledger.label))
        self.pages = QStackedWidget()
        self._looking, self._done = self._make_looking(), self._make_done()
        self._pointing = self._make_pointing()
        for page in (self.waiting, self._looking, self._done, self._pointing):
            self.pages.addWidget(page)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(16, 11, 16, 12)
        lines.setSpacing(11)
        lines.addWidget(self.head)
        lines.addWidget(self.pages, 1)

    def _make_looking(self) -> QWidget:
        page = QWidget()
        lines = QVBoxLayout(page)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(10)
        lines.addWidget(self.preview, 1)
        lines.addLayout(
            row(
                self.result_button,
                self.other_button,
                self.point_button,
                self.sheets,
                None,
                self.cancel_button,
                self.import_button,
            )
        )
        return page

    def _make_pointing(self) -> QWidget:
        page, leave = QWidget(), button(common.CANCEL, clicked=self.leave)
        lines = QVBoxLayout(page)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(10)
        lines.addWidget(self.chooser, 1)
        lines.addLayout(row(None, leave, self.chooser.point_button))
        return page

    def _make_done(self) -> QWidget:
        page = card()
        self.done_words, self.done_refused = label("", "body", wrap=True), label("", "body", wrap=True)
        lines = QVBoxLayout(page)
        lines.setContentsMargins(32, 32, 32, 32)
        lines.setSpacing(12)
        for words in (label(texts.DONE_TITLE, "title"), self.done_words, self.done_refused):
            lines.addWidget(words)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for part in (self.next_button, self.back_button, self.done_result_button, self.again_button):
            buttons.addWidget(part)
        buttons.addStretch()
        lines.addSpacing(8)
        lines.addLayout(buttons)
        lines.addStretch()
        return page

    # ------------------------------------------------------------ reading
    def choose(self) -> bool:
        """Let a file be chosen and read it; tell whether one was."""
        chosen = self._session.dialogs.open_files(self, texts.CHOOSE, common.SHEETS)
        if chosen:
            self.begin(*chosen)
        return bool(chosen)

    def begin(self, path: Path, *later: Path) -> None:
        """Read a file and show what it would do; the others come after it, one by one."""
        self._path, self._later, self.plan = path, list(later), None
        self._mapping, self._heads, self._words, self._cells, self._shared = {}, {}, {}, {}, {}
        self._skip = frozenset()
        self.preview.sharing.begin()
        self.head.tell(texts.FILE_OF.format(name=path.name, later=len(later)) if later else path.name)
        self._read(turn=True)

    def _read(self, *, turn: bool) -> None:
        ledger, path, mapping, heads = self.ledger, self._path, dict(self._mapping), dict(self._heads)
        words = {field: dict(told) for field, told in self._words.items()}
        told: dict[str, Any] = {
            "words": words,
            "skip": self._skip,
            "cells": dict(self._cells),
            "constants": dict(self._shared),
        }

        def op(store: Store, report: Report) -> "IntakePlan":
            from ipdesk.intake import plan

            return plan(store, ledger, path, mapping=mapping, heads=heads, progress=report, **told)

        self._wait(texts.READING.format(name=path.name))
        self._task = self._session.work(
            self, op, lambda plan: self._show(plan, turn), self._unreadable, self._tell_progress
        )

    def _wait(self, words: str) -> None:
        self.waiting.begin(words)
        self.pages.setCurrentWidget(self.waiting)
        self.waiting.focus()

    def _tell_progress(self, done: int, total: int) -> None:
        if total:  # the file itself is still being read before
            self.waiting.tell(texts.READING_ROWS.format(done=done, total=total), done, total)

    def _unreadable(self, error: Exception) -> bool:
        self._task = None
        self._session.explain(self, error)
        if self.plan:
            self._show(self.plan, turn=False)
        else:
            self._leave()
        return True

    def _show(self, plan: "IntakePlan", turn: bool) -> None:
        self.plan, self._task = plan, None
        if not plan.sheets:
            self.point()
            return
        self.preview.show_plan(plan, turn=turn)
        self.sheets.show_plan(plan)
        new = plan.counts["added"] + plan.counts["updated"]
        none = texts.IMPORT_NONE if plan.counts["unchanged"] else texts.IMPORT_REFUSED
        self.import_button.setText(texts.IMPORT.format(count=new) if new else none)
        self.import_button.setEnabled(bool(new))
        self.result_button.setVisible(bool(plan.refused or plan.warnings))
        self.pages.setCurrentWidget(self._looking)
        if turn:
            self.preview.focus()
        else:
            self._go_on()

    def _go_on(self) -> None:
        """Put the focus where work goes on after the file was read again."""
        mended, self._mended = self._mended, None
        if mended and self.preview.refusals.stand(*mended[:2]):
            return
        if self.preview.go_on():
            return
        onward = self.import_button if self.import_button.isEnabled() else self.preview.tabs.tabBar()
        onward.setFocus(Qt.FocusReason.OtherFocusReason)

    def point(self) -> None:
        """Let the clerk point at the row that names the columns."""
        if self.plan:
            self.chooser.show_plan(self.plan)
            self.pages.setCurrentWidget(self._pointing)
            self.chooser.focus()

    def _point(self, sheet: str, row: int) -> None:
        """Read the file again with a row that the clerk pointed at."""
        self._heads, self._mapping = {sheet: row}, {}
        self._read(turn=True)

    def _choose_sheets(self, skip: frozenset[str]) -> None:
        """Read the file again without some of its sheets."""
        self._skip = skip
        self._read(turn=True)

    def _decide(self, head: str, field: str | None) -> None:
        """Read the file again with a head that the clerk decided."""
        self._mapping[head] = field
        self._read(turn=False)

    def _give_meaning(self, field: str, word: str, code: str) -> None:
        """Read the file again with what the clerk says a word means."""
        self._words.setdefault(field, {})[word] = code
        self._read(turn=False)

    def _mend(self, cells: "dict[Place, str]") -> None:
        """Read the file again with cells that the clerk mended."""
        self._cells.update(cells)
        self._mended = next(iter(cells))
        self._read(turn=False)

    def _share(self, shared: dict[str, str]) -> None:
        """Read the file again with what the clerk gave to all rows."""
        self._shared = shared
        self._read(turn=False)

    # ------------------------------------------------------------ taking in
    def take_in(self) -> None:
        """Write the planned rows as one act."""
        plan = self.plan
        if plan is None or not self.import_button.isEnabled():
            return
        if self.preview.sharing.open:
            self.preview.notice.tell(texts.SHARED_OPEN, "warn")
            self.preview.sharing.focus()
            return

        def op(store: Store, _report: Report) -> "IntakeOutcome":
            from ipdesk.actions.backups import before_intake
            from ipdesk.intake import apply

            before_intake(store, plan.counts["added"] + plan.counts["updated"])
            return apply(store, plan)

        self._wait(texts.WRITING)
        self.waiting.forbid_giving_up()
        self._task = self._session.work(
            self, op, self._tell_done, self._unreadable, lambda _done, _total: None
        )

    def _tell_done(self, outcome: "IntakeOutcome") -> None:
        from ui.intake.telling import refused_rows

        self._task = None
        refused = refused_rows(self.plan) if self.plan else 0
        counts = {"added": outcome.added, "updated": outcome.updated, "unchanged": outcome.unchanged}
        self.done_words.setText(texts.DONE.format(name=self._path.name, **counts))
        self.done_refused.setText(texts.DONE_REFUSED.format(count=refused))
        self.done_refused.setVisible(bool(refused))
        self.done_result_button.setVisible(bool(refused))
        self.pages.setCurrentWidget(self._done)
        self._offer_next()
        self._session.report(texts.DONE_TITLE, *self.ledger.kinds)
        self._session.tell(self.done_words.text(), can_undo=True)

    def _offer_next(self) -> None:
        """Lead to the next file where one waits, else back to the list."""
        more = len(self._later)
        self.next_button.setVisible(bool(more))
        self.next_button.setText(texts.NEXT.format(count=more))
        self.again_button.setVisible(not more)
        restyle(self.back_button, kind="plain" if more else "primary")
        onward = self.next_button if more else self.back_button
        onward.setFocus(Qt.FocusReason.OtherFocusReason)

    def save_result(self) -> None:
        """Write the clerk's own sheet with every refusal marked."""
        plan = self.plan
        name = texts.RESULT_NAME.format(stem=self._path.stem)
        out = self._session.dialogs.save_file(self, texts.SAVE_RESULT, name, common.EXCEL) if plan else None
        if not out or plan is None:
            return

        def op(_store: Store) -> None:
            from ipdesk.intake import write_result

            write_result(plan, out)

        told = texts.RESULT_SAVED.format(name=out.name)
        self._session.ask(self, op, lambda _none: self._session.tell(told))

    # ------------------------------------------------------------ leaving
    def give_up(self) -> None:
        """Stop reading; nothing was written."""
        if self._task:
            self._task.cancel()
            self._task = None
        self._leave()

    def _leave(self) -> None:
        """Go back to the list, unless other files wait and the clerk wants to see the next."""
        text = texts.DROP_REST_TEXT.format(count=len(self._later))
        if self._later and not self._session.dialogs.ask(
            self, texts.DROP_REST, text, texts.DROP_REST_YES, texts.DROP_REST_NO
        ):
            self.begin_next()
            return
        self._later.clear()
        self.left.emit()

    def begin_next(self) -> None:
        """Read the next of the files that wait."""
        if self._later:
            self.begin(*self._later)

    def leave(self) -> None:
        """Go back to the list; a file being written is waited for."""
        if not self.is_writing:
            self.give_up()

    @property
    def is_writing(self) -> bool:
        """Tell whether rows are being written just now."""
        return self._task is not None and not self.waiting.may_give_up

    def may_leave(self) -> bool:
        """Tell whether the page may be left: not while rows are being written."""
        if self._task and not self.is_writing:
            self._task.cancel()
        return not self.is_writing
