"""Check days against each other: the order of stages, the validity of certificates, surveillance."""

from datetime import date

from ipdesk.kinds.declare import Values
from ipdesk.lifecycle import (
    OLD_STANDARD,
    TRANSITION_END,
    VALID,
    day,
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


def _validity(values: Values, _today: date) -> Told:
    """Rule V11: valid for three years less a day, two days either way; a changed edition keeps the old end."""
    issued, until = day(values, "cert_issue_date"), day(values, "cert_valid_to")
    if not issued or not until or told(values, "transition_date"):
        return
    due = valid_until(issued)
    if abs((until - due).days) > _TOLERANCE:
        yield "cert_valid_to", f"有效期与发证日不是3年，按发证日应到{due}前后，请核对；换版证书沿用原有效期"


def _old_edition(values: Values, today: date) -> Told:
    """Rule V13: certificates to the 2013 edition should be gone since 2026."""
    is_old = values.get("standard_code") == OLD_STANDARD and values.get("cert_status") == VALID
    if is_old and today > TRANSITION_END:
        yield "cert_status", "2013版证书过渡期已于2025年底结束，请核实是否换版、暂停或撤销"


def _surveillance(values: Values, today: date) -> Told:
    """Rule V14: a surveillance done too late, or still not done when a certificate in force wanted it."""
    for one in surveillances(values):
        name = f"surveil_{one.number}_date"
        if one.done and one.done > one.due:
            yield name, f"第{one.number}次监督审核应在{one.due}前完成，表上是{one.done}，请核对"
        elif not told(values, name) and today > one.due and in_force(values, today):
            yield name, f"第{one.number}次监督审核应在{one.due}前完成，还没有填日期，请核对"
            return  # the next one hangs on this one


def _evaluation(values: Values, _today: date) -> Told:
    """Rule V15: an evaluation may be asked for a year after filing."""
    filed, asked = day(values, "filing_date"), day(values, "eval_apply_date")
    if filed and asked and asked < (first := years_later(filed, 1)):
        yield "eval_apply_date", f"绩效评价须备案满1年（{first}起）才能申请，请核对"


def _order(values: Values, _today: date) -> Told:
    """Rule V16: filing ≤ start ≤ running ≤ audit ≤ review ≤ certificate, compared as far as both are known."""
    dated = [(name, told(values, name)) for name in ORDERED if values.get(name)]
    for (earlier, first), (later, second) in zip(dated, dated[1:], strict=False):
        known = min(len(first), len(second))
        if first[:known] > second[:known]:
            yield later, f"日期先后不合理：{ORDERED[later]}{second}早于{ORDERED[earlier]}{first}，请核对"
    yield from _running(values)


def _running(values: Values) -> Told:
    """Rule V16: a system runs for three months before its certificate."""
    began, issued = day(values, "run_start_date"), day(values, "cert_issue_date")
    if began and issued and began <= issued < months_later(began, RUNNING_MONTHS):
        yield "cert_issue_date", f"体系{began}才开始运行，到发证不满3个月，请核对"


RULES = (
    Rule("V11", ("cert_issue_date", "cert_valid_to"), _validity, "case"),
    Rule("V13", ("standard_code", "cert_status"), _old_edition),
    Rule("V14", ("cert_issue_date", "surveil_1_date", "surveil_2_date"), _surveillance),
    Rule("V15", ("filing_date", "eval_apply_date"), _evaluation),
    Rule("V16", tuple(ORDERED), _order),
)
