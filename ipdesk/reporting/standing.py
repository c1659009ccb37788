"""Say how the report of a period stands: a draft, submitted, returned or accepted by the city."""

from typing import Literal

from ipdesk.kinds.declare import Values
from ipdesk.kinds.indicators import PERIOD_REPORT
from ipdesk.kinds.sync import ACCEPTED, RESULT, RETURNED
from ipdesk.records import Record
from ipdesk.store import Finder

DRAFT, SUBMITTED = "RS1", "RS2"
Standing = Literal["draft", "submitted", "returned", "accepted"]


def is_submitted(values: Values) -> bool:
    """Tell whether a report was submitted, whatever came of it."""
    return values.get("report_state") == SUBMITTED


def said(store: Finder, record: Record) -> Values:
    """Return what the city said of a report as it stands; what it said of an earlier version counts no more."""
    told = store.find(RESULT, unit=record.key.owner, kind=PERIOD_REPORT.name, record=record.key.id)
    return next((one.values for one in told if one.values["version"] == record.version.stamp), {})


def standing(store: Finder, record: Record) -> Standing:
    """Return how far a report has come; what was merely received at the city has no words and is not accepted."""
    if not is_submitted(record.values):
        return "draft"
    told = said(store, record)
    if told.get("outcome") == RETURNED:
        return "returned"
    return "accepted" if told.get("outcome") == ACCEPTED and told.get("message") else "submitted"
