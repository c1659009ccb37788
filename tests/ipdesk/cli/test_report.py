"""reports, report: what there is, how it is asked for, and the office's name that is never guessed."""

from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from tests.ipdesk.cli.conftest import Run

ROW = ("enterprise_name=东台𬭛新材料有限公司", "uscc=91320981MABJ1XG60Q", "contact_phone=15186091390")


def words_of(path: Path) -> str:
    """Return the text of a PDF."""
    with pypdfium2.PdfDocument(path) as paper:
        return "".join(page.get_textpage().get_text_range() for page in paper)


@pytest.mark.usefixtures("county")
def test_a_report_is_written_as_pdf_and_workbook(run: Run, tmp_path: Path) -> None:
    run("add", "guanbiao", *ROW)
    told = run("--json", "report", "guanbiao", "--out", tmp_path / "台账.pdf", "--period", "2024年第二季度")
    assert told.json == {"report": "guanbiao", "file": str(tmp_path / "台账.pdf")}
    words = words_of(tmp_path / "台账.pdf")
    for part in ("东台𬭛新材料有限公司", "91320981MABJ1XG60Q", "2024年第二季度", "东台市知识产权局"):
        assert part in words
    assert "15186091390" not in words
    plain = run("report", "贯标企业台账", "--out", tmp_path / "台账.xlsx")
    assert plain.out == f"已生成贯标企业台账 {tmp_path / '台账.xlsx'}\n"
    cells = [
        cell for row in openpyxl.load_workbook(tmp_path / "台账.xlsx").worksheets[0].values for cell in row
    ]
    assert "东台𬭛新材料有限公司" in cells


def test_the_reports_are_listed(run: Run) -> None:
    assert run("--json", "reports").json == {
        "reports": [
            {"name": "guanbiao", "title": "贯标企业台账"},
            {"name": "comparison", "title": "目标完成情况对照表"},
            {"name": "evidence", "title": "佐证材料卷内目录"},
            {"name": "notice", "title": "个人信息告知书"},
        ]
    }
    assert run("reports").out.splitlines()[:2] == ["guanbiao  贯标企业台账", "comparison  目标完成情况对照表"]


@pytest.mark.usefixtures("county")
@pytest.mark.parametrize(
    ("name", "file"), [("没有", "a.pdf"), ("guanbiao", "a.docx"), ("guanbiao", "无/a.pdf")]
)
def test_what_cannot_be_written_is_one_line(run: Run, tmp_path: Path, name: str, file: str) -> None:
    told = run("report", name, "--out", tmp_path / file)
    assert (told.code, told.out, told.err.count("\n")) == (2, "", 1)


def test_the_first_report_asks_what_the_office_is_called(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("init", "--role", "county", "--unit", "320981", "--no-password")
    out = tmp_path / "台账.pdf"
    told = run("report", "guanbiao", "--out", out)
    assert (told.code, out.exists()) == (2, False)
    assert "--office-name" in told.err
    assert run("report", "guanbiao", "--out", out, "--office-name", "  ").code == 2
    monkeypatch.setattr("ipdesk.cli.report.is_terminal", lambda: True)
    monkeypatch.setattr("click.prompt", lambda *_a, **_k: "东台市市场监督管理局")
    assert run("report", "guanbiao", "--out", out).code == 0
    monkeypatch.undo()
    assert run("report", "guanbiao", "--out", out).code == 0
    assert "东台市市场监督管理局" in words_of(out)
    assert run("report", "guanbiao", "--out", out, "--office-name", "东台市知识产权局").code == 0
    assert "东台市知识产权局" in run("status").out


MAN = ("name=王㛃力", "mobile=13900000001", "category=PC01", "employer_name=东台甲有限公司")
CLASS = ("course_name=高管班", "start_date=2024-05-06")


@pytest.mark.usefixtures("county")
def test_the_notice_of_a_class_is_printed_and_its_day_noted(run: Run, tmp_path: Path) -> None:
    id_ = run("--json", "add", "training", *MAN, *CLASS).json["id"]
    out = tmp_path / "告知书.pdf"
    asked = ("report", "notice", "--class", "高管班", "--out", out)
    told = run(
        "--json", *asked, "--contact", "综合科 0515-8521", "--keep-years", "3", "--told-on", "2024.5.6"
    )
    assert (told.code, told.err) == (0, "")
    assert told.json == {"report": "notice", "file": str(out), "told": 1}
    words = words_of(out)
    for part in ("王㛃力", "东台市知识产权局", "综合科 0515-8521", "保存3年", "2024年5月6日"):
        assert part in words
    assert "13900000001" not in words
    (row,) = run("--json", "list", "training").json["rows"]
    assert (row["id"], row["consent_date"]) == (id_, "2024-05-06")
    again = run("--json", *asked)
    assert again.json["told"] == 0
    assert "综合科 0515-8521" in words_of(out)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("notice", "--out", "a.pdf"), "--class"),
        (("notice", "--class", "无此班", "--out", "a.pdf"), "没有“无此班”这个培训班"),
        (("notice", "--class", "高管班", "--out", "a.xlsx"), "只能存成 PDF"),
        (("notice", "--class", "高管班", "--out", "a.pdf", "--as-of", "2024-01-01"), "按现在的学员出"),
        (("guanbiao", "--class", "高管班", "--out", "a.pdf"), "只用于告知书"),
        (("notice", "--class", "高管班", "--out", "a.pdf", "--keep-years", "500"), "--keep-years"),
    ],
)
@pytest.mark.usefixtures("county")
def test_a_notice_asked_for_wrongly_is_one_line(
    run: Run, words: tuple[str, ...], why: str, tmp_path: Path
) -> None:
    run("add", "training", *MAN, *CLASS)
    told = run("report", *(str(tmp_path / w) if w.startswith("a.") else w for w in words))
    assert (told.code, told.out, told.err.count("\n")) == (2, "", 1)
    assert why in told.err
    assert list(tmp_path.glob("a.*")) == []
