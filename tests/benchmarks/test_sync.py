"""A package costs little more than reading its rows and writing them as compressed JSON, and fits a small memory."""

import json
import time
import tracemalloc
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
import zstandard

from db.store import SqlStore
from ipdesk import sync
from ipdesk.kinds.declare import Values
from ipdesk.sync.rows import line
from tests.ipdesk.sync.world import World

ROWS = 12_000
RATIO = 2.0
MEGABYTES = 15


@pytest.fixture
def county(make_store: Callable[..., SqlStore], tmp_path: Path) -> SqlStore:
    """Return an enrolled county with many rows."""
    store = World(make_store, tmp_path).county()
    enterprise, case = store.catalogue.kind("enterprise"), store.catalogue.kind("case")
    with store.act("新增", "测试") as act:
        for number in range(ROWS // 2):
            named: Values = {
                "enterprise_name": f"盐城市第{number}机械制造有限公司",
                "uscc": f"91320981{number:010}",
            }
            key = act.add(enterprise, {"unit_code": "320981", "staff_count": number, **named})
            dated: Values = {"filing_date": "2023-05-06", "cert_valid_to": "2026-07-31"}
            act.add(
                case, {"enterprise_id": key.id, "stage": "ST15", "contact_phone": f"139{number:08}", **dated}
            )
    return store


def plain(store: SqlStore) -> bytes:
    """Return the same rows as compressed JSON and nothing more."""
    compressor = zstandard.ZstdCompressor(level=3).compressobj()
    packed = bytearray()
    for kind in store.catalogue.travelling:
        for record in store.changed_since(kind, store.office.unit_code, 0):
            packed += compressor.compress(json.dumps(line(record), ensure_ascii=False).encode() + b"\n")
    return bytes(packed + compressor.flush())


def seconds(deed: Callable[[], object]) -> float:
    """Return how long something takes."""
    start = time.perf_counter()
    deed()
    return time.perf_counter() - start


def test_a_package_takes_little_longer_than_plain_json(
    benchmark: Callable[..., None], county: SqlStore, tmp_path: Path
) -> None:
    ratios: list[float] = []

    def both() -> None:
        bare = seconds(lambda: plain(county))
        ratios.append(seconds(lambda: sync.export(county, tmp_path / str(len(ratios)))) / bare)

    benchmark.pedantic(both, rounds=3, warmup_rounds=1)  # type: ignore[attr-defined]  # no types are published
    benchmark.extra_info["ratio"] = min(ratios)  # type: ignore[attr-defined]
    assert min(ratios) <= RATIO, ratios
    (file,) = (tmp_path / "0").iterdir()
    assert file.stat().st_size < 1.5 * len(plain(county))


def test_export_and_inspection_stream_their_rows(
    benchmark: Callable[..., float], county: SqlStore, tmp_path: Path
) -> None:
    numbers = count()

    def peak() -> float:
        tracemalloc.start()
        (file,) = sync.export(county, tmp_path / f"traced{next(numbers)}")
        assert sync.inspect(county, file).valid
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most / 2**20

    most = benchmark.pedantic(peak, rounds=1)  # type: ignore[attr-defined]  # no types are published
    benchmark.extra_info["megabytes"] = most  # type: ignore[attr-defined]
    assert most < MEGABYTES
