"""Who has reported for which period: expected, received, on time, gaps; the plan, and the letter that reminds."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ipdesk import sync
from ipdesk.actions import drafts
from ipdesk.actions.drafts import Draft
from ipdesk.kinds.sync import PACKAGE
from ipdesk.periods import LABELS
from ipdesk.store import Store
from ipdesk.sync import Expected, Plan
from ipdesk.sync.channel import Document
from ui.desks.grid import GridTable, state_words
from ui.desks.letter import LetterDialog
from ui.desks.page import DeskPage
from ui.desks.panel import SidePanel
from ui.desks.planning import PlanDialog
from ui.desks.words import listed, when
from ui.session import Session
from ui.texts import channel
from ui.texts import completeness as texts
from ui.widgets.basic import button, in_order, label, shortcut

LACKING = ("awaited", "overdue", "aside")
Told = tuple[Plan, list[Expected]]


class CompletenessPage(DeskPage):
    """Shows unit by unit and period by period what was expected and what came."""

    def __init__(self, session: Session) -> None:
        """Lay the page out; ``enter`` fills it."""
        self.plan_button = button(texts.PLAN, "settings", clicked=self.plan, hint="Ctrl+L")
        self.letter_button = button(texts.LETTER, "print", kind="primary", clicked=self.remind, hint="Ctrl+P")
        super().__init__(session, texts.TITLE, self.plan_button, self.letter_button)
        self.told: Told = (Plan(), [])

        self.table = GridTable()
        self.panel = ExpectedPanel()
        body = QHBoxLayout()
        body.setSpacing(12)
        body.addWidget(self.table, 1)
        body.addWidget(self.panel)
        self.lines.addLayout(body, 1)
        in_order(self.table, self.plan_button, self.letter_button)
        self.table.chosen.connect(self._show_item)
        for keys, deed in (("Ctrl+L", self.plan), ("Ctrl+P", self.remind)):
            shortcut(self, keys, deed)
        for keys in ("Return", "Enter"):
            shortcut(self.table, keys, self.remind)

    @property
    def start(self) -> QWidget:
        """Return the table."""
        return self.table

    def read(self, store: Store) -> Told:
        """Return the plan and what was expected by it."""
        return Plan.of(store), sync.completeness(store)

    def take(self, told: Told) -> None:
        """Show what was read."""
        plan, expected = self.told = told
        late = {one.unit for one in expected if one.state == "overdue"}
        self.head.tell(texts.ABOUT.format(every=LABELS[plan.every], days=plan.days, overdue=len(late)))
        self.table.show_all(expected)

    def _show_item(self) -> None:
        one = self.table.one
        self.panel.show_item(one)
        lacks = bool(one and (one.state in LACKING or one.gaps))
        self.letter_button.setEnabled(lacks)
        self.letter_button.setToolTip("Ctrl+P" if lacks else texts.LETTER_HINT)

    def remind(self) -> None:
        """Show the letter that reminds of what lacks."""
        one = self.table.one
        if one and self.letter_button.isEnabled():
            self.session.dialogs.show(LetterDialog(self, self.session, one))

    def plan(self) -> None:
        """Change what is expected."""
        dialog = PlanDialog(self, self.session, self.told[0])
        dialog.saved.connect(self._planned)
        self.session.dialogs.show(dialog)

    def _planned(self) -> None:
        self.session.tell(texts.PLAN_SAVED)
        self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.session.ask(self, lambda store: drafts.draft(store, drafts.REPORTING), self._offer)

    def _offer(self, draft: Draft) -> None:
        """Offer to send the plan down at once: counties see nothing of it before."""
        if not draft.shifts:
            return
        text = texts.PUBLISH_TEXT.format(version=draft.version)
        if self.session.dialogs.ask(
            self, texts.PUBLISH_TITLE, text, texts.PUBLISH_YES, texts.PUBLISH_NO, tone="info"
        ):
            self.session.ask(self, lambda store: drafts.issue(store, draft), self._published)
        else:
            self.session.tell(texts.PLAN_KEPT)

    def _published(self, document: Document) -> None:
        words = channel.DONE.format(label=document.label, version=document.version)
        self.session.tell(words)
        self.session.report(words, PACKAGE)


class ExpectedPanel(SidePanel):
    """Shows one unit's report for one period."""

    def __init__(self) -> None:
        """Lay the panel out, empty."""
        super().__init__(texts.PANEL, texts.PANEL_NONE)
        names = (texts.DUE, texts.CAME, texts.COUNT, texts.ON_TIME, texts.ZERO, texts.GAPS)
        self.values = {name: _value(name) for name in names}
        self.state = label("", "strong")
        parts: list[QWidget] = [self.state]
        for name, value in self.values.items():
            parts += [label(name, "label"), value]
        self.put(*parts)
        self.show_item(None)

    def show_item(self, one: Expected | None) -> None:
        """Show what was expected and what came."""
        aside = texts.ASIDE_HINT if one and one.state == "aside" else ""
        self.show_name(f"{one.unit_name} · {one.period.label}" if one else "", aside)
        if one:
            self.state.setText(state_words(one))
            for name, words in _words(one).items():
                self.values[name].setText(words)


def _words(one: Expected) -> dict[str, str]:
    came = bool(one.received)
    return {
        texts.DUE: one.due.isoformat(),
        texts.CAME: texts.PACKAGES.format(at=when(one.received), count=one.packages)
        if came
        else texts.NOT_CAME,
        texts.COUNT: texts.ROWS.format(rows=one.rows, accepted=one.accepted) if came else texts.NOT_CAME,
        texts.ON_TIME: _on_time(one),
        texts.ZERO: texts.ZERO_YES if one.zero else texts.ZERO_NO,
        texts.GAPS: texts.GAPS_OF.format(numbers=listed(one.gaps)) if one.gaps else texts.NO_GAPS,
    }


def _on_time(one: Expected) -> str:
    if one.state == "overdue":
        return texts.OVERDUE.format(days=(date.today() - one.due).days)
    return {"received": texts.YES, "late": texts.LATE}.get(one.state, texts.NOT_DUE)


def _value(name: str) -> QLabel:
    made = label("", "body", wrap=True)
    made.setAccessibleName(name)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
