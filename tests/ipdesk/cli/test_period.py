"""The command period: a county reports and withdraws, the city accepts and returns, and what both are told."""

from pathlib import Path

import pytest

from tests.ipdesk.cli.conftest import Run

LOAN = ("indicator_code=I06", "period=2024-03", "value=12000", "source=部门报送")


@pytest.mark.usefixtures("county")
def test_a_county_reports_a_month(run: Run) -> None:
    told = run("period", "submit", "2024-03")
    assert (told.code, "请选“零报告”" in told.err) == (2, True)
    assert run("add", "indicator_value", *LOAN).code == 0
    done = run("--json", "period", "submit", "2024-03", "--reporter", "王芳").json
    assert (done["state_label"], done["filled"], done["lacking"], done["reporter"]) == (
        "已报送",
        1,
        [],
        "王芳",
    )
    refused = run("undo")
    assert (refused.code, refused.err) == (
        2,
        "2024年3月已经报送，要改请先在“期次”里撤回这一期并写明原因\n",
    )
    assert "已撤回" in run("period", "withdraw", "2024-03", "--reason", "数字错了").out
    assert run("undo").code == 0


@pytest.mark.usefixtures("county")
def test_the_periods_are_listed(run: Run) -> None:
    run("period", "submit", "2024-03", "--zero")
    rows = run("--json", "period", "list").json["rows"]
    states = {row["period"]: row["state"] for row in rows}
    assert (states["2024-03"], states["2024-02"]) == ("submitted", "overdue")
    assert len(run("--json", "period", "list", "--state", "已报送").json["rows"]) == 1
    assert "2024-03  东台市  已报送  应报 2024-04-10  零报告" in run("period", "list", "--unit", "东台市").out
    assert run("period", "list", "--state", "某某").code == 2
    assert run("period", "list", "--unit", "某某").code == 2


@pytest.mark.usefixtures("county")
def test_a_period_is_shown_as_it_was_reported(run: Run) -> None:
    run("add", "indicator_value", *LOAN)
    run("period", "submit", "2024-03")
    told = run("--json", "period", "show", "2024-03").json
    assert told["known_on"]
    assert told["rows"] == [{"indicator_code": "I06", "name": "质押融资", "then": 1.2, "now": 1.2}]
    assert "报送时 1.2，现在 1.2" in run("period", "show", "2024-03").out
    assert run("period", "show", "2024-02").code == 2


def test_the_city_accepts_and_returns(run: Run, tmp_path: Path) -> None:
    city, county, stick = tmp_path / "市", tmp_path / "县", tmp_path / "盘"
    stick.mkdir()
    run("init", "--role", "city", "--unit", "320900", "--office-name", "盐城市", "--no-password", at=city)
    run("init", "--role", "county", "--unit", "320981", "--office-name", "东台", "--no-password", at=county)
    run("enrol", "request", stick / "q", at=county)
    run("enrol", "accept", stick / "q", "--out", stick / "g", at=city)
    run("enrol", "install", stick / "g", at=county)
    run("period", "submit", "2024-03", "--zero", at=county)
    (package,) = run("--json", "package", "export", stick, at=county).json["files"]
    run("package", "receive", package, at=city)
    assert "已接收东台市2024年3月" in run("period", "accept", "320981", "2024-03", at=city).out
    assert (
        "已退回东台市" in run("period", "return", "东台市", "2024-03", "--reason", "不是零报告", at=city).out
    )
    (receipt,) = run("--json", "package", "export", stick, at=city).json["files"]
    run("package", "receive", receipt, at=county)
    (row,) = run("--json", "period", "list", "--state", "returned", at=county).json["rows"]
    assert (row["period"], row["message"]) == ("2024-03", "不是零报告")
    (row,) = run("--json", "period", "list", "--state", "returned", at=city).json["rows"]
    assert (row["unit_name"], row["package"]) == ("东台市", None)
