"""What a unit does to take on the tasks of a plan: its own record of each, made in one deed."""

from ipdesk.codes import code_table
from ipdesk.fields import Value
from ipdesk.kinds.tasks import TASK
from ipdesk.plan.definition import Plan, Task
from ipdesk.store import Store


def load_tasks(store: Store, plan: Plan) -> int:
    """Make this unit's own records of all tasks of a plan that it lacks, in one undoable deed; return how many.

    The due day is kept only where the plan itself names one: an inferred day would read as the plan's.
    """
    unit = store.office.unit_code
    held = {record.values.get("task_code") for record in store.find(TASK, unit)}
    lacking = [task for task in plan.tasks if task.code not in held]
    if lacking:
        with store.act(f"载入{plan.name}的任务{len(lacking)}项", "计划") as act:
            for task in lacking:
                act.add(TASK, _record(task, unit))
    return len(lacking)


def _record(task: Task, unit: str) -> dict[str, Value]:
    kind = code_table("plan.task_kind").find(task.kind)
    told: dict[str, Value] = {"unit_code": unit, "task_code": task.code}
    told |= {"task_kind": kind} if kind else {}
    return told | ({"due_date": task.due.isoformat()} if task.deadline else {})
