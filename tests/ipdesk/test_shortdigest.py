"""The short digest: six groups of four figures, typed in any of the ways people type figures."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipdesk.problems import Refusal
from ipdesk.shortdigest import agrees, short

TOLD = short(hashlib.sha256(b"IPDesk").hexdigest())


def test_it_has_six_groups_of_four_figures() -> None:
    assert [len(group) for group in TOLD.split("-")] == [4] * 6
    assert TOLD.replace("-", "").isdecimal()
    assert short("0" * 64) == "0000-0000-0000-0000-0000-0000"


@given(st.text(alphabet=" -–　，.", max_size=3), st.booleans())
def test_signs_between_and_full_width_figures_do_not_matter(sign: str, wide: bool) -> None:
    typed = sign.join(TOLD.split("-"))
    table = str.maketrans("0123456789", "０１２３４５６７８９")
    assert agrees(typed.translate(table) if wide else typed, TOLD)


@given(st.integers(0, 23), st.integers(1, 9))
def test_one_wrong_figure_does_not_agree(place: int, more: int) -> None:
    plain = TOLD.replace("-", "")
    wrong = plain[:place] + str((int(plain[place]) + more) % 10) + plain[place + 1 :]
    assert not agrees(wrong, TOLD)


@pytest.mark.parametrize("typed", ["", "1234", TOLD[:-1], TOLD + "1", "abcd-" * 5 + "abcd", "一" * 24])
def test_what_is_no_short_digest_is_refused(typed: str) -> None:
    with pytest.raises(Refusal, match="6 组、每组 4 位"):
        agrees(typed, TOLD)
