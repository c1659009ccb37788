"""A plan as a workbook that people fill in: read with every mistake named by sheet, row and column, and written.

Each sheet is one table of ``resources/codes``; what the program makes of it is the same as of its own plan.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ipdesk.codes import code_rows, parse_codes
from ipdesk.dates import parse_date
from ipdesk.plan.definition import EVERY, OWN, SORTS
from ipdesk.problems import Problem, Refusal, ValueProblem
from ipdesk.text import clean

COMPARATORS = {
    "不低于（含）": ">=",
    "超过（不含）": ">",
    "等于": "=",
    "左右": "approx_ge",
    "逐年提高": "trend_up",
}
COUNTS = {
    "新增贯标企业": "new_enterprises",
    "服务机构数": "institutions",
    "机构知识产权收入": "revenue",
    "服务专业人才": "professionals",
    "强县": "strong_counties",
    "指导站覆盖": "station_coverage",
    "综合指导站": "upgraded_stations",
    "联络员覆盖": "liaison_coverage",
    "授权资助": "grants_left",
    "信息网点": "service_points",
    "高企贯标覆盖": "hightech_coverage",
}
YES, NO = "是", "否"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet: its name in the table, its head, whether it must be filled, how a cell is read."""

    name: str
    head: str
    needed: bool = False
    read: Callable[[str], str] = str


def _day(cell: str) -> str:
    try:
        told = parse_date(cell)
        return date.fromisoformat(told).isoformat()
    except ValueProblem as problem:
        raise Refusal(problem.message) from None
    except ValueError:
        raise Refusal(f"“{cell}”要写到日，如 2025-07-01") from None


def _number(cell: str) -> str:
    try:
        return str(float(cell.replace(",", ""))).removesuffix(".0")
    except ValueError:
        raise Refusal(f"“{cell}”不是数字") from None


def _whole(cell: str) -> str:
    told = _number(cell)
    if not told.isdigit():
        raise Refusal(f"“{cell}”不是整数")
    return told


def _one_of(known: Mapping[str, str]) -> Callable[[str], str]:
    def read(cell: str) -> str:
        if cell not in known and cell not in known.values():
            raise Refusal(f"“{cell}”不在可选范围内，可填：{'、'.join(known)}")
        return known.get(cell, cell)

    return read


def _same(words: Iterable[str]) -> Callable[[str], str]:
    return _one_of({word: word for word in words})


_YES_NO = _same((YES, NO))
SHEETS: Mapping[str, tuple[str, tuple[Column, ...]]] = {
    "plans.csv": (
        "计划",
        (
            Column("plan_code", "计划代码", True),
            Column("name", "计划名称", True),
            Column("document", "文号", True),
            Column("issued", "印发日期", True, _day),
            Column("start_date", "开始日期", True, _day),
            Column("end_date", "结束日期", True, _day),
        ),
    ),
    "indicators.csv": (
        "指标",
        (
            Column("indicator_code", "指标代码", True),
            Column("section_title", "所属目标"),
            Column("name", "指标名称", True),
            Column("short_name", "简称"),
            Column("unit", "单位", True),
            Column("comparator", "达标方式", True, _one_of(COMPARATORS)),
            Column("target_value", "目标值", False, _number),
            Column("tolerance", "允许误差"),
            Column("plan_quote", "计划原文"),
            Column("measure_type", "指标类型", True, _same(SORTS)),
            Column("cumulative_from", "起算日期", False, _day),
            Column("due_date", "截止日期", False, _day),
            Column("numerator", "分子"),
            Column("denominator", "分母"),
            Column("formula", "计算公式"),
            Column("city_aggregation", "全市汇总方式"),
            Column("county_applicable", "分县统计", True, _YES_NO),
            Column("report_period", "报送频次", True, _same(EVERY)),
            Column("decimals", "小数位数", False, _whole),
            Column("scale", "填报单位换算", False, _whole),
            Column("counter", "由登记册计算", False, _one_of(COUNTS)),
            Column("note", "说明"),
        ),
    ),
    "phases.csv": (
        "阶段",
        (
            Column("phase_code", "阶段代码", True),
            Column("name", "阶段名称", True),
            Column("start_date", "开始日期", True, _day),
            Column("end_date", "结束日期", True, _day),
            Column("work_items", "主要工作"),
            Column("deliverables_suggested", "成果"),
        ),
    ),
    "tasks.csv": (
        "任务",
        (
            Column("task_code", "任务编号", True),
            Column("task_kind", "任务类别", True),
            Column("section_no", "章节号"),
            Column("section_title", "章节"),
            Column("task_no", "序号"),
            Column("title", "任务名称", True),
            Column("responsibility_phrase", "分工说明"),
            Column("deadline", "完成时限", False, _day),
            Column("deadline_quote", "时限原文"),
            Column("default_due_date", "默认时限", False, _day),
            Column("related_indicators", "相关指标"),
            Column("county_level_content", "县级工作内容"),
            Column("evidence_examples", "佐证举例"),
        ),
    ),
    "task_measures.csv": (
        "措施",
        (
            Column("task_code", "任务编号", True),
            Column("measure_seq", "序号", True, _whole),
            Column("measure", "措施", True),
        ),
    ),
    "task_departments.csv": (
        "责任部门",
        (
            Column("task_code", "任务编号", True),
            Column("dept_seq", "序号", True, _whole),
            Column("department", "部门", True),
            Column("is_lead_inferred", "牵头", False, _YES_NO),
        ),
    ),
}
KEYS = {"indicators.csv": "indicator_code", "phases.csv": "phase_code", "tasks.csv": "task_code"}
NEEDED = ("plans.csv", "indicators.csv")
Rows = list[dict[str, str]]


# ---------------------------------------------------------------- reading
def from_sheets(file_name: str, sheets: Mapping[str, Iterable[tuple[object, ...]]]) -> dict[str, str]:
    """Return a plan's tables (CSV by file) as the sheets of a workbook tell them, by title.

    Refused with every mistake by sheet and row.
    """
    problems: list[Problem] = []
    tables = {
        file: _table(title, columns, sheets.get(title, ()), problems, needed=file in NEEDED)
        for file, (title, columns) in SHEETS.items()
    }
    if not problems:
        problems += _contradictions(tables)
    if problems:
        raise Refusal(_sentence(file_name, problems), tuple(problems))
    code = tables["plans.csv"][0]["plan_code"]
    return {
        file: _written([{**row, "plan_code": code} for row in rows]) for file, rows in tables.items() if rows
    }


def _sentence(file_name: str, problems: list[Problem]) -> str:
    first = problems[0]
    place = f"工作表“{first.sheet}”" + (f"第{first.row}行" if first.row else "")
    more = f"；另有 {len(problems) - 1} 处，改好后再装入" if len(problems) > 1 else "，请改好后再装入"
    return f"计划文件“{file_name}”没有装入：{place}：{first.message}{more}"


def _table(
    title: str,
    columns: tuple[Column, ...],
    rows: Iterable[tuple[object, ...]],
    problems: list[Problem],
    *,
    needed: bool,
) -> Rows:
    """Return the rows of a sheet by column name; what is wrong is added to the problems."""
    lines = [[_cell(cell) for cell in row] for row in rows]
    heads = next((n for n, line in enumerate(lines) if columns[0].head in line), None)
    if heads is None:
        if needed:
            problems.append(
                Problem("header", "", f"没有这个工作表，或里面没有“{columns[0].head}”这一列", sheet=title)
            )
        return []
    places = {head: place for place, head in enumerate(lines[heads]) if head}
    lacking = [c for c in columns if c.needed and c.head not in places]
    problems += [
        Problem("header", c.name, f"缺少“{c.head}”这一列", sheet=title, row=heads + 1) for c in lacking
    ]
    found = [
        _row(title, number, {c: _at(line, places.get(c.head)) for c in columns}, problems)
        for number, line in enumerate(lines[heads + 1 :], heads + 2)
        if any(line) and not lacking
    ]
    if needed and not found and not lacking:
        problems.append(Problem("required", "", "一行也没有填", sheet=title))
    return found


def _cell(cell: object) -> str:
    if isinstance(cell, float) and cell == int(cell):
        return str(int(cell))
    return "" if cell is None else clean(str(cell))


def _at(line: list[str], place: int | None) -> str:
    return line[place] if place is not None and place < len(line) else ""


def _row(title: str, number: int, cells: Mapping[Column, str], problems: list[Problem]) -> dict[str, str]:
    found = {}
    for column, cell in cells.items():
        try:
            found[column.name] = column.read(cell) if cell else ""
            if column.needed and not cell:
                raise Refusal(f"“{column.head}”没有填")
        except Refusal as refusal:
            told = refusal.message if column.head in refusal.message else f"“{column.head}”{refusal.message}"
            problems.append(Problem("code", column.name, told, sheet=title, row=number))
    return found


def _contradictions(tables: Mapping[str, Rows]) -> Iterator[Problem]:
    """Find what no plan may say: several plans, codes twice or of another plan, an end before its start."""
    plan = tables["plans.csv"][0]
    if len(tables["plans.csv"]) > 1:
        yield Problem("duplicate", "plan_code", "一个文件只装一个计划", sheet="计划")
    if plan["plan_code"] == OWN:
        yield Problem("duplicate", "plan_code", f"代码“{OWN}”是程序自带的计划，请换一个", sheet="计划")
    for file in ("plans.csv", "phases.csv"):
        for row in tables[file]:
            if row["start_date"] > row["end_date"]:
                yield Problem(
                    "date", "end_date", f"“{row['name']}”的结束日期早于开始日期", sheet=SHEETS[file][0]
                )
    for file, key in KEYS.items():
        yield from _codes_twice(file, key, tables[file], plan["plan_code"])
    known = {row["task_code"] for row in tables["tasks.csv"]}
    for file in ("task_measures.csv", "task_departments.csv"):
        for row in tables[file]:
            if row["task_code"] not in known:
                told = f"任务编号“{row['task_code']}”不在“任务”表里"
                yield Problem("code", "task_code", told, sheet=SHEETS[file][0])


def _codes_twice(file: str, key: str, rows: Rows, plan: str) -> Iterator[Problem]:
    others = {row[key] for row in code_rows(file) if (row.get("plan_code") or OWN) != plan}
    seen: set[str] = set()
    for row in rows:
        code = row[key]
        if code in seen or (code in others and file != "phases.csv"):
            whose = "在本表里重复" if code in seen else "别的计划已经用了，请换一个"
            yield Problem("duplicate", key, f"代码“{code}”{whose}", sheet=SHEETS[file][0])
        seen.add(code)


def _written(rows: Rows) -> str:
    """Return rows as a code table's CSV."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


# ---------------------------------------------------------------- as the channel carries it
def packed(tables: Mapping[str, str]) -> str:
    """Return a plan as one text."""
    return json.dumps(tables, ensure_ascii=False, sort_keys=True)


def unpacked(text: str) -> dict[str, str]:
    """Return the tables of a plan that came down; anything odd is refused in one sentence."""
    odd = Refusal("市局下发的计划看不懂，没有采用，请与市局核对，或先升级程序")
    try:
        told = {file: str(table) for file, table in dict(json.loads(text)).items() if file in SHEETS}
        tables = {file: parse_codes(table) for file, table in told.items()}
        for file, (title, columns) in SHEETS.items():
            problems: list[Problem] = []
            for number, row in enumerate(tables.get(file, ())):
                _row(title, number, {c: row.get(c.name) or "" for c in columns}, problems)
            if problems or (file in NEEDED and not tables.get(file)):
                raise odd
        whole: dict[str, Rows] = {file: tables.get(file, []) for file in SHEETS}
    except (TypeError, ValueError, KeyError, AttributeError):
        raise odd from None
    if any(_contradictions(whole)):
        raise odd
    return told


# ---------------------------------------------------------------- writing
def write(out: Path, plan: str = OWN) -> None:
    """Write a plan as a workbook to be changed into another one; texts stay texts."""
    from ipdesk.workbook import Styles, save

    def fill(book: object) -> None:
        styles = Styles(book)
        for file, (title, columns) in SHEETS.items():
            sheet = book.add_worksheet(title)  # type: ignore[attr-defined]
            for place, column in enumerate(columns):
                sheet.set_column(place, place, 30 if column.name in ("name", "title", "measure") else 16)
                sheet.write_string(0, place, column.head, styles["needed" if column.needed else "head"])
            rows = [row for row in code_rows(file) if (row.get("plan_code") or OWN) == plan]
            for number, row in enumerate(rows, 1):
                for place, column in enumerate(columns):
                    sheet.write_string(number, place, _shown(column, row, file), styles["text"])

    save(out, fill)


def _shown(column: Column, row: Mapping[str, str], file: str) -> str:
    words = {"comparator": COMPARATORS, "counter": COUNTS}.get(column.name)
    told = row.get(column.name) or ""
    if column.name in ("counter", "scale") and file == "indicators.csv" and not told:
        own = (r for r in code_rows("indicator_counters.csv") if r["indicator_code"] == row["indicator_code"])
        told = next(own, {}).get(column.name, "")
    if column.name == "county_applicable":
        return NO if told.startswith(NO) else YES
    return next((word for word, code in (words or {}).items() if code == told), told)


def label(code: str) -> str:
    """Return what a plan is called, by its code."""
    return next((row["name"] for row in code_rows("plans.csv") if row["plan_code"] == code), code)
