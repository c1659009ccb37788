"""Conditions and moments on the command line; redo."""

from pathlib import Path

import openpyxl
import pytest

from tests.ipdesk.cli.conftest import Run
from tests.ipdesk.cli.test_report import words_of

ROWS = (
    ("锦盛公司", "91320981MABJ1XG60Q", "ST15", "2023-02-01", "2024-05-06"),
    ("恒瑞公司", "91320900MA1MA8U42Q", "ST02", "2024-02-01", ""),
)


@pytest.fixture
def ids(run: Run, county: Path) -> list[str]:
    """Return the ids of two rows, one certified, one filed, both written today."""
    assert county.is_dir()
    found = []
    for name, uscc, stage, filed, issued in ROWS:
        told = (f"enterprise_name={name}", f"uscc={uscc}", f"stage={stage}", f"filing_date={filed}")
        more = (f"cert_issue_date={issued}", "cert_no=165IP235744R0M") if issued else ()
        answer = run("--json", "add", "guanbiao", *told, *more, "contact_phone=15186091390")
        assert answer.code == 0, answer.err
        found.append(answer.json["id"])
    return found


def listed(run: Run, *words: object) -> list[str]:
    answer = run("--json", "list", "guanbiao", *words)
    assert answer.code == 0, answer.err
    assert answer.json["total"] == len(answer.json["rows"])
    return [row["enterprise_name"] for row in answer.json["rows"]]


@pytest.mark.usefixtures("ids")
@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ("stage=获证", ["锦盛公司"]),
        ("stage=ST15|省系统备案", ["锦盛公司", "恒瑞公司"]),
        ("stage!=ST15", ["恒瑞公司"]),
        ("cert_no=", ["恒瑞公司"]),
        ("cert_no!=", ["锦盛公司"]),
        ("filing_date>=2023.6.1", ["恒瑞公司"]),
        ("filing_date<=2023年", ["锦盛公司"]),
        ("enterprise_name~恒", ["恒瑞公司"]),
        ("enterprise_name=恒瑞公司|锦盛公司", []),  # a name may have a stroke: it is that very value
        ("_cert_status=", ["锦盛公司", "恒瑞公司"]),
        ("_cert_status=CS5|CS6", []),
        ("_missing~town", []),
        ("_missing!=nothing", ["锦盛公司", "恒瑞公司"]),
    ],
)
def test_conditions_of_every_sign(run: Run, condition: str, found: list[str]) -> None:
    assert listed(run, "--where", condition) == found


@pytest.mark.usefixtures("ids")
def test_codes_of_an_institution_are_asked_one_by_one(run: Run) -> None:
    told = run(
        "add", "institution", "institution_name=甲所", "uscc=91320900MA1MA8U42Q", "service_forms=专利代理"
    )
    assert told.code == 0, told.err
    for condition, count in (
        ("service_forms!=专利代理|IF04", 0),
        ("service_forms~代", 1),
        ("service_forms=专利代理", 1),
        (
            "service_forms=专利代理|商标代理",
            1,
        ),  # either: a stroke parts what may be, 、 what must all be there
        ("service_forms=专利代理、商标代理", 0),
    ):
        told = run("--json", "list", "institution", "--where", condition)
        assert told.code == 0, told.err
        assert told.json["total"] == count, condition


@pytest.mark.usefixtures("ids")
@pytest.mark.parametrize(
    "words",
    [
        ("--where", "stage"),
        ("--where", "stage>=没有这样的"),
        ("--where", "stage=没有这样的|ST15"),
        ("--where", "stage=没有这样的"),
        ("--where", "filing_date>="),
        ("--where", "_nothing=1"),
        ("--as-of", "2024-06"),
        ("--known-on", "昨天"),
    ],
)
def test_wrong_conditions_are_one_line(run: Run, words: tuple[str, str]) -> None:
    told = run("list", "guanbiao", *words)
    assert (told.code, told.out) == (2, "")
    assert "Traceback" not in told.err


@pytest.mark.usefixtures("ids")
def test_a_ledger_is_listed_as_of_a_day_and_as_known_on_one(run: Run) -> None:
    assert listed(run, "--as-of", "2023-12-31") == ["锦盛公司"]
    (row,) = run("--json", "list", "guanbiao", "--as-of", "2023-12-31").json["rows"]
    assert row["stage"] == "ST02"
    assert not {"cert_no", "cert_issue_date", "_reported"} & set(row)
    assert row["contact_phone"] == "151****1390"
    assert listed(run, "--as-of", "2023-12-31", "--where", "stage=获证") == []
    assert listed(run, "--as-of", "2024-12-31", "--search", "锦") == ["锦盛公司"]
    assert listed(run, "--known-on", "2020-01-01") == []
    assert len(listed(run, "--known-on", "2099-12-31")) == 2


@pytest.mark.usefixtures("ids")
def test_exports_and_reports_look_at_the_same_day(run: Run, tmp_path: Path) -> None:
    day = ("--as-of", "2023-12-31", "--known-on", "2099-12-31")
    told = run("--json", "export", "guanbiao", tmp_path / "台账.xlsx", *day)
    assert told.json["rows"] == 1
    sheet = openpyxl.load_workbook(tmp_path / "台账.xlsx")["_ipdesk"]
    stamp = {row[0].value: row[1].value for row in sheet.iter_rows()}
    assert (stamp["as_of"], stamp["known_on"]) == ("2023-12-31", "2099-12-31")
    assert run("report", "guanbiao", "--out", tmp_path / "一.pdf", *day).code == 0
    assert run("report", "guanbiao", "--out", tmp_path / "二.pdf", *day).code == 0
    words, again = words_of(tmp_path / "一.pdf"), words_of(tmp_path / "二.pdf")
    for part in (
        "锦盛公司",
        "数据截至2023年12月31日",
        "按2099年12月31日当日的登记内容",
        "截至2023年12月31日",
    ):
        assert part in words
    assert "恒瑞公司" not in words
    digest = words.split("数据摘要")[1][:14]
    assert digest == again.split("数据摘要")[1][:14]
    run("report", "guanbiao", "--out", tmp_path / "三.pdf")
    assert digest not in words_of(tmp_path / "三.pdf")


def test_what_was_undone_is_done_again(run: Run, ids: list[str]) -> None:
    run("set", "guanbiao", ids[0], "stage=ST31")
    assert run("--json", "undo").json["undone"] == "撤销：修改贯标企业台账"
    told = run("--json", "redo").json
    assert told == {"redone": "重做：修改贯标企业台账", "counts": {"case": 1}}
    assert listed(run, "--where", "stage=ST31") == ["锦盛公司"]
    nothing = run("redo")
    assert (nothing.code, nothing.err) == (2, "没有可以重做的操作\n")
    assert run("undo").code == 0
    assert run("redo").out == "重做：修改贯标企业台账\n"
