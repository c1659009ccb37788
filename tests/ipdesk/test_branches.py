"""Branches and their parents: rings are refused, the parent's name is compared, an agency's code is one agency's."""

from collections.abc import Callable
from pathlib import Path

import pytest

from db.store import SqlStore
from ipdesk import intake, sync
from ipdesk.actions import ledger as deeds
from ipdesk.fields import Value
from ipdesk.kinds.declare import Ledger
from ipdesk.problems import Grade, Refusal
from tests.ipdesk.sync.conftest import world
from tests.ipdesk.sync.world import JIANHU, World
from tests.ipdesk.test_namesakes import sheet

__all__ = ("world",)

ONE, TWO, THREE = "91320981MABJ1XG60Q", "91320981MAN2J1K637", "91320900MA1MA8U42Q"
NAMES = {
    ONE: "东台甲知识产权代理有限公司",
    TWO: "东台乙知识产权服务有限公司",
    THREE: "盐城丙知识产权有限公司",
}


def house(code: str, parent: str | None = None, **more: Value) -> dict[str, Value]:
    told: dict[str, Value] = {"institution_name": NAMES[code], "uscc": code, "operating_status": "OS1"}
    return {**told, **({"parent_uscc": parent, "is_branch": True} if parent else {}), **more}


@pytest.fixture
def store(make_store: Callable[..., SqlStore]) -> SqlStore:
    return make_store()


@pytest.fixture
def ledger(store: SqlStore) -> Ledger:
    return store.catalogue.ledger("institution")


def codes(store: SqlStore, ledger: Ledger, values: dict[str, Value]) -> list[tuple[str, str, Grade]]:
    return [(p.code, p.field, p.grade) for p in deeds.check(store, ledger, values)]


def test_nobody_is_his_own_parent(store: SqlStore, ledger: Ledger) -> None:
    with pytest.raises(Refusal, match="上级机构的信用代码就是本机构的"):
        deeds.add(store, ledger, house(ONE, ONE), "表单")


def test_parents_make_no_ring(store: SqlStore, ledger: Ledger) -> None:
    deeds.add(store, ledger, house(TWO, THREE), "表单")
    deeds.add(store, ledger, house(ONE, TWO), "表单")
    top = deeds.add(store, ledger, house(THREE), "表单")
    with pytest.raises(Refusal, match="绕成了一圈"):
        deeds.change(store, ledger, top, {"parent_uscc": ONE}, "表单")
    assert deeds.change(store, ledger, top, {"parent_uscc": "91110000600037341L"}, "表单")


def test_a_sheet_makes_no_ring_either(store: SqlStore, ledger: Ledger, tmp_path: Path) -> None:
    file = sheet(tmp_path / "表.csv", ledger, house(ONE, TWO), house(TWO, THREE), house(THREE, ONE))
    planned = intake.plan(store, ledger, file)
    assert [(p.row, p.code, p.field) for p in planned.refused] == [(4, "code", "parent_uscc")]
    assert len(planned.rows) == 2


def test_a_branch_without_a_parent_is_asked_for_it(store: SqlStore, ledger: Ledger) -> None:
    asked = ("branch", "parent_uscc", Grade.WARNING)
    assert asked in codes(store, ledger, house(ONE, is_branch=True))
    assert asked in codes(store, ledger, house(ONE, org_form="IT7"))
    assert asked not in codes(store, ledger, house(ONE, TWO))
    assert asked not in codes(store, ledger, house(ONE))


def test_the_parent_is_called_as_it_is_registered(store: SqlStore, ledger: Ledger) -> None:
    deeds.add(store, ledger, house(TWO), "表单")
    doubt = ("branch", "parent_name", Grade.WARNING)
    assert doubt in codes(store, ledger, house(ONE, TWO, parent_name="东台丁公司"))
    assert doubt not in codes(store, ledger, house(ONE, TWO, parent_name="东台乙知识产权服务有限责任公司"))
    assert doubt not in codes(store, ledger, house(ONE, THREE, parent_name="哪里的公司"))


def test_an_agency_code_is_one_agencys_and_its_branches(store: SqlStore, ledger: Ledger) -> None:
    deeds.add(store, ledger, house(TWO, agency_code="32200"), "表单")
    doubt = ("V08", "agency_code", Grade.WARNING)
    assert doubt in codes(store, ledger, house(ONE, agency_code="32200"))
    assert doubt not in codes(store, ledger, house(ONE, TWO, agency_code="32200"))
    assert doubt not in codes(store, ledger, house(ONE, agency_code="32201"))
    assert doubt not in codes(store, ledger, house(TWO, agency_code="32200"))


def test_the_city_is_told_of_a_ring_that_two_counties_made(world: World) -> None:
    one, other = world.county(), world.county(JIANHU)
    ledger = world.city.catalogue.ledger("institution")
    deeds.add(one, ledger, house(ONE, TWO), "表单")
    deeds.add(other, ledger, house(TWO, ONE), "表单")
    assert sync.receive(world.city, [world.up(one)]).doubts == []
    done = sync.receive(world.city, [world.up(other)])
    assert [(d.problem.code, d.problem.grade) for d in done.doubts if d.problem.field == "parent_uscc"] == [
        ("code", Grade.WARNING)
    ]
