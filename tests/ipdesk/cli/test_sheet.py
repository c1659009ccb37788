"""import, export, template: exit codes and JSON as other programs rely on them."""

import json
from pathlib import Path

import openpyxl
import pytest

from ipdesk.resources import resource
from tests.ipdesk.cli.conftest import Answer, Run

SHEET = resource("samples", "东台市企业贯标台账.xlsx")
REFUSING = resource("samples", "亭湖区知识产权贯标进度.xlsx")


def answers(sheet: Path) -> dict[str, list[dict[str, object]]]:
    """Return what a correct intake of a sample yields."""
    told: dict[str, list[dict[str, object]]] = json.loads(
        resource("samples", "expected", f"{sheet.name}.json").read_text(encoding="utf-8")
    )
    return told


def counts(answer: Answer) -> tuple[int, int, int]:
    return answer.json["added"], answer.json["updated"], answer.json["unchanged"]


@pytest.mark.usefixtures("county")
def test_a_sheet_comes_in_once(run: Run, tmp_path: Path) -> None:
    preview = run("--json", "import", "guanbiao", SHEET, "--dry-run")
    assert (preview.code, counts(preview)) == (0, (68, 0, 0))
    assert run("--json", "list", "guanbiao").json["total"] == 0
    first = run("--json", "import", "guanbiao", SHEET, "--result", tmp_path / "结果.xlsx")
    assert (first.code, counts(first)) == (0, (68, 0, 0))
    parts = {"added", "updated", "unchanged", "mapping", "unmapped", "refused", "warnings", "notes"}
    assert set(first.json) == parts
    assert {"unit_name", "town_name", "guanbiao_state", "seq"} <= set(first.json["mapping"].values())
    assert (tmp_path / "结果.xlsx").is_file()
    again = run("--json", "import", "guanbiao", SHEET)
    assert (again.code, counts(again)) == (0, (0, 0, 68))
    told = run("--json", "list", "guanbiao", "--reveal").json["rows"]
    rows = [{n: v for n, v in row.items() if n != "id" and not n.startswith("_")} for row in told]
    expected = answers(SHEET)["rows"]
    assert sorted(rows, key=lambda row: row["uscc"]) == sorted(expected, key=lambda row: str(row["uscc"]))


def test_refused_rows_are_told_with_place_and_rule(run: Run, tmp_path: Path) -> None:
    place = tmp_path / "亭湖"
    run("init", "--role", "county", "--unit", "320902", "--no-password", at=place)
    told = run("--json", "import", "guanbiao", REFUSING, at=place)
    assert (told.code, counts(told)) == (1, (65, 0, 0))
    assert all(set(r) == {"sheet", "row", "field", "code", "message"} for r in told.json["refused"])
    expected = answers(REFUSING)["rejected"]
    assert {(r["row"], r["code"]) for r in told.json["refused"]} == {(r["row"], r["code"]) for r in expected}
    plain = run("import", "guanbiao", REFUSING, "--dry-run", at=place).out.splitlines()
    assert plain[0] == f"预览 {REFUSING.name}：新增 0 行，更新 0 行，未变 65 行，退回 15 行"
    assert any("行：" in line for line in plain[1:])


@pytest.mark.usefixtures("county")
def test_what_is_doubtful_is_told_beside_what_came_in(run: Run, tmp_path: Path) -> None:
    sheet = tmp_path / "表.csv"
    sheet.write_text(
        "企业名称,信用代码,联系电话,微信\n东台锦盛新材料有限公司,91320981MABJ1XG60Q,138****5678,x\n"
        "东台锦盛中心,12320981MB1A2C3D4T,12345,\n",
        encoding="utf-8",
    )
    told = run("--json", "import", "guanbiao", sheet).json
    assert [(w["sheet"], w["row"], w["field"], w["code"]) for w in told["warnings"]] == [
        ("表", 2, "contact_phone", "V06"),
        *([("表", 3, "uscc", "V04")] if told["added"] == 2 else []),
    ]
    assert all("5678" not in w["message"] for w in told["warnings"])
    assert told["notes"] == []
    plain = run("import", "guanbiao", sheet).out
    assert "请核对：“表”第2行：" in plain


@pytest.mark.usefixtures("county")
def test_many_refusals_are_cut_short_in_words(run: Run) -> None:
    told = run("import", "guanbiao", resource("samples", "射阳县贯标台账.csv"))
    assert told.code == 1
    assert told.out.splitlines()[-1] == "还有 25 处，用 --result 写出结果表可看全部"


@pytest.mark.usefixtures("county")
def test_a_mapping_file_decides(run: Run, tmp_path: Path) -> None:
    sheet, mapping = tmp_path / "表.csv", tmp_path / "对应.json"
    sheet.write_text(
        "客户全名,证照号码,跟进人\n东台锦盛新材料有限公司,91320981MABJ1XG60Q,张三\n", encoding="utf-8"
    )
    mapping.write_text(
        '{"客户全名": "enterprise_name", "证照号码": "uscc", "跟进人": null}', encoding="utf-8"
    )
    told = run("--json", "import", "guanbiao", sheet, "--mapping", mapping)
    assert (told.code, counts(told)) == (0, (1, 0, 0)), told.out + told.err
    assert told.json["mapping"] == {"客户全名": "enterprise_name", "证照号码": "uscc"}
    assert told.json["unmapped"] == ["跟进人"]
    assert "没有导入的列：跟进人" in run("import", "guanbiao", sheet, "--mapping", mapping).out


@pytest.mark.usefixtures("county")
@pytest.mark.parametrize("text", ["[]", "{", '{"甲": 1}', "[" * 100_000, '{"\\ud800": "uscc"}'], ids=range(5))
def test_what_is_no_mapping_is_refused(run: Run, tmp_path: Path, text: str) -> None:
    (tmp_path / "对应.json").write_text(text, encoding="utf-8")
    told = run("import", "guanbiao", SHEET, "--mapping", tmp_path / "对应.json")
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith("“对应.json”不是表头对应文件")


@pytest.mark.usefixtures("county")
def test_a_sheet_that_cannot_be_opened_is_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04 not really")
    for name in ("坏.xlsx", "没有.xlsx"):
        told = run("import", "guanbiao", tmp_path / name)
        assert (told.code, told.out, told.err.count("\n")) == (2, "", 1)


@pytest.mark.usefixtures("county")
def test_export_asks_like_list(run: Run, tmp_path: Path) -> None:
    run("import", "guanbiao", SHEET)
    out = tmp_path / "台账.xlsx"
    told = run("--json", "export", "guanbiao", out, "--where", "stage=ST15")
    wanted = run("--json", "list", "guanbiao", "--where", "stage=ST15").json["total"]
    assert told.json == {"file": str(out), "rows": wanted}
    assert 0 < wanted < 68
    assert openpyxl.load_workbook(out).worksheets[0].max_row == wanted + 2
    assert run("export", "guanbiao", tmp_path / "台账.csv").out == f"已导出 68 条到 {tmp_path / '台账.csv'}\n"
    assert run("export", "guanbiao", tmp_path / "台账.pdf").code == 2


def test_a_blank_form_needs_no_workspace(run: Run, tmp_path: Path) -> None:
    told = run("template", "guanbiao", tmp_path / "空表.xlsx", "--unit", "320981", "--json")
    assert told.json == {"file": str(tmp_path / "空表.xlsx")}
    assert openpyxl.load_workbook(tmp_path / "空表.xlsx").sheetnames[0] == "贯标企业台账"


@pytest.mark.usefixtures("county")
def test_what_a_sheet_does_not_say_can_be_set(run: Run, tmp_path: Path) -> None:
    sheet = tmp_path / "学员.csv"
    sheet.write_text("姓名,工作单位,手机号\n陈喆,甲公司,13900000000\n", encoding="utf-8")
    told = run(
        "--json", "import", "training", sheet, "--set", "course_name=高管班", "--set", "start_date=2024.5"
    )
    assert (told.code, counts(told)) == (0, (1, 0, 0))
    (row,) = run("--json", "list", "training").json["rows"]
    assert (row["course_name"], row["start_date"]) == ("高管班", "2024-05")
    assert run("import", "training", sheet, "--set", "高管班").code == 2
