"""What an intake would do to the store, and doing it."""

import multiprocessing
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from db.store import SqlStore
from ipdesk import intake
from ipdesk.kinds import catalogue
from ipdesk.problems import Grade, Refusal
from ipdesk.records import Query
from ipdesk.template import write_template
from tests.ipdesk.intake.reading import CODES, Cells

LEDGER = catalogue().ledger("guanbiao")
HEADS = ["企业名称", "信用代码", "贯标标准", "证书编号", "联系人", "补助年度", "补助金额"]
Make = Callable[..., SqlStore]


def book(path: Path, **sheets: Cells) -> Path:
    """Write a workbook; a sheet whose name begins with _ is hidden."""
    made = Workbook()
    del made["Sheet"]
    for name, rows in sheets.items():
        sheet = made.create_sheet(name.removeprefix("_"))
        sheet.sheet_state = "hidden" if name.startswith("_") else "visible"
        for row in rows:
            sheet.append(list(row))
    made.save(path)
    return path


@pytest.fixture
def county(make_store: Make) -> SqlStore:
    """Return an empty store of 东台市."""
    return make_store(unit="320981")


def plan(
    store: SqlStore, tmp_path: Path, *rows: Sequence[object], **given: Mapping[str, str | None]
) -> intake.IntakePlan:
    """Plan the intake of one sheet."""
    return intake.plan(store, LEDGER, book(tmp_path / "表.xlsx", 台账=rows), **given)  # type: ignore[arg-type]


def told(planned: intake.IntakePlan) -> list[tuple[int, str, str]]:
    """Return (row, field, code) of the refusals."""
    return [(p.row, p.field, p.code) for p in planned.refused]


def test_a_sheet_of_another_subject_is_left_out_beside_a_good_one(county: SqlStore, tmp_path: Path) -> None:
    pledges: Cells = [["序号", "企业名称", "质押金额（万元）", "质权人"], [1, "甲公司", 500, "江苏银行"]]
    own: Cells = [["企业名称", "信用代码", "联系人"], ["甲公司", CODES[0], "张三"]]
    planned = intake.plan(county, LEDGER, book(tmp_path / "表.xlsx", 台账=own, 质押融资=pledges))
    assert (len(planned.rows), planned.refused) == (1, [])
    (note,) = planned.notes
    assert "质押融资" in note
    alone = intake.plan(county, LEDGER, book(tmp_path / "单.xlsx", 质押融资=pledges))
    assert told(alone) == [(2, "uscc", "required")]


def test_rows_without_codes_in_a_sheet_like_the_other_are_refused(county: SqlStore, tmp_path: Path) -> None:
    own: Cells = [["企业名称", "信用代码", "联系人", "补助年度"], ["甲公司", CODES[0], "张三", 2023]]
    bare: Cells = [["企业名称", "联系人", "补助年度"], ["乙公司", "李四", 2023]]
    planned = intake.plan(county, LEDGER, book(tmp_path / "表.xlsx", 三仓镇=own, 五烈镇=bare))
    assert told(planned) == [(2, "uscc", "required")]


def test_two_columns_told_to_be_one_field_are_refused(county: SqlStore, tmp_path: Path) -> None:
    heads = ["企业名称", "信用代码", "甲号", "乙号"]
    told_both: dict[str, str | None] = {"甲号": "cert_no", "乙号": "cert_no"}
    planned = plan(county, tmp_path, heads, ["甲公司", CODES[0], "C1", "C2"], mapping=told_both)
    (problem,) = planned.refused
    assert (problem.code, problem.field, problem.row) == ("header", "cert_no", 1)
    assert "甲号" in problem.message
    assert "乙号" in problem.message
    assert planned.rows == []


def test_a_column_left_out_for_its_cells_is_named_with_an_example(county: SqlStore, tmp_path: Path) -> None:
    rows = [[f"公司{n}", CODES[n], "三年"] for n in range(4)]
    planned = plan(county, tmp_path, ["企业名称", "信用代码", "证书有效期"], *rows)
    assert (len(planned.rows), planned.unmapped) == (4, ["证书有效期"])
    assert planned.notes == ["“证书有效期”这一列多半不是有效期至（如“三年”），整列没有导入"]


def test_a_sheet_is_planned_and_brought_in(county: SqlStore, tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    path = book(
        tmp_path / "表.xlsx",
        台账=[["序号", *HEADS, "微信"], [1, "甲公司", CODES[0], "新版", "C1", "张三", 2023, 5, "x"]],
    )
    planned = intake.plan(county, LEDGER, path, progress=lambda done, total: steps.append((done, total)))
    assert (planned.mapping["信用代码"], planned.mapping["序号"], planned.unmapped) == (
        "uscc",
        "seq",
        ["微信"],
    )
    assert (planned.sheets[0].name, planned.sheets[0].header_rows, planned.read) == ("台账", (1,), 1)
    assert {step for step in steps if not step[1]} == {(0, 0)}  # while the file is being read
    assert [step for step in steps if step[1]] == [(0, 1), (1, 1)]
    assert county.keys(LEDGER, Query()) == []
    assert intake.apply(county, planned) == intake.IntakeOutcome(1, 0, 0)
    (row,) = county.rows(LEDGER, county.keys(LEDGER, Query()))
    assert {n: v for n, v in row.values.items() if v is not None} == {
        **{"unit_code": "320981", "enterprise_name": "甲公司", "uscc": CODES[0], "standard_code": "SD2"},
        **{"cert_no": "C1", "contact_name": "张三", "subsidy_year": 2023, "subsidy_amount_wan": 5.0},
    }


def test_a_second_intake_changes_nothing_and_an_empty_cell_clears_nothing(
    county: SqlStore, tmp_path: Path
) -> None:
    full: Cells = [HEADS, ["甲公司", CODES[0], "新版", "C1", "张三", 2023, 5]]
    intake.apply(county, plan(county, tmp_path, *full))
    lsn = county.last_lsn()
    assert intake.apply(county, plan(county, tmp_path, *full)) == intake.IntakeOutcome(0, 0, 1)
    assert intake.apply(county, plan(county, tmp_path, HEADS, ["甲公司", CODES[0]])) == intake.IntakeOutcome(
        0, 0, 1
    )
    assert county.last_lsn() == lsn


def test_an_update_tells_what_stood_before(county: SqlStore, tmp_path: Path) -> None:
    intake.apply(county, plan(county, tmp_path, HEADS, ["甲公司", CODES[0], "新版", "C1", "张三"]))
    planned = plan(county, tmp_path, HEADS, ["甲公司", CODES[0], None, None, "李四", 2024, 3])
    (row,) = planned.rows
    assert (row.outcome, row.before["contact_name"]) == ("updated", "张三")
    assert intake.apply(county, planned) == intake.IntakeOutcome(0, 1, 0)
    renamed = plan(county, tmp_path, HEADS, ["甲新公司", CODES[0]])
    assert [(p.code, p.grade) for p in renamed.warnings] == [("V21", Grade.WARNING)]


def test_rows_of_one_file_are_held_against_each_other(county: SqlStore, tmp_path: Path) -> None:
    planned = plan(
        county,
        tmp_path,
        HEADS,
        ["甲公司", CODES[0], "新版", "C1", "张三", 2023, 5],
        ["乙公司", CODES[0]],
        ["甲公司", CODES[0], "新版", "C1", "张三", 2023, 5],
        ["甲公司", CODES[0], "2023版", None, "李四"],
        ["甲公司", CODES[0], "2013版"],
        ["甲公司", CODES[0], None, None, None, 2024, 3],
        ["丙公司", CODES[2], "新版", "C1"],
        ["甲公司", CODES[0], "GB/T 33250-2016", "C2", "王五"],
        ["甲公司", CODES[0], None, None, None, 2023, 6],
    )
    assert told(planned) == [
        *(
            (3, "uscc", "duplicate"),
            (5, "uscc", "duplicate"),
            (6, "uscc", "duplicate"),
            (8, "cert_no", "V12"),
        ),
        (10, "uscc", "duplicate"),
    ]
    assert [(r.row, r.outcome) for r in planned.rows] == [
        (2, "added"),
        (4, "unchanged"),
        (7, "updated"),
        (9, "added"),
    ]
    assert "“台账”第2行是“甲公司”，这里是“乙公司”" in planned.refused[0].message
    assert "联系人不一样" in planned.refused[1].message
    assert "已在“台账”第2行用于“甲公司”" in planned.refused[3].message
    assert intake.apply(county, planned) == intake.IntakeOutcome(2, 1, 1)
    assert len(county.keys(LEDGER, Query())) == 2


def test_a_row_refused_for_something_else_still_speaks_against_another_name(
    county: SqlStore, tmp_path: Path
) -> None:
    heads = ["企业名称", "信用代码", "启动时间", "证书编号"]
    planned = plan(
        county,
        tmp_path,
        heads,
        ["甲公司", CODES[0], "去年", "C1"],
        ["乙公司", CODES[0]],
        ["丙公司", CODES[1], None, "C1"],
    )
    assert told(planned) == [(2, "start_date", "date"), (3, "uscc", "duplicate"), (4, "cert_no", "V12")]
    assert planned.rows == []
    assert intake.apply(county, planned) == intake.IntakeOutcome(0, 0, 0)


def test_a_certificate_that_another_enterprise_has_in_the_store_is_refused(
    county: SqlStore, tmp_path: Path
) -> None:
    intake.apply(county, plan(county, tmp_path, HEADS, ["甲公司", CODES[0], "新版", "C1"]))
    planned = plan(
        county, tmp_path, HEADS, ["乙公司", CODES[1], "新版", "C1"], ["甲公司", CODES[0], "新版", "C1"]
    )
    assert told(planned) == [(2, "cert_no", "V12")]


def test_every_table_of_every_visible_sheet_is_taken(county: SqlStore, tmp_path: Path) -> None:
    heads = ["企业名称", "信用代码"]
    path = book(
        tmp_path / "表.xlsx",
        填表说明=[["填表说明"], ["一行一企业"]],
        代码=[["贯标阶段", "证书状态"], ["启动", "有效"]],
        甲=[["东台市台账"], heads, ["甲公司", CODES[0]], ["例", None], [None, None]],
        乙=[["建湖县企业名单"], heads, ["乙公司", CODES[1]]],
        _丙=[heads, ["丙公司", CODES[2]]],
        导入情况=[heads, ["丁公司", CODES[3]]],
    )
    planned = intake.plan(county, LEDGER, path)
    assert [(r.sheet, r.row) for r in planned.rows] == [("甲", 3)]
    assert [(p.sheet, p.row, p.code) for p in planned.refused] == [("乙", 3, "unit")]
    assert planned.notes == [
        "工作表“填表说明”没有台账的表头，没有读",
        "工作表“代码”没有台账的表头，没有读",
        "隐藏的工作表“丙”没有读",
        "“甲”第4行是填写示例，没有导入",
        "表题写的是“建湖县”，没有写报送单位的各行不收；确是“东台市”的，请改正表题后再导入",
    ]


class GivenUpError(Exception):
    """The clerk gave up."""


def test_giving_up_ends_the_child_that_reads_the_file(county: SqlStore, tmp_path: Path) -> None:
    def give_up(_done: int, _total: int) -> None:
        raise GivenUpError

    path = book(tmp_path / "表.xlsx", 台账=[HEADS, ["甲公司", CODES[0]]])
    with pytest.raises(GivenUpError):
        intake.plan(county, LEDGER, path, progress=give_up)
    assert multiprocessing.active_children() == []


def test_giving_up_works_while_the_lines_are_read(
    county: SqlStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = book(tmp_path / "表.xlsx", 台账=[HEADS, ["甲公司", CODES[0]]])
    read = intake.plan(county, LEDGER, path).book
    monkeypatch.setattr("ipdesk.intake.planning.read_book", lambda _path, beat: read)
    steps: list[tuple[int, int]] = []

    def give_up(done: int, total: int) -> None:
        steps.append((done, total))
        raise GivenUpError

    with pytest.raises(GivenUpError):
        intake.plan(county, LEDGER, path, progress=give_up)
    assert steps == [(0, 0)]


def test_records_under_heads_that_nobody_knows_are_refused(county: SqlStore, tmp_path: Path) -> None:
    strange = [["二季度"], ["客户全名", "证照号码", "人"], ["乙公司", CODES[1], "李四"]]
    path = book(
        tmp_path / "表.xlsx",
        甲=[["企业名称", "信用代码"], ["甲公司", CODES[0]]],
        乙=strange,
        丙=[["乙公司", CODES[1]]],
        填写示例=strange,
        汇总=[["镇", "家数"], ["东台镇", 3]],
    )
    planned = intake.plan(county, LEDGER, path)
    assert [r.sheet for r in planned.rows] == ["甲"]
    assert [(p.sheet, p.row, p.code) for p in planned.refused] == [("乙", 2, "header"), ("丙", 1, "header")]
    assert planned.notes == [f"工作表“{name}”没有台账的表头，没有读" for name in ("填写示例", "汇总")]
    told = {"客户全名": "enterprise_name", "证照号码": "uscc"}
    assert "乙" in {r.sheet for r in intake.plan(county, LEDGER, path, mapping=told).rows}


@pytest.mark.parametrize("rows", [[["随便"], ["写写"]], [["贯标阶段", "证书状态"], ["启动", "有效"]]])
def test_a_workbook_without_heads_is_one_refusal(rows: Cells, county: SqlStore, tmp_path: Path) -> None:
    planned = intake.plan(county, LEDGER, book(tmp_path / "表.xlsx", 台账=rows))
    assert told(planned) == [(1, "uscc", "header")]
    assert "企业名称" in planned.refused[0].message
    with pytest.raises(Refusal, match="找不到文件"):
        intake.plan(county, LEDGER, tmp_path / "没有.xlsx")


def test_a_missing_column_is_told_and_refuses_every_row(county: SqlStore, tmp_path: Path) -> None:
    planned = plan(county, tmp_path, ["企业名称", "联系人"], ["甲公司", "张三"])
    assert told(planned) == [(2, "uscc", "required")]
    assert planned.notes == ["“台账”里没有找到“统一社会信用代码”这一列"]


def test_what_was_decided_for_a_sheet_is_remembered_for_its_shape(county: SqlStore, tmp_path: Path) -> None:
    heads = ["企业名称", "信用代码", "经办同志", "微信"]
    first, second = ["甲公司", CODES[0], "张三", "x1"], ["乙公司", CODES[1], "李四", "x2"]
    assert plan(county, tmp_path, heads, first).unmapped == ["经办同志", "微信"]
    decided = {"经办同志": "contact_name", "微信": None, "没有的列": "remark"}
    planned = plan(county, tmp_path, heads, first, mapping=decided)
    assert (planned.mapping["经办同志"], planned.unmapped) == ("contact_name", ["微信"])
    assert planned.notes == ["指定的表头“没有的列”在表里没有"]
    intake.apply(county, planned)
    again = plan(county, tmp_path, heads, second)
    assert (again.mapping["经办同志"], again.rows[0].values["contact_name"]) == ("contact_name", "李四")
    assert "经办同志" not in plan(county, tmp_path, [*heads, "别的"], [*second, 1]).mapping


def test_what_brought_nothing_in_is_not_remembered(county: SqlStore, tmp_path: Path) -> None:
    heads = ["企业名称", "信用代码", "经办同志"]
    wrong = plan(county, tmp_path, heads, ["甲公司", "1", "张三"], mapping={"经办同志": "contact_name"})
    assert (told(wrong), wrong.rows) == ([(2, "uscc", "V01")], [])
    assert intake.apply(county, wrong) == intake.IntakeOutcome(0, 0, 0)
    assert plan(county, tmp_path, heads, ["甲公司", CODES[0], "张三"]).unmapped == ["经办同志"]


def test_an_unknown_field_in_a_mapping_is_refused(county: SqlStore, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="没有“nothing”这个字段"):
        plan(county, tmp_path, HEADS, ["甲公司", CODES[0]], mapping={"联系人": "nothing"})


def test_heads_that_only_the_clerk_knows_are_found_by_the_mapping(county: SqlStore, tmp_path: Path) -> None:
    planned = plan(
        county,
        tmp_path,
        ["单位", "码"],
        ["甲公司", CODES[0]],
        mapping={"单位": "enterprise_name", "码": "uscc"},
    )
    assert [r.values["uscc"] for r in planned.rows] == [CODES[0]]


def test_one_head_with_two_meanings_is_named_with_its_sheet(county: SqlStore, tmp_path: Path) -> None:
    path = book(
        tmp_path / "表.xlsx",
        甲=[["企业名称", "信用代码", "状态"], *([f"甲{n}公司", c, "有效"] for n, c in enumerate(CODES[:3]))],
        乙=[["企业名称", "信用代码", "状态"], *([f"乙{n}公司", c, "启动"] for n, c in enumerate(CODES[3:]))],
        丙=[["企业名称", "信用代码", "状态"], ["丙公司", "91320981MABJ1XG60Q", "在产"]],
    )
    planned = intake.plan(county, LEDGER, path)
    assert (planned.mapping["状态"], planned.mapping["状态（乙）"]) == ("cert_status", "guanbiao_state")
    assert planned.unmapped == ["状态（丙）"]


def test_the_city_takes_rows_of_every_unit(make_store: Make, tmp_path: Path) -> None:
    city = make_store(role="city", unit="320900", office_name="盐城市知识产权局")
    heads = ["县（市、区）", "企业名称", "信用代码"]
    path = book(
        tmp_path / "表.xlsx",
        台账=[
            heads,
            ["东台", "甲公司", CODES[0]],
            ["建湖县", "乙公司", CODES[1]],
            [None, "丙公司", CODES[2]],
        ],
    )
    planned = intake.plan(city, LEDGER, path)
    assert [r.values.get("unit_code") for r in planned.rows] == ["320981", "320925", None]
    assert [(p.row, p.code) for p in planned.warnings] == [(4, "unit")]
    assert intake.apply(city, planned).added == 3


@pytest.mark.parametrize(
    ("stamp", "told"),
    [
        ([["purpose", "template"], ["ledger", "guanbiao"], ["version", "old"]], "旧版栏目"),
        ([["purpose", "template"], ["ledger", "institution"]], "另一种台账"),
        ([["purpose", "export"], ["ledger", "guanbiao"], ["version", "old"]], None),
    ],
)
def test_the_stamp_of_a_form_is_read(
    stamp: Cells, told: str | None, county: SqlStore, tmp_path: Path
) -> None:
    path = book(tmp_path / "表.xlsx", 台账=[HEADS, ["甲公司", CODES[0]]], __ipdesk=stamp)
    notes = intake.plan(county, LEDGER, path).notes
    assert [told in note for note in notes] == [True] if told else notes == []


def test_a_fresh_form_comes_in_without_a_word(county: SqlStore, tmp_path: Path) -> None:
    write_template(LEDGER, tmp_path / "填报表.xlsx", "320981")
    filled = load_workbook(tmp_path / "填报表.xlsx")
    labels = [cell.value for cell in filled.worksheets[0][2]]
    for label, value in {"企业名称": "甲公司", "统一社会信用代码": CODES[0], "贯标状态": "获证"}.items():
        filled.worksheets[0].cell(3, labels.index(label) + 1).value = value
    filled.save(tmp_path / "填好.xlsx")
    planned = intake.plan(county, LEDGER, tmp_path / "填好.xlsx")
    assert ([r.values["stage"] for r in planned.rows], planned.notes, planned.unmapped) == (["ST15"], [], [])
    assert sorted(planned.mapping.values()) == sorted(f.sheet_name for f in LEDGER.fields)
