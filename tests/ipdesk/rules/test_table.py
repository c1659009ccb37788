"""Go through validation_rules.csv row by row: right examples pass, wrong ones weigh in each place as the table says."""

import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from db.store import SqlStore
from ipdesk import intake, sync
from ipdesk.actions import ledger as deeds
from ipdesk.checks import check_row
from ipdesk.codes import read_codes
from ipdesk.fields import Text, Value
from ipdesk.kinds import catalogue
from ipdesk.kinds.declare import Field, Ledger
from ipdesk.problems import Grade, Problem, Refusal
from ipdesk.records import Query, RecordKey
from ipdesk.sync.findings import suspected
from tests.ipdesk.sync.world import JIANHU, World
from tests.ipdesk.test_checks import GOOD, INSTITUTION, PERSON

RULES = {row["rule_code"]: row for row in read_codes("validation_rules.csv")}
ROWS: dict[str, dict[str, Value]] = {
    "guanbiao": {**GOOD, "surveil_1_date": "2026-06-01"},
    "institution": {**INSTITUTION, "operating_status": "OS1"},
    "person": PERSON,
    "indicator_value": {
        "unit_code": "320981",
        "indicator_code": "I07",
        "period": "2024-Q2",
        "numerator": 9,
        "denominator": 10,
        "source": "部门报送",
    },
}
ID_NO, OTHER_ID_NO = "11010519491231002X", "110105194912310038"


def example(rule: str, column: str) -> str:
    """Return the example that the table gives; there must be one."""
    assert RULES[rule][column], rule
    return RULES[rule][column]


def right(rule: str) -> str:
    return example(rule, "test_valid")


def wrong(rule: str) -> str:
    return example(rule, "test_invalid")


ISSUED, UNTIL = right("V11").split("→")
# What the table's own examples and words say, rule by rule: ledger, right values, wrong values.
ALONE: dict[str, tuple[str, dict[str, Value], dict[str, Value]]] = {
    "V01": ("guanbiao", {"uscc": right("V01")}, {"uscc": wrong("V01")}),
    "V02": ("guanbiao", {"uscc": right("V02")}, {"uscc": "91320981MABJ1XG61U"}),
    "V03": ("guanbiao", {"unit_code": "320981"}, {"uscc": right("V01")}),
    "V04": ("guanbiao", {"uscc": "91320981MABJ1XG60Q"}, {"uscc": "52320981MJ000000X7"}),
    "V05": ("person", {"id_no": right("V05")}, {"id_no": wrong("V05")}),
    "V06": ("person", {"mobile": right("V06")}, {"mobile": wrong("V06")}),
    "V07": ("guanbiao", {"contact_phone": right("V07")}, {"contact_phone": "8888"}),
    "V08": ("institution", {"agency_code": right("V08")}, {"agency_code": wrong("V08")}),
    "V09": ("person", {"cert_no": "3212345"}, {"cert_no": "苏321"}),
    "V10": ("guanbiao", {"cert_no": right("V10")}, {"cert_no": "苏2023"}),
    "V11": (
        "guanbiao",
        {"cert_issue_date": ISSUED, "cert_valid_to": UNTIL},
        {"cert_issue_date": ISSUED, "cert_valid_to": "2027-12-03"},
    ),
    "V13": ("guanbiao", {"standard_code": "SD2"}, {"standard_code": "SD1"}),
    "V14": ("guanbiao", {"surveil_1_date": "2026-12-04"}, {"surveil_1_date": "2026-12-05"}),
    "V15": (
        "guanbiao",
        {"filing_date": "2023-05-06", "start_date": None, "eval_apply_date": "2024-05-06"},
        {"filing_date": "2023-05-06", "start_date": None, "eval_apply_date": "2024-05-05"},
    ),
    "V16": ("guanbiao", {"start_date": "2023-05-18"}, {"start_date": "2023-04-30"}),
    "V19": ("institution", {"revenue_ip_wan": 320.0}, {"revenue_ip_wan": 320.5}),
    "V20": ("institution", {"patent_agent_count": 10}, {"patent_agent_count": 11}),
    "V24": ("indicator_value", {"numerator": 10}, {"numerator": 11}),
}
# No field of a declared ledger holds such a number (headers_*.csv, domain.md): held against a ledger that has one.
UNDECLARED = {"V17": ("patent_no", right("V17"), wrong("V17")), "V18": ("trademark_no", "12345678", "驰名")}
OTHERS = {"V12", "V21", "V22", "V23"}  # these need another record


def weight(rule: str, when: str) -> Grade:
    return Grade(RULES[rule][f"grade_{when}"])


def graded(problems: list[Problem], rule: str) -> set[Grade]:
    return {p.grade for p in problems if p.code == rule}


def filed(store: SqlStore, ledger: Ledger, values: dict[str, Value]) -> list[Problem]:
    """Return what a form says of values typed into it, read as a form reads them."""
    typed = {n: ledger.field(n).type.edit(v) for n, v in values.items() if v is not None}
    read, problems = deeds.read(ledger, typed, store.office.only_unit)
    return [*problems, *deeds.check(store, ledger, read)]


def planned(store: SqlStore, ledger: Ledger, values: dict[str, Value], path: Path) -> list[Problem]:
    """Return what an intake says of a sheet with one row."""
    fields = [ledger.field(name) for name, value in values.items() if value is not None]
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        told = [[f.label for f in fields], [f.type.show(values[f.name]) for f in fields]]
        csv.writer(stream).writerows(told)
    plan = intake.plan(store, ledger, path)
    return [*plan.refused, *(problem for row in plan.rows for problem in row.problems)]


def test_every_rule_of_the_table_is_looked_at() -> None:
    assert set(RULES) == ALONE.keys() | UNDECLARED.keys() | OTHERS
    assert len(RULES) == 24


def test_a_form_weighs_as_the_table_says(make_store: Callable[..., SqlStore]) -> None:
    store = make_store("city", "320900")
    for rule, (name, good, bad) in ALONE.items():
        ledger = store.catalogue.ledger(name)
        assert graded(filed(store, ledger, ROWS[name] | good), rule) == set(), rule
        assert graded(filed(store, ledger, ROWS[name] | bad), rule) == {weight(rule, "form")}, rule


def test_an_intake_weighs_as_the_table_says(make_store: Callable[..., SqlStore], tmp_path: Path) -> None:
    store = make_store("city", "320900")
    for rule, (name, good, bad) in ALONE.items():
        ledger = store.catalogue.ledger(name)
        file = tmp_path / f"{rule}.csv"
        assert graded(planned(store, ledger, ROWS[name] | good, file), rule) == set(), rule
        assert graded(planned(store, ledger, ROWS[name] | bad, file), rule) == {weight(rule, "intake")}, rule


def write(store: SqlStore, ledger: Ledger, values: dict[str, Value]) -> RecordKey:
    """Write a row as a county's program of another age might hold it: no rule is asked."""
    keys: dict[str, RecordKey] = {}
    with store.act("新增", "表单") as act:
        for kind in ledger.kinds:
            part = {n: v for n, v in ledger.split(values).get(kind.name, {}).items() if v is not None}
            links = {f.name: keys[k].id for f in kind.references if (k := f.name.removesuffix("_id")) in keys}
            if part:
                keys[kind.name] = act.add(kind, {**links, **part})
    return keys[ledger.root.name]


def test_a_merge_weighs_as_the_table_says(world: World) -> None:
    county = world.county()
    for side, expected in ((1, set[Grade]()), (2, None)):
        keys = {
            rule: write(county, county.catalogue.ledger(told[0]), ROWS[told[0]] | told[side])  # type: ignore[operator]
            for rule, told in ALONE.items()
        }
        done = sync.receive(world.city, [world.up(county)])
        assert not done.refused
        for rule, key in keys.items():
            found = {d.problem.grade for d in done.doubts if d.key == key and d.problem.code == rule}
            assert found == (expected if expected is not None else {weight(rule, "merge")}), rule


@pytest.mark.parametrize("rule", UNDECLARED)
def test_a_number_that_no_ledger_has_yet_is_checked_where_one_declares_it(rule: str) -> None:
    name, good, bad = UNDECLARED[rule]
    for known in catalogue().ledgers.values():
        assert name not in known.by_name
    ledger = catalogue().ledger("guanbiao")
    root = replace(ledger.root, fields=(*ledger.root.fields, Field(name, "号码", Text())))
    with_it = replace(ledger, root=root)
    for when in ("form", "intake", "merge"):
        assert graded(check_row(with_it, {**GOOD, name: good}, when=when), rule) == set()
        assert graded(check_row(with_it, {**GOOD, name: bad}, when=when), rule) == {weight(rule, when)}


ENTERPRISE, TWIN = "91320981MABJ1XG60Q", "91320981MAN2J1K637"
PAIRS: dict[str, tuple[str, dict[str, Value], dict[str, Value], dict[str, Value]]] = {
    "V12": (
        "guanbiao",
        {"uscc": ENTERPRISE, "cert_no": "84025IP21017R0M"},
        {"uscc": TWIN, "enterprise_name": "东台乙有限公司", "cert_no": "84025IP21018R0M"},
        {"uscc": TWIN, "enterprise_name": "东台乙有限公司", "cert_no": "84025IP21017R0M"},
    ),
    "V21": (
        "guanbiao",
        {"uscc": ENTERPRISE, "enterprise_name": "东台锦盛（集团）有限公司"},
        {"uscc": TWIN, "enterprise_name": "东台恒瑞有限公司", "cert_no": None},
        {"uscc": TWIN, "enterprise_name": "东台锦盛(集团)有限责任公司", "cert_no": None},
    ),
    "V22": (
        "person",
        {"name": "王力", "mobile": "13900000000", "id_no": ID_NO},
        {"name": "李力", "mobile": "13900000000", "id_no": OTHER_ID_NO},
        {"name": "王力", "mobile": "13900000000", "id_no": OTHER_ID_NO},
    ),
    "V23": (
        "guanbiao",
        {"uscc": ENTERPRISE},
        {"uscc": TWIN, "enterprise_name": "东台乙有限公司", "cert_no": None},
        {"uscc": ENTERPRISE, "cert_no": None},
    ),
}


@pytest.mark.parametrize("rule", PAIRS)
def test_what_another_record_says_weighs_as_the_table_says(rule: str, world: World, tmp_path: Path) -> None:
    name, held, good, bad = PAIRS[rule]
    county, other, city = world.county(), world.county(JIANHU), world.city
    ledger = city.catalogue.ledger(name)
    write(county, ledger, ROWS[name] | held)
    assert not sync.receive(city, [world.up(county)]).refused
    for store in (city, county) if rule != "V23" else (city,):
        unit: dict[str, Value] = {"unit_code": "320981" if store is county else JIANHU}
        for values, form, sheet in (
            (good, set(), set()),
            (bad, {weight(rule, "form")}, {weight(rule, "intake")}),
        ):
            row = ROWS[name] | values | unit
            assert graded(filed(store, ledger, row), rule) == form
            assert graded(planned(store, ledger, row, tmp_path / "表.csv"), rule) == sheet
    assert suspected(city) == []
    write(other, ledger, ROWS[name] | good | {"unit_code": JIANHU})
    sync.receive(city, [world.up(other)])
    assert rule not in {f.rule for f in suspected(city)}
    write(other, ledger, ROWS[name] | bad | {"unit_code": JIANHU})
    sync.receive(city, [world.up(other)])
    assert weight(rule, "merge") is Grade.CONFLICT  # both sides are told, and a person decides
    assert {f.record.key.owner for f in suspected(city) if f.rule == rule} == {"320981", JIANHU}


def test_a_reason_stays_with_the_record_and_travels_up(world: World) -> None:
    county, city = world.county(), world.city
    ledger = county.catalogue.ledger("guanbiao")
    told: dict[str, Value] = {"enterprise_name": "东台老厂有限公司", "uscc": "91320981MABJ1XG60X"}
    with pytest.raises(Refusal, match="信用代码说明"):
        deeds.add(county, ledger, told, "表单")
    reason = "执照上确实如此，登记机关2016年换发"
    key = deeds.add(county, ledger, {**told, "uscc_reason": reason}, "表单")
    with pytest.raises(Refusal, match="信用代码说明"):
        deeds.change(county, ledger, key, {"uscc_reason": None}, "表单")
    done = sync.receive(city, [world.up(county)])
    assert "V01" not in {doubt.problem.code for doubt in done.doubts}
    (row,) = city.rows(ledger, city.keys(ledger, Query()))
    assert (row.values["uscc"], row.values["uscc_reason"]) == (told["uscc"], reason)
    assert "V01" not in str(deeds.derived(ledger, row.values).get("_doubts"))
    with county.act("改", "旧程序") as act:
        act.put(county.catalogue.kind("enterprise"), row.parts["enterprise"], {"uscc_reason": None})
    (doubt,) = [d for d in sync.receive(city, [world.up(county)]).doubts if d.problem.code == "V01"]
    assert doubt.problem.grade is weight("V01", "merge")
