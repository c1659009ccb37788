"""What there is to do, by rule and day: what runs out, is due, is missing, was said, was not sent."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from db.store import SqlStore
from ipdesk import sync
from ipdesk.actions import documents
from ipdesk.actions import ledger as deeds
from ipdesk.actions.corrections import answer, propose
from ipdesk.actions.ledger import one
from ipdesk.actions.todo import write_todo
from ipdesk.fields import Value
from ipdesk.kinds.guanbiao import GUANBIAO
from ipdesk.kinds.sync import RESULT
from ipdesk.problems import Refusal
from ipdesk.records import RecordKey
from ipdesk.sync.corrections import listed
from ipdesk.todo import SORTS, Item, Severity, counts, todo
from tests.ipdesk.sync.world import World, add

TODAY = date(2025, 6, 1)
CASE: dict[str, Value] = {
    "enterprise_name": "东台锦盛新材料有限公司",
    "uscc": "91320981MABJ1XG60Q",
    "stage": "ST15",
    "standard_code": "SD2",
    "cert_status": "CS1",
    "cert_no": "84025IP21017R0M",
}


@pytest.fixture
def store(make_store: Callable[..., SqlStore]) -> SqlStore:
    return make_store()


def put(store: SqlStore, ledger: str, /, **values: Value) -> RecordKey:
    """Add a row as an intake does: what is doubtful is taken in too."""
    declared = store.catalogue.ledger(ledger)
    above: dict[str, str] = {}
    with store.act("导入", "表") as act:
        for kind in declared.kinds:
            part = declared.split({"unit_code": store.office.unit_code, **values}).get(kind.name)
            if part or kind is declared.root:
                links = {f.name: above[f.type.kind] for f in kind.references if f.type.kind in above}  # type: ignore[attr-defined]  # references are Ref
                key = act.add(kind, {**(part or {}), **links})
                above[kind.name] = key.id
                root = key if kind is declared.root else None
                if root:
                    found = root
    return found


def case(store: SqlStore, **values: Value) -> RecordKey:
    return put(store, "guanbiao", **{**CASE, **values})


def of(store: SqlStore, *sorts: str, today: date = TODAY) -> list[Item]:
    return [item for item in todo(store, today) if item.sort in sorts]


def told(store: SqlStore, *sorts: str, today: date = TODAY) -> list[tuple[str, str, int | None, str]]:
    return [(i.what, i.due, i.days, i.severity.value) for i in of(store, *sorts, today=today)]


@pytest.mark.parametrize(
    ("until", "wanted"),
    [
        ("2025-08-31", None),
        ("2025-08-30", ("证书还有90天到期，请办再认证", 90, "soon")),
        ("2025-07-02", ("证书还有31天到期，请办再认证", 31, "soon")),
        ("2025-07-01", ("证书还有30天到期，请办再认证", 30, "urgent")),
        ("2025-06-01", ("证书还有0天到期，请办再认证", 0, "urgent")),
        ("2025-05-31", ("证书已过期1天", -1, "urgent")),
        ("2025-06", ("证书还有29天到期，请办再认证", 29, "urgent")),
        ("2024", ("证书已过期152天", -152, "urgent")),
        (None, None),
    ],
)
def test_a_certificate_runs_out(store: SqlStore, until: Value, wanted: tuple[str, int, str] | None) -> None:
    key = case(store, cert_valid_to=until)
    found = of(store, "expiry")
    assert [(i.what, i.days, i.severity.value) for i in found] == ([wanted] if wanted else [])
    for item in found:
        assert (item.ledger, item.key, item.unit) == ("guanbiao", key, "320981")
        assert (item.name, item.label) == ("东台锦盛新材料有限公司", "证书到期")


def test_a_last_day_that_is_not_told_is_worked_out(store: SqlStore) -> None:
    case(store, cert_no="A", cert_issue_date="2022-07-01", surveil_1_date="2023-06-01")
    case(store, cert_no="B", cert_issue_date="2022-05-31")  # over, as far as is known
    assert told(store, "expiry") == [("证书还有29天到期，请办再认证", "2025-06-30", 29, "urgent")]


@pytest.mark.parametrize("values", [{"cert_status": "CS3"}, {"cert_status": "CS5"}, {"stage": "ST90"}])
def test_a_certificate_known_to_be_gone_asks_for_nothing(store: SqlStore, values: dict[str, Value]) -> None:
    case(store, cert_issue_date="2022-05-01", cert_valid_to="2025-04-30", **values)
    assert of(store, "expiry", "surveillance", "edition") == []


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ({"cert_issue_date": "2024-09-01"}, []),
        ({"cert_issue_date": "2024-08-01"}, [("第1次监督还剩61天", "2025-08-01", 61, "soon")]),
        ({"cert_issue_date": "2024-05-20"}, [("第1次监督已逾期12天", "2025-05-20", -12, "urgent")]),
        (
            {"cert_issue_date": "2023-07-01", "surveil_1_date": "2024-06-10"},
            [("第2次监督还剩9天", "2025-06-10", 9, "urgent")],
        ),
        (
            {"cert_issue_date": "2023-07-01", "surveil_1_date": "2024-06-10", "surveil_2_date": "2025-05-30"},
            [],
        ),
    ],
)
def test_a_surveillance_is_due_twelve_months_after_the_one_before(
    store: SqlStore, values: dict[str, Value], wanted: list[tuple[str, str, int, str]]
) -> None:
    case(store, cert_valid_to="2027-01-01", **values)
    assert told(store, "surveillance") == wanted


def test_an_old_edition_is_pressing_from_the_end_of_its_time(store: SqlStore) -> None:
    case(store, standard_code="SD1", cert_issue_date="2024-01-01", cert_valid_to="2026-12-31")
    assert told(store, "edition", today=date(2025, 6, 1)) == []
    assert told(store, "edition", today=date(2025, 10, 2)) == [
        ("须在2025年底前换成2023版", "2025-12-31", 90, "soon")
    ]
    assert told(store, "edition", today=date(2026, 1, 1)) == [
        ("2013版未换版，须核查", "2025-12-31", -1, "urgent")
    ]


def test_missing_papers_are_named(store: SqlStore, tmp_path: Path) -> None:
    key = case(store, stage="ST06")
    assert told(store, "documents") == [
        (
            "缺4份必备材料：营业执照(副本)复印件、省系统备案截图/备案表、"
            "知识产权手册(方针、目标、组织机构图、职责分配表)等",
            "",
            None,
            "open",
        )
    ]
    for place, code in enumerate(("D01", "D02", "D06", "D07")):
        (tmp_path / f"{place}.pdf").write_bytes(b"%PDF" + code.encode())
        documents.add(store, store.catalogue.kind("case"), key, [tmp_path / f"{place}.pdf"], code, "表单")
    assert of(store, "documents") == []


def test_required_fields_are_asked_for_once_in_the_ledger_they_belong_to(store: SqlStore) -> None:
    put(store, "training", name="顾㛃", mobile="15186091390")
    found = {(i.ledger, i.what) for i in of(store, "missing")}
    assert found == {("person", "待补：工作单位、人才类别、在岗状态"), ("training", "待补：培训班（班次）")}


def test_a_person_without_a_notice_is_told_unless_a_class_gave_it(store: SqlStore) -> None:
    put(store, "person", name="甲", mobile="15186091390")
    put(store, "person", name="乙", mobile="15186091391", consent_date="2024-05-06")
    put(store, "training", name="丙", mobile="15186091392", course_name="内审员班", consent_date="2024-05-06")
    put(store, "training", name="丁", mobile="15186091393", course_name="内审员班")
    assert [(i.ledger, i.name) for i in of(store, "consent")] == [("person", "甲"), ("person", "丁")]


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ({"trademark_filing_valid_to": "2025-06-30"}, ["商标代理备案还有29天到期"]),
        ({"trademark_filing_valid_to": "2025-05-01"}, ["商标代理备案已过期31天"]),
        ({"trademark_filing_valid_to": "2025-05-01", "operating_status": "OS3"}, []),
        ({"trademark_filing_valid_to": "2026-05-01"}, []),
    ],
)
def test_a_trademark_agents_filing_runs_out(
    store: SqlStore, values: dict[str, Value], wanted: list[str]
) -> None:
    put(store, "institution", institution_name="盐城某代理", uscc="91320981MABJ1XG60Q", **values)
    assert [i.what for i in of(store, "filing")] == wanted


def test_an_institution_without_the_figures_of_the_last_year_is_told(store: SqlStore) -> None:
    put(store, "institution", institution_name="报了", stat_year=2024, revenue_ip_wan=1.0)
    put(store, "institution", institution_name="只报了前年", stat_year=2023)
    put(store, "institution", institution_name="今年才有", found_date="2025-03")
    put(store, "institution", institution_name="歇业", operating_status="OS2")
    found = of(store, "report")
    assert [(i.name, i.what, i.due, i.days, i.severity) for i in found] == [
        ("只报了前年", "2024年度经营情况还没有报", "2025-07-15", 44, Severity.SOON)
    ]
    assert of(store, "report", today=date(2025, 1, 1))[0].severity is Severity.OPEN
    assert of(store, "report", today=date(2025, 8, 1))[0].severity is Severity.URGENT


def test_what_the_city_said_and_what_is_not_sent(store: SqlStore, tmp_path: Path) -> None:
    keys = [case(store, enterprise_name=f"企业{n}") for n in range(4)]
    assert [i.what for i in of(store, "unsent")] == ["有改动还没有上报"] * 4
    life = store.setting("life")
    assert isinstance(life, dict)
    with store.act("回执", "包") as act:
        act.keep("life", {**life, "acknowledged": store.last_lsn(), "sent": store.last_lsn()})
        for key, outcome in zip(keys, ("accepted", "returned", "duplicate", "conflict"), strict=True):
            told_of: dict[str, Value] = {
                "unit": "320981",
                "kind": "case",
                "record": key.id,
                "version": "1.1.a",
            }
            message = "建湖县也登记了" if outcome == "duplicate" else None
            act.upsert(RESULT, [{**told_of, "outcome": outcome, "message": message}])
    assert of(store, "unsent") == []
    assert {(i.name, i.what, i.severity) for i in of(store, "said")} == {
        ("企业1", "市局退回", Severity.URGENT),
        ("企业2", "疑似重复：建湖县也登记了", Severity.URGENT),
        ("企业3", "有冲突", Severity.URGENT),
    }
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    documents.add(store, store.catalogue.kind("case"), keys[0], [tmp_path / "a.pdf"], "D15", "表单")
    assert [i.name for i in of(store, "unsent")] == ["企业0"]


def test_it_is_ordered_by_what_presses(store: SqlStore) -> None:
    case(store, enterprise_name="远", cert_valid_to="2025-08-30")
    case(store, enterprise_name="近", cert_valid_to="2025-06-30")
    case(store, enterprise_name="过", cert_valid_to="2025-05-01")
    items = todo(store, TODAY)
    assert [i.name for i in items if i.sort == "expiry"] == ["过", "近", "远"]
    places = [list(Severity).index(i.severity) for i in items]
    assert places == sorted(places)
    assert counts(items) == {"expiry": 3, "documents": 3, "unsent": 3}
    assert set(counts(items)) <= set(SORTS)
    assert [i.severity.label for i in items if i.sort == "expiry"] == ["要紧", "要紧", "临近"]


def test_a_city_sees_every_unit_and_can_look_at_one(world: World, county: SqlStore) -> None:
    case(county, cert_valid_to="2025-05-01")
    put(world.city, "guanbiao", **{**CASE, "unit_code": "320925", "enterprise_name": "建湖某公司"})
    assert not sync.receive(world.city, [sync.export(county, world.fresh())[0]]).refused
    assert {i.unit for i in todo(world.city, TODAY)} == {"320981", "320925"}
    assert {i.sort for i in todo(world.city, TODAY)} == {"expiry", "documents"}
    assert {i.name for i in todo(world.city, TODAY, unit="320925")} == {"建湖某公司"}


@pytest.fixture
def world(make_store: Callable[..., SqlStore], tmp_path: Path) -> World:
    return World(make_store, tmp_path)


@pytest.fixture
def county(world: World) -> SqlStore:
    return world.county()


def test_an_empty_store_asks_for_nothing(store: SqlStore, tmp_path: Path) -> None:
    assert todo(store) == []
    write_todo(store, [], tmp_path / "空.xlsx")
    assert openpyxl.load_workbook(tmp_path / "空.xlsx")["待办事项"].max_row == 2


def test_the_sheet_says_what_the_list_says(store: SqlStore, tmp_path: Path) -> None:
    case(store, cert_valid_to="2025-05-01")
    items = todo(store, TODAY)
    write_todo(store, items, tmp_path / "待办.xlsx", TODAY)
    rows = list(openpyxl.load_workbook(tmp_path / "待办.xlsx")["待办事项"].iter_rows(values_only=True))
    assert rows[0][0] == "待办事项（截至2025-06-01）（非涉密·内部资料）"
    assert rows[1] == ("缓急", "事项", "单位", "台账", "名称", "内容", "期限", "剩余天数")
    assert rows[2] == (
        *("要紧", "证书到期", "东台市", "贯标企业台账", "东台锦盛新材料有限公司", "证书已过期31天"),
        *("2025-05-01", -31),
    )
    assert len(rows) == len(items) + 2
    with pytest.raises(Refusal, match="请把文件名写成以 .xlsx 结尾"):
        write_todo(store, items, tmp_path / "待办.pdf")


def test_deleted_rows_ask_for_nothing(store: SqlStore) -> None:
    key = case(store, cert_valid_to="2025-05-01")
    deeds.delete(store, store.catalogue.ledger("guanbiao"), [key], "表单")
    assert todo(store, TODAY) == []


def test_the_city_is_told_what_breaks_a_rule_and_no_hints(world: World) -> None:
    county = world.county()
    put(
        county,
        "institution",
        institution_name="东台甲所",
        uscc="91320981MABJ1XG60Q",
        revenue_total_wan=10.0,
        revenue_ip_wan=11.0,
    )
    case(county, cert_issue_date="2025-01-10", cert_valid_to="2026-01-09", uscc="91320982MAXG1FY042")
    sync.receive(world.city, [world.up(county)])
    found = {i.name: i.what for i in of(world.city, "doubts")}
    assert set(found) == {"东台甲所", CASE["enterprise_name"]}
    assert "多于营业总收入" in found["东台甲所"]
    assert "登记地" not in found[str(CASE["enterprise_name"])]  # a hint only (rule V03)
    assert of(county, "doubts") == []


def test_a_county_is_told_what_the_city_asks_until_it_answers(world: World, county: SqlStore) -> None:
    key = add(county, "甲公司", "91320981MABJ1XG60Q", remark="旧")
    world.round(county)
    row = one(world.city, GUANBIAO, key)
    propose(world.city, GUANBIAO, row, {"remark": "新"}, "与证书不符", date(2026, 12, 1))
    world.round(county)
    (item,) = [i for i in todo(county, date(2026, 11, 22)) if i.sort == "said"]
    assert (item.ledger, item.key, item.days, item.severity) == ("guanbiao", key, 9, Severity.URGENT)
    assert item.what == "答复市局更正意见：备注改为“新”"
    (asked,) = listed(county)
    answer(county, asked, yes=False, reason="证书如此")
    assert "said" not in counts(todo(county))
