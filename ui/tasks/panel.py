"""The panel beside the tasks: one task in the plan's words, and how the units stand with it."""

from PySide6.QtWidgets import QLabel

from ipdesk.codes import code_table
from ipdesk.periods import Period
from ipdesk.plan.definition import Task
from ipdesk.plan.tasks import Standing, TaskBoard, deadline_words, department_words, phase_on
from ipdesk.problems import Refusal
from ui.desks.panel import SidePanel
from ui.desks.table import DeskTable
from ui.texts import tasks as texts
from ui.widgets.basic import button, label

TONES = {"TS1": "idle", "TS2": "busy", "TS3": "good", "TS4": "bad", "TS5": "warn", "TS6": "good"}


def tone(one: Standing) -> str:
    """Return the tone of a state: what is past its day and not done is bad."""
    return "bad" if one.lags else TONES.get(one.state, "idle")


class TaskPanel(SidePanel):
    """Shows a task; the units below it can be chosen, to be looked at or supervised."""

    def __init__(self, *, is_city: bool) -> None:
        """Begin without a task."""
        super().__init__(texts.PANEL, texts.NOTHING)
        self.kind = label("", "muted", wrap=True)
        self.words = {name: label("", wrap=True) for name in self._names(is_city)}
        parts: list[QLabel] = []
        for name, words in self.words.items():
            parts += [label(name, "label"), words]
        self.units = DeskTable((texts.UNIT, texts.STATE, texts.PERSON), texts.UNITS, (92, 128, 60), state=1)
        self.units.setFixedHeight(340 if is_city else 70)
        self.put(self.kind, self.units, *parts)
        self.open_button = button(texts.OPEN, hint="Enter")
        self.issue_button = button(f"{texts.ISSUE}…") if is_city else None
        self.put_below(self.open_button, self.issue_button, None)
        self.show_name("")

    @staticmethod
    def _names(is_city: bool) -> tuple[str, ...]:
        own = () if is_city else (texts.LOCAL, texts.PROGRESS)
        return (*own, texts.DEADLINE_PLAN, texts.DEPARTMENTS, texts.MEASURES)

    def show_task(self, told: TaskBoard | None, code: str) -> None:
        """Show a task of a board, or nothing."""
        task = told.by_code.get(code) if told else None
        if told is None or task is None:
            self.show_name("")
            return
        self.show_name(f"{task.code} {task.title}")
        self.kind.setText(texts.KIND.format(kind=task.kind, section=task.section))
        self._show_words(told, task)
        standings = [one for unit in told.units if (one := told.of(code, unit))]
        regions = code_table("regions")
        lines = [(regions.label(one.unit), one.words, one.told("person_in_charge")) for one in standings]
        tones = {place: tone(one) for place, one in enumerate(standings)}
        self.units.show_lines([one.unit for one in standings], lines, tones)

    def _show_words(self, told: TaskBoard, task: Task) -> None:
        due = texts.DUE_ON.format(
            words=deadline_words(task), day=task.due.isoformat(), phase=phase_on(told.plan, task.due)
        )
        words = {
            texts.DEADLINE_PLAN: due,
            texts.DEPARTMENTS: department_words(task),
            texts.MEASURES: "\n".join(f"{n}. {one}" for n, one in enumerate(task.measures, 1)),
        }
        one = told.of(task.code, told.units[0])
        if one and texts.LOCAL in self.words:
            words |= {texts.LOCAL: one.told("local_measures"), texts.PROGRESS: _progress(one)}
        for name, text in words.items():
            self.words[name].setText(text or texts.EMPTY)


def _progress(one: Standing) -> str:
    if one.progress is None:
        return ""
    values = one.progress.values
    words = str(values.get("progress") or texts.EMPTY)
    return texts.PROGRESS_OF.format(period=_period(values.get("period")), state=one.words, words=words)


def _period(told: object) -> str:
    try:
        return Period.read(str(told or "")).label
    except Refusal:  # of a newer program
        return str(told or "")
