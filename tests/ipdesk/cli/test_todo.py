"""todo: what there is to do, as lines, as JSON and as a sheet."""

from datetime import date, timedelta
from pathlib import Path

import openpyxl

from tests.ipdesk.cli.conftest import Run

ROW = ("enterprise_name=东台锦盛新材料有限公司", "uscc=91320981MABJ1XG60Q", "stage=ST06", "standard_code=SD2")


def test_it_is_told_in_every_form(run: Run, county: Path, tmp_path: Path) -> None:
    until = (date.today() + timedelta(days=20)).isoformat()
    id_ = run("--json", "add", "guanbiao", *ROW, f"cert_valid_to={until}", at=county).json["id"]
    told = run("--json", "todo")
    assert (told.code, told.err) == (0, "")
    assert told.json["rows"][0] == {
        "ledger": "guanbiao",
        "id": id_,
        "unit_code": "320981",
        "name": "东台锦盛新材料有限公司",
        "sort": "expiry",
        "what": "证书还有20天到期，请办再认证",
        "due": until,
        "days": 20,
        "severity": "urgent",
        "_owner": "320981",
    }
    assert (told.json["total"], told.json["counts"]) == (3, {"expiry": 1, "documents": 1, "unsent": 1})
    lines = run("todo", "--out", tmp_path / "待办.xlsx").out.splitlines()
    assert lines[0] == f"要紧  证书到期  东台锦盛新材料有限公司  证书还有20天到期，请办再认证  {until}"
    assert lines[-2:] == ["共 3 条：证书到期 1，缺少材料 1，未上报 1", f"已写成 {tmp_path / '待办.xlsx'}"]
    assert openpyxl.load_workbook(tmp_path / "待办.xlsx")["待办事项"].max_row == 5
    assert run("--json", "todo", "--out", tmp_path / "b.xlsx").json["file"] == str(tmp_path / "b.xlsx")


def test_one_unit_can_be_asked_for(run: Run, county: Path) -> None:
    run("add", "guanbiao", *ROW, at=county)
    assert run("--json", "todo", "--unit", "东台").json["total"] == 2
    assert run("todo", "--unit", "320925").out == "共 0 条\n"
    unknown = run("todo", "--unit", "南京")
    assert (unknown.code, unknown.err) == (2, "没有“南京”这个单位，请写单位代码，如 320981\n")


def test_another_ending_is_one_line(run: Run, county: Path, tmp_path: Path) -> None:
    told = run("todo", "--out", tmp_path / "待办.pdf", at=county)
    assert (told.code, told.out, told.err.count("\n")) == (2, "", 1)
