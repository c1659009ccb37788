"""Dates in every way clerks write them: read as meant, or refused, never guessed."""

import contextlib
import math
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipdesk.dates import EXCEL_EPOCH, parse_date
from ipdesk.problems import ValueProblem
from tests.ipdesk.intake.truth import DATE_STYLES, SPANS

DAYS = st.dates(date(1980, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("2023.5.6", "2023-05-06"),
        ("2023．5．6", "2023-05-06"),
        ("2023。5。6", "2023-05-06"),
        ("2023,5,6", "2023-05-06"),
        ("2023、5、6", "2023-05-06"),
        ("2023 5 6", "2023-05-06"),
        ("2023 1 1", "2023-01-01"),
        ("2023 . 5 .6", "2023-05-06"),
        ("2023.5.6.", "2023-05-06"),
        ("2023—05—06", "2023-05-06"),
        ("2023.5月6日", "2023-05-06"),
        ("2023年5.6", "2023-05-06"),
        ("2023年05月06号", "2023-05-06"),
        ("2023/5/6 0:00", "2023-05-06"),
        ("2023-05-06T00:00:00Z", "2023-05-06"),
        ("2023/05/06（星期六）", "2023-05-06"),
        ("20230506", "2023-05-06"),
        (20230506, "2023-05-06"),
        ("２０２３０５０６", "2023-05-06"),
        ("二〇二三年五月十六日", "2023-05-16"),
        ("二○二三年十二月三十一日", "2023-12-31"),
        ("二零二三年五月廿三日", "2023-05-23"),
        ("二O二三年五月", "2023-05"),
        ("二00八年一月", "2008-01"),
        ("2023年元月", "2023-01"),
        ("2023年5月", "2023-05"),
        ("2023年5月份", "2023-05"),
        ("2023年5月底", "2023-05"),
        ("2023年5月上旬", "2023-05"),
        ("2023-5月", "2023-05"),
        ("2023.10", "2023-10"),
        ("202305", "2023-05"),
        (202305, "2023-05"),
        (2023.5, "2023-05"),
        (2023.12, "2023-12"),
        ("2023年", "2023"),
        (2023, "2023"),
        (45047, "2023-05-01"),
        (45047.75, "2023-05-01"),
        ("45047", "2023-05-01"),
        ("23年5月6日", "2023-05-06"),
        ("'23.5.6", "2023-05-06"),
        ("’09.5.6", "2009-05-06"),
        ("23.5.6", "2023-05-06"),
        (date(2023, 5, 6), "2023-05-06"),
        (datetime(2023, 5, 6, 12), "2023-05-06"),
    ],
)
def test_a_date_is_read_with_the_precision_it_has(cell: object, told: str) -> None:
    assert parse_date(cell) == told


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "2023.13.1",
            "2023.2.30",
            "2023年5-6月",
            "2023年5、6月",
            "2023.5-6",
            "2023/5-6",
            "5/6/2023",
            "05/06/23",
        ),
        *(
            "12.5.6",
            "23.5",
            "230506",
            "去年底",
            "约2023年5月",
            "2023年上半年",
            "2023--05--06",
            "2023.5.",
            "三年",
        ),
        *(
            "2023.5.6\n2024.5.6",
            "2023.5.6-2024.5.6",
            "1899-01-01",
            "2150-01-01",
            "",
            "0",
            "May-23",
            "2023.5.6起",
        ),
        *(23.5, 20235, "20235", 0, -1, 1e20, math.nan, math.inf, True, 100000, "2023年5月6日上午"),
    ],
)
def test_what_is_no_date_or_could_be_two_is_refused(cell: object) -> None:
    with pytest.raises(ValueProblem) as refused:
        parse_date(cell)
    assert refused.value.code == "date"
    assert "\n" not in refused.value.message


def test_a_number_that_lost_its_last_zero_is_not_guessed() -> None:
    with pytest.raises(ValueProblem, match="可能是1月，也可能是10月"):
        parse_date(2023.1)


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("2023.5.6-2026.5.5", "2026-05-05"),
        ("2023-05-06 - 2026-05-05", "2026-05-05"),
        ("2023-05-06~2026-05-05", "2026-05-05"),
        ("20230506-20260505", "2026-05-05"),
        ("2023.5-2026.5", "2026-05"),
        ("2023-05至2026-05", "2026-05"),
        ("自2023年5月6日起至2026年5月5日止", "2026-05-05"),
        ("2023年5月6日2026年5月5日", "2026-05-05"),
        ("2023.5.6\n2026.5.5", "2026-05-05"),
        ("2023.5.6到2026.5.5", "2026-05-05"),
        ("至2026年5月5日", "2026-05-05"),
        ("有效期至2026年5月5日", "2026-05-05"),
        ("截止2026.5.5", "2026-05-05"),
        ("2026.5.5到期", "2026-05-05"),
        ("2026年5月5日止", "2026-05-05"),
        ("二〇二三年五月六日至二〇二六年五月五日", "2026-05-05"),
        ("2026-05-05", "2026-05-05"),
    ],
)
def test_of_a_span_the_last_day_is_taken(cell: str, told: str) -> None:
    assert parse_date(cell, end=True) == told


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("2023年底前", "2023"),
        ("2023年底", "2023"),
        ("2024年6月底前", "2024-06"),
        ("2024年6月前", "2024-06"),
        ("2024.12.31前", "2024-12-31"),
        ("2025年4月30日之前", "2025-04-30"),
        ("2025-04-30以前", "2025-04-30"),
    ],
)
def test_a_day_by_which_something_is_due_may_say_so(cell: str, told: str) -> None:
    assert parse_date(cell, end=True) == told
    with pytest.raises(ValueProblem):
        parse_date("之前", end=True)


@pytest.mark.parametrize("cell", ["2023.5.6起", "长期", "3年", "2023-2026", "2023.5-6"])
def test_a_span_without_a_last_day_is_refused(cell: str) -> None:
    with pytest.raises(ValueProblem):
        parse_date(cell, end=True)


@given(DAYS, st.sampled_from(sorted(DATE_STYLES)))
def test_every_style_of_every_day_comes_back(day: date, style: str) -> None:
    if style == "short" and not 2000 <= day.year < 2060:
        return
    assert parse_date(DATE_STYLES[style](day)) == day.isoformat()


@given(DAYS, st.integers(1, 4000), st.sampled_from(SPANS))
def test_every_span_ends_where_it_ends(day: date, length: int, span: object) -> None:
    last = day + timedelta(days=length)
    assert callable(span)
    assert parse_date(span(day, last), end=True) == last.isoformat()


@given(DAYS)
def test_a_serial_number_is_its_day(day: date) -> None:
    assert parse_date((day - EXCEL_EPOCH).days) == day.isoformat()


@given(st.one_of(st.text(max_size=20), st.floats(), st.integers()), st.booleans())
def test_anything_is_a_date_or_a_problem(cell: object, end: bool) -> None:
    with contextlib.suppress(ValueProblem):
        told = parse_date(cell, end=end)
        assert len(told) in (4, 7, 10)
        date.fromisoformat((told + "-01-01")[:10])


@pytest.mark.parametrize("words", ["2023.0.5", "2023-05-00", "2023年0月"])
def test_there_is_no_month_or_day_nought(words: str) -> None:
    with pytest.raises(ValueProblem):
        parse_date(words)


def test_a_stroke_the_wrong_way_round_is_a_stroke() -> None:
    assert parse_date("2022\\8\\11") == "2022-08-11"
