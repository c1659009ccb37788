"""Folding what clerks type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipdesk import text


@pytest.mark.parametrize(
    ("words", "folded"),
    [("ＡＢ１２（）／．", "AB12()/."), ("　中　文", " 中 文"), ("𬭛㤚·", "𬭛㤚·"), ("plain", "plain")],
)
def test_full_width_is_folded_and_nothing_else(words: str, folded: str) -> None:
    assert text.fold(words) == folded


@pytest.mark.parametrize(
    ("words", "narrow"),
    [
        ("１６５ＩＰ", "165IP"),
        ("（１）", "(1)"),
        ("苏知〔２０２３〕５号，见附件", "苏知〔2023〕5号，见附件"),
        ("甲（乙）", "甲（乙）"),
    ],
)
def test_letters_and_digits_become_plain_while_chinese_signs_stay(words: str, narrow: str) -> None:
    assert text.narrow(words) == narrow


def test_spaces_that_nobody_sees_are_spaces() -> None:
    assert text.compact("1 3\u200b8\ufeff\u00a01\u3000\n２") == "13812"
    assert text.clean(" 甲\n\n乙 \u3000丙 ") == "甲 乙 丙"


def test_a_key_has_one_dash_no_quotes_and_capitals() -> None:
    assert text.key("《gb／t 29490—2013》") == "GB/T29490-2013"


@pytest.mark.parametrize(
    "words", ["", " ", "/", "——", "－", "无", "暂无。", "N/A", "nan", "待定", "不详", "／", "…"]
)
def test_a_cell_that_says_nothing(words: str) -> None:
    assert text.is_blank(words)


@pytest.mark.parametrize("words", ["0", "否", "无锡", "甲", "1-2"])
def test_a_cell_that_says_something(words: str) -> None:
    assert not text.is_blank(words)


def test_company_names_are_compared_without_their_form() -> None:
    assert text.company("东台甲（集团）有限责任公司") == text.company("东台甲(集团)有限公司 ")
    assert text.brackets(" 甲(集团) 公司\n") == "甲（集团） 公司"


def test_a_masked_number_is_known_and_a_short_one_hidden_whole() -> None:
    assert text.mask("13812345678", 3, 4) == "138****5678"
    assert text.mask("12345", 3, 4) == "*****"
    assert text.is_masked("138****5678")
    assert not text.is_masked("13812345678")


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("13812345678", "138****5678"),
        ("2023.5.6", "2023.5.6"),
        ("2023年5月6日-2023年5月18日", "2023年5月6日-2023年5月18日"),
        ("2023-05-06 09:30:00", "2023-05-06 09:30:00"),
        ("2023.5.6 13812345678", "202*************5678"),
        ("2012-3456 7890", "201*******7890"),
        ("0515-81", "0515-81"),
    ],
)
def test_what_may_be_a_personal_number_is_hidden_and_a_day_is_none(words: str, shown: str) -> None:
    assert text.hidden(words) == shown


@given(st.text())
def test_folding_twice_changes_nothing(words: str) -> None:
    for fold in (text.fold, text.narrow, text.compact, text.clean):
        assert fold(fold(words)) == fold(words)
    assert text.key(text.key(words)) == text.key(text.key(text.key(words)))


@pytest.mark.parametrize(
    ("raw", "quoted"),
    [
        ("13912345678", "139********"),
        ("139-1234-5678", "139**********"),
        ("139 1234 5678号", "139**********号"),
        ("１３９１２３４５６７８", "１３９********"),
        ("320911199001011234", "320***************"),
        ("32091119900101123X转", "320**************X转"),
        ("0515-83331234", "051**********"),
        ("20231345", "20231345"),
        ("2023-13-45", "2023-13-45"),
        ("123456", "123456"),
        ("甲\n乙 丙", "甲 乙 丙"),
        ("长" * 100, "长" * 39 + "…"),
    ],
)
def test_a_foreign_text_is_quoted_shortly_and_without_long_numbers(raw: str, quoted: str) -> None:
    assert text.quoted(raw) == quoted


@given(st.text())
def test_no_quotation_tells_a_number(words: str) -> None:
    told = text.quoted(f"{words} 13912345678")
    assert "13912345678" not in told
    assert len(told) <= 40
