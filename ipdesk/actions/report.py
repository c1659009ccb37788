"""What a user does to get a report on paper or as a workbook."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol

from ipdesk.actions import selfcheck
from ipdesk.codes import code_table
from ipdesk.files import write_file
from ipdesk.past import NOW, digest, reading
from ipdesk.plan.comparison import NAME as COMPARISON
from ipdesk.plan.folder import NAME as EVIDENCE
from ipdesk.problems import Refusal
from ipdesk.records import Query
from ipdesk.reports import guanbiao
from ipdesk.reports.table import TableReport, chinese_date
from ipdesk.store import Moment, Store

Progress = Callable[[int, int], None]
Writer = Callable[[TableReport, BinaryIO, Progress], object]


@dataclass(frozen=True, slots=True)
class Report:
    """A report that can be asked for: its name on the command line, its title, and who makes it."""

    name: str
    title: str
    make: "Make"


class Make(Protocol):
    """What makes a report of a store's ledgers for a period, at the time given, as they are or were at a moment."""

    def __call__(self, store: Store, period: str, made_at: datetime, moment: Moment = NOW, /) -> TableReport:
        """Return the report."""


def _guanbiao(store: Store, period: str, made_at: datetime, moment: Moment = NOW) -> TableReport:
    ledger = store.catalogue.ledger("guanbiao")
    with reading(store, moment) as source:
        rows = source.rows(ledger, source.keys(ledger, Query()))
    units = [(c.code, c.name) for c in code_table("regions").codes]
    return guanbiao.guanbiao_ledger(
        ledger,
        [row.values for row in rows],
        units,
        office=store.office.office_name,
        period=period,
        made_at=made_at,
        as_of=moment.as_of,
        known_on=moment.known_on,
        digest=digest(guanbiao.NAME, moment, rows),
    )


REPORTS = (
    Report("guanbiao", guanbiao.NAME, _guanbiao),
    Report("comparison", COMPARISON, selfcheck.comparison),
    Report("evidence", EVIDENCE, selfcheck.evidence_list),
)


def find_report(name: str) -> Report:
    """Return a report by name or title; an unknown one is refused with those there are."""
    found = next((r for r in REPORTS if name in (r.name, r.title)), None)
    if found is None:
        raise Refusal(
            f"没有“{name}”这个报表，可用的有：{'、'.join(f'{r.name}（{r.title}）' for r in REPORTS)}"
        )
    return found


def write_report(
    store: Store,
    name: str,
    out: Path,
    period: str = "",
    progress: Progress = lambda done, total: None,
    *,
    moment: Moment = NOW,
) -> None:
    """Write a report as ``.pdf`` or ``.xlsx``; refused while nobody has said what the office is called on paper.

    Its foot tells the moment looked at and a digest of the data, by which two papers can be held together.
    ``progress`` gets (pages of a PDF or rows of a workbook done, in all), (0, 0) before they are known;
    what it raises gives the report up.
    """
    report = find_report(name)
    _check(out, store.office.office_name)
    made_at = datetime.now()
    told = period or f"截至{chinese_date(moment.as_of or moment.known_on or made_at)}"
    write_table(report.make(store, told, made_at, moment), out, progress)


def write_table(table: TableReport, out: Path, progress: Progress = lambda done, total: None) -> None:
    """Write a finished table as ``.pdf`` or ``.xlsx``; refused without the name of the office it speaks for."""
    writer = _check(out, table.office)
    progress(0, 0)
    write_file(out, lambda stream: writer(table, stream, progress))


def _check(out: Path, office: str) -> Writer:
    """Return the writer for a file; refused for another format or while the office has no name on paper."""
    writer = _writer(out)
    if not office:
        raise Refusal("出报表要先填单位全称（与公章一致）")
    return writer


def digest_of(store: Store, name: str, moment: Moment = NOW) -> str:
    """Return the short digest that a report made now of a moment would carry."""
    return find_report(name).make(store, "", datetime.now(), moment).digest


def _writer(out: Path) -> Writer:
    writers: Mapping[str, Callable[[], Writer]] = {
        ".pdf": _pdf,
        ".xlsx": _xlsx,
    }
    if out.suffix.lower() not in writers:
        raise Refusal(f"“{out.name}”的格式不认识，请把文件名写成以 .pdf 或 .xlsx 结尾")
    return writers[out.suffix.lower()]()


def _pdf() -> Writer:
    from ipdesk.reports.pdf import write_pdf

    return lambda table, stream, progress: write_pdf(table, stream, progress=progress)


def _xlsx() -> Writer:
    from ipdesk.reports.sheet import write_sheet

    return write_sheet
