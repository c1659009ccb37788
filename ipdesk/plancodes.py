"""Load what a plan names by code: its indicators, its tasks and the departments that answer for them."""

import re
from collections.abc import Callable, Iterable, Mapping

from ipdesk.codetable import Code, CodeTable

Read = Callable[[str], list[dict[str, str]]]
DIMENSIONS = (
    "task_kind task_state report_state target_source station_kind station_level point_level liaison_level"
    " policy_problem strong_status"
)


def _split(words: str) -> tuple[str, ...]:
    return tuple(w.strip() for w in re.split(r"[；;]", words) if w.strip())


def _indicators(read: Read) -> CodeTable:
    """Return the indicators; ``scale`` says how many of what is entered make one of the unit (万元 an 亿元)."""
    scales = {r["indicator_code"]: r["scale"] for r in read("indicator_counters.csv")}
    return CodeTable("indicators", (_indicator(r, scales) for r in read("indicators.csv")))


def _indicator(row: dict[str, str], scales: Mapping[str, str]) -> Code:
    scale = scales.get(row["indicator_code"]) or row.get("scale") or "1"
    short = row["short_name"]
    return Code(row["indicator_code"], row["name"], (short,), brief=short, attributes={**row, "scale": scale})


def _tasks(read: Read) -> CodeTable:
    rows = read("tasks.csv")
    return CodeTable(
        "tasks", (Code(r["task_code"], r["title"], tuple(_numbers(r)), attributes=r) for r in rows)
    )


def _numbers(row: dict[str, str]) -> Iterable[str]:
    """Yield how a task is cited: T2-6, （二）6; the numbers start anew in each section."""
    yield f"{row['section_no']}{row['task_no']}"
    yield f"{row['section_no']}{row['task_no']}{row['title']}"
    yield f"{row['task_no']}.{row['title']}"


def _departments(read: Read) -> CodeTable:
    rows = read("departments.csv")
    return CodeTable(
        "departments",
        (Code(r["department"], r["department"], _split(r["aliases"]), attributes=r) for r in rows),
    )


def _items(read: Read) -> CodeTable:
    rows = {r["item"]: r for r in read("indicator_items.csv")}
    return CodeTable("indicator_items", (Code(r["item"], r["name"], attributes=r) for r in rows.values()))


LOADERS: Mapping[str, Callable[[Read], CodeTable]] = {
    "indicators": _indicators,
    "tasks": _tasks,
    "departments": _departments,
    "indicator_items": _items,
}
