"""Know who is who: this device's keys, the devices enrolled here, and whose signature a file must carry."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ipdesk.codes import code_table
from ipdesk.kinds.sync import DEVICE
from ipdesk.problems import Refusal
from ipdesk.records import Record
from ipdesk.store import Act, Store
from ipdesk.sync import lives
from ipdesk.sync.announcing import announcements
from ipdesk.sync.container import FORGED, UNKNOWN, Header
from ipdesk.sync.keys import DeviceKeys, PublicKeys, make_keys

_KEYS, BEFORE = "keys", "keys_before"
EARLIER, REVOKED = "city_keys_before", "revoked"
_REVOKED = "{}的这把密钥已作废，不再接收用它签名的文件，请与对方核对"


def unit_name(unit: str) -> str:
    """Return what people call a unit."""
    return code_table("regions").label(unit)


def keys_of(store: Store) -> DeviceKeys:
    """Return this device's secrets, made when a workspace is first asked for them."""
    kept = store.setting(_KEYS)
    if isinstance(kept, Mapping):
        return DeviceKeys(kept["seed"], kept["identity"])
    made = make_keys()
    with store.act("生成本机密钥", "同步") as act:
        act.keep(_KEYS, made.as_json())
    return made


def ring(store: Store) -> list[DeviceKeys]:
    """Return all secrets this device ever had, the present ones first: what was sent to old ones stays readable."""
    kept = store.setting(BEFORE)
    before = kept if isinstance(kept, list) else []
    return [keys_of(store), *(DeviceKeys(one["seed"], one["identity"]) for one in before)]


def renew(store: Store, act: Act, further: Iterable[DeviceKeys] = ()) -> DeviceKeys:
    """Give this device new secrets; those it had, and ``further`` ones, go on opening what was sent to them."""
    made = make_keys()
    put(store, act, made, further)
    return made


def put(store: Store, act: Act, made: DeviceKeys, further: Iterable[DeviceKeys] = ()) -> None:
    """Keep new secrets before all others."""
    act.keep(BEFORE, [one.as_json() for one in dict.fromkeys((*further, *ring(store)))])
    act.keep(_KEYS, made.as_json())


@dataclass(frozen=True, slots=True)
class Device:
    """An enrolled device as this workspace knows it."""

    record: Record
    unit: str
    device: str
    keys: PublicKeys
    live: bool

    @classmethod
    def of(cls, record: Record) -> "Device":
        """Return the device that a record tells of."""
        told = record.values
        keys = PublicKeys(str(told["signing_key"]), str(told["recipient"]))
        live = not told.get("superseded") and not told.get("revoked")
        return cls(record, str(told["unit"]), str(told["device"]), keys, live)


def devices(store: Store, unit: str | None = None) -> list[Device]:
    """Return the enrolled devices, of one unit or of all."""
    return [Device.of(r) for r in store.find(DEVICE, **({"unit": unit} if unit else {}))]


def city_of(store: Store) -> Device:
    """Return the city that this county is enrolled with; refused while it is not."""
    for device in devices(store):
        if device.live and device.record.values.get("role") == "city":
            return device
    raise Refusal("本单位还没有开通：请先导出开通申请交市局，拿到授权文件后安装")


def counties(store: Store) -> list[Device]:
    """Return the living devices of the counties enrolled with this city, by unit."""
    return sorted((d for d in devices(store) if d.live), key=lambda device: device.unit)


def signer(store: Store, header: Header, *, aside: bool = False) -> PublicKeys:
    """Return the keys by which a file must be signed; who may not send is refused in one sentence.

    What was set ``aside`` came while its device was the living one, so it still counts once another took its place.
    """
    if (header.unit, header.device) == (store.office.unit_code, store.office.device):
        own = [keys.public for keys in ring(store)]
        return next((keys for keys in own if keys.id == header.key), own[0])
    known = devices(store, header.unit)
    if header.type == "request" or (header.type == "grant" and _introduces(header, known)):
        return introduced(header)
    found = next((d for d in known if d.device == header.device), None)
    if found is None:
        raise Refusal(_unknown(header, bool(known)))
    if not found.live and (found.record.values.get("revoked") or not aside):
        raise Refusal(_retired(found))
    if is_revoked(store, header.key):
        raise Refusal(_REVOKED.format(unit_name(found.unit)))
    trusted = next((k for k in (found.keys, *_earlier(store)) if k.id == header.key), None)
    if trusted is None:
        raise Refusal(FORGED)
    return trusted


def _introduces(header: Header, known: list[Device]) -> bool:
    """Tell whether a grant may bring keys that are not known here: the first ones, or those the known ones announce."""
    return not known or any(d.live and header.key != d.keys.id and announced(header, d.keys) for d in known)


def announced(header: Header, by: PublicKeys) -> bool:
    """Tell whether a file carries the word of older keys that those it introduces itself with come after them."""
    told = announcements(header.claims)
    return any(one.keys == introduced(header) and one.is_by(by) for one in told)


def is_revoked(store: Store, key: str) -> bool:
    """Tell whether keys were revoked, as far as the store or this PC remembers."""
    kept = store.setting(REVOKED)
    return (isinstance(kept, list) and key in kept) or bool(lives.remembered(store, f"{REVOKED}.{key}"))


def revoke_key(store: Store, act: Act, key: str) -> None:
    """Refuse keys from now on, also after this store is restored."""
    kept = store.setting(REVOKED)
    lives.remember(store, {f"{REVOKED}.{key}": 1})
    act.keep(REVOKED, sorted({*(kept if isinstance(kept, list) else ()), key}))


def _earlier(store: Store) -> list[PublicKeys]:
    """Return the keys that this county's city had before; what it signed with them and is late still counts."""
    kept = store.setting(EARLIER)
    return [PublicKeys(one["signing"], one["recipient"]) for one in kept] if isinstance(kept, list) else []


def introduced(header: Header) -> PublicKeys:
    """Return the keys that a request or a grant introduces itself with, for people to compare."""
    try:
        keys = PublicKeys.read(header.claims.inner("keys").raw)
    except ValueError:
        raise Refusal("文件里的公钥不合规定，请对方重新导出") from None
    if header.key != keys.id:
        raise Refusal(FORGED)
    return keys


def asking(header: Header) -> PublicKeys:
    """Return the keys that a request introduces itself with; nothing else may come unencrypted."""
    if header.type != "request":
        raise Refusal(UNKNOWN)
    return introduced(header)


def _unknown(header: Header, enrolled: bool) -> str:
    name = f"{unit_name(header.unit)}（{header.unit}）"
    if not enrolled:
        return f"{name}还没有在这里开通，请先办理开通再收取"
    return f"{name}的这台设备没有开通过（已开通的是另一台），或署名单位与签名不符，请与对方核对"


def _retired(device: Device) -> str:
    name = unit_name(device.unit)
    if device.record.values.get("revoked"):
        return f"{name}的这台设备的密钥已作废，不再接收它的文件，请与对方核对"
    return f"{name}已换用新设备，这台旧设备的文件不再接收，请用新设备导出"
