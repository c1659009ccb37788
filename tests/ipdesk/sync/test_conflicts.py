"""What two lives wrote without knowing of each other is kept for a person; what one knew of is not."""

from dataclasses import replace

from db.store import SqlStore
from ipdesk.kinds.case import CASE
from ipdesk.kinds.deciding import CONFLICT
from ipdesk.records import Record, RecordKey, Version
from ipdesk.sync.conflicts import clash, keep, rows, unsettled

KEY = RecordKey("320981", "0190a000-0000-7000-8000-000000000001")
BASE = Record("case", KEY, {"remark": "一", "contact_name": "甲"}, Version(1, 3, "aaaaaaaa"), at="1")
OLD = replace(BASE, values={"remark": "二", "contact_name": "甲"}, version=Version(1, 5, "aaaaaaaa"))
NEW = replace(
    BASE,
    values={"remark": "三", "contact_name": "乙"},
    version=Version(2, 4, "bbbbbbbb"),
    previous=BASE.version,
)


def hold(store: SqlStore, *records: Record) -> Record:
    for record in records:
        with store.act("收包", "包") as act:
            act.merge(CASE, [record])
    return records[-1]


def test_a_newer_life_that_did_not_know_clashes_in_what_the_other_changed(county: SqlStore) -> None:
    found = clash(county, CASE, hold(county, BASE, OLD), NEW)
    assert found is not None
    assert (found.stands, found.other, found.base) == (NEW, OLD, found.base)
    assert found.fields == ["remark"]
    assert found.base is not None
    assert found.base.values == BASE.values


def test_without_a_known_base_every_difference_clashes(county: SqlStore) -> None:
    found = clash(county, CASE, hold(county, OLD), replace(NEW, previous=None))
    assert found is not None
    assert set(found.fields) == {"remark", "contact_name"}


def test_a_late_version_of_an_earlier_life_clashes_too(county: SqlStore) -> None:
    found = clash(county, CASE, hold(county, BASE, NEW), OLD)
    assert found is not None
    assert (found.stands, found.other) == (NEW, OLD)


def test_what_was_known_or_superseded_is_no_clash(county: SqlStore) -> None:
    held = hold(county, BASE)
    assert clash(county, CASE, held, NEW) is None
    assert clash(county, CASE, None, NEW) is None
    assert clash(county, CASE, held, replace(OLD, values=BASE.values, version=Version(2, 4, "cc"))) is None
    assert clash(county, CASE, held, OLD) is None  # one life
    held = hold(county, NEW)
    assert clash(county, CASE, held, replace(BASE, values={}, version=Version(1, 2, "aaaaaaaa"))) is None
    third = replace(NEW, values={}, version=Version(3, 5, "cccccccc"), previous=NEW.version)
    held = hold(county, third)
    assert clash(county, CASE, held, replace(BASE, values={})) is None  # the log knows the first life's


def test_deleted_against_changed_is_asked_about(county: SqlStore) -> None:
    found = clash(county, CASE, hold(county, BASE, replace(OLD, deleted=True)), NEW)
    assert found is not None
    assert found.fields == ["_deleted"]


def test_what_the_other_life_changed_in_a_record_deleted_here_is_not_lost(county: SqlStore) -> None:
    held = hold(county, BASE, replace(NEW, values=BASE.values, deleted=True))
    found = clash(county, CASE, held, OLD)
    assert found is not None
    assert found.fields == ["_deleted", "remark"]
    kept = {row["field"]: (row["base"], row["held"], row["other"]) for row in rows(CASE, found)}
    assert kept == {"_deleted": ("false", "true", "false"), "remark": ('"一"', '"一"', '"二"')}
    assert clash(county, CASE, held, replace(OLD, values=BASE.values)) is None  # nothing was changed there
    alike = replace(NEW, values=OLD.values, deleted=True)
    found = clash(county, CASE, hold(county, BASE, alike), OLD)
    assert found is not None
    assert found.fields == ["_deleted"]


def test_a_conflict_is_kept_once_and_stays_decided(county: SqlStore) -> None:
    found = clash(county, CASE, hold(county, BASE, OLD), NEW)
    assert found is not None
    for _ in range(2):
        with county.act("收包", "包") as act:
            keep(county, act, CASE, [found])
    (kept,) = unsettled(county)
    assert (kept["base"], kept["held"], kept["other"]) == ('"一"', '"三"', '"二"')
    with county.act("决定", "冲突") as act:
        act.upsert(CONFLICT, [{**kept, "state": "ours"}])
    with county.act("收包", "包") as act:
        keep(county, act, CASE, [found])
    assert unsettled(county) == []
