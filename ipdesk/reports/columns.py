"""Find column widths from what the columns hold, and which columns stand on which page.

Everything is in points. A layout is tried at 10.5 pt (五号) first and never below 8 pt.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import inf

from ipdesk.reports.table import Column
from ipdesk.reports.wrap import tokens

SIZES = (10.5, 10.0, 9.5, 9.0)
SMALL = (8.5, 8.0)
GAP = 2.5  # between the text and the rule left and right of it
TYPICAL = 0.95  # share of the cells that shall fit into the lines aimed at
NARROWEST = 4.0  # ems a text column keeps, where it has as much to say
WIDEST_WORD = 1 / 6  # share of the page that one unbreakable word may claim


@dataclass(frozen=True, slots=True)
class Need:
    """What a column asks for at size 1: its widest word, its typical and its widest cell."""

    column: Column
    word: float
    typical: float
    widest: float

    def at(self, size: float, lines: int, frame: float) -> float:
        """Return the width with which most cells take no more than ``lines`` lines."""
        least = min(self.word * size, frame * WIDEST_WORD) if not self.column.fixed else self.word * size
        if self.column.fixed or lines == 1:
            return max(least, self.widest * size if lines == 1 else 0) + 2 * GAP
        shared = min(self.typical, self.typical / lines + 1.0)
        return max(least, shared * size, min(NARROWEST, self.widest) * size) + 2 * GAP


@dataclass(frozen=True, slots=True)
class Panel:
    """Columns that stand side by side on one page: their indexes and widths, filling the frame."""

    columns: tuple[int, ...]
    widths: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Text size, the panels (more than one where the table is too wide), and the columns left out."""

    size: float
    panels: tuple[Panel, ...]
    left_out: tuple[int, ...] = ()

    def width_of(self, index: int) -> float:
        """Return the width of a column, wherever it stands; 0 for one left out."""
        found = (dict(zip(panel.columns, panel.widths, strict=True)).get(index) for panel in self.panels)
        return next((width for width in found if width), 0.0)


def need(column: Column, texts: Iterable[str], measure: Callable[[str], float], head: float) -> Need:
    """Measure a column's cells and head at size 1; ``head`` is what its longest unbreakable head part takes."""
    parts = set(texts)
    lines = sorted(measure(line) for text in parts for line in text.split("\n"))
    if column.fixed:
        word = max(lines, default=0.0)
    else:
        word = max((measure(token.rstrip()) for text in parts for token in tokens(text)), default=0.0)
    typical = lines[int((len(lines) - 1) * TYPICAL)] if lines else 0.0
    return Need(column, max(word, head), max(typical, head), max(lines[-1:] or [0.0])if head < max(lines[-1:] or [0.0]) else head)
