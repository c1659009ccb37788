"""Heads and words that look right and mean something else: left out and named, never taken in without a word."""

from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest

from db.store import SqlStore
from ipdesk import intake
from ipdesk.codes import code_table
from ipdesk.fields import Text

CODE, NAME = "91320981MABJ1XG60Q", "东台锦盛新材料有限公司"
Row = Sequence[object]


def planned(store: SqlStore, path: Path, rows: Sequence[Row], *groups: str) -> intake.IntakePlan:
    """Return the plan for a workbook with these rows and merged group heads."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    for group in groups:
        sheet.merge_cells(group)
    book.save(path)
    return intake.plan(store, store.catalogue.ledger("guanbiao"), path)


@pytest.mark.parametrize(
    ("group", "leaves", "cells"),
    [
        ("ISO9001认证情况", ("证书编号", "发证日期"), ("00128Q11600R0M", "2021-04-10")),
        ("高新技术企业认定", ("证书编号", "发证时间"), ("GR202332000001", "2023-10-06")),
        ("专利质押", ("备案时间", "金额（万元）"), ("2023-04-14", 5)),
        ("数据管理能力成熟度（DCMM）", ("启动时间", "证书编号"), ("2023-04-14", "DCMM-0001")),
        ("高企认定", ("证书编号", "有效期至"), ("GR202332000001", "2023-10-06")),
        ("认证机构联络", ("联系人", "联系电话"), ("郭强勇", "19908166860")),
        ("包保责任", ("联系人", "联系电话"), ("郭强勇", "19908166860")),
        ("镇（街道）", ("联系人", "联系电话"), ("郭强勇", "19908166860")),
        ("辅导机构情况", ("联系人", "联系电话"), ("陶娟", "15830003100")),
        ("计划", ("启动时间", "发证日期"), ("2023-01-01", "2023-12-31")),
    ],
)
def test_a_group_about_something_else_keeps_its_columns_out(
    make_store: Callable[..., SqlStore], tmp_path: Path, group: str, leaves: Row, cells: Row
) -> None:
    rows = [("企业名称", "统一社会信用代码", group, None), (None, None, *leaves), (NAME, CODE, *cells)]
    plan = planned(make_store(), tmp_path / "a.xlsx", rows, "C1:D1", "A1:A2", "B1:B2")
    assert set(plan.rows[0].values) <= {"unit_code", "enterprise_name", "uscc"}
    assert plan.unmapped


def test_a_group_about_the_same_thing_lets_its_columns_in(
    make_store: Callable[..., SqlStore], tmp_path: Path
) -> None:
    rows = [
        ("企业名称", "统一社会信用代码", "高新技术企业认定", None, "贯标认证", None),
        (None, None, "证书编号", "发证时间", "证书编号", "发证时间"),
        (NAME, CODE, "GR202332000001", "2021-01-01", "165IP235744R0M", "2023-10-10"),
    ]
    plan = planned(make_store(), tmp_path / "a.xlsx", rows, "C1:D1", "E1:F1", "A1:A2", "B1:B2")
    assert plan.rows[0].values["cert_no"] == "165IP235744R0M"
    assert plan.rows[0].values["cert_issue_date"] == "2023-10-10"


def test_a_span_over_two_columns_is_valid_to_its_end(
    make_store: Callable[..., SqlStore], tmp_path: Path
) -> None:
    rows = [
        ("企业名称", "统一社会信用代码", "证书有效期", None),
        (None, None, "起", "止"),
        (NAME, CODE, "2023-06-17", "2026-06-16"),
    ]
    plan = planned(make_store(), tmp_path / "a.xlsx", rows, "C1:D1", "A1:A2", "B1:B2")
    assert plan.rows[0].values["cert_valid_to"] == "2026-06-16"


@pytest.mark.parametrize(
    ("head", "cell"),
    [("经营状态", "正常"), ("质量体系认证机构", "中知认证"), ("内审结果", "合格"), ("两化融合进展", "启动")],
)
def test_everyday_words_prove_no_field(
    make_store: Callable[..., SqlStore], tmp_path: Path, head: str, cell: str
) -> None:
    rows = [("企业名称", "统一社会信用代码", head), (NAME, CODE, cell)]
    assert planned(make_store(), tmp_path / "a.xlsx", rows).unmapped == [head]


@pytest.mark.parametrize(
    ("table", "word", "code"),
    [
        ("stages.stage", "获证中", None),
        ("stages.stage", "正在颁证", None),
        ("stages.stage", "体系运行中", "ST08"),
        ("stages.cert_status", "注销中", None),
        ("stages.cert_status", "暂停中", "CS2"),
        ("stages.cert_status", "被撤销", "CS3"),
    ],
)
def test_on_its_way_to_an_outcome_is_not_the_outcome(table: str, word: str, code: str | None) -> None:
    assert code_table(table).find(word) == code


def test_a_number_told_to_be_text_loses_its_quote() -> None:
    assert Text().parse("'6228480123456789012") == "6228480123456789012"


def test_another_countys_rows_are_known_under_a_short_head(
    make_store: Callable[..., SqlStore], tmp_path: Path
) -> None:
    rows = [
        ("地区", "企业名称", "统一社会信用代码"),
        ("建湖", "建湖新宏汽车零部件有限公司", "91320925MATKLJEG44"),
    ]
    assert [p.code for p in planned(make_store(), tmp_path / "a.xlsx", rows).refused] == ["unit"]


@pytest.mark.parametrize("merged", [True, False])
def test_heads_that_begin_in_a_row_of_unknown_words_are_read_whole(
    make_store: Callable[..., SqlStore], tmp_path: Path, merged: bool
) -> None:
    rows = [
        ("序号", "单位概况", None, "质量管理体系", None, "其他事项", "贯标认证", None),
        (None, "企业名称", "统一社会信用代码", "证书编号", "有效期至", None, "证书编号", "到期日期"),
        (1, NAME, CODE, "00123Q1", "2025-01-01", "某", "165IP235744R0M", "2026-06-16"),
    ]
    groups = ("A1:A2", "B1:C1", "D1:E1", "F1:F2", "G1:H1") if merged else ()
    values = planned(make_store(), tmp_path / "a.xlsx", rows, *groups).rows[0].values
    assert (values["cert_no"], values["cert_valid_to"]) == ("165IP235744R0M", "2026-06-16")


@pytest.mark.parametrize(
    ("head", "field"),
    [("备案（启动）时间", None), ("备案（系统）时间", "filing_date"), ("联系电话（手机）", "contact_phone")],
)
def test_a_head_with_a_second_meaning_in_brackets_is_left_out(
    make_store: Callable[..., SqlStore], tmp_path: Path, head: str, field: str | None
) -> None:
    cell = "13812345678" if "电话" in head else "2023-05-06"
    plan = planned(
        make_store(), tmp_path / "a.xlsx", [("企业名称", "统一社会信用代码", head), (NAME, CODE, cell)]
    )
    assert plan.mapping.get(head) == field


def test_what_a_narrow_column_shows_is_no_number(make_store: Callable[..., SqlStore], tmp_path: Path) -> None:
    rows = [("企业名称", "统一社会信用代码", "证书编号", "补助金额（百元）"), (NAME, CODE, "########", 300)]
    (row,) = planned(make_store(), tmp_path / "a.xlsx", rows).rows
    assert "cert_no" not in row.values
    assert row.values["subsidy_amount_wan"] == 3.0


def test_a_word_of_two_codes_is_left_out_and_both_are_named(
    make_store: Callable[..., SqlStore], tmp_path: Path
) -> None:
    rows = [
        ("企业名称", "统一社会信用代码", "贯标标准"),
        (NAME, CODE, "企业知识产权管理规范"),
        ("东台恒泰纺织有限公司", "91320981MAN2J1K637", "2013版"),
    ]
    plan = planned(make_store(), tmp_path / "a.xlsx", rows)
    assert [row.values.get("standard_code") for row in plan.rows] == [None, "SD1"]
    (told,) = [p for p in plan.warnings if p.code == "code"]
    assert "GB/T 29490-2013" in told.message
    assert "DB32/T 1204-2008" in told.message


def test_whose_row_it_is_must_not_be_ambiguous(make_store: Callable[..., SqlStore], tmp_path: Path) -> None:
    rows = [("县（市、区）", "企业名称", "统一社会信用代码"), ("开发区", NAME, CODE)]
    (told,) = planned(make_store(), tmp_path / "a.xlsx", rows).refused
    assert told.field == "unit_name"
