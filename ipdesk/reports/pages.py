"""Put the lines of a table onto pages: nothing stranded, nothing cut off.

Heights are in points.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from ipdesk.reports.wrap import Lines

AGAIN = "（续）"


class Kind(Enum):
    """What a line of the table is."""

    GROUP = "group"
    ROW = "row"
    SUMMARY = "summary"
    NOTHING = "nothing"
    NOTE = "note"
    SIGNATURES = "signatures"

    @property
    def ruled(self) -> bool:
        """Tell whether the line stands inside the rules of the table."""
        return self not in (Kind.NOTE, Kind.SIGNATURES)


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the table: the lines of text of each cell (of one cell, if it goes across), its height.

    ``keeps`` holds it on one page with the next; ``group`` is the label to repeat on top of a new page.
    """

    kind: Kind
    cells: tuple[Lines, ...]
    height: float
    keeps: bool = False
    group: str = ""


def paginate(items: Iterable[Item], first: float, other: float, title: float) -> list[list[Item]]:
    """Return the items by page: ``first`` and ``other`` are the heights free on the first and on later pages.

    ``title`` is the height of a group's title repeated on a new page.
    """
    pages: list[list[Item]] = [[]]
    room = first
    for part in _kept_together(items, min(first, other - title)):
        height = sum(item.height for item in part)
        if height > room and pages[-1]:
            pages.append(_continued(part[0], title))
            room = other - sum(item.height for item in pages[-1])
        pages[-1] += part
        room -= height
    return pages


def _continued(item: Item, height: float) -> list[Item]:
    if not item.group or item.kind is Kind.GROUP:
        return []
    return [Item(Kind.GROUP, ((item.group + AGAIN,),), height, keeps=True, group=item.group)]


def _kept_together(items: Iterable[Item], most: float) -> Iterator[list[Item]]:
    """Yield the runs of items to be kept on one page, those that no page can hold item by item."""
    run: list[Item] = []
    for item in items:
        run.append(item)
        if not item.keeps:
            yield from _no_higher(run, most)
            run = []
    if run:
        yield from _no_higher(run, most)


def _no_higher(run: Sequence[Item], most: float) -> Iterator[list[Item]]:
    if sum(item.height for item in run) <= most:
        yield list(run)
    else:
        yield from ([item] for item in run)


def slices(cells: Sequence[Lines], most: int) -> Iterator[tuple[Lines, ...]]:
    """Yield the cells of a row as rows of no more than ``most`` lines, so that any row fits on a page."""
    highest = max(map(len, cells))
    if highest <= most:
        yield tuple(cells)
        return
    yield from (tuple(lines[start : start + most] for lines in cells) for start in range(0, highest, most))
