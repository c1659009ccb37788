"""Column widths: everything fits the page, wide tables are split rather than cut off or made unreadable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipdesk.reports.columns import GAP, Need, Plan, need, plan
from ipdesk.reports.table import Column

FRAME = 728.5  # A4 landscape between margins of 20 mm

NEEDS = st.builds(
    lambda fixed, priority, key, word, more: Need(
        Column("x", "列", fixed=fixed, priority=0 if key else priority, key=key), word, word + more
    ),
    st.booleans(),
    st.integers(0, 3),
    st.booleans(),
    st.floats(2, 20),
    st.floats(0, 30),
)


@given(st.lists(NEEDS, min_size=1, max_size=24))
def test_every_panel_fills_the_page_and_no_column_is_lost(needs: list[Need]) -> None:
    found = plan(needs, FRAME)
    assert 8.0 <= found.size <= 10.5
    assert set(found.widths) | set(found.left_out) == set(range(len(needs)))
    assert all(needs[i].column.priority for i in found.left_out)
    if not all(n.column.key for n in needs):
        assert [sum(p.widths.values()) for p in found.panels] == pytest.approx([FRAME] * len(found.panels))


@given(st.lists(NEEDS, min_size=1, max_size=24))
def test_key_columns_stand_in_every_panel_with_one_width(needs: list[Need]) -> None:
    found = plan(needs, FRAME)
    keys = [i for i, n in enumerate(needs) if n.column.key]
    for panel in found.panels if len(keys) < len(needs) else ():
        assert [panel.widths.get(i) for i in keys] == [found.panels[0].widths.get(i) for i in keys]


def table(count: int, **column: bool | int) -> list[Need]:
    """Return the needs of a numbered and named table with ``count`` more columns of codes."""
    first = [
        Need(Column("n", "序号", fixed=True, key=True), 2, 2),
        Need(Column("x", "名称", key=True), 2, 16),
    ]
    return first + [Need(Column("c", "代码", **{"fixed": True, **column}), 10, 10) for _ in range(count)]  # type: ignore[arg-type]


def sizes(found: Plan) -> tuple[float, int, int]:
    """Return text size, number of panels, number of columns left out."""
    return found.size, len(found.panels), len(found.left_out)


def test_a_narrow_table_is_set_large_and_a_fuller_one_smaller() -> None:
    assert sizes(plan(table(3), FRAME)) == (10.5, 1, 0)
    assert sizes(plan(table(6), FRAME))[1:] == (1, 0)
    assert 8 <= plan(table(6), FRAME).size < 10.5


def test_columns_leave_by_priority_before_the_text_gets_small() -> None:
    needs = [*table(5), *table(3, priority=2)[2:], *table(3, priority=1)[2:]]
    found = plan(needs, FRAME)
    assert found.size >= 9
    assert found.left_out == (7, 8, 9, 10, 11, 12)[: len(found.left_out)]
    assert 0 < len(found.left_out) <= 6


def test_what_cannot_leave_goes_on_a_further_page_with_the_names() -> None:
    found = plan(table(15), FRAME)
    assert found.size == 9
    assert len(found.panels) == 3
    assert all({0, 1} < set(panel.widths) for panel in found.panels)


def test_one_column_wider_than_a_page_is_held_to_it() -> None:
    found = plan([*table(0), Need(Column("c", "代码", fixed=True), 400, 400)], FRAME)
    assert sum(found.panels[0].widths.values()) == pytest.approx(FRAME)


def test_key_columns_alone_never_take_the_whole_page() -> None:
    keys = [Need(Column("k", "名称", fixed=True, key=True), 90, 90) for _ in range(2)]
    found = plan([*keys, Need(Column("c", "代码", fixed=True), 10, 10)], FRAME)
    assert found.panels[0].widths[2] > 10 * found.size


def measure(text: str) -> float:
    """Return a width where every character takes 1."""
    return float(len(text))


def test_a_rogue_code_does_not_take_the_page_but_figures_stay_whole() -> None:
    codes = [*(f"{n:08}" for n in range(40)), "X" * 30]
    assert need(Column("c", "代码", fixed=True), codes, measure, measure).word == 8
    assert need(Column("c", "代码", fixed=True), [*codes[:-1], "X" * 9], measure, measure).word == 9
    assert need(Column("c", "金额", "right", fixed=True), codes, measure, measure).word == 30


def test_a_head_is_given_room_for_its_label_in_two_lines_and_its_unit_in_one() -> None:
    assert need(Column("c", "绩效评价合格日期"), [], measure, measure).word == 4
    assert need(Column("c", "额", unit="万元"), ["1"], measure, measure).word == 4
    assert need(Column("c", "额"), ["1"], measure, measure).word == 2


def test_a_text_column_keeps_a_comfortable_width() -> None:
    name = Need(Column("n", "名称"), 1, 16)
    assert name.at(10, 4, FRAME) == pytest.approx(50 + 2 * GAP)
    assert name.at(10, 1, FRAME) == pytest.approx(160 + 2 * GAP)
    assert Need(Column("n", "名称"), 1, 3).at(10, 2, FRAME) == pytest.approx(30 + 2 * GAP)
    assert Need(Column("n", "名称"), 90, 3).at(10, 2, 600) == pytest.approx(100 + 2 * GAP)


def test_keys_too_wide_for_a_page_are_parted_like_any_column() -> None:
    needs = [Need(Column("x", "列", key=True), 20.0, 50.0)] * 12
    assert set(plan(needs, FRAME).widths) == set(range(12))
