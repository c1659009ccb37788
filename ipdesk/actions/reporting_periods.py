"""What people do with a period: submit and withdraw it at the county, accept or return it at the city."""

from datetime import date, datetime

from ipdesk.actions.corrections import worded
from ipdesk.fields import Value
from ipdesk.kinds.indicators import PERIOD_REPORT
from ipdesk.kinds.sync import ACCEPTED
from ipdesk.periods import Period
from ipdesk.plan.board import board
from ipdesk.plan.definition import plan_on
from ipdesk.plan.indicators import Figure
from ipdesk.problems import Refusal
from ipdesk.reporting.filings import CLOSED, STATES, Filing, filing
from ipdesk.reporting.standing import DRAFT, SUBMITTED
from ipdesk.store import Moment, Store
from ipdesk.sync import sentback
from ipdesk.sync.devices import unit_name

SOURCE = "期次"
TAKEN = "市局已接收这一期"
_NOTHING_DUE = "{period}没有要报的指标，请核对期次，如 2024-03（月）、2024-Q1（季）、2024（年）"
_NOT_OVER = "{period}还没有结束，{day}起才能报送"
_LACKS = "{period}还缺{count}项：{names}；请补齐再报送，确实报不出的，请写明缺项原因"
_NOT_ZERO = "{period}已经填了{count}项，不是零报告；没有填错的，请按正常报送，填错的请先删除"
_UNTOLD = "{period}一项也没有填，本期确实没有可报的，请选“零报告”报送"
_MORE = 3  # indicators named that lack something


def submit(
    store: Store,
    period: Period,
    *,
    zero: bool = False,
    reporter: str = "",
    remark: str = "",
    today: date | None = None,
) -> Filing:
    """Submit a period of this unit; from here on its figures are locked.

    What lacks is refused unless a remark says why; that there is nothing to tell is to be said (``zero``).
    """
    day = today or date.today()
    found = filing(store, store.office.unit_code, period, day)
    _refuse_submission(found, day, zero, worded(remark))
    times = found.values.get("submission")
    told: dict[str, Value] = {
        "unit_code": found.unit,
        "period": period.code,
        "report_state": SUBMITTED,
        "is_zero": zero,
        "submitted_at": day.isoformat(),
        "submission": (times if isinstance(times, int) else 0) + 1,
        "withdrawn_for": None,
    }
    told |= {n: w for n, w in (("reporter", worded(reporter)), ("remark", worded(remark))) if w}
    with store.act(f"报送{period.label}", SOURCE) as act:
        if found.record:
            act.put(PERIOD_REPORT, found.record.key, told)
            key = found.record.key
        else:
            key = act.add(PERIOD_REPORT, told)
        act.note(
            "零报告" if zero else f"报送{found.filled}项", PERIOD_REPORT, key
        )  # not to be undone: withdrawn
    return filing(store, found.unit, period, day)


def _refuse_submission(found: Filing, today: date, zero: bool, remark: str) -> None:
    label = found.period.label
    if not found.asked:
        raise Refusal(_NOTHING_DUE.format(period=label))
    if found.state in CLOSED:
        raise Refusal(f"{label}{STATES[found.state]}，不用再报")
    if today < found.period.last:
        last = found.period.last
        raise Refusal(_NOT_OVER.format(period=label, day=f"{last.month}月{last.day}日"))
    if zero and found.filled:
        raise Refusal(_NOT_ZERO.format(period=label, count=found.filled))
    if not zero and not found.filled:
        raise Refusal(_UNTOLD.format(period=label))
    if not zero and found.lacking and not remark:
        raise Refusal(_LACKS.format(period=label, count=len(found.lacking), names=_named(found)))


def _named(found: Filing) -> str:
    told = [f"{one.indicator.short_name}（{one.lacks}）" for one in found.lacking]
    return "、".join(told[:_MORE]) + ("等" if len(told) > _MORE else "")


def withdraw(store: Store, period: Period, reason: str) -> Filing:
    """Take a submitted period of this unit back, for a reason, unless the city accepted it; it is a draft again."""
    found = filing(store, store.office.unit_code, period)
    if found.record is None or found.state not in (*CLOSED, "returned"):
        raise Refusal(f"{period.label}还没有报送，不用撤回")
    if not (why := worded(reason)):
        raise Refusal("请写明撤回的原因，市局会看到")
    with store.act(f"撤回{period.label}的报送", SOURCE) as act:
        told = {"report_state": DRAFT, "submitted_at": None, "is_zero": None, "withdrawn_for": why}
        act.put(PERIOD_REPORT, found.record.key, told)
        act.note(f"撤回：{why}", PERIOD_REPORT, found.record.key)
    return filing(store, found.unit, period)


def accept(store: Store, unit: str, period: Period, message: str = "") -> Filing:
    """Accept a county's submitted period; the next receipt tells it, and it falls when the county's report changes."""
    found = _of_county(store, unit, period)
    if found.record is None or found.state != "submitted":
        raise Refusal(f"{_whose(found)}现在是“{STATES[found.state]}”，只有已报送的才能接收")
    with store.act(f"接收{_whose(found)}", SOURCE) as act:
        sentback.note(act, found.record, "", worded(message) or TAKEN, ACCEPTED)
        act.note("市局接收", PERIOD_REPORT, found.record.key)
    return filing(store, unit, period)


def send_back(store: Store, unit: str, period: Period, reason: str) -> Filing:
    """Return a county's submitted or accepted period for a reason, so that it can be changed and submitted again."""
    found = _of_county(store, unit, period)
    if found.record is None or found.state not in CLOSED:
        raise Refusal(f"{_whose(found)}现在是“{STATES[found.state]}”，只有已报送或已接收的才能退回")
    if not (why := worded(reason)):
        raise Refusal("请写明退回的理由，县里要据此修改")
    with store.act(f"退回{_whose(found)}", SOURCE) as act:
        sentback.note(act, found.record, "", why)
        act.note(f"市局退回：{why}", PERIOD_REPORT, found.record.key)
    return filing(store, unit, period)


def _of_county(store: Store, unit: str, period: Period) -> Filing:
    found = filing(store, unit, period)
    if store.office.role != "city" or unit == store.office.unit_code:
        raise Refusal("接收和退回由市局对县（市、区）报送的期次做")
    if found.record is not None and found.record.key.owner != unit:
        raise Refusal(f"{_whose(found)}是市局代填的，要改请直接修改，不用接收或退回")
    return found


def _whose(found: Filing) -> str:
    return f"{unit_name(found.unit)}{found.period.label}"


def submitted_on(store: Store, found: Filing) -> date | None:
    """Return the day on which this store first held a period's report as it stands: the county's own when submitted."""
    if found.record is None or found.state not in (*CLOSED, "returned"):
        return None
    stages = store.logged(PERIOD_REPORT, found.record.key)
    at = next(stage.at for stage in stages if stage.version.stamp == found.record.version.stamp)
    return datetime.fromisoformat(at).astimezone().date()


def as_reported(store: Store, found: Filing) -> tuple[Figure, ...]:
    """Return the figures due in a period as they were known on the day it was reported, whatever changed since."""
    day = submitted_on(store, found)
    if day is None:
        raise Refusal(f"{_whose(found)}还没有报送，没有当时的数")
    asked = {one.indicator.code for one in found.asked}
    told = board(store, Moment(found.period.last, day), found.unit, plan_on(found.period.last))
    return tuple(one for one in told if one.indicator.code in asked)
