"""Pack entries into a zip whose every byte follows from them, and take one apart without trusting it.

Entries are stored, never deflated (they are compressed already), without dates, comments or extra fields.
A zip that is not exactly what ``pack`` would make of its entries is refused: nothing can hide in it.
"""

import re
import struct
import zlib
from collections.abc import Mapping

from ipdesk.problems import Refusal

MAX_ENTRIES = 64
NAME = re.compile(r"[a-z][a-z0-9_]{0,60}\.(json|sig|jsonl\.zst)")
DAMAGED = "文件损坏、不完整或被改动过，请让对方重新导出一份"
_LOCAL, _CENTRAL, _END = struct.Struct("<4s5H3I2H"), struct.Struct("<4s6H3I5H2I"), struct.Struct("<4s4H2IH")
_FIRST_DAY = 0x21  # 1980-01-01, the earliest a zip can tell
_PLAIN_FILE = 0o100600 << 16
_UNIX_20 = 3 << 8 | 20


def pack(entries: Mapping[str, bytes]) -> bytes:
    """Return a zip of the entries in their order; the same entries give the same bytes."""
    body, directory = bytearray(), bytearray()
    for name, data in entries.items():
        common = (20, 0, 0, 0, _FIRST_DAY, zlib.crc32(data), len(data), len(data), len(name), 0)
        place = (0, 0, 0, _PLAIN_FILE, len(body))
        directory += _CENTRAL.pack(b"PK\1\2", _UNIX_20, *common, *place) + name.encode()
        body += _LOCAL.pack(b"PK\3\4", *common) + name.encode() + data
    end = _END.pack(b"PK\5\6", 0, 0, len(entries), len(entries), len(directory), len(body), 0)
    return bytes(body + directory + end)


def unpack(data: bytes) -> dict[str, bytes]:
    """Return the entries of such a zip; number and names are judged before anything is taken out."""
    try:
        places = _places(data)
    except struct.error:
        raise Refusal(DAMAGED) from None
    if sum(size for _, size in places.values()) > len(data):
        raise Refusal(DAMAGED)
    entries = {name: data[start : start + size] for name, (start, size) in places.items()}
    if pack(entries) != data:
        raise Refusal(DAMAGED)
    return entries


def _places(data: bytes) -> dict[str, tuple[int, int]]:
    """Return where each entry's bytes begin and how many they are."""
    end = max(len(data) - _END.size, 0)
    mark, _, _, _, count, _, at, _ = _END.unpack_from(data, end)
    if mark != b"PK\5\6":
        raise Refusal(DAMAGED)
    if count > MAX_ENTRIES:
        raise Refusal(f"文件里有{count}个条目，超过上限{MAX_ENTRIES}个，不像是本程序导出的，没有打开")
    places: dict[str, tuple[int, int]] = {}
    for _ in range(count):
        entry = _CENTRAL.unpack_from(data, at)
        length, start = entry[10], entry[16]
        name = _checked(data[at + _CENTRAL.size : at + _CENTRAL.size + length], places)
        places[name] = (start + _LOCAL.size + length, entry[9])
        at += _CENTRAL.size + length
    return places


def _checked(raw: bytes, taken: Mapping[str, object]) -> str:
    """Return an entry's name: plain lower-case letters, so that no folder or look-alike can be meant."""
    name = raw.decode("ascii", "replace")
    if not NAME.fullmatch(name):
        raise Refusal("文件里有名称不合规定的条目，不像是本程序导出的，没有打开")
    if name in taken:
        raise Refusal(f"文件里有两个同名条目“{name}”，不像是本程序导出的，没有打开")
    return name
