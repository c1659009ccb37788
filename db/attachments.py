"""Keep the contents of attachments as encrypted files beside the store, each once, named by a keyed hash.

They lie outside the store so that a gigabyte of scans burdens no copy of it; the key lies inside it, so that every
copy of the store opens them and nobody else does, not even by comparing names with known files. Backups share one
folder of copies, and what is absent or damaged here is brought back from there.

Where the store gets another key, so do they: an older copy of the store tells the key they had before. Each is sealed
anew under its new name before the old file goes, so whenever that is cut short all can be read and it goes on later.
Only the copies that older backups need stay as they were.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
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


class Seal:
    """One key of the contents: what a file is named by it, and how it is sealed."""

    def __init__(self, key: bytes) -> None:
        """Derive one key for names and one for contents."""
        self._naming, self._sealing = (hmac.digest(key, use, "sha256") for use in (b"name", b"content"))

    def name(self, sha256: str) -> str:
        """Return the name of the file that holds a content."""
        return hmac.new(self._naming, sha256.encode(), hashlib.sha256).hexdigest()

    def sealed(self, data: bytes, name: str) -> bytes:
        """Return what a file of that name is to hold."""
        nonce = secrets.token_bytes(_NONCE)
        return _MARK + nonce + AESGCM(self._sealing).encrypt(nonce, data, name.encode())

    def opened(self, sealed: bytes, name: str) -> bytes | None:
        """Return what a file of that name holds; ``None`` when it is damaged or another's."""
        start = len(_MARK) + _NONCE
        try:
            return AESGCM(self._sealing).decrypt(sealed[len(_MARK) : start], sealed[start:], name.encode())
        except (InvalidTag, ValueError):
            return None


class Attachments:
    """The folder of contents: AES-256-GCM, its own nonce each, the name bound to what it holds."""

    def __init__(
        self, folder: Path, key: bytes, copies: Path | None = None, earlier: Iterable[bytes] = ()
    ) -> None:
        """Take the key, and ``earlier`` ones, newest first; ``copies`` is the folder that backups share."""
        self._folder, self._copies = folder, copies
        self._seal, *self._before = map(Seal, (key, *earlier))

    def beside(self, copies: Path) -> "Attachments":
        """Return the same contents, brought back from another folder of copies."""
        other = copy(self)
        other._copies = copies  # noqa: SLF001  # a copy of its own
        return other

    def _path(self, sha256: str) -> Path:
        """Return where a content is to lie."""
        return self._folder / self._seal.name(sha256)

    def _held(self, folder: Path | None, sha256: str) -> list[Path]:
        """Return the files of a folder that hold a content, that of the present key first."""
        names = [seal.name(sha256) for seal in (self._seal, *self._before)] if folder else []
        return [path for name in names if folder and (path := folder / name).is_file()]

    def renew(self, key: bytes) -> None:
        """Seal what comes under another key from now on; what is there stays readable."""
        self._seal, self._before = Seal(key), [self._seal, *self._before]

    def move(self) -> bool:
        """Seal anew under the present key what lies here under earlier ones; tell whether none of it is left.

        What is damaged stays as it is, for a check tells it.
        """
        return all([self._is_moved(path) for path in self._files(self._folder)])

    def _is_moved(self, path: Path) -> bool:
        """Seal a file anew if an earlier key opens it; tell whether none does any more."""
        sealed = read_bytes(path)
        opened = (seal.opened(sealed, path.name) for seal in self._before)
        data = next((data for data in opened if data is not None), None)
        if data is None:
            return True
        sha256 = digest(data)
        try:
            self._opened(self._path(sha256), sha256)
        except Refusal:
            self._write(sha256, data)
        with suppress(OSError):  # held open elsewhere: the next time
            path.unlink()
        return not path.exists()

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
        path = self._path(sha256)
        try:
            self._folder.mkdir(exist_ok=True)
            write_bytes(path, self._seal.sealed(data, path.name))
        except OSError as error:
            raise Refusal(f"附件没有存上：{reason(error)}") from error
        except Refusal as refusal:
            told = reason(refusal.__cause__) if isinstance(refusal.__cause__, OSError) else refusal.message
            raise Refusal(f"附件没有存上：{told}") from refusal

    def lies(self, sha256: str) -> bool:
        """Tell whether a content lies beside the store itself."""
        return bool(self._held(self._folder, sha256))

    def has(self, sha256: str) -> bool:
        """Tell whether a content is here, beside the store or in a backup."""
        return self.lies(sha256) or bool(self._held(self._copies, sha256))

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
        why = Refusal(ABSENT)
        for path in (*self._held(self._folder, sha256), *self._held(self._copies, sha256)):
            try:
                data = self._opened(path, sha256)
            except Refusal as refusal:
                why = refusal
                continue
            if path.parent != self._folder:
                self._bring_back(path, sha256, data)
            return data
        raise why

    def _bring_back(self, copied: Path, sha256: str, data: bytes) -> None:
        """Put a content that a backup has beside the store again; where that fails it can be read all the same."""
        with suppress(OSError, Refusal):
            if copied.name == self._path(sha256).name:
                self._folder.mkdir(exist_ok=True)
                write_bytes(self._path(sha256), read_bytes(copied))
            else:
                self._write(sha256, data)

    def _opened(self, path: Path, sha256: str) -> bytes:
        data = self._unsealed(read_bytes(path), path.name)
        if data is None or digest(data) != sha256:
            raise Refusal(DAMAGED)
        return data

    def _unsealed(self, sealed: bytes, name: str) -> bytes | None:
        """Return what a file of that name holds under any key known; ``None`` when it is damaged or another's."""
        opened = (seal.opened(sealed, name) for seal in (self._seal, *self._before))
        return next((data for data in opened if data is not None), None)

    def remove(self, sha256: str) -> None:
        """Remove a content, not its copy; one that is held open elsewhere stays for the next time."""
        for path in self._held(self._folder, sha256):
            with suppress(OSError):
                path.unlink(missing_ok=True)

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

    def thin(self, folder: Path, named: Collection[str]) -> None:
        """Remove the copies of contents that are neither named (SHA-256) by any backup nor kept here."""
        wanted = {seal.name(sha256) for seal in (self._seal, *self._before) for sha256 in named}
        wanted |= {path.name for path in self._files(self._folder)}
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
    key, *earlier = (bytes.fromhex(one) for one in (kept["key"], *kept.get("earlier", ())))
    return Attachments(workspace / FOLDER, key, workspace / COPIES, earlier)


def renewed(kept: Mapping[str, object]) -> dict[str, object]:
    """Return what a store is to keep once its contents get another key: those they had stay known, newest first.

    ``moving`` says that some may still lie here under an earlier one.
    """
    earlier = kept.get("earlier")
    known = [kept["key"], *(earlier if isinstance(earlier, list) else ())]
    return {"key": secrets.token_hex(32), "earlier": known, "moving": True}
