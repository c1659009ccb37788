"""Write a ledger as a workbook or CSV that people can read and that can be brought in again unchanged.

Personal values are masked unless revealed; what was masked says nothing when it comes back.
"""

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO

from ipdesk.actions.ledger import noted_export
from ipdesk.fields import Value
from ipdesk.files import write_file
from ipdesk.kinds.declare import Field, Ledger
from ipdesk.past import NOW, reading
from ipdesk.problems import Refusal
from ipdesk.records import Query, RecordKey, Row
from ipdesk.store import Moment, Reading, Store

CHUNK = 500
# Opened by hand, a CSV cell like these would become a formula or a rounded number; a tab in front keeps it
# text, and whoever reads the file strips it.
_TAKEN_WRONG = re.compile(r"^[=+\-@]|^\d{12,}$")
Cell = str | int | float | None
Progress = Callable[[int, int], None]


def _quiet(_done: int, _total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What is written: the rows by key, in which columns, and whether personal values show.

    ``progress`` gets (done, in all); what it raises gives the export up, with nothing written.
    """

    source: Reading
    ledger: Ledger
    keys: Sequence[RecordKey]
    reveal: bool = False
    moment: Moment = NOW
    progress: Progress = _quiet

    def rows(self, before: int = 0) -> Iterator[Row]:
        """Yield the rows, some hundred at a time from the store; they are gone through twice, ``before`` were."""
        for start in range(0, len(self.keys), CHUNK):
            self.progress(before + start, 2 * len(self.keys))
            yield from self.source.rows(self.ledger, self.keys[start : start + CHUNK])

    def fields(self) -> tuple[Field, ...]:
        """Return the columns: those of the list, and every other in which some row says something."""
        used = {name for row in self.rows() for name in row.values}
        return tuple(f for f in self.ledger.fields if f.column or f.name in used)

    def cells(self, row: Row, fields: Sequence[Field]) -> Iterator[Cell]:
        """Yield the cells of a row."""
        return (f.type.cell(self.shown(f, row.values)) for f in fields)

    @property
    def title(self) -> str:
        """Return the title of the sheet; one of a past day must not pass for today's."""
        return "，".join((self.ledger.label, *self.moment.basis))

    def stamp(self) -> dict[str, str]:
        """Return what the workbook says about itself: how many rows, and the days looked at."""
        days = {"as_of": self.moment.as_of, "known_on": self.moment.known_on}
        told = {name: day.isoformat() for name, day in days.items() if day}
        return {"rows": str(len(self.keys)), **told}

    def shown(self, field: Field, values: Mapping[str, Value]) -> Value:
        """Return a value as it may leave the store."""
        value = values.get(field.name)
        return value if self.reveal else field.type.mask(value)


def export(
    store: Store,
    ledger: Ledger,
    query: Query,
    out: Path,
    *,
    reveal: bool = False,
    moment: Moment = NOW,
    progress: Progress = _quiet,
) -> int:
    """Write the rows of a query to ``.xlsx`` or ``.csv`` and return how many; another ending is refused.

    ``moment`` looks at the ledger as of a day, or as known on one; the workbook's stamp says so. ``progress`` gets
    (done, in all); what it raises gives the export up, with nothing written.
    """
    with reading(store, moment) as source:
        listing = Listing(source, ledger, source.keys(ledger, query), reveal, moment, progress)
        return write_listing(store, listing, out)


def write_listing(store: Store, listing: Listing, out: Path) -> int:
    """Write a listing, as ``export`` does."""
    writers = {".xlsx": _write_workbook, ".csv": _write_csv}
    if out.suffix.lower() not in writers:
        raise Refusal(f"“{out.name}”的格式不认识，请把文件名写成以 .xlsx 或 .csv 结尾")
    with noted_export(store, listing.ledger, len(listing.keys), revealed=listing.reveal):
        writers[out.suffix.lower()](listing, out)
    return len(listing.keys)


def _write_workbook(listing: Listing, out: Path) -> None:
    from xlsxwriter import Workbook

    from ipdesk import workbook

    def fill(book: Workbook) -> None:
        styles, fields, ledger = workbook.Styles(book), listing.fields(), listing.ledger
        sheet = book.add_worksheet(ledger.label[:31])
        workbook.set_page(sheet, fields)
        workbook.write_heads(sheet, listing.title, fields, styles)
        last = workbook.HEAD_ROW
        for last, row in enumerate(listing.rows(len(listing.keys)), workbook.FIRST_ROW):
            workbook.write_row(sheet, last, listing.cells(row, fields), styles)
        sheet.autofilter(workbook.HEAD_ROW, 0, last, len(fields) - 1)
        workbook.add_stamp(book, ledger, "export", listing.stamp())

    workbook.save(out, fill)


def _write_csv(listing: Listing, out: Path) -> None:
    def fill(stream: BinaryIO) -> None:
        fields = listing.fields()
        text = TextIOWrapper(stream, encoding="utf-8-sig", newline="")
        writer = csv.writer(text)
        writer.writerow(f.label for f in fields)
        rows = listing.rows(len(listing.keys))
        writer.writerows([_safe(cell) for cell in listing.cells(row, fields)] for row in rows)
        text.detach()

    write_file(out, fill)


def _safe(cell: Cell) -> Cell:
    """Return a cell that a spreadsheet opening the file takes as it stands."""
    return f"\t{cell}" if isinstance(cell, str) and _TAKEN_WRONG.search(cell) else cell
