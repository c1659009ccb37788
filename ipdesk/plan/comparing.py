"""Hold a figure against its target exactly as the plan words it (indicators.csv, comparator and tolerance).

Figures are fractions here: 99.996 % shown with two decimals as 100.00 is not 100 %.
"""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

from ipdesk.plan.definition import Comparator, Indicator

NONE = "—"


def is_reached(
    comparator: Comparator,
    value: Fraction | None,
    target: Fraction | None,
    tolerance: Fraction = Fraction(0),
    before: Fraction | None = None,
) -> bool | None:
    """Tell whether a figure is what the plan asks for; ``None`` where that cannot be told.

    以上 and 不低于 include the figure named, 超过 does not, 左右 allows the tolerance below it; an indicator without
    a target is to rise against the period before.
    """
    if value is None:
        return None
    if comparator == "trend_up":
        return None if before is None else value > before
    if target is None:
        return None
    match comparator:
        case ">=":
            return value >= target
        case ">":
            return value > target
        case "=":
            return value == target
        case "approx_ge":
            return value >= target * (1 - tolerance)


def done(value: Fraction | None, target: Fraction | None) -> Fraction | None:
    """Return 完成率, what part of the target was reached; none without a target above nothing."""
    return value / target if value is not None and target else None


def fraction(told: object) -> Fraction | None:
    """Return a stored figure exactly as it was written; none for none."""
    return None if told is None or isinstance(told, bool) else Fraction(str(told))


def shown(value: Fraction | None, decimals: int = 0, target: Fraction | None = None) -> str:
    """Return a figure as people read it, — for none; one below its target is never rounded up to it."""
    if value is None:
        return NONE
    unit, exact = Decimal(1).scaleb(-decimals), Decimal(value.numerator) / Decimal(value.denominator)
    rounded = exact.quantize(unit, ROUND_HALF_UP)
    if target is not None and value < target <= Fraction(rounded):
        rounded = exact.quantize(unit, ROUND_DOWN)
    return f"{rounded:,}"


def plain(value: Fraction | None) -> float | int | None:
    """Return a figure for JSON and sheets: whole where it is."""
    if value is None:
        return None
    return value.numerator if value.denominator == 1 else float(value)


def target_words(indicator: Indicator, target: Fraction | None) -> str:
    """Return the target in the plan's own manner: ≥6, >200, =100, 约5; — where there is none."""
    sign = {">=": "≥", ">": ">", "=": "=", "approx_ge": "约", "trend_up": ""}[indicator.comparator]
    if target is None:
        return "逐年提高" if indicator.comparator == "trend_up" else NONE
    return f"{sign}{plain(target):,}"
