"""What is about to be published: told before it is done, and exactly that is published."""

from collections.abc import Callable
from pathlib import Path

import pytest

from db.store import SqlStore
from ipdesk import parameters, sync
from ipdesk.actions import drafts
from ipdesk.actions.drafts import CODES, PARAMETERS, REPORTING, Shift
from ipdesk.codes import program_codes
from ipdesk.problems import Refusal
from ipdesk.sync import channel
from ipdesk.sync.completeness import Plan
from tests.ipdesk.sync.world import World


@pytest.fixture
def world(make_store: Callable[..., SqlStore], tmp_path: Path) -> World:
    return World(make_store, tmp_path)


def sheet(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8-sig")
    return path


def basis_sheet(folder: Path, value: str = "B") -> Path:
    label = parameters.LABELS["basis"]
    return sheet(folder, "口径.csv", f"参数,值,依据,日期\n{label},{value},盐知发〔2026〕1号,2026-01-05\n")


def test_parameters_are_told_as_they_stand_and_nothing_is_written(world: World) -> None:
    found = drafts.draft(world.city, PARAMETERS)
    assert (found.name, found.label, found.version) == ("parameters", "统计参数", 1)
    assert [shift.item for shift in found.shifts] == [
        parameters.LABELS[one.name] for one in parameters.told(world.city)
    ]
    assert {shift.before for shift in found.shifts} == {""}
    assert sync.documents(world.city) == []


def test_a_sheet_of_parameters_is_tried_and_taken_back(world: World, tmp_path: Path) -> None:
    drafts.issue(world.city, drafts.draft(world.city, PARAMETERS))
    before, unsaved = parameters.parameters(world.city), world.city.undoable()
    found = drafts.draft(world.city, PARAMETERS, basis_sheet(tmp_path))
    (shift,) = found.shifts
    assert (shift.item, found.version) == (parameters.LABELS["basis"], 2)
    assert shift.after.startswith("B ")
    assert "盐知发〔2026〕1号，2026-01-05" in shift.after
    assert (parameters.parameters(world.city), world.city.undoable()) == (before, unsaved)
    done = drafts.issue(world.city, found)
    assert (done.version, parameters.parameters(world.city).basis) == (2, "B")
    assert drafts.draft(world.city, PARAMETERS).shifts == ()
    assert dict(drafts.contents(done))[shift.item] == shift.after


def test_a_sheet_changed_after_it_was_shown_is_not_published(world: World, tmp_path: Path) -> None:
    found = drafts.draft(world.city, PARAMETERS, basis_sheet(tmp_path))
    basis_sheet(tmp_path, "C")
    with pytest.raises(Refusal, match="预览以后改动过"):
        drafts.issue(world.city, found)
    found = drafts.draft(world.city, REPORTING)
    sync.expect(world.city, Plan("month", 5, ""))
    with pytest.raises(Refusal, match="“报送安排”在预览以后改动过"):
        drafts.issue(world.city, found)


def test_a_wrong_sheet_is_refused_by_its_row(world: World, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="第2行"):
        drafts.draft(world.city, PARAMETERS, basis_sheet(tmp_path, "Z"))
    with pytest.raises(Refusal, match="请选择"):
        drafts.draft(world.city, CODES)


def test_a_plan_is_told_in_words(world: World, tmp_path: Path) -> None:
    drafts.issue(world.city, drafts.draft(world.city, REPORTING))
    file = sheet(tmp_path, "安排.csv", "频次,天数,起始期\n每月,5,2026-01\n")
    found = drafts.draft(world.city, REPORTING, file)
    assert found.shifts == (
        Shift("频次", "每季", "每月"),
        Shift("期满后天数", "10 天", "5 天"),
        Shift("起始期", "本期", "2026-01"),
    )
    drafts.issue(world.city, found)
    assert Plan.of(world.city) == Plan("month", 5, "2026-01")
    with pytest.raises(Refusal, match="起始期"):
        drafts.draft(world.city, REPORTING, sheet(tmp_path, "安排.csv", "频次,天数,起始期\n每月,5,2026-Q1\n"))


def test_a_code_table_is_compared_with_what_counties_hold(world: World, tmp_path: Path) -> None:
    file = tmp_path / "towns.csv"
    drafts.write_table(world.city, "towns", file)
    assert drafts.draft(world.city, CODES, file).shifts == ()
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    head, last = lines[0].split(","), lines[-1].split(",")
    added = dict(zip(head, last, strict=True)) | {"town_code": "999999999", "town_name": "新设镇"}
    text = "\n".join([*lines, ",".join(added[name] for name in head)]) + "\n"
    found = drafts.draft(world.city, CODES, sheet(tmp_path, "towns.csv", text))
    (shift,) = found.shifts
    assert (found.label, shift.item, shift.before) == ("代码表：乡镇街道", "999999999", "")
    assert "新设镇" in shift.after
    assert drafts.issue(world.city, found).version == 1
    drafts.write_table(world.city, "towns", file)
    assert file.read_text(encoding="utf-8-sig") == text
    assert drafts.draft(world.city, CODES, file).shifts == ()
    assert text != program_codes("towns.csv")


def test_a_county_knows_when_it_took_something(world: World) -> None:
    county = world.county()
    assert channel.taken_at(county) == {}
    drafts.issue(world.city, drafts.draft(world.city, PARAMETERS))
    assert not sync.receive(county, [world.down()]).refused
    assert list(channel.taken_at(county)) == ["parameters"]
    assert channel.next_version(world.city, "parameters") == 2
