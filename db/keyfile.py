"""Keep the store's random key in a file of named slots: a password, a printed recovery key, or no lock at all."""

import base64
import json
import secrets
from collections.abc import Mapping
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from ipdesk.files import read_bytes, write_bytes
from ipdesk.problems import Refusal

PASSWORD, RECOVERY, OPEN = "password", "recovery", "open"
# OWASP's advice for scrypt (2^15, 8, 3) within the memory of a 4 GB PC; an open slot guards nothing.
COSTS = {PASSWORD: (2**15, 8, 3), RECOVERY: (2**15, 8, 3), OPEN: (2, 8, 1)}
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


def unseal(slot: Mapping[str, str], secret: str) -> bytes | None:
    """Return the key of a slot, ``None`` when the secret is wrong."""
    salt, nonce, sealed = (base64.b64decode(slot[name]) for name in ("salt", "nonce", "key"))
    try:
        return AESGCM(_wrapping_key(slot["slot"], secret, salt)).decrypt(nonce, sealed, slot["slot"].encode())
    except InvalidTag:
        return None


def write(path: Path, slots: list[dict[str, str]]) -> None:
    """Write the key file, whole or not at all."""
    write_bytes(path, json.dumps({"version": 1, "slots": slots}, indent=1).encode())


def read(path: Path) -> list[dict[str, str]]:
    """Return the slots of a key file; a damaged one is refused."""
    try:
        content = json.loads(read_bytes(path))
        slots: list[dict[str, str]] = content["slots"]
        if content["version"] != 1 or any(slot["slot"] not in COSTS for slot in slots):
            raise Refusal("这个工作区是用更新版本的程序建立的，请先升级程序")
    except (ValueError, KeyError, TypeError):
        raise Refusal("工作区的钥匙文件已损坏，请从备份里恢复 ipdesk.key") from None
    return slots


def unlock(path: Path, secret: str | None) -> tuple[bytes, str]:
    """Return the store's key and the slot that gave it; without a secret only an open slot is tried."""
    slots = read(path)
    wanted = (OPEN,) if secret is None else (PASSWORD, RECOVERY)
    for slot in slots:
        if slot["slot"] in wanted and (key := unseal(slot, secret or "")):
            return key, slot["slot"]
    if secret is not None and any(slot["slot"] == OPEN for slot in slots):
        return unlock(path, None)
    raise Refusal(
        "这个工作区有口令，请输入口令"
        if secret is None
        else "口令不对，请重新输入；忘记口令可以输入打印保存的恢复码"
    )
