"""The present life of a store, and what a receipt does to it."""

from collections.abc import Callable
from typing import cast

import pytest

from db.store import SqlStore
from ipdesk.problems import Refusal
from ipdesk.store import Store
from ipdesk.sync.life import Life, Seen

LIFE = Life("e8eabce7", 3, None, 5, "hash", 100, 140, Seen(1, 8))


def test_a_new_store_has_its_first_life(make_store: Callable[..., SqlStore]) -> None:
    life = Life.of(make_store())
    assert (life.incarnation, life.sequence, life.acknowledged, life.seen) == (1, 0, 0, Seen(0, 0))


def test_a_life_is_kept_whole_and_gives_versions_their_epoch(make_store: Callable[..., SqlStore]) -> None:
    store = make_store()
    risen = LIFE.next(0)
    with store.act("换代", "测试") as act:
        risen.keep(act)
        key = act.add(store.catalogue.kind("case"), {"stage": "ST15"})
    assert Life.of(store) == risen
    record = store.get(store.catalogue.kind("case"), key)
    assert record is not None
    assert record.version[::2] == (4, risen.epoch)


class Lifeless:
    """A store that was not made to its end."""

    def setting(self, _name: str) -> None:
        """Return that nothing is kept."""


def test_a_store_without_a_life_is_refused() -> None:
    with pytest.raises(Refusal, match="代次"):
        Life.of(cast(Store, Lifeless()))


def test_the_next_life_is_above_all_known_ones_and_has_everything_unacknowledged() -> None:
    for above, expected in ((0, 4), (3, 4), (7, 8)):
        risen = LIFE.next(above)
        assert risen.incarnation == expected
        assert (risen.sequence, risen.acknowledged, risen.sent) == (0, 0, 0)
        assert risen.parent == ("e8eabce7", 5, "hash")
        assert risen.epoch != LIFE.epoch
        assert risen.seen == LIFE.seen


def test_an_export_uses_one_number() -> None:
    after = LIFE.exported("next", 150)
    assert (after.sequence, after.last, after.sent, after.acknowledged) == (6, "next", 150, 100)


@pytest.mark.parametrize(
    ("acknowledged", "newest", "sent"),
    [
        (120, 4, 140),  # package 5 is still on its way
        (120, 5, 120),  # package 5 came, yet something before it is missing
        (140, 5, 140),
        (60, 4, 60),  # the city was restored
        (0, 5, 0),  # the whole differs: everything again
    ],
)
def test_a_receipt_sets_what_is_acknowledged_and_what_must_be_sent_again(
    acknowledged: int, newest: int, sent: int
) -> None:
    after = LIFE.confirmed(acknowledged, newest, Seen(1, 9))
    assert (after.acknowledged, after.sent, after.seen) == (acknowledged, sent, Seen(1, 9))
