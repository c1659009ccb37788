"""The workbook: text is text, figures are figures, it prints like the paper."""

import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from ipdesk.problems import Refusal
from ipdesk.reports.sheet import A3, A4, ems, paper_for, sheet_name, write_sheet
from ipdesk.reports.table import Column, TableReport, written

Rows = list[dict[str, Any]]
Make = Callable[..., TableReport]


def opened(report: TableReport) -> Worksheet:
    """Return the sheet of a report, written and read back by another library."""
    stream = io.BytesIO()
    write_sheet(report, stream)
    sheet = openpyxl.load_workbook(stream).active
    assert isinstance(sheet, Worksheet)
    return sheet


def values(sheet: Worksheet) -> list[tuple[Any, ...]]:
    """Return the rows from the head down."""
    return list(sheet.iter_rows(min_row=3, values_only=True))


@pytest.fixture(scope="module")
def sheet(ledger: Make, samples: Rows) -> Worksheet:
    """Return the sheet of all samples."""
    return opened(ledger(samples, title="盐城市贯标企业台账"))


def test_it_begins_like_the_paper(sheet: Worksheet) -> None:
    assert (sheet.title, sheet["A1"].value) == ("盐城市贯标企业台账", "盐城市贯标企业台账")
    assert sheet["A2"].value == "填报单位（盖章）：盐城市知识产权局"
    assert "单位：家、万元    报告期：2025年上半年" in [cell.value for cell in sheet[2]]
    assert values(sheet)[0][:4] == ("序号", "县（市、区）", "企业名称", "统一社会信用代码")


def test_rows_and_sums_are_all_there(sheet: Worksheet, samples: Rows) -> None:
    rows = values(sheet)[1:]
    assert [row[3] for row in rows if isinstance(row[0], int)] == [
        r["uscc"] for r in sorted(samples, key=lambda r: "东建射大亭".index(r["enterprise_name"][0]))
    ]
    sums = [row[:3] for row in rows if row[0] in ("小计", "合计")]
    assert sums[0] == ("小计", "东台市", "68家")
    assert (len(sums), sums[-1]) == (6, ("合计", None, "290家"))
    assert [row[14] for row in rows if row[0] == "合计"] == [397.5]


def test_text_is_text_and_figures_are_figures(sheet: Worksheet) -> None:
    uscc, amount = sheet["D4"], sheet["O4"]
    assert (uscc.data_type, uscc.number_format) == ("s", "@")
    assert (amount.data_type, amount.number_format, amount.alignment.horizontal) == (
        "n",
        "0.0;-0.0;0",
        "right",
    )
    assert sheet["C4"].alignment.horizontal == "left"
    phone = sheet["Q4"]
    assert (phone.data_type, phone.value) == ("s", "151****1390")


def test_it_prints_with_head_mark_and_page_numbers(sheet: Worksheet) -> None:
    assert sheet.freeze_panes == "D4"
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == A4[0]
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.oddFooter
    assert sheet.oddFooter.center.text == "第&P页 共&N页"
    assert sheet.oddHeader
    assert "非涉密·内部资料" in str(sheet.oddHeader.left.text)


def test_notes_and_signatures_end_it(sheet: Worksheet) -> None:
    ends = [row[0] for row in values(sheet)[-4:]]
    assert ends[0].startswith("注：小计、合计的家数")
    assert ends[2] == "　　2025年7月2日09:05制表。"
    assert ends[3].startswith("单位负责人：")


# What has no shape (controls, marks, no-characters such as U+FFFE) is dropped on purpose, so it is not drawn here.
TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zs", "Zl", "Zp"]), min_size=1, max_size=20
).filter(lambda text: written(text) == text)


@settings(max_examples=20)
@given(st.lists(st.tuples(TEXTS, st.decimals(-(10**6), 10**6, places=2)), min_size=1, max_size=5))
def test_any_text_stays_the_text_it_is(table: Make, rows: list[tuple[str, Decimal]]) -> None:
    sheet = opened(table([Column("x", "名称"), Column("a", "金额", "right")], rows))
    for number, (text, figure) in enumerate(rows, 4):
        assert (sheet.cell(number, 1).data_type, sheet.cell(number, 1).value) == ("s", text)
        assert sheet.cell(number, 2).value == pytest.approx(float(figure))


@pytest.mark.parametrize("text", ["=1+1", "+86", "@x", "http://x.cn", "00123", "913209810000000000", "{=1}"])
def test_what_looks_like_something_else_stays_text(table: Make, text: str) -> None:
    cell = opened(table([Column("x", "名称")], [(text,)]))["A4"]
    assert (cell.data_type, cell.value, cell.hyperlink) == ("s", text, None)


def test_empty_and_zero_are_told_apart(table: Make) -> None:
    columns = [Column("x", "名称"), Column("a", "金额", "right")]
    sheet = opened(table(columns, [(None, Decimal("0.00")), ("甲", None)]))
    assert (sheet["A4"].value, sheet["A4"].alignment.horizontal) == ("—", "center")
    assert (sheet["B4"].value, sheet["B4"].number_format) == (0, "0;-0;0")
    assert (sheet["B5"].value, sheet["B5"].alignment.horizontal) == ("—", "right")


def test_nothing_to_tell_is_said(ledger: Make) -> None:
    rows = values(opened(ledger([])))
    assert (rows[1][0], rows[2][:2]) == ("本期没有登记", ("合计", "0家"))


def test_a_table_of_one_column_is_a_table(table: Make) -> None:
    sheet = opened(table([Column("n", "数", fixed=True)], [(1,)], signatures={}))
    assert [row[0] for row in values(sheet)] == ["数", 1, "注：2025年7月2日09:05制表。"]


def test_a_text_no_cell_can_hold_is_refused(table: Make) -> None:
    with pytest.raises(Refusal, match="“长长.*共40000字"):
        opened(table([Column("x", "名称")], [("长" * 40000,)]))


def test_wide_sheets_take_larger_paper_then_several_pages(table: Make) -> None:
    assert paper_for(700) == (A4[0], 1)
    assert paper_for(A4[1] / 0.7 + 1) == (A3[0], 1)
    assert paper_for(A3[1] / 0.7 * 2 - 1) == (A3[0], 2)
    columns = [Column("n", "序号", key=True), Column("x", "名称", key=True)]
    columns += [Column(f"c{n}", "一个很长的列名一个很长的列名", fixed=True) for n in range(40)]
    sheet = opened(table(columns))
    assert (sheet.page_setup.fitToWidth, sheet.print_title_cols) == (2, "$A:$B")


def test_a_wide_sheet_without_key_columns_repeats_none(table: Make) -> None:
    columns = [Column(f"c{n}", "一个很长的列名一个很长的列名") for n in range(60)]
    sheet = opened(table(columns))
    assert sheet.print_title_cols is None
    assert sheet.freeze_panes == "A4"


def test_rows_are_as_high_as_their_texts(table: Make) -> None:
    sheet = opened(
        table(
            [Column("x", "名称"), Column("y", "数")], [("很长的名称" * 20, 1), ("短", 2)] + [("短", 3)] * 60
        )
    )
    assert sheet.row_dimensions[4].height > 60
    assert sheet.row_dimensions[5].height == pytest.approx(20, abs=0.5)


def test_widths_are_counted_by_east_asian_width() -> None:
    assert ems("东台A1") == pytest.approx(3.1)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("贯标企业台账", "贯标企业台账"),
        ("'2025/6：台账[1]'", "2025 6：台账 1"),
        ("长" * 40, "长" * 31),
        ("//", "Sheet1"),
    ],
)
def test_a_sheet_is_named_as_excel_allows(title: str, name: str) -> None:
    assert sheet_name(title) == name
