"""The page of periods: a county's list, the city's table of all; the one chosen is filled in, submitted, accepted."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from ipdesk.actions import filling
from ipdesk.actions import reporting_periods as deeds
from ipdesk.actions.filling import Line
from ipdesk.kinds.indicators import INDICATOR_VALUE, PERIOD_REPORT
from ipdesk.reporting.filings import CLOSED, STATES, Filing, filings
from ipdesk.store import Store
from ipdesk.sync.completeness import STATES as PACKAGES
from ui.desks.page import DeskPage
from ui.reporting.asking import ReasonDialog
from ui.reporting.lines import Edits, Lines, LinesTable
from ui.reporting.listed import FilingsTable
from ui.reporting.matrix import MatrixTable, state_words
from ui.session import Session
from ui.texts import reporting as texts
from ui.widgets.basic import button, in_order, label, row, shortcut
from ui.widgets.choice import PlainBox


class PeriodsPage(DeskPage):
    """Shows the periods and the one chosen; what was typed into one and not saved stays until it is."""

    def __init__(self, session: Session) -> None:
        """Lay the page out; ``enter`` fills it."""
        made = _buttons(self)
        super().__init__(session, texts.PAGE, *made.values())
        self.buttons: Mapping[str, QPushButton] = made
        self.told: list[Filing] = []
        self._typed: dict[tuple[str, str], Edits] = {}
        self.every = _every_box(session.is_city)
        self.table: FilingsTable | MatrixTable = MatrixTable() if session.is_city else FilingsTable()
        self.name, self.about = label("", "strong"), label("", "muted", wrap=True)
        self.model = Lines()
        self.fill = LinesTable(self.model)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.lines.addLayout(row(self.every, None))
        self.lines.addWidget(self.table, 2)
        self.lines.addWidget(self.name)
        self.lines.addWidget(self.about)
        self.lines.addWidget(self.fill, 3)
        in_order(self.every, self.table, self.fill, *self.buttons.values())

    def _connect(self) -> None:
        self.every.currentIndexChanged.connect(lambda _place: self._show_periods())
        self.table.chosen.connect(self._show_chosen)
        self.model.edited.connect(self._show_buttons)
        shortcut(self, "Ctrl+S", self.save)
        shortcut(self, "Ctrl+Return", self.buttons[texts.SUBMIT].click)
        shortcut(self.fill, "Esc", self.table.setFocus)
        if isinstance(self.table, FilingsTable):
            self.table.opened.connect(self.fill.begin)
        else:
            for keys in ("Return", "Enter", "F2"):
                shortcut(self.table, keys, self.fill.begin)

    @property
    def start(self) -> QWidget:
        """Return the table of periods."""
        return self.table

    @property
    def filing(self) -> Filing | None:
        """Return the period chosen."""
        return self.table.one

    def may_leave(self) -> bool:
        """Tell whether the page can be left: what is not saved is asked about."""
        if not any(self._typed.values()):
            return True
        ask = self.session.dialogs.ask
        if not ask(self, texts.LEAVE, texts.LEAVE_TEXT, texts.LEAVE_YES, texts.LEAVE_NO):
            return False
        self._typed.clear()
        return True

    # ------------------------------------------------------------ reading
    def read(self, store: Store) -> list[Filing]:
        """Return every period."""
        return filings(store)

    def take(self, told: list[Filing]) -> None:
        """Show what was read."""
        self.told = told
        count = {state: sum(one.state == state for one in told) for state in STATES}
        waiting = count["empty"] + count["filling"] + count["returned"]
        about = texts.ABOUT_CITY if self.session.is_city else texts.ABOUT
        self.head.tell(about.format(overdue=count["overdue"], open=waiting, submitted=count["submitted"]))
        self._show_periods()

    def _show_periods(self) -> None:
        every = self.every.currentData()
        self.table.show_all([one for one in self.told if every in ("", one.period.every)])

    def _show_chosen(self) -> None:
        """Show the period under the ring and read its lines."""
        one = self.filing
        self.name.setText(_name(one) if one else "")
        self.about.setText("  ·  ".join(_about(one)) if one else "")
        self._show_buttons()
        if one is None:
            self.model.show((), {}, is_open=False)
            return
        self.session.ask(
            self, lambda store: filling.lines(store, one), lambda told: self._show_lines(one, told), self.fail
        )

    def _show_lines(self, one: Filing, told: list[Line]) -> None:
        if self.filing is not one:  # another was chosen meanwhile
            return
        index = self.fill.currentIndex()
        place = (index.row(), index.column())
        is_open = self._is_own(one) and one.state not in CLOSED
        self.model.show(told, self._typed.setdefault(_key(one), {}), is_open=is_open)
        if place[0] >= 0:
            self.fill.setCurrentIndex(self.model.index(*place))

    def _is_own(self, one: Filing) -> bool:
        return one.unit == self.session.office.unit_code

    def _show_buttons(self) -> None:
        one = self.filing
        own = one is None or self._is_own(one)
        may = _may(one, own, bool(self._typed.get(_key(one)))) if one else set()
        for name, made in self.buttons.items():
            made.setVisible((name in (texts.ACCEPT, texts.RETURN)) != own)
            made.setEnabled(name in may)

    # ------------------------------------------------------------ deeds
    def save(self) -> None:
        """Save what was typed into the period chosen."""
        self._save_then(lambda _after: None)

    def _save_then(self, then: Callable[[Filing], None]) -> None:
        """Save what was typed, if anything, then go on with the period as it stands after."""
        one = self.filing
        if one is None or not self._is_own(one):
            return
        edits = self._typed.get(_key(one), {})
        if not edits:
            then(one)
            return

        def saved(after: Filing) -> None:
            self._typed.pop(_key(after), None)
            self._tell_done(texts.SAVED, after)
            then(after)

        self.session.ask(self, lambda store: filling.save(store, one, edits), saved, self.fail)

    def submit(self) -> None:
        """Save and submit the period chosen; what lacks takes a reason."""
        self._save_then(self._submit)

    def _submit(self, one: Filing) -> None:
        period, remark = one.period.label, ""
        if one.lacking and one.filled:
            names = "、".join(f"{a.indicator.short_name}（{a.lacks}）" for a in one.lacking)
            title = texts.LACK_TITLE.format(period=period, count=len(one.lacking))
            remark = self._reason(title, texts.LACK_TEXT.format(names=names), texts.LACK_REASON, texts.SUBMIT)
            if not remark:
                return
        elif one.filled and not self._agrees(texts.ASK_SUBMIT, texts.ASK_SUBMIT_TEXT, one, texts.SUBMIT):
            return
        self._do(lambda store: deeds.submit(store, one.period, remark=remark), texts.DONE_SUBMIT)

    def submit_zero(self) -> None:
        """Say that there is nothing to tell for the period chosen."""
        one = self.filing
        if one and self._agrees(texts.ASK_ZERO, texts.ASK_ZERO_TEXT, one, texts.SUBMIT_ZERO):
            self._do(lambda store: deeds.submit(store, one.period, zero=True), texts.DONE_SUBMIT)

    def withdraw(self) -> None:
        """Take the period chosen back, for a reason."""
        one = self.filing
        if one is None:
            return
        title = texts.WITHDRAW_TITLE.format(period=one.period.label)
        if why := self._reason(title, texts.WITHDRAW_TEXT, texts.WITHDRAW_REASON, texts.WITHDRAW):
            self._do(lambda store: deeds.withdraw(store, one.period, why), texts.DONE_WITHDRAW)

    def accept(self) -> None:
        """Accept the county's period chosen."""
        one = self.filing
        if one:
            self._do(lambda store: deeds.accept(store, one.unit, one.period), texts.DONE_ACCEPT)

    def send_back(self) -> None:
        """Return the county's period chosen, for a reason."""
        one = self.filing
        if one is None:
            return
        title = texts.RETURN_TITLE.format(unit=one.unit_name, period=one.period.label)
        if why := self._reason(title, texts.RETURN_TEXT, texts.RETURN_REASON, texts.RETURN):
            self._do(lambda store: deeds.send_back(store, one.unit, one.period, why), texts.DONE_RETURN)

    def _agrees(self, title: str, text: str, one: Filing, yes: str) -> bool:
        ask = self.session.dialogs.ask
        return ask(self, title.format(period=one.period.label), text, yes, tone="info")

    def _reason(self, title: str, text: str, what: str, yes: str) -> str:
        dialog = ReasonDialog(self, title, text, what, yes)
        return dialog.reason if self.session.dialogs.show(dialog) else ""

    def _do(self, deed: Callable[[Store], Filing], words: str) -> None:
        self.session.ask(self, deed, lambda after: self._done(words, after), self.fail)

    def _done(self, words: str, after: Filing) -> None:
        self._tell_done(words, after)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell_done(self, words: str, after: Filing) -> None:
        told = words.format(unit=after.unit_name, period=after.period.label)
        self.done(told, PERIOD_REPORT, INDICATOR_VALUE)


def _buttons(page: Any) -> dict[str, QPushButton]:  # noqa: ANN401 - the page while it is being made
    """Return the buttons by their words; the last is what a period is for."""
    return {
        texts.SAVE: button(texts.SAVE, clicked=lambda: page.save(), hint="Ctrl+S"),
        texts.WITHDRAW: button(texts.WITHDRAW, clicked=lambda: page.withdraw()),
        texts.SUBMIT_ZERO: button(texts.SUBMIT_ZERO, clicked=lambda: page.submit_zero()),
        texts.SUBMIT: button(texts.SUBMIT, kind="primary", clicked=lambda: page.submit(), hint="Ctrl+Return"),
        texts.RETURN: button(texts.RETURN, clicked=lambda: page.send_back()),
        texts.ACCEPT: button(texts.ACCEPT, kind="primary", clicked=lambda: page.accept()),
    }


def _every_box(is_city: bool) -> PlainBox:
    """Return the box of frequencies; the city's table holds one at a time."""
    made = PlainBox()
    made.setAccessibleName(texts.EVERY_NAME)
    for code, name in texts.EVERY.items():
        if code or not is_city:
            made.addItem(name, code)
    made.setCurrentIndex(1 if is_city else 0)
    made.setMinimumWidth(120)
    return made


def _key(one: Filing) -> tuple[str, str]:
    return one.unit, one.period.code


def _may(one: Filing, own: bool, has_typed: bool) -> set[str]:
    """Return what can be done with a period."""
    if not own:
        found = {texts.RETURN} if one.state in CLOSED else set()
        return found | ({texts.ACCEPT} if one.state == "submitted" else set())
    if one.state in CLOSED:
        return {texts.WITHDRAW} if one.state == "submitted" else set()
    found = {texts.SUBMIT} | ({texts.SAVE} if has_typed else set())
    return found | ({texts.SUBMIT_ZERO} if not one.filled and not has_typed else set())


def _name(one: Filing) -> str:
    return texts.TITLE.format(unit=one.unit_name, period=one.period.label, state=state_words(one))


def _about(one: Filing) -> list[str]:
    told, came = one.values, one.package
    found = (
        texts.DUE.format(due=one.due.isoformat()),
        texts.SUBMITTED.format(at=told["submitted_at"]) if told.get("submitted_at") else "",
        texts.BY.format(reporter=told["reporter"]) if told.get("reporter") else "",
        texts.LACKS.format(count=len(one.lacking)) if one.lacking and not one.is_zero else "",
        texts.PROGRESS.format(count=one.progress) if one.progress else "",
        texts.SAID.format(message=one.message) if one.message else "",
        texts.WITHDRAWN.format(reason=told["withdrawn_for"]) if told.get("withdrawn_for") else "",
        texts.PACKAGE.format(state=PACKAGES[came.state]) if came else "",
        str(told.get("remark") or ""),
    )
    return [words for words in found if words]
