"""Lines of Chinese text: nothing lost, nothing too wide, no mark where it must not stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipdesk.reports.wrap import tokens, wrap

LETTERS = "东台市沿海经济开发区，。（）《》“”、；：·—… 0123456789ABCxyz/-.%有限公司万元家年月知识产权\n"
OPENERS, CLOSERS = "（《“", "，。）》”、；："


def width(text: str) -> float:
    """Return a width where Chinese characters take 1 and others a half."""
    return sum(1.0 if ord(c) > 0x2000 else 0.5 for c in text)


@given(st.text(LETTERS, max_size=80), st.floats(1, 30), st.booleans())
def test_nothing_is_lost_and_nothing_too_wide(text: str, room: float, even: bool) -> None:
    lines = wrap(text, room, width, even=even)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert len(lines) >= 1
    assert all(width(line) <= room for line in lines)


@given(st.text(LETTERS, max_size=80), st.booleans())
def test_no_closing_mark_begins_and_no_opening_one_ends_a_line(text: str, even: bool) -> None:
    room = max((width(token) for line in text.split("\n") for token in tokens(line)), default=1.0)
    for paragraph in text.split("\n"):
        lines = wrap(paragraph, room, width, even=even)
        assert not [line for line in lines[1:] if line[:1] in CLOSERS and line]
        assert not [line for line in lines[:-1] if line[-1:] in OPENERS and line]


@given(st.text(LETTERS.replace("\n", ""), max_size=60), st.floats(4, 20))
def test_even_lines_are_as_many_as_greedy_ones(text: str, room: float) -> None:
    assert len(wrap(text, room, width, even=True)) == len(wrap(text, room, width))


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("截至2024年补助12.5万元", 6, ["截至2024年补", "助12.5万元"]),
        ("补助金额12.5万元", 6, ["补助金额", "12.5万元"]),
        ("完成率达105%，达标", 5, ["完成率达", "105%，达标"]),
        ("GB/T 29490-2023", 6, ["GB/T", "29490-2023"]),
        ("东台锦盛新材料有限公司", 9, ["东台锦盛新材料", "有限公司"]),
        ("东台程晟医疗器械（集团）有限公司", 11, ["东台程晟医疗器械", "（集团）有限公司"]),
        ("东台海润风电装备科技有限公司", 12, ["东台海润风电装备科技", "有限公司"]),
        ("东台大场石油装备科技有限公司", 7, ["东台大场石油装", "备科技有限公司"]),
        ("盐城经济技术开发区", 8, ["盐城经济技术开", "发区"]),
        ("Advanced-Manufacture", 6, ["Advanced-", "Manufacture"]),
        ("91320981MABJ1XG60Q", 5, ["91320981MA", "BJ1XG60Q"]),
        ("补助金额\n（万元）", 9, ["补助金额", "（万元）"]),
        ("", 9, [""]),
        ("甲\n\n乙", 9, ["甲", "", "乙"]),
    ],
)
def test_lines_break_where_a_typesetter_would(text: str, room: float, lines: list[str]) -> None:
    assert list(wrap(text, room, width)) == lines


def test_centred_lines_are_even() -> None:
    assert wrap("绩效评价合格日期", 6, width, even=True) == ("绩效评价", "合格日期")
    assert wrap("绩效评价合格日期", 6, width) == ("绩效评价合格", "日期")
    assert wrap("GB/T 29490-2023", 6, width, even=True) == ("GB/T", "29490-2023")


def test_the_offices_own_word_is_not_broken() -> None:
    title = "关于报送2026年10月知识产权台账数据的提醒函"
    assert wrap(title, 20, width, even=True) == ("关于报送2026年10月", "知识产权台账数据的提醒函")
    for room in range(5, 18):
        assert any("知识产权" in line for line in wrap(title, room, width, even=True))
    assert wrap("知识产权", 2, width) == ("知识", "产权")
