"""What people look up and do about devices and keys: who is enrolled, the city's key backup, what a backup holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from ipdesk import sync
from ipdesk.actions.workspace import KEY_BACKUP
from ipdesk.problems import Refusal
from ipdesk.store import Store
from ipdesk.sync.devices import Device, devices, is_revoked, keys_of, ring, unit_name
from ipdesk.sync.keys import read_key_ring
from ipdesk.sync.rotation import TROUBLE

State = Literal["own", "live", "open", "superseded", "revoked"]
OWN: Final = "own"
LIVE: Final = "live"
OPEN: Final = "open"
SUPERSEDED: Final = "superseded"
REVOKED: Final = "revoked"
_ORDER: tuple[State, ...] = (OWN, OPEN, LIVE, SUPERSEDED, REVOKED)
_SPOKEN = str.maketrans("0123456789", "零幺二三四五六七八九")
_WRONG = "恢复码不对，请对照打印的恢复码再输一遍"


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A device as people see it: whose, how it stands, by which keys it is known, since when (ISO, or empty)."""

    unit: str
    name: str
    device: str
    state: State
    fingerprint: str
    since: str

    @property
    def is_living(self) -> bool:
        """Tell whether files of the device are taken."""
        return self.state in (OWN, LIVE, OPEN)


def enrolled(store: Store) -> list[Enrolled]:
    """Return this device, then the others by unit, the living ones of a unit before those it had."""
    others = sorted(_others(store), key=lambda one: (one.unit, _ORDER.index(one.state), one.since))
    office = store.office
    own = keys_of(store).public.fingerprint
    return [Enrolled(office.unit_code, unit_name(office.unit_code), office.device, OWN, own, ""), *others]


def _others(store: Store) -> Iterator[Enrolled]:
    for device in devices(store):
        since = str(device.record.values.get("enrolled_at") or "")
        fingerprint, state = device.keys.fingerprint, _state(store, device)
        yield Enrolled(device.unit, unit_name(device.unit), device.device, state, fingerprint, since)


def _state(store: Store, device: Device) -> State:
    told = device.record.values
    if told.get("revoked") or is_revoked(store, device.keys.id):
        return REVOKED
    if told.get("superseded"):
        return SUPERSEDED
    return LIVE if told.get("confirmed") or not store.office.locked else OPEN


def spoken(fingerprint: str) -> str:
    """Return a fingerprint as it is read over the phone, figure by figure, with pauses between its groups."""
    return "，".join(fingerprint.translate(_SPOKEN).split())


# ---------------------------------------------------------------- the city's key backup
def back_up(store: Store, recovery: str, file: Path) -> None:
    """Write the city's key backup under the printed recovery key, to the workspace and to a file, both read again."""
    if store.office.role != "city":
        raise Refusal("密钥备份由市局做；县（市、区）的电脑坏了，请重新申请开通")
    if not store.office.locked:
        raise Refusal("没有口令的工作区没有恢复码，不做密钥备份；请先在“设置”里设置口令")
    if not store.is_recovery(recovery):
        raise Refusal(_WRONG)
    for path in dict.fromkeys((store.folder / KEY_BACKUP, file)):
        path.parent.mkdir(exist_ok=True)
        sync.back_up_keys(store, recovery, path)
        if read_key_ring(recovery, path) != ring(store):
            raise Refusal(f"“{path.name}”写进去又读出来不一样，请换一个地方再存")
    with store.act("密钥备份另存", "同步") as act:
        act.keep(TROUBLE, "")  # whatever the last backup met, there is one now
        act.note("密钥备份另存")


@dataclass(frozen=True, slots=True)
class KeyLook:
    """What a key backup holds: the fingerprint of its newest keys, how many older ones, how they stand to ours.

    ``known`` says that this workspace has all of them already, so that nothing is gained by it.
    """

    fingerprint: str
    older: int
    known: bool


def look_into(store: Store, file: Path, recovery: str) -> KeyLook:
    """Return what a key backup holds, without taking anything; a wrong recovery key or file is refused."""
    newest, *older = found = read_key_ring(recovery, file)
    return KeyLook(newest.public.fingerprint, len(older), set(found) <= set(ring(store)))
