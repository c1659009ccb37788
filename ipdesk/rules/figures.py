"""Check figures against each other: an institution's revenue and people."""

from datetime import date

from ipdesk.kinds.declare import Values
from ipdesk.rules.base import Rule, Told, figure

LARGE_WAN, LARGE_EACH_WAN, IN_YUAN = 3000, 200, 100_000  # 万元; the mean of 2023 was 319.5, and 28.9 a head
_WITHIN = {
    "patent_agent_count": "执业专利代理师数",
    "bachelor_up_count": "本科及以上人数",
}


def _revenue(values: Values, _today: date) -> Told:
    """Rule V19: revenue from IP within all revenue, and neither far from what such institutions take."""
    whole, part = figure(values, "revenue_total_wan"), figure(values, "revenue_ip_wan")
    for name, amount in (("revenue_total_wan", whole), ("revenue_ip_wan", part)):
        if amount is not None and (amount < 0 or amount > IN_YUAN):
            why = "收入是负数" if amount < 0 else f"{amount:,.10g}万元，疑似以元填报"
            yield name, f"{why}，请核对"
    if part is None or part > IN_YUAN:
        return
    if whole is not None and part > whole:
        yield "revenue_ip_wan", f"知识产权收入{part:,g}万元多于营业总收入{whole:,g}万元，请核对"
    heads = figure(values, "staff_count")
    if part > LARGE_WAN or (heads and part / heads > LARGE_EACH_WAN):
        yield "revenue_ip_wan", f"知识产权收入{part:,g}万元偏高，疑似单位错误（元/万元），请核对"


def _people(values: Values, _today: date) -> Told:
    """Rule V20: agents and graduates are among those who work there."""
    staff = figure(values, "staff_count")
    for name, label in _WITHIN.items():
        some = figure(values, name)
        if staff is not None and some is not None and some > staff:
            yield name, f"{label}{some:g}人多于从业人员{staff:g}人，请核对"


RULES = (
    Rule("V19", ("revenue_total_wan", "revenue_ip_wan"), _revenue),
    Rule("V20", ("staff_count", "patent_agent_count"), _people),
)
