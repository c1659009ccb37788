"""Write workbooks: text is really text, the page is set up, a hidden sheet says what the workbook is.

Importing this loads xlsxwriter, so import it where a workbook is really written.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ipdesk import __version__, ownsheets
from ipdesk.clock import now
from ipdesk.files import write_bytes
from ipdesk.kinds.declare import Field, Ledger
from ipdesk.problems import Refusal
from ipdesk.reports.table import MARK

TITLE_ROW, HEAD_ROW, FIRST_ROW = 0, 1, 2
A3, A4 = 8, 9
WIDE = 1000  # pixels of columns above which A4 would print too small to read
_FONT = {"font_name": "宋体", "font_size": 10.5}
_STYLES: Mapping[str, Mapping[str, object]] = {
    "title": {"bold": True, "font_size": 14},
    "head": {"bold": True, "border": 1, "bg_color": "#E8EEF7", "text_wrap": True, "align": "center"},
    "needed": {"bold": True, "border": 1, "bg_color": "#FCE9D9", "text_wrap": True, "align": "center"},
    "text": {"num_format": "@", "border": 1},
    "lines": {"num_format": "@", "border": 1, "text_wrap": True},
    "figure": {"border": 1},
    "text column": {"num_format": "@"},
    "figure column": {},
    "note": {"text_wrap": True, "border": 1, "valign": "top"},
}


class Styles:
    """The cell formats of one workbook, made when first asked for."""

    def __init__(self, book: Workbook) -> None:
        """Keep the workbook that the formats belong to."""
        self._book = book
        self._made: dict[str, Format] = {}

    def __getitem__(self, name: str) -> Format:
        """Return a format by its name in ``_STYLES``."""
        if name not in self._made:
            self._made[name] = self._book.add_format({**_FONT, "valign": "vcenter", **_STYLES[name]})
        return self._made[name]


def save(out: Path, fill: Callable[[Workbook], None]) -> None:
    """Write a workbook, whole or not at all; ``fill`` writes each sheet from top to bottom.

    Rows wait in temporary files, not in memory (100,000 rows would take 900 MB); these go whatever happens.
    """
    data = BytesIO()
    with TemporaryDirectory(ignore_cleanup_errors=True) as place:
        options = {"constant_memory": True, "tmpdir": place, "default_format_properties": _FONT}
        try:
            with closing(Workbook(data, options)) as book:
                fill(book)
        except FileCreateError as error:
            raise OSError(*error.args[0].args) from error
    write_bytes(out, data.getvalue())


def write_row(sheet: Worksheet, row: int, cells: Iterable[object], styles: Styles) -> None:
    """Write one row of text and figures (row from 0); a text too long for a cell is refused."""
    for column, cell in enumerate(cells):
        if isinstance(cell, str):
            if sheet.write_string(row, column, cell, styles["lines" if "\n" in cell else "text"]):
                raise Refusal(f"第{row + 1}行有一格超过3.2万字，表格装不下，请改为导出 .csv")
        elif cell is None:
            sheet.write_blank(row, column, None, styles["text"])
        else:
            sheet.write_number(row, column, float(str(cell)), styles["figure"])


def write_heads(sheet: Worksheet, title: str, fields: Sequence[Field], styles: Styles) -> None:
    """Write the title with the 非涉密 mark and the row of heads; those that must be filled in stand out."""
    sheet.set_row(TITLE_ROW, 28)
    sheet.write_string(TITLE_ROW, 0, f"{title}（{MARK}）", styles["title"])
    sheet.set_row(HEAD_ROW, 32)
    for column, field in enumerate(fields):
        needed = field.required or field.identifies
        sheet.write_string(HEAD_ROW, column, field.label, styles["needed" if needed else "head"])
        sheet.set_column_pixels(column, column, max(field.width, 72), styles[_column_style(field)])
    sheet.freeze_panes(FIRST_ROW, 0)


def _column_style(field: Field) -> str:
    """Return the style of a column's empty cells: what is typed there stays text where no figure is asked."""
    return "figure column" if field.type.align == "right" else "text column"


def set_page(sheet: Worksheet, fields: Sequence[Field]) -> None:
    """Set up printing: landscape, the columns on one page, heads on every page, mark and page x of y."""
    sheet.set_landscape()
    sheet.set_paper(A3 if sum(f.width for f in fields) > WIDE else A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(TITLE_ROW, HEAD_ROW)
    sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
    sheet.set_header(f"&R&10{MARK}")
    sheet.set_footer("&C&10第 &P 页 共 &N 页")


def add_stamp(book: Workbook, ledger: Ledger, purpose: str, told: Mapping[str, str]) -> None:
    """Add the hidden sheet that says which program, ledger and version of its fields this comes from."""
    entries = {
        "purpose": purpose,
        "ledger": ledger.name,
        "version": ledger_version(ledger),
        "program": __version__,
        "made_at": now(),
        **told,
    }
    sheet = book.add_worksheet(ownsheets.STAMP)
    for row, pair in enumerate(entries.items()):
        for column, words in enumerate(pair):
            sheet.write_string(row, column, words)
    sheet.very_hidden()


def ledger_version(ledger: Ledger) -> str:
    """Return a short mark of a ledger's fields, which changes with them."""
    told = "\n".join(f"{f.name}|{f.label}|{f.type!r}" for f in ledger.fields)
    return hashlib.sha256(told.encode()).hexdigest()[:12]
