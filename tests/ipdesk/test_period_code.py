"""The period of a report, in the styles clerks write it."""

import pytest

from ipdesk.fields import PeriodCode
from ipdesk.problems import ValueProblem

KIND = PeriodCode()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("2024年3月份", "2024-03"),
        ("2024.6", "2024-06"),
        ("202411", "2024-11"),
        ("2024年第一季度", "2024-Q1"),
        ("2024年2季度", "2024-Q2"),
        ("2024-q3", "2024-Q3"),
        ("2024年度", "2024"),
    ],
)
def test_a_period_is_read_however_it_is_written(words: str, code: str) -> None:
    assert KIND.parse(words) == code
    assert KIND.parse(KIND.show(code)) == KIND.parse(KIND.edit(code)) == code


def test_what_is_no_period_is_refused_and_one_of_a_newer_program_is_shown() -> None:
    with pytest.raises(ValueProblem, match="不是报送期"):
        KIND.parse("2024年上半年")
    assert (KIND.show("2031-H1"), KIND.show(None), KIND.edit(None)) == ("2031-H1", "", "")
    assert KIND.keeps_whole
