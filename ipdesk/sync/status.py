"""Tell how the exchange stands, and what two people still have to confirm before the first export."""

from collections.abc import Mapping
from pathlib import Path

from ipdesk.kinds.deciding import CONFLICT, CORRECTION
from ipdesk.kinds.declare import Values
from ipdesk.kinds.sync import DEVICE, PACKAGE
from ipdesk.problems import Refusal
from ipdesk.store import Store
from ipdesk.sync.devices import Device, counties, devices, keys_of, ring, unit_name
from ipdesk.sync.keys import write_key_backup
from ipdesk.sync.life import Life
from ipdesk.sync.rotation import CONFIRMED, TROUBLE
from ipdesk.sync.standing import Standing, whole

_TOLD = ("unit", "epoch", "incarnation", "sequence", "rows", "accepted", "acknowledged", "file_name", "at")
_OPEN = "open"
_PUT_AWAY = "请确认市局密钥备份已存放到这台电脑以外的地方，并与打印的恢复码分开保管"


def status(store: Store) -> dict[str, object]:
    """Return how the exchange stands, as JSON.

    ``unsent`` rows changed since the last package, ``unconfirmed`` ones are not yet acknowledged by the city. By the
    newest receipt ``gaps`` are the package numbers that never reached the city, ``unhealed`` those of them that no
    later package filled, ``quarantined`` says why packages were set aside. At the city the last package is the last
    one received, and ``units`` says the same of every county. ``open_conflicts`` and ``open_corrections`` are what
    people have still to decide or to answer.
    """
    office, life = store.office, Life.of(store)
    county = office.role == "county"
    receipt = _last(store, "receipt", "in" if county else "out")
    return {
        "unsent": store.unsent(office.unit_code, life.sent) if county else 0,
        "unconfirmed": store.unsent(office.unit_code, life.acknowledged) if county else 0,
        "last_package": _shown(_last(store, "package", "out" if county else "in")),
        "last_receipt": _shown(receipt),
        "gaps": _gaps(receipt) if county else [],
        "unhealed": _unhealed(store, life, receipt) if county else [],
        "quarantined": _told(receipt, "\n", "quarantined") if county else [],
        "units": [] if county else [_unit(store, device) for device in counties(store)],
        "enrolled": [device.unit for device in devices(store) if device.live],
        "open_conflicts": len(store.find(CONFLICT, state=_OPEN)),
        "open_corrections": len(store.find(CORRECTION, state=_OPEN)),
    }


def _told(package: Values | None, between: str, name: str) -> list[str]:
    """Return what a package's list holds under a name."""
    return [part for part in str((package or {}).get(name) or "").split(between) if part]


def _gaps(receipt: Values | None) -> list[int]:
    return [int(number) for number in _told(receipt, ",", "gaps")]


def _unhealed(store: Store, life: Life, receipt: Values | None) -> list[int]:
    """Return the gaps whose packages went beyond what the city acknowledges by now."""
    sent = [r.values for r in store.find(PACKAGE, direction="out", type="package", epoch=life.epoch)]
    beyond = {p["sequence"] for p in sent if whole(p.get("high")) > life.acknowledged}
    return [number for number in _gaps(receipt) if number in beyond]


def _unit(store: Store, device: Device) -> dict[str, object]:
    """Return how the living device of a county stands at the city."""
    standing = Standing.of(store, device.unit)
    return {
        "unit": device.unit,
        "device": device.device,
        "sequence": standing.sequence,
        "acknowledged": standing.acknowledged,
        "gaps": standing.gaps,
        "unhealed": standing.unhealed,
        "quarantined": [item["reason"] for item in standing.quarantined],
    }


def _last(store: Store, kind: str, direction: str) -> Values | None:
    found = [r.values for r in store.find(PACKAGE, direction=direction, type=kind)]
    return max(found, key=lambda r: (str(r.get("at")), int(str(r.get("sequence") or 0))), default=None)


def _shown(package: Values | None) -> Mapping[str, object] | None:
    return {name: package[name] for name in _TOLD if name in package} if package else None


def asked_again(store: Store) -> bool:
    """Tell whether the newest receipt asks a county for what it sent, though nothing was lost or set aside on the way.

    So it is where the city found the whole to differ from what the county's header says, or undid a receiving.
    """
    life, receipt = Life.of(store), _last(store, "receipt", "in")
    if receipt is None or receipt.get("gaps") or receipt.get("quarantined"):
        return False
    sent = [r.values for r in store.find(PACKAGE, direction="out", type="package", epoch=life.epoch)]
    return life.sent < max((whole(package.get("high")) for package in sent), default=0)


def fingerprint(store: Store) -> str:
    """Return this device's own fingerprint, which the other side compares over the phone."""
    return keys_of(store).public.fingerprint


def reminders(store: Store) -> list[str]:
    """Return what is still to be confirmed, one sentence each; a workspace without a password counts as confirmed."""
    if not store.office.locked:
        return []
    open_ones = [d for d in devices(store) if d.live and not d.record.values.get("confirmed")]
    told = [f"请打电话与{unit_name(d.unit)}核对密钥指纹：{d.keys.fingerprint}" for d in open_ones]
    if store.office.role == "city" and not store.setting(CONFIRMED):
        told.append(str(store.setting(TROUBLE) or _PUT_AWAY))
    return told


def confirm(store: Store, unit: str) -> None:
    """Note that the fingerprint of a unit's living device was compared over the phone."""
    found = [d for d in devices(store, unit) if d.live]
    if not found:
        raise Refusal(f"{unit_name(unit)}还没有开通，没有指纹可核对")
    with store.act(f"核对{unit_name(unit)}的密钥指纹", "同步") as act:
        act.upsert(DEVICE, [{**d.record.values, "confirmed": True} for d in found])


def back_up_keys(store: Store, recovery_key: str, file: Path) -> None:
    """Write the city's key backup, which only the printed recovery key opens; to be done when a city is made."""
    if not recovery_key:
        raise Refusal("没有口令的工作区没有恢复码，不做密钥备份")
    write_key_backup(keys_of(store), recovery_key, file, ring(store)[1:])


def confirm_backup(store: Store) -> None:
    """Note that the key backup was put into a safe place."""
    with store.act("确认密钥备份已存放", "同步") as act:
        act.keep(CONFIRMED, True)
