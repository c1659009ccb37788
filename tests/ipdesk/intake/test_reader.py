"""Foreign files: told by their first bytes, read within limits, refused in one Chinese sentence."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from ipdesk.intake import sandbox, sniff
from ipdesk.intake.cells import CellError, Format, Merge, Sheet, column_name
from ipdesk.intake.csvtext import decode, read_rows, separator
from ipdesk.intake.reader import parse, read_book
from ipdesk.intake.sniff import LIMITS
from ipdesk.problems import Refusal


def xlsx(fill: Callable[[Workbook], None]) -> bytes:
    """Return the bytes of a workbook."""
    book, stream = Workbook(), io.BytesIO()
    fill(book)
    book.save(stream)
    return stream.getvalue()


def small(book: Workbook) -> None:
    """Fill a workbook with a few cells and a hidden sheet."""
    sheet = book.active
    assert sheet is not None
    sheet.title = "甲"
    sheet["B2"], sheet["C2"], sheet["B3"], sheet["C3"] = "名", date(2023, 5, 6), 3, " "
    sheet.merge_cells("B4:B6")
    sheet["B4"] = True
    book.create_sheet("藏").sheet_state = "hidden"


def zipped(**entries: str) -> bytes:
    """Return the bytes of a zip."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, words in entries.items():
            archive.writestr(name.replace("__", "/"), words)
    return stream.getvalue()


def ole(*streams: str) -> bytes:
    """Return bytes that look like a compound file with these streams."""
    names = b"".join(s.encode("utf-16-le") for s in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + names


def test_cells_keep_their_places_and_a_sheet_its_merges() -> None:
    format_, (sheet, hidden) = parse(xlsx(small))
    assert format_ is Format.XLSX
    assert sheet.rows == ((), (None, "名", date(2023, 5, 6)), (None, 3.0), (None, True))
    assert sheet.merges == (Merge(3, 1, 5, 1),)
    assert (sheet.hidden, hidden.hidden, hidden.rows) == (False, True, ())
    assert (sheet.at(1, 1), sheet.at(1, 9), sheet.at(9, 0), sheet.width) == ("名", None, None, 3)


def test_what_a_number_format_says_belongs_to_the_value() -> None:
    def fill(book: Workbook) -> None:
        sheet = book.active
        assert sheet is not None
        formats = ('yyyy"年"m"月"', "mmm-yy", 'yyyy"年"', "yyyy-m-d", '0"万元"', "General")
        for column, code in enumerate(formats, 1):
            sheet.cell(1, column).value = date(2023, 5, 6) if column < 5 else 5
            sheet.cell(1, column).number_format = code
        sheet["G1"] = datetime(2023, 5, 6, 8, 30)
        sheet["H1"], sheet["I1"] = time(8, 30), timedelta(hours=30)

    (sheet,) = parse(xlsx(fill))[1]
    assert sheet.rows[0][:6] == ("2023-05", "2023-05", "2023", date(2023, 5, 6), "5万元", 5.0)
    assert sheet.rows[0][6:] == (date(2023, 5, 6), "08:30:00", "1 day, 6:00:00")


def test_a_failed_formula_is_an_error_and_not_an_empty_cell() -> None:
    def fill(book: Workbook) -> None:
        sheet = book.active
        assert sheet is not None
        sheet["A1"], sheet["B1"], sheet["C3"] = "x", "#N/A", "=1+1"
        sheet["B1"].data_type = "e"

    (sheet,) = parse(xlsx(fill))[1]
    assert sheet.rows == (("x", "#N/A"), (), (None, None, "公式未计算"))
    assert isinstance(sheet.rows[0][1], CellError)
    assert isinstance(sheet.rows[2][2], CellError)


@pytest.mark.parametrize("rows", [1, 4000])
def test_an_old_workbook_tells_formats_and_errors_too(rows: int) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("台账")
    sheet.write(0, 0, date(2023, 5, 6), xlwt.easyxf(num_format_str='YYYY"年"M"月"'))
    sheet.write(0, 1, date(2023, 5, 6), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    sheet.row(0).set_cell_error(2, 0x2A)
    sheet.write(0, 3, 5, xlwt.easyxf(num_format_str='0"万元"'))
    sheet.write(0, 4, 6, xlwt.easyxf(num_format_str='0"万元"'))
    sheet.write(0, 5, 0.1, xlwt.easyxf(num_format_str='0.0"万元"'))
    for row in range(1, rows):
        sheet.write(row, 0, f"行{row}")
    stream = io.BytesIO()
    book.save(stream)
    format_, (read,) = parse(stream.getvalue())
    assert format_ is Format.XLS
    assert read.rows[0] == ("2023-05", date(2023, 5, 6), "#N/A", "5万元", "6万元", "0.1万元")
    assert len(read.rows) == rows


SPACE = "urn:oasis:names:tc:opendocument:xmlns:"
TEXT_CELL = '<table:table-cell office:value-type="string"{}><text:p>{}</text:p></table:table-cell>'
FIRST = TEXT_CELL.format(' table:number-rows-spanned="2"', "镇")
ODS = f"""<?xml version="1.0"?><office:document-content xmlns:office="{SPACE}office:1.0"
 xmlns:table="{SPACE}table:1.0" xmlns:text="{SPACE}text:1.0">
<office:body><office:spreadsheet><table:table table:name="台账">
<table:table-row><table:table-cell table:number-columns-repeated="2"/>
<table:table-cell office:value-type="date" office:date-value="2023-05-01"><text:p>2023年5月</text:p></table:table-cell>
</table:table-row>
<table:table-row>{FIRST}{TEXT_CELL.format("", "甲")}</table:table-row>
<table:table-row><table:covered-table-cell/>{TEXT_CELL.format("", "乙")}</table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>""".replace("\n", "")


def test_an_open_document_tells_merges_and_months() -> None:
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    data = zipped(mimetype=kind, **{"content.xml": ODS, "META-INF__manifest.xml": manifest})
    format_, (sheet,) = parse(data)
    assert format_ is Format.ODS
    assert sheet.rows == ((None, None, "2023-05"), ("镇", "甲"), (None, "乙"))
    assert sheet.merges == (Merge(1, 0, 2, 0),)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "文件是空的"),
        (b"\x00\x00 \r\n", "文件是空的"),
        (b"%PDF-1.7", "PDF"),
        (b"\x89PNG\r\n", "图片"),
        (b"\xff\xd8\xff\xe0", "图片"),
        (b"{\\rtf1", "写字板"),
        (b"Rar!\x1a", "压缩包"),
        (b"<html><table><tr><td>1", "网页格式"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html>", "网页格式"),
        (b'<?xml version="1.0"?><Workbook/>', "网页格式"),
        (b"ab\x00\x01cd", "认不出"),
        (b"PK\x03\x04broken", "已损坏"),
        (xlsx(small)[:2000], "已损坏"),
        (zipped(**{"word__document.xml": "x"}), "Word"),
        (zipped(**{"xl__sheet.xml": "x"}), "已损坏"),
        (zipped(**{"readme.txt": "x"}), "压缩包"),
        (ole("EncryptedPackage"), "密码"),
        (ole("WordDocument"), "Word"),
        (ole("Other"), "已损坏"),
        (ole("Workbook"), "已损坏"),
        (zipped(**{"xl__workbook.xml": "x"}), "已损坏"),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence) as refused:
        parse(data)
    assert "\n" not in refused.value.message


def test_an_empty_workbook_is_refused() -> None:
    with pytest.raises(Refusal, match="没有内容"):
        parse(xlsx(lambda book: None))


def test_a_zip_that_would_grow_is_refused_by_its_directory() -> None:
    big = zipped(**{"xl__workbook.xml": "0" * (70 << 20)})
    with pytest.raises(Refusal, match="压缩得异常"):
        parse(big)
    with pytest.raises(Refusal, match="太大"):
        parse(big, LIMITS._replace(unpacked=1 << 20))
    with pytest.raises(Refusal, match="太大"):
        parse(xlsx(small), LIMITS._replace(entries=2))


@pytest.mark.parametrize(
    "limits", [LIMITS._replace(rows=2), LIMITS._replace(columns=1), LIMITS._replace(cells=3)]
)
def test_too_many_cells_are_refused(limits: sniff.Limits) -> None:
    with pytest.raises(Refusal, match="太多"):
        parse(xlsx(small), limits)
    with pytest.raises(Refusal, match="太多"):
        parse(b"a,b\n1,2\n3,4\n", limits)


# ---- text files
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_text_file_is_read_in_any_encoding_with_any_separator(encoding: str, sign: str) -> None:
    data = f"名称{sign}数\r\n“甲”，乙{sign}1\r\n\r\n丙\r\n".encode(encoding)
    assert read_rows(data) == [("名称", "数"), ("“甲”，乙", "1"), (), ("丙",)]


def test_cells_of_a_text_file() -> None:
    rows = read_rows(b'a,"x\ny",="00123",2023.1,2023.10,\n')
    assert rows == [("a", "x\ny", "00123", 2023.1, "2023.10", None)]
    assert separator("只有一列\n甲\n") == ","


def test_a_text_file_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(Refusal, match="编码"):
        decode(b"\xff\xfea")
    with pytest.raises(Refusal, match="编码"):
        decode(b"abc\x80\xff")
    with pytest.raises(Refusal, match="引号"):
        read_rows(b'a,"' + b"x" * 200_000)


LETTERS = st.characters(codec="gb18030", exclude_characters='\r\n\t,;|"=\x00\ufeff')


@given(st.lists(st.lists(st.text(LETTERS, max_size=8)), max_size=6))
def test_any_text_comes_back(rows: list[list[str]]) -> None:
    data = ("名称\n" + "\n".join(",".join(row) for row in rows)).encode("gb18030")
    told = [[str(c) for c in row if c is not None] for row in read_rows(data)][1:]
    asked = [[word for word in row if word] for row in rows]
    while asked and not asked[-1]:
        asked.pop()
    assert told[: len(asked)] == asked


# ---- whole files
def test_the_name_of_a_file_says_nothing(tmp_path: Path) -> None:
    path = tmp_path / "其实是文本.xlsx"
    path.write_bytes("名称,数\n甲,1\n".encode("gb18030"))
    book = read_book(path)
    assert (book.format, book.sheets) == (Format.CSV, (Sheet("其实是文本", (("名称", "数"), ("甲", "1"))),))


def test_a_refusal_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "坏.xls"
    path.write_bytes(b"%PDF")
    with pytest.raises(Refusal, match="“坏.xls”不能导入：这是PDF"):
        read_book(path)
    with pytest.raises(Refusal, match="找不到文件"):
        read_book(tmp_path / "没有.xlsx")
    (tmp_path / "xls").write_bytes(b"\x00\x01\x02")
    with pytest.raises(Refusal, match="“xls”不能导入：.*另存为“.xlsx”"):
        read_book(tmp_path / "xls")
    with pytest.raises(Refusal, match="坏.xls”不能导入：文件超过0兆"):
        read_book(path, LIMITS._replace(file_bytes=1))


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.binary(max_size=300),
    st.integers(0, 4000),
    st.sampled_from([xlsx(small), zipped(mimetype="x"), ole("Workbook")]),
)
def test_a_damaged_file_is_read_or_refused(noise: bytes, place: int, data: bytes) -> None:
    damaged = data[:place] + noise + data[place + len(noise) :]
    outcome = sandbox.outcome_of(parse, (damaged,))
    assert outcome.refused or outcome.result, outcome.crash


@pytest.mark.parametrize(("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_go_by_letters(column: int, name: str) -> None:
    assert column_name(column) == name
