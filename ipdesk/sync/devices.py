"""Know who is who: this device's keys, the devices enrolled here, and whose signature a file must carry."""

from collections.abc import Mapping
from dataclasses import dataclass

from ipdesk.codes import code_table
from ipdesk.kinds.sync import DEVICE
from ipdesk.problems import Refusal
from ipdesk.records import Record
from ipdesk.store import Store
from ipdesk.sync.container import FORGED, UNKNOWN, Header
from ipdesk.sync.keys import DeviceKeys, PublicKeys, make_keys

_KEYS = "keys"


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


def signer(store: Store, header: Header) -> PublicKeys:
    """Return the keys by which a file must be signed; who may not send is refused in one sentence."""
    if (header.unit, header.device) == (store.office.unit_code, store.office.device):
        return keys_of(store).public
    known = devices(store, header.unit)
    if header.type == "request" or (header.type == "grant" and not known):
        return introduced(header)
    found = next((d for d in known if d.device == header.device), None)
    if found is None:
        raise Refusal(_unknown(header, bool(known)))
    if not found.live:
        raise Refusal(_retired(found))
    if header.key != found.keys.id:
        raise Refusal(FORGED)
    return found.keys


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
