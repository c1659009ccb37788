"""Say what there is to do: what runs out, what is due, what is missing, what the city said, what is not sent.

Everything is worked out of the store and a day; nothing is stored. A county sees its own rows, the city every unit's.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from ipdesk import lifecycle
from ipdesk.checks import doubts, missing
from ipdesk.dates import last_day
from ipdesk.fields import Value
from ipdesk.kinds.declare import GATHERED, Ledger, Values
from ipdesk.kinds.document import DOCUMENT
from ipdesk.kinds.institution import operates, unreported_year
from ipdesk.kinds.tasks import ANSWERED, OVERDUE
from ipdesk.plan.slips import Slip, slips
from ipdesk.problems import Grade
from ipdesk.records import Query, RecordKey, Row
from ipdesk.required import lacking
from ipdesk.store import Store
from ipdesk.sync import Reported, corrections, reported
from ipdesk.sync.findings import ACCEPTED
from ipdesk.sync.life import Life
from ipdesk.sync.reported import SENT, UNSENT

SOON, URGENT = 90, 30  # days ahead
SORTS: Mapping[str, str] = {
    "said": "市局意见",
    "slip": "督办",
    "expiry": "证书到期",
    "surveillance": "监督审核",
    "edition": "标准换版",
    "filing": "商标代理备案",
    "report": "年度经营",
    "consent": "个人信息告知",
    "documents": "缺少材料",
    "missing": "待补信息",
    "doubts": "数据疑点",
    "unsent": "未上报",
}
_SAID = {"returned": "市局退回", "duplicate": "疑似重复", "conflict": "有冲突"}
_TOLD_ELSEWHERE = ("V13", "V14")  # under 标准换版 and 监督审核
_NAMED = 3  # names told of what is missing
_CHUNK = 1000  # rows of a step: nobody who asks something in between waits long
_RENEWAL = "再认证"
_REPORTED_BY = (7, 15)  # the yearly survey is checked by 15 July (domain.md B)


class Severity(StrEnum):
    """How much something presses: within 30 days, overdue or said by the city; within 90 days; at some time."""

    URGENT = "urgent"
    SOON = "soon"
    OPEN = "open"

    @property
    def label(self) -> str:
        """Return the word people read."""
        return {"urgent": "要紧", "soon": "临近", "open": "待办"}[self.value]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do about one row of a ledger.

    ``sort`` is one of ``SORTS``; ``due`` an ISO day, empty for none; ``days`` are left, negative when it has passed.
    """

    ledger: str
    key: RecordKey
    unit: str
    name: str
    sort: str
    what: str
    due: str
    days: int | None
    severity: Severity

    @property
    def label(self) -> str:
        """Return the word people read for its sort."""
        return SORTS[self.sort]


class Task(NamedTuple):
    """What a rule finds about a row; with a day it presses by itself."""

    sort: str
    what: str
    due: date | None = None
    severity: Severity = Severity.OPEN


Tasks = Iterator[Task]


def todo(store: Store, today: date | None = None, *, unit: str | None = None) -> list[Item]:
    """Return what there is to do, hardest first, then by day; of one unit only where told."""
    found = (item for step in steps(store, today) for item in step)
    return in_order(item for item in found if unit in (None, item.unit))


def steps(store: Store, today: date | None = None) -> Iterator[list[Item]]:
    """Yield what there is to do in the order found, after some rows each: other questions may come in between."""
    desk = _Desk(store, today or date.today())
    for ledger in store.catalogue.ledgers.values():
        yield from desk.steps(ledger)
    if desk.county:
        yield list(_asked(store, desk.today))


def _asked(store: Store, today: date) -> Iterator[Item]:
    """Yield the city's corrections that a county has not answered, each at the row it is about."""
    for asked in corrections.listed(store, corrections.OPEN):
        if asked.there and asked.ledger in store.catalogue.ledgers and asked.row:
            due = last_day(asked.due) if asked.due else None
            days = (due - today).days if due else None
            what = f"答复市局更正意见：{asked.label}改为“{asked.shown(asked.new)}”"
            key = RecordKey(asked.unit, asked.row)
            told = (asked.unit, asked.name, "said", what, asked.due, days, Severity.URGENT)
            yield Item(asked.ledger, key, *told)


def in_order(items: Iterable[Item]) -> list[Item]:
    """Return things to do hardest first, then by day, then by sort."""
    pressing, sorts = list(Severity), list(SORTS)
    return sorted(items, key=lambda i: (pressing.index(i.severity), i.due or "9", sorts.index(i.sort)))


def counts(items: Iterable[Item]) -> dict[str, int]:
    """Return how many things there are of each sort, in the order of ``SORTS``; none are left out."""
    told = Counter(item.sort for item in items)
    return {sort: told[sort] for sort in SORTS if told[sort]}


class _Desk:
    """What the rules look up besides the row itself, each read once."""

    def __init__(self, store: Store, today: date) -> None:
        self.store, self.today = store, today
        self.county = store.office.role == "county"

    def steps(self, ledger: Ledger) -> Iterator[list[Item]]:
        """Yield what there is to do about the rows of a ledger, some rows at a time."""
        keys = self.store.keys(ledger, Query())
        for start in range(0, len(keys), _CHUNK):
            rows = self.store.rows(ledger, keys[start : start + _CHUNK])
            states = reported(self.store, rows) if self.county else {}
            yield [
                self._item(ledger, row, task)
                for row in rows
                for task in self._tasks(ledger, row, states.get(row.key))
            ]

    def _tasks(self, ledger: Ledger, row: Row, state: Reported | None) -> Tasks:
        if state:
            yield from self._sent(ledger, row, state)
        for rule in _RULES.get(ledger.name, ()):
            yield from rule(self, row)
        yield from self._unfilled(ledger, row.values)
        yield from () if self.county else self._doubted(ledger, row.values)

    def _item(self, ledger: Ledger, row: Row, task: Task) -> Item:
        unit, name = row.values.get(ledger.unit_field), ledger.called(row.values)
        days = (task.due - self.today).days if task.due else None
        due = task.due.isoformat() if task.due else ""
        told = (str(unit or row.key.owner), name, task.sort, task.what, due, days)
        return Item(ledger.name, row.key, *told, _pressing(days) if days is not None else task.severity)

    def _sent(self, ledger: Ledger, row: Row, state: Reported) -> Tasks:
        """Tell what the city said, and what it has not been told yet."""
        if state.state not in (UNSENT, SENT, ACCEPTED):
            yield Task("said", f"{_SAID[state.state]}：{state.message}".rstrip("："), None, Severity.URGENT)
        if state.state == UNSENT or (ledger.root.name, row.key) in self._unsent:
            yield Task("unsent", "有改动还没有上报")

    def _unfilled(self, ledger: Ledger, values: Values) -> Tasks:
        """Tell the required fields still empty, each in the one ledger that it belongs to."""
        elsewhere = {other.root.name for other in self.store.catalogue.ledgers.values()} - {ledger.root.name}
        empty = [
            field.label
            for field in missing(ledger, values)
            if ledger.kind_of(field.name).name not in elsewhere and field.name != "consent_date"
        ]
        if empty:
            yield Task("missing", f"待补：{'、'.join(empty)}")

    def _doubted(self, ledger: Ledger, values: Values) -> Tasks:
        """Tell the city what the rules say of a row it was sent; what other sorts tell, and hints, left out."""
        found = doubts(ledger, values, self.today)
        told = [p.message for p in found if p.grade is not Grade.HINT and p.code not in _TOLD_ELSEWHERE]
        if told:
            yield Task("doubts", "；".join(told[:_NAMED]))

    @cached_property
    def documents(self) -> Mapping[RecordKey, set[str]]:
        """Return what is attached to cases, by case."""
        found: dict[RecordKey, set[str]] = {}
        for record in self.store.find(DOCUMENT, record_kind="case"):
            key = RecordKey(record.key.owner, str(record.values["record_id"]))
            found.setdefault(key, set()).add(str(record.values.get("doc_code")))
        return found

    @cached_property
    def _unsent(self) -> set[tuple[str, RecordKey]]:
        """Return the records whose attachments changed since the last package."""
        life, unit = Life.of(self.store), self.store.office.unit_code
        changed = self.store.changed_since(DOCUMENT, unit, max(life.sent, life.acknowledged))
        return {(str(r.values["record_kind"]), RecordKey(unit, str(r.values["record_id"]))) for r in changed}

    @cached_property
    def reports(self) -> set[RecordKey]:
        """Return the institutions that reported the last whole year."""
        kind = self.store.catalogue.kind("institution_year")
        found = self.store.find(kind, stat_year=self.today.year - 1)
        return {RecordKey(r.key.owner, str(r.values.get("institution_id"))) for r in found}

    @cached_property
    def slips(self) -> Mapping[RecordKey, Slip]:
        """Return the supervision slips by the record that issued each."""
        return {one.issued.key: one for one in slips(self.store, today=self.today)}

    @cached_property
    def told(self) -> set[RecordKey]:
        """Return the people who were given the notice in some class."""
        attended = self.store.find(self.store.catalogue.kind("attendance"))
        return {
            RecordKey(r.key.owner, str(r.values.get("person_id")))
            for r in attended
            if r.values.get("consent_date")
        }


def _pressing(days: int) -> Severity:
    return Severity.URGENT if days <= URGENT else Severity.SOON if days <= SOON else Severity.OPEN


def _running_out(desk: _Desk, sort: str, what: str, told: Value) -> Tasks:
    """Tell what runs out within 90 days or has run out."""
    until = last_day(str(told)) if told else None
    days = (until - desk.today).days if until else SOON + 1
    if days <= SOON:
        yield Task(sort, f"{what}已过期{-days}天" if days < 0 else f"{what}还有{days}天到期", until)


def _certificate(desk: _Desk, row: Row) -> Tasks:
    """Tell a certificate that runs out and is to be renewed, as long as it is said to be valid.

    Where its last day is not told it is worked out from its issue, as long as that lets it be in force.
    """
    values, until = row.values, row.values.get("cert_valid_to")
    if until is None and lifecycle.in_force(values, desk.today):
        until = str(lifecycle.ends(values) or "")
    if values.get("cert_status") in (None, lifecycle.VALID) and values.get("stage") != lifecycle.ENDED:
        for task in _running_out(desk, "expiry", "证书", until):
            is_over = task.due and task.due < desk.today
            yield task if is_over else task._replace(what=f"{task.what}，请办再认证")


def _surveillance(desk: _Desk, row: Row) -> Tasks:
    """Tell a surveillance that is due: twelve months after the certificate, then twelve after the first."""
    due = lifecycle.next_due(row.values, desk.today) if row.values.get("stage") != lifecycle.ENDED else None
    if due is None or due.what == _RENEWAL or (days := due.left(desk.today)) > SOON:
        return
    yield Task("surveillance", f"{due.what}{f'已逾期{-days}天' if days < 0 else f'还剩{days}天'}", due.by)


def _edition(desk: _Desk, row: Row) -> Tasks:
    """Tell a certificate to the 2013 edition: to be converted by the end of 2025, to be checked afterwards."""
    flag, end = lifecycle.edition_flag(row.values, desk.today), lifecycle.TRANSITION_END
    if flag and row.values.get("stage") != lifecycle.ENDED and (end - desk.today).days <= SOON:
        yield Task("edition", flag, end)


def _papers(desk: _Desk, row: Row) -> Tasks:
    """Tell the documents that a case needs at its stage and lacks."""
    absent = lacking(row.values, desk.documents.get(row.key, ()))
    if absent:
        names = "、".join(code.name for code in absent[:_NAMED]) + ("等" if len(absent) > _NAMED else "")
        yield Task("documents", f"缺{len(absent)}份必备材料：{names}")


def _filing(desk: _Desk, row: Row) -> Tasks:
    """Tell a trademark agent's filing that runs out."""
    if operates(row.values):
        until = row.values.get("trademark_filing_valid_to")
        yield from _running_out(desk, "filing", "商标代理备案", until)


def _yearly(desk: _Desk, row: Row) -> Tasks:
    """Tell an institution without figures of the last whole year."""
    years = (str(desk.today.year - 1),) if row.key in desk.reports else ()
    if year := unreported_year({**row.values, GATHERED: years}, desk.today):
        yield Task("report", f"{year}年度经营情况还没有报", date(desk.today.year, *_REPORTED_BY))


def _consent(desk: _Desk, row: Row) -> Tasks:
    """Tell a person of whom no notice about personal information is known, neither here nor in any class."""
    if not row.values.get("consent_date") and row.key not in desk.told:
        yield Task("consent", "没有《个人信息告知书》的告知日期")


def _slip(desk: _Desk, row: Row) -> Tasks:
    """Tell a county the slip that it has to answer, the city one that is answered or overdue."""
    slip = desk.slips.get(row.key)
    if slip is None:
        return
    until = last_day(str(slip.values["deadline"])) if slip.values.get("deadline") else None
    if slip.is_open and (desk.county or slip.state == OVERDUE):
        yield Task("slip", f"督办单“{slip.number}”{slip.state}", until, Severity.URGENT)
    elif slip.state == ANSWERED and not desk.county:
        yield Task("slip", f"督办单“{slip.number}”已回复，请审核销号", None, Severity.SOON)


_RULES = {
    "supervision": (_slip,),
    "guanbiao": (_certificate, _surveillance, _edition, _papers),
    "institution": (_filing, _yearly),
    "person": (_consent,),
}
