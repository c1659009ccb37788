"""The zip inside a container: the same bytes every time, and nothing that ``pack`` would not make is opened."""

import io
import struct
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipdesk.problems import Refusal
from ipdesk.sync.archive import MAX_ENTRIES, pack, unpack

NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,20}\.(json|sig|jsonl\.zst)", fullmatch=True)
ENTRIES = {"manifest.json": b"{}", "manifest.sig": b"s" * 64, "case.jsonl.zst": b"rows" * 9}


@given(st.dictionaries(NAMES, st.binary(max_size=200), max_size=6))
def test_entries_come_back_and_any_zip_program_reads_them(entries: dict[str, bytes]) -> None:
    data = pack(entries)
    assert unpack(data) == entries
    assert pack(entries) == data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == entries


def test_every_changed_byte_and_every_cut_is_refused() -> None:
    data = pack(ENTRIES)
    for place in range(len(data)):
        for flip in (0x01, 0x20, 0x80, 0xFF):
            changed = bytearray(data)
            changed[place] ^= flip
            _refused(bytes(changed), "文件")
        _refused(data[:place], "文件")
    for tail in (b"\0", b"PK\5\6", data):
        _refused(data + tail, "文件")
    _refused(b"\0" + data, "文件")


@given(st.binary(max_size=400))
def test_what_is_no_zip_is_refused(data: bytes) -> None:
    _refused(data, "损坏")


def _refused(data: bytes, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        unpack(data)


def _zip(
    names: list[str], make: Callable[[zipfile.ZipFile], object] = lambda _: None, level: int = 0
) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED if level else zipfile.ZIP_STORED) as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), b"x")
        make(archive)
    return target.getvalue()


@pytest.mark.parametrize(
    "name",
    [
        "../case.json",
        "/etc/case.json",
        "C:\\case.json",
        "a/b.json",
        "case.json/",
        "Case.json",
        "cаse.json",  # a Cyrillic letter
        "case.exe",
        "case.json\0.sig",
        "案卷.json",
        ".json",
        "a" * 70 + ".json",
        "case .json",
    ],
)
def test_names_with_folders_capitals_or_foreign_letters_are_refused(name: str) -> None:
    data = pack({"x" * len(name.encode()): b"1"}).replace(b"x" * len(name.encode()), name.encode())
    _refused(data, "名称不合规定")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_entries_of_one_name_are_refused() -> None:
    _refused(_zip(["case.json", "case.json"]), "两个同名条目“case.json”")


def test_too_many_entries_are_refused_before_they_are_looked_at() -> None:
    _refused(_zip([f"e{n}.json" for n in range(MAX_ENTRIES + 1)]), "65个条目，超过上限")


@pytest.mark.parametrize(
    "make",
    [
        lambda archive: setattr(archive, "comment", b"hidden"),
        lambda archive: archive.writestr(zipfile.ZipInfo("b.json", (2024, 1, 1, 0, 0, 0)), b"dated"),
    ],
)
def test_comments_and_dates_are_refused(make: Callable[[zipfile.ZipFile], object]) -> None:
    _refused(_zip(["a.json"], make), "损坏")


def test_entries_that_overlap_are_refused_before_they_multiply() -> None:
    data = bytearray(pack({f"e{n:02}.json": b"" for n in range(60)} | {"big.json": b"x" * 5000}))
    directory = data.index(b"PK\1\2")
    for n in range(60):
        struct.pack_into("<2I", data, directory + n * 54 + 20, 5000, 5000)
    _refused(bytes(data), "损坏")
