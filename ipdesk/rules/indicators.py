"""Check what is reported of an indicator against itself: a ratio within 0 and 100, no more closed than were due."""

from datetime import date

from ipdesk.codes import code_table
from ipdesk.kinds.declare import Values
from ipdesk.rules.base import Rule, Told, figure, told

REASON = "fall_reason"


def _ratio(values: Values, _today: date) -> Told:
    """Rule V24: what was done is part of what was to be done, and a percentage lies within 0 and 100."""
    entry = code_table("indicators").get(told(values, "indicator_code"))
    if entry is None or entry.attributes["unit"] != "%":
        return
    over, below, value = (figure(values, name) for name in ("numerator", "denominator", "value"))
    if over is not None and below is not None and over > below:
        yield "numerator", f"分子{over:,.10g}大于分母{below:,.10g}，请核对"
    if value is not None and not 0 <= value <= 100:
        yield "value", f"{value:,.10g}不是 0 到 100 之间的百分数，请核对"


def _amounts(values: Values, _today: date) -> Told:
    """Rule V24: figures reported are not negative."""
    labels = {"value": "本期数值", "total": "累计数值", "numerator": "分子", "denominator": "分母"}
    for name, label in labels.items():
        amount = figure(values, name)
        if amount is not None and amount < 0 and not told(values, REASON):
            yield name, f"{label}是负数，请核对；确属冲减的，请在“下降原因”里写明"


def _money(values: Values, _today: date) -> Told:
    """Find a sum in another unit than it is entered in: 亿元 taken for 万元 would be ten thousand times too small."""
    entry, measure = code_table("indicators").get(told(values, "indicator_code")), told(values, "measure")
    if entry is None or entry.attributes["scale"] == "1" or not measure:
        return
    wanted = entry.attributes["unit"] if "target_value" in values else "万元"
    if measure != wanted:
        yield "measure", f"{entry.brief}在这里按{wanted}填，单位写的是“{measure}”，请换算成{wanted}再填"


RULES = (
    Rule("measure", ("indicator_code", "measure"), _money),
    Rule("V24", ("indicator_code", "numerator", "denominator"), _ratio),
    Rule("V24", ("indicator_code", "total", REASON), _amounts),
)
