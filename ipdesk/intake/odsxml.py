"""Read from an .ods what the fast reader leaves out: merged cells, and dates known to the month only (ODF 1.2)."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element, iterparse

from ipdesk.intake.cells import Merge
from ipdesk.intake.formats import Change, Place, change_of

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_MONTH = re.compile(r"\d{4}\s*[-./年]\s*\d{1,2}\s*月?")
_FARTHEST = 1 << 20


class Told(NamedTuple):
    """What one sheet tells besides its cells."""

    merges: tuple[Merge, ...]
    changes: dict[Place, Change]


def told(data: bytes) -> dict[str, Told]:
    """Return by sheet name its merged ranges and the cells to amend."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("content.xml") as stream:
        tables = (e for _, e in iterparse(stream) if e.tag == f"{_TABLE}table")
        return {table.get(f"{_TABLE}name", ""): _sheet(table) for table in tables}


def _sheet(table: Element) -> Told:
    merges, changes = [], {}
    month = change_of("yyyy-mm")
    for place, cell in _cells(table):
        down, right = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
        if down > 1 or right > 1:
            merges.append(Merge(*place, place.row + down - 1, place.column + right - 1))
        if month and cell.get(f"{_OFFICE}value-type") == "date" and _MONTH.fullmatch(_shown(cell)):
            changes[place] = month
    return Told(tuple(merges), changes)


def _cells(table: Element) -> Iterator[tuple[Place, Element]]:
    """Yield the cells with their places; what is repeated is counted, and yielded once."""
    row = 0
    for line in table.iter(f"{_TABLE}table-row"):
        column = 0
        for cell in line:
            if cell.tag in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
                yield Place(row, column), cell
                column += _count(cell, "number-columns-repeated")
        row = min(row + _count(line, "number-rows-repeated"), _FARTHEST)


def _count(element: Element, name: str) -> int:
    return int(element.get(f"{_TABLE}{name}", "1"))


def _shown(cell: Element) -> str:
    return "".join(cell.itertext()).strip()
