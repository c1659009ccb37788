"""count and parameter: the figures by the parameters, as lines and as JSON."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.ipdesk.cli.conftest import Run

SOURCE = ("--source", "盐知发〔2024〕3号", "--date", "2024.5.6")


def figures(run: Run, *words: str) -> dict[str, Any]:
    """Return the figures by name."""
    told = run("--json", "count", *words)
    assert (told.code, told.err) == (0, "")
    return {one["name"]: one for one in told.json["figures"]}


@pytest.fixture
def filled(run: Run, county: Path) -> Path:
    """Return a county with a certificate, an evaluation, an institution and three who were trained."""
    until = (date.today() + timedelta(days=300)).isoformat()
    firms = (
        ("甲", "91320981MABJ1XG60Q", "cert_no=8", "cert_issue_date=2023-05-06", f"cert_valid_to={until}"),
        ("乙", "91320981MAN2J1K637", "eval_date=2023-06-01", "eval_result=ER1", "stage=ST23"),
        ("丙", "91320981MAQHJRWT8Y", "filing_date=2023-06-01", "stage=ST02"),
    )
    for name, code, *more in firms:
        stage = () if any(m.startswith("stage") for m in more) else ("stage=ST15", "cert_status=CS1")
        row = (f"enterprise_name=东台{name}有限公司", f"uscc={code}", "standard_code=SD2", *stage, *more)
        told = run("add", "guanbiao", *row)
        assert told.code == 0, told.err
    people = (
        ("王一", "13900000001", "PC01"),
        ("王二", "13900000002", "PC08"),
        ("王一", "13900000001", "PC01"),
    )
    for place, (name, mobile, category) in enumerate(people):
        course = "course_name=高管班" if place < 2 else "course_name=实务班"
        row = (
            f"name={name}",
            f"mobile={mobile}",
            f"category={category}",
            "in_service=在岗",
            course,
            "start_date=2024-05-06",
        )
        told = run("add", "training", *row, "employer_name=东台甲有限公司")
        assert told.code == 0, told.err
    return county


@pytest.mark.usefixtures("filled")
def test_every_figure_stands_by_itself(run: Run) -> None:
    found = figures(run)
    values = {name: one["value"] for name, one in found.items()}
    assert values == {
        "new_enterprises": 2,
        "in_force": 1,
        "institutions": 0,
        "revenue": 0,
        "professionals": 1,
        "trained_times": 3,
        "trained_people": 2,
    }
    assert len(found["new_enterprises"]["ids"]) == 2
    told = run("--json", "count").json
    assert told["by_basis"] == {"A": 2, "B": 1, "C": 3}
    assert [(c["course_name"], c["times"], c["people"]) for c in told["classes"]] == [
        ("高管班", 2, 2),
        ("实务班", 1, 1),
    ]
    assert [(c["category"], c["counts"], c["people"], c["times"]) for c in told["categories"]] == [
        ("PC01", True, 1, 2),
        ("PC08", False, 1, 1),
    ]
    lines = run("count").out.splitlines()
    assert lines[:2] == ["新增贯标企业：2 家", "现行有效贯标企业：1 家"]
    assert "新增贯标企业按三种口径：A 2 家，B 1 家，C 3 家" in lines
    assert "  高管班 2024-05-06：2 人次，2 人" in lines
    assert "  代理人才（计入3000人）：在册 1 人，培训 2 人次" in lines


@pytest.mark.usefixtures("filled")
def test_a_changed_parameter_counts_at_once(run: Run) -> None:
    done = run("--json", "parameter", "set", "basis", "仅获证", *SOURCE)
    assert (done.code, done.json["value"], done.json["date"]) == (0, "B", "2024-05-06")
    assert [(c["before"], c["after"]) for c in done.json["changes"]] == [("A", "B")]
    assert figures(run)["new_enterprises"]["value"] == 1
    run("parameter", "set", "计入3000人的人才类别", "代理人才、PC08", *SOURCE)
    assert figures(run)["professionals"]["value"] == 2
    listed = {one["name"]: one for one in run("--json", "parameter", "list").json["rows"]}
    assert listed["person_categories"]["value"] == ["PC01", "PC08"]
    assert listed["basis"]["source"] == "盐知发〔2024〕3号"
    assert (
        "basis  新增贯标企业口径：B 仅获证  依据：盐知发〔2024〕3号（2024-05-06）"
        in run("parameter", "list").out
    )


@pytest.mark.usefixtures("filled")
def test_a_past_day_is_counted_as_it_was(run: Run) -> None:
    assert figures(run, "--as-of", "2023-05-31")["new_enterprises"]["value"] == 1
    assert figures(run, "--known-on", "2020-01-01")["trained_times"]["value"] == 0


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("set", "无", "1", *SOURCE), "没有“无”这个统计参数"),
        (("set", "basis", "丁", *SOURCE), "不能是“丁”"),
        (("set", "person_categories", "厨师", *SOURCE), "没有“厨师”这个人才类别"),
        (("set", "basis", "B", "--source", " ", "--date", "2024-05-06"), "依据"),
        (("set", "basis", "B", "--source", "函"), "--date"),
        (("set", "basis", "B", "--source", "函", "--date", "去年"), "日期"),
    ],
)
@pytest.mark.usefixtures("county")
def test_a_wrong_parameter_is_one_line(run: Run, words: tuple[str, ...], why: str) -> None:
    told = run("parameter", *words)
    assert (told.code, told.out, told.err.count("\n")) == (2, "", 1)
    assert why in told.err
