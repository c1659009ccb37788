"""Pages: the order is kept, nothing overflows, nothing is stranded."""

from hypothesis import given
from hypothesis import strategies as st

from ipdesk.reports.pages import AGAIN, Item, Kind, paginate, slices
from ipdesk.reports.wrap import Lines

FIRST, OTHER, TITLE = 100.0, 140.0, 10.0


def row(height: float, keeps: bool = False, group: str = "") -> Item:
    """Return a row."""
    return Item(Kind.ROW, (("x",),), height, keeps, group)


def group_of(name: str, heights: list[float]) -> list[Item]:
    """Return a group with title, rows and sum."""
    title = Item(Kind.GROUP, ((name,),), TITLE, keeps=True, group=name)
    rows = [row(h, n == len(heights), name) for n, h in enumerate(heights, 1)]
    return [title, *rows, Item(Kind.SUMMARY, (("小计",),), TITLE, group=name)]


HEIGHTS = st.lists(st.floats(5, 40), max_size=12)
GROUPS = st.lists(HEIGHTS, max_size=6).map(
    lambda groups: [item for n, heights in enumerate(groups) for item in group_of(f"县{n}", heights)]
)


@given(GROUPS)
def test_every_item_stands_once_and_in_order_and_no_page_overflows(items: list[Item]) -> None:
    pages = paginate(items, FIRST, OTHER, TITLE)
    assert [i for page in pages for i in page if i in items] == items
    for number, page in enumerate(pages):
        assert sum(i.height for i in page) <= (OTHER if number else FIRST) + 1e-6
        assert page or not items


@given(GROUPS)
def test_no_title_ends_a_page_and_no_sum_begins_one(items: list[Item]) -> None:
    for number, page in enumerate(paginate(items, FIRST, OTHER, TITLE)):
        assert not page or not page[-1].keeps
        ruled = [i for i in page if not i.cells[0][0].endswith(AGAIN)]
        assert number == 0 or ruled[0].kind is not Kind.SUMMARY


@given(GROUPS)
def test_a_group_that_goes_on_says_so_on_top_of_the_page(items: list[Item]) -> None:
    for page in paginate(items, FIRST, OTHER, TITLE)[1:]:
        first = page[0]
        assert first.kind is Kind.GROUP
        if first.cells[0][0].endswith(AGAIN):
            assert page[1].group == first.group


def test_rows_without_a_group_begin_a_page_as_they_are() -> None:
    pages = paginate([row(60), row(60), row(60)], FIRST, OTHER, TITLE)
    assert [len(page) for page in pages] == [1, 2]


def test_what_no_page_can_hold_together_is_broken_item_by_item() -> None:
    notes = [Item(Kind.NOTE, (("注：",),), 12, keeps=True) for _ in range(20)]
    pages = paginate([row(30, keeps=True), *notes, Item(Kind.SIGNATURES, (), 30)], FIRST, OTHER, TITLE)
    assert [len(page) for page in pages] == [6, 11, 5]


def test_items_that_all_keep_are_not_lost() -> None:
    assert paginate([row(5, keeps=True)], FIRST, OTHER, TITLE) == [[row(5, keeps=True)]]
    assert paginate([], FIRST, OTHER, TITLE) == [[]]


@given(
    st.lists(st.lists(st.text(max_size=3), min_size=1, max_size=9).map(tuple), min_size=1), st.integers(1, 4)
)
def test_a_high_row_is_sliced_without_losing_a_line(cells: list[Lines], most: int) -> None:
    parts = list(slices(cells, most))
    assert all(len(lines) <= most for part in parts for lines in part)
    for index, lines in enumerate(cells):
        assert tuple(line for part in parts for line in part[index]) == lines


def test_notes_and_signatures_stand_outside_the_rules() -> None:
    assert [kind for kind in Kind if not kind.ruled] == [Kind.NOTE, Kind.SIGNATURES]
