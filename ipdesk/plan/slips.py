"""Tell the supervision slips (督办单) that a workspace holds and how far each has come (domain.md F).

A record has one writer, so a slip is the city's record and the county's own of the same number, told together.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ipdesk.codes import CITY, code_table
from ipdesk.fields import Value
from ipdesk.kinds.tasks import ANSWERED, CLOSED, OPEN, OVERDUE, SUPERVISION, slip_state
from ipdesk.plan.definition import indicator, plans
from ipdesk.problems import Refusal
from ipdesk.records import Query, Row
from ipdesk.store import Store

LEDGER = "supervision"
STATES = (OVERDUE, OPEN, ANSWERED, CLOSED)
_NUMBER = "督〔{}〕{}号"
_ANSWER = ("reply_date", "reply", "evidence")


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip: the record that issues it and, where there is one, the county's own that answers it."""

    issued: Row
    answer: Row | None
    state: str

    @property
    def values(self) -> dict[str, Value]:
        """Return what both records say together."""
        answered = self.answer.values if self.answer else {}
        told = {name: answered[name] for name in _ANSWER if answered.get(name) is not None}
        return {**self.issued.values, **told}

    @property
    def number(self) -> str:
        """Return its number."""
        return str(self.issued.values.get("slip_no") or "")

    @property
    def unit(self) -> str:
        """Return the unit it is for."""
        return str(self.issued.values.get("unit_code") or "")

    @property
    def is_open(self) -> bool:
        """Tell whether the unit still has to answer."""
        return self.state in (OPEN, OVERDUE)


def slips(store: Store, unit: str = "", today: date | None = None) -> list[Slip]:
    """Return the slips a workspace holds, what presses first, then by deadline and number."""
    ledger = store.catalogue.ledger(LEDGER)
    rows = store.rows(ledger, store.keys(ledger, Query()))
    found = [one for one in _paired(rows, today or date.today()) if unit in ("", one.unit)]
    return sorted(
        found, key=lambda s: (STATES.index(s.state), str(s.values.get("deadline") or ""), s.number, s.unit)
    )


def _paired(rows: Iterable[Row], today: date) -> Iterable[Slip]:
    """Put the records of a number and unit together; the city's speaks before a county's."""
    held: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        place = str(row.values.get("slip_no") or row.key.id), str(row.values.get("unit_code") or "")
        held.setdefault(place, []).append(row)
    for some in held.values():
        issued = min(some, key=lambda row: row.key.owner != CITY)
        others = [row for row in some if row is not issued and row.values.get("reply_date")]
        answer = max(others, key=lambda row: str(row.values["reply_date"]), default=None)
        together = {**issued.values, **({"reply_date": answer.values["reply_date"]} if answer else {})}
        yield Slip(issued, answer, str(slip_state(together, today)))


def one_slip(store: Store, number: str, unit: str = "") -> Slip:
    """Return the slip of a number; of several units the unit has to be told."""
    found = [one for one in slips(store, unit) if one.number == number.strip()]
    if not found:
        raise Refusal(f"没有编号为“{number}”的督办单，请核对编号")
    if len(found) > 1:
        names = "、".join(code_table("regions").label(one.unit) for one in found)
        raise Refusal(f"“{number}”发给了几个单位（{names}），请写明是哪个单位")
    return found[0]


def next_number(store: Store, year: int) -> str:
    """Return the next free number of a year; one that was given and deleted is not given again."""
    form = re.compile(re.escape(_NUMBER.format(year, "#")).replace(re.escape("#"), r"(\d+)"))
    told = (str(r.values.get("slip_no") or "") for r in store.changed_since(SUPERVISION, CITY, 0))
    numbers = [int(match[1]) for one in told if (match := form.fullmatch(one))]
    return _NUMBER.format(year, max(numbers, default=0) + 1)


def drafted(
    store: Store, unit: str, day: date, *, task: str = "", indicator_code: str = ""
) -> dict[str, Value]:
    """Return a slip as it may be issued for a lagging task or indicator, to be looked over by a person."""
    values: dict[str, Value] = {"unit_code": unit, "slip_no": next_number(store, day.year)}
    values["issued_date"] = day.isoformat()
    if task:
        title = next((t.title for plan in plans() for t in plan.tasks if t.code == task), "")
        values |= {"task_code": task, "subject": f"任务{task}{f'“{title}”' if title else ''}进展滞后"}
    elif found := indicator(indicator_code):
        values |= {"indicator_code": indicator_code, "subject": f"指标“{found.short_name}”进度滞后"}
    return values
