"""Keep the store's random key in a file of named slots: a password, a printed recovery key, or no lock at all."""

import base64
import contextlib
import json
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from ipdesk.files import read_bytes, write_bytes
from ipdesk.problems import Refusal

NAME = "ipdesk.key"
PLACES = (NAME, f"backups/{NAME}")  # without its key a store is lost, backups and all
PASSWORD, RECOVERY, OPEN = "password", "recovery", "open"
EARLIER = "earlier"  # a key that the store had before: older backups still open with it
COMING = "coming"  # a key that the store is about to get, wrapped under the one it has: a kill leaves either
# OWASP's advice for scrypt (2^15, 8, 3) within the memory of a 4 GB PC; an open slot guards nothing.
COSTS = {PASSWORD: (2**15, 8, 3), RECOVERY: (2**15, 8, 3), OPEN: (2, 8, 1)}
DAMAGED = (
    "钥匙文件已损坏，请把 backups 文件夹里的 ipdesk.key 复制到工作区文件夹替换它再打开；"
    "没有可用的备份时，请试打印保存的恢复码"
)
Slot = Mapping[str, object]
_SIZES = {"salt": 16, "nonce": 12, "key": 48}
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_key() -> bytes:
    """Return a random 32-byte key."""
    return secrets.token_bytes(32)


def new_recovery() -> str:
    """Return a recovery key to print: eight groups of five letters and figures (200 bits, no I L O U)."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(8))


def _wrapping_key(slot: str, secret: str, salt: bytes) -> bytes:
    cost, block, lanes = COSTS[slot]
    return Scrypt(salt=salt, length=32, n=cost, r=block, p=lanes).derive(_plain(slot, secret).encode())


def _plain(slot: str, secret: str) -> str:
    return secret.upper().replace("-", "").replace(" ", "") if slot == RECOVERY else secret


def seal(slot: str, secret: str, key: bytes) -> dict[str, str]:
    """Return a slot: the key wrapped (AES-256-GCM) under one derived from a secret (scrypt)."""
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    sealed = AESGCM(_wrapping_key(slot, secret, salt)).encrypt(nonce, key, slot.encode())
    parts = {"salt": salt, "nonce": nonce, "key": sealed}
    return {"slot": slot} | {name: base64.b64encode(part).decode() for name, part in parts.items()}


def unseal(slot: Mapping[str, object], secret: str) -> bytes | None:
    """Return the key of a slot, ``None`` when the secret is wrong or the slot damaged."""
    parts = _parts(slot)
    if parts is None:
        return None
    name, (salt, nonce, sealed) = str(slot["slot"]), parts
    try:
        return AESGCM(_wrapping_key(name, secret, salt)).decrypt(nonce, sealed, name.encode())
    except InvalidTag:
        return None


def _parts(slot: Mapping[str, object]) -> list[bytes] | None:
    """Return salt, nonce and wrapped key of a slot, ``None`` when it is damaged."""
    try:
        parts = [base64.b64decode(str(slot.get(name)), validate=True) for name in _SIZES]
    except ValueError:
        return None
    sound = str(slot.get("slot")) in COSTS and [len(part) for part in parts] == list(_SIZES.values())
    return parts if sound else None


def seal_earlier(old: bytes, under: bytes) -> dict[str, str]:
    """Return a slot that keeps an earlier key of the store, wrapped under the present one."""
    return _wrapped(EARLIER, old, under)


def _wrapped(slot: str, key: bytes, under: bytes) -> dict[str, str]:
    nonce = secrets.token_bytes(12)
    parts = {"nonce": nonce, "key": AESGCM(under).encrypt(nonce, key, slot.encode())}
    return {"slot": slot} | {name: base64.b64encode(part).decode() for name, part in parts.items()}


def _unwrapped(name: str, slot: Slot, under: bytes) -> bytes | None:
    """Return the key that a slot of a name keeps under another; ``None`` for any other slot or a damaged one."""
    with contextlib.suppress(InvalidTag, ValueError):
        if slot.get("slot") == name:
            nonce, sealed = (
                base64.b64decode(str(slot.get(part)), validate=True) for part in ("nonce", "key")
            )
            return AESGCM(under).decrypt(nonce, sealed, name.encode())
    return None


def earlier(path: Path, key: bytes) -> list[bytes]:
    """Return the earlier keys that a key file keeps under the present one, newest first; damaged ones are none."""
    return kept_earlier(read(path) if path.is_file() else [], key)


def kept_earlier(slots: Sequence[Slot], key: bytes) -> list[bytes]:
    """Return the earlier keys that some slots keep under the present one, newest first; damaged ones are none."""
    return [old for slot in reversed(slots) if (old := _unwrapped(EARLIER, slot, key))]


# ---------------------------------------------------------------- another key for the store
def candidates(slots: Sequence[Slot], key: bytes) -> list[bytes]:
    """Return the keys that may open the store, newest first: the one the slots seal, and those that were to come.

    Only where a change of the key was cut short is there more than one.
    """
    found = [key]
    for slot in slots:
        found += [new for under in tuple(found) if (new := _unwrapped(COMING, slot, under))]
    return found[::-1]


def announce(folder: Path, old: bytes, new: bytes) -> None:
    """Write down the key that a store is about to get, beside all that opens it now, in every place.

    Whichever of the two the store then has, each secret that opened it before still does, and its backups too.
    """
    slots = read(folder / NAME)
    kept = [seal_earlier(one, new) for one in reversed((old, *kept_earlier(slots, old)))]
    for place in PLACES:
        write(folder / place, [*slots, _wrapped(COMING, new, old), *kept])


def settle(folder: Path, locks: Sequence[Slot], key: bytes) -> None:
    """Let only these locks open a store that has its new key; the earlier ones stay sealed under it for backups."""
    kept = [seal_earlier(one, key) for one in reversed(earlier(folder / NAME, key))]
    for place in PLACES:
        write(folder / place, [*locks, *kept])


def resealed(folder: Path, password: str | None, key: bytes) -> tuple[list[dict[str, str]], str]:
    """Return locks like those of a workspace for another key, and the recovery key made with them.

    A password must be the right one; the printed recovery key cannot be sealed again unseen, so there is a new one.
    """
    slots = read(folder / NAME)
    if any(slot.get("slot") == OPEN for slot in slots):
        return [seal(OPEN, "", key)], ""
    held = next((slot for slot in slots if slot.get("slot") == PASSWORD), None)
    if held is None or unseal(held, password or "") is None:
        raise Refusal("换钥匙要用口令（恢复码不行），口令不对或没有给出，请核对后重试")
    return locked(key, password or "")


def refuse_locked(folder: Path) -> None:
    """Refuse where there is a password already."""
    if any(slot.get("slot") in (PASSWORD, RECOVERY) for slot in read(folder / NAME)):
        raise Refusal("这个工作区已有口令，请用“修改口令”")


def write(path: Path, slots: Sequence[Slot]) -> None:
    """Write the key file, whole or not at all."""
    write_bytes(path, json.dumps({"version": 1, "slots": list(slots)}, indent=1).encode())


def read(path: Path) -> list[Slot]:
    """Return the slots of a key file; a damaged one is refused."""
    return parsed(read_bytes(path))


def parsed(data: bytes) -> list[Slot]:
    """Return the slots that a key file's bytes tell; a slot may be damaged where another still opens."""
    try:
        content = json.loads(data)
        version, slots = content["version"], content["slots"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Refusal(DAMAGED) from None
    if type(version) is int and version > 1:
        raise Refusal("这个工作区是用更新版本的程序建立的，请先升级程序")
    if version != 1 or not isinstance(slots, list) or not slots:
        raise Refusal(DAMAGED)
    if not all(isinstance(slot, dict) for slot in slots):
        raise Refusal(DAMAGED)
    return slots


def unlock(path: Path, secret: str | None) -> tuple[bytes, str]:
    """Return the store's key and the slot that gave it; without a secret only an open slot is tried."""
    return opened(read(path), secret)


def opened(slots: Sequence[Slot], secret: str | None) -> tuple[bytes, str]:
    """Return the key and the name of the slot that a secret opens, else of an open slot; refused when none does."""
    wanted = (OPEN,) if secret is None else (PASSWORD, RECOVERY, OPEN)
    for slot in sorted(slots, key=lambda slot: slot.get("slot") == OPEN):
        name = slot.get("slot")
        if name in wanted and (key := unseal(slot, "" if name == OPEN else secret or "")):
            return key, str(name)
    # An open slot needs no secret, so one that did not open is damaged.
    locks = [slot for slot in slots if slot.get("slot") not in (EARLIER, COMING)]
    if any(_parts(slot) is None or slot.get("slot") == OPEN for slot in locks):
        raise Refusal(DAMAGED)
    raise Refusal(
        "这个工作区有口令，请输入口令"
        if secret is None
        else "口令不对，请重新输入；忘记口令可以输入打印保存的恢复码"
    )


def change_password(folder: Path, old: str, new: str) -> None:
    """Seal the key of a workspace under another password, in every place; the recovery key stays as it is.

    Refused when the old password is wrong or there is none. Killed between two places, each still opens.
    """
    slots = read(folder / NAME)
    held = next((slot for slot in slots if slot.get("slot") == PASSWORD), None)
    if held is None:
        raise Refusal("这个工作区没有设口令，不用修改")
    key = unseal(held, old)
    if key is None:
        raise Refusal("原口令不对，请重新输入")
    sealed = [seal(PASSWORD, new, key) if slot is held else slot for slot in slots]
    for place in PLACES:
        write(folder / place, sealed)


def locked(key: bytes, password: str) -> tuple[list[dict[str, str]], str]:
    """Return the slots that lock a key under a password, and the recovery key made with them."""
    recovery = new_recovery()
    return [seal(PASSWORD, password, key), seal(RECOVERY, recovery, key)], recovery


def is_recovery(folder: Path, secret: str) -> bool:
    """Tell whether a secret is the printed recovery key of a workspace."""
    return any(slot.get("slot") == RECOVERY and unseal(slot, secret) for slot in read(folder / NAME))
