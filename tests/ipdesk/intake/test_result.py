"""The result workbook: the clerk's own sheet with what was refused marked and explained."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from db.store import SqlStore
from ipdesk import intake
from ipdesk.intake.cells import CellError, Merge, Sheet
from ipdesk.intake.result import WRONG, render
from ipdesk.kinds import catalogue
from ipdesk.ownsheets import SUMMARY
from ipdesk.problems import Refusal
from tests.ipdesk.intake.reading import CODES

LEDGER = catalogue().ledger("guanbiao")
HEADS = ["企业名称", "信用代码", "启动时间", "备注"]


@pytest.fixture
def county(make_store: Callable[..., SqlStore]) -> SqlStore:
    """Return an empty store of 东台市."""
    return make_store(unit="320981")


def clerks(path: Path) -> Path:
    """Write a clerk's sheet with a look of its own, a formula, a wrong date and a wrong code."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "台账"
    sheet.append(["东台市贯标台账"])
    sheet.merge_cells("A1:D1")
    sheet.append(HEADS)
    sheet.append(["甲公司", CODES[0], "2023.5.6", "=cmd|' /C calc'!A0"])
    sheet["D3"].data_type = "s"
    sheet.append(["乙公司", CODES[1], "去年底", None])
    sheet.append(["丙公司", "1", "前年", None])
    sheet["B2"].fill = PatternFill("solid", fgColor="FF00FF00")
    book.save(path)
    return path


def sheet_of(path: Path, name: str = "台账") -> Worksheet:
    """Return a sheet of a workbook."""
    sheet = load_workbook(path)[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def texts(sheet: Worksheet, row: int) -> list[object]:
    """Return the cells of a row."""
    return [cell.value for cell in sheet[row]]


def test_the_clerks_sheet_keeps_its_look_and_says_what_is_wrong(county: SqlStore, tmp_path: Path) -> None:
    planned = intake.plan(county, LEDGER, clerks(tmp_path / "表.xlsx"))
    intake.apply(county, planned)
    out = tmp_path / "结果.xlsx"
    intake.write_result(planned, out)
    sheet = sheet_of(out)
    assert texts(sheet, 2) == [*HEADS, "导入结果", "原因与处理办法"]
    assert texts(sheet, 3)[4:] == ["新增", None]
    assert texts(sheet, 4)[4:] == ["未导入", planned.refused[0].message]
    assert texts(sheet, 5)[5] == "；".join(p.message for p in planned.refused[1:])
    assert [sheet[c].fill.fgColor.rgb == WRONG for c in ("C4", "B5", "C5", "B4", "C3")] == [
        True,
        True,
        True,
        False,
        False,
    ]
    assert (sheet["B2"].fill.fgColor.rgb, "A1:D1" in map(str, sheet.merged_cells.ranges)) == (
        "FF00FF00",
        True,
    )
    assert (sheet["D3"].value, sheet["D3"].data_type) == ("=cmd|' /C calc'!A0", "s")


def test_the_summary_tells_counts_and_reasons(county: SqlStore, tmp_path: Path) -> None:
    planned = intake.plan(county, LEDGER, clerks(tmp_path / "表.xlsx"))
    intake.write_result(planned, tmp_path / "结果.xlsx")
    told = [
        tuple(v for v in texts(sheet_of(tmp_path / "结果.xlsx", SUMMARY), row) if v is not None)
        for row in range(1, 12)
    ]
    assert told[:6] == [
        ("贯标企业台账导入情况",),
        ("文件", "表.xlsx"),
        ("新增", 1),
        ("更新", 0),
        ("未变", 0),
        ("未导入", 2),
    ]
    assert ("工作表", "行", "栏目", "规则", "原因与处理办法") in told
    assert ("台账", 4, "启动日期", "date", planned.refused[0].message) in told


def test_the_mended_result_comes_in_and_its_marks_go(county: SqlStore, tmp_path: Path) -> None:
    planned = intake.plan(county, LEDGER, clerks(tmp_path / "表.xlsx"))
    intake.apply(county, planned)
    intake.write_result(planned, tmp_path / "结果.xlsx")
    book = load_workbook(tmp_path / "结果.xlsx")
    book["台账"]["C4"] = "2022.12.1"
    book.save(tmp_path / "改.xlsx")
    again = intake.plan(county, LEDGER, tmp_path / "改.xlsx")
    assert ([r.outcome for r in again.rows], again.unmapped, again.notes) == (["unchanged", "added"], [], [])
    assert not {"导入结果", "原因与处理办法"} & again.mapping.keys()
    intake.write_result(again, tmp_path / "再.xlsx")
    sheet = sheet_of(tmp_path / "再.xlsx")
    assert [texts(sheet, row)[4] for row in (3, 4, 5)] == ["未变", "新增", "未导入"]
    assert sheet.max_column == 6
    assert [sheet[c].fill.fgColor.rgb == WRONG for c in ("C4", "B5")] == [False, True]


@pytest.mark.parametrize(
    ("name", "encoding"), [("某某.csv", "gb18030"), ("很长的" * 15 + "[1].csv", "utf-8")]
)
def test_a_text_file_becomes_a_workbook_of_texts(
    name: str, encoding: str, county: SqlStore, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_text(f"企业名称,信用代码,备注\n甲公司,{CODES[0]},=1+1\n乙公司,1,00123\n", encoding=encoding)
    planned = intake.plan(county, LEDGER, path)
    intake.write_result(planned, tmp_path / "结果.xlsx")
    sheet = load_workbook(tmp_path / "结果.xlsx").worksheets[0]
    assert [c.value for c in sheet[2]] == ["甲公司", CODES[0], "=1+1", "新增", None]
    assert [c.value for c in sheet[3]][:4] == ["乙公司", "1", "00123", "未导入"]
    assert {c.data_type for c in sheet[2][:4]} == {"s"}


def test_doubts_stand_beside_rows_taken_in(county: SqlStore, tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    path.write_text(f"企业名称,信用代码,补助金额（万元）\n甲公司,{CODES[0]},50000\n", encoding="utf-8")
    planned = intake.plan(county, LEDGER, path)
    intake.write_result(planned, tmp_path / "结果.xlsx")
    told = [c.value for c in load_workbook(tmp_path / "结果.xlsx").worksheets[0][2]]
    assert str(told[4]).startswith("请核对：补助金额（万元）")


def test_two_tables_side_by_side_share_the_columns_of_their_rows(county: SqlStore, tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    heads = "企业名称,信用代码,,企业名称,信用代码"
    path.write_text(f"{heads}\n甲公司,1,,乙公司,{CODES[1]}\n丙公司,2,,丁公司,3\n", encoding="utf-8")
    planned = intake.plan(county, LEDGER, path)
    intake.write_result(planned, tmp_path / "结果.xlsx")
    sheet = load_workbook(tmp_path / "结果.xlsx").worksheets[0]
    assert [c.value for c in sheet[2]][5] == "未导入"
    assert [sheet.cell(3, c).fill.fgColor.rgb == WRONG for c in (2, 5)] == [True, True]


def test_what_openpyxl_cannot_read_is_built_from_the_cells() -> None:
    sheets = (
        Sheet("甲", (("a\x01", CellError("#N/A"), True, 5.0),), (Merge(1, 0, 2, 0),)),
        Sheet("藏", (), (), True),
    )
    book = load_workbook(BytesIO(render(b"no workbook", sheets, (), (("情况",),))))
    assert [c.value for c in book["甲"][1]] == ["a", "#N/A", True, 5]
    assert (book.sheetnames, book["藏"].sheet_state) == (["甲", "藏", SUMMARY], "hidden")


def test_the_clerks_own_file_is_never_written_over(county: SqlStore, tmp_path: Path) -> None:
    path = clerks(tmp_path / "表.xlsx")
    with pytest.raises(Refusal, match="不能覆盖原来的表"):
        intake.write_result(intake.plan(county, LEDGER, path), path)


def test_a_result_is_a_workbook_by_name_too(county: SqlStore, tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    path.write_text(f"企业名称,信用代码\n甲公司,{CODES[0]}\n", encoding="utf-8")
    with pytest.raises(Refusal, match="如 结果.xlsx"):
        intake.write_result(intake.plan(county, LEDGER, path), tmp_path / "结果.csv")
    assert not (tmp_path / "结果.csv").exists()


def test_what_openpyxl_takes_in_and_cannot_give_out_is_built_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = Workbook()
    book.save(tmp_path / "表.xlsx")
    kept = (tmp_path / "表.xlsx").read_bytes()
    saved: list[list[str]] = []
    real = Workbook.save

    def fail_first(made: Workbook, out: object) -> None:
        saved.append(made.sheetnames)
        if len(saved) == 1:
            raise ValueError("something of another program's")
        real(made, out)  # type: ignore[arg-type]

    monkeypatch.setattr(Workbook, "save", fail_first)
    data = render(kept, (Sheet("台账", (("甲",),)),), (), (("导入情况",),))
    assert saved == [["Sheet", "导入情况"], ["台账", "导入情况"]]
    assert load_workbook(BytesIO(data))["台账"]["A1"].value == "甲"
