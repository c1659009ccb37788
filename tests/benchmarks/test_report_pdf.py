"""A large report costs little more than writing the same words at all, and fits into a small PC's memory."""

import io
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from ipdesk.reports.fonts import Fonts
from ipdesk.reports.page import A4_LANDSCAPE, Pen, Style
from ipdesk.reports.pdf import write_pdf
from tests.benchmarks.large_report import report

RATIO = 1.3
MEGABYTES = 100


class Recorder(Pen):
    """A pen that also remembers what it wrote, page by page."""

    pages: list[list[tuple[float, float, str, Style]]]

    def text(self, x: float, y: float, words: str, style: Style) -> None:
        """Remember and write."""
        self.pages[-1].append((x, y, words, style))
        super().text(x, y, words, style)

    def next_page(self) -> None:
        """Begin a new list."""
        self.pages.append([])
        super().next_page()


@pytest.fixture(scope="module")
def pages() -> list[list[tuple[float, float, str, Style]]]:
    """Return every line of text of the report with its place."""
    Recorder.pages = [[]]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ipdesk.reports.pdf.Pen", Recorder)
        write_pdf(report(), io.BytesIO(), Fonts(own=[]))
    return Recorder.pages[:-1]


def bare(pages: list[list[tuple[float, float, str, Style]]]) -> None:
    """Write the same words in the same places with reportlab alone."""
    canvas = Canvas(io.BytesIO(), A4_LANDSCAPE.size, pageCompression=1)
    for page in pages:
        current = ("", 0.0)
        for x, y, words, style in page:
            if current != (style.script.name, style.size):
                current = (style.script.name, style.size)
                canvas.setFont(*current)
            canvas.drawString(x, y, words)
        canvas.showPage()
    canvas.save()


def seconds(deed: Callable[[], object]) -> float:
    """Return the processor time of a deed."""
    start = time.process_time()
    deed()
    return time.process_time() - start


def test_a_large_report_takes_little_longer_than_its_words(
    benchmark: Callable[..., None], pages: list[list[tuple[float, float, str, Style]]]
) -> None:
    table, fonts = report(), Fonts(own=[])
    ratios: list[float] = []

    def both() -> None:
        words = seconds(lambda: bare(pages))
        ratios.append(seconds(lambda: write_pdf(table, io.BytesIO(), fonts)) / words)

    benchmark.pedantic(both, rounds=3, warmup_rounds=1)  # type: ignore[attr-defined]  # no types are published
    benchmark.extra_info["ratio"] = min(ratios)  # type: ignore[attr-defined]
    assert min(ratios) <= RATIO, ratios


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells memory this way")
def test_a_large_report_fits_into_a_small_memory(
    benchmark: Callable[..., bytes], tmp_path: Path, project: Path
) -> None:
    program = [sys.executable, "-m", "tests.benchmarks.large_report", str(tmp_path / "台账.pdf")]
    told = benchmark(lambda: subprocess.run(program, cwd=project, capture_output=True, check=True).stdout)
    assert int(told) < MEGABYTES
