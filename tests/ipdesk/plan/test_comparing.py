"""Each comparator at its edge, as the plan words it."""

from fractions import Fraction

import pytest

from ipdesk.plan.comparing import done, fraction, is_reached, plain, shown, target_words
from ipdesk.plan.definition import Comparator, indicator

TENTH = Fraction(1, 10)


@pytest.mark.parametrize(
    ("comparator", "target", "below", "at", "above"),
    [
        (">=", "3000", "2999", True, "3001"),  # 3000 人以上 holds 3000
        (">", "200", "200", False, "201"),  # 超过 200 家 does not hold 200
        (">=", "60", "59.9999", True, "60.0001"),  # 不低于 60 亿元
    ],
)
def test_a_target_is_reached_as_the_plan_words_it(
    comparator: Comparator, target: str, below: str, at: bool, above: str
) -> None:
    goal = Fraction(target)
    assert is_reached(comparator, Fraction(below), goal) is False
    assert is_reached(comparator, goal, goal) is at
    assert is_reached(comparator, Fraction(above), goal) is True


def test_a_hundred_percent_is_every_case() -> None:
    goal = Fraction(100)
    assert is_reached("=", Fraction(99_999, 1000), goal) is False
    assert is_reached("=", Fraction(100), goal) is True


def test_about_five_allows_the_tolerance_below() -> None:
    goal = Fraction(5)
    assert is_reached("approx_ge", Fraction("4.5"), goal, TENTH) is True
    assert is_reached("approx_ge", Fraction("4.4999"), goal, TENTH) is False
    assert is_reached("approx_ge", Fraction(9), goal, TENTH) is True


def test_what_is_to_rise_is_held_against_the_period_before() -> None:
    assert is_reached("trend_up", Fraction(3), None, before=Fraction(2)) is True
    assert is_reached("trend_up", Fraction(2), None, before=Fraction(2)) is False
    assert is_reached("trend_up", Fraction(2), None) is None


def test_nothing_told_is_neither_reached_nor_missed() -> None:
    assert is_reached(">=", None, Fraction(1)) is None
    assert is_reached(">=", Fraction(1), None) is None
    assert done(None, Fraction(1)) is None
    assert done(Fraction(1), None) is None
    assert done(Fraction(1), Fraction(0)) is None
    assert done(Fraction(1), Fraction(4)) == Fraction(1, 4)


def test_a_figure_is_shown_without_reaching_what_it_does_not() -> None:
    assert shown(None) == "—"
    assert shown(Fraction(99_996, 1000), 2, Fraction(100)) == "99.99"
    assert shown(Fraction(99_996, 1000), 2) == "100.00"
    assert shown(Fraction(12_345)) == "12,345"
    assert shown(Fraction(100), 2, Fraction(100)) == "100.00"


def test_a_figure_goes_out_exactly() -> None:
    assert plain(None) is None
    assert plain(Fraction(3)) == 3
    assert plain(Fraction(1, 4)) == 0.25
    assert fraction(0.1) == Fraction(1, 10)
    assert fraction(None) is fraction(True) is None


@pytest.mark.parametrize(
    ("code", "words"), [("I01", "≥6"), ("I11", ">200"), ("I12", "约5"), ("I07", "=100"), ("Q02", "逐年提高")]
)
def test_targets_read_as_in_the_plan(code: str, words: str) -> None:
    one = indicator(code)
    assert one is not None
    assert target_words(one, one.target) == words


def test_a_county_without_a_target_has_none() -> None:
    one = indicator("I03")
    assert one is not None
    assert target_words(one, None) == "—"
