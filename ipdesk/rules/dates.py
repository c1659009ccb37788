"""Check days against each other: the order of stages, the validity of certificates, surveillance."""

from datetime import date, timedelta
from typing import NamedTuple

from ipdesk.dates import first_day, last_day
from ipdesk.kinds.declare import Values
from ipdesk.lifecycle import (
    OLD_STANDARD,
    TRANSITION_END,
    VALID,
    in_force,
    months_later,
    surveillances,
    valid_until,
    years_later,
)
from ipdesk.rules.base import Rule, Told, told

ORDERED = {
    "filing_date": "备案",
    "start_date": "启动",
    "run_start_date": "体系运行",
    "internal_audit_date": "内审",
    "mgmt_review_date": "管理评审",
    "cert_issue_date": "发证",
}
RUNNING_MONTHS = 3  # what certification bodies ask for
_TOLERANCE = 2  # days
_RENEWALS = (3, 6, 9)  # years by which renewals move the end of a certificate


class _Span(NamedTuple):
    """The days that a date may be, known to its month or year only or whole."""

    first: date
    last: date

    @classmethod
    def of(cls, values: Values, name: str) -> "_Span | None":
        """Return the days that a field may mean."""
        words = told(values, name)
        return cls(first_day(words), last_day(words)) if words else None


def _validity(values: Values, _today: date) -> Told:
    """Rule V11: valid for three years less a day, two days either way; a changed edition keeps the old end."""
    issued, until = _Span.of(values, "cert_issue_date"), _Span.of(values, "cert_valid_to")
    if not issued or not until or told(values, "transition_date"):
        return
    ends, near = _ends(issued, _Span.of(values, "recert_date")), timedelta(_TOLERANCE)
    if not any(end.first - near <= until.last and until.first <= end.last + near for end in ends):
        again = "再认证" if len(ends) > 1 else "发证"
        yield (
            "cert_valid_to",
            f"有效期与{again}日不是3年，应到{ends[0].last}前后，请核对；换版证书沿用原有效期",
        )


def _ends(issued: _Span, renewed: _Span | None) -> list[_Span]:
    """Return when a certificate may end: with a renewal three years after it, or after the end it had before."""
    first = _Span(*map(valid_until, issued))
    if renewed is None or renewed.first <= issued.last:
        return [first]
    later = [_Span(*(years_later(day, years) for day in first)) for years in _RENEWALS]
    return [_Span(*map(valid_until, renewed)), *later]


def _old_edition(values: Values, today: date) -> Told:
    """Rule V13: certificates to the 2013 edition should be gone since 2026."""
    is_old = values.get("standard_code") == OLD_STANDARD and values.get("cert_status") == VALID
    if is_old and today > TRANSITION_END:
        yield "cert_status", "2013版证书过渡期已于2025年底结束，请核实是否换版、暂停或撤销"


def _surveillance(values: Values, today: date) -> Told:
    """Rule V14: a surveillance done too late, or still not done when a certificate in force wanted it."""
    for one in surveillances(values):
        name = f"surveil_{one.number}_date"
        if one.met and first_day(told(values, name)) > one.due:
            yield name, f"第{one.number}次监督审核应在{one.due}前完成，表上是{told(values, name)}，请核对"
        elif not one.met and today > one.due and in_force(values, today):
            yield name, f"第{one.number}次监督审核应在{one.due}前完成，还没有填日期，请核对"
            return  # the next one hangs on this one


def _evaluation(values: Values, _today: date) -> Told:
    """Rule V15: an evaluation may be asked for a year after filing."""
    filed, asked = _Span.of(values, "filing_date"), _Span.of(values, "eval_apply_date")
    if filed and asked and asked.last < (first := years_later(filed.first, 1)):
        yield "eval_apply_date", f"绩效评价须备案满1年（{first}起）才能申请，请核对"


def _order(values: Values, _today: date) -> Told:
    """Rule V16: filing ≤ start ≤ running ≤ audit ≤ review ≤ certificate, compared as far as both are known."""
    latest, after = "", date.min
    for name in ORDERED:
        span = _Span.of(values, name)
        if span and span.last < after:
            earlier, later = (f"{ORDERED[one]}{told(values, one)}" for one in (latest, name))
            yield name, f"日期先后不合理：{later}早于{earlier}，请核对"
        elif span and span.first > after:
            latest, after = name, span.first
    yield from _running(values)


def _running(values: Values) -> Told:
    """Rule V16: a system runs for three months before its certificate."""
    began, issued = _Span.of(values, "run_start_date"), _Span.of(values, "cert_issue_date")
    if began and issued and began.first <= issued.last < months_later(began.first, RUNNING_MONTHS):
        yield "cert_issue_date", f"体系{told(values, 'run_start_date')}才开始运行，到发证不满3个月，请核对"


RULES = (
    Rule("V11", ("cert_issue_date", "cert_valid_to"), _validity, "case"),
    Rule("V13", ("standard_code", "cert_status"), _old_edition),
    Rule("V14", ("cert_issue_date", "surveil_1_date", "surveil_2_date"), _surveillance),
    Rule("V15", ("filing_date", "eval_apply_date"), _evaluation),
    Rule("V16", tuple(ORDERED), _order),
)
