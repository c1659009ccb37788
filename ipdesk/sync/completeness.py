"""Tell which county's package was expected for which period, what came, when, and whether anything lacks."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Literal

from ipdesk.codes import code_table
from ipdesk.kinds.declare import Values
from ipdesk.kinds.sync import PACKAGE
from ipdesk.periods import LABELS, Every, Period, reported_on
from ipdesk.problems import Refusal
from ipdesk.store import Act, Store
from ipdesk.sync.devices import counties
from ipdesk.sync.standing import Standing, whole

SETTING = "reporting"
State = Literal["received", "late", "aside", "awaited", "overdue"]
STATES: dict[State, str] = {
    "received": "已收",
    "late": "迟报",
    "aside": "暂存",
    "awaited": "未到期",
    "overdue": "逾期未报",
}


@dataclass(frozen=True, slots=True)
class Plan:
    """What the city expects: how often, how many days after a period's end, from which period on."""

    every: Every = "quarter"
    days: int = 10
    since: str = ""

    @classmethod
    def of(cls, store: Store) -> "Plan":
        """Return what is expected, as the city has set it."""
        kept = store.setting(SETTING)
        return cls(**kept) if isinstance(kept, dict) else cls()

    def first(self, today: date) -> Period:
        """Return the first period expected; of a plan without one the period reported today."""
        return Period.read(self.since) if self.since else reported_on(today, self.every, self.days)


def expect(store: Store, plan: Plan) -> None:
    """Keep what the city expects of its counties; an odd plan is refused."""
    if store.office.role != "city":
        raise Refusal("报送安排由市局设置，县（市、区）不用设置")
    with store.act("设置报送安排", "收件") as act:
        keep_plan(act, plan)


def check_plan(plan: Plan) -> None:
    """Refuse a plan that nobody could follow."""
    if plan.every not in LABELS or not 0 <= plan.days <= 180:
        raise Refusal("报送安排要写明每月、每季或每年，和期满后多少天内报（0 到 180 天）")
    if plan.since and Period.read(plan.since).every != plan.every:
        raise Refusal(f"起始期“{plan.since}”和报送频次不一致，请改成同一种，如 2026-Q1 配每季")


def keep_plan(act: Act, plan: Plan) -> None:
    """Keep a plan, here or as the city sent it down; an odd one is refused."""
    check_plan(plan)
    plan = replace(plan, since=plan.since and Period.read(plan.since).code)
    act.keep(SETTING, asdict(plan))
    act.note(f"报送安排：{LABELS[plan.every]}，期满后{plan.days}天内，自{plan.since or '本期'}起")


@dataclass(frozen=True, slots=True)
class Expected:
    """One county's report for one period: when it was due, and what came of it.

    ``received`` is when its first package came here (ISO), ``rows`` how many records all its packages brought and
    ``accepted`` how many of them were taken in; ``zero`` a signed report that there is nothing to tell.
    """

    unit: str
    unit_name: str
    period: Period
    due: date
    state: State
    packages: int = 0
    received: str = ""
    rows: int = 0
    accepted: int = 0
    zero: bool = False
    gaps: tuple[int, ...] = ()


def completeness(store: Store, today: date | None = None) -> list[Expected]:
    """Return what was expected of every enrolled county so far, newest period first."""
    day, plan = today or date.today(), Plan.of(store)
    periods = list(plan.first(day).until(day))
    units = dict.fromkeys(device.unit for device in counties(store))
    table = code_table("regions")
    found = [one for unit in units for one in _of_unit(store, unit, table.label(unit), periods, plan, day)]
    return sorted(found, key=lambda one: (-one.period.first.toordinal(), list(units).index(one.unit)))


def _of_unit(
    store: Store, unit: str, name: str, periods: Iterable[Period], plan: Plan, today: date
) -> Iterator[Expected]:
    rows = [r.values for r in store.find(PACKAGE, direction="in", type="package", unit=unit)]
    gaps = tuple(Standing.of(store, unit).unhealed)
    for period in periods:
        came = sorted(_for(rows, period, plan), key=lambda row: str(row["at"]))
        due = period.due(plan.days)
        if not came:
            yield Expected(unit, name, period, due, "awaited" if today <= due else "overdue", gaps=gaps)
            continue
        taken = [row for row in came if not row.get("quarantined")]
        state: State = "aside" if not taken else "late" if _day((taken or came)[0]) > due else "received"
        yield Expected(
            unit,
            name,
            period,
            due,
            state,
            len(came),
            str(came[0]["at"]),
            sum(whole(row.get("rows")) for row in came),
            sum(whole(row.get("accepted")) for row in taken),
            any(row.get("zero") for row in came) and not any(whole(row.get("rows")) for row in came),
            gaps,
        )


def _for(rows: Iterable[Values], period: Period, plan: Plan) -> Iterator[Values]:
    """Yield the packages for a period: so named, or made when it was to be reported by a program that named none."""
    for row in rows:
        named = row.get("period") or reported_on(_day(row), plan.every, plan.days).code
        if named == period.code:
            yield row


def _day(row: Values) -> date:
    """Return the local day on which a package was received."""
    return datetime.fromisoformat(str(row["at"])).astimezone().date()
