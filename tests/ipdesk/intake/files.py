"""Write made sheets as files of every kind that offices send."""

import csv
from datetime import date
from pathlib import Path

from tests.ipdesk.intake.sheets import Made
from tests.ipdesk.intake.truth import Cell


def write(made: Made, path: Path, encoding: str = "gb18030", separator: str = ",") -> Path:
    """Write a sheet as its ending says; return the path."""
    match path.suffix:
        case ".xlsx":
            _xlsx(made, path)
        case ".xls":
            _xls(made, path)
        case _:
            with path.open("w", encoding=encoding, newline="") as stream:
                csv.writer(stream, delimiter=separator).writerows(_texts(row) for row in made.cells)
    return path


def _texts(row: list[Cell]) -> list[str]:
    return ["" if cell is None else str(cell) for cell in row]


def _xlsx(made: Made, path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "台账"
    for number, row in enumerate(made.cells, 1):
        for place, cell in enumerate(row, 1):
            if cell is not None:
                sheet.cell(number, place).value = cell
                if isinstance(cell, date):
                    sheet.cell(number, place).number_format = "yyyy/m/d"
    for top, left, bottom, right in made.merges:
        sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
    book.save(path)


def _xls(made: Made, path: Path) -> None:
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Sheet1", cell_overwrite_ok=True)
    dated = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for top, left, bottom, right in made.merges:
        sheet.merge(top - 1, bottom - 1, left - 1, right - 1)
    for number, row in enumerate(made.cells):
        for place, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write(number, place, cell, dated)
            elif cell is not None:
                sheet.write(number, place, cell)
    book.save(str(path))
