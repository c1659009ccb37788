"""Read a plan as its tables tell it: indicators, phases, tasks (indicators.csv, phases.csv, tasks.csv).

The program brings one plan; others come from the city as rows of the same tables (see ``ipdesk.codes.Tables``), so
that a new plan needs no new program.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Literal

from ipdesk.codes import Tables, code_rows, in_force
from ipdesk.periods import Every

OWN = "P2022"  # the plan that the program brings
Comparator = Literal[">=", ">", "=", "approx_ge", "trend_up"]
Sort = Literal["total", "stock", "ratio_stock", "ratio_total", "year", "survey"]
SORTS: Mapping[str, Sort] = {
    "增量累计": "total",
    "存量": "stock",
    "时点": "stock",
    "存量比率": "ratio_stock",
    "覆盖率": "ratio_stock",
    "时期比率": "ratio_total",
    "时期值": "year",
    "调查值": "survey",
}
EVERY: Mapping[str, Every] = {"月度": "month", "季度": "quarter", "年度": "year"}
_TIMES = re.compile(r"[×x*](\d+)")
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)%")


@dataclass(frozen=True, slots=True)
class Item:
    """One of the figures told beside or within an indicator's: summed up in it, or only told beside it."""

    code: str
    name: str
    unit: str
    is_summed: bool


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator: what it is, what it is measured by, and what the plan asks for in the plan's own words.

    ``factor`` turns a quotient into the unit (10,000 for 件/万人, 100 for %), ``scale`` an entry into it (10,000 万元
    an 亿元). ``counter`` names what of the registers is counted; empty for one that is reported by period.
    ``tolerance`` is the part of the target that 左右 allows.
    """

    code: str
    plan: str
    name: str
    short_name: str
    unit: str
    comparator: Comparator
    target: Fraction | None
    tolerance: Fraction
    quote: str
    sort: Sort
    every: Every
    since: date | None
    due: date
    numerator: str
    denominator: str
    factor: int
    scale: int
    decimals: int
    by_county: bool
    adds_up: bool
    counter: str
    section: str
    note: str
    items: tuple[Item, ...] = ()

    @property
    def is_ratio(self) -> bool:
        """Tell whether it is a quotient of two figures."""
        return self.sort in ("ratio_stock", "ratio_total")

    @property
    def entered_in(self) -> str:
        """Return the unit in which it is entered."""
        return "万元" if self.scale != 1 else self.unit


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase of a plan."""

    code: str
    name: str
    start: date
    end: date
    work: str
    deliverables: str


@dataclass(frozen=True, slots=True)
class Department:
    """One department that answers for a task: its name in the plan, and whether it is taken for the leading one."""

    name: str
    leads: bool


@dataclass(frozen=True, slots=True)
class Task:
    """One task of a plan, numbered anew in each section (T2-6), with its measures and departments.

    ``deadline`` is the plan's own words where it names one; ``due`` the day taken for it otherwise.
    """

    code: str
    plan: str
    kind: str
    section_no: str
    section: str
    number: str
    title: str
    measures: tuple[str, ...]
    departments: tuple[Department, ...]
    phrase: str
    deadline: str
    due: date
    indicators: tuple[str, ...]
    county_work: str
    evidence: str


@dataclass(frozen=True)
class Plan:
    """A plan: its name and document, how long it runs, and all it asks for."""

    code: str
    name: str
    document: str
    issued: str
    start: date
    end: date
    indicators: tuple[Indicator, ...]
    phases: tuple[Phase, ...]
    tasks: tuple[Task, ...]

    @cached_property
    def by_code(self) -> Mapping[str, Indicator]:
        """Return the indicators by code."""
        return {one.code: one for one in self.indicators}

    @property
    def due(self) -> date:
        """Return the day by which most of its targets are to be reached."""
        days = [one.due for one in self.indicators if one.target is not None]
        return max(days, key=days.count, default=self.end)

    def elapsed(self, day: date) -> Fraction:
        """Return 序时进度: the part of the months up to the targets' day that has passed (domain.md E)."""
        first = min((one.since for one in self.indicators if one.since), default=self.start)
        whole = _months(first, self.due) + 1
        passed = _months(first, day) + 1 if day >= first else 0
        return min(Fraction(passed, whole), Fraction(1))


def _months(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


def plans() -> tuple[Plan, ...]:
    """Return every plan in force here, the oldest first."""
    return _plans(in_force())


@lru_cache(maxsize=2)
def _plans(_tables: Tables) -> tuple[Plan, ...]:
    """Return the plans of the tables in force; a list of periods asks for them hundreds of times."""
    found = [_plan(row) for row in code_rows("plans.csv")]
    return tuple(sorted(found, key=lambda plan: (plan.start, plan.code)))


def plan_on(day: date, code: str = "") -> Plan:
    """Return the plan of a code, else the newest that had begun on a day (the oldest before any had)."""
    known = plans()
    if code:
        return next(plan for plan in known if plan.code == code)
    return next((plan for plan in reversed(known) if plan.start <= day), known[0])


def indicator(code: str) -> Indicator | None:
    """Return an indicator of any plan."""
    return next((plan.by_code[code] for plan in plans() if code in plan.by_code), None)


def _of(row: Mapping[str, str], plan: str) -> bool:
    return (row.get("plan_code") or OWN) == plan


def _plan(row: Mapping[str, str]) -> Plan:
    code, end = row["plan_code"], date.fromisoformat(row["end_date"])
    return Plan(
        code,
        row["name"],
        row["document"],
        row["issued"],
        date.fromisoformat(row["start_date"]),
        end,
        tuple(_indicator(one, code, end) for one in code_rows("indicators.csv") if _of(one, code)),
        tuple(_phase(one) for one in code_rows("phases.csv") if _of(one, code)),
        tuple(_task(one, code, end) for one in code_rows("tasks.csv") if _of(one, code)),
    )


def _indicator(row: Mapping[str, str], plan: str, end: date) -> Indicator:
    code = row["indicator_code"]
    counted = next((r for r in code_rows("indicator_counters.csv") if r["indicator_code"] == code), {})
    items = (r for r in code_rows("indicator_items.csv") if r["indicator_code"] == code)
    return Indicator(
        code=code,
        plan=plan,
        name=row["name"],
        short_name=row["short_name"] or row["name"],
        unit=row["unit"],
        comparator=row["comparator"],  # type: ignore[arg-type]  # a plan's file is checked when it comes in
        target=Fraction(row["target_value"]) if row["target_value"] else None,
        tolerance=_tolerance(row["tolerance"]),
        quote=row["plan_quote"],
        sort=SORTS[row["measure_type"]],
        every=EVERY.get(row["report_period"], "quarter"),
        since=date.fromisoformat(row["cumulative_from"]) if row["cumulative_from"] else None,
        due=date.fromisoformat(row["due_date"]) if row["due_date"] else end,
        numerator=row["numerator"],
        denominator=row["denominator"],
        factor=int(found[1]) if (found := _TIMES.search(row["formula"])) else 1,
        scale=int(counted.get("scale") or row.get("scale") or 1),
        decimals=int(row["decimals"] or 0),
        by_county=not row["county_applicable"].startswith("否"),
        adds_up=row["city_aggregation"].startswith(("求和", "按", "去重")),
        counter=row.get("counter") or counted.get("counter", ""),
        section=row["section_title"],
        note=row["note"],
        items=tuple(Item(r["item"], r["name"], r["unit"], r["role"] == "sum") for r in items),
    )


def _tolerance(words: str) -> Fraction:
    """Return the part that 左右 allows: ±10% is a tenth."""
    found = _PERCENT.search(words)
    return Fraction(found[1]) / 100 if found else Fraction(0)


def _phase(row: Mapping[str, str]) -> Phase:
    return Phase(
        row["phase_code"],
        row["name"],
        date.fromisoformat(row["start_date"]),
        date.fromisoformat(row["end_date"]),
        row["work_items"],
        row["deliverables_suggested"],
    )


def _task(row: Mapping[str, str], plan: str, end: date) -> Task:
    code = row["task_code"]
    measures = [r for r in code_rows("task_measures.csv") if r["task_code"] == code]
    due = row["deadline"] or row["default_due_date"]
    departments = [r for r in code_rows("task_departments.csv") if r["task_code"] == code]
    return Task(
        code,
        plan,
        row["task_kind"],
        row["section_no"],
        row["section_title"],
        row["task_no"],
        row["title"],
        tuple(r["measure"] for r in sorted(measures, key=lambda r: int(r["measure_seq"]))),
        tuple(
            Department(r["department"], r["is_lead_inferred"] == "是")
            for r in sorted(departments, key=lambda r: int(r["dept_seq"]))
        ),
        row["responsibility_phrase"],
        row["deadline_quote"],
        date.fromisoformat(due) if due else end,
        tuple(c for c in row["related_indicators"].split("；") if c),
        row["county_level_content"],
        row["evidence_examples"],
    )
