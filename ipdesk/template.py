"""Write the blank form of a ledger: Chinese heads, drop-down lists, a note for every column, a version."""

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from ipdesk import ownsheets, workbook
from ipdesk.codes import code_table
from ipdesk.fields import PLAIN, Bool, Coded, Context, Date, FieldType, Integer, Number, Phone, Uscc
from ipdesk.kinds.declare import Field, Ledger
from ipdesk.problems import Refusal
from ipdesk.workbook import FIRST_ROW, Styles

ROWS = 2000
LONGEST_PROMPT, LONGEST_TITLE = 255, 32  # what a spreadsheet shows beside a cell
_INTRO = (
    "一行填一条；橙色表头的栏目必填，其余有就填，不知道的留空。",
    "日期写成 2023-05-06，只知道年月写 2023-05。有下拉列表的栏目请从列表里选。",
    "不得填写国家秘密；填完保存为 .xlsx，在“导入”里选择这个文件。",
)


def write_template(ledger: Ledger, out: Path, unit_code: str | None = None) -> None:
    """Write the form to ``out``; lists that depend on the unit offer what is within ``unit_code`` only."""
    if out.suffix.lower() != ".xlsx":
        raise Refusal(f"空表是 Excel 文件，请把文件名写成以 .xlsx 结尾，如 {out.stem}.xlsx")
    if unit_code and unit_code not in code_table("regions"):
        raise Refusal(f"没有“{unit_code}”这个单位，请用六位单位代码，如 320981")
    context = Context(unit_code) if unit_code else PLAIN

    def fill(book: Workbook) -> None:
        styles = Styles(book)
        sheet = book.add_worksheet(ledger.label[:31])
        workbook.write_heads(sheet, f"{ledger.label}填报表", ledger.fields, styles)
        workbook.set_page(sheet, ledger.fields)
        _write_notes(book.add_worksheet(ownsheets.NOTES), ledger.fields, styles)
        lists = {f.name: [name for _, name in f.type.options(context)] for f in ledger.fields}
        sources = _write_lists(book.add_worksheet(ownsheets.CODES), lists)
        for column, field in enumerate(ledger.fields):
            sheet.data_validation(
                FIRST_ROW, column, ROWS + 1, column, _validation(field, sources.get(field.name))
            )
        workbook.add_stamp(book, ledger, "template", {"unit": unit_code or ""})

    workbook.save(out, fill)


def _write_notes(sheet: Worksheet, fields: Sequence[Field], styles: Styles) -> None:
    """Write what to fill in where, one line a column."""
    for row, words in enumerate(_INTRO):
        sheet.write_string(row, 0, words)
    heads = ("栏目", "是否必填", "怎么填")
    sheet.set_column(0, 0, 24)
    sheet.set_column(2, 2, 70)
    told = [heads, *((f.label, "必填" if f.required else "", note(f)) for f in fields)]
    for row, cells in enumerate(told, len(_INTRO) + 1):
        for column, words in enumerate(cells):
            sheet.write_string(row, column, words, styles["head" if cells is heads else "note"])


def _write_lists(sheet: Worksheet, lists: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Write the lists side by side on a hidden sheet; return by field where its list stands."""
    from xlsxwriter.utility import xl_col_to_name

    sheet.hide()
    offered = {name: words for name, words in lists.items() if words}
    for row, cells in enumerate(zip_longest(*offered.values())):
        for column, words in enumerate(cells):
            if words:
                sheet.write_string(row, column, words)
    columns = {name: xl_col_to_name(i, col_abs=True) for i, name in enumerate(offered)}
    return {name: f"='{ownsheets.CODES}'!{c}$1:{c}${len(offered[name])}" for name, c in columns.items()}


def _validation(field: Field, source: str | None) -> dict[str, object]:
    """Return a column's drop-down list and the note shown beside the cell."""
    prompt = {"input_title": field.label[:LONGEST_TITLE], "input_message": note(field)[:LONGEST_PROMPT]}
    if not source:
        return {"validate": "any", **prompt}
    free = isinstance(field.type, Coded) and field.type.open
    wrong = {"error_title": "请从列表里选", "error_message": f"“{field.label}”请从下拉列表里选一项"}
    return {
        "validate": "list",
        "source": source,
        "error_type": "information" if free else "stop",
        **prompt,
        **wrong,
    }


def note(field: Field) -> str:
    """Return how a field is filled in: what it asks for, then its own help."""
    return "。".join(words for words in (asked(field.type), field.help) if words)


def asked(kind: FieldType) -> str:
    """Return what a field type asks for, in a few words."""
    match kind:
        case Date():
            return "日期，如 2023-05-06；只知道年月写 2023-05"
        case Number(measure=measure):
            return f"数字，单位：{measure}" if measure else "数字"
        case Integer(year=True):
            return "四位年份，如 2024"
        case Integer():
            return "整数"
        case Coded(open=True):
            return "从下拉列表里选，列表里没有的照原文填写"
        case Coded() | Bool():
            return "从下拉列表里选"
        case Uscc():
            return "18位代码"
        case Phone():
            return "手机号，或带区号的座机号"
    return "文字"
