"""Read a foreign workbook into plain cells; the reading itself is done in a child process."""

import io
import math
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from ipdesk import files
from ipdesk.intake import csvtext, odsxml, sniff, xlsbiff, xlsxml
from ipdesk.intake.cells import Book, Cell, CellError, Format, Merge, Sheet
from ipdesk.intake.formats import Change, Place
from ipdesk.intake.sandbox import Beat, guarded
from ipdesk.intake.sniff import LIMITS, Limits
from ipdesk.problems import Refusal

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_NOTHING = odsxml.Told((), {})
# What a part of a damaged file makes zip, XML and our readers of bytes stumble over.
_BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
_NONSENSE = (*_BROKEN_ZIP, ElementTree.ParseError, struct.error, LookupError, ValueError)
_TOO_MANY = "“{}”的行、列或单元格太多（最多{}行、{}列），请只保留需要的部分另存后再导入"


def read_book(path: Path, limits: Limits = LIMITS, beat: Beat = lambda: None) -> Book:
    """Return a workbook's sheets; a file that cannot be read is refused with one sentence naming it.

    ``beat`` is called while waiting; what it raises ends the reading and comes through.
    """
    try:
        data = files.read_bytes(_not_too_large(path, limits))
        format_, sheets = guarded(parse, data, limits, limits=limits, beat=beat)
    except Refusal as refusal:
        named = any(f"“{name}”" in refusal.message for name in (path.name, path))
        raise Refusal(refusal.message if named else f"“{path.name}”不能导入：{refusal.message}") from None
    named_sheets = tuple(replace(s, name=path.stem) for s in sheets) if format_ is Format.CSV else sheets
    return Book(format_, data, named_sheets)


def _not_too_large(path: Path, limits: Limits) -> Path:
    if files.size_of(path) > limits.file_bytes:
        raise Refusal(f"文件超过{limits.file_bytes >> 20}兆，请只保留需要的工作表另存后再导入")
    return path


def parse(data: bytes, limits: Limits = LIMITS) -> tuple[Format, tuple[Sheet, ...]]:
    """Return format and sheets of a workbook's bytes; run by the child process."""
    format_ = sniff.file_format(data, limits)
    sheets = _csv(data, limits) if format_ is Format.CSV else tuple(_workbook(data, format_, limits))
    if not any(sheet.rows for sheet in sheets):
        raise Refusal("表格里没有内容，请检查是否选错了文件")
    return format_, sheets


def _csv(data: bytes, limits: Limits) -> tuple[Sheet, ...]:
    rows = csvtext.read_rows(data)
    _check("文件", len(rows), max(map(len, rows), default=0), sum(map(len, rows)), limits)
    return (Sheet("", _trimmed(rows)),)


def _workbook(data: bytes, format_: Format, limits: Limits) -> Iterator[Sheet]:
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    besides = _besides(data, format_)
    with _foreign():
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    with closing(book):
        cells = 0
        for told in book.sheets_metadata:
            with _foreign():
                sheet = book.get_sheet_by_name(told.name)
            cells += sheet.height * sheet.width
            _check(f"工作表“{told.name}”", sheet.total_height, sheet.total_width, cells, limits)
            hidden = told.visible is not SheetVisibleEnum.Visible
            more = besides.get(told.name, _NOTHING)
            with _foreign():
                raw, merges = _raw(sheet), _merges(sheet)
            yield Sheet(told.name, _rows(raw, more.changes), merges or more.merges, hidden)


@contextmanager
def _foreign() -> Iterator[None]:
    """Take whatever breaks within another's reader for a fault of the file: it fails in ways that nobody lists."""
    try:
        yield
    except (MemoryError, KeyboardInterrupt):
        raise
    except BaseException as error:  # a panic of compiled code is no Exception
        raise sniff.locked() if "assword" in str(error) else sniff.damaged() from error


def _besides(data: bytes, format_: Format) -> Mapping[str, odsxml.Told]:
    """Return by sheet name what the fast reader leaves out; a part that cannot be made sense of tells nothing."""
    try:
        if format_ is Format.ODS:
            return odsxml.told(data)
        read = xlsxml.amendments if format_ is Format.XLSX else xlsbiff.amendments
        return {name: odsxml.Told((), changes) for name, changes in read(data).items()}
    except _NONSENSE:
        return {}


def _check(what: str, rows: int, columns: int, cells: int, limits: Limits) -> None:
    if rows > limits.rows or columns > limits.columns or cells > limits.cells:
        raise Refusal(_TOO_MANY.format(what, limits.rows, limits.columns))


def _merges(sheet: "CalamineSheet") -> tuple[Merge, ...]:
    return tuple(Merge(*start, *end) for start, end in sheet.merged_cell_ranges or ())


def _raw(sheet: "CalamineSheet") -> Sequence[Sequence[object]]:
    return [] if sheet.start is None else sheet.to_python(skip_empty_area=False)


def _rows(raw: Sequence[Sequence[object]], changes: Mapping[Place, Change]) -> tuple[tuple[Cell, ...], ...]:
    rows: list[tuple[Cell, ...]] = [tuple(map(_plain, row)) for row in raw]
    return _trimmed(_with(rows, changes) if changes else rows)


def _with(rows: list[tuple[Cell, ...]], changes: Mapping[Place, Change]) -> list[tuple[Cell, ...]]:
    """Return the rows with some cells changed; a failed formula may lie beyond what the reader saw."""
    wide = [list(row) for row in rows]
    for (row, column), change in changes.items():
        before = wide[row][column] if row < len(wide) and column < len(wide[row]) else None
        after = change(before)
        if after is not before:
            wide.extend([] for _ in range(row + 1 - len(wide)))
            wide[row].extend([None] * (column + 1 - len(wide[row])))
            wide[row][column] = after
    return [tuple(row) for row in wide]


def _plain(cell: object) -> Cell:
    """Return a cell as a plain value; midnight leaves the day, an empty text nothing."""
    match cell:
        case "" | None:
            return None
        case datetime():
            return cell.date()
        case time() | timedelta():
            return str(cell)
        case float() if not math.isfinite(cell):
            return CellError(str(cell))
        case str() | bool() | int() | float() | date():
            return cell
    return str(cell)


def _trimmed(rows: list[tuple[Cell, ...]]) -> tuple[tuple[Cell, ...], ...]:
    """Return the rows without empty cells at their ends and without empty rows at the end."""
    kept = [_without_tail(row) for row in rows]
    while kept and not kept[-1]:
        kept.pop()
    return tuple(kept)


def _without_tail(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    end = len(row)
    while end and (row[end - 1] is None or (isinstance(row[end - 1], str) and not str(row[end - 1]).strip())):
        end -= 1
    return row[:end]
