"""Read a file back from the device itself, not from what the system still remembers of writing it."""

import hashlib
import mmap
import os
import sys
from collections.abc import Iterator
from pathlib import Path

_SOME = 2**20  # whole sectors and pages of any device


def device_digest(path: Path) -> str:
    """Return the SHA-256 (hex) of what a device holds of a file that was written to it; raises ``OSError``."""
    found = hashlib.sha256()
    for piece in _pieces(path):
        found.update(piece)
    return found.hexdigest()


if sys.platform == "win32":  # pragma: no cover  # asks Windows itself

    def _pieces(path: Path) -> Iterator[bytes]:
        """Yield a file's bytes past the cache of Windows; where a drive knows no such reading, in the usual way."""
        import ctypes
        from ctypes import wintypes

        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateFileW.restype = wintypes.HANDLE
        read, share, existing, no_buffering = 0x80000000, 1, 3, 0x20000000
        handle = kernel.CreateFileW(str(path), read, share, None, existing, no_buffering, None)
        if handle in (None, wintypes.HANDLE(-1).value):
            yield from _usual(path)
            return
        page, count = mmap.mmap(-1, _SOME), wintypes.DWORD()  # memory of its own lies as the device wants it
        buffer = (ctypes.c_char * _SOME).from_buffer(page)
        try:
            while True:
                if not kernel.ReadFile(wintypes.HANDLE(handle), buffer, _SOME, ctypes.byref(count), None):
                    raise ctypes.WinError(ctypes.get_last_error())
                if not count.value:
                    return
                yield page[: count.value]
                if count.value < _SOME:  # the end; a further reading would not begin at a sector
                    return
        finally:
            kernel.CloseHandle(wintypes.HANDLE(handle))

    def _usual(path: Path) -> Iterator[bytes]:
        with path.open("rb") as stream:
            while piece := stream.read(_SOME):
                yield piece

else:

    def _pieces(path: Path) -> Iterator[bytes]:
        """Yield a file's bytes after asking the system to forget them; written and synced, they can be forgotten."""
        with path.open("rb", buffering=0) as stream:
            forget = getattr(os, "posix_fadvise", None)  # macOS has none
            if forget:
                forget(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            while piece := stream.read(_SOME):
                yield piece
