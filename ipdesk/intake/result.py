"""Write the result workbook: the clerk's own sheets with what was refused marked and explained.

It is there to be mended and brought in again.

Two columns at the right tell of each row what became of it and why; a sheet at the end sums up. Both are known when
the workbook comes in again. Text stays text whatever it begins with, and formulas are replaced by what they showed.
"""

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ipdesk.files import write_bytes
from ipdesk.intake.amending import changed
from ipdesk.intake.cells import Cell, Format, Sheet
from ipdesk.intake.sandbox import guarded
from ipdesk.intake.shapes import IntakePlan, PlannedRow
from ipdesk.intake.sniff import LIMITS
from ipdesk.intake.vocabulary import RESULT, RESULT_HEADS
from ipdesk.matching import Outcome
from ipdesk.ownsheets import SUMMARY
from ipdesk.problems import Grade, Problem, Refusal

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell as SheetCell
    from openpyxl.worksheet.worksheet import Worksheet

OUTCOMES: Mapping[Outcome, str] = {"added": "新增", "updated": "更新", "unchanged": "未变"}
REFUSED = "未导入"
WRONG, HEAD = "FFFFC7CE", "FFE8EEF7"  # fills: a wrong cell, our own heads
_WIDTHS = (12, 60)
_PATIENT = LIMITS._replace(seconds=300, memory=2 * LIMITS.memory)  # writing takes longer than reading
Line = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Marks:
    """What is written onto one sheet; rows and columns as Excel numbers them.

    ``columns`` are our own two, ``again`` whether they were there before, ``told`` what they say by row, ``wrong``
    the cells that turn red, ``changed`` those a person mended in the preview.
    """

    sheet: str
    heads: tuple[int, ...]
    columns: tuple[int, int]
    again: bool
    told: Mapping[int, tuple[str, str]]
    wrong: tuple[tuple[int, int], ...]
    changed: tuple[tuple[int, int, Cell], ...] = ()


def write_result(planned: IntakePlan, out: Path) -> None:
    """Write the result workbook of an intake, planned or done, to ``out``, never over the clerk's own sheet."""
    if out.suffix.lower() != ".xlsx":
        raise Refusal(f"结果表是 Excel 文件，请把文件名写成以 .xlsx 结尾，如 {out.stem}.xlsx")
    if out.resolve() == planned.path.resolve():
        raise Refusal("结果表不能覆盖原来的表，请换一个文件名")
    book, marks = planned.book, tuple(_marks(planned))
    keep = book.data if book.format is Format.XLSX else b""
    write_bytes(out, guarded(render, keep, book.sheets, marks, tuple(_summary(planned)), limits=_PATIENT))


# ---- what to write
def _marks(planned: IntakePlan) -> Iterator[Marks]:
    for sheet in planned.book.sheets:
        tables = [t for t in planned.sheets if t.name == sheet.name]
        if tables:
            own = sorted({c.index + 1 for t in tables for c in t.columns if c.taken == RESULT})
            columns = (own[0], own[1]) if len(own) > 1 else (sheet.width + 1, sheet.width + 2)
            heads = tuple(t.header_rows[-1] for t in tables)
            yield Marks(
                sheet.name,
                heads,
                columns,
                len(own) > 1,
                _told(planned, sheet.name),
                tuple(_wrong(planned, sheet.name)),
                tuple(changed(sheet)),
            )


def _told(planned: IntakePlan, sheet: str) -> dict[int, tuple[str, str]]:
    """Return by row what became of it and why; two tables side by side share their rows."""
    told = {row.row: (OUTCOMES[row.outcome], _doubts(row)) for row in planned.rows if row.sheet == sheet}
    for problem in planned.refused:
        if problem.sheet == sheet:
            before = told.get(problem.row, ("", ""))
            reasons = [words for words in (before[1], problem.message) if words]
            told[problem.row] = (REFUSED, "；".join(dict.fromkeys(reasons)))
    return told


def _doubts(row: PlannedRow) -> str:
    doubts = [p.message for p in row.problems if p.grade is Grade.WARNING]
    return "请核对：" + "；".join(doubts) if doubts else ""


def _wrong(planned: IntakePlan, sheet: str) -> Iterator[tuple[int, int]]:
    return ((row, column + 1) for name, row, column in planned.wrong if name == sheet)


def _summary(planned: IntakePlan) -> Iterator[Line]:
    counts = ((words, planned.counts[outcome]) for outcome, words in OUTCOMES.items())
    refused = len({(p.sheet, p.row) for p in planned.refused})
    yield (f"{planned.ledger.label}导入情况",)
    yield ("文件", planned.path.name)
    yield from counts
    yield (REFUSED, refused)
    yield from (("没有导入的列", head) for head in planned.unmapped)
    yield from (("说明", note) for note in planned.notes)
    if planned.refused:
        yield ()
        yield ("工作表", "行", "栏目", "规则", "原因与处理办法")
        yield from (_line(planned, p) for p in planned.refused)


def _line(planned: IntakePlan, problem: Problem) -> Line:
    label = planned.ledger.field(problem.field).label
    return problem.sheet, problem.row, label, problem.code, problem.message


# ---- writing, in the child process
def render(keep: bytes, sheets: Sequence[Sheet], marks: Iterable[Marks], summary: Iterable[Line]) -> bytes:
    """Return the bytes of the result workbook: the clerk's own where openpyxl can read it, else built anew."""
    marks, summary = tuple(marks), tuple(summary)
    kept = _kept(keep)
    return (kept and _bytes_of_kept(_marked(kept, marks, summary))) or _bytes(
        _marked(_built(sheets), marks, summary)
    )


def _marked(book: "Workbook", marks: Iterable[Marks], summary: Iterable[Line]) -> "Workbook":
    for mark in marks:
        if _sheet_name(mark.sheet) in book.sheetnames:
            _mark(book[_sheet_name(mark.sheet)], mark)
    if SUMMARY in book.sheetnames:
        del book[SUMMARY]
    _sum_up(book.create_sheet(SUMMARY), summary)
    return book


def _bytes(book: "Workbook") -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _bytes_of_kept(book: "Workbook") -> bytes:
    """Return the bytes of a clerk's workbook, none when something in it cannot be written again."""
    try:
        return _bytes(book)
    except Exception:
        # What openpyxl took in of another program's workbook it does not always give out; the cells are there.
        return b""


def _kept(data: bytes) -> "Workbook | None":
    """Return the clerk's workbook with its look; formulas give way to what they showed."""
    import warnings

    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings(
            action="ignore"
        ):  # what openpyxl does not keep is no affair of the clerk's
            return load_workbook(io.BytesIO(data), data_only=True) if data else None
    except Exception:
        # Sheets of other programs break it in many ways; the cells are there all the same.
        return None


def _built(sheets: Sequence[Sheet]) -> "Workbook":
    from openpyxl import Workbook

    book = Workbook()
    del book[book.sheetnames[0]]
    for sheet in sheets:
        made = book.create_sheet(_sheet_name(sheet.name))
        made.sheet_state = "hidden" if sheet.hidden else "visible"
        for row, cells in enumerate(sheet.rows, 1):
            _write(made, row, enumerate(cells, 1))
        for top, left, bottom, right in sheet.merges:
            made.merge_cells(
                start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1
            )
    return book


def _sheet_name(name: str) -> str:
    """Return a name as Excel takes it: a CSV's sheet goes by its file's name."""
    return re.sub(r"[\[\]:*?/\\]", " ", name).strip("' ")[:31] or "Sheet1"


def _write(sheet: "Worksheet", row: int, cells: Iterable[tuple[int, Cell]]) -> None:
    from openpyxl.cell.cell import MergedCell

    for column, cell in cells:
        place = sheet.cell(row, column)
        if cell is not None and not isinstance(place, MergedCell):
            _put(place, cell)


def _put(place: "SheetCell", value: Cell) -> None:
    """Write a value; text is really text, so that nothing in it is ever calculated."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if isinstance(value, str):
        place.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        place.data_type = "s"
        place.number_format = "@"
        return
    place.value = value
    if isinstance(value, date):
        place.number_format = "yyyy-mm-dd"


def _mark(sheet: "Worksheet", mark: Marks) -> None:
    from openpyxl.styles import Alignment, PatternFill
    from openpyxl.utils import get_column_letter

    if mark.again:
        _unmark(sheet, mark.columns)
    for row, column, cell in mark.changed:
        _amend(sheet, row, column, cell)
    for row in mark.heads:
        _write(sheet, row, zip(mark.columns, RESULT_HEADS, strict=True))
        for column in mark.columns:
            sheet.cell(row, column).fill = PatternFill("solid", fgColor=HEAD)
    for row, words in mark.told.items():
        _write(sheet, row, zip(mark.columns, words, strict=True))
        sheet.cell(row, mark.columns[1]).alignment = Alignment(wrap_text=True, vertical="center")
    for row, column in mark.wrong:
        sheet.cell(row, column).fill = PatternFill("solid", fgColor=WRONG)
    for column, width in zip(mark.columns, _WIDTHS, strict=True):
        sheet.column_dimensions[get_column_letter(column)].width = width


def _amend(sheet: "Worksheet", row: int, column: int, cell: Cell) -> None:
    """Write a mended cell, an emptied one too; one within a merged range cannot show anything of its own."""
    from openpyxl.cell.cell import MergedCell

    place = sheet.cell(row, column)
    if not isinstance(place, MergedCell):
        place.value = None
        _write(sheet, row, [(column, cell)])


def _unmark(sheet: "Worksheet", columns: Sequence[int]) -> None:
    """Take away what an earlier result had written."""
    from openpyxl.cell.cell import MergedCell
    from openpyxl.styles import PatternFill

    for cells in sheet.iter_rows():
        for cell in cells:
            if cell.fill.fill_type == "solid" and cell.fill.fgColor.rgb == WRONG:
                cell.fill = PatternFill()
            if cell.column in columns and not isinstance(cell, MergedCell):
                cell.value = None


def _sum_up(sheet: "Worksheet", lines: Iterable[Line]) -> None:
    from openpyxl.styles import Font

    for row, cells in enumerate(lines, 1):
        _write(sheet, row, enumerate(cells, 1))
    sheet["A1"].font = Font(bold=True, size=14)
    for letter, width in zip("ABCDE", (14, 30, 18, 12, 80), strict=True):
        sheet.column_dimensions[letter].width = width
