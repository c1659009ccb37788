"""Typed values out of foreign JSON."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipdesk.problems import Refusal
from ipdesk.sync.claims import DIGEST, LARGEST, UNIT, Claims, parsed

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(JSON)
def test_whatever_is_said_is_either_of_the_asked_type_or_refused(value: object) -> None:
    claims = Claims({"x": value})
    for read in (
        claims.text,
        claims.whole,
        claims.flag,
        claims.inner,
        claims.listed,
        claims.each,
        claims.numbers,
    ):
        with contextlib.suppress(Refusal):
            read("x")


def test_sound_claims_are_read() -> None:
    claims = Claims(
        {"unit": "320981", "n": 7, "yes": True, "pair": [1, 2], "in": {"a": 1}, "all": [{"a": 1}]}
    )
    assert claims.text("unit", UNIT) == "320981"
    assert claims.whole("n") == 7
    assert claims.flag("yes")
    assert not claims.flag("absent")
    assert claims.numbers("pair", 2) == (1, 2)
    assert claims.inner("in").whole("a") == 1
    assert [c.whole("a") for c in claims.each("all")] == [1]
    assert claims.optional("absent", UNIT) is None
    assert claims.optional("unit", UNIT) == "320981"


@pytest.mark.parametrize("value", [True, -1, 1.0, "1", None, LARGEST + 1])
def test_a_whole_number_is_nothing_else(value: object) -> None:
    with pytest.raises(Refusal, match="“n”不合规定"):
        Claims({"n": value}).whole("n")


@pytest.mark.parametrize("value", [[1], [1, 2, 3], [1, "2"], [1, -2], "12"])
def test_a_pair_is_two_whole_numbers(value: object) -> None:
    with pytest.raises(Refusal, match="“pair”不合规定"):
        Claims({"pair": value}).numbers("pair", 2)


@pytest.mark.parametrize("value", ["32098", "3209811", "３２０９８１", None, 320981])
def test_a_text_has_its_form(value: object) -> None:
    with pytest.raises(Refusal, match="“unit”不合规定"):
        Claims({"unit": value}).text("unit", UNIT)
    assert DIGEST.fullmatch("a" * 64)


@pytest.mark.parametrize("line", [b"{", b"\xff", b'{"a":NaN}', b"[" * 100_000, b'{"a":' + b"1" * 5000 + b"}"])
def test_what_is_no_strict_json_is_refused(line: bytes) -> None:
    with pytest.raises(Refusal, match="“JSON”不合规定"):
        parsed(line)


def test_what_is_no_object_is_refused() -> None:
    with pytest.raises(Refusal, match="“JSON”不合规定"):
        Claims([1])
