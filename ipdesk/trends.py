"""Find a figure that falls against the period before and gives no reason (rule V24)."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from ipdesk.checks import When, grade
from ipdesk.kinds.declare import Ledger, Values
from ipdesk.kinds.indicators import INDICATOR_VALUE
from ipdesk.periods import Period
from ipdesk.plan.comparing import fraction
from ipdesk.plan.definition import Indicator, indicator
from ipdesk.problems import Problem, Refusal
from ipdesk.rules.indicators import REASON
from ipdesk.store import Reading


class Trends:
    """Holds the figures of a ledger's rows against those of the period before, in the store or met before."""

    def __init__(self, store: Reading, ledger: Ledger) -> None:
        """Keep the store and the ledger; nothing is read ahead."""
        self._store, self._concerned = store, ledger.root is INDICATOR_VALUE
        self._met: list[Values] = []

    def problems(self, values: Values, when: When) -> Iterator[Problem]:
        """Yield a finding for a figure that has fallen without a reason."""
        if not self._concerned:
            return
        before = [*self._before(values), *self._met]
        self._met += [values] if when == "intake" else []
        if not values.get(REASON) and (found := _fallen(values, before)):
            name, sentence = found
            yield Problem("V24", name, sentence, grade("V24", when))

    def _before(self, values: Values) -> Iterator[Values]:
        code, unit = values.get("indicator_code"), values.get("unit_code")
        found = self._store.find(INDICATOR_VALUE, indicator_code=code, unit_code=unit)
        return (record.values for record in found)


def _fallen(values: Values, others: Sequence[Values]) -> tuple[str, str] | None:
    """Return which field has fallen, and the sentence; an increment may be less than the one before."""
    known, period = indicator(str(values.get("indicator_code") or "")), _period(values)
    if known is None or period is None:
        return None
    for name, now in _figures(known, values).items():
        last = _last(known, name, values, period, others)
        if last and now < last[1]:
            label = INDICATOR_VALUE.by_name[name].label if name != "ratio" else "比率"
            sentence = f"{label}比上期（{last[0].label}）减少，请核对；确实减少的，请在“下降原因”里说明"
            return "numerator" if name == "ratio" else name, sentence
    return None


def _figures(known: Indicator, values: Values) -> dict[str, Fraction]:
    """Return the figures that are not to fall: a total, a stock, a ratio."""
    over, below = (fraction(values.get(name)) for name in ("numerator", "denominator"))
    if known.is_ratio:
        return {"ratio": over / below} if over is not None and below else {}
    names = ("total",) if known.sort == "total" else ("value", "total")
    told = {name: fraction(values.get(name)) for name in names}
    return {name: figure for name, figure in told.items() if figure is not None}


def _last(
    known: Indicator, name: str, values: Values, period: Period, others: Sequence[Values]
) -> tuple[Period, Fraction] | None:
    """Return the newest figure of an earlier period of the same unit, indicator and item."""
    same = ("unit_code", "indicator_code", "item")
    found = [
        (then, figures[name])
        for other in others
        if all(other.get(part) == values.get(part) for part in same)
        and (then := _period(other)) is not None
        and then.last < period.last
        and name in (figures := _figures(known, other))
    ]
    return max(found, key=lambda one: one[0].last, default=None)


def _period(values: Values) -> Period | None:
    try:
        return Period.read(str(values.get("period") or ""))
    except Refusal:
        return None
