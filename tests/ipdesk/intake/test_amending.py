"""Cells mended in the preview and values that all rows share are read like those of the sheet itself."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from db.store import SqlStore
from ipdesk import intake
from ipdesk.intake.lacking import shared_fields
from ipdesk.kinds import catalogue
from ipdesk.problems import Refusal

GUANBIAO, TRAINING = catalogue().ledger("guanbiao"), catalogue().ledger("training")
FIRMS = (
    "企业名称,统一社会信用代码,贯标状态\n"
    "东台喆䶮新材料有限公司,91320981MABJ1XG60Q,获证\n"
    "东台盛程纺织有限公司,91320981MAN2J1K63,体系运行\n"
)
PEOPLE = "姓名,工作单位,手机号\n陈喆,东台甲公司,13900000000\n李䶮,东台乙公司,13911112222\n"


@pytest.fixture
def store(make_store: Callable[..., SqlStore]) -> SqlStore:
    return make_store(unit="320981")


def written(tmp_path: Path, text: str, name: str = "表.csv") -> Path:
    out = tmp_path / name
    out.write_text(text, encoding="utf-8")
    return out


def test_a_mended_cell_is_checked_like_any_other(store: SqlStore, tmp_path: Path) -> None:
    sheet = written(tmp_path, FIRMS)
    (problem,) = intake.plan(store, GUANBIAO, sheet).refused
    place = (problem.sheet, problem.row, 1)
    (still,) = intake.plan(store, GUANBIAO, sheet, cells={place: "91320981MAN2J1K63X"}).refused
    assert (still.row, still.code) == (3, "V01")
    mended = intake.plan(store, GUANBIAO, sheet, cells={place: "91320981man2j1k637"})
    assert mended.refused == []
    assert [row.values["uscc"] for row in mended.rows] == ["91320981MABJ1XG60Q", "91320981MAN2J1K637"]
    assert intake.apply(store, mended).added == 2


def test_a_cell_beyond_what_is_filled_may_be_mended_and_emptied(store: SqlStore, tmp_path: Path) -> None:
    sheet = written(tmp_path, FIRMS.replace(",体系运行", ""))
    cells = {
        ("表", 3, 1): "91320981MAN2J1K637",
        ("表", 3, 2): "获证",
        ("表", 2, 2): " ",
        ("表", 99, 0): "没有",
    }
    mended = intake.plan(store, GUANBIAO, sheet, cells=cells)
    assert [row.values.get("stage") for row in mended.rows] == [None, "ST15"]


def test_a_mended_cell_of_a_merged_range_stands_for_itself(store: SqlStore, tmp_path: Path) -> None:
    out = tmp_path / "合并.xlsx"
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    for line in FIRMS.replace("MAN2J1K63,体系运行", "MAN2J1K637,").splitlines():
        page.append(line.split(","))
    page.merge_cells("C2:C3")
    book.save(out)
    assert [r.values["stage"] for r in intake.plan(store, GUANBIAO, out).rows] == ["ST15", "ST15"]
    mended = intake.plan(store, GUANBIAO, out, cells={("Sheet", 3, 2): "体系运行"})
    assert [r.values["stage"] for r in mended.rows] == ["ST15", "ST08"]
    intake.write_result(mended, tmp_path / "结果.xlsx")  # what is merged shows its first cell only


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_result_workbook_shows_what_was_mended(store: SqlStore, tmp_path: Path, ending: str) -> None:
    sheet = written(tmp_path, FIRMS)
    if ending == "xlsx":
        book = openpyxl.Workbook()
        book.worksheets[0].title = "表"
        for line in FIRMS.splitlines():
            book.worksheets[0].append(line.split(","))
        sheet = tmp_path / "表.xlsx"
        book.save(sheet)
    cells = {("表", 3, 1): "91320981MAN2J1K637", ("表", 2, 2): ""}
    out = tmp_path / "结果.xlsx"
    intake.write_result(intake.plan(store, GUANBIAO, sheet, cells=cells), out)
    rows = list(openpyxl.load_workbook(out)["表"].iter_rows(values_only=True))
    assert rows[2][1] == "91320981MAN2J1K637"
    assert rows[1][2] is None
    assert [row[3] for row in rows[1:]] == ["新增", "新增"]


def test_a_class_told_once_goes_into_every_row(store: SqlStore, tmp_path: Path) -> None:
    sheet = written(tmp_path, PEOPLE)
    given = {"course_name": "高管培训班", "start_date": "2024.5.18"}
    planned = intake.plan(store, TRAINING, sheet, constants=given)
    assert {(r.values["course_name"], r.values["start_date"]) for r in planned.rows} == {
        ("高管培训班", "2024-05-18")
    }
    assert "没有写“培训班（班次）”的各行，都按“高管培训班”记" in planned.notes
    assert intake.apply(store, planned).added == 2
    assert store.count(store.catalogue.kind("training")) == 1
    assert intake.apply(store, intake.plan(store, TRAINING, sheet, constants=given)).unchanged == 2


def test_a_row_that_says_otherwise_keeps_its_own(store: SqlStore, tmp_path: Path) -> None:
    sheet = written(
        tmp_path, "姓名,工作单位,手机号,培训班名称\n陈喆,甲,13900000000,代理师班\n李䶮,乙,13911112222,\n"
    )
    planned = intake.plan(store, TRAINING, sheet, constants={"course_name": "高管班"})
    assert [r.values["course_name"] for r in planned.rows] == ["代理师班", "高管班"]


@pytest.mark.parametrize("given", [{"start_date": "不知道"}, {"没有": "x"}])
def test_a_value_that_is_none_is_refused(store: SqlStore, tmp_path: Path, given: dict[str, str]) -> None:
    with pytest.raises(Refusal):
        intake.plan(store, TRAINING, written(tmp_path, PEOPLE), constants=given)


def test_the_city_says_once_whose_rows_they_are(make_store: Callable[..., SqlStore], tmp_path: Path) -> None:
    city, sheet = make_store("city", "320900"), written(tmp_path, FIRMS)
    planned = intake.plan(city, GUANBIAO, sheet, constants={"unit_code": "东台市"})
    assert {r.values["unit_code"] for r in planned.rows} == {"320981"}


@pytest.mark.parametrize(
    ("head", "file", "proposed"),
    [
        (
            "东台市知识产权高管培训班学员名册（2024年5月18日）,,\n",
            "表.csv",
            ["东台市知识产权高管培训班", "2024-05-18"],
        ),
        ("培训时间：2024.5.18—20,,\n", "代理师考前班签到表.csv", ["代理师考前班", "2024-05-18"]),
        ("培训时间：2024年13月1日,,\n", "名单.csv", ["", ""]),
    ],
)
def test_what_a_sheet_lacks_is_proposed_by_its_title(
    store: SqlStore, tmp_path: Path, head: str, file: str, proposed: list[str]
) -> None:
    planned = intake.plan(store, TRAINING, written(tmp_path, head + PEOPLE, file))
    told = intake.lacking(planned)
    assert [s.field.name for s in told] == ["course_name", "start_date"]
    assert [s.proposed for s in told] == proposed


def test_only_what_is_above_the_row_is_shared(store: SqlStore, tmp_path: Path) -> None:
    assert [f.name for f in shared_fields(TRAINING)] == ["course_name", "start_date"]
    for name in ("guanbiao", "institution", "person"):
        assert shared_fields(catalogue().ledger(name)) == ()
    assert intake.lacking(intake.plan(store, TRAINING, written(tmp_path, "甲,乙\n1,2\n"))) == []
