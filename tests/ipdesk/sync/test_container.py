"""The one container: sealed for two, refused when a byte, a cut, an entry, a size or a signer is not as told."""

import json
import os
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipdesk.problems import Refusal
from ipdesk.sync import container
from ipdesk.sync.archive import pack, unpack
from ipdesk.sync.container import Container, Header, begun, open_sealed, open_signed, pack_lines, seal, sign
from ipdesk.sync.keys import DeviceKeys, PublicKeys, make_keys
from tests.ipdesk.sync.world import told

OURS, THEIRS, OTHER = make_keys(), make_keys(), make_keys()
ROWS = [{"id": n, "name": f"东台企业{n}"} for n in range(3)]
FIELDS = [{"name": "id", "type": "integer"}, {"name": "name", "type": "string"}]


def manifest(**changes: object) -> dict[str, Any]:
    lines = pack_lines(ROWS)
    facts = {
        "unit": "320981",
        "device": "01a20409-76cf-75b3-9ad9-6b1d98c55855",
        "schema": 3,
        "epoch": "e8eabce7",
        "incarnation": 1,
        "sequence": 1,
        "resources": [lines.resource("case", FIELDS)],
    }
    return {**begun("package", OURS, THEIRS.public), **facts, **changes}


def entries() -> dict[str, bytes]:
    return {"case.jsonl.zst": pack_lines(ROWS).data}


def signer(_header: Header) -> PublicKeys:
    return OURS.public


def reopened(data: bytes, keys: DeviceKeys = THEIRS) -> Container:
    return open_sealed(data, keys, signer)


def rows(opened: Container) -> list[object]:
    resource = opened.resource("case")
    assert resource is not None
    return [claims.raw for claims in opened.lines(resource)]


PACKAGE = seal(manifest(), entries(), OURS, THEIRS.public).data


def refused(data: bytes, words: str, keys: DeviceKeys = THEIRS) -> None:
    with pytest.raises(Refusal, match=words):
        rows(reopened(data, keys))


def test_addressee_and_sender_open_it_and_nobody_else() -> None:
    for keys in (OURS, THEIRS):
        opened = reopened(PACKAGE, keys)
        assert rows(opened) == ROWS
        assert opened.header.order == ("320981", 1, "e8eabce7", 1)
        assert opened.resource("enterprise") is None
    refused(PACKAGE, "不是发给本单位的", OTHER)


@given(
    st.lists(
        st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=9) | st.none(), max_size=4)
    )
)
def test_lines_come_back(objects: list[dict[str, object]]) -> None:
    lines = pack_lines(objects)
    sealed = sign(manifest(resources=[lines.resource("case", [])]), {"case.jsonl.zst": lines.data}, OURS)
    assert rows(open_signed(sealed.data, signer)) == objects


def test_the_same_content_gives_the_same_signed_bytes() -> None:
    assert sign(manifest(), entries(), OURS).data == sign(manifest(), entries(), OURS).data


def test_every_changed_byte_is_refused() -> None:
    dice = random.Random(29490)
    head = PACKAGE.index(b"\n---")
    for place in range(len(PACKAGE)):
        flips = range(1, 256, 25) if place < head else (0x01, dice.randrange(1, 256))
        for flip in flips:
            changed = bytearray(PACKAGE)
            changed[place] ^= flip
            refused(bytes(changed), "损坏")


def test_every_cut_and_every_addition_is_refused() -> None:
    for length in range(len(PACKAGE)):
        refused(PACKAGE[:length], "损坏")
    for tail in (b"\0", b"\n", PACKAGE):
        refused(PACKAGE + tail, "损坏")


@given(st.binary(max_size=300))
def test_any_other_file_is_refused(data: bytes) -> None:
    refused(b"%PDF" + data, "不是同步包、回执或授权文件")
    refused(b"PK\3\4" + data, "未加密的申请文件")
    refused(b"age-encryption.org/v1\n" + data, "损坏")


def test_the_readable_form_of_age_is_not_ours() -> None:
    import pyrage

    armoured = pyrage.encrypt(b"x", [pyrage.x25519.Recipient.from_str(THEIRS.public.recipient)], armored=True)
    refused(armoured, "不是同步包")


def test_a_file_that_is_too_large_is_not_even_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "big").write_bytes(PACKAGE)
    assert container.read_file(tmp_path / "big") == PACKAGE
    monkeypatch.setattr(container, "MAX_FILE", len(PACKAGE) - 1)
    with pytest.raises(Refusal, match="太大"):
        container.read_file(tmp_path / "big")
    refused(PACKAGE, "太大")
    with pytest.raises(Refusal, match="找不到文件"):
        container.read_file(tmp_path / "absent")


def resealed(told: dict[str, Any], data: dict[str, bytes], keys: DeviceKeys = OURS) -> bytes:
    """Return a container as a broken program, or a stranger, would make it."""
    plain = json.dumps(told).encode()
    return OURS.encrypt(
        pack({"manifest.json": plain, "manifest.sig": keys.sign(plain), **data}), THEIRS.public
    )


def test_another_signature_than_the_units_is_refused() -> None:
    refused(resealed(manifest(), entries(), OTHER), "署名单位与签名不符")


def test_a_copy_encrypted_anew_for_somebody_else_is_not_theirs() -> None:
    plain = sign(manifest(), entries(), OURS).data
    refused(OURS.encrypt(plain, OTHER.public), "不是发给本单位的", OTHER)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"format": 2}, "更新版本"),
        ({"suite": "sm2+sm3+sm4"}, "更新版本"),
        ({"unit": "../320"}, "“unit”不合规定"),
        ({"sequence": -1}, "“sequence”不合规定"),
        ({"resources": None}, "“resources”不合规定"),
        ({"resources": []}, "多出了清单上没有的条目“case.jsonl.zst”"),
        ({"epoch": None}, "“epoch”不合规定"),
    ],
)
def test_a_manifest_that_is_odd_is_refused(changes: dict[str, object], words: str) -> None:
    refused(resealed(manifest(**changes), entries()), words)


def test_entries_must_be_those_of_the_manifest() -> None:
    refused(
        resealed(manifest(), {**entries(), "extra.jsonl.zst": b""}), "多出了清单上没有的条目“extra.jsonl.zst”"
    )
    refused(resealed(manifest(), {}), "缺少清单上的条目“case.jsonl.zst”")
    refused(resealed(manifest(), {"case.jsonl.zst": pack_lines(ROWS[:2]).data}), "损坏")
    twice = manifest()["resources"] * 2
    refused(resealed(manifest(resources=twice), entries()), "损坏")


def test_a_container_without_manifest_or_with_an_endless_one_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    refused(OURS.encrypt(pack({"manifest.sig": b"x"}), THEIRS.public), "损坏")
    monkeypatch.setattr(container, "MAX_MANIFEST", 10)
    refused(PACKAGE, "损坏")


def claimed(**claims: int) -> bytes:
    """Return a container whose manifest says something else of its lines than there is."""
    changed = manifest()
    changed["resources"][0] |= claims
    return resealed(changed, entries())


@pytest.mark.parametrize(
    "claims", [{"rows": 2}, {"rows": 4}, {"unpacked": 5}, {"unpacked": 200}, {"bytes": 5}]
)
def test_lines_must_be_as_many_and_as_long_as_told(claims: dict[str, int]) -> None:
    refused(claimed(**claims), "损坏")


def bomb(size: int, **claims: int) -> bytes:
    import zstandard

    data = zstandard.ZstdCompressor(level=19).compress(b"\0" * size)
    changed = manifest()
    lines = container.Lines(data, 1, size)
    changed["resources"][0] |= told(lines) | claims
    return resealed(changed, {"case.jsonl.zst": data})


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "_lines", None)  # whoever unpacks fails
    refused(bomb(100 * 2**20), "展开后太大")
    monkeypatch.setattr(container, "MAX_UNPACKED", 50)
    refused(PACKAGE, "展开后太大")


def test_a_bomb_that_hides_its_size_is_cut_off() -> None:
    refused(bomb(10 * 2**20, unpacked=1000), "损坏")


def test_a_line_without_end_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "MAX_LINE", 10)
    monkeypatch.setattr(container, "_CHUNK", 16)
    refused(PACKAGE, "损坏")


def test_packed_lines_that_cannot_be_unpacked_are_refused() -> None:
    noise = os.urandom(200)
    changed = manifest()
    changed["resources"][0] |= told(container.Lines(noise, 1, 200))
    refused(resealed(changed, {"case.jsonl.zst": noise}), "损坏")


def test_the_manifest_is_plain_to_other_programs() -> None:
    plain = unpack(sign(manifest(), entries(), OURS).data)
    assert json.loads(plain["manifest.json"])["resources"][0]["schema"] == {"fields": FIELDS}
    assert OURS.public.verifies(plain["manifest.sig"], plain["manifest.json"])
