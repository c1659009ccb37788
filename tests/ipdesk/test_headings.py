"""Which document a file is, by its name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipdesk.codes import code_table
from ipdesk.headings import guess


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("营业执照.pdf", "D01"),
        ("东台锦盛新材料有限公司营业执照（副本）.JPG", "D01"),
        ("认证证书扫描件.pdf", "D15"),
        ("再认证证书.jpg", "D20"),
        ("换证.pdf", "D20"),
        ("2024年内审报告.docx", "D09"),
        ("内审员证.pdf", "D08"),
        ("管评.docx", "D10"),
        ("认证费发票.pdf", "D16"),
        ("知识产权手册V2.doc", "D06"),
        ("审核报告.pdf", "D14"),
        ("辅导合同.pdf", "D03"),
        ("备案截图", "D02"),
    ],
)
def test_a_name_that_says_it_is_understood(name: str, code: str) -> None:
    assert guess(name) == code


@pytest.mark.parametrize("name", ["IMG_2034.jpg", "扫描.png", "报告.pdf", "合同.pdf", "证书.pdf", "", "."])
def test_a_name_that_says_nothing_or_several_is_left_open(name: str) -> None:
    assert guess(name) == ""


def test_what_the_record_lacks_decides_between_equals() -> None:
    assert guess("证书.pdf", ("D15", "D13")) == "D15"
    assert guess("合同.pdf", ("D12",)) == "D12"
    assert guess("营业执照.pdf", ("D15",)) == "D01"


@given(st.text())
def test_any_name_gives_a_document_of_the_list_or_none(name: str) -> None:
    assert guess(name) in {"", *(code.code for code in code_table("documents").codes)}


def test_every_document_is_known_by_its_own_name() -> None:
    assert {c.code for c in code_table("documents").codes if guess(f"{c.name}.pdf") != c.code} == set()
