"""Announce new keys by the word of the old ones: a sentence that anyone who knows the old keys can check (rule 10)."""

import json
import re
from dataclasses import dataclass

from ipdesk.problems import Refusal
from ipdesk.sync.claims import WORD, Claims
from ipdesk.sync.keys import DeviceKeys, PublicKeys

FIELD = "announcements"
_SIGNATURE = re.compile(r"[0-9a-f]{128}")
_CONTEXT = b"IPDesk key announcement 1\n"


@dataclass(frozen=True, slots=True)
class Announcement:
    """The word of older keys (by their short name) which keys come after them, and whether they end themselves."""

    keys: PublicKeys
    by: str
    revokes: bool
    signature: str

    @classmethod
    def made(cls, keys: PublicKeys, old: DeviceKeys, *, revokes: bool) -> "Announcement":
        """Return the word of old keys for new ones."""
        unsigned = cls(keys, old.public.id, revokes, "")
        return cls(keys, old.public.id, revokes, old.sign(unsigned.signed).hex())

    @classmethod
    def read(cls, claims: Claims) -> "Announcement":
        """Return an announcement of a file; an odd one refuses it."""
        try:
            keys = PublicKeys.read(claims.inner("keys").raw)
        except ValueError:
            raise Refusal("文件里的公钥不合规定，请对方重新导出") from None
        return cls(
            keys, claims.text("by", WORD), claims.flag("revokes"), claims.text("signature", _SIGNATURE)
        )

    @property
    def signed(self) -> bytes:
        """Return the bytes that the old keys sign."""
        told = {"keys": self.keys.as_json(), "by": self.by, "revokes": self.revokes}
        return _CONTEXT + json.dumps(told, sort_keys=True, separators=(",", ":")).encode()

    def is_by(self, old: PublicKeys) -> bool:
        """Tell whether exactly these old keys gave their word."""
        return self.by == old.id and old.verifies(bytes.fromhex(self.signature), self.signed)

    def as_json(self) -> dict[str, object]:
        """Return the announcement as a manifest tells it."""
        told: dict[str, object] = {"keys": self.keys.as_json(), "by": self.by, "revokes": self.revokes}
        return {**told, "signature": self.signature}


def announcements(claims: Claims) -> list[Announcement]:
    """Return the announcements of a manifest; most have none."""
    return [Announcement.read(one) for one in claims.each(FIELD)] if FIELD in claims.raw else []
