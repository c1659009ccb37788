"""Which day tells that something happened to a record, and what it brought: what a view as of a past day leaves out.

A view as of a day counts the events up to that day with today's knowledge (years are back-entered). A day known
to its month or year only counts as soon as it may have come; what is surely later has not happened yet.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Literal

from ipdesk.codes import code_table
from ipdesk.dates import last_day
from ipdesk.fields import Value
from ipdesk.kinds.declare import Values

When = Literal["begun", "ended", "passed"]
STAGE = "stage"
_QUARTER = "-Q"  # in the code of a period


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens to a record on the day that a field tells (or on a fixed day, the same for all).

    It ``brings`` the values of other fields and takes the case to a ``stage``; ``before`` it a field had another
    value. The first event that ``begins`` a record is when there comes to be one. A month or year counts once
    ``begun``, or only when ``ended``; what follows a last day of validity comes when that day has ``passed``.
    """

    dated: str = ""
    brings: tuple[str, ...] = ()
    stage: str = ""
    begins: bool = True
    when: When = "begun"
    fixed: str = ""
    before: Mapping[str, Mapping[Value, Value]] = field(default_factory=dict)

    def is_ahead(self, values: Values, day: date) -> bool:
        """Tell whether the event was still to come on a day; one without a date is not."""
        told, today = self.fixed or str(values.get(self.dated) or ""), day.isoformat()
        if _QUARTER in told:
            told = _month(told, last=self.when != "begun")
        if not told or self.when == "begun":
            return told > today
        end = _end(told)
        return end > today or (self.when == "passed" and end == today)


def _end(told: str) -> str:
    """Return the last day of a month or year; a period that no program here knows is compared as it is written."""
    try:
        return last_day(told).isoformat()
    except ValueError:
        return told


def _month(quarter: str, *, last: bool) -> str:
    """Return the first or last month of a quarter (2024-Q1)."""
    year, _, number = quarter.partition(_QUARTER)
    return f"{year}-{int(number) * 3 - (0 if last else 2):02d}"


_CASE = (
    Event("filing_date", ("filing_no", "filing_batch"), "ST02"),
    Event("start_date", stage="ST03"),
    Event("run_start_date", stage="ST08"),
    Event("internal_audit_date", stage="ST09"),
    Event("mgmt_review_date", stage="ST10"),
    Event("first_pass_date", ("pass_basis",)),
    Event(
        "cert_issue_date",
        ("cert_body", "cert_no", "cert_valid_to", "cert_status", "cert_scope"),
        stage="ST15",
    ),
    Event("eval_apply_date", stage="ST21"),
    Event("eval_date", ("eval_result", "eval_doc_no"), "ST23"),
    # What is suspended, withdrawn or expired now was valid before that.
    Event(
        "status_date", ("status_until",), before={"cert_status": dict.fromkeys(("CS2", "CS3", "CS4"), "CS1")}
    ),
    Event("cert_valid_to", begins=False, when="passed", before={"cert_status": {"CS5": "CS1"}}),
    Event(fixed="2026-01-01", begins=False, before={"cert_status": {"CS6": "CS1"}}),
    Event("surveil_1_date", ("surveil_1_result",), "ST31"),
    Event("surveil_2_date", ("surveil_2_result",), "ST32"),
    # 换版 is from the edition of 2013 to that of 2023 (认监委 2023 年第 27 号公告).
    Event("transition_date", stage="ST34", before={"standard_code": {"SD2": "SD1"}}),
    Event("recert_date", ("new_cert_no",), "ST33"),
)

EVENTS: Mapping[str, tuple[Event, ...]] = {
    "case": _CASE,
    "subsidy": (Event("subsidy_year"),),
    "institution": (Event("found_date"),),
    "institution_year": (Event("stat_year", when="ended"),),
    "person": (
        Event("title_date", ("title_code",), begins=False),
        Event("talent_program_year", ("talent_program",), begins=False),
    ),
    "person_certificate": (Event("cert_date"),),
    "training": (Event("start_date"),),
    "indicator_value": (Event("period", when="ended"),),
    "target": (Event("set_date"),),
    "task_progress": (Event("period"),),
    "supervision": (
        Event("issued_date"),
        Event("reply_date", ("reply", "evidence"), begins=False),
        Event("closed_date", ("closing_note",), begins=False),
    ),
    "station": (
        Event("built_date"),
        Event("upgraded_date", begins=False, before={"station_kind": {"SK2": "SK1"}}),
        Event("closed_date", begins=False),
    ),
    "service_point": (Event("built_date"), Event("closed_date", begins=False)),
    "liaison": (Event("appointed_date"), Event("left_date", begins=False)),
    "policy": (
        Event("issued_date"),
        Event("cancelled_date", begins=False),
        Event("closed_date", ("measure",), begins=False),
    ),
    "strong_county": (Event("doc_date"),),
}


def as_of(kind: str, values: Values, day: date) -> Values | None:
    """Return a record's values by the events up to a day; ``None`` when its first event came later."""
    events = EVENTS.get(kind, ())
    ahead = [event for event in events if event.is_ahead(values, day)]
    if not ahead:
        return values
    begun = [event for event in events if event.begins and values.get(event.dated) is not None]
    if begun and all(event in ahead for event in begun):
        return None
    return _without(values, events, ahead)


def _without(values: Values, events: Sequence[Event], ahead: Sequence[Event]) -> Values:
    """Return the values without what the events ahead brought."""
    earlier = {
        name: known[values.get(name)]
        for event in ahead
        for name, known in event.before.items()
        if values.get(name) in known
    }
    gone = {name for event in ahead for name in event.brings}
    gone |= {event.dated for event in ahead if event.when == "begun"}
    staged = {STAGE: _stage(values, events, ahead)} if STAGE in values else {}
    told = {**values, **earlier, **staged}
    return {name: value for name, value in told.items() if name not in gone and value is not None}


def _stage(values: Values, events: Sequence[Event], ahead: Sequence[Event]) -> Value:
    """Return the stage told, or the furthest one dated by then when that one or an earlier one was still ahead."""
    places, told = _places(), str(values[STAGE])
    if not any(event.stage and places[event.stage] <= places.get(told, 0) for event in ahead):
        return told
    reached = [
        event.stage for event in events if event.stage and values.get(event.dated) and event not in ahead
    ]
    return max(reached, key=places.__getitem__, default=None)


@lru_cache
def _places() -> Mapping[str, int]:
    """Return the place of every stage on its way (stages.csv, sort_order)."""
    return {code.code: int(code.attributes["sort_order"]) for code in code_table("stages.stage").codes}
