"""A period put away: what the file holds, who can open it, that nothing in it can be changed unseen."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.store import SqlStore
from ipdesk import sync
from ipdesk.actions import ledger as deeds
from ipdesk.actions.archiving import as_document, make_archive, open_archive, read_plan
from ipdesk.actions.tasks import load_tasks
from ipdesk.codes import parse_codes
from ipdesk.fields import Value
from ipdesk.plan.definition import plan_on
from ipdesk.problems import Refusal
from ipdesk.sync.devices import renew
from tests.ipdesk.sync.world import CITY, DONGTAI, JIANHU, World

CASE: dict[str, Value] = {
    "enterprise_name": "东台锦盛新材料有限公司",
    "uscc": "91320981MABJ1XG60Q",
    "stage": "ST15",
    "standard_code": "SD2",
    "cert_status": "CS1",
    "cert_no": "84025IP21017R0M",
    "cert_issue_date": "2024-03-01",
    "contact_phone": "13812345678",
}


@pytest.fixture
def world(make_store: Callable[..., SqlStore], tmp_path: Path) -> World:
    return World(make_store, tmp_path)


def put(store: SqlStore, ledger: str, /, **values: Value) -> None:
    told = {"unit_code": store.office.unit_code, **values}
    deeds.add(store, store.catalogue.ledger(ledger), told, "测试")


def filled(store: SqlStore) -> SqlStore:
    put(store, "guanbiao", **CASE)
    put(store, "target", indicator_code="I09", target_value=3, target_source="GS3")
    value = {"indicator_code": "I01", "period": "2024-Q1", "value": 9, "source": "统计", "evidence": "季报"}
    put(store, "indicator_value", **value)  # type: ignore[arg-type]
    load_tasks(store, plan_on(date(2024, 1, 1)))
    put(store, "task_progress", task_code="T2-6", period="2024-Q1", task_state="TS2", progress="清理中")
    return store


def test_a_period_is_put_away_whole(world: World, tmp_path: Path) -> None:
    county, out = filled(world.county()), tmp_path / "二季度.ipa"
    made = make_archive(county, "2024-Q2", out)
    assert not os.stat(out).st_mode & 0o222
    found = open_archive(county, out)
    assert found.parts == made.parts
    assert (found.told("as_of"), found.told("known_on"), found.told("plan")) == ("2024-06-30", "", "P2022")
    assert (found.period.label, found.digest) == ("2024年第二季度", made.digest)
    figures = {str(one["indicator_code"]): one for one in found.parts["figures"]}
    assert (figures["I09"]["words"], figures["I09"]["target"], figures["I09"]["value"]) == ("1", "≥3", 1)
    records = {str(one["id"]): one for one in found.parts["records"]}
    assert set(figures["I09"]["ids"]) <= set(records)  # type: ignore[call-overload]
    assert {one["ledger"] for one in records.values()} == {
        *("guanbiao", "target", "indicator_value", "task", "task_progress"),
    }
    tasks = {str(one["task_code"]): one for one in found.parts["tasks"]}
    assert (tasks["T2-6"]["state"], tasks["T2-6"]["progress"]) == ("进行中（滞后）", "清理中")
    assert len(tasks) == 27
    assert [one["title"] for one in found.parts["evidence"]] == ["季报"]
    tables = read_plan(found)
    assert [row["plan_code"] for row in parse_codes(tables["plans.csv"])] == ["P2022"]
    assert len(parse_codes(tables["tasks.csv"])) == 27
    document = as_document(found)
    assert (document["office"], document["known_on"], document["unit"]) == (
        county.office.office_name,
        None,
        DONGTAI,
    )


def test_personal_values_stay_masked(world: World, tmp_path: Path) -> None:
    county = filled(world.county())
    found = make_archive(county, "2024", tmp_path / "a.ipa")
    assert "13812345678" not in str(as_document(found))


def test_it_tells_what_was_known(world: World, tmp_path: Path) -> None:
    county = filled(world.county())
    found = make_archive(county, "2024-Q2", tmp_path / "a.ipa", known_on=date(2024, 7, 1))
    assert found.told("known_on") == "2024-07-01"
    assert found.parts["records"] == []


def test_the_city_opens_it_another_county_does_not(world: World, tmp_path: Path) -> None:
    county, other, out = filled(world.county()), world.county(JIANHU), tmp_path / "a.ipa"
    made = make_archive(county, "2024-Q2", out)
    assert open_archive(world.city, out).digest == made.digest
    with pytest.raises(Refusal, match="不是发给本单位的"):
        open_archive(other, out)


def test_the_citys_own_and_that_of_a_county_by_itself(world: World, tmp_path: Path) -> None:
    city = make_archive(world.city, "2024", tmp_path / "市.ipa")
    assert {str(one["unit_code"]) for one in city.parts["figures"]} >= {CITY, DONGTAI}
    alone = world.stranger()
    assert make_archive(alone, "2024-06", tmp_path / "县.ipa").period.label == "2024年6月"
    with pytest.raises(Refusal):
        open_archive(world.city, tmp_path / "县.ipa")


def test_it_opens_after_the_keys_changed(world: World, tmp_path: Path) -> None:
    county, out = world.county(), tmp_path / "a.ipa"
    made = make_archive(county, "2024", out)
    with county.act("换密钥", "测试") as act:
        renew(county, act)
    assert open_archive(county, out).digest == made.digest


def test_any_changed_byte_is_refused_in_one_sentence(world: World, tmp_path: Path) -> None:
    county, out = filled(world.county()), tmp_path / "a.ipa"
    make_archive(county, "2024", out)
    data = out.read_bytes()

    @settings(max_examples=60)
    @given(st.integers(0, len(data) - 1), st.integers(1, 255))
    def changed(place: int, by: int) -> None:
        broken = tmp_path / "b.ipa"
        broken.write_bytes(data[:place] + bytes([data[place] ^ by]) + data[place + 1 :])
        with pytest.raises(Refusal) as refused:
            open_archive(county, broken)
        assert "\n" not in refused.value.message

    changed()


def test_what_is_no_archive_is_refused(world: World, tmp_path: Path) -> None:
    county = world.county()
    package = world.up(county)
    with pytest.raises(Refusal, match="不是归档文件"):
        open_archive(county, package)
    make_archive(county, "2024", tmp_path / "a.ipa")
    refused = sync.receive(world.city, [tmp_path / "a.ipa"]).refused
    assert [words for _, words in refused] == ["这是归档文件，请用“打开归档”查看"]


@pytest.mark.parametrize(
    ("period", "name", "words"),
    [
        ("2024-Q9", "a.ipa", "不是报送期"),
        ("2024", "a.zip", "请改为以 .ipa 结尾"),
        ("2999", "a.ipa", "还没有结束，不能归档"),
        ("2024", "有.ipa", "归档不覆盖旧文件"),
    ],
)
def test_what_cannot_be_put_away_writes_nothing(
    world: World, tmp_path: Path, period: str, name: str, words: str
) -> None:
    (tmp_path / "有.ipa").write_bytes(b"old")
    with pytest.raises(Refusal, match=words):
        make_archive(world.city, period, tmp_path / name)
    assert not (tmp_path / "a.ipa").exists()
    assert (tmp_path / "有.ipa").read_bytes() == b"old"
