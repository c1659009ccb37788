"""A city with as many rows as ``IPDESK_BENCH_ROWS`` says (20,000; the measure of the design is 100,000).

``IPDESK_BENCH_STORE`` names a folder in which the workspace is kept: made when it is not there, used again later.
"""

import os
import random
from functools import partial
from pathlib import Path

import uuid_utils

from db import workspace
from db.store import SqlStore
from ipdesk.codes import code_table
from ipdesk.kinds import catalogue
from ipdesk.records import Record, RecordKey, Version

ROWS = int(os.environ.get("IPDESK_BENCH_ROWS", "20000"))
LIMIT = 0.016  # seconds: one frame of the screen
SYLLABLES = "锦盛恒瑞新越永长荡华宇天诚鑫达海润金鹏宏远东方康泰龙腾兴隆"
TRADES = ("机械制造", "新材料科技", "纺织服饰", "农业发展", "电气设备", "生物医药")


def city(folder: Path) -> SqlStore:
    """Return the city's store: the one kept, or one made in a folder."""
    kept = os.environ.get("IPDESK_BENCH_STORE")
    folder = Path(kept) if kept else folder
    if folder.is_dir():
        return workspace.open_store(folder, catalogue())
    create = partial(workspace.create, folder, catalogue(), role="city", unit_code="320900")
    store, _key = create(office_name="盐城市知识产权局", password=None)
    fill(store)
    return store


def fill(store: SqlStore) -> None:
    """Write many rows of every unit, as packages bring them."""
    chance = random.Random(2022)
    units = [code.code for code in code_table("regions").codes]
    enterprises, cases = [], []
    for number in range(ROWS):
        above, key = (RecordKey(units[number % len(units)], str(uuid_utils.uuid7())) for _ in range(2))
        name = f"东台{''.join(chance.choices(SYLLABLES, k=2))}{chance.choice(TRADES)}有限公司"
        told = {"unit_code": above.owner, "enterprise_name": name, "uscc": f"91{above.owner}MA1{number:07}"}
        enterprises.append(Record("enterprise", above, told, Version(1, 1, "a")))
        said = {"enterprise_id": above.id, "stage": "ST15", "cert_no": f"165IP{number:06}R0M"}
        cases.append(Record("case", key, said, Version(1, 1, "a")))
    with store.act("收包", "测试") as act:
        act.merge(store.catalogue.kind("enterprise"), enterprises)
        act.merge(store.catalogue.kind("case"), cases)


def share(taken: list[float], part: float) -> float:
    """Return below which part of the limit so many of the times lie (``part`` 0.99: of a hundred, 99)."""
    ordered = sorted(taken)
    return ordered[max(0, -(-len(ordered) * round(part * 100) // 100) - 1)] / LIMIT
