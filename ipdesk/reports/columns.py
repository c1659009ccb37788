"""Find column widths from what the columns hold, and which columns stand side by side on a page.

Widths are in points; what a column needs is measured at size 1 and scaled. The text is tried at 10.5 pt
(五号) first and never set below 8 pt.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from ipdesk.reports.table import Column
from ipdesk.reports.wrap import Measure, tokens

SIZES = (10.5, 10.0, 9.5, 9.0)
SMALL = (9.0, 8.5, 8.0)
SPLIT = 9.0  # size of a table that goes over several pages side by side
GAP = 2.5  # between a text and the rules left and right of it
TYPICAL = 0.95  # share of the cells that shall do with the lines aimed at
ROGUE = 1.2  # a code so many times wider than is typical is broken rather than given its width; figures never
COMFORT = 4.0  # ems a column of names keeps, where it has as much to say
ESSAY = 40.0  # ems beyond which a text takes as many lines as it likes
WORD_SHARE = 1 / 6  # share of the page that one unbreakable word may claim


@dataclass(frozen=True, slots=True)
class Need:
    """What a column asks for at size 1: the width of its words or codes, and of its typical cell."""

    column: Column
    word: float
    typical: float

    def at(self, size: float, lines: int, frame: float) -> float:
        """Return the width with which typical cells do with ``lines`` lines, on a page ``frame`` wide."""
        if self.column.fixed:
            return self.word * size + 2 * GAP
        shared = self.typical / lines + (1.0 if lines > 1 else 0.0)  # lines are never filled to the end
        least = min(self.word * size, frame * WORD_SHARE)
        return max(least, min(self.typical, max(shared, COMFORT)) * size) + 2 * GAP


@dataclass(frozen=True, slots=True)
class Panel:
    """Columns that stand side by side on one page: index → width in points."""

    widths: dict[int, float]


@dataclass(frozen=True, slots=True)
class Plan:
    """Text size, panels (several where the table is too wide for a page), and columns left out."""

    size: float
    panels: tuple[Panel, ...]
    left_out: tuple[int, ...] = ()

    @property
    def widths(self) -> dict[int, float]:
        """Return the width of every column printed."""
        return {index: width for panel in self.panels for index, width in panel.widths.items()}


def need(column: Column, texts: Iterable[str], measure: Measure, head: Measure) -> Need:
    """Measure a column at size 1: its texts in the body's script, its head in the head's."""
    parts = {line for text in set(texts) for line in text.split("\n")}
    typical, widest = _typical(map(measure, parts))
    if column.fixed:
        word = widest if column.align == "right" or widest <= ROGUE * typical else typical
    else:
        word, _ = _typical(max(measure(token.rstrip()) for token in tokens(part)) for part in parts if part)
        typical = min(typical, ESSAY)
    least = _head_need(column, head)
    return Need(column, max(word, least), max(typical, least))


def _typical(widths: Iterable[float]) -> tuple[float, float]:
    """Return what most do with, and the widest."""
    ordered = sorted(widths) or [0.0]
    return ordered[ceil((len(ordered) - 1) * TYPICAL)], ordered[-1]


def _head_need(column: Column, measure: Measure) -> float:
    """Return what a head takes with its label in two lines and its unit whole."""
    label, *unit = column.head.split("\n")
    return max(ceil(measure(label) / 2), *map(measure, unit), 2.0)


def plan(needs: Sequence[Need], frame: float) -> Plan:
    """Return the best layout within ``frame`` points: large text first, then fewer columns, then small."""
    for kept, size, lines in _attempts(needs):
        widths = {index: needs[index].at(size, lines, frame) for index in kept}
        if sum(widths.values()) <= frame:
            left_out = tuple(i for i in range(len(needs)) if i not in widths)
            return Plan(size, (Panel(_grown(widths, needs, size, frame)),), left_out)
    return _split(needs, frame)


def _attempts(needs: Sequence[Need]) -> Iterator[tuple[list[int], float, int]]:
    """Yield (columns, size, lines) from the roomiest layout to the tightest on one page."""
    kept = list(range(len(needs)))
    yield from ((kept, size, lines) for size in SIZES for lines in (1, 2))
    optional = [i for i in kept if needs[i].column.priority]
    for leaving in sorted(optional, key=lambda i: -needs[i].column.priority):
        kept = [i for i in kept if i != leaving]
        yield from ((kept, size, 2) for size in SIZES)
    yield from ((kept, size, 3) for size in SMALL)


def _grown(
    widths: dict[int, float], needs: Sequence[Need], size: float, frame: float, held: Iterable[int] = ()
) -> dict[int, float]:
    """Share out the width left over: first to texts that would be broken, then to all but the held."""
    growing = [i for i in widths if i not in held]
    spare = frame - sum(widths.values())
    short = {i: max(0.0, needs[i].typical * size + 2 * GAP - widths[i]) for i in growing}
    given = min(1.0, spare / sum(short.values())) if any(short.values()) else 0.0
    wider = {i: width + given * short.get(i, 0.0) for i, width in widths.items()}
    loose = [i for i in growing if not needs[i].column.fixed] or growing
    rest = (frame - sum(wider.values())) / sum(wider[i] for i in loose)
    return {i: width * (1 + rest) if i in loose else width for i, width in wider.items()}


def _split(needs: Sequence[Need], frame: float) -> Plan:
    """Return the columns over several panels, the key columns repeated in each; keys alone repeat nothing."""
    widths = {i: n.at(SPLIT, 2, frame) for i, n in enumerate(needs)}
    repeated = [] if all(n.column.key for n in needs) else [i for i, n in enumerate(needs) if n.column.key]
    keys = {i: min(widths[i], frame / 4) for i in repeated}
    room = frame - sum(keys.values())
    panels: list[dict[int, float]] = []
    for index in (i for i in widths if i not in keys):
        width = min(widths[index], room)
        if not panels or sum(panels[-1].values()) + width > frame:
            panels.append(dict(keys))
        panels[-1][index] = width
    return Plan(SPLIT, tuple(Panel(_grown(p, needs, SPLIT, frame, keys)) for p in panels))
