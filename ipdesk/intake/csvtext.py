"""Read a text file of cells: whichever encoding and separator the office's program wrote."""

import csv
import io
import re
from collections import Counter

from ipdesk.intake.cells import Cell
from ipdesk.problems import Refusal

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SEPARATORS = "\t,;|"
_PROBE = 40
_PROTECTED = re.compile(r'^="(.*)"$', re.DOTALL)  # how some programs keep long numbers text
_SHORTENED = re.compile(r"\d{4}\.1")
UNREADABLE = "认不出这个文本文件的编码，请用WPS打开后另存为“.xlsx”再导入"


def decode(data: bytes) -> str:
    """Return the text by its mark, else as strict UTF-8, else as GB 18030."""
    encodings = [name for mark, name in _BOMS if data.startswith(mark)] or ["utf-8", "gb18030"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refusal(UNREADABLE)


def separator(text: str) -> str:
    """Return the sign between cells: the one that splits the first lines most, and most alike."""
    lines = [line for line in text.splitlines()[:_PROBE] if line.strip()]

    def weight(sign: str) -> tuple[int, int]:
        counts = Counter(line.count(sign) for line in lines)
        counts.pop(0, None)
        return max(counts.values(), default=0), max(counts, default=0)

    return max(_SEPARATORS, key=weight) if any(weight(s)[0] for s in _SEPARATORS) else ","


def read_rows(data: bytes) -> list[tuple[Cell, ...]]:
    """Return the rows of a text file; empty lines are rows too, so that numbers are those Excel shows."""
    text = decode(data)
    return cells_of(text, separator(text))


def cells_of(text: str, sign: str) -> list[tuple[Cell, ...]]:
    """Return the rows of a text whose cells a sign separates."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
    try:
        return [tuple(map(_cell, row)) for row in reader]
    except csv.Error as error:
        raise Refusal("这个文本文件有引号没有配对或单元格过长，请用WPS打开后另存为“.xlsx”再导入") from error


def _cell(words: str) -> Cell:
    """Return a cell; 2023.1 may be 2023.10 without its last zero, so it goes on as the number it was saved from."""
    found = _PROTECTED.match(words)
    if found:
        return found[1].replace('""', '"') or None
    return float(words) if _SHORTENED.fullmatch(words) else words or None
