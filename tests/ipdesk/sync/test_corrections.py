"""The city asks for a change, the county answers; late, lost and doubled files change nothing of that."""

from datetime import date

import pytest

from db.store import SqlStore
from ipdesk import sync
from ipdesk.actions import corrections as deeds
from ipdesk.actions.ledger import one
from ipdesk.actions.writing import Place, ledger_name
from ipdesk.fields import Value
from ipdesk.kinds.declare import Values
from ipdesk.kinds.guanbiao import GUANBIAO
from ipdesk.kinds.person import PERSON, PERSON_CERTIFICATE, PERSON_LEDGER
from ipdesk.kinds.training import TRAINING_LEDGER
from ipdesk.problems import Refusal
from ipdesk.records import RecordKey
from ipdesk.sync.corrections import Correction, listed
from ipdesk.sync.identity import shortened
from tests.ipdesk.sync.world import Entries, Manifest, World, add, change, reason

USCC = "91320981MABJ1XG60Q"


@pytest.fixture
def case(world: World, county: SqlStore) -> RecordKey:
    key = add(county, "甲公司", USCC, remark="旧")
    world.round(county)
    return key


def propose(world: World, key: RecordKey, field: str = "remark", value: Value = "新") -> Correction:
    row = one(world.city, GUANBIAO, key)
    (number,) = deeds.propose(world.city, GUANBIAO, row, {field: value}, "与证书不符", date(2026, 12, 1))
    return next(c for c in listed(world.city) if c.digest == number)


def remark(store: SqlStore, key: RecordKey) -> Value:
    return one(store, GUANBIAO, key).values.get("remark")


def only(store: SqlStore) -> Correction:
    (found,) = listed(store)
    return found


def test_a_correction_travels_down_is_taken_and_its_answer_travels_up(
    world: World, county: SqlStore, case: RecordKey
) -> None:
    asked = propose(world, case)
    assert (asked.state, asked.old, asked.new, asked.row, asked.name) == (
        "open",
        "旧",
        "新",
        case.id,
        "甲公司",
    )
    world.round(county)
    held = only(county)
    assert (held.id, held.reason, held.due, held.fits) == (asked.id, "与证书不符", "2026-12-01", True)
    deeds.answer(county, held, yes=True, reason="已核对")
    assert remark(county, case) == "新"
    world.round(county)
    told = only(world.city)
    assert (told.state, told.answer, told.answered_by, told.message) == ("yes", "已核对", "东台市", "")
    assert remark(world.city, case) == "新"
    assert only(county).told
    county.undo()
    assert remark(county, case) == "旧"
    assert "后来又改过或撤销了" in only(county).message
    world.round(county)
    assert "后来又改过或撤销了" in only(world.city).message


def test_a_no_needs_no_value_and_keeps_its_reason(world: World, county: SqlStore, case: RecordKey) -> None:
    propose(world, case)
    world.round(county)
    deeds.answer(county, deeds.of_name(county, only(county).id), yes=False, reason="证书如此")
    world.up(county)  # lost
    world.round(county)
    assert (only(world.city).state, only(world.city).answer) == ("no", "证书如此")
    assert remark(county, case) == "旧"


def test_what_is_no_wish_is_refused(world: World, county: SqlStore, case: RecordKey) -> None:
    row = one(world.city, GUANBIAO, case)
    for values, why in (
        ({"remark": "旧"}, "现在就是这个值"),
        ({"unit_code": "320925"}, "所属单位"),
        ({"uscc": "91320981MABJ1XG60X"}, "校验"),
        ({"subsidy_amount_wan": 3.0}, "先新增"),
        ({"_deleted": False}, "现在就是这个值"),
    ):
        with pytest.raises(Refusal, match=why):
            deeds.propose(world.city, GUANBIAO, row, values, "理由")
    with pytest.raises(Refusal, match="写明理由"):
        deeds.propose(world.city, GUANBIAO, row, {"remark": "新"}, " ")
    with pytest.raises(Refusal, match="500字"):
        deeds.propose(world.city, GUANBIAO, row, {"remark": "新"}, "长" * 501)
    with pytest.raises(Refusal, match="市局"):
        deeds.propose(county, GUANBIAO, one(county, GUANBIAO, case), {"remark": "新"}, "理由")
    propose(world, case)
    with pytest.raises(Refusal, match="没有答复"):
        propose(world, case, value="更新")
    for entry, name in (("138****1390", "contact_phone"), ("也许", "_deleted")):
        with pytest.raises(Refusal):
            deeds.read_value(GUANBIAO, name, entry, "320981")
    assert deeds.read_value(GUANBIAO, "_deleted", "是", "320981") is True
    assert deeds.read_value(GUANBIAO, "remark", "二", "320981") == "二"


def test_an_old_value_that_is_gone_is_left_to_a_person(
    world: World, county: SqlStore, case: RecordKey
) -> None:
    other = add(county, "乙公司", remark="旧")
    world.round(county)
    propose(world, case)
    propose(world, other)
    change(county, case, remark="自己改")
    world.round(county)
    held = next(c for c in listed(county) if c.row == case.id)
    assert "原值对不上" in held.message
    with pytest.raises(Refusal, match="原值对不上"):
        deeds.answer(county, held, yes=True)
    count, left = deeds.answer_all(county)
    assert (count, [c.row for c, _ in left]) == (1, [case.id])
    assert remark(county, other) == "新"
    county.undo()
    assert remark(county, other) == "旧"


def test_a_deletion_is_asked_for_and_done_with_what_hangs_below(
    world: World, county: SqlStore, case: RecordKey
) -> None:
    propose(world, case, "_deleted", True)
    world.round(county)
    assert deeds.answer_all(county)[0] == 0
    deeds.answer(county, only(county), yes=True)
    assert county.find(GUANBIAO.root) == county.find(county.catalogue.kind("enterprise")) == []
    world.round(county)
    assert (only(world.city).state, only(world.city).message) == ("yes", "")


def test_a_record_deleted_meanwhile_is_told(world: World, county: SqlStore, case: RecordKey) -> None:
    propose(world, case)
    with county.act("删除", "表单") as act:
        act.delete(GUANBIAO.root, case)
    world.round(county)
    assert "已经删除" in only(county).message
    with pytest.raises(Refusal, match="已经删除"):
        deeds.answer(county, only(county), yes=True)
    deeds.answer(county, only(county), yes=False, reason="已删")
    world.round(county)
    assert only(world.city).state == "no"


def test_what_the_city_takes_back_is_asked_no_more(world: World, county: SqlStore, case: RecordKey) -> None:
    asked = propose(world, case)
    world.round(county)
    deeds.take_back(world.city, asked)
    with pytest.raises(Refusal, match="已经答复或撤回"):
        deeds.take_back(world.city, only(world.city))
    world.round(county)
    assert only(county).state == "withdrawn"
    with pytest.raises(Refusal, match="撤回"):
        deeds.answer(county, only(county), yes=False)
    with pytest.raises(Refusal, match="答复"):
        deeds.answer(world.city, asked, yes=False)
    with pytest.raises(Refusal, match="由市局提出和撤回"):
        deeds.take_back(county, asked)


def test_late_packages_do_not_overturn_a_newer_answer(
    world: World, county: SqlStore, case: RecordKey
) -> None:
    propose(world, case)
    world.round(county)
    deeds.answer(county, only(county), yes=False)
    early = world.up(county)
    deeds.answer(county, only(county), yes=True)
    with pytest.raises(Refusal, match="已经答复同意"):
        deeds.answer(county, only(county), yes=True)
    late = world.up(county)
    for file in (late, early, late):
        assert sync.receive(world.city, [file]).refused == ()
    assert only(world.city).state == "yes"
    assert not only(county).told
    world.round(county)
    assert only(county).told


@pytest.mark.parametrize(
    "odd",
    [
        {"correction": "x"},
        {"state": "withdrawn"},
        {"new": 3},
        {"due": "明天"},
        {"record": "1"},
        {"reason": None},
        {"field": "_deleted"},
    ],
    ids=lambda odd: str(next(iter(odd))),
)
def test_an_odd_correction_refuses_the_receipt(
    world: World, county: SqlStore, case: RecordKey, odd: dict[str, object]
) -> None:
    propose(world, case)

    def change_it(_manifest: Manifest, entries: Entries) -> None:
        entries["corrections"][0] |= odd

    file = world.forge_receipt(county, change_it)
    assert not sync.inspect(county, file).valid
    assert "不合规定" in reason(county, file)


def test_what_only_newer_programs_ask_is_left_out(world: World, county: SqlStore, case: RecordKey) -> None:
    propose(world, case)

    def of_a_newer_program(_manifest: Manifest, entries: Entries) -> None:
        line = entries["corrections"][0]
        entries["corrections"] = [{**line, "kind": "later"}, {**line, "field": "later"}]

    assert sync.receive(county, [world.forge_receipt(county, of_a_newer_program)]).refused == ()
    assert listed(county) == []


@pytest.mark.parametrize(
    "odd",
    [{"id": "x"}, {"answer": "maybe"}, {"reason": None}, {"at": 3}],
    ids=lambda odd: str(next(iter(odd))),
)
def test_an_odd_answer_refuses_the_package(
    world: World, county: SqlStore, case: RecordKey, odd: dict[str, object]
) -> None:
    propose(world, case)
    world.round(county)
    deeds.answer(county, only(county), yes=False)

    def change_it(manifest: Manifest, _entries: Entries) -> None:
        manifest["corrections_done"][0] |= odd

    assert "不合规定" in reason(world.city, world.forge(county, change_it))


def test_an_answer_to_what_the_city_never_asked_is_left_alone(
    world: World, county: SqlStore, case: RecordKey
) -> None:
    def unheard_of(manifest: Manifest, _entries: Entries) -> None:
        manifest["corrections_done"] = [{"id": "0" * 32, "answer": "yes", "reason": "", "at": ""}]

    assert case
    assert sync.receive(world.city, [world.forge(county, unheard_of)]).refused == ()
    assert listed(world.city) == []


def test_a_wish_beyond_its_deadline_is_told(world: World, county: SqlStore, case: RecordKey) -> None:
    row = one(world.city, GUANBIAO, case)
    deeds.propose(world.city, GUANBIAO, row, {"remark": "新"}, "理由", date(2024, 1, 1))
    assert only(world.city).overdue
    assert only(world.city).message == "已过期限，还没有答复"
    change(county, case, remark="新")
    world.round(county)
    assert "已经和建议值相同" in only(county).message
    deeds.answer(county, only(county), yes=True)
    world.round(county)
    assert only(world.city).state == "yes"


def test_short_names_are_found_by_their_beginning(world: World, county: SqlStore, case: RecordKey) -> None:
    asked = propose(world, case)
    assert deeds.of_name(world.city, asked.digest[:10]).digest == asked.digest
    for name in ("", "ab", "z" * 8):
        with pytest.raises(Refusal, match="没有编号为"):
            deeds.of_name(world.city, name)
    assert listed(county) == []
    near = {"ab" * 4 + "0" * 56, "ab" * 4 + "1" * 56}
    assert set(shortened(near).values()) == {"abababab0000", "abababab1111"}


def test_a_certificate_is_asked_about_in_the_ledger_of_people_or_of_classes(
    world: World, county: SqlStore
) -> None:
    kinds = county.catalogue.kinds
    with county.act("新增", "表单") as act:
        unit = {"unit_code": "320981"}
        person = act.add(PERSON, {**unit, "name": "张三", "category": "PC01"})
        paper = act.add(
            PERSON_CERTIFICATE, {"person_id": person.id, "cert_type": "专利代理师", "cert_no": "1"}
        )
        course = act.add(kinds["training"], {"course_name": "班"})
        told: Values = {"training_id": course.id, "person_id": person.id}
        attended = act.add(kinds["attendance"], told)
    world.round(county)
    assert ledger_name(county, PERSON_CERTIFICATE) == "person"
    for ledger, key, number in ((PERSON_LEDGER, person, "2"), (TRAINING_LEDGER, attended, "3")):
        deeds.propose(world.city, ledger, one(world.city, ledger, key), {"cert_no": number}, "核对")
        world.round(county)
        assert deeds.answer_all(county) == (1, [])
        world.round(county)
        held = county.get(PERSON_CERTIFICATE, paper)
        assert held is not None
        assert held.values["cert_no"] == number
    row = one(world.city, PERSON_LEDGER, person)
    wish = deeds.Wish("核对", row.key.id)
    with world.city.act("更正", "更正") as act:
        deeds.ask(world.city, act, Place(PERSON_CERTIFICATE, paper, "_deleted"), True, wish)
    world.round(county)
    (asked,) = listed(county, "open")
    deeds.answer(county, asked, yes=True)
    assert county.find(PERSON_CERTIFICATE) == []
    assert len(county.find(PERSON)) == 1


def test_a_rebuilt_county_learns_what_it_answered_before(
    world: World, county: SqlStore, case: RecordKey
) -> None:
    propose(world, case)
    world.round(county)
    deeds.answer(county, only(county), yes=False, reason="证书如此")
    world.round(county)
    again = world.county(supersede=True)
    world.round(again)
    assert (only(again).state, only(again).answer, only(again).told) == ("no", "证书如此", False)
    world.round(again)
    assert only(again).told
    world.round(again)
    assert only(world.city).state == "no"


def test_the_state_of_the_exchange_counts_what_waits_for_an_answer(world: World, county: SqlStore) -> None:
    case = add(county, "甲公司")
    world.round(county)
    propose(world, case)
    assert sync.status(world.city)["open_corrections"] == 1
    world.round(county)
    assert sync.status(county)["open_corrections"] == 1
    (asked,) = listed(county)
    deeds.answer(county, asked, yes=True)
    world.round(county)
    assert sync.status(county)["open_corrections"] == sync.status(world.city)["open_corrections"] == 0
    assert sync.status(county)["open_conflicts"] == 0
