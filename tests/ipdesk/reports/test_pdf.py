"""The printed table, read back: every cell is there, the page is an official one, nothing stands alone."""

import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from ipdesk.reports.fonts import Fonts, Unprintable
from ipdesk.reports.layout import lay_out
from ipdesk.reports.page import A3_LANDSCAPE, A4_LANDSCAPE, A4_PORTRAIT, MM, Paper
from ipdesk.reports.pages import AGAIN, Kind
from ipdesk.reports.pdf import write_pdf
from ipdesk.reports.table import MARK, Column, Group, Summary, TableReport, written

Rows = list[dict[str, Any]]
Make = Callable[..., TableReport]
Print = Callable[..., Any]
RARE = "东台喆䶮㛃𬭛㤚𬭎新材料（集团）有限公司"
LONG = "东台市沿海经济开发区国家级特种金属新材料产业创新联合研究院暨江苏省海洋生物医药工程技术研究中心" * 3
PAPERS = pytest.mark.parametrize("paper", [A4_LANDSCAPE, A4_PORTRAIT, A3_LANDSCAPE], ids=["A4", "A4竖", "A3"])


def lines(report: TableReport, kept: set[int]) -> list[str]:
    """Return the texts of every row without blanks, only those columns."""
    places = [report.places(index) for index in range(len(report.columns))]
    rows = [row for group in report.groups for row in group.rows]
    texts = (
        [written(c, p) for i, (c, p) in enumerate(zip(r, places, strict=True)) if i in kept] for r in rows
    )
    return ["".join("".join(row).split()) for row in texts]


@pytest.mark.parametrize("count", [0, 1, 68, 290])
def test_every_cell_is_on_paper_and_every_page_is_complete(
    samples: Rows, ledger: Make, printed: Print, fonts: Fonts, count: int
) -> None:
    report = ledger(samples[:count])
    found = printed(report)
    kept = set(lay_out(report, fonts, A4_LANDSCAPE).plan.widths)
    text = "".join(found.bare)
    assert all(line in text for line in lines(report, kept))
    assert found.count == len(found.texts)
    for number, page in enumerate(found.bare, 1):
        assert page.startswith(MARK)
        assert f"第{number}页共{found.count}页" in page
        assert "企业名称统一社会信用代码" in page or count == 0
    assert "贯标企业台账填报单位（盖章）：盐城市知识产权局单位：家、万元报告期：2025年上半年" in found.bare[0]
    last = found.bare[-1]
    assert last.index("合计") < last.index("单位负责人：审核人：填报人：联系电话：填报日期：年月日")


def test_the_sums_stand_under_their_rows(samples: Rows, ledger: Make, printed: Print) -> None:
    found = printed(ledger(samples))
    text = "".join(found.bare)
    assert text.count("小计") == 5 + 1, "one for each county, one in the notes"
    assert "合计290家397.5" in found.bare[-1]
    assert not [page for page in found.bare if "补助金额（万元）小计" in page]
    assert f"东台市{AGAIN}" in text


@PAPERS
def test_the_page_is_that_of_an_official_table(
    samples: Rows, ledger: Make, printed: Print, paper: Paper
) -> None:
    found = printed(ledger(samples[:90]), paper)
    for size, (left, bottom, right, top) in zip(found.sizes, found.frames, strict=True):
        assert size == pytest.approx((paper.width * MM, paper.height * MM), abs=0.5)
        assert left / MM == pytest.approx(paper.left, abs=1)
        assert paper.width - right / MM == pytest.approx(paper.right, abs=1)
        assert bottom / MM >= paper.bottom - 1
        assert paper.height - top / MM >= paper.top - 1


@PAPERS
def test_no_letter_stands_outside_the_margins(
    samples: Rows, ledger: Make, printed: Print, paper: Paper
) -> None:
    rows = [{**row, "enterprise_name": LONG} if n % 9 == 0 else row for n, row in enumerate(samples[:60])]
    for page in printed(ledger(rows), paper).letters:
        boxes = [box for box in page if box[2] > box[0]]
        assert min(box[0] for box in boxes) >= (paper.left - 1) * MM
        assert max(box[2] for box in boxes) <= (paper.width - paper.right + 1) * MM
        assert min(box[1] for box in boxes) >= (paper.bottom - 12) * MM, (
            "the page number, 7 mm below the frame"
        )
        assert max(box[3] for box in boxes) <= (paper.height - paper.top + 9) * MM, "the mark above it"


def test_rare_characters_and_long_names_come_back_whole(samples: Rows, ledger: Make, printed: Print) -> None:
    rows = [{**samples[0], "enterprise_name": RARE}, {**samples[1], "enterprise_name": LONG}]
    text = "".join(printed(ledger(rows)).bare)
    assert RARE in text
    assert LONG in text


def test_a_row_higher_than_a_page_goes_on(table: Make, printed: Print) -> None:
    columns = [Column("n", "序号", "center", fixed=True, key=True), Column("t", "情况说明")]
    found = printed(table(columns, [(1, "说明情况。" * 3000), (2, "完")]))
    assert found.count > 3
    assert "".join(found.bare).count("说明情况。") >= 2900, "some stand across two pages"


def test_too_many_columns_go_over_pages_beside_the_names(table: Make, printed: Print) -> None:
    columns = [Column("n", "序号", "center", fixed=True, key=True), Column("x", "企业名称", key=True)]
    columns += [Column(f"c{n}", f"第{n}项指标", "right", fixed=True) for n in range(24)]
    rows = [
        (n, f"东台第{n}纺织有限公司", *(Decimal(f"{n}{c}.5") * 10**6 for c in range(24))) for n in range(40)
    ]
    report = table(columns, rows, total=Summary("合计", {"x": "40家", "c23": Decimal("7.5")}))
    found = printed(report)
    assert ["左右分印1/3" in page for page in found.bare[:3]] == [True, False, False]
    assert all("东台第" in page for page in found.bare)
    assert all("第0项指标" in page for page in found.bare[::3])
    assert all(f"东台第{n}纺织有限公司" in "".join(found.bare) for n in range(40))
    text = "".join(found.bare)
    assert all(f"{n}{c}500000" in text for n in range(40) for c in range(23))
    assert text.count("单位负责人") == 1
    assert "7.5" in found.bare[-1]


def test_the_title_stands_on_the_first_page_of_each_panel(table: Make, printed: Print) -> None:
    columns = [Column("x", "企业名称", key=True)]
    columns += [Column(f"c{n}", f"第{n}项", fixed=True) for n in range(20)]
    rows = [("东台纺织有限公司", *(["12345678"] * 20)) for _ in range(30)]
    found = printed(table(columns, rows, title="绝无仅有之台账"))
    titled = [number for number, page in enumerate(found.bare) if "绝无仅有之台账填报单位" in page]
    assert titled == list(range(len(titled)))
    assert len(titled) > 1
    assert all(f"绝无仅有之台账{AGAIN}" in page for page in found.bare[len(titled) :])


def test_columns_left_out_are_named_below(samples: Rows, ledger: Make, printed: Print) -> None:
    assert "联系人、联系电话未印出，见电子表格。" in printed(ledger(samples)).bare[-1]
    assert "未印出" not in printed(ledger(samples[:40]), A3_LANDSCAPE).bare[-1]


def test_nothing_to_tell_is_said(table: Make, printed: Print) -> None:
    report = table([Column("n", "企业名称")], groups=[], signatures={})
    page = printed(report).bare[0]
    assert "企业名称本期没有登记" in page
    assert "注：2025年7月2日09:05制表。" in page
    assert "单位负责人" not in page


def test_an_office_with_a_long_name_gets_its_own_line(table: Make, printed: Print, fonts: Fonts) -> None:
    report = table(
        [Column("n", "企业名称")], office="盐城市大丰区市场监督管理局（盐城市大丰区知识产权局）" * 2
    )
    assert [left[:4] or right[:3] for left, right in lay_out(report, fonts, A4_PORTRAIT).info] == [
        "填报单位",
        "场监督管",
        "单位：",
    ]
    assert report.office in "".join(printed(report, A4_PORTRAIT).bare)


def test_signatures_take_as_many_lines_as_a_hand_needs(table: Make, fonts: Fonts) -> None:
    report = table([Column("n", "企业名称")])
    assert [len(line) for line in lay_out(report, fonts, A4_LANDSCAPE).signatures] == [5]
    assert [len(line) for line in lay_out(report, fonts, A4_PORTRAIT).signatures] == [3, 2]


def test_a_county_is_found_in_the_outline(samples: Rows, ledger: Make, fonts: Fonts) -> None:
    import pypdfium2

    stream = io.BytesIO()
    write_pdf(ledger(samples), stream, fonts)
    marks = [mark.get_title() for mark in pypdfium2.PdfDocument(stream.getvalue()).get_toc()]
    assert marks == ["东台市", "建湖县", "射阳县", "大丰区", "亭湖区"]


def test_a_page_of_notes_alone_has_no_head(table: Make, printed: Print) -> None:
    found = printed(table([Column("n", "企业名称")], [("甲",)], notes=["说明。" * 60] * 40))
    assert "企业名称" not in found.bare[-1]
    assert found.bare[-1].endswith("年月日")


def test_a_character_without_a_shape_is_refused_before_anything_is_written(table: Make, fonts: Fonts) -> None:
    stream = io.BytesIO()
    report = table([Column("n", "企业名称")], [("甲",), ("东台\ue123公司",)])
    with pytest.raises(Unprintable, match="U\\+E123.*见“东台\ue123公司”"):
        write_pdf(report, stream, fonts)
    assert stream.getvalue() == b""


def test_the_same_fonts_print_again(table: Make, printed: Print) -> None:
    report = table([Column("n", "企业名称")], [(RARE,)])
    assert printed(report).bare == printed(report).bare


def test_the_pcs_own_fonts_are_the_default(table: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WINDIR", raising=False)
    stream = io.BytesIO()
    assert write_pdf(table([Column("n", "企业名称")], [("甲",)]), stream) == 1
    assert stream.getvalue().startswith(b"%PDF")


def test_many_counties_keep_their_sums_beside_their_rows(ledger: Make, samples: Rows, fonts: Fonts) -> None:
    units = ["320981", "320925", "320924", "320923", "320922", "320921", "320904", "320903", "320902"]
    rows = [{**row, "unit_code": units[n % 9]} for n, row in enumerate(samples[:100])]
    for page in lay_out(ledger(rows), fonts, A4_LANDSCAPE).pages:
        ruled = [item for item in page if item.kind.ruled]
        assert ruled[-1].kind is not Kind.GROUP
        for before, item in zip([None, *ruled], ruled, strict=False):
            if item.kind is Kind.SUMMARY:
                assert before
                assert before.kind in (Kind.ROW, Kind.SUMMARY)


def test_a_group_without_a_sum_is_followed_by_the_next(table: Make, printed: Print) -> None:
    report = table([Column("n", "名称")], groups=[Group("甲县", [("一",)]), Group("乙县", [("二",)])])
    assert "名称甲县一乙县二注：" in printed(report).bare[0]
