"""Change keys and take them back (sync rule 10): the city's announced by the old ones, a county's by asking again.

A county that has not shown the city's new keys gets receipts signed by those it knows, with the announcement in
them; once it addresses a package to the new ones they sign. Old secrets go on opening what was sent to them.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ipdesk.kinds.declare import Values
from ipdesk.kinds.sync import DEVICE
from ipdesk.problems import Refusal
from ipdesk.store import Act, Store
from ipdesk.sync import lives
from ipdesk.sync.announcing import Announcement, announcements
from ipdesk.sync.container import Header
from ipdesk.sync.devices import (
    BEFORE,
    EARLIER,
    Device,
    city_of,
    counties,
    devices,
    is_revoked,
    put,
    renew,
    revoke_key,
    ring,
    unit_name,
)
from ipdesk.sync.keys import DeviceKeys, PublicKeys, make_keys, read_key_ring, write_key_backup
from ipdesk.sync.standing import whole

SHOWN, ENDED, CONFIRMED = "keys_shown", "keys_ended", "key_backup_confirmed"
TROUBLE = "key_backup_trouble"  # why the last backup of a city's keys was not written
_READER = "reader"
_LOWER = "文件用的是已停用的旧格式，没有接收，请对方升级程序后重新导出"


# ---------------------------------------------------------------- the city
def rotate(store: Store, recovery: str, backup: Path, *, revokes: bool = False) -> str:
    """Give this workspace new keys and return their fingerprint; a county then has to ask for enrolment again.

    At a city the key backup is written anew under the printed recovery key, which a locked workspace must give;
    ``revokes`` lets counties refuse what the old keys signed once they know the new ones.
    """
    if store.office.role != "city":
        with store.act("更换本机密钥", "同步") as act:
            made = renew(store, act)
            act.note("更换本机密钥，需重新申请开通")
        return made.public.fingerprint
    if store.office.locked and not store.is_recovery(recovery):
        raise Refusal("更换市局密钥要用打印的恢复码重做密钥备份，恢复码不对，请核对后重试")
    return _rotate(store, recovery, backup, (), revokes=revokes)


def recover(store: Store, file: Path, recovery: str, backup: Path, *, revokes: bool = False) -> str:
    """Go on after a city was lost: new keys, announced by those of a key backup; return their fingerprint."""
    if store.office.role != "city":
        raise Refusal("密钥备份由市局恢复，县（市、区）请重新申请开通")
    return _rotate(store, recovery, backup, read_key_ring(recovery, file), revokes=revokes)


def _rotate(
    store: Store, recovery: str, backup: Path, further: Iterable[DeviceKeys], *, revokes: bool
) -> str:
    """Write the backup before the store takes the keys: one too many in it harms nobody, one too few would."""
    made, before = make_keys(), list(dict.fromkeys((*further, *ring(store))))
    if recovery:
        backup.parent.mkdir(exist_ok=True)
        write_key_backup(made, recovery, backup, before)
    with store.act("更换市局密钥", "同步") as act:
        act.keep(SHOWN, _all_shown(store))
        put(store, act, made, further)
        if revokes:
            ended = [keys.public.id for keys in before]
            act.keep(ENDED, sorted({*_ended(store), *ended}))
        act.keep(CONFIRMED, False)
        act.keep(TROUBLE, "")
        act.note("更换市局密钥" + ("，旧密钥作废" if revokes else ""))
    return made.public.fingerprint


def _ended(store: Store) -> list[str]:
    kept = store.setting(ENDED)
    return kept if isinstance(kept, list) else []


def announced(store: Store) -> list[dict[str, object]]:
    """Return the word of every older key for the present one, as receipts and grants carry it."""
    present, *before = ring(store)
    ended = _ended(store)
    made = (Announcement.made(present.public, old, revokes=old.public.id in ended) for old in before)
    return [one.as_json() for one in made]


def keys_for(store: Store, county: Device) -> DeviceKeys:
    """Return the secrets that sign receipts to a county: those it has shown that it knows."""
    known, present = _shown(store).get(county.device), ring(store)
    return next((keys for keys in present if known and keys.public.id == known[-1]), present[0])


def _shown(store: Store) -> Mapping[str, list[Any]]:
    kept = store.setting(SHOWN)
    return kept if isinstance(kept, dict) else {}


def _all_shown(store: Store) -> dict[str, list[Any]]:
    """Return what every county has shown, those that never had a choice the present keys."""
    present = ring(store)[0].public.id
    return {**{device.device: [0, 0, present] for device in counties(store)}, **_shown(store)}


def note_shown(store: Store, act: Act, header: Header) -> None:
    """Note to which of the city's keys a county's newest package is addressed; a restored one may know older ones."""
    if not store.setting(BEFORE):
        return
    at, known = [header.incarnation, header.sequence], _shown(store).get(header.device)
    if known is None or at >= known[:2]:
        act.keep(SHOWN, {**_shown(store), header.device: [*at, header.to]})


def note_granted(store: Store, act: Act, device: str) -> None:
    """Note that a device's grant introduces the present keys; one known before shows by its packages what it took."""
    if device not in _shown(store):
        act.keep(SHOWN, {**_shown(store), device: [0, 0, ring(store)[0].public.id]})


def revoke(store: Store, unit: str) -> list[str]:
    """Refuse from now on whatever a county's living device sends; return the fingerprints of its keys."""
    if store.office.role != "city":
        raise Refusal("密钥由市局作废；本单位的电脑丢失或密钥可能外泄时，请马上打电话告诉市局")
    found = [device for device in counties(store) if device.unit == unit]
    if not found:
        raise Refusal(f"{unit_name(unit)}没有开通着的设备，没有密钥可作废")
    with store.act(f"作废{unit_name(unit)}的密钥", "同步") as act:
        rows: list[Values] = [{**device.record.values, "revoked": True} for device in found]
        act.upsert(DEVICE, rows)
        for device in found:
            revoke_key(store, act, device.keys.id)
        act.note(f"作废{unit_name(unit)}的密钥")
    return [device.keys.fingerprint for device in found]


# ---------------------------------------------------------------- the county
def take(store: Store, act: Act, header: Header) -> PublicKeys | None:
    """Install the keys that the city's present ones announce; return them. They are unconfirmed until compared."""
    city, found = city_of(store), announcements(header.claims)
    one = next((one for one in found if one.is_by(city.keys) and one.keys != city.keys), None)
    if one is None or is_revoked(store, one.keys.id):
        return None
    told: Values = {"signing_key": one.keys.signing, "recipient": one.keys.recipient, "confirmed": False}
    act.upsert(DEVICE, [{**city.record.values, **told}])
    follow(store, act, city.keys, found)
    act.note("市局更换了密钥，请打电话核对新指纹")
    return one.keys


def follow(store: Store, act: Act, old: PublicKeys, found: Iterable[Announcement]) -> None:
    """Keep the city's old keys for what comes late, or refuse them from now on where they ended themselves."""
    if any(one.revokes and one.is_by(old) for one in found):
        revoke_key(store, act, old.id)
        return
    kept = store.setting(EARLIER)
    act.keep(EARLIER, [*(kept if isinstance(kept, list) else []), old.as_json()])


def waits(store: Store, header: Header) -> bool:
    """Tell whether a file announces keys that this county does not know yet."""
    city = city_of(store).keys
    return any(one.is_by(city) and one.keys != city for one in announcements(header.claims))


# ---------------------------------------------------------------- the format
def refuse_lower(store: Store, header: Header) -> None:
    """Refuse a file that asks for a lower reader than its sender did before, as far as store or PC remember.

    A lower suite need not be refused here: only one suite is read at all.
    """
    kept = (whole(d.record.values.get("minimum_reader")) for d in devices(store, header.unit))
    remembered = lives.remembered(store, f"{_READER}.{header.unit}")
    if header.minimum_reader < max(*kept, remembered, 0, 0):
        raise Refusal(_LOWER)


def keep_reader(store: Store, act: Act, header: Header) -> None:
    """Keep the reader that a file asks for, which must not go down again."""
    name = f"{_READER}.{header.unit}"
    if header.minimum_reader > max(lives.remembered(store, name), 1):
        lives.remember(store, {name: header.minimum_reader})
    device: Values = {"unit": header.unit, "device": header.device, "minimum_reader": header.minimum_reader}
    act.upsert(DEVICE, [device])
