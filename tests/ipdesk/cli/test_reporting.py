"""Paper twins, periods, what waits: package cover, undo, pick; completeness, expect, reminder, check-digest."""

import subprocess
from datetime import date, timedelta
from pathlib import Path
from shutil import which

import pypdfium2
import pytest

from ipdesk.periods import Period
from tests.ipdesk.cli.conftest import Run

ROW = ("enterprise_name=东台锦盛新材料有限公司", "uscc=91320981MABJ1XG60Q")
LAST = Period.of(
    Period.of(date.today(), "year").first - timedelta(days=1), "year"
)  # the year before this one


@pytest.fixture
def city(run: Run, county: Path, tmp_path: Path) -> Path:
    """Return a city with which the county is enrolled."""
    place, asked, grant = tmp_path / "市局", tmp_path / "申请", tmp_path / "授权"
    office = ("--office-name", "盐城市知识产权局")
    assert run("init", "--role", "city", "--unit", "320900", *office, "--no-password", at=place).code == 0
    assert run("enrol", "request", asked, at=county).code == 0
    assert run("enrol", "accept", asked, "--out", grant, at=place).code == 0
    assert run("enrol", "install", grant, at=county).code == 0
    return place


def words_of(pdf: Path) -> str:
    """Return the text of a PDF without blanks, as two readers see it where both are here."""
    document = pypdfium2.PdfDocument(pdf.read_bytes())
    found = "".join("".join(page.get_textpage().get_text_range() for page in document).split())
    if which("pdftotext"):
        other = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True).stdout
        assert sorted("".join(other.decode().split())) == sorted(found)
    return found


def test_paper_and_file_are_held_together(run: Run, county: Path, city: Path, tmp_path: Path) -> None:
    run("add", "guanbiao", *ROW)
    paper, stick = tmp_path / "报送单.pdf", tmp_path / "U盘"
    told = run("--json", "package", "export", stick, "--period", LAST.code, "--cover", paper)
    assert told.code == 0, told.err
    (package,), digest = told.json["files"], told.json["digest"]
    assert [str(path) for path in stick.iterdir()] == [package]
    said = words_of(paper)
    for words in (
        "同步包报送单",
        "非涉密",
        "东台市知识产权局",
        f"{LAST.label}",
        Path(package).name,
        digest,
        "合计2",
    ):
        assert words in said, words
    assert "零报告否" in said
    typed = digest.replace("-", " ").translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    good = run("package", "inspect", package, "--digest", typed, at=city)
    assert (good.code, good.out.splitlines()[0]) == (0, "有效：纸上的摘要和文件一致，是同一份")
    wrong = digest[:-1] + str((int(digest[-1]) + 1) % 10)
    bad = run("--json", "package", "inspect", package, "--digest", wrong, at=city)
    assert (bad.code, bad.json["valid"], bad.json["matches"]) == (1, True, False)
    assert "摘要不一致" in run("package", "inspect", package, "--digest", wrong, at=city).out
    assert run("package", "inspect", package, "--digest", "12", at=city).code == 2


def test_the_city_prints_a_receipt_of_what_it_took_in(run: Run, city: Path, tmp_path: Path) -> None:
    run("add", "guanbiao", *ROW)
    (package,) = run("--json", "package", "export", tmp_path / "U盘").json["files"]
    paper = tmp_path / "回执.pdf"
    early = run("package", "cover", package, "--out", paper, at=city)
    assert (early.code, paper.exists(), "还没有收取" in early.err) == (2, False, True)
    assert run("package", "receive", package, at=city).code == 0
    told = run("--json", "package", "cover", package, "--out", paper, at=city)
    assert told.code == 0, told.err
    said = words_of(paper)
    for words in ("同步包收件回执", "盐城市知识产权局", "已收，写入2条", told.json["digest"], "缺的包号没有"):
        assert words in said, words
    ours = run("--json", "package", "cover", package, "--out", tmp_path / "我们的.pdf")
    assert ours.json["digest"] == told.json["digest"]


def test_a_sheet_that_cannot_be_made_leaves_no_package_behind(run: Run, city: Path, tmp_path: Path) -> None:
    stick = tmp_path / "U盘"
    told = run("package", "export", stick, "--cover", tmp_path / "单.docx")
    assert (told.code, ".pdf" in told.err, stick.exists()) == (2, True, False)
    told = run("package", "export", stick, "--cover", tmp_path / "单.pdf", at=city)
    assert (told.code, "package cover" in told.err) == (2, True)
    (receipt,) = run("--json", "package", "export", stick, at=city).json["files"]
    assert "不是同步包" in run("package", "cover", receipt, "--out", tmp_path / "单.pdf").err
    run("package", "export", stick)
    assert "结尾" in run("package", "cover", receipt, "--out", tmp_path / "单.doc").err


def test_a_sheet_that_fails_after_the_package_names_the_package(run: Run, city: Path, tmp_path: Path) -> None:
    stick = tmp_path / "U盘"
    told = run("package", "export", stick, "--cover", tmp_path / "没有" / "单.pdf")
    (package,) = stick.iterdir()
    assert told.code != 0
    for words in (str(package), "不用再导出", "package cover", "没有写成"):
        assert words in told.err
    assert run("package", "cover", package, "--out", tmp_path / "单.pdf").code == 0


def test_a_zero_report_is_said_plainly(run: Run, city: Path, tmp_path: Path) -> None:
    paper = tmp_path / "零.pdf"
    told = run("package", "export", tmp_path / "U盘", "--period", LAST.code, "--zero", "--cover", paper)
    assert told.code == 0, told.err
    assert "零报告是：本期没有新增和变更" in words_of(paper)
    assert "没有记录" in words_of(paper)


def test_what_came_and_what_lacks(run: Run, county: Path, city: Path, tmp_path: Path) -> None:
    days = (date.today() - LAST.last).days - 1  # due yesterday, where that is allowed
    told = run("--json", "expect", "--every", "year", "--days", min(days, 180), "--since", LAST.code, at=city)
    assert told.json == {"every": "year", "days": min(days, 180), "since": LAST.code}
    (_, row) = run("--json", "completeness", at=city).json["rows"]
    assert (row["unit"], row["period"], row["state"], row["zero"]) == ("320981", LAST.code, "overdue", False)
    letter = tmp_path / "提醒函.pdf"
    told = run("reminder", "东台", LAST.code, "--out", letter, at=city)
    assert told.code == 0, told.err
    said = words_of(letter)
    for words in (
        f"关于报送{LAST.label}知识产权台账数据的提醒函",
        "东台市知识产权局：",
        "尚未收到",
        "逾期未报",
    ):
        assert words in said, words
    (package,) = run("--json", "package", "export", tmp_path / "U盘", "--period", LAST.code, "--zero").json[
        "files"
    ]
    run("package", "receive", package, at=city)
    told = run("completeness", at=city)
    assert "迟报" in told.out
    assert "零报告" in told.out
    assert "不用提醒" in run("reminder", "320981", LAST.code, "--out", letter, at=city).err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("reminder", "火星", "2025", "--out", "a.pdf"), "没有“火星”这个单位"),
        (("reminder", "320981", "1999-13", "--out", "a.pdf"), "不是报送期"),
        (("reminder", "320981", "2099", "--out", "a.pdf"), "没有东台市2099年这一期"),
        (("reminder", "320981", "2099", "--out", "a.doc"), ".pdf 结尾"),
        (("expect", "--every", "month", "--days", "500"), "0 到 180 天"),
    ],
)
def test_what_cannot_be_reminded_or_expected(
    run: Run, city: Path, words: tuple[str, ...], sentence: str
) -> None:
    told = run(*words, at=city)
    assert (told.code, sentence in told.err) == (2, True), told.err


@pytest.mark.usefixtures("county")
def test_completeness_and_letters_are_the_city_s(run: Run, tmp_path: Path) -> None:
    assert "status" in run("completeness").err
    assert "由市局出" in run("reminder", "320981", "2025", "--out", tmp_path / "a.pdf").err


def test_a_package_is_taken_back(run: Run, city: Path, tmp_path: Path) -> None:
    run("add", "guanbiao", *ROW)
    (package,) = run("--json", "package", "export", tmp_path / "U盘").json["files"]
    digest = run("--json", "package", "inspect", package).json["digest"]
    for name in (package, digest, Path(package).name):
        assert run("package", "receive", package, at=city).code == 0
        assert run("--json", "package", "undo", name, at=city).json == {"undone": 2}
        assert run("--json", "list", "guanbiao", at=city).json["total"] == 0
    assert "没有收过" in run("package", "undo", digest, at=city).err


def test_two_living_copies_wait_until_one_is_picked(
    run: Run, city: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("package", "waiting", at=city).out == "没有暂存的包\n"
    with monkeypatch.context() as newer:
        newer.setattr("db.store.SqlStore.schema", 99)
        (package,) = run("--json", "package", "export", tmp_path / "U盘").json["files"]
    assert run("package", "receive", package, at=city).code == 1
    (row,) = run("--json", "package", "waiting", at=city).json["rows"]
    assert (row["unit"], row["sequence"], row["forked"]) == ("320981", 1, None)
    assert "先升级" in run("package", "waiting", at=city).out
    assert "没有代码为" in run("package", "pick", "320981", "0" * 8, at=city).err
    told = run("--json", "package", "pick", "320981", row["epoch"], at=city)
    assert (told.code, told.json["packages"]) == (0, 0)


def test_a_report_on_paper_is_held_against_the_ledger(run: Run, county: Path, tmp_path: Path) -> None:
    run("add", "guanbiao", *ROW)
    paper = tmp_path / "台账.pdf"
    assert run("report", "guanbiao", "--out", paper).code == 0
    digest = run("--json", "check-digest", "guanbiao", "0" * 24).json["digest"]
    assert digest in words_of(paper)
    assert run("check-digest", "guanbiao", digest.replace("-", " ")).code == 0
    run("add", "guanbiao", "enterprise_name=东台乙有限公司", "uscc=91320981MAN2J1K637")
    told = run("--json", "check-digest", "guanbiao", digest)
    assert (told.code, told.json["valid"]) == (1, False)
