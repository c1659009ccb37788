"""What is unsent and what the city wants looked at, by ledger."""

from db.store import SqlStore
from ipdesk.actions.deciding import send_back
from ipdesk.actions.ledger import delete, one
from ipdesk.kinds.guanbiao import GUANBIAO
from ipdesk.sync.outbox import Entry, outbox
from tests.ipdesk.sync.world import World, add, change

USCC = "91320981MABJ1XG60Q"


def test_what_is_new_changed_or_deleted_is_listed_until_it_is_sent(world: World, county: SqlStore) -> None:
    first, second = add(county, "甲公司"), add(county, "乙公司")
    assert {(e.name, e.state) for e in outbox(county)} == {("甲公司", "unsent"), ("乙公司", "unsent")}
    world.round(county)
    assert outbox(county) == []
    change(county, first, remark="改过")
    delete(county, GUANBIAO, [second], "测试")
    assert [(e.ledger, e.key, e.name, e.state) for e in outbox(county)] == [
        ("guanbiao", first, "甲公司", "unsent"),
        ("guanbiao", second, "乙公司", "deleted"),
    ]
    world.up(county)
    assert outbox(county) == []


def test_what_the_city_asks_for_stands_first(world: World, county: SqlStore) -> None:
    returned = add(county, "甲公司", USCC)
    world.round(county)
    send_back(world.city, GUANBIAO, one(world.city, GUANBIAO, returned), "请附证书", "remark")
    world.round(county)
    add(county, "乙公司")
    first, second = outbox(county)
    assert first == Entry("guanbiao", returned, "甲公司", "returned", "remark", "请附证书", False)
    assert (second.name, second.state) == ("乙公司", "unsent")
    change(county, returned, remark="见附件")
    assert {e.state for e in outbox(county)} == {"unsent"}
