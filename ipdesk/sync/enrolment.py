"""Let a county and the city get to know each other's keys: request, grant, installation (sync rule 10)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ipdesk.clock import now
from ipdesk.codes import code_table
from ipdesk.files import digest, write_bytes
from ipdesk.kinds.declare import Values
from ipdesk.kinds.sync import DEVICE
from ipdesk.problems import Refusal
from ipdesk.resources import resource
from ipdesk.store import Store
from ipdesk.sync import channel, lives, rotation
from ipdesk.sync.announcing import FIELD, announcements
from ipdesk.sync.claims import ANY, DIGEST, UNIT, WORD
from ipdesk.sync.container import (
    ZIP,
    Container,
    Header,
    begun,
    open_sealed,
    open_signed,
    pack_lines,
    read_file,
    seal,
    sign,
)
from ipdesk.sync.devices import (
    Device,
    announced,
    asking,
    devices,
    introduced,
    is_revoked,
    keys_of,
    ring,
    unit_name,
)
from ipdesk.sync.keys import PublicKeys
from ipdesk.sync.life import LEAP, Life, Seen
from ipdesk.sync.lives import settle, towards
from ipdesk.sync.standing import Standing, whole

TABLES = "code_tables"
_NEW_KEYS = (
    "{0}的这台设备已经开通过，这份申请换了密钥。请与对方电话核对，确是对方换的，请选择“替换旧设备”再受理一次"
)
Write = Callable[[Path, bytes], None]
_REQUESTS, _GRANTS, _HELD = "requests", "grants", "grant_held"
_LEAP = "这份申请里的授权编号不合情理，没有受理，请与对方核对"
_SECOND = (
    "{0}已经开通过另一台设备。确要换用这台，请选择“替换旧设备”再受理一次：旧设备从此不能再上报，"
    "它没有上报的内容不会自动转过来"
)


def request(store: Store, file: Path, write: Write = write_bytes) -> str:
    """Write this county's request for enrolment and return its fingerprint, to be told over the phone.

    ``write`` may refuse a file that is already there.
    """
    if store.office.role != "county":
        raise Refusal("开通申请由县（市、区）导出，市局只受理申请")
    keys, life = keys_of(store), Life.of(store)
    manifest = {
        **begun("request", keys, keys.public),
        "unit": store.office.unit_code,
        "device": store.office.device,
        "schema": store.schema,
        "epoch": life.epoch,
        "incarnation": life.incarnation,
        "sequence": 0,
        "office_name": store.office.office_name,
        "keys": keys.public.as_json(),
        _HELD: _held(store),
    }
    signed = sign(manifest, {}, keys)
    write(file, signed.data)
    with store.act("导出开通申请", file.name) as act:
        act.keep(_REQUESTS, sorted({*_requests(store), signed.header.digest}))
    return keys.public.fingerprint


def _requests(store: Store) -> list[str]:
    """Return the digests of the requests this workspace made; a grant answers one of them."""
    kept = store.setting(_REQUESTS)
    return [str(item) for item in kept] if isinstance(kept, list) else []


def _held(store: Store) -> Seen:
    """Return the number of the newest grant installed here: a city that was restored must go on above it."""
    cities = (one.record.values for one in devices(store) if one.live)
    numbers = (Seen(whole(c.get("grant_incarnation")), whole(c.get("grant_number"))) for c in cities)
    return max(numbers, default=Seen(0, 0))


def accept(
    store: Store, request_file: Path, grant_file: Path, *, supersede: bool = False, write: Write = write_bytes
) -> str:
    """Answer a county's request with a grant and return the county's fingerprint, to be compared over the phone.

    A second device of a unit is refused unless ``supersede`` says that it takes the first one's place.
    """
    if store.office.role != "city":
        raise Refusal("开通申请由市局受理，县（市、区）只安装市局给的授权文件")
    asked = _asked(request_file).header
    others = _others(store, asked, supersede=supersede)
    settle(store)
    number = _next_number(store, _told(asked))
    write(grant_file, _grant(store, asked, number))
    with store.act(f"开通{unit_name(asked.unit)}", request_file.name) as act:
        act.upsert(DEVICE, [{**device.record.values, "superseded": True} for device in others])
        rotation.note_granted(store, act, asked.device)
        act.upsert(DEVICE, [_row(asked, "county", Seen(Life.of(store).incarnation, number), asked.digest)])
    return introduced(asked).fingerprint


def _next_number(store: Store, held: Seen) -> int:
    """Return the number of a further grant, used up at once and above the one that the asking county holds.

    The file is out before the store can know of it: a number told twice would make a county refuse the second. Who
    holds a grant of a later life of this city shows that the city was restored.
    """
    life, granted = Life.of(store), _granted(store)
    after = life.risen(held) if held.incarnation > life.incarnation else life
    same = held.number if held.incarnation == life.incarnation else 0
    if held.incarnation > life.incarnation + LEAP or same > granted + LEAP:
        raise Refusal(_LEAP)
    number = max(granted, same) + 1
    lives.remember(store, {_GRANTS: number})
    with towards(store, after), store.act("授权编号", "同步") as act:
        if after != life:
            after.keep(act)
        act.keep(_GRANTS, number)
    return number


def _granted(store: Store) -> int:
    """Return how many grants were numbered so far, by this store or, before it was restored, on this PC."""
    kept = store.setting(_GRANTS)
    return max(kept if isinstance(kept, int) else 0, lives.remembered(store, _GRANTS))


def _told(asked: Header) -> Seen:
    """Return the number of the newest grant that an asking county holds; an older program tells of none."""
    return Seen(*asked.claims.numbers(_HELD, 2)) if _HELD in asked.claims.raw else Seen(0, 0)


def _asked(file: Path) -> Container:
    """Return a county's request, checked."""
    data = read_file(file)
    if not data.startswith(ZIP):
        raise Refusal(f"“{file.name}”不是开通申请，或已损坏，请让县里重新导出申请")
    asked = open_signed(data, asking)
    unit = code_table("regions").get(asked.header.unit)
    if unit is None or unit.attributes["unit_type"] == "市本级":
        raise Refusal(f"“{file.name}”不是县（市、区）的开通申请，请核对是否拿错了文件")
    return asked


def _others(store: Store, asked: Header, *, supersede: bool) -> list[Device]:
    """Return the unit's living devices that the asking one takes the place of."""
    known, keys = devices(store, asked.unit), introduced(asked)
    if any(d.record.values.get("revoked") and (d.keys == keys or d.device == asked.device) for d in known):
        raise Refusal(
            f"{unit_name(asked.unit)}的这台设备的密钥已作废，不能再开通，请在新建的工作区里重新申请"
        )
    others = [d for d in known if d.live and (d.device, d.keys) != (asked.device, keys)]
    if others and not supersede and others[0].device == asked.device:
        raise Refusal(_NEW_KEYS.format(unit_name(asked.unit)))
    if others and not supersede:
        raise Refusal(_SECOND.format(unit_name(asked.unit)))
    return [d for d in others if d.device != asked.device]


def _row(header: Header, role: str, number: Seen, request_hash: str) -> Values:
    keys = introduced(header)
    return {
        "unit": header.unit,
        "device": header.device,
        "role": role,
        "office_name": header.claims.text("office_name"),
        "signing_key": keys.signing,
        "recipient": keys.recipient,
        "request_hash": request_hash,
        "grant_incarnation": number.incarnation,
        "grant_number": number.number,
        "enrolled_at": now(),
        "confirmed": False,
        "superseded": False,
    }


def _grant(store: Store, asked: Header, number: int) -> bytes:
    keys, life, to = keys_of(store), Life.of(store), introduced(asked)
    tables, published = pack_lines(_tables()), channel.packed(store)
    entries = {f"{TABLES}.jsonl.zst": tables.data}
    resources = [
        tables.resource(TABLES, [{"name": n, "type": "string"} for n in ("table", "digest", "text")])
    ]
    if published:
        entries[f"{channel.RESOURCE}.jsonl.zst"] = published.data
        resources.append(channel.described(published))
    manifest = {
        **begun("grant", keys, to),
        "unit": store.office.unit_code,
        "device": store.office.device,
        "schema": store.schema,
        "at": now(),
        "epoch": life.epoch,
        "incarnation": life.incarnation,
        "sequence": number,
        "office_name": store.office.office_name,
        "keys": keys.public.as_json(),
        "grants": {
            "unit": asked.unit,
            "request": asked.digest,
            "incarnation": Standing.of(store, asked.unit).incarnation,
        },
        FIELD: rotation.announced(store),
        "targets": [],
        "resources": resources,
    }
    return seal(manifest, entries, keys, to).data


def _tables() -> Iterator[dict[str, object]]:
    """Yield the city's code tables, indicators among them."""
    for file in sorted(resource("codes").glob("*.csv")):
        data = file.read_bytes()
        yield {"table": file.stem, "digest": digest(data), "text": data.decode("utf-8-sig")}


@dataclass(frozen=True, slots=True)
class GrantFacts:
    """A grant's own facts: to which unit, on which request, the highest incarnation the city knows of the unit."""

    header: Header
    unit: str
    request: str
    highest: int

    @classmethod
    def read(cls, header: Header) -> "GrantFacts":
        """Return the facts of a grant's header; odd ones refuse the file."""
        grants = header.claims.inner("grants")
        return cls(
            header, grants.text("unit", UNIT), grants.text("request", DIGEST), grants.whole("incarnation")
        )

    @property
    def number(self) -> Seen:
        """Return the grant's number; compared with the city's incarnation before it."""
        return Seen(self.header.incarnation, self.header.sequence)


def install(store: Store, grant_file: Path) -> str:
    """Install the city's grant, once, and return the city's fingerprint, to be compared over the phone."""
    if store.office.role != "county":
        raise Refusal("授权文件由县（市、区）安装，市局不用安装")
    settle(store)
    container = open_sealed(read_file(grant_file), ring(store), _granting)
    facts = GrantFacts.read(container.header)
    _refuse_grant(store, facts)
    rotation.refuse_lower(store, container.header)
    tables, life, published = _other_tables(container), Life.of(store), channel.brought(container)
    after = life.next(facts.highest) if facts.highest >= life.incarnation else life
    found = announcements(facts.header.claims)
    with towards(store, after), store.act("安装市局授权", grant_file.name) as act:
        for city in (one for one in devices(store) if one.live and one.keys != introduced(facts.header)):
            rotation.follow(store, act, city.keys, found)
        act.upsert(DEVICE, [{**city.record.values, "superseded": True} for city in devices(store)])
        act.upsert(DEVICE, [_row(facts.header, "city", facts.number, facts.request)])
        rotation.keep_reader(store, act, facts.header)
        act.keep(TABLES, tables)
        channel.take(store, act, published)
        after.keep(act)
    return introduced(facts.header).fingerprint


def _granting(header: Header) -> PublicKeys:
    """Return the keys by which a grant introduces its city; any other file is refused."""
    if header.type != "grant":
        raise Refusal("这不是授权文件，请核对是否拿错了文件")
    return introduced(header)


def _refuse_grant(store: Store, facts: GrantFacts) -> None:
    """Refuse a grant for another unit or request, an older one, one installed already, one by another city key."""
    if facts.unit != store.office.unit_code:
        raise Refusal(f"这是给{unit_name(facts.unit)}的授权，本单位不能安装，请核对是否拿错了文件")
    if facts.request not in _requests(store):
        raise Refusal("这份授权答复的不是本工作区的申请，不能安装，请用本机导出的申请重新办理")
    for city in (one for one in devices(store) if one.live):
        if city.keys != introduced(facts.header) and _follows(store, city, facts.header):
            continue
        held = Seen(*(whole(city.record.values.get(n)) for n in ("grant_incarnation", "grant_number")))
        if city.keys != introduced(facts.header):
            raise Refusal("授权文件的市局密钥与已安装的不同，可能有人冒名，没有安装，请与市局电话核对")
        if facts.number <= held:
            done = "已经安装过" if facts.number == held else "比已安装的旧"
            raise Refusal(f"这份授权{done}，不用再装")


def _follows(store: Store, city: Device, header: Header) -> bool:
    """Tell whether a city's keys give their word for those of a grant, or were revoked: people compare them anyway."""
    return announced(header, city.keys) or is_revoked(store, city.keys.id)


def _other_tables(container: Container) -> Mapping[str, Mapping[str, str]]:
    """Return the city's code tables that differ from those of this program."""
    own = {str(table["table"]): table["digest"] for table in _tables()}
    found = container.resource(TABLES)
    told = [
        {"table": c.text("table", WORD), "digest": c.text("digest", DIGEST), "text": c.text("text", ANY)}
        for c in (container.lines(found) if found else ())
    ]
    return {table["table"]: table for table in told if own.get(table["table"]) != table["digest"]}
