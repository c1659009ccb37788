"""What a table report says: cells as official tables write them, the lines around the table."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipdesk.reports.table import (
    Cell,
    Column,
    Group,
    Summary,
    TableReport,
    chinese_date,
    decimals,
    plain,
    written,
)


@pytest.mark.parametrize(
    ("cell", "places", "told"),
    [
        (None, 1, "—"),
        ("", 1, "—"),
        (0, 1, "0"),
        (Decimal("0.0"), 1, "0"),
        (12, 2, "12"),
        (Decimal("5"), 1, "5.0"),
        (Decimal("-1.25"), 2, "-1.25"),
        ("=1+1", 0, "=1+1"),
        ("03201", 0, "03201"),
    ],
)
def test_cells_are_written_as_the_convention_says(cell: Cell, places: int, told: str) -> None:
    assert written(cell, places) == told


def test_a_sum_that_counts_nothing_stays_blank() -> None:
    assert written(None, empty="") == ""


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9))
def test_no_figure_is_rounded(figure: Decimal) -> None:
    assert Decimal(written(figure, decimals(figure))) == figure


def test_figures_without_decimals_need_none() -> None:
    assert decimals(Decimal("1E+3")) == 0
    assert decimals(Decimal("1.50")) == 1
    assert decimals(Decimal("NaN")) == 0


def test_shapeless_characters_are_left_out_and_breaks_stay() -> None:
    assert plain("东\u200b台\ufe00\r\n市\u00a0A\tB\x07\ud800\U000e0100") == "东台\n市 A B"


def test_dates_have_no_leading_zeros() -> None:
    assert chinese_date(date(2025, 7, 2)) == "2025年7月2日"


def test_the_lines_around_the_table(table: Callable[..., TableReport]) -> None:
    report = table([Column("n", "名称")], notes=["甲。"])
    assert report.left == "填报单位（盖章）：东台市知识产权局"
    assert report.right == "单位：家、万元    报告期：2025年"
    assert report.remarks == ("甲。", "2025年7月2日09:05制表。")
    assert table([], period="").right == "单位：家、万元"


def test_the_basis_says_what_the_figures_rest_on(table: Callable[..., TableReport]) -> None:
    report = table([], as_of=date(2025, 6, 30), known_on=date(2025, 7, 1))
    assert report.basis == "数据截至2025年6月30日，按2025年7月1日当日的登记内容，2025年7月2日09:05制表。"


def test_a_column_has_the_decimals_its_figures_and_sums_need(table: Callable[..., TableReport]) -> None:
    columns = [Column("n", "名称"), Column("a", "金额", unit="万元")]
    rows = [("甲", Decimal("1.5")), ("乙", None), ("丙", 3)]
    subtotal = Summary("小计", {"a": Decimal("4.25")})
    report = table(columns, groups=[Group("", rows, subtotal)])
    assert (report.places(0), report.places(1)) == (0, 2)
    assert report.summaries() == [subtotal]
    assert [column.head for column in columns] == ["名称", "金额\n（万元）"]
