"""Many keys held as bare texts behave as a sequence of keys."""

from hypothesis import given
from hypothesis import strategies as st

from ipdesk.records import RecordKey
from ui.ledger.keys import Keys

KEY = st.builds(RecordKey, st.sampled_from(("320981", "320982")), st.sampled_from("abc"))


@given(st.lists(KEY), KEY)
def test_keys_are_a_sequence_of_keys(plain: list[RecordKey], key: RecordKey) -> None:
    held = Keys(plain)
    assert held == plain
    assert held == Keys(plain)
    assert list(held) == held[:] == plain
    assert (len(held), key in held) == (len(plain), key in plain)
    assert held.place(key) == (plain.index(key) if key in plain else -1)
    held.add([key])
    assert held[-1] == key
    assert held != plain
    assert held[1:3] == [*plain, key][1:3]
