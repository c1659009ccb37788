"""The page of a plan's tasks: at a county its own, at the city task by county, and the supervision slips."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from ipdesk.actions import supervision
from ipdesk.actions.tasks import load_tasks
from ipdesk.codes import CITY, code_table
from ipdesk.fields import Value
from ipdesk.kinds.tasks import ANSWERED, CLOSED, OPEN, OVERDUE, SUPERVISION, TASK
from ipdesk.past import parse_day
from ipdesk.plan.definition import plan_on
from ipdesk.plan.slips import Slip, drafted, slips
from ipdesk.plan.tasks import TaskBoard, state_label, task_board
from ipdesk.store import Store
from ui.desks.filters import filter_boxes
from ui.desks.page import DeskPage
from ui.desks.table import DeskTable
from ui.session import Session
from ui.tasks.dialog import Asked, Deed, SlipDialog
from ui.tasks.panel import TaskPanel, tone
from ui.texts import common
from ui.texts import tasks as texts
from ui.widgets.basic import button, in_order, label, row

_NONE = "none"  # the choice that nothing was reported
_SLIP_TONES = {OPEN: "warn", OVERDUE: "bad", ANSWERED: "busy", CLOSED: "good"}


class Told(NamedTuple):
    """What the page shows: the tasks as they stand, and the slips."""

    board: TaskBoard
    slips: list[Slip]


class TasksPage(DeskPage):
    """Lists the tasks with what stands beside them; says whose record is asked for (ledger, key)."""

    def __init__(self, session: Session) -> None:
        """Lay the page out; ``enter`` fills it."""
        self.load_button = button(texts.LOAD, clicked=self.load)
        super().__init__(session, texts.TITLE, self.load_button)
        self.told: Told | None = None
        self.units = [c.code for c in code_table("regions").codes] if session.is_city else []
        self.table, self.panel = self._make_table(), TaskPanel(is_city=session.is_city)
        states = {**{c.code: c.name for c in code_table("plan.task_state").codes}, _NONE: state_label("")}
        self.boxes = filter_boxes(states, self.show_tasks)
        self.boxes["unit"].setVisible(session.is_city)
        self.clear_button = button(common.CLEAR, kind="link", clicked=self.reset)
        self._make_slips()
        self._lay_out()
        self._connect()

    # ------------------------------------------------------------ making
    def _make_table(self) -> DeskTable:
        if not self.session.is_city:
            own = (texts.CODE, texts.TASK, texts.STATE, texts.DUE, texts.PERSON)
            return DeskTable(own, texts.TABLE, (58, 300, 128, 100, 60), state=2, empty=texts.NO_TASKS)
        names = [c.attributes["short_name"].removeprefix("市")[:2] for c in code_table("regions").codes]
        heads = (texts.CODE, texts.TASK, texts.LAGS, *names)
        widths = (46, 72, 46, *(52 for _ in names[1:]))
        made = DeskTable(heads, texts.TABLE, widths, state=-1, empty=texts.NO_TASKS)
        made.setToolTip(texts.LATE_HELP)
        return made

    def _make_slips(self) -> None:
        heads = (texts.STATE, texts.NUMBER, texts.UNIT, texts.SUBJECT, texts.DEADLINE, texts.REPLY)
        widths = (104, 124, 80, 250, 92, 60)
        self.slips = DeskTable(heads, texts.SLIPS, widths, state=0, empty=texts.NO_SLIPS)
        self.slips.setFixedHeight(160)
        words, deed = (texts.CLOSE, self.close_slip) if self.session.is_city else (texts.ANSWER, self.answer)
        self.deed_button = button(f"{words}…", clicked=deed)
        self.slip_button = button(texts.OPEN, clicked=self.open_slip)

    def _lay_out(self) -> None:
        self.lines.addLayout(row(*self.boxes.values(), self.clear_button, None))
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.table, 1)
        left.addLayout(row(label(texts.SLIPS, "strong"), None, self.deed_button, self.slip_button))
        left.addWidget(self.slips)
        body = QHBoxLayout()
        body.setSpacing(12)
        body.addLayout(left, 1)
        body.addWidget(self.panel)
        self.lines.addLayout(body, 1)
        issue = (self.panel.issue_button,) if self.panel.issue_button else ()
        beside = (self.panel.units, self.panel.open_button, *issue)
        in_order(*self.boxes.values(), self.clear_button, self.table, *beside)
        in_order(beside[-1], self.slips, self.deed_button, self.slip_button)

    def _connect(self) -> None:
        self.table.chosen.connect(self._show_task)
        self.table.opened.connect(self.open_task)
        self.panel.units.opened.connect(self.open_task)
        self.panel.open_button.clicked.connect(self.open_task)
        self.slips.opened.connect(self.open_slip)
        if self.panel.issue_button:
            self.panel.issue_button.clicked.connect(self.issue)

    @property
    def start(self) -> DeskTable:
        """Return the list of tasks."""
        return self.table

    # ------------------------------------------------------------ reading
    def read(self, store: Store) -> Told:
        """Read tasks and slips."""
        return Told(task_board(store), slips(store))

    def take(self, told: Told) -> None:
        """Show what was read."""
        self.told = told
        board = told.board
        states = "，".join(f"{state_label(state)} {count}" for state, count in board.counts().items())
        self.head.tell(
            texts.ABOUT.format(
                plan=board.plan.name, count=len(board.tasks), states=states, lags=len(board.lagging())
            )
        )
        self.show_tasks()
        keys = [f"{one.number} {one.unit}" for one in told.slips]
        tones = {place: _SLIP_TONES[one.state] for place, one in enumerate(told.slips)}
        self.slips.show_lines(keys, [_slip_line(one) for one in told.slips], tones)

    def show_tasks(self) -> None:
        """Show the tasks that the boxes leave."""
        if self.told is None:
            return
        board = self.told.board
        codes = [code for code in board.by_code if self._wanted(board, code)]
        lines = [self._line(board, code) for code in codes]
        self.table.show_lines(codes, lines, self._tones(board, codes))
        self._show_task()

    def _wanted(self, board: TaskBoard, code: str) -> bool:
        state, unit = self.boxes["state"].code, self.boxes["unit"].code
        found = [board.of(code, one) for one in board.units if unit in (None, one)]
        state = "" if state == _NONE else state or None
        return any(one and state in (None, one.state) for one in found)

    def _line(self, board: TaskBoard, code: str) -> tuple[str, ...]:
        task = board.by_code[code]
        if self.session.is_city:
            cells = (_cell(board, code, unit) for unit in self.units)
            lags = sum(one.lags for u in self.units if (one := board.of(code, u)))
            return (code, task.title, str(lags or ""), *cells)
        one = board.of(code, board.units[0])
        told = (one.words, one.due.isoformat(), one.told("person_in_charge")) if one else ("", "", "")
        return (code, task.title, *told)

    def _tones(self, board: TaskBoard, codes: list[str]) -> Mapping[int, str]:
        held = ((place, board.of(code, board.units[0])) for place, code in enumerate(codes))
        return {place: tone(one) for place, one in held if one}

    def _show_task(self) -> None:
        self.panel.show_task(self.told.board if self.told else None, self.table.key)
        if unit := self.boxes["unit"].code:
            self.panel.units.stand(str(unit))

    def reset(self) -> None:
        """Filter for nothing."""
        for box in self.boxes.values():
            box.reset()
        self.table.setFocus()

    # ------------------------------------------------------------ tasks
    def load(self) -> None:
        """Make this unit's records of the plan's tasks."""

        def op(store: Store) -> int:
            return load_tasks(store, plan_on(date.today()))

        def loaded(count: int) -> None:
            if count:
                self.done(texts.LOADED.format(count=count), TASK)
            else:
                self.session.tell(texts.NONE_LOADED)

        self.session.ask(self, op, loaded, self.fail)

    def open_task(self) -> None:
        """Ask for the newest progress of the unit chosen, else its task."""
        one = self.told.board.of(self.table.key, self.panel.units.key) if self.told else None
        if one and one.key:
            self.record_asked.emit(*one.key)
        else:
            self.session.tell(texts.NO_RECORD)

    # ------------------------------------------------------------ slips
    def issue(self) -> None:
        """Issue a slip for the task and the unit chosen."""
        unit, code = self.panel.units.key, self.table.key
        if unit in ("", CITY) or not code:
            self.session.tell(texts.NO_UNIT)
            return
        self.session.ask(
            self, lambda store: drafted(store, unit, date.today(), task=code), self._issue, self.fail
        )

    def _issue(self, draft: dict[str, Value]) -> None:
        asked = (
            Asked("subject", texts.SUBJECT, str(draft["subject"])),
            Asked("problem", texts.PROBLEM, needed=False),
            Asked("demand", texts.DEMAND),
            Asked("deadline", texts.DEADLINE),
            Asked("issuer", texts.ISSUER, needed=False),
        )

        def op(store: Store, told: Mapping[str, str]) -> object:
            deadline = parse_day(told["deadline"]).isoformat()
            return supervision.issue_slip(store, {**draft, **told, "deadline": deadline})

        unit = code_table("regions").label(str(draft["unit_code"]))
        self._ask(texts.ISSUE_TITLE.format(unit=unit), str(draft["slip_no"]), asked, op, texts.ISSUED)

    def answer(self) -> None:
        """Answer the slip under the ring."""
        if not (slip := self._slip()):
            return
        asked = (
            Asked("reply", texts.REPLY_WORDS, str(slip.values.get("reply") or "")),
            Asked("evidence", texts.EVIDENCE, str(slip.values.get("evidence") or ""), needed=False),
            Asked("day", texts.DAY, date.today().isoformat()),
        )

        def op(store: Store, told: Mapping[str, str]) -> object:
            day = parse_day(told["day"])
            return supervision.answer_slip(store, slip, told["reply"], day, told["evidence"])

        self._ask(texts.ANSWER_TITLE.format(number=slip.number), _about(slip), asked, op, texts.ANSWERED)

    def close_slip(self) -> None:
        """Close the slip under the ring."""
        if not (slip := self._slip()):
            return
        asked = (Asked("note", texts.NOTE), Asked("day", texts.DAY, date.today().isoformat()))

        def op(store: Store, told: Mapping[str, str]) -> object:
            supervision.close_slip(store, slip, told["note"], parse_day(told["day"]))
            return slip.number

        self._ask(texts.CLOSE_TITLE.format(number=slip.number), _about(slip), asked, op, texts.CLOSED)

    def open_slip(self) -> None:
        """Ask for the record of the slip under the ring."""
        if slip := self._slip():
            self.record_asked.emit("supervision", slip.issued.key)

    def _slip(self) -> Slip | None:
        place = self.slips.place
        if self.told is None or not 0 <= place < len(self.told.slips):
            self.session.tell(texts.NO_SLIP)
            return None
        return self.told.slips[place]

    def _ask(self, title: str, about: str, asked: tuple[Asked, ...], op: Deed, words: str) -> None:
        dialog = SlipDialog(self, self.session, title, about, asked, op)
        dialog.done_well.connect(lambda: self.done(words, SUPERVISION))
        self.session.dialogs.show(dialog)


def _cell(board: TaskBoard, code: str, unit: str) -> str:
    one = board.of(code, unit)
    if one is None:
        return ""
    state = texts.SHORT.get(one.state, one.words)
    return texts.LATE.format(state=state) if one.lags and one.state else state


def _slip_line(one: Slip) -> tuple[str, ...]:
    told = one.values
    unit = code_table("regions").label(one.unit)
    words = (str(told.get(name) or "") for name in ("subject", "deadline", "reply"))
    return (one.state, one.number, unit, *words)


def _about(one: Slip) -> str:
    told = (str(one.values.get(name) or "") for name in ("subject", "problem", "demand", "reply"))
    return "；".join(filter(None, told))
