"""A page of a search is there before the next key is pressed, and long before a plain scan would be through."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from db.store import SqlStore
from ipdesk.records import Ask, Filter, Query
from tests.benchmarks.city import LIMIT, ROWS, city, share

PAGE, TURNS = 32, 5
SHARE = 0.1  # of the time that a scan takes: what a slower machine is allowed
WORDS = (
    *(
        "",
        "公",
        "有限",
        "新材料",
        "锦",
        "锦盛",
        "机",
        "智能装",
        "㛃",
    ),  # one to three characters, common and rare
    *("d", "dt", "js", "jsx", "yxgs"),  # initials
    *("9", "91", "MA1", "IP", "0M", "9132", "91320981", "91320999", "165IP05"),  # pieces of codes
    *("锦 机", "盛 91"),
)
EVERY = (Filter("stage", Ask.IN, ("ST15",)),)
WAYS = {
    "plain": Query(),
    "sorted": Query(order=(("enterprise_name", False),)),
    "filtered": Query(filters=EVERY),
    "filtered and sorted": Query(filters=EVERY, order=(("uscc", True),)),
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    """Return a city's store with many rows of every unit."""
    made = city(tmp_path / "市")
    yield made
    made.close()


def seconds(deed: Callable[[], object]) -> float:
    """Return how long something takes."""
    start = time.perf_counter()
    deed()
    return time.perf_counter() - start


def scan(store: SqlStore, words: str) -> None:
    """Find a page as a store without an index does: every row looked at, sorted, cut off."""
    ledger = store.catalogue.ledger("guanbiao")
    asked = tuple(Filter("enterprise_name", Ask.HAS, (word,)) for word in words.split())
    store.rows(ledger, store.keys(ledger, Query(filters=asked, order=(("unit_code", False),), limit=PAGE)))


def test_a_page_is_there_while_typing(benchmark: Callable[..., None], store: SqlStore) -> None:
    ledger = store.catalogue.ledger("guanbiao")
    taken: dict[str, list[float]] = {}

    def page(asked: Query, words: str) -> None:
        store.rows(ledger, store.keys(ledger, replace(asked, search=words, limit=PAGE)))

    def typed() -> None:
        for name, asked in WAYS.items():
            for _ in store.keys_in_parts(ledger, asked):  # as the list does once nothing is typed
                pass
            taken[name] = [seconds(partial(page, asked, words)) for _ in range(TURNS) for words in WORDS]

    page(Query(), "")
    benchmark.pedantic(typed, rounds=1)  # type: ignore[attr-defined]  # no types are published
    rival = sorted(seconds(partial(scan, store, words)) for words in WORDS)[len(WORDS) // 2]
    told: dict[str, object] = benchmark.extra_info  # type: ignore[attr-defined]
    told[f"rows {ROWS:,}, questions"] = sum(map(len, taken.values()))
    for name, times in taken.items():
        told.update({f"{name}: p{part * 100:.0f} / 16 ms": share(times, part) for part in (0.5, 0.99)})
    worst = max(share(times, 0.99) for times in taken.values()) * LIMIT
    told["worst p99 / scan of the rows"] = worst / rival
    assert worst <= max(LIMIT, SHARE * rival)
