"""Make, keep and use a device's keys: Ed25519 to sign, X25519 (age) to read what was sent to it."""

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ipdesk.files import read_bytes, write_bytes
from ipdesk.problems import Refusal

SUITE = "age-x25519+ed25519+sha256"
_GROUPS, _FIGURES = 6, 4
_BACKUP, _NONCE = b"IPDesk key backup 1\n", 12


@dataclass(frozen=True)
class PublicKeys:
    """What others may know of a device: the key that checks its signatures (hex) and its age recipient."""

    signing: str
    recipient: str

    @classmethod
    def read(cls, raw: Mapping[str, object]) -> "PublicKeys":
        """Return the keys told in a foreign file; raises ``ValueError`` when they are none."""
        from pyrage import RecipientError, x25519

        keys = cls(str(raw.get("signing")), str(raw.get("recipient")))
        try:
            x25519.Recipient.from_str(keys.recipient)
        except RecipientError as error:
            raise ValueError(str(error)) from error
        if len(bytes.fromhex(keys.signing)) != 32:
            raise ValueError("an Ed25519 key has 32 bytes")
        return keys

    @cached_property
    def _digest(self) -> bytes:
        return hashlib.sha256(f"{self.signing} {self.recipient}".encode()).digest()

    @property
    def id(self) -> str:
        """Return the short name under which headers mention the keys."""
        return self._digest.hex()[:16]

    @property
    def fingerprint(self) -> str:
        """Return what two people compare over the phone: six groups of four figures (80 bits)."""
        figures = f"{int.from_bytes(self._digest) % 10 ** (_GROUPS * _FIGURES):0{_GROUPS * _FIGURES}d}"
        return " ".join(figures[i : i + _FIGURES] for i in range(0, len(figures), _FIGURES))

    def verifies(self, signature: bytes, data: bytes) -> bool:
        """Tell whether the device signed exactly these bytes."""
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        try:
            Ed25519PublicKey.from_public_bytes(bytes.fromhex(self.signing)).verify(signature, data)
        except InvalidSignature:
            return False
        return True

    def as_json(self) -> dict[str, str]:
        """Return the keys as they stand in files."""
        return {"signing": self.signing, "recipient": self.recipient}


@dataclass(frozen=True, repr=False)
class DeviceKeys:
    """The secrets of one device, kept in the encrypted store only: Ed25519 seed (hex) and age identity."""

    seed: str
    identity: str

    @cached_property
    def public(self) -> PublicKeys:
        """Return what others may know."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from pyrage import x25519

        signing = (
            Ed25519PrivateKey.from_private_bytes(bytes.fromhex(self.seed)).public_key().public_bytes_raw()
        )
        return PublicKeys(signing.hex(), str(x25519.Identity.from_str(self.identity).to_public()))

    def sign(self, data: bytes) -> bytes:
        """Return the 64-byte signature of some bytes."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(self.seed)).sign(data)

    def encrypt(self, plain: bytes, to: PublicKeys) -> bytes:
        """Return bytes that the addressee and this device itself can read (age)."""
        import pyrage

        readers = dict.fromkeys((to.recipient, self.public.recipient))
        return pyrage.encrypt(plain, [pyrage.x25519.Recipient.from_str(reader) for reader in readers])

    def as_json(self) -> dict[str, str]:
        """Return the secrets as the store keeps them."""
        return {"seed": self.seed, "identity": self.identity}


def make_keys() -> DeviceKeys:
    """Make the keys of a new device."""
    from pyrage import x25519

    return DeviceKeys(secrets.token_hex(32), str(x25519.Identity.generate()))


def write_key_backup(
    keys: DeviceKeys, recovery_key: str, path: Path, before: Sequence[DeviceKeys] = ()
) -> None:
    """Write a city's secrets, those before them too, to a file that only the printed recovery key opens.

    HKDF-SHA256 and AES-256-GCM.
    """
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(_NONCE)
    told = {**keys.as_json(), "before": [one.as_json() for one in before]}
    sealed = AESGCM(_backup_key(recovery_key)).encrypt(nonce, json.dumps(told).encode(), _BACKUP)
    write_bytes(path, _BACKUP + nonce + sealed)


def read_key_backup(recovery_key: str, path: Path) -> DeviceKeys:
    """Return the newest secrets of a key backup; a wrong recovery key or another file is refused."""
    return read_key_ring(recovery_key, path)[0]


def read_key_ring(recovery_key: str, path: Path) -> list[DeviceKeys]:
    """Return all secrets of a key backup, newest first; a wrong recovery key or another file is refused."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    data = read_bytes(path).removeprefix(_BACKUP)
    try:
        plain = AESGCM(_backup_key(recovery_key)).decrypt(data[:_NONCE], data[_NONCE:], _BACKUP)
    except (InvalidTag, ValueError):
        raise Refusal(f"“{path.name}”打不开：恢复码不对，或文件已损坏，请核对打印的恢复码") from None
    kept = json.loads(plain)
    return [DeviceKeys(one["seed"], one["identity"]) for one in (kept, *kept.get("before", ()))]


def _backup_key(recovery_key: str) -> bytes:
    """Return the key of a backup; a recovery key is 200 random bits, so nothing need be stretched."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    plain = recovery_key.upper().replace("-", "").replace(" ", "")
    return HKDF(SHA256(), 32, salt=None, info=_BACKUP).derive(plain.encode())
