"""Read from an .xls what the fast reader leaves out: failed formulas and what number formats say.

The file is an OLE2 container ([MS-CFB]) with a stream of BIFF8 records ([MS-XLS]).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from struct import Struct, unpack_from

from ipdesk.intake.formats import Change, Place, change_of, failure

_FREE = 0xFFFFFFFA  # sector numbers from here on mean no sector
_BOUNDSHEET, _FORMAT, _XF, _EOF, _BOF = 0x0085, 0x041E, 0x00E0, 0x000A, 0x0809
_NUMBER, _RK, _MULRK, _FORMULA, _BOOLERR = 0x0203, 0x027E, 0x00BD, 0x0006, 0x0205
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_CELL = Struct("<HHH")  # row, column, style
Records = Iterator[tuple[int, bytes]]


def amendments(data: bytes) -> dict[str, dict[Place, Change]]:
    """Return by sheet name the cells to amend and how."""
    stream = workbook_stream(data)
    told = _Globals()
    for code, body in _records(stream, 0):
        told.take(code, body)
    return {name: dict(_amended(stream, start, told.styles())) for name, start in told.sheets.items()}


# ---- the container
def workbook_stream(data: bytes) -> bytes:
    """Return the bytes of the stream that holds the workbook."""
    size = 1 << int.from_bytes(data[30:32], "little")
    table = _table(data, size)
    directory = _chain(data, table, size, _number(data, 48))
    root, wanted = directory[:128], b""
    for start in range(0, len(directory), 128):
        entry = directory[start : start + 128]
        name = entry[: max(0, int.from_bytes(entry[64:66], "little") - 2)].decode("utf-16-le", "replace")
        wanted = entry if name in ("Workbook", "Book") else wanted
    first, length = _number(wanted, 116), _number(wanted, 120)
    if length >= _number(data, 56):
        return _chain(data, table, size, first)[:length]
    small_table = _numbers(_chain(data, table, size, _number(data, 60)))
    small = _chain(data, table, size, _number(root, 116))
    return b"".join(small[n * 64 : n * 64 + 64] for n in _follow(small_table, first))[:length]


def _number(data: bytes, place: int) -> int:
    return int(unpack_from("<I", data, place)[0])


def _numbers(data: bytes) -> tuple[int, ...]:
    return unpack_from(f"<{len(data) // 4}I", data)


def _table(data: bytes, size: int) -> tuple[int, ...]:
    """Return the allocation table: for each sector the one that follows it."""
    sectors = [n for n in _numbers(data[76:512]) if n < _FREE]
    more = _number(data, 68)
    while more < _FREE:
        *numbers, more = _numbers(_sector(data, size, more))
        sectors += [n for n in numbers if n < _FREE]
    return _numbers(b"".join(_sector(data, size, n) for n in sectors))


def _sector(data: bytes, size: int, number: int) -> bytes:
    return data[(number + 1) * size : (number + 2) * size]


def _follow(table: tuple[int, ...], first: int) -> Iterator[int]:
    seen = 0
    while first < _FREE and seen <= len(table):  # a damaged table may run in a circle
        yield first
        first, seen = table[first], seen + 1


def _chain(data: bytes, table: tuple[int, ...], size: int, first: int) -> bytes:
    return b"".join(_sector(data, size, n) for n in _follow(table, first))


# ---- the records
def _records(stream: bytes, start: int) -> Records:
    """Yield (code, body) from a substream's beginning to its end."""
    depth = 0
    while start + 4 <= len(stream):
        code, length = unpack_from("<HH", stream, start)
        yield code, stream[start + 4 : start + 4 + length]
        depth += (code == _BOF) - (code == _EOF)
        if code == _EOF and depth <= 0:
            return
        start += 4 + length


@dataclass
class _Globals:
    """What the workbook's first substream tells: number formats, styles, where each sheet begins."""

    codes: dict[int, str] = field(default_factory=dict)
    numbers: list[int] = field(default_factory=list)
    sheets: dict[str, int] = field(default_factory=dict)

    def take(self, code: int, body: bytes) -> None:
        """Take one record."""
        if code == _FORMAT:
            self.codes[unpack_from("<H", body)[0]] = _text(body[4:], unpack_from("<H", body, 2)[0])
        elif code == _XF:
            self.numbers.append(unpack_from("<H", body, 2)[0])
        elif code == _BOUNDSHEET:
            self.sheets[_text(body[7:], body[6])] = _number(body, 0)

    def styles(self) -> dict[int, Change]:
        """Return the styles whose number format says something."""
        changes = (
            (n, change_of(self.codes.get(number, ""), number)) for n, number in enumerate(self.numbers)
        )
        return {n: change for n, change in changes if change}


def _text(body: bytes, length: int) -> str:
    """Return a string of so many letters: a byte of flags, then one or two bytes each."""
    wide = body[0] & 1
    return body[1 : 1 + length * (1 + wide)].decode("utf-16-le" if wide else "latin-1", "replace")


def _amended(stream: bytes, start: int, styles: dict[int, Change]) -> Iterator[tuple[Place, Change]]:
    for code, body in _records(stream, start):
        if code in (_NUMBER, _RK, _FORMULA, _BOOLERR):
            row, column, style = _CELL.unpack_from(body)
            change = _failure(code, body) or styles.get(style)
            if change:
                yield Place(row, column), change
        elif code == _MULRK:
            row, column = unpack_from("<HH", body)
            for place in range(4, len(body) - 2, 6):
                change = styles.get(unpack_from("<H", body, place)[0])
                if change:
                    yield Place(row, column + (place - 4) // 6), change


def _failure(code: int, body: bytes) -> Change | None:
    """Return the change of a cell that shows an error."""
    if code == _BOOLERR and body[7]:
        return failure(_ERRORS.get(body[6], "#N/A"))
    if code == _FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2:
        return failure(_ERRORS.get(body[8], "#N/A"))
    return None
