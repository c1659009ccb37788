"""Turn a report into a document with pages to look at."""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from PySide6.QtGui import QImage

from ipdesk.actions.report import find_report
from ipdesk.past import NOW
from ipdesk.problems import Refusal
from ipdesk.reports.table import chinese_date
from ipdesk.store import Moment, Store
from ui.paper import count, pictures
from ui.texts import report as texts
from ui.worker import Report

SHOWN = 6  # pages to look at; the rest is printed and saved all the same
SCREEN = 1.6  # dots for each point of 1/72 inch


@dataclass(frozen=True, slots=True)
class Paper:
    """A report as a PDF document, the first pages as pictures, and how many there are."""

    title: str
    pdf: bytes
    pictures: tuple[QImage, ...]
    pages: int


def make(store: Store, name: str, period: str, report_progress: Report, moment: Moment = NOW) -> Paper:
    """Make a report as of a moment; refused while nobody has said what the office is called on paper."""
    from ipdesk.reports.pdf import write_pdf

    if not store.office.office_name:
        raise Refusal(texts.OFFICE_ASKED)
    report, now, stream = find_report(name), datetime.now(), BytesIO()
    told = period or f"截至{chinese_date(moment.as_of or moment.known_on or now)}"
    write_pdf(report.make(store, told, now, moment), stream, progress=report_progress)
    pdf = stream.getvalue()
    return Paper(report.title, pdf, pictures(pdf, SCREEN, SHOWN), count(pdf))
