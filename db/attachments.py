"""Keep the contents of attachments as encrypted files beside the store, each once, named by a keyed hash.

They lie outside the store so that a gigabyte of scans burdens no copy of it; the key lies inside it, so that every
copy of the store opens them and nobody else does, not even by comparing names with known files. Backups share one
folder of copies, and what is absent or damaged here is brought back from there.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ipdesk.files import digest, read_bytes, reason, write_bytes
from ipdesk.problems import Refusal

if TYPE_CHECKING:
    from sqlite_utils import Database

FOLDER, COPIES = "attachments", "backups/attachments"
DAMAGED = "附件的内容已损坏，请删除这个附件后用原文件重新添加"
ABSENT = "附件的内容不在这台电脑上"
_MARK, _NONCE = b"IPDA1", 12


class Attachments:
    """The folder of contents: AES-256-GCM, its own nonce each, the name bound to what it holds."""

    def __init__(self, folder: Path, key: bytes, copies: Path | None = None) -> None:
        """Derive one key for names and one for contents; ``copies`` is the folder that backups share."""
        self._folder, self._copies = folder, copies
        self._naming, self._sealing = (hmac.digest(key, use, "sha256") for use in (b"name", b"content"))

    def beside(self, copies: Path) -> "Attachments":
        """Return the same contents, brought back from another folder of copies."""
        other = copy(self)
        other._copies = copies  # noqa: SLF001  # a copy of its own
        return other

    def _name(self, sha256: str) -> str:
        return hmac.new(self._naming, sha256.encode(), hashlib.sha256).hexdigest()

    def _path(self, sha256: str) -> Path:
        return self._folder / self._name(sha256)

    def _copy(self, sha256: str) -> Path | None:
        """Return where a backup keeps a content, if one does."""
        place = self._copies / self._name(sha256) if self._copies else None
        return place if place and place.is_file() else None

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
            return self.lies(sha256) and bool(self.read(sha256))
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

    def lies(self, sha256: str) -> bool:
        """Tell whether a content lies beside the store itself."""
        return self._path(sha256).is_file()

    def has(self, sha256: str) -> bool:
        """Tell whether a content is here, beside the store or in a backup."""
        return self.lies(sha256) or self._copy(sha256) is not None

    def is_damaged(self, sha256: str) -> bool:
        """Tell whether a content is here and cannot be read; reading brings it back where a backup has it."""
        if not self.has(sha256):
            return False
        try:
            self.read(sha256)
        except Refusal:
            return True
        return False

    def read(self, sha256: str) -> bytes:
        """Return a content after comparing it with its hash; one that is absent or damaged is refused.

        Where a backup has it whole it is brought back from there.
        """
        try:
            return self._opened(self._path(sha256), sha256)
        except Refusal:
            held = self._copy(sha256)
            if held is None:
                raise
        data = self._opened(held, sha256)
        with suppress(OSError, Refusal):  # it can be read all the same
            self._folder.mkdir(exist_ok=True)
            write_bytes(self._path(sha256), read_bytes(held))
        return data

    def _opened(self, path: Path, sha256: str) -> bytes:
        if not path.is_file():
            raise Refusal(ABSENT)
        data = self._unsealed(read_bytes(path), path.name)
        if data is None or digest(data) != sha256:
            raise Refusal(DAMAGED)
        return data

    def _unsealed(self, sealed: bytes, name: str) -> bytes | None:
        """Return what a file of that name holds; ``None`` when it is damaged or another's."""
        start = len(_MARK) + _NONCE
        try:
            return AESGCM(self._sealing).decrypt(sealed[len(_MARK) : start], sealed[start:], name.encode())
        except (InvalidTag, ValueError):
            return None

    def remove(self, sha256: str) -> None:
        """Remove a content, not its copy; one that is held open elsewhere stays for the next time."""
        with suppress(OSError):
            self._path(sha256).unlink(missing_ok=True)

    # ------------------------------------------------------------ backups
    def back_up(self, folder: Path, *, quick: bool = False) -> None:
        """Copy the contents that a folder lacks or holds damaged; every copy is opened and compared.

        ``quick``, for a slow drive: those that lie there in their full length are not opened again.

        A whole copy of its own, no hard link: a byte that flips here must not flip there. What is itself damaged
        is passed over, for a check tells it, and a backup must not fail for one scan.
        """
        try:
            for path in self._files(self._folder):
                folder.mkdir(parents=True, exist_ok=True)
                lies = _is_long(folder / path.name, path) if quick else self._is_whole(folder / path.name)
                if not lies and self._is_whole(path):
                    write_bytes(folder / path.name, read_bytes(path))
        except OSError as error:
            raise Refusal(f"附件没有备份上：{reason(error)}") from error
        except Refusal as refusal:
            told = reason(refusal.__cause__) if isinstance(refusal.__cause__, OSError) else refusal.message
            raise Refusal(f"附件没有备份上：{told}") from refusal

    def thin(self, folder: Path, named: Iterable[str]) -> None:
        """Remove the copies of contents that are neither named (SHA-256) by any backup nor kept here."""
        wanted = {self._name(sha256) for sha256 in named} | {path.name for path in self._files(self._folder)}
        for path in self._files(folder):
            if path.name not in wanted:
                with suppress(OSError):
                    path.unlink()

    def _is_whole(self, path: Path) -> bool:
        return path.is_file() and self._unsealed(read_bytes(path), path.name) is not None

    @staticmethod
    def _files(folder: Path) -> list[Path]:
        return sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []


def _is_long(copied: Path, path: Path) -> bool:
    return copied.is_file() and copied.stat().st_size == path.stat().st_size


def contents_of(database: "Database", workspace: Path) -> Attachments | None:
    """Return where a workspace's contents lie, after the key that its store keeps; none before there were any."""
    row = database.conn.execute("SELECT value FROM setting WHERE name = ?", (FOLDER,)).fetchone()
    kept = json.loads(row[0]) if row else None
    if not isinstance(kept, dict):
        return None
    return Attachments(workspace / FOLDER, bytes.fromhex(kept["key"]), workspace / COPIES)
