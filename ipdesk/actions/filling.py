"""Fill a period in: a line for each figure due, what was told the period before beside it, saved in one act."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from ipdesk.actions import ledger as deeds
from ipdesk.kinds.declare import Values
from ipdesk.kinds.indicators import INDICATOR_VALUE, INDICATOR_VALUE_LEDGER
from ipdesk.matching import filled
from ipdesk.periods import Period
from ipdesk.plan.definition import Indicator, Item
from ipdesk.plan.indicators import MIXED
from ipdesk.problems import Refusal
from ipdesk.records import Record, RecordKey
from ipdesk.reporting.filings import CLOSED, Asked, Filing, filing
from ipdesk.store import Act, Store

FIELDS = ("value", "numerator", "denominator", "source", "fall_reason")
Place = tuple[str, str]  # indicator and item, which is empty for the whole
Entries = Mapping[Place, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Line:
    """One figure to be filled in: an indicator's whole, or one of the items that make it up."""

    indicator: Indicator
    item: Item | None
    lacks: str
    record: Record | None
    before: Record | None

    @property
    def place(self) -> Place:
        """Return what names the line."""
        return self.indicator.code, self.item.code if self.item else ""

    @property
    def label(self) -> str:
        """Return what people call it, with the unit in which it is entered."""
        item = f" · {self.item.name}" if self.item else ""
        unit = (self.item.unit if self.item else "") or self.indicator.entered_in
        return f"{self.indicator.short_name}{item}（{unit}）"

    @property
    def fields(self) -> tuple[str, ...]:
        """Return which fields are filled in: a ratio by its parts, of which one may be counted."""
        if not self.indicator.is_ratio:
            return ("value", "source", "fall_reason")
        return FIELDS[2:] if self.indicator.counter == MIXED else FIELDS[1:]

    def shown(self, name: str, record: Record | None) -> str:
        """Return a field of a record as it is edited."""
        return INDICATOR_VALUE.by_name[name].type.edit(record.values.get(name)) if record else ""

    @property
    def last(self) -> str:
        """Return what was told the period before."""
        told = [self.shown(name, self.before) for name in self.fields if name not in FIELDS[3:]]
        return " / ".join(words or "—" for words in told) if any(told) else ""


def lines(store: Store, found: Filing) -> list[Line]:
    """Return the figures due in a period."""
    before = Period.of(found.period.first - timedelta(days=1), found.period.every)
    told = store.find(INDICATOR_VALUE, period=before.code, unit_code=found.unit)
    return [line for one in found.asked for line in _of(one, told)]


def _of(asked: Asked, before: Sequence[Record]) -> Iterator[Line]:
    """Yield the whole where that was told or nothing makes it up, else the items."""
    one = asked.indicator
    summed = [item for item in one.items if item.is_summed]
    whole = _named(asked.records, one, "")
    for item in [None] if whole or not summed else summed:
        code = item.code if item else ""
        record = _named(asked.records, one, code)
        lacks = asked.lacks if record or len(summed) < 2 else "未填"
        yield Line(one, item, lacks, record, _named(before, one, code))


def _named(records: Sequence[Record], one: Indicator, item: str) -> Record | None:
    told = (r for r in records if r.values.get("indicator_code") == one.code)
    return next((r for r in told if str(r.values.get("item") or "") == item), None)


def save(store: Store, found: Filing, entries: Entries) -> Filing:
    """Write what was typed into a period's lines, in one act; the first that cannot be is refused by name."""
    if found.state in CLOSED:
        raise Refusal(f"{found.period.label}已经报送，不能再填；要改请先撤回")
    known = {line.place: line for line in lines(store, found)}
    with store.act(f"填报{found.period.label}", "期次") as act:
        for place, entry in entries.items():
            _write(store, act, found, known[place], entry)
    return filing(store, found.unit, found.period)


def _write(store: Store, act: Act, found: Filing, line: Line, entry: Mapping[str, str]) -> None:
    ledger = INDICATOR_VALUE_LEDGER
    values, problems = deeds.read(ledger, entry, found.unit)
    base: Values = {
        "unit_code": found.unit,
        "period": found.period.code,
        "indicator_code": line.indicator.code,
        "item": line.item.code if line.item else None,
    }
    key: RecordKey | None = line.record.key if line.record else None
    if key:
        problems += deeds.findings(store, ledger, deeds.one(store, ledger, key), values)
    else:
        problems += deeds.check(store, ledger, {**base, **values})
    stopping = tuple(p for p in problems if p.grade.stops)
    if stopping:
        raise Refusal(f"{line.label}：{'；'.join(p.message for p in stopping)}", stopping)
    if key:
        deeds.write(act, ledger, deeds.one(store, ledger, key), values)
    elif filled(values):
        act.add(INDICATOR_VALUE, {**base, **values})
