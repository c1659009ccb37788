"""Refuse to change what was reported: once a period is submitted its figures stand until it is withdrawn or returned.

Every write of this workspace's own records passes here (``db.act``), whoever asks for it: form, list, paste, intake,
command line, correction, undo. What another store versioned (packages, receipts, restored backups) does not.
"""

from collections.abc import Iterator

from ipdesk.codes import code_table
from ipdesk.kinds.declare import Kind, Ledger, Values
from ipdesk.kinds.indicators import INDICATOR_VALUE, PERIOD_REPORT
from ipdesk.kinds.tasks import TASK_PROGRESS
from ipdesk.periods import Period
from ipdesk.plan.definition import indicator
from ipdesk.problems import Problem, Refusal
from ipdesk.records import Record
from ipdesk.reporting.standing import DRAFT, is_submitted, standing
from ipdesk.store import Finder, Office

LOCKED = (INDICATOR_VALUE.name, TASK_PROGRESS.name)
_ACCEPTED = "{period}的报送市局已接收，要改请与市局联系，由市局退回这一期后再改"
_SUBMITTED = "{period}已经报送，要改请先在“期次”里撤回这一期并写明原因"
_AT_CITY = "{unit}{period}已经报送，要改请先退回这一期"
_WITHDRAW = "{period}已经报送，不能直接改动或删除，请用“撤回”并写明原因"
_AGAIN = "{period}被市局退回，改好后请用“报送”重新报送"


def refuse(store: Finder, office: Office, kind: Kind, before: Values | None, after: Values | None) -> None:
    """Refuse a write by which a reported period would change; ``None`` before a record is there, or after it is."""
    if kind.name == PERIOD_REPORT.name and before and is_submitted(before):
        _refuse_report(store, office, before, after or {})
    if kind.name in LOCKED:
        for values in filter(None, (before, after)):
            if sentence := why_locked(store, office, values):
                raise Refusal(sentence)


def why_locked(store: Finder, office: Office, values: Values) -> str:
    """Return why a row of a locked kind may not be written, with what to do; empty when it may."""
    for code in _periods(values):
        for report in _reports(store, office, code, values):
            found = standing(store, report)
            if found in ("submitted", "accepted"):
                return _sentence(office, report, found == "accepted")
    return ""


def problems(store: Finder, office: Office, ledger: Ledger, values: Values) -> Iterator[Problem]:
    """Yield the finding that a row's period is reported and closed, before anybody tries to write it."""
    if ledger.root.name in LOCKED and (sentence := why_locked(store, office, values)):
        yield Problem("date", ledger.field("period").sheet_name, sentence)


def _periods(values: Values) -> Iterator[str]:
    """Yield the periods whose report tells a row: its own, and that in which its indicator is due."""
    try:
        period = Period.read(str(values.get("period") or ""))
    except Refusal:  # of a newer program, or not told: no report tells it
        return
    known = indicator(str(values.get("indicator_code") or ""))
    due = Period.of(period.last, known.every) if known else period
    yield from dict.fromkeys((period.code, due.code))


def _reports(store: Finder, office: Office, code: str, values: Values) -> list[Record]:
    unit = values.get("unit_code") or office.unit_code
    return store.find(PERIOD_REPORT, period=code, unit_code=unit)


def _sentence(office: Office, report: Record, is_accepted: bool) -> str:
    period, unit = _label(report.values), str(report.values.get("unit_code") or "")
    if unit != office.unit_code:
        return _AT_CITY.format(unit=code_table("regions").label(unit), period=period)
    return (_ACCEPTED if is_accepted else _SUBMITTED).format(period=period)


def _label(values: Values) -> str:
    return PERIOD_REPORT.by_name["period"].type.show(values.get("period"))


def _refuse_report(store: Finder, office: Office, before: Values, after: Values) -> None:
    """Let a submitted report become a draft for a reason, unless it was accepted; a returned one also be sent anew."""
    report = next(iter(_reports(store, office, str(before.get("period")), before)), None)
    found = standing(store, report) if report else "submitted"
    if found == "accepted":
        raise Refusal(_ACCEPTED.format(period=_label(before)))
    opens = after.get("report_state") == DRAFT
    if found == "returned":
        if not (opens or is_submitted(after) and _times(after) > _times(before)):
            raise Refusal(_AGAIN.format(period=_label(before)))
    elif not (opens and after.get("withdrawn_for") not in (None, before.get("withdrawn_for"))):
        raise Refusal(_WITHDRAW.format(period=_label(before)))


def _times(values: Values) -> int:
    told = values.get("submission")
    return told if isinstance(told, int) else 0
