"""What was written is read back from the device."""

import hashlib
import os
from pathlib import Path

import pytest

from ipdesk.readback import device_digest


def test_the_system_is_asked_to_forget_what_it_wrote(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, asked = tmp_path / "a", []
    data = os.urandom(2**21 + 5)
    file.write_bytes(data)
    monkeypatch.setattr(os, "posix_fadvise", lambda *told: asked.append(told[1:]), raising=False)
    assert device_digest(file) == hashlib.sha256(data).hexdigest()
    assert asked == [(0, 0, os.POSIX_FADV_DONTNEED)]


def test_a_system_that_cannot_be_asked_reads_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"one")
    monkeypatch.delattr(os, "posix_fadvise", raising=False)
    assert device_digest(file) == hashlib.sha256(b"one").hexdigest()
