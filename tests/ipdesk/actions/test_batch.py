"""Many rows at once: what is told before, one act, undone in one."""

from collections.abc import Callable

import pytest

from db.store import SqlStore
from ipdesk.actions import batch
from ipdesk.actions import ledger as deeds
from ipdesk.kinds.declare import Ledger
from ipdesk.problems import Refusal
from ipdesk.records import Query, RecordKey

FIRMS = (
    ("东台锦盛新材料有限公司", "91320981MABJ1XG60Q"),
    ("东台盛程纺织有限公司", "91320981MAN2J1K637"),
    ("东台㛃华农业发展有限公司", "91320981MAQHJRWT8Y"),
)


@pytest.fixture
def store(make_store: Callable[..., SqlStore]) -> SqlStore:
    made = make_store()
    ledger = made.catalogue.ledger("guanbiao")
    for place, (name, code) in enumerate(FIRMS):
        values = {"enterprise_name": name, "uscc": code, "stage": "ST15" if place else "ST08"}
        deeds.add(made, ledger, values, "表单")
    return made


@pytest.fixture
def ledger(store: SqlStore) -> Ledger:
    return store.catalogue.ledger("guanbiao")


def keys_of(store: SqlStore, ledger: Ledger) -> list[RecordKey]:
    return store.keys(ledger, Query())


def held(store: SqlStore, ledger: Ledger, name: str) -> list[object]:
    return [row.values.get(name) for row in store.rows(ledger, keys_of(store, ledger))]


def test_what_it_would_do_is_told_before_and_after(store: SqlStore, ledger: Ledger) -> None:
    told: list[tuple[int, int]] = []
    planned = batch.plan(
        store, ledger, keys_of(store, ledger), "stage", "ST15", lambda done, total: told.append((done, total))
    )
    assert sorted((r.before, r.after, r.is_written) for r in planned.rows) == [
        ("ST08", "ST15", True),
        ("ST15", "ST15", False),
        ("ST15", "ST15", False),
    ]
    assert told == [(0, 3)]
    assert sorted(map(str, held(store, ledger, "stage"))) == ["ST08", "ST15", "ST15"]


def test_all_rows_are_written_in_one_act_and_taken_back_in_one(store: SqlStore, ledger: Ledger) -> None:
    planned = batch.plan(store, ledger, keys_of(store, ledger), "town_name", "三仓")
    assert batch.apply(store, planned) == 3
    assert set(held(store, ledger, "town_code")) == {"320981115"}
    last = store.undoable()
    assert last
    assert last.deed == f"批量修改{ledger.field('town_code').label}3条"
    store.undo()
    assert set(held(store, ledger, "town_code")) == {None}


def test_nothing_typed_clears(store: SqlStore, ledger: Ledger) -> None:
    planned = batch.plan(store, ledger, keys_of(store, ledger), "stage", " ")
    assert {r.after for r in planned.written} == {None}
    assert batch.apply(store, planned) == 3
    assert batch.apply(store, batch.plan(store, ledger, keys_of(store, ledger), "stage", "")) == 0


def test_what_cannot_be_read_refuses_each_row(store: SqlStore, ledger: Ledger) -> None:
    planned = batch.plan(store, ledger, keys_of(store, ledger), "start_date", "2023-13-01")
    assert len(planned.refused) == 3
    assert {p.code for row in planned.rows for p in row.problems} == {"date"}
    assert batch.apply(store, planned) == 0


def test_rules_are_told_of_each_row(store: SqlStore, ledger: Ledger) -> None:
    keys = keys_of(store, ledger)
    deeds.change(store, ledger, keys[0], {"filing_date": "2024-05-01"}, "表单")
    planned = batch.plan(store, ledger, keys, "start_date", "2023-05-06")
    told = [p.code for row in planned.rows for p in row.problems]
    assert "V16" in told
    assert len(planned.written) == 3


def test_what_makes_a_row_its_own_is_not_set_for_many(store: SqlStore, ledger: Ledger) -> None:
    names = {f.name for f in batch.settable(ledger)}
    assert not names & {"enterprise_name", "uscc", "cert_no", "contact_phone", "unit_code"}
    assert {"stage", "standard_code", "remark"} <= names
    with pytest.raises(Refusal, match="逐条修改"):
        batch.plan(store, ledger, keys_of(store, ledger), "uscc", "1")


def test_rows_of_others_are_refused(
    make_store: Callable[..., SqlStore], store: SqlStore, ledger: Ledger
) -> None:
    keys = keys_of(store, ledger)
    other = make_store("city", "320900")
    for kind in ledger.kinds:
        with other.act("合并", "测试") as act:
            act.merge(kind, store.changed_since(kind, "320981", 0))
    planned = batch.plan(other, ledger, keys, "stage", "ST15")
    assert len(planned.refused) == 3
    assert "其他单位" in planned.rows[0].problems[0].message


def test_two_rows_never_become_the_same(store: SqlStore, ledger: Ledger) -> None:
    enterprise = {"enterprise_name": FIRMS[0][0], "uscc": FIRMS[0][1]}
    deeds.change(store, ledger, _key(store, ledger), {"standard_code": "SD3"}, "表单")
    deeds.add(store, ledger, {**enterprise, "standard_code": "SD4", "stage": "ST08"}, "表单")
    keys = [
        row.key
        for row in store.rows(ledger, keys_of(store, ledger))
        if row.values.get("standard_code") in ("SD3", "SD4")
    ]
    planned = batch.plan(store, ledger, keys, "standard_code", "SD1")
    assert [len(planned.written), len(planned.refused)] == [1, 1]
    assert "同一条" in planned.refused[0].problems[-1].message


def _key(store: SqlStore, ledger: Ledger) -> RecordKey:
    return next(r.key for r in store.rows(ledger, keys_of(store, ledger)) if r.values["uscc"] == FIRMS[0][1])


def test_rows_that_changed_meanwhile_are_not_overwritten(store: SqlStore, ledger: Ledger) -> None:
    keys = keys_of(store, ledger)
    planned = batch.plan(store, ledger, keys, "remark", "已核")
    deeds.change(store, ledger, keys[0], {"remark": "另一句"}, "表单")
    with pytest.raises(Refusal, match="重新预览"):
        batch.apply(store, planned)
    assert held(store, ledger, "remark").count("已核") == 0
