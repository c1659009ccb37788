"""The blank form has every field's head, lists for codes, a note for each column, and a stamp."""

from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation

from ipdesk import template
from ipdesk.fields import Date, FieldType, Integer, Number, Text
from ipdesk.kinds import catalogue
from ipdesk.workbook import ledger_version

LEDGER = catalogue().ledger("guanbiao")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> openpyxl.Workbook:
    out = tmp_path_factory.mktemp("form") / "空表.xlsx"
    template.write_template(LEDGER, out, "320981")
    return openpyxl.load_workbook(out)


def validation(book: openpyxl.Workbook, label: str) -> DataValidation:
    """Return what is asked of the first cell below a head."""
    sheet = book.worksheets[0]
    cell = next(c for c in sheet[2] if c.value == label)
    found: DataValidation = next(
        v for v in sheet.data_validations.dataValidation if f"{cell.column_letter}3" in v.sqref
    )
    return found


def options(book: openpyxl.Workbook, label: str) -> list[str]:
    """Return what the drop-down list of a column offers."""
    place = str(validation(book, label).formula1).split("!")[1]
    return [row[0].value for row in book["_代码"][place]]


def test_every_field_has_its_head_and_none_is_filled(book: openpyxl.Workbook) -> None:
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[2]] == [field.label for field in LEDGER.fields]
    assert (sheet["A1"].value, sheet.max_row) == ("贯标企业台账填报表（非涉密·内部资料）", 2)
    assert sheet.freeze_panes == "A3"


def test_codes_are_chosen_from_lists_those_of_the_unit_only(book: openpyxl.Workbook) -> None:
    assert options(book, "贯标状态")[:2] == ["列入培育", "省系统备案"]
    assert options(book, "是否高新技术企业") == ["是", "否"]
    assert "弶港镇" in options(book, "所在镇（街道）")
    assert "五星街道" not in options(book, "所在镇（街道）")
    assert "过期失效" not in options(book, "证书状态"), "what the program works out is not typed in"
    assert book["_代码"].sheet_state == "hidden"


def test_an_open_list_lets_other_words_in(book: openpyxl.Workbook) -> None:
    assert validation(book, "认证机构").errorStyle == "information"
    assert validation(book, "贯标状态").errorStyle in (None, "stop")


def test_every_column_says_how_it_is_filled_in(book: openpyxl.Workbook) -> None:
    for field in LEDGER.fields:
        asked = validation(book, field.label)
        assert asked.promptTitle == field.label
        assert asked.prompt == template.note(field)
    assert validation(book, "证书编号").type is None
    assert "2023-05" in str(validation(book, "发证日期").prompt)


def test_a_sheet_of_notes_lists_all_columns(book: openpyxl.Workbook) -> None:
    told = {row[0].value: [cell.value for cell in row[1:3]] for row in book["填写说明"].iter_rows(min_row=5)}
    assert set(told) == {"栏目", *(field.label for field in LEDGER.fields)}
    assert told["统一社会信用代码"] == ["必填", "18位代码。营业执照上的18位代码"]


def test_the_stamp_says_which_form_it_is(book: openpyxl.Workbook) -> None:
    stamp = book["_ipdesk"]
    told = {row[0].value: row[1].value for row in stamp.iter_rows()}
    assert stamp.sheet_state == "veryHidden"
    assert (told["purpose"], told["ledger"], told["unit"]) == ("template", "guanbiao", "320981")
    assert told["version"] == ledger_version(LEDGER)


def test_without_a_unit_every_town_is_offered(tmp_path: Path) -> None:
    template.write_template(LEDGER, tmp_path / "空表.xlsx")
    towns = options(openpyxl.load_workbook(tmp_path / "空表.xlsx"), "所在镇（街道）")
    assert {"弶港镇", "五星街道"} <= set(towns)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Text(), "文字"),
        (Date(), "日期"),
        (Number(), "数字"),
        (Number(measure="万元"), "单位：万元"),
        (Integer(), "整数"),
        (Integer(year=True), "四位年份"),
    ],
)
def test_a_field_type_says_what_it_asks_for(kind: FieldType, words: str) -> None:
    assert words in template.asked(kind)
