"""Records that look like one are listed with why; what was decided is remembered and told to the counties."""

import pytest

from db.store import SqlStore
from ipdesk.actions import deciding
from ipdesk.actions.corrections import answer
from ipdesk.actions.ledger import one
from ipdesk.fields import Value
from ipdesk.kinds.guanbiao import GUANBIAO
from ipdesk.kinds.person import PERSON
from ipdesk.kinds.sync import RESULT
from ipdesk.problems import Refusal
from ipdesk.records import RecordKey
from ipdesk.sync.corrections import listed
from ipdesk.sync.likeness import near
from ipdesk.sync.pairs import Pair, pairs
from tests.ipdesk.sync.world import DONGTAI, JIANHU, World, add, change

USCC, OTHER = "91320981MABJ1XG60Q", "91320925MA1X7QJK1M"


@pytest.fixture
def other(world: World) -> SqlStore:
    return world.county(JIANHU)


def person(store: SqlStore, name: str, mobile: str | None = None, **values: Value) -> RecordKey:
    with store.act("新增", "表单") as act:
        return act.add(
            PERSON, {"unit_code": store.office.unit_code, "name": name, "mobile": mobile, **values}
        )


def outcomes(store: SqlStore) -> list[tuple[str, str]]:
    rows = [
        r.values for r in store.find(RESULT) if r.values["outcome"] != "accepted" or r.values.get("message")
    ]
    return [(str(r["outcome"]), str(r["message"])) for r in rows]


def only(world: World) -> Pair:
    (found,) = pairs(world.city)
    return found


def test_a_claim_of_two_units_is_arbitrated(world: World, county: SqlStore, other: SqlStore) -> None:
    add(county, "甲公司", USCC)
    lost = add(other, "甲公司", USCC)
    for store in (county, other):
        world.round(store)
    pair = only(world)
    assert (pair.rule, pair.state, pair.needs_unit, pair.hint) == ("V23", "open", True, False)
    assert set(pair.units) == {DONGTAI, JIANHU}
    assert pair.why == f"统一社会信用代码（{USCC}）相同，建湖县、东台市都有登记"
    with pytest.raises(Refusal, match="请写明归属单位"):
        deciding.resolve_pair(world.city, pair, "same")
    with pytest.raises(Refusal, match="才写明归属单位"):
        deciding.resolve_pair(world.city, pair, "different", unit=DONGTAI)
    with pytest.raises(Refusal, match="由市局核定"):
        deciding.resolve_pair(county, pair, "same", unit=DONGTAI)
    (number,) = deciding.resolve_pair(world.city, pair, "same", "按注册地", DONGTAI)
    assert (only(world).state, only(world).owner, only(world).reason) == ("same", DONGTAI, "按注册地")
    for store in (county, other):
        world.round(store)
    assert outcomes(county) == [("accepted", "归属经市局核定归本单位（按注册地）")]
    told = "归属经市局核定归东台市（按注册地），请删除这一条，或按更正意见答复"
    assert outcomes(other) == [("returned", told)]
    (asked,) = listed(other)
    assert (asked.digest, asked.field, asked.new, asked.row) == (number, "_deleted", True, lost.id)
    answer(other, asked, yes=True)
    for store in (other, county):
        world.round(store)
    assert pairs(world.city) == []
    assert outcomes(county) == outcomes(other) == []


def test_a_claim_decided_otherwise_takes_back_what_was_asked(
    world: World, county: SqlStore, other: SqlStore
) -> None:
    for store in (county, other):
        add(store, "甲公司", USCC)
        world.round(store)
    deciding.resolve_pair(world.city, only(world), "same", "按注册地", DONGTAI)
    deciding.resolve_pair(world.city, only(world), "same", "按经营地", JIANHU)
    assert [one.unit for one in listed(world.city, "open")] == [DONGTAI]  # never both are asked to delete
    deciding.resolve_pair(world.city, only(world), "different", "各有一条")
    assert listed(world.city, "open") == []


def test_not_the_same_is_remembered(world: World, county: SqlStore, other: SqlStore) -> None:
    for store in (county, other):
        person(store, "张三", "15186091390", category="PC1")
        world.round(store)
    world.round(county)
    pair = only(world)
    assert (pair.rule, pair.first_name, pair.second_name) == ("V22", "张三", "张三")
    assert "151****1390" in pair.why
    assert "15186091390" not in pair.why
    assert outcomes(county) == [("duplicate", "建湖县也登记了姓名、手机号相同的人，疑似同一人，请核对")]
    assert (
        deciding.resolve_pair(world.city, deciding.pair_named(world.city, pair.id), "different", "不同人")
        == []
    )
    world.round(county)
    assert outcomes(county) == []
    assert only(world).state == "different"


def test_the_same_number_twice_in_one_unit_is_told_until_mended(world: World, county: SqlStore) -> None:
    keys = [add(county, name, cert_no="84025IP21017R0M") for name in ("甲公司", "乙公司")]
    world.round(county)
    assert deciding.resolve_pair(world.city, only(world), "same", "重复录入") == []
    world.round(county)
    assert [outcome for outcome, _ in outcomes(county)] == ["duplicate", "duplicate"]
    assert "与另一条是同一个（重复录入）" in outcomes(county)[0][1]
    change(county, keys[0], cert_no=None)
    world.round(county)
    assert outcomes(county) == []


def test_nearly_alike_is_a_hint_for_the_city_alone(world: World, county: SqlStore, other: SqlStore) -> None:
    person(county, "张小三", "15186091390", employer_name="东台锦盛新材料有限公司")
    person(other, "张晓三", "15186091390", employer_name="东台锦盛新材料股份有限公司")
    person(county, "李四", None, id_no="320981199001011237")
    person(other, "李四", None, id_no="320981199001011297")
    person(county, "王五", "15186091391")
    add(county, "东台市锦盛新材料有限公司", USCC, cert_no="165IP220001R0S")
    add(other, "东台市锦盛新材料", None, cert_no="165IP220002R0S")
    add(other, "建湖恒力机械有限公司", OTHER, cert_no="165IP220003R0S")
    for store in (county, other):
        world.round(store)
    found = pairs(world.city)
    assert {(p.kind.name, p.why, p.score) for p in found} == {
        ("person", "姓名只差一个字，手机号相同，工作单位只差“有限公司”这类字", 78),
        ("person", "姓名相同，身份证号只差一位", 80),
        ("enterprise", "名称只差“有限公司”这类字，有一方没有信用代码", 63),
        ("case", "证书编号只差一位，企业名称只差“有限公司”这类字", 78),
    }
    assert all(p.hint and p.rule == "like" for p in found)
    assert pairs(world.city, hints=False) == []
    assert outcomes(county) == outcomes(other) == []
    deciding.resolve_pair(world.city, found[0], "different")
    assert pairs(world.city)[-1].state == "different"


def test_near_is_one_character_changed_added_or_left_out() -> None:
    for one_, other_ in (("张三", "张四"), ("张三", "张小三"), ("abc", "ab"), ("", "a"), ("abcd", "abxd")):
        assert near(one_, other_)
        assert near(other_, one_)
    for one_, other_ in (("张三", "张三"), ("abc", "cba"), ("ab", "abcd"), ("abcd", "axyd")):
        assert not near(one_, other_)


def test_what_the_city_returns_is_told_until_it_changes(world: World, county: SqlStore) -> None:
    key = add(county, "甲公司", USCC)
    world.round(county)
    row = one(world.city, GUANBIAO, key)
    for wrong, why in (("", "写明退回的理由"), ("x", "还没有")):
        field = "subsidy_amount_wan" if wrong else ""
        with pytest.raises(Refusal, match=why):
            deciding.send_back(world.city, GUANBIAO, row, wrong, field)
    with pytest.raises(Refusal, match="本单位的记录请直接修改"):
        deciding.send_back(county, GUANBIAO, one(county, GUANBIAO, key), "理由")
    deciding.send_back(world.city, GUANBIAO, row, "证书扫描件看不清", "cert_no")
    for _ in range(2):
        world.round(county)
        assert outcomes(county) == [("returned", "证书扫描件看不清")]
    change(county, key, cert_no="84025IP21017R0M")
    world.round(county)
    assert outcomes(county) == []
    deciding.send_back(world.city, GUANBIAO, one(world.city, GUANBIAO, key), "再看")
    world.round(county)
    assert outcomes(county) == [("returned", "再看")]
    deciding.cancel_send_back(world.city, GUANBIAO, one(world.city, GUANBIAO, key))
    world.round(county)
    assert outcomes(county) == []
