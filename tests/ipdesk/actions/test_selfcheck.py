"""The self-check: the table of targets and results, and the list of all that proves them."""

import hashlib
from collections.abc import Callable
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from db.store import SqlStore
from ipdesk.actions import documents, selfcheck
from ipdesk.actions import ledger as deeds
from ipdesk.actions.report import write_report
from ipdesk.fields import Value
from ipdesk.past import NOW
from ipdesk.plan.comparison import NAME as COMPARISON
from ipdesk.plan.comparison import gap
from ipdesk.plan.definition import plan_on
from ipdesk.plan.folder import NAME as EVIDENCE
from ipdesk.plan.indicators import Figure, Target
from ipdesk.plan.part import Part
from ipdesk.records import RecordKey
from ipdesk.shortdigest import short
from ipdesk.store import Moment
from tests.ipdesk.sync.world import DONGTAI, World

SUMMER = Moment(as_of=date(2024, 6, 30))
MADE = datetime(2024, 7, 2, 9, 0)
PLAN = plan_on(date(2024, 1, 1))
CASE: dict[str, Value] = {
    "enterprise_name": "东台锦盛新材料有限公司",
    "uscc": "91320981MABJ1XG60Q",
    "stage": "ST15",
    "standard_code": "SD2",
    "cert_status": "CS1",
    "cert_no": "84025IP21017R0M",
    "cert_issue_date": "2024-03-01",
}


@pytest.fixture
def store(make_store: Callable[..., SqlStore]) -> SqlStore:
    return make_store()


def put(store: SqlStore, ledger: str, /, **values: Value) -> RecordKey:
    told = {"unit_code": store.office.unit_code, **values}
    return deeds.add(store, store.catalogue.ledger(ledger), told, "测试")


def attach(store: SqlStore, kind: str, key: RecordKey, folder: Path, name: str) -> None:
    (folder / name).write_bytes(b"%PDF-1.7 scan")
    documents.add(store, store.catalogue.kind(kind), key, [folder / name], "", "测试")


def rows_of(store: SqlStore, moment: Moment = SUMMER) -> dict[str, dict[str, object]]:
    table = selfcheck.comparison(store, "", MADE, moment)
    names = [column.name for column in table.columns]
    return {str(r[0]): dict(zip(names, r, strict=True)) for r in table.groups[0].rows}


def test_targets_and_results_stand_side_by_side(store: SqlStore) -> None:
    put(store, "target", indicator_code="I09", target_value=3, target_source="GS3")
    put(store, "guanbiao", **CASE)
    one = rows_of(store)["I09"]
    assert (one["value"], one["before"], one["gap"], one["done"]) == ("1", "1", "2", "33.3%")
    assert one["elapsed"] != "—"
    assert set(rows_of(store)) == {one.code for one in PLAN.indicators if one.by_county}


def test_a_fall_stands_with_the_reason_that_was_given(store: SqlStore) -> None:
    told: dict[str, Value] = {"indicator_code": "I01", "source": "统计", "denominator": 100000}
    put(store, "indicator_value", **told, period="2023", numerator=90)
    put(store, "indicator_value", **told, period="2024-Q2", numerator=70, fall_reason="两家注销")
    one = rows_of(store)["I01"]
    assert (float(str(one["before"])), float(str(one["value"]))) == (9, 7)
    assert one["reason"] == "没有定目标；比上期下降；两家注销"


@pytest.mark.parametrize(
    ("code", "value", "before", "target", "wanted"),
    [
        ("I09", 5, None, 8, "3"),
        ("I09", 8, None, 8, "0"),
        ("I09", None, None, 8, "—"),
        ("I09", 5, None, None, "—"),
    ],
)
def test_the_gap_is_what_is_still_to_be_done(
    code: str, value: int | None, before: int | None, target: int | None, wanted: str
) -> None:
    assert gap(figure(code, value, before, target)) == wanted


def figure(code: str, value: int | None, before: int | None, target: int | None) -> Figure:
    part = Part(None if value is None else Fraction(value))
    goal = None if target is None else Target(DONGTAI, code, Fraction(target))
    return Figure(PLAN.by_code[code], DONGTAI, part, goal, None if before is None else Fraction(before))


def test_what_is_to_rise_lacks_what_it_fell_by() -> None:
    rising = next(one.code for one in PLAN.indicators if one.comparator == "trend_up")
    assert gap(figure(rising, 5, 7, None)).startswith("2")
    assert gap(figure(rising, 7, 5, None)) == "—"


def test_the_city_tells_every_unit(world: World) -> None:
    table = selfcheck.comparison(world.city, "2024年上半年", MADE, SUMMER)
    assert (table.period, table.groups[0].label) == ("2024年上半年", "盐城市（市本级）")
    assert len(table.groups) > 9


@pytest.fixture
def world(make_store: Callable[..., SqlStore], tmp_path: Path) -> World:
    return World(make_store, tmp_path)


def test_evidence_is_listed_by_indicator_and_task(store: SqlStore, tmp_path: Path) -> None:
    case = put(store, "guanbiao", **CASE)
    attach(store, "case", case, tmp_path, "证书.pdf")
    value = put(
        store,
        "indicator_value",
        indicator_code="I01",
        period="2024-Q1",
        value=9,
        source="统计",
        evidence="季报",
    )
    attach(store, "indicator_value", value, tmp_path, "统计表.pdf")
    put(store, "task_progress", task_code="T2-6", period="2024", task_state="TS2", evidence="取消文件")
    slip = {"slip_no": "督1号", "subject": "补报", "issued_date": "2024-02-01", "deadline": "2024-03-01"}
    put(store, "supervision", **slip, reply_date="2024-02-10", reply="已改", evidence="说明")
    put(store, "task_progress", task_code="T1-1", period="2024", task_state="TS2")
    table = selfcheck.evidence_list(store, "", MADE, NOW)
    told = {group.label: [row[1:4] for row in group.rows] for group in table.groups}
    assert list(told) == ["I01 " + PLAN.by_code["I01"].short_name, *list(told)[1:]]
    assert told["T2-6 规范知识产权奖励政策"] == [["取消文件", "东台市", "2024年"]]
    assert told["其他"] == [["说明", "东台市", "2024-02-10"]]
    assert ["季报", "东台市", "2024年第一季度"] in told["I01 " + PLAN.by_code["I01"].short_name]
    assert [row[0] for group in table.groups for row in group.rows] == [1, 2, 3, 4, 5]
    files = [row[6:] for group in table.groups for row in group.rows if row[6]]
    assert [row[0] for row in files] == ["统计表.pdf", "证书.pdf"]
    assert files[0][1] == short(hashlib.sha256(b"%PDF-1.7 scan").hexdigest())


def test_an_empty_folder_says_so(store: SqlStore) -> None:
    table = selfcheck.evidence_list(store, "2024年", MADE, SUMMER)
    assert (list(table.groups), table.nothing, table.period) == ([], "没有登记佐证材料", "2024年")


@pytest.mark.parametrize("name", [COMPARISON, EVIDENCE])
def test_both_are_written_as_workbook_and_pdf(store: SqlStore, tmp_path: Path, name: str) -> None:
    put(store, "guanbiao", **CASE)
    write_report(store, name, tmp_path / "表.xlsx", moment=SUMMER)
    cells = [c for row in openpyxl.load_workbook(tmp_path / "表.xlsx").worksheets[0].values for c in row]
    assert name in cells
    write_report(store, name, tmp_path / "表.pdf", "2024年第二季度", moment=SUMMER)
    assert (tmp_path / "表.pdf").read_bytes().startswith(b"%PDF")


def test_the_digest_follows_what_is_told(store: SqlStore) -> None:
    before = selfcheck.comparison(store, "", MADE, SUMMER).digest
    assert selfcheck.comparison(store, "", datetime(2024, 8, 1), SUMMER).digest == before
    put(store, "guanbiao", **CASE)
    assert selfcheck.comparison(store, "", MADE, SUMMER).digest != before
