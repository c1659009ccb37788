"""The channel down: published once, taken by version, never an older one, whoever was restored (rule 11)."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from db import workspace
from db.store import SqlStore
from ipdesk import codes, parameters, sync
from ipdesk.codes import Tables, code_table, program_codes
from ipdesk.files import digest
from ipdesk.problems import Refusal
from ipdesk.sync import channel
from ipdesk.sync.completeness import Plan
from ipdesk.sync.consumers import check_codes, consumer, program_columns, written_plan
from tests.ipdesk.sync.world import DONGTAI, JIANHU, Entries, Manifest, World, add, reason

PLAN = Plan("month", 5, "2026-01")
SOURCE = {"source": "盐知发〔2026〕1号", "day": "2026-01-05"}


@pytest.fixture(autouse=True)
def _own_tables() -> Iterator[None]:
    """Put the program's own tables back."""
    yield
    codes.use(Tables())


def published(world: World, basis: str = "B") -> channel.Document:
    parameters.set_parameter(world.city, "basis", basis, **SOURCE)
    return sync.publish(world.city, "parameters", parameters.written(world.city))


def told(store: SqlStore, name: str = "basis") -> parameters.Told:
    return next(one for one in parameters.told(store) if one.name == name)


def reopened(world: World, store: SqlStore, copy: Path) -> SqlStore:
    """Return a store whose folder was put back from a copy, as the door opens it."""
    folder = store.folder
    store.close()
    shutil.rmtree(folder)
    shutil.copytree(copy, folder)
    opened = workspace.open_store(folder, store.catalogue)
    world.made(opened)
    sync.awake(opened)
    return opened


def copied(world: World, store: SqlStore) -> Path:
    """Return a copy of a store's folder as somebody makes one; the store is open all the while."""
    target = world.folder / f"copy of {store.folder.name}"
    shutil.copytree(store.folder, target)
    return target


def versions(store: SqlStore) -> dict[str, int]:
    return {one.name: one.version for one in sync.documents(store)}


def test_parameters_come_down_and_are_in_force_and_read_only(world: World, county: SqlStore) -> None:
    assert published(world).version == 1
    assert sync.receive(county, [world.down()]).refused == ()
    one = told(county)
    assert (one.value, one.source, one.date, one.sent) == (
        "B",
        "市局下发：盐知发〔2026〕1号",
        "2026-01-05",
        True,
    )
    assert parameters.parameters(county).basis == "B"
    with pytest.raises(Refusal, match="由市局下发"):
        parameters.set_parameter(county, "basis", "A", **SOURCE)
    assert sync.inspect(county, world.down()).valid


def test_nothing_new_is_no_new_version(world: World, county: SqlStore) -> None:
    assert published(world) == published(world)
    assert published(world, "C").version == 2
    sync.receive(county, [world.down()])
    changes = len(told(county).changes)
    sync.receive(county, [world.down()])
    assert (versions(county), len(told(county).changes)) == ({"parameters": 2}, changes)


def test_an_older_receipt_brings_no_older_version_back(world: World, county: SqlStore) -> None:
    published(world)
    older = world.down()
    published(world, "C")
    sync.receive(county, [world.down()])
    sync.receive(county, [older])
    assert (told(county).value, versions(county)) == ("C", {"parameters": 2})


def test_a_new_county_gets_what_is_in_force_with_its_grant(world: World) -> None:
    published(world)
    sync.publish(world.city, "reporting", written_plan(PLAN))
    county = world.county(JIANHU)
    assert versions(county) == {"parameters": 1, "reporting": 1}
    assert Plan.of(county) == PLAN


def test_a_restored_county_takes_again_what_it_lost_and_nothing_older(world: World, county: SqlStore) -> None:
    published(world)
    older = world.down()
    copy = copied(world, county)
    published(world, "C")
    sync.receive(county, [world.down()])
    county = reopened(world, county, copy)
    assert versions(county) == {}
    sync.receive(county, [older])
    assert versions(county) == {}, "the PC remembers that version 2 was there"
    sync.receive(county, [world.down()])
    assert (told(county).value, versions(county)) == ("C", {"parameters": 2})


def test_a_restored_city_publishes_above_what_counties_hold(
    world: World, county: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(world)
    copy = copied(world, world.city)
    published(world, "C")
    sync.receive(county, [world.down()])
    monkeypatch.setenv("IPDESK_MARKERS", str(world.folder / "another PC"))
    world.city = reopened(world, world.city, copy)
    assert versions(world.city) == {"parameters": 1}
    assert sync.receive(world.city, [world.up(county)]).refused == ()
    sync.receive(county, [world.down()])
    assert (versions(world.city), versions(county)) == ({"parameters": 3}, {"parameters": 3})
    assert told(county).value == told(world.city).value == "B"


def test_the_marker_alone_keeps_a_restored_city_s_versions_from_falling(
    world: World, county: SqlStore
) -> None:
    copy = copied(world, world.city)
    published(world)
    published(world, "C")
    sync.receive(county, [world.down()])
    world.city = reopened(world, world.city, copy)
    assert published(world).version == 3


def test_the_same_version_of_another_text_is_published_above_it(world: World, county: SqlStore) -> None:
    published(world)

    def other(manifest: Manifest, _entries: Entries) -> None:
        manifest["channel_seen"] = [{"name": "parameters", "version": 1, "digest": "0" * 64}]

    assert sync.receive(world.city, [world.forge(county, other)]).refused == ()
    world.down()
    assert versions(world.city) == {"parameters": 2}


def test_what_a_city_lost_altogether_is_told(world: World, county: SqlStore) -> None:
    def other(manifest: Manifest, _entries: Entries) -> None:
        manifest["channel_seen"] = [{"name": "reporting", "version": 4, "digest": "0" * 64}]

    sync.receive(world.city, [world.forge(county, other)])
    (sentence,) = sync.lost(world.city)
    assert "报送安排" in sentence
    assert "第4版" in sentence
    assert sync.publish(world.city, "reporting", written_plan(PLAN)).version == 5
    assert sync.lost(world.city) == []


def test_versions_nobody_can_have_published_refuse_the_package(world: World, county: SqlStore) -> None:
    def leap(manifest: Manifest, _entries: Entries) -> None:
        manifest["channel_seen"] = [{"name": "reporting", "version": 5000, "digest": "0" * 64}]

    assert "不合情理" in reason(world.city, world.forge(county, leap))


def test_a_package_of_an_older_program_says_nothing_of_the_channel(world: World, county: SqlStore) -> None:
    def silent(manifest: Manifest, _entries: Entries) -> None:
        del manifest["channel_seen"]

    add(county, "甲公司")
    assert sync.receive(world.city, [world.forge(county, silent)]).accepted == 2


def row(name: str, text: str, version: int = 1, told_digest: str = "") -> dict[str, object]:
    found = told_digest or digest(text.encode())
    return {
        "name": name,
        "version": version,
        "digest": found,
        "text": text,
        "at": "2026-01-05T00:00:00+00:00",
    }


def brought(world: World, county: SqlStore, *rows: dict[str, object]) -> Path:
    """Return a receipt that brings these documents."""
    published(world)

    def change(_manifest: Manifest, entries: Entries) -> None:
        entries["channel"] = list(rows)

    return world.forge_receipt(county, change)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("parameters", "[]x", "看不懂"),
        ("parameters", "[1]", "看不懂"),
        ("parameters", json.dumps({"basis": {"value": "A", "source": "", "date": "2026-01-05"}}), "看不懂"),
        ("parameters", json.dumps({"basis": {"value": "Z", "source": "文", "date": "2026-01-05"}}), "不能是"),
        ("reporting", "{}", "看不懂"),
        ("reporting", json.dumps({"every": "week", "days": 1, "since": ""}), "报送安排要写明"),
        ("reporting", json.dumps({"every": "month", "days": 1.5, "since": ""}), "看不懂"),
        ("codes.towns", "town_code,town_name\n1,新镇\n", "列与本程序的不同"),
    ],
)
def test_what_cannot_be_used_is_left_alone_and_told_once(
    world: World, county: SqlStore, name: str, text: str, words: str
) -> None:
    add(county, "甲公司")
    sync.receive(world.city, [world.up(county)])
    got = sync.receive(county, [brought(world, county, row(name, text))])
    assert (got.refused, got.accepted) == ((), 2), "the rest of the receipt is taken"
    assert versions(county) == {}
    (sentence,) = sync.troubles(county)
    assert words in sentence
    sync.receive(county, [brought(world, county, row(name, text))])
    assert len(sync.troubles(county)) == 1


def test_a_mended_document_is_taken_and_the_trouble_is_over(world: World, county: SqlStore) -> None:
    sync.receive(county, [brought(world, county, row("reporting", "{}"))])
    sync.receive(county, [brought(world, county, row("reporting", written_plan(PLAN), 2))])
    assert (sync.troubles(county), Plan.of(county)) == ([], PLAN)


def test_documents_nobody_here_knows_are_left_for_a_newer_program(world: World, county: SqlStore) -> None:
    rows = (row("targets", "{}"), row("codes.stages", "x"))
    assert sync.receive(county, [brought(world, county, *rows)]).refused == ()
    assert (versions(county), sync.troubles(county)) == ({}, [])


def test_a_text_that_is_not_what_its_digest_says_refuses_the_receipt(world: World, county: SqlStore) -> None:
    file = brought(world, county, row("reporting", "{}", told_digest="0" * 64))
    assert "摘要不符" in sync.inspect(county, file).reason
    assert "摘要不符" in reason(county, file)


def test_only_the_city_publishes_and_only_what_somebody_can_use(world: World, county: SqlStore) -> None:
    with pytest.raises(Refusal, match="由市局下发"):
        sync.publish(county, "reporting", written_plan(PLAN))
    for name in ("weather", "codes.stages", "codes"):
        with pytest.raises(Refusal, match="不能下发"):
            sync.publish(world.city, name, "")
        assert consumer(name) is None
    with pytest.raises(Refusal, match="看不懂"):
        sync.publish(world.city, "reporting", "")


# ---------------------------------------------------------------- code tables
TOWNS = program_codes("towns.csv")


def more_towns() -> str:
    return TOWNS + "320981999,新设镇,镇,320981,320981,\n"


def test_a_code_table_is_in_force_once_the_workspace_is_opened(world: World, county: SqlStore) -> None:
    sync.publish(world.city, "codes.towns", more_towns())
    sync.receive(county, [world.down()])
    assert "320981999" not in code_table("towns")
    codes.use(sync.tables(county))
    assert code_table("towns").find("新设镇", DONGTAI) == "320981999"
    assert code_table("regions").label(DONGTAI) == "东台市"


def test_what_a_newer_program_cannot_use_gives_way_to_its_own(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync.publish(world.city, "codes.towns", more_towns())

    def unfit(name: str, text: str) -> None:
        raise Refusal("不再可用")

    monkeypatch.setattr("ipdesk.sync.channel.check_tables", unfit)
    codes.use(sync.tables(world.city))
    assert "320981999" not in code_table("towns")


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("towns", "", "列与本程序的不同"),
        ("towns", more_towns() + more_towns().splitlines()[-1] + "\n", "空的、重复的代码"),
        ("towns", more_towns() + ",无码镇,镇,320981,320981,\n", "空的、重复的代码"),
        ("towns", more_towns() + "320981998,少列镇\n", "空的、重复的代码"),
        ("towns", more_towns() + "320981998,别处镇,镇,999999,999999,\n", "内容看不懂"),
    ],
)
def test_a_code_table_that_does_not_fit_is_refused(world: World, name: str, text: str, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        check_codes(world.city, name, text)


def test_a_code_that_records_use_may_not_go(world: World, county: SqlStore) -> None:
    enterprise = county.catalogue.kind("enterprise")
    code = next(c.code for c in code_table("towns").codes if c.scope == DONGTAI)
    without = "\n".join(line for line in TOWNS.splitlines() if not line.startswith(f"{code},")) + "\n"
    check_codes(county, "towns", without)
    with county.act("新增", "表单") as act:
        act.add(enterprise, {"unit_code": DONGTAI, "enterprise_name": "甲公司", "town_code": code})
    with pytest.raises(Refusal, match=f"少了还在用的代码“{code}”"):
        check_codes(county, "towns", without)
    sync.publish(world.city, "codes.towns", without)
    sync.receive(county, [world.down()])
    assert code in sync.troubles(county)[0]


def test_codes_of_a_list_are_in_use_too(county: SqlStore) -> None:
    institution = county.catalogue.kind("institution")
    field = next(f for f in institution.fields if type(f.type).__name__ == "Codes")
    code = field.type.options()[0][0]
    lines = program_codes("institution_categories.csv").splitlines(keepends=True)
    without = "".join(line for line in lines if f",{code}," not in line)
    with county.act("新增", "表单") as act:
        act.add(institution, {"unit_code": DONGTAI, "institution_name": "某所", field.name: (code,)})
    with pytest.raises(Refusal, match="少了还在用的代码"):
        check_codes(county, "institution_categories", without)


@pytest.mark.parametrize(
    ("name", "text"),
    [("codes.towns", '{columns}\n"' + "x" * 200_000 + '"'), ("reporting", "[" * 100_000)],
    ids=["a cell without end", "brackets without end"],
)
def test_a_text_that_no_reader_gets_through_is_refused_in_words(world: World, name: str, text: str) -> None:
    told = text.replace("{columns}", ",".join(program_columns("towns")))
    with pytest.raises(Refusal, match="看不懂"):
        sync.publish(world.city, name, told)
