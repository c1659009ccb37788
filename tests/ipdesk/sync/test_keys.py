"""Device keys: signatures, fingerprints, the city's backup."""

import re
from pathlib import Path

import pytest

from ipdesk.problems import Refusal
from ipdesk.sync.keys import DeviceKeys, PublicKeys, make_keys, read_key_backup, write_key_backup


def test_a_signature_holds_for_its_bytes_and_its_signer_only() -> None:
    ours, theirs = make_keys(), make_keys()
    signature = ours.sign(b"manifest")
    assert ours.public.verifies(signature, b"manifest")
    assert not ours.public.verifies(signature, b"manifesT")
    assert not theirs.public.verifies(signature, b"manifest")
    assert not ours.public.verifies(signature[:-1], b"manifest")


def test_a_fingerprint_is_six_groups_of_four_figures_of_both_keys() -> None:
    keys = make_keys().public
    assert re.fullmatch(r"\d{4}( \d{4}){5}", keys.fingerprint)
    assert keys.fingerprint == PublicKeys(**keys.as_json()).fingerprint
    assert keys.fingerprint != PublicKeys(keys.signing, make_keys().public.recipient).fingerprint


def test_secrets_are_not_shown() -> None:
    keys = make_keys()
    assert keys.seed not in repr(keys)
    assert keys.identity not in repr(keys)


def test_both_addressee_and_sender_read_what_was_encrypted() -> None:
    import pyrage

    ours, theirs = make_keys(), make_keys()
    data = ours.encrypt(b"rows", theirs.public)
    for keys in (ours, theirs):
        assert pyrage.decrypt(data, [pyrage.x25519.Identity.from_str(keys.identity)]) == b"rows"


@pytest.mark.parametrize(
    "raw",
    [
        {},
        {"signing": "00", "recipient": "age1"},
        {"signing": "00", "recipient": make_keys().public.recipient},
    ],
)
def test_what_is_no_key_is_not_read_as_one(raw: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        PublicKeys.read(raw)


def test_only_the_recovery_key_opens_the_backup_however_it_is_typed(tmp_path: Path) -> None:
    keys, file = make_keys(), tmp_path / "city.age"
    write_key_backup(keys, "ABCDE-FGHJK", file)
    assert keys.seed.encode() not in file.read_bytes()
    assert read_key_backup("abcde fghjk", file) == keys
    with pytest.raises(Refusal, match="恢复码不对"):
        read_key_backup("ABCDE-FGHJL", file)
    file.write_bytes(b"something else")
    with pytest.raises(Refusal, match="恢复码不对，或文件已损坏"):
        read_key_backup("ABCDE-FGHJK", file)


def test_secrets_come_back_from_where_they_are_kept() -> None:
    keys = make_keys()
    assert DeviceKeys(**keys.as_json()).public == keys.public
