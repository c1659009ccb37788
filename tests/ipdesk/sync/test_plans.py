"""A plan filled in as a workbook: taken as it is, every mistake named, sent down and in force at the counties."""

from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from ipdesk import codes, sync
from ipdesk.actions.publishing import publish_new_plan
from ipdesk.codes import Tables, parse_codes
from ipdesk.plan import paper
from ipdesk.plan.counters import COUNTERS
from ipdesk.plan.definition import OWN, plan_on, plans
from ipdesk.problems import Refusal
from ipdesk.sync import channel
from tests.ipdesk.sync.world import World

Change = Callable[[Workbook], None]


@pytest.fixture(autouse=True)
def _own_tables() -> Iterator[None]:
    yield
    codes.use(Tables())


def cell(book: Workbook, sheet: str, row: int, head: str, value: str | int) -> None:
    """Write a cell under a head."""
    page = book[sheet]
    column = next(c.column for c in page[1] if c.value == head)
    page.cell(row, column, value)


def renamed(book: Workbook) -> None:
    """Make the program's own plan another one."""
    for head, value in (("计划代码", "P2025"), ("计划名称", "示范城市建设方案"), ("开始日期", "2025.7.1")):
        cell(book, "计划", 2, head, value)
    cell(book, "计划", 2, "结束日期", "2028年6月30日")
    for sheet, head in (
        ("指标", "指标代码"),
        ("任务", "任务编号"),
        ("措施", "任务编号"),
        ("责任部门", "任务编号"),
    ):
        for row in range(2, book[sheet].max_row + 1):
            cell(book, sheet, row, head, "N" + str(book[sheet].cell(row, 1).value))
    cell(book, "指标", 10, "目标值", 500)


def made(folder: Path, *changes: Change) -> Path:
    """Return a workbook made from the program's own plan."""
    out = folder / "新计划.xlsx"
    paper.write(out)
    book = load_workbook(out)
    for change in changes:
        change(book)
    book.save(out)
    return out


def test_every_counter_has_a_word() -> None:
    assert set(paper.COUNTS.values()) == set(COUNTERS)


def test_a_new_plan_is_in_force_at_the_city_and_its_counties(world: World, tmp_path: Path) -> None:
    county = world.county()
    document = publish_new_plan(world.city, made(tmp_path, renamed))
    assert (document.name, document.version) == ("plan.P2025", 1)
    assert not sync.receive(county, [world.down()]).refused
    for store in (world.city, county):
        codes.use(sync.tables(store))
        plan = plan_on(date(2025, 8, 1))
        assert (plan.code, plan.name, plan.end) == ("P2025", "示范城市建设方案", date(2028, 6, 30))
        assert [len(plan.indicators), len(plan.tasks), len(plan.phases)] == [21, 27, 3]
        one = plan.by_code["NI09"]
        assert (one.target, one.counter, one.by_county) == (Fraction(500), "new_enterprises", True)
        assert not plan.by_code["NI08"].by_county
        assert plan.by_code["NI06"].scale == 10_000
        assert [p.code for p in plans()] == [OWN, "P2025"]
        assert codes.code_table("indicators").label("NI09") == "知识产权“贯标”企业新增数"
        assert channel.documents(store)[0].label.startswith("计划：")


def wrong(sheet: str, row: int, head: str, value: str | int) -> Change:
    return lambda book: cell(book, sheet, row, head, value)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (wrong("计划", 2, "计划代码", "P2022"), "工作表“计划”：代码“P2022”是程序自带的计划，请换一个"),
        (wrong("计划", 2, "开始日期", "明年"), "工作表“计划”第2行：“开始日期”.*请"),
        (wrong("计划", 2, "开始日期", "2025-07"), "“开始日期”“2025-07”要写到日，如 2025-07-01"),
        (wrong("计划", 2, "结束日期", "2020-01-01"), "的结束日期早于开始日期"),
        (wrong("计划", 3, "计划代码", "P2026"), "工作表“计划”第3行：“计划名称”没有填；另有"),
        (wrong("指标", 3, "目标值", "多"), "工作表“指标”第3行：“目标值”“多”不是数字"),
        (wrong("指标", 3, "小数位数", "1.5"), "“小数位数”“1.5”不是整数"),
        (wrong("指标", 3, "达标方式", "差不多"), "“达标方式”“差不多”不在可选范围内，可填：不低于（含）"),
        (wrong("指标", 3, "指标代码", "NI01"), "工作表“指标”：代码“NI01”在本表里重复"),
        (wrong("指标", 3, "指标代码", "I05"), "代码“I05”别的计划已经用了，请换一个"),
        (wrong("措施", 2, "任务编号", "T9"), "工作表“措施”：任务编号“T9”不在“任务”表里"),
        (lambda book: book.remove(book["指标"]), "工作表“指标”：没有这个工作表"),
        (lambda book: book["指标"].delete_rows(2, 99), "工作表“指标”：一行也没有填"),
        (wrong("指标", 1, "单位", "计量"), "工作表“指标”第1行：缺少“单位”这一列"),
    ],
)
def test_a_mistake_is_named_by_sheet_and_row(tmp_path: Path, change: Change, sentence: str) -> None:
    file = made(tmp_path, renamed, change)
    sheets = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in load_workbook(file)}
    with pytest.raises(Refusal, match=f"“新计划.xlsx”没有装入：.*{sentence}"):
        paper.from_sheets(file.name, sheets)


def test_a_county_publishes_no_plan(world: World, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="由市局下发"):
        publish_new_plan(world.county(), made(tmp_path, renamed))


def test_what_came_down_is_looked_at_again(world: World, tmp_path: Path) -> None:
    text = paper.packed(
        {
            "plans.csv": "plan_code,name\nP1,x\n",
            "indicators.csv": "indicator_code\nX1\n",
            "strange.csv": "a\n",
        }
    )
    for odd in (text, "", "[]", "{}", '{"plans.csv": 3}'):
        with pytest.raises(Refusal, match="看不懂"):
            paper.unpacked(odd)
    good = publish_new_plan(world.city, made(tmp_path, renamed))
    assert parse_codes(paper.unpacked(good.text)["plans.csv"])[0]["plan_code"] == "P2025"
    with pytest.raises(Refusal):
        channel.publish(world.city, "plan.P9", good.text)
    again = paper.unpacked(good.text) | {
        "plans.csv": "plan_code,name,document,issued,start_date,end_date\nP2025,n,d,2025-01-01,2025-02-01,2025-01-01\n"
    }
    with pytest.raises(Refusal, match="看不懂"):
        paper.unpacked(paper.packed(again))


def test_names_of_plans() -> None:
    assert paper.label("P2022").startswith("盐城市")
    assert paper.label("P9") == "P9"
