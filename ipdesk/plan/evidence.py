"""List what proves a plan's figures and tasks: evidence told in records, and what is attached (卷内目录)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ipdesk.codes import code_table
from ipdesk.kinds.document import DOCUMENT
from ipdesk.past import reading
from ipdesk.periods import Period
from ipdesk.plan.definition import Plan
from ipdesk.plan.overview import Overview
from ipdesk.problems import Refusal
from ipdesk.records import Query, Record, RecordKey, Row
from ipdesk.store import Reading, Store

_TELLING = ("indicator_value", "task_progress", "supervision")  # which have a field for evidence
OTHER = "其他"


@dataclass(frozen=True, slots=True)
class Proof:
    """One thing that proves something: of which indicator or task, what it is, whose, where it is kept.

    ``code`` is the indicator's or task's, empty for neither; ``file`` and ``sha256`` those of an attachment.
    """

    code: str
    title: str
    unit: str
    day: str
    ledger: str
    key: RecordKey
    record: str
    file: str = ""
    sha256: str = ""


def evidence(store: Store, told: Overview) -> list[Proof]:
    """Return all that proves an overview's figures and its plan's tasks at its moment, in the plan's order."""
    with reading(store, told.moment) as source:
        found = list(_proofs(source, told))
    order = {code: place for place, code in enumerate(_codes(told.plan))}
    last = len(order)
    return sorted(dict.fromkeys(found), key=lambda p: (order.get(p.code, last), p.unit, p.day, p.title))


def _codes(plan: Plan) -> Iterator[str]:
    yield from (one.code for one in plan.indicators)
    yield from (one.code for one in plan.tasks)


def _proofs(source: Reading, told: Overview) -> Iterator[Proof]:
    attached = _attached(source)
    for name in _TELLING:
        ledger = source.catalogue.ledger(name)
        for row in source.rows(ledger, source.keys(ledger, Query())):
            code = str(row.values.get("indicator_code") or row.values.get("task_code") or "")
            yield from _told(row, code, name, ledger.called(row.values))
            yield from _files(code, name, row.key, _unit(row), ledger.called(row.values), attached)
    for code, id_ in _behind(told):
        one = told.records.get(id_)
        if one and one.ledger not in _TELLING:
            yield from _files(code, one.ledger, one.key, one.unit, one.name, attached)


def _behind(told: Overview) -> Iterable[tuple[str, str]]:
    return dict.fromkeys((one.indicator.code, id_) for one in told.figures for id_ in one.part.ids)


def _attached(source: Reading) -> Mapping[RecordKey, list[Record]]:
    found: dict[RecordKey, list[Record]] = {}
    for record in source.find(DOCUMENT):
        key = RecordKey(record.key.owner, str(record.values["record_id"]))
        found.setdefault(key, []).append(record)
    return found


def _unit(row: Row) -> str:
    return str(row.values.get("unit_code") or row.key.owner)


def _told(row: Row, code: str, ledger: str, called: str) -> Iterator[Proof]:
    if words := str(row.values.get("evidence") or ""):
        yield Proof(code, words, _unit(row), _day(row), ledger, row.key, called)


def _day(row: Row) -> str:
    """Return for when a record tells something: its period in words, or the day of the answer."""
    told = str(row.values.get("period") or "")
    try:
        return Period.read(told).label
    except Refusal:
        return told or str(row.values.get("reply_date") or row.values.get("issued_date") or "")


def _files(
    code: str,
    ledger: str,
    key: RecordKey,
    unit: str,
    called: str,
    attached: Mapping[RecordKey, list[Record]],
) -> Iterator[Proof]:
    for record in attached.get(key, ()):
        told = {name: str(value or "") for name, value in record.values.items()}
        file = told.get("file_name", "")
        title = code_table("documents").label(told.get("doc_code", "")) or file
        day, sha256 = told.get("added_at", "")[:10], told.get("sha256", "")
        yield Proof(code, title, unit, day, ledger, key, called, file, sha256)


def group_name(plan: Plan, code: str) -> str:
    """Return under which head a proof stands: the indicator or the task, by code and name."""
    named = {one.code: one.short_name for one in plan.indicators} | {
        one.code: one.title for one in plan.tasks
    }
    return f"{code} {named[code]}" if code in named else " ".join(filter(None, (OTHER, code)))
