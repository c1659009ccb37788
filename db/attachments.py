"""Keep the contents of attachments as encrypted files beside the store, each once, named by a keyed hash.

They lie outside the store so that a gigabyte of scans burdens neither its backups nor its check; the key lies inside
it, so that every copy of the store opens them and nobody else does, not even by comparing names with known files.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ipdesk.files import digest, read_bytes, reason, write_bytes
from ipdesk.problems import Refusal

FOLDER = "attachments"
DAMAGED = "附件的内容已损坏，请删除这个附件后用原文件重新添加"
ABSENT = "附件的内容不在这台电脑上"
_MARK, _NONCE = b"IPDA1", 12


class Attachments:
    """The folder of contents: AES-256-GCM, its own nonce each, the name bound to what it holds."""

    def __init__(self, folder: Path, key: bytes) -> None:
        """Derive one key for names and one for contents."""
        self._folder = folder
        self._naming, self._sealing = (hmac.digest(key, use, "sha256") for use in (b"name", b"content"))

    def _path(self, sha256: str) -> Path:
        return self._folder / hmac.new(self._naming, sha256.encode(), hashlib.sha256).hexdigest()

    @contextmanager
    def writing(self) -> Iterator[Callable[[bytes], str]]:
        """Give a function that keeps bytes and returns their SHA-256; what it newly wrote goes again on any error."""
        made: list[str] = []

        def keep(data: bytes) -> str:
            sha256 = digest(data)
            if not self._sound(sha256):
                made.append(sha256)
                self._write(sha256, data)
            return sha256

        try:
            yield keep
        except BaseException:
            for sha256 in made:
                self.remove(sha256)
            raise

    def _sound(self, sha256: str) -> bool:
        """Tell whether a content is here whole; one that is damaged is written anew."""
        try:
            return self.has(sha256) and bool(self.read(sha256))
        except Refusal:
            return False

    def _write(self, sha256: str, data: bytes) -> None:
        path, nonce = self._path(sha256), secrets.token_bytes(_NONCE)
        try:
            self._folder.mkdir(exist_ok=True)
            write_bytes(path, _MARK + nonce + AESGCM(self._sealing).encrypt(nonce, data, path.name.encode()))
        except OSError as error:
            raise Refusal(f"附件没有存上：{reason(error)}") from error
        except Refusal as refusal:
            told = reason(refusal.__cause__) if isinstance(refusal.__cause__, OSError) else refusal.message
            raise Refusal(f"附件没有存上：{told}") from refusal

    def has(self, sha256: str) -> bool:
        """Tell whether a content is here."""
        return self._path(sha256).is_file()

    def read(self, sha256: str) -> bytes:
        """Return a content after comparing it with its hash; one that is absent or damaged is refused."""
        path = self._path(sha256)
        if not path.is_file():
            raise Refusal(ABSENT)
        sealed = read_bytes(path)
        start = len(_MARK) + _NONCE
        try:
            nonce, rest = sealed[len(_MARK) : start], sealed[start:]
            data = AESGCM(self._sealing).decrypt(nonce, rest, path.name.encode())
        except (InvalidTag, ValueError):
            raise Refusal(DAMAGED) from None
        if digest(data) != sha256:
            raise Refusal(DAMAGED)
        return data

    def remove(self, sha256: str) -> None:
        """Remove a content; one that is held open elsewhere stays for the next time."""
        with suppress(OSError):
            self._path(sha256).unlink(missing_ok=True)
