"""A city with two counties in real conflict, made once and copied for each test of the desks."""

import os
import shutil
import zlib
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from db import workspace
from db.store import SqlStore
from ipdesk import sync
from ipdesk.actions import corrections
from ipdesk.actions.ledger import add as add_row
from ipdesk.kinds import catalogue
from ipdesk.kinds.declare import Ledger
from ipdesk.records import RecordKey
from ipdesk.store import Role
from ipdesk.sync import Plan
from ipdesk.sync.corrections import listed
from tests.ipdesk.sync.world import DONGTAI, JIANHU, World

SHARED = {"enterprise_name": "江苏盐阜精密机械有限公司", "uscc": "91320981MAN2J1K637", "stage": "ST08"}
LIKE = {"enterprise_name": "东台盛程纺织有限责任公司", "stage": "ST08"}
FIRMS = (
    {
        "enterprise_name": "东台喆䶮新材料有限公司",
        "uscc": "91320981MABJ1XG60Q",
        "stage": "ST15",
        "standard_code": "SD2",
        "contact_name": "卢𬭛",
        "contact_phone": "13900000000",
        "remark": "初次填报",
    },
    {"enterprise_name": "东台盛程纺织有限公司", "stage": "ST08", "contact_phone": "13812345678"},
    SHARED,
)


@dataclass(frozen=True)
class Scene:
    """Where the city's workspace lies, and packages that were not received yet."""

    city: Path
    markers: Path
    fresh: Path
    fork: Path
    broken: Path


def ledger_of(store: SqlStore) -> Ledger:
    return store.catalogue.ledger("guanbiao")


def add(store: SqlStore, row: dict[str, str]) -> RecordKey:
    unit = store.office.unit_code
    return add_row(store, ledger_of(store), {"unit_code": unit, "uscc": code(unit, row), **row}, "表单")


def code(unit: str, row: dict[str, str]) -> str:
    """Return a valid code made from a firm's name."""
    from stdnum.cn import uscc

    number = f"91{unit}MA{zlib.crc32(row['enterprise_name'].encode()) % 10_000_000:07d}"
    return number + uscc.calc_check_digit(number)


def change(store: SqlStore, key: RecordKey, **values: str) -> None:
    from ipdesk.actions.ledger import change as change_row

    change_row(store, ledger_of(store), key, values, "表单")


def build(folder: Path) -> Scene:
    """Make the counties and the city, and let them exchange."""
    kinds, numbers, opened = catalogue(), count(1), []

    def make(role: Role = "county", unit: str = DONGTAI, office_name: str = "某局") -> SqlStore:
        store, _ = workspace.create(
            folder / f"{unit}-{next(numbers)}",
            kinds,
            role=role,
            unit_code=unit,
            office_name=office_name,
            password=None,
        )
        opened.append(store)
        return store

    world = World(make, folder)
    dongtai, jianhu = world.county(DONGTAI), world.county(JIANHU)
    keys = [add(dongtai, row) for row in FIRMS]
    for row in (SHARED, LIKE, {"enterprise_name": "建湖华烁照明有限公司", "stage": "ST15"}):
        add(jianhu, row)
    world.round(dongtai)
    world.round(jianhu)
    sync.expect(world.city, Plan("quarter", 10, f"{date.today().year - 1}-Q4"))
    dongtai = _two_lives(world, dongtai, keys[0], folder)
    _asked(world, dongtai, keys)
    fork, fresh = _two_copies(world, jianhu, folder), _later(world, dongtai, keys[1])
    broken = world.fresh() / "坏了的.ipk"
    broken.write_bytes(fresh.read_bytes()[:-40])
    scene = Scene(world.city.folder, Path(os.environ["IPDESK_MARKERS"]), fresh, fork, broken)
    world.close()
    for store in opened:
        store.close()
    return scene


def _opened(world: World, folder: Path) -> SqlStore:
    store = workspace.open_store(folder, catalogue())
    world.made(store)
    sync.awake(store)
    return store


def _two_lives(world: World, store: SqlStore, key: RecordKey, folder: Path) -> SqlStore:
    """Let a county be restored, and both of its lives write the same fields."""
    backup = folder / "备份"
    store.close()
    shutil.copytree(store.folder, backup)
    first = _opened(world, store.folder)
    change(first, key, remark="第一份工作区改的", contact_phone="13911112222")
    _received(world, world.up(first))
    first.close()
    shutil.rmtree(first.folder)
    shutil.copytree(backup, first.folder)
    second = _opened(world, first.folder)
    change(second, key, remark="恢复以后改的", contact_phone="13933334444", stage="ST08")
    _received(world, world.up(second))
    return second


def _received(world: World, file: Path) -> None:
    told = sync.receive(world.city, [file])
    assert not told.refused, told.refused


def _asked(world: World, county: SqlStore, keys: list[RecordKey]) -> None:
    """Let the city ask for three changes: one answered, one overdue, one open."""
    ledger = ledger_of(world.city)
    (answered, *_rest) = (
        corrections.propose(world.city, ledger, row, {name: value}, why, due)
        for row, name, value, why, due in (
            (world.city.rows(ledger, [keys[1]])[0], "remark", "请核对", "备注不能空着", None),
            (
                world.city.rows(ledger, [keys[1]])[0],
                "contact_name",
                "张三",
                "电话里问到的",
                date.today() - timedelta(days=3),
            ),
            (
                world.city.rows(ledger, [keys[2]])[0],
                "remark",
                "市里登记过",
                "补充来源",
                date.today() + timedelta(days=20),
            ),
        )
    )
    assert not sync.receive(county, [world.down(DONGTAI)]).refused
    first = next(one for one in listed(county) if one.digest == answered[0])
    corrections.answer(county, first, yes=True)
    _received(world, world.up(county))


def _two_copies(world: World, store: SqlStore, folder: Path) -> Path:
    """Let a county work on two copies; return the package of the second, which waits."""
    copies, files = [folder / "拷贝一", folder / "拷贝二"], []
    store.close()
    before = os.environ["IPDESK_MARKERS"]
    for number, copy in enumerate(copies):
        shutil.copytree(store.folder, copy)
        os.environ["IPDESK_MARKERS"] = str(folder / f"markers{number}")
        opened = _opened(world, copy)
        add(opened, {"enterprise_name": f"建湖第{'一二'[number]}份有限公司", "stage": "ST15"})
        files.append(world.up(opened))
    os.environ["IPDESK_MARKERS"] = before
    _received(world, files[0])
    return files[1]


def _later(world: World, county: SqlStore, key: RecordKey) -> Path:
    """Return a package with an addition and a change."""
    add(
        county, {"enterprise_name": "东台㛃华农业发展有限公司", "uscc": "91320981MAQHJRWT8Y", "stage": "ST15"}
    )
    change(county, key, contact_phone="13700001111")
    return world.up(county)
