"""What a user does to check a plan's work (总结提升阶段): the table of targets and results, the list of evidence."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from ipdesk.past import NOW, reading
from ipdesk.plan.comparison import NAME as COMPARISON
from ipdesk.plan.comparison import compared, comparison_table
from ipdesk.plan.evidence import evidence
from ipdesk.plan.folder import NAME as EVIDENCE
from ipdesk.plan.folder import evidence_table
from ipdesk.plan.overview import overview
from ipdesk.records import Query
from ipdesk.reports.table import TableReport
from ipdesk.shortdigest import short
from ipdesk.store import Moment, Store


def reasons(store: Store, moment: Moment) -> dict[str, str]:
    """Return the reasons that units gave for a fall, by the id of the record."""
    with reading(store, moment) as source:
        ledger = source.catalogue.ledger("indicator_value")
        rows = source.rows(ledger, source.keys(ledger, Query()))
    return {row.key.id: str(row.values["fall_reason"]) for row in rows if row.values.get("fall_reason")}


def comparison(store: Store, period: str, made_at: datetime, moment: Moment = NOW) -> TableReport:
    """Make the table of targets and results of the plan in force at a moment."""
    told, given = overview(store, moment), reasons(store, moment)
    rows = [[unit, *one.cells] for unit in told.units for one in compared(told, unit, given)]
    digest = _digest(COMPARISON, moment, rows)
    return comparison_table(told, given, store.office.office_name, period, made_at, digest)


def evidence_list(store: Store, period: str, made_at: datetime, moment: Moment = NOW) -> TableReport:
    """Make the list of all that proves the figures and tasks at a moment."""
    told = overview(store, moment)
    proofs = evidence(store, told)
    digest = _digest(EVIDENCE, moment, (asdict(one) for one in proofs))
    return evidence_table(told, proofs, store.catalogue, store.office.office_name, period, made_at, digest)


def _digest(name: str, moment: Moment, rows: Iterable[object]) -> str:
    days = [day.isoformat() if day else None for day in (moment.as_of, moment.known_on)]
    told = json.dumps([name, *days, *rows], ensure_ascii=False, sort_keys=True)
    return short(hashlib.sha256(told.encode()).hexdigest())
