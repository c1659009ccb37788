"""Numbers of people show nowhere unless asked for: every way out of the program, searched for two known numbers."""

import zipfile
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from tests.ipdesk.cli.conftest import Run

ID_NO, WRONG_ID_NO, MOBILE, WRONG_MOBILE = (
    "11010519491231002X",
    "110105194912310021",
    "13912345678",
    "13912345",
)
SECRETS = (ID_NO, WRONG_ID_NO, MOBILE, "19491231", "912345")
MAN = ("name=王力", f"mobile={MOBILE}", "category=PC01", "employer_name=东台甲有限公司")
CLASS = ("course_name=高管班", "start_date=2024-05-06")


def everything_in(path: Path) -> str:
    """Return all text of a file: the pages of a PDF, the parts of a workbook, any other as it stands."""
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as paper:
            return "".join(page.get_textpage().get_text_range() for page in paper)
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            return "".join(book.read(name).decode(errors="replace") for name in book.namelist())
    return path.read_bytes().decode(errors="replace")


def shown(text: str) -> list[str]:
    """Return the numbers that a text gives away."""
    return [secret for secret in SECRETS if secret in text]


@pytest.fixture
def trainee(run: Run, county: Path) -> str:
    """Return the id of a trainee with both numbers, who was changed once."""
    told = run("--json", "add", "training", *MAN, *CLASS, "collects_id_no=是", f"id_no={ID_NO}")
    assert told.code == 0, told.err
    id_ = str(told.json["id"])
    assert run("set", "training", id_, "mobile=13987654321").code == 0
    assert run("set", "training", id_, f"mobile={MOBILE}").code == 0
    assert county.is_dir()
    return id_


def test_what_is_told_is_masked(run: Run, trainee: str) -> None:
    commands: tuple[tuple[object, ...], ...] = (
        ("list", "training"),
        ("list", "person"),
        ("list", "training", "--search", "王力"),
        ("list", "training", "--search", MOBILE[-6:]),
        ("list", "training", "--as-of", "2030-01-01"),
        ("list", "training", "--where", f"mobile={MOBILE}"),
        ("history", "training", trainee),
        ("todo",),
        ("count",),
        ("set", "training", trainee, f"id_no={WRONG_ID_NO}"),
        ("set", "training", trainee, f"mobile={WRONG_MOBILE}"),
        ("add", "training", *MAN, *CLASS),
        ("add", "training", "name=李力", *CLASS, f"id_no={ID_NO}"),
        ("add", "person", "name=李力", f"id_no={ID_NO}", f"mobile={MOBILE}"),
        ("add", "training", "name=李力", *CLASS, f"id_no={WRONG_ID_NO}", f"mobile={WRONG_MOBILE}"),
        ("undo",),
        ("history", "training", trainee),
        ("status",),
    )
    for words in commands:
        for form in ((), ("--json",)):
            told = run(*form, *words)
            assert shown(told.out + told.err) == [], words


def test_what_is_written_is_masked(run: Run, trainee: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    for words in (
        ("export", "training", out / "a.xlsx"),
        ("export", "training", out / "a.csv"),
        ("export", "person", out / "b.xlsx"),
        ("report", "notice", "--class", "高管班", "--out", out / "c.pdf"),
        ("todo", "--out", out / "d.xlsx"),
    ):
        assert run(*words).code == 0
    found = {path.name: shown(everything_in(path)) for path in sorted(out.iterdir())}
    assert found == dict.fromkeys(("a.csv", "a.xlsx", "b.xlsx", "c.pdf", "d.xlsx"), [])
    logs = [path for path in (tmp_path / "东台" / "logs").rglob("*") if path.is_file()]
    assert [shown(everything_in(path)) for path in logs] == [[] for _ in logs]
    assert trainee


def test_a_reveal_is_logged(run: Run, trainee: str) -> None:
    assert (
        MOBILE in run("list", "training", "--reveal").out + run("--json", "list", "training", "--reveal").out
    )
    assert shown(run("--json", "list", "training").out) == []
    assert trainee


def test_sentences_about_a_sheet_quote_no_number(run: Run, county: Path, tmp_path: Path) -> None:
    sheet, result = tmp_path / "学员.xlsx", tmp_path / "结果.xlsx"
    book = openpyxl.Workbook()
    for line in (
        ("姓名", "身份证号", "手机号", "工作单位", "培训班", "开始日期", "人才类别"),
        ("王力", WRONG_ID_NO, MOBILE, "东台甲有限公司", "高管班", "2024-05-06", "代理人才"),
        ("李力", ID_NO, WRONG_MOBILE, "东台甲有限公司", "高管班", "2024-05-06", "代理人才"),
        ("张力", ID_NO, MOBILE, "东台甲有限公司", "高管班", "2024-05-06", "代理人才"),
    ):
        book.worksheets[0].append(line)
    book.save(sheet)
    for words in (("--dry-run",), ("--result", result), ()):
        for form in ((), ("--json",)):
            told = run(*form, "import", "training", sheet, *words)
            assert told.code == 1, told.err
            assert shown(told.out + told.err) == []
    assert county.is_dir()
    written = openpyxl.load_workbook(result)
    own = written.worksheets[0].title
    told_elsewhere = [
        str(cell.value)
        for page in written.worksheets
        for row in page.iter_rows()
        for cell in row
        if cell.value is not None and str(cell.value) not in (ID_NO, WRONG_ID_NO, MOBILE, WRONG_MOBILE)
    ]
    comments = [
        c.comment.text for page in written.worksheets for r in page.iter_rows() for c in r if c.comment
    ]
    assert shown("".join(told_elsewhere + comments)) == [], own
