"""The key file: its slots, and what is said of a damaged one."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import keyfile
from ipdesk.problems import Refusal

KEY = bytes(range(32))
SEALED = [keyfile.seal(keyfile.PASSWORD, "Abc12345", KEY), keyfile.seal(keyfile.RECOVERY, "R-1", KEY)]
DAMAGED = "钥匙文件已损坏.*backups"


def told(path: Path, content: object) -> Path:
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def spoilt(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    slot: dict[str, Any] = dict(SEALED[0])
    change(slot)
    return slot


@pytest.mark.parametrize(
    "change",
    [
        lambda slot: slot.pop("salt"),
        lambda slot: slot.pop("slot"),
        lambda slot: slot.update(slot=[]),
        lambda slot: slot.update(slot="fingerprint"),
        lambda slot: slot.update(key=7),
        lambda slot: slot.update(key="not base64!"),
        lambda slot: slot.update(key="c2hvcnQ="),
        lambda slot: slot.update(nonce=""),
        lambda slot: slot.update(salt="字"),
    ],
)
def test_a_damaged_slot_is_told_and_the_other_one_still_opens(
    tmp_path: Path, change: Callable[[dict[str, Any]], object]
) -> None:
    file = told(tmp_path / "k", {"version": 1, "slots": [spoilt(change), SEALED[1]]})
    with pytest.raises(Refusal, match=DAMAGED) as refused:
        keyfile.unlock(file, "Abc12345")
    assert "恢复码" in refused.value.message
    assert keyfile.unlock(file, "r 1") == (KEY, keyfile.RECOVERY)


@pytest.mark.parametrize(
    "content",
    [[], {}, 7, {"version": 1}, {"version": 1, "slots": []}, {"version": 1, "slots": {}},
     {"version": 1, "slots": [7]}, {"version": "1", "slots": SEALED}, {"version": 1, "slots": "slots"}],
)  # fmt: skip
def test_a_key_file_of_another_shape_is_damaged(tmp_path: Path, content: object) -> None:
    file = told(tmp_path / "k", content)
    for secret in ("Abc12345", None):
        with pytest.raises(Refusal, match=DAMAGED):
            keyfile.unlock(file, secret)


@given(st.binary(max_size=60))
def test_bytes_that_are_no_key_file_are_damaged(data: bytes) -> None:
    with pytest.raises(Refusal, match=DAMAGED):
        keyfile.parsed(data)


@given(st.integers(0, 10**6), st.integers(1, 255))
def test_no_flipped_byte_ends_in_anything_but_the_key_or_a_sentence(place: int, change: int) -> None:
    data = bytearray(json.dumps({"version": 1, "slots": [keyfile.seal(keyfile.OPEN, "", KEY)]}).encode())
    data[place % len(data)] ^= change
    try:
        opened = keyfile.opened(keyfile.parsed(bytes(data)), None)
    except Refusal as refusal:
        told = refusal.message
    else:
        told = "钥匙文件" if opened == (KEY, keyfile.OPEN) else "another key"
    assert "钥匙文件" in told or "更新版本" in told


def test_a_wrong_secret_is_no_damage(tmp_path: Path) -> None:
    file = told(tmp_path / "k", {"version": 1, "slots": SEALED})
    with pytest.raises(Refusal, match="口令不对"):
        keyfile.unlock(file, "abc12345")
    with pytest.raises(Refusal, match="请输入口令"):
        keyfile.unlock(file, None)
