"""What the tests of reports share: the shipped fonts, the sample ledger, and PDFs read back by another tool."""

import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pypdfium2
import pytest

from ipdesk.codes import code_table
from ipdesk.kinds import catalogue
from ipdesk.reports.fonts import Fonts
from ipdesk.reports.guanbiao import guanbiao_ledger
from ipdesk.reports.page import A4_LANDSCAPE, Paper
from ipdesk.reports.pdf import write_pdf
from ipdesk.reports.table import Cell, Column, Group, TableReport
from ipdesk.resources import resource

MADE_AT = datetime(2025, 7, 2, 9, 5)
UNITS = [(code.code, code.name) for code in code_table("regions").codes]
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Printed:
    """A PDF as another tool sees it: size, text and shapes by page, in points."""

    data: bytes
    count: int
    sizes: list[tuple[float, float]]
    texts: list[str]
    frames: list[tuple[float, float, float, float]]
    letters: list[list[tuple[float, float, float, float]]]

    @property
    def bare(self) -> list[str]:
        """Return the text of each page without any blanks."""
        return ["".join(text.split()) for text in self.texts]


def read_back(data: bytes, count: int) -> Printed:
    """Read a PDF with pdfium."""
    document = pypdfium2.PdfDocument(data)
    pages = [document[index] for index in range(len(document))]
    texts = [page.get_textpage() for page in pages]
    return Printed(
        data,
        count,
        [page.get_size() for page in pages],
        [text.get_text_range() for text in texts],
        [_bounds(page) for page in pages],
        [[text.get_charbox(i) for i in range(text.count_chars())] for text in texts],
    )


def _bounds(page: Any) -> tuple[float, float, float, float]:  # noqa: ANN401  # pypdfium2 has no types
    """Return left, bottom, right, top of all rules of a page."""
    paths = [item.get_bounds() for item in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_PATH])]
    lefts, bottoms, rights, tops = zip(*paths, strict=True) if paths else ((0,), (0,), (0,), (0,))
    return min(lefts), min(bottoms), max(rights), max(tops)


@pytest.fixture(scope="session")
def fonts() -> Fonts:
    """Return the shipped fonts alone, whatever this PC has."""
    return Fonts(own=[])


@pytest.fixture(scope="session")
def samples() -> Rows:
    """Return the 290 right rows of the five sample sheets about 贯标."""
    files = sorted(resource("samples", "expected").glob("*.json"))
    told = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    return [row for one in told if one["ledger"] == "guanbiao" for row in one["rows"]]


@pytest.fixture(scope="session")
def ledger() -> Callable[..., TableReport]:
    """Return a maker of the 贯标企业台账 of an invented office."""

    def make(rows: Rows, **more: Any) -> TableReport:  # noqa: ANN401
        given = {"office": "盐城市知识产权局", "period": "2025年上半年", "made_at": MADE_AT, **more}
        return guanbiao_ledger(catalogue().ledger("guanbiao"), rows, UNITS, **given)

    return make


@pytest.fixture(scope="session")
def table() -> Callable[..., TableReport]:
    """Return a maker of small reports from columns and rows."""

    def make(columns: Sequence[Column], rows: Sequence[Sequence[Cell]] = (), **more: Any) -> TableReport:  # noqa: ANN401
        given: dict[str, Any] = {
            "title": "贯标企业台账",
            "office": "东台市知识产权局",
            "period": "2025年",
            "unit_note": "家、万元",
            "columns": columns,
            "groups": [Group("", rows)],
            "made_at": MADE_AT,
        }
        return TableReport(**(given | more))

    return make


@pytest.fixture(scope="session")
def printed(fonts: Fonts) -> Callable[..., Printed]:
    """Return a printer of reports that reads back what it wrote."""

    def make(report: TableReport, paper: Paper = A4_LANDSCAPE, chosen: Fonts | None = None) -> Printed:
        stream = io.BytesIO()
        count = write_pdf(report, stream, chosen or fonts, paper)
        return read_back(stream.getvalue(), count)

    return make
