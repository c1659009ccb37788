"""What a user does with rows: form, add, change, delete, reveal."""

from collections.abc import Callable
from datetime import date

import pytest

from db.store import SqlStore
from ipdesk.actions import ledger as deeds
from ipdesk.fields import Value
from ipdesk.kinds.declare import Ledger
from ipdesk.problems import Refusal
from ipdesk.records import Query, RecordKey

ROW: dict[str, Value] = {
    "enterprise_name": "东台锦盛新材料有限公司",
    "uscc": "91320981MABJ1XG60Q",
    "stage": "ST15",
    "contact_phone": "15186091390",
}


@pytest.fixture
def store(make_store: Callable[..., SqlStore]) -> SqlStore:
    return make_store()


@pytest.fixture
def ledger(store: SqlStore) -> Ledger:
    return store.catalogue.ledger("guanbiao")


def values_of(store: SqlStore, ledger: Ledger, key: RecordKey) -> dict[str, Value]:
    return dict(deeds.one(store, ledger, key).values)


def test_a_form_is_read_with_its_unit_and_every_error_is_told(ledger: Ledger) -> None:
    entries = {
        "town_name": "三仓",
        "unit_name": "东台",
        "uscc": "1",
        "start_date": "2023.13.1",
        "remark": " ",
    }
    values, problems = deeds.read(ledger, entries, None)
    assert values == {"unit_code": "320981", "town_code": "320981115", "remark": None}
    assert {(p.code, p.field) for p in problems} == {("V01", "uscc"), ("date", "start_date")}


def test_a_county_adds_rows_for_itself_only(store: SqlStore, ledger: Ledger) -> None:
    key = deeds.add(store, ledger, ROW, "表单")
    assert values_of(store, ledger, key)["unit_code"] == "320981"
    with pytest.raises(Refusal, match="只收东台市的") as refused:
        deeds.add(store, ledger, {**ROW, "unit_code": "320925"}, "表单")
    assert refused.value.problems[0].code == "unit"


def test_a_city_adds_rows_for_any_unit(make_store: Callable[..., SqlStore], ledger: Ledger) -> None:
    city = make_store("city", "320900")
    key = deeds.add(city, ledger, {**ROW, "unit_code": "320925"}, "表单")
    assert key.owner == "320900"


def test_the_same_row_and_the_same_code_under_another_name_are_refused(
    store: SqlStore, ledger: Ledger
) -> None:
    deeds.add(store, ledger, ROW, "表单")
    with pytest.raises(Refusal, match="已有同类记录"):
        deeds.add(store, ledger, ROW, "表单")
    with pytest.raises(Refusal, match="请核对代码和名称"):
        deeds.add(
            store, ledger, {**ROW, "standard_code": "SD3", "enterprise_name": "东台别名有限公司"}, "表单"
        )
    deeds.add(store, ledger, {**ROW, "standard_code": "SD3"}, "表单")
    assert store.count(store.catalogue.kind("enterprise")) == 1


def test_no_change_makes_two_records_the_same(store: SqlStore, ledger: Ledger) -> None:
    first = deeds.add(store, ledger, {**ROW, "standard_code": "SD2"}, "表单")
    other = deeds.add(store, ledger, {**ROW, "standard_code": "SD3"}, "表单")
    for same in ("SD2", "SD1", None):  # one family
        with pytest.raises(Refusal, match="东台锦盛新材料有限公司”已有.*标准相同") as refused:
            deeds.change(store, ledger, other, {"standard_code": same}, "表单")
        (problem,) = refused.value.problems
        assert (problem.code, problem.field, first.id in problem.message) == (
            "duplicate",
            "standard_code",
            True,
        )
    assert deeds.change(store, ledger, first, {"standard_code": "SD1", "stage": "ST02"}, "表单")
    deeds.delete(store, ledger, [first], "表单")
    assert deeds.change(store, ledger, other, {"standard_code": "SD2"}, "表单")


def test_no_change_makes_two_subsidies_the_same(store: SqlStore, ledger: Ledger) -> None:
    key = deeds.add(store, ledger, {**ROW, "subsidy_year": 2023, "subsidy_level": "省级"}, "表单")
    kind = store.catalogue.kind("subsidy")
    with store.act("补录", "测试") as act:
        act.add(kind, {"case_id": key.id, "subsidy_year": 2024, "subsidy_level": "省级"})
    with pytest.raises(Refusal, match="另一条"):
        deeds.change(store, ledger, key, {"subsidy_year": 2023}, "表单")
    assert deeds.change(store, ledger, key, {"subsidy_year": 2025}, "表单")


def test_what_is_missing_is_refused_with_its_field(store: SqlStore, ledger: Ledger) -> None:
    with pytest.raises(Refusal, match="缺少企业名称") as refused:
        deeds.add(store, ledger, {"stage": "ST15"}, "表单")
    assert {p.field for p in refused.value.problems} == {"enterprise_name", "uscc"}


def test_a_change_is_written_to_the_kind_that_declares_it(store: SqlStore, ledger: Ledger) -> None:
    key = deeds.add(store, ledger, ROW, "表单")
    assert deeds.change(
        store, ledger, key, {"legal_rep": "王喆", "stage": "ST31", "subsidy_year": 2024}, "表单"
    )
    assert not deeds.change(store, ledger, key, {"stage": "ST31", "subsidy_level": None}, "表单")
    assert deeds.change(store, ledger, key, {"contact_phone": None, "cert_fee_wan": 2.5}, "表单")
    row = values_of(store, ledger, key)
    assert (row["legal_rep"], row["stage"], row["subsidy_year"], row["cert_fee_wan"]) == (
        "王喆",
        "ST31",
        2024,
        2.5,
    )
    assert "contact_phone" not in row
    assert not deeds.change(
        store, ledger, deeds.add(store, ledger, OTHER, "表单"), {"subsidy_year": None}, "表单"
    )


OTHER: dict[str, Value] = {"enterprise_name": "东台盛程纺织有限公司", "uscc": "91320981MAN2J1K637"}


def test_a_change_never_takes_another_enterprises_code(store: SqlStore, ledger: Ledger) -> None:
    key = deeds.add(store, ledger, ROW, "表单")
    deeds.add(store, ledger, OTHER, "表单")
    with pytest.raises(Refusal, match="已登记在“东台盛程纺织有限公司”名下"):
        deeds.change(store, ledger, key, {"uscc": OTHER["uscc"]}, "表单")
    with pytest.raises(Refusal, match="缺少统一社会信用代码"):
        deeds.change(store, ledger, key, {"uscc": None}, "表单")


def test_a_deleted_row_takes_its_subsidies_along_and_comes_back_whole(
    store: SqlStore, ledger: Ledger
) -> None:
    key = deeds.add(store, ledger, {**ROW, "subsidy_year": 2023}, "表单")
    deeds.delete(store, ledger, [key], "列表")
    assert [store.count(kind) for kind in store.catalogue.ledger("guanbiao").kinds] == [0, 0, 0]
    with pytest.raises(Refusal, match="已经不在了"):
        deeds.delete(store, ledger, [key], "列表")
    assert deeds.undo(store).deed.startswith("撤销：删除")
    assert values_of(store, ledger, key)["subsidy_year"] == 2023


def test_personal_values_are_masked_and_looking_is_logged(store: SqlStore, ledger: Ledger) -> None:
    key = deeds.add(store, ledger, ROW, "表单")
    assert deeds.masked(ledger, values_of(store, ledger, key))["contact_phone"] == "151****1390"
    assert deeds.reveal(store, ledger, key, "contact_phone", "表单") == "15186091390"
    assert store.history(ledger, key)[0].after == "查看联系电话"
    deeds.note_reveal(store, ledger, 3, "命令行")
    deeds.undo(store)
    assert store.keys(ledger, Query()) == []


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({"cert_status": "CS1", "cert_valid_to": "2026-01-01"}, "CS5"),
        ({"cert_valid_to": "2025"}, "CS5"),
        ({"cert_status": "CS1", "cert_valid_to": "2026-01"}, None),
        ({"cert_status": "CS1", "standard_code": "SD1", "cert_valid_to": "2026-01-02"}, "CS6"),
        ({"cert_status": "CS3", "standard_code": "SD1", "cert_valid_to": "2020-01-01"}, None),
        ({"standard_code": "SD1"}, None),
    ],
)
def test_derived_states_stand_beside_what_the_sheet_says(
    ledger: Ledger, values: dict[str, Value], state: str
) -> None:
    told = deeds.derived(ledger, values, date(2026, 1, 2))
    assert told.get("_cert_status") == state
    assert "uscc" in str(told["_missing"])


def test_a_cleared_unit_is_the_countys_own_again(store: SqlStore, ledger: Ledger) -> None:
    key = deeds.add(store, ledger, ROW, "表单")
    assert not deeds.change(store, ledger, key, {"unit_code": None}, "表单")
    assert values_of(store, ledger, key)["unit_code"] == "320981"


def test_an_enterprise_stays_while_another_case_needs_it(store: SqlStore, ledger: Ledger) -> None:
    first = deeds.add(store, ledger, ROW, "表单")
    deeds.add(store, ledger, {**ROW, "standard_code": "SD3"}, "表单")
    deeds.delete(store, ledger, [first], "列表")
    assert [store.count(kind) for kind in store.catalogue.ledger("guanbiao").kinds] == [1, 1, 0]


WRONG = "91320981MABJ1XG60X"


def test_a_code_whose_check_digit_is_wrong_stands_once_a_reason_is_given(
    store: SqlStore, ledger: Ledger
) -> None:
    values, problems = deeds.read(ledger, {"uscc": WRONG, "enterprise_name": "东台老厂"}, "320981")
    assert (values["uscc"], problems) == (WRONG, [])
    with pytest.raises(Refusal, match="请在“信用代码说明”里写明原因") as refused:
        deeds.add(store, ledger, values, "表单")
    assert [(p.code, p.field, p.grade) for p in refused.value.problems] == [("V01", "uscc", "reason")]
    key = deeds.add(store, ledger, {**values, "uscc_reason": "执照如此"}, "表单")
    assert values_of(store, ledger, key)["uscc_reason"] == "执照如此"
    with pytest.raises(Refusal, match="写明原因"):
        deeds.change(store, ledger, key, {"uscc_reason": None}, "表单")
    assert deeds.change(store, ledger, key, {"uscc": ROW["uscc"], "uscc_reason": None}, "表单")


def test_a_code_of_another_length_never_stands(ledger: Ledger) -> None:
    values, (problem,) = deeds.read(ledger, {"uscc": WRONG[:-1], "uscc_reason": "执照如此"}, "320981")
    assert (problem.code, "uscc" in values) == ("V01", False)


def test_a_row_does_not_stand_in_its_own_way(store: SqlStore, ledger: Ledger) -> None:
    other, mended = "91320981MAN2J1K637", "91350100M000100Y43"
    key = deeds.add(store, ledger, {**ROW, "cert_no": "165"}, "表单")
    second = deeds.add(store, ledger, {**ROW, "standard_code": "SD3"}, "表单")
    assert deeds.change(store, ledger, second, {"cert_no": "165"}, "表单")  # the same enterprise's
    row = deeds.one(store, ledger, key)
    found = deeds.findings(store, ledger, row, {"uscc": None})
    assert [(p.code, p.field) for p in found if p.grade.stops] == [("required", "uscc")]
    assert deeds.change(store, ledger, key, {"uscc": mended}, "表单")
    firm: dict[str, Value] = {"enterprise_name": "东台别家有限公司", "uscc": other}
    third = deeds.add(store, ledger, firm, "表单")
    with pytest.raises(Refusal, match="证书编号“165”已被“东台锦盛新材料有限公司”使用"):
        deeds.change(store, ledger, third, {"cert_no": "165"}, "表单")
