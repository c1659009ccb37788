"""Tell the tasks of a plan and how far each unit has come with them (domain.md F).

The plan's own words stay as they are: new names of departments, and 滞后 where a due day has passed, are told beside.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ipdesk.codes import code_rows, code_table
from ipdesk.dates import last_day
from ipdesk.past import reading
from ipdesk.periods import Period
from ipdesk.plan.board import units as told_units
from ipdesk.plan.definition import Department, Plan, Task, plan_on
from ipdesk.problems import Refusal
from ipdesk.records import Query, RecordKey, Row
from ipdesk.store import Moment, Reading, Store

NOT_BEGUN, DONE, LASTING = "TS1", "TS3", "TS6"
LAGS = "滞后"
OWN = "自定任务"
_STATES = "plan.task_state"


@dataclass(frozen=True, slots=True)
class Standing:
    """How one unit stands with one task: its record, its newest progress, and how far that is.

    ``state`` is a code of plan.task_state, empty where nothing was reported; ``due`` the unit's own day, else the
    plan's.
    """

    unit: str
    task: Task
    due: date
    record: Row | None
    progress: Row | None
    day: date

    @property
    def state(self) -> str:
        """Return what was reported last."""
        told = self.progress.values.get("task_state") if self.progress else None
        return str(told or (NOT_BEGUN if self.record else ""))

    @property
    def lags(self) -> bool:
        """Tell whether the due day has passed and it is not done; what goes on for ever does not lag."""
        return self.due < self.day and self.state not in (DONE, LASTING)

    @property
    def words(self) -> str:
        """Return the state as people read it, with 滞后 beside what was reported."""
        told = code_table(_STATES).label(self.state) if self.state else "未报"
        return f"{told}（{LAGS}）" if self.lags and told != LAGS else told

    @property
    def key(self) -> tuple[str, RecordKey] | None:
        """Return the ledger and key of the record to be looked at: the progress, else the unit's task."""
        if self.progress:
            return "task_progress", self.progress.key
        return ("task", self.record.key) if self.record else None

    def told(self, name: str) -> str:
        """Return what the unit's task record says: local_measures, person_in_charge, departments."""
        return str((self.record.values.get(name) if self.record else None) or "")


@dataclass(frozen=True)
class TaskBoard:
    """The tasks of a plan and those units set themselves, for some units at a moment."""

    plan: Plan
    moment: Moment
    units: tuple[str, ...]
    tasks: tuple[Task, ...]
    standings: Mapping[tuple[str, str], Standing]

    def of(self, task: str, unit: str) -> Standing | None:
        """Return how a unit stands with a task; ``None`` for another unit's own task."""
        return self.standings.get((task, unit))

    def counts(self, unit: str = "") -> dict[str, int]:
        """Return how many tasks there are by state, in the order of the code table; empty: nothing reported."""
        return self._counted(one for one in self.standings.values() if unit in ("", one.unit))

    def counts_of(self, task: str) -> dict[str, int]:
        """Return how many units have come how far with a task."""
        return self._counted(one for one in self.standings.values() if one.task.code == task)

    def lagging(self, unit: str = "") -> list[Standing]:
        """Return what is past its due day and not done."""
        return [one for one in self.standings.values() if one.lags and unit in ("", one.unit)]

    def _counted(self, told: Iterable[Standing]) -> dict[str, int]:
        found = Counter(one.state for one in told)
        order = [*(code.code for code in code_table(_STATES).codes), ""]
        return {state: found[state] for state in order if found[state]}

    @cached_property
    def by_code(self) -> Mapping[str, Task]:
        """Return the tasks by code."""
        return {one.code: one for one in self.tasks}


def task_board(
    store: Store, moment: Moment | None = None, unit: str = "", plan: Plan | None = None
) -> TaskBoard:
    """Return the tasks of a plan (the one in force that day) with how each unit stands at a moment."""
    when = moment or Moment()
    with reading(store, when) as source:
        records, progress = _rows(source, "task"), _rows(source, "task_progress")
    return _board(plan or plan_on(when.day), when, told_units(store, unit), records, progress)


def _rows(source: Reading, name: str) -> list[Row]:
    ledger = source.catalogue.ledger(name)
    return source.rows(ledger, source.keys(ledger, Query()))


def _board(
    plan: Plan, when: Moment, units: tuple[str, ...], records: Sequence[Row], progress: Sequence[Row]
) -> TaskBoard:
    held = {_place(row): row for row in records}
    newest = {_place(row): row for row in sorted(progress, key=_ended)}
    own = {place: _own(plan, held.get(place), place[0]) for place in (*held, *newest) if _is_own(place[0])}
    asked = [
        *((task, unit) for task in plan.tasks for unit in units),
        *((task, place[1]) for place, task in own.items() if place[1] in units),
    ]
    standings = {
        (task.code, unit): _standing(
            task, unit, held.get((task.code, unit)), newest.get((task.code, unit)), when
        )
        for task, unit in asked
    }
    tasks = {task.code: task for task, _ in asked}
    return TaskBoard(plan, when, units, tuple(tasks.values()), standings)


def _place(row: Row) -> tuple[str, str]:
    return str(row.values.get("task_code") or ""), str(row.values.get("unit_code") or "")


def _ended(row: Row) -> tuple[date, date]:
    """Return by which day a progress was told; one of an odd period stands before all others."""
    try:
        period = Period.read(str(row.values.get("period") or ""))
    except Refusal:
        return date.min, date.min
    return period.last, period.first


def _is_own(code: str) -> bool:
    """Tell whether no plan at all has a task of that code."""
    return bool(code) and all(row["task_code"] != code for row in code_rows("tasks.csv"))


def _own(plan: Plan, row: Row | None, code: str) -> Task:
    """Return a unit's own task as its record tells it."""
    told = {name: str(value or "") for name, value in (row.values.items() if row else ())}
    departments = (Department(told["departments"], True),) if told.get("departments") else ()
    return Task(
        code=code,
        plan="",
        kind=OWN,
        section_no="",
        section=OWN,
        number="",
        title=told.get("title", ""),
        measures=(),
        departments=departments,
        phrase="",
        deadline="",
        due=plan.end,
        indicators=(),
        county_work="",
        evidence="",
    )


def _standing(task: Task, unit: str, record: Row | None, progress: Row | None, when: Moment) -> Standing:
    own = str((record.values.get("due_date") if record else None) or "")
    return Standing(unit, task, last_day(own) if own else task.due, record, progress, when.day)


def department_words(task: Task) -> str:
    """Return who answers for a task in the plan's words, each with its new names beside it."""
    now = _new_names()
    told = "、".join(
        f"{one.name}（今{now[one.name]}）" if one.name in now else one.name for one in task.departments
    )
    return f"{told}{task.phrase}" if task.phrase else told


def new_names(task: Task) -> dict[str, str]:
    """Return what the departments of a task are called now, by their name in the plan (departments.csv)."""
    now = _new_names()
    return {one.name: now[one.name] for one in task.departments if one.name in now}


def _new_names() -> dict[str, str]:
    rows = code_rows("departments.csv")
    return {row["department"]: row["aliases"].replace("；", "、") for row in rows if row["aliases"]}


def deadline_words(task: Task) -> str:
    """Return when a task is due: the plan's own words where it names a day, else that the day is inferred."""
    return task.deadline or f"{task.due.isoformat()}（计划没有写明，按阶段推定）"


def phase_on(plan: Plan, day: date) -> str:
    """Return the phase of a plan in which a day falls; empty outside all."""
    return next((one.name for one in plan.phases if one.start <= day <= one.end), "")


def state_label(code: str) -> str:
    """Return a state as people read it."""
    return code_table(_STATES).label(code) if code else "未报"
