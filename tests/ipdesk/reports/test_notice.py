"""The notice on paper, read back: the law's points, the table on every page, no numbers of anybody."""

import io
from datetime import date

import pytest

from ipdesk.reports.fonts import Fonts, Unprintable
from ipdesk.reports.letter import write_letter
from ipdesk.reports.notice import Attendee, Class, Terms, notice
from tests.ipdesk.reports.conftest import Printed, read_back

OFFICE = "东台市知识产权局"
FIELDS = ("姓名", "工作单位", "手机号")
RARE = "卢𬭛"


def printed(
    count: int = 3, collects: bool = False, terms: Terms | None = None, *, is_city: bool = False
) -> Printed:
    people = [Attendee(f"{RARE}{n}", "东台某某新材料科技股份有限公司" * (1 + n % 2)) for n in range(count)]
    course = Class("高管培训班", "2024-05-06", "东台宾馆", FIELDS, collects, people)
    stream = io.BytesIO()
    day = date(2024, 5, 6) if terms else None
    letter = notice(course, OFFICE, terms or Terms(), is_city=is_city, day=day)
    pages = write_letter(letter, stream, Fonts())
    return read_back(stream.getvalue(), pages)


def test_it_says_what_the_law_asks_for() -> None:
    found = printed(terms=Terms("综合科 0515-85212345", 3))
    text = "".join(found.bare)
    for point in (
        "参加“高管培训班”（2024-05-06，东台宾馆）的学员",
        "一、由谁收集东台市知识产权局",
        "姓名、工作单位、手机号。不收集身份证号和照片",
        "编制知识产权人才名册",
        "第十三条第一款第三项",
        "保存3年",
        "报送盐城市知识产权局",
        *(f"第四十{n}条" for n in "四五六七"),
        "联系方式：综合科0515-85212345",
        "2024年5月6日",
        "收到告知（签名）",
    ):
        assert point in text
    assert "同意收集身份证号" not in text
    assert found.count == len(found.texts)
    assert all(f"{RARE}{n}" in text for n in range(3))


def test_identity_numbers_are_explained_and_signed_for_apart() -> None:
    text = "".join(printed(collects=True).bare)
    assert "身份证号属于敏感个人信息" in text
    assert "同意收集身份证号（签名）" in text
    assert "单独同意（第二十九条）" in text


def test_what_nobody_told_is_left_to_be_written() -> None:
    text = "".join(printed().bare)
    assert "保存＿＿＿＿＿＿年" in text
    assert "联系方式：＿＿＿＿＿＿" in text
    assert "不提供给其他单位和个人。七、" in "".join(printed(is_city=True).bare)
    assert "报送" not in "".join(printed(is_city=True).bare)


@pytest.mark.parametrize("count", [0, 1, 40, 200])
def test_the_head_of_the_table_stands_on_every_page_with_rows(count: int) -> None:
    found = printed(count)
    for number, page in enumerate(found.bare, 1):
        assert f"第{number}页共{found.count}页" in page
        assert ("收到告知（签名）" in page) == (RARE in page)
    assert sum(page.count(RARE) for page in found.bare) == count
    for frame, (width, height) in zip(found.frames, found.sizes, strict=True):
        left, bottom, right, top = frame
        assert not any(frame) or (0 < left < right < width and 0 < bottom < top < height)


def test_a_character_that_cannot_be_printed_is_named() -> None:
    course = Class("班", "", "", FIELDS, False, [Attendee("王\U0003fffd")])
    stream = io.BytesIO()
    with pytest.raises(Unprintable):
        write_letter(notice(course, OFFICE, Terms()), stream, Fonts())
    assert stream.getvalue() == b""
