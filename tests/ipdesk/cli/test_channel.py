"""publish and channel: from the city's sheet to the county's list."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ipdesk import codes
from ipdesk.codes import program_codes
from tests.ipdesk.cli.conftest import Run


@pytest.fixture(autouse=True)
def _own_tables() -> Iterator[None]:
    """Put the program's own tables back."""
    yield
    codes.use(codes.Tables())


@pytest.fixture
def city(run: Run, county: Path, tmp_path: Path) -> Path:
    """Return a city with which the county is enrolled."""
    place, asked, grant = tmp_path / "市局", tmp_path / "申请", tmp_path / "授权"
    assert run("init", "--role", "city", "--unit", "320900", "--no-password", at=place).code == 0
    assert run("enrol", "request", asked, at=county).code == 0
    assert run("enrol", "accept", asked, "--out", grant, at=place).code == 0
    assert run("enrol", "install", grant, at=county).code == 0
    return place


def carried(run: Run, city: Path, tmp_path: Path) -> None:
    """Carry a receipt down."""
    stick = tmp_path / "U盘"
    stick.mkdir(exist_ok=True)
    (receipt,) = run("--json", "package", "export", stick, at=city).json["files"]
    assert run("package", "receive", receipt).code == 0


def sheet(tmp_path: Path, name: str, text: str, encoding: str = "gb18030") -> Path:
    file = tmp_path / name
    file.write_text(text, encoding=encoding)
    return file


def test_parameters_of_a_sheet_are_in_force_at_the_county(run: Run, city: Path, tmp_path: Path) -> None:
    file = sheet(
        tmp_path, "口径.csv", "参数,值,依据,日期\n新增贯标企业口径,仅获证,盐知发〔2026〕1号,2026.1.5\n"
    )
    told = run("--json", "publish", "parameters", file, at=city)
    assert (told.code, told.json["name"], told.json["version"]) == (0, "parameters", 1), told.err
    carried(run, city, tmp_path)
    listed = run("parameter", "list").out
    assert "新增贯标企业口径：B 仅获证  依据：市局下发：盐知发〔2026〕1号（2026-01-05）" in listed
    refused = run("parameter", "set", "basis", "A", "--source", "某文", "--date", "2026-01-05")
    assert (refused.code, "由市局下发" in refused.err) == (2, True)
    found = run("--json", "channel").json
    assert [(row["name"], row["version"]) for row in found["rows"]] == [("parameters", 1)]
    assert "统计参数：第1版" in run("channel").out


def test_the_plan_of_reporting_comes_down(run: Run, city: Path, tmp_path: Path) -> None:
    file = sheet(tmp_path, "安排.csv", "频次,天数,起始期\n每月,5,2026-01\n", "utf-8-sig")
    assert run("publish", "reporting", file, at=city).out == "已下发报送安排第1版，请导出回执带给各县\n"
    carried(run, city, tmp_path)
    assert run("--json", "channel").json["rows"][0]["label"] == "报送安排"


def test_a_code_table_comes_down(run: Run, city: Path, tmp_path: Path) -> None:
    text = program_codes("towns.csv") + "320981999,新设镇,镇,320981,320981,\n"
    for name in ("towns.csv", "新的乡镇.csv"):  # told by its name or by its columns
        told = run("--json", "publish", "codes", sheet(tmp_path, name, text, "utf-8-sig"), at=city)
        assert (told.code, told.json["name"], told.json["version"]) == (0, "codes.towns", 1), told.err
    carried(run, city, tmp_path)
    row = ("enterprise_name=东台锦盛新材料有限公司", "uscc=91320981MABJ1XG60Q", "town_code=新设镇")
    assert run("add", "guanbiao", *row).code == 0
    assert run("--json", "list", "guanbiao").json["rows"][0]["town_code"] == "320981999"
    unfit = sheet(tmp_path, "towns.csv", program_codes("towns.csv").replace("note", "备注", 1), "utf-8")
    carried(run, city, tmp_path)
    assert "列与本程序的不同" in run("publish", "codes", unfit, at=city).err


@pytest.mark.parametrize(
    ("words", "text", "sentence"),
    [
        ("parameters", "参数,值,依据\n", ""),
        ("parameters", "参数,值,依据\nbasis,A,某文\n", "缺少“日期”列"),
        ("parameters", "参数,值,依据,日期\nbasis,Z,某文,2026-01-05\n", "第2行：“新增贯标企业口径”不能是“Z”"),
        ("reporting", "频次,天数,起始期\n每月,五,\n", "应只有一行报送安排"),
        ("reporting", "频次,天数,起始期\n每周,5,\n", "报送安排要写明"),
        ("codes", "代码,名称\n1,甲\n", "看不出“表.csv”是哪张代码表"),
    ],
)
def test_a_sheet_that_cannot_be_published(
    run: Run, city: Path, tmp_path: Path, words: str, text: str, sentence: str
) -> None:
    told = run("publish", words, sheet(tmp_path, "表.csv", text, "utf-8"), at=city)
    assert (told.code, sentence in told.err) == (2 if sentence else 0, True)


@pytest.mark.usefixtures("county")
def test_a_county_publishes_nothing(run: Run, tmp_path: Path) -> None:
    for words in (("parameters",), ("reporting",), ("codes", sheet(tmp_path, "towns.csv", "a"))):
        told = run("publish", *words)
        assert (told.code, "由市局下发" in told.err) == (2, True)
