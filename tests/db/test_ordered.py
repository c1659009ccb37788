"""Rows held in an order are found by every word searched for, as looking at each row would find them."""

from hypothesis import given
from hypothesis import strategies as st

from db.ordered import OrderedRows
from ipdesk.records import RecordKey

WORDS = st.text(alphabet="ab盛㛃𠮷9", min_size=1, max_size=4)


@given(st.lists(st.lists(WORDS, max_size=3), max_size=12), st.lists(WORDS, max_size=3))
def test_the_rows_that_hold_every_word_are_found_in_order(held: list[list[str]], asked: list[str]) -> None:
    rows = [("320900", str(place), "\n".join(words)) for place, words in enumerate(held)]
    expected = [RecordKey(owner, id_) for owner, id_, words in rows if all(word in words for word in asked)]
    assert list(OrderedRows(rows).keys(asked)) == expected


def test_a_row_without_words_stands_in_the_order_but_is_never_found() -> None:
    rows = OrderedRows([("320900", "1", None), ("320901", "2", "锦盛")])
    assert [key.id for key in rows.keys([])] == ["1", "2"]
    assert list(rows.keys(["盛"])) == [RecordKey("320901", "2")]
