"""Columns whose cells hold two values are taken apart where nobody can mistake them, and named where not."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from db.store import SqlStore
from ipdesk import intake
from ipdesk.intake.splitting import person_in, span_in
from ipdesk.kinds import catalogue
from tests.ipdesk.intake.reading import CODES

Make = Callable[..., SqlStore]
LEDGERS = catalogue().ledgers


def planned(
    make_store: Make, folder: Path, ledger: str, rows: Sequence[Sequence[object]]
) -> intake.IntakePlan:
    """Plan the intake of a sheet by a county."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    book.save(folder / "表.xlsx")
    return intake.plan(make_store(unit="320981"), LEDGERS[ledger], folder / "表.xlsx")


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("张三 13812345678", ("张三", "13812345678")),
        ("张三13812345678", ("张三", "13812345678")),
        ("张三（13812345678）", ("张三", "13812345678")),
        ("张三：0515-85212345", ("张三", "0515-85212345")),
        ("13812345678 张三", ("张三", "13812345678")),
        ("张三、13812345678/13912345678", ("张三", "13812345678/13912345678")),
        ("张三", None),
        ("13812345678", None),
        ("张三13812345678、李四13912345678", None),
        ("张三 1381234567890123", None),
    ],
)
def test_a_person_and_a_number(cell: str, parts: tuple[str, str] | None) -> None:
    assert person_in(cell) == parts


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("2024.5.6-2024.5.8", ("2024-05-06", "2024-05-08")),
        ("2024-05-06至2024-05-08", ("2024-05-06", "2024-05-08")),
        ("2024-05-06 - 2024-05-08", ("2024-05-06", "2024-05-08")),
        ("2024年5月6日—8日", ("2024-05-06", "2024-05-08")),
        ("2024年5月6日～6月8日", ("2024-05-06", "2024-06-08")),
        ("2024.5.6-5.8", ("2024-05-06", "2024-05-08")),
        ("2024.5.8-5.6", None),
        ("2024-05-06", None),
        ("2024.5-2024.6", None),
        ("2024年5月6日-32日", None),
    ],
)
def test_a_span_of_days(cell: str, parts: tuple[str, str] | None) -> None:
    assert span_in(cell) == parts


@pytest.mark.parametrize(
    "head",
    [
        "联系人及电话",
        "联系人及其电话",
        "联系人（电话）",
        "联系人、联系电话",
        "联系人姓名/手机",
        "联系电话及联系人",
        "联络员、联系手机",
    ],
)
def test_who_and_number_in_one_column(make_store: Make, tmp_path: Path, head: str) -> None:
    rows = [["东台甲有限公司", CODES[0], "张三 13812345678"], ["东台乙有限公司", CODES[1], "李四13912345678"]]
    plan = planned(make_store, tmp_path, "guanbiao", [["企业名称", "统一社会信用代码", head], *rows])
    assert [(r.values["contact_name"], r.values["contact_phone"]) for r in plan.rows] == [
        ("张三", "13812345678"),
        ("李四", "13912345678"),
    ]
    assert any("分开导入" in note for note in plan.notes)


def test_cells_that_are_mostly_one_value_are_left_out(make_store: Make, tmp_path: Path) -> None:
    rows = [["东台甲有限公司", CODES[0], "张三"], ["东台乙有限公司", CODES[1], "李四13912345678"]]
    plan = planned(
        make_store, tmp_path, "guanbiao", [["企业名称", "统一社会信用代码", "联系人及电话"], *rows]
    )
    assert plan.unmapped == ["联系人及电话"]


def test_a_number_of_somebody_else_is_left_out_and_told(make_store: Make, tmp_path: Path) -> None:
    rows = [["东台甲专利事务所", CODES[0], "张三 13812345678"]]
    plan = planned(
        make_store, tmp_path, "institution", [["机构名称", "统一社会信用代码", "法定代表人及电话"], *rows]
    )
    (row,) = plan.rows
    assert row.values["legal_rep"] == "张三"
    assert "contact_phone" not in row.values
    assert any("只导入了" in note for note in plan.notes)


def test_a_column_of_its_own_goes_before_a_shared_one(make_store: Make, tmp_path: Path) -> None:
    heads = ["企业名称", "统一社会信用代码", "联系人及电话", "联系电话"]
    rows = [["东台甲有限公司", CODES[0], "张三 13812345678", "13912345678"]]
    (row,) = planned(make_store, tmp_path, "guanbiao", [heads, *rows]).rows
    assert (row.values["contact_name"], row.values["contact_phone"]) == ("张三", "13912345678")


def test_a_cell_of_two_people_is_left_out_with_a_warning(make_store: Make, tmp_path: Path) -> None:
    told = [f"张三 1381234{n:04}" for n in range(20)] + ["张三13812345678、李四13912345678"]
    rows = [[f"东台市甲{n}有限公司", CODES[n % len(CODES)], cell] for n, cell in enumerate(told)]
    plan = planned(
        make_store, tmp_path, "institution", [["机构名称", "统一社会信用代码", "联系人及电话"], *rows]
    )
    drafts = plan.drafts[-1]
    assert "contact_name" not in drafts.values
    assert any("分不清" in p.message for p in drafts.problems)


def test_a_class_has_first_and_last_day_of_one_column(make_store: Make, tmp_path: Path) -> None:
    heads = ["姓名", "工作单位", "培训班名称", "培训时间"]
    rows = [["张三", "东台甲有限公司", "贯标实务班", "2024年5月6日-8日"]]
    (row,) = planned(make_store, tmp_path, "training", [heads, *rows]).rows
    assert (row.values["start_date"], row.values["end_date"]) == ("2024-05-06", "2024-05-08")


def test_a_bracket_may_name_the_field_or_another_owner(make_store: Make, tmp_path: Path) -> None:
    heads = ["姓名", "工作单位", "培训班名称", "证书编号（结业）", "联系电话（单位联系人）", "发证日期（原）"]
    rows = [["张三", "东台甲有限公司", "贯标实务班", "DT2024001", "13812345678", "2020-01-01"]]
    plan = planned(make_store, tmp_path, "training", [heads, *rows])
    assert plan.rows[0].values["certificate_no"] == "DT2024001"
    assert "cert_no" not in plan.rows[0].values
    assert "发证日期（原）" in plan.unmapped


def test_a_word_of_two_fields_leaves_the_one_another_column_has(make_store: Make, tmp_path: Path) -> None:
    heads = ["姓名", "工作单位", "资格证书编号", "执业证号"]
    rows = [["张三", "东台甲有限公司", "3212345", "32101123456"]]
    (row,) = planned(make_store, tmp_path, "person", [heads, *rows]).rows
    assert (row.values["cert_no"], row.values["agent_practice_no"]) == ("3212345", "32101123456")


@pytest.mark.parametrize("sign", ["☐", "□"])
def test_an_empty_box_is_no(make_store: Make, tmp_path: Path, sign: str) -> None:
    heads = ["机构名称", "统一社会信用代码", "是否分支机构"]
    rows = [["东台甲专利事务所", CODES[0], "☑"], ["东台乙专利事务所", CODES[1], sign]]
    plan = planned(make_store, tmp_path, "institution", [heads, *rows])
    assert [r.values["is_branch"] for r in plan.rows] == [True, False]


def test_a_city_counts_rows_for_the_county_that_an_unknown_column_names(
    make_store: Make, tmp_path: Path
) -> None:
    book = Workbook()
    for row in (
        ["片属", "企业名称", "统一社会信用代码"],
        ["建湖县", "甲有限公司", CODES[0]],
        ["东台市", "乙有限公司", CODES[1]],
    ):
        book.worksheets[0].append(row)
    book.save(tmp_path / "表.xlsx")
    city = make_store(role="city", unit="320900")
    plan = intake.plan(city, LEDGERS["guanbiao"], tmp_path / "表.xlsx")
    assert [r.values["unit_code"] for r in plan.rows] == ["320925", "320981"]
    assert any("片属" in note for note in plan.notes) or "片属" in plan.mapping


def test_an_office_is_no_registered_address(make_store: Make, tmp_path: Path) -> None:
    rows = [["机构名称", "统一社会信用代码", "办公用详细地址"], ["甲专利事务所", CODES[0], "东台市北海路1号"]]
    (row,) = planned(make_store, tmp_path, "institution", rows).rows
    assert "reg_address" not in row.values
