"""Read from an .xlsx what the fast reader leaves out: failed formulas and what a number's format says.

A date shown as 2023年5月 is known to the month only, and 5 shown as 5万元 is in that unit (ECMA-376, 18.8.30).
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple
from xml.etree import ElementTree

from ipdesk.dates import EXCEL_EPOCH
from ipdesk.intake.cells import Cell, CellError

_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_ATTRIBUTE = re.compile(rb'\b([rst])="([^"]*)"')
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_VALUE = re.compile(rb"<(?:\w+:)?v[^>/]*>([^<]+)<")
_PLACE = re.compile(rb"^([A-Z]{1,3})(\d{1,7})$")
_MONTHS = frozenset({17, 27, 36, 50, 52, 57})  # built-in formats of year and month, zh-CN ones included
_NOT_SHOWN = re.compile(r"\[[^\]]*\]|\\.|_.|\*.|;.*", re.DOTALL)
_QUOTED = re.compile(r'"([^"]*)"')
_UNIT = re.compile(r"(百万元|千元|万元|亿元|元|万|亿)[)）]?$")
_SCALED = re.compile(r"[0#?],+(?![0#?])|!\.|\\\.")
UNCALCULATED = "公式未计算"
Change = Callable[[Cell], Cell]


class Place(NamedTuple):
    """A cell, row and column from 0."""

    row: int
    column: int


def amendments(data: bytes) -> dict[str, dict[Place, Change]]:
    """Return by sheet name the cells to amend and how; a part that cannot be read amends nothing."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        if "xl/workbook.xml" not in names:  # the binary kind (.xlsb)
            return {}
        styles = _styles(archive.read("xl/styles.xml")) if "xl/styles.xml" in names else {}
        sheets = _sheet_parts(archive, names)
        return {name: dict(_amended(archive.read(part), styles)) for name, part in sheets.items()}


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _sheet_parts(archive: zipfile.ZipFile, names: set[str]) -> dict[str, str]:
    """Return sheet name → part of the archive."""
    relations = "xl/_rels/workbook.xml.rels"
    if relations not in names:
        return {}
    targets = {e.get("Id"): e.get("Target", "") for e in ElementTree.fromstring(archive.read(relations))}
    found = {}
    for element in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter():
        if _local(element.tag) == "sheet":
            target = next((targets.get(v, "") for k, v in element.items() if _local(k) == "id"), "")
            found[element.get("name", "")] = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
    return {name: part for name, part in found.items() if part in names}


def _styles(xml: bytes) -> dict[int, Change]:
    """Return the cell styles whose number format says something: style number → how it amends a value."""
    root = ElementTree.fromstring(xml)
    codes = {
        int(e.get("numFmtId", 0)): e.get("formatCode", "") for e in root.iter() if _local(e.tag) == "numFmt"
    }
    formats = next((e for e in root if _local(e.tag) == "cellXfs"), ())
    told = ((n, int(e.get("numFmtId", 0))) for n, e in enumerate(formats))
    changes = ((n, change_of(codes.get(number, ""), number)) for n, number in told)
    return {n: change for n, change in changes if change}


def change_of(code: str, number: int = 0) -> Change | None:
    """Return how a number format amends a value, ``None`` when it says nothing more than the value."""
    if number in _MONTHS and not code:
        return _to_month
    shown = _QUOTED.sub("", _NOT_SHOWN.sub("", code)).lower()
    if re.search("[ye]", shown) and "d" not in shown and "0" not in shown:
        return _to_month if "m" in shown else _to_year
    unit = _UNIT.search(_NOT_SHOWN.sub("", code).replace('"', "").strip())
    if unit and "0" in shown:
        words = "元" if _SCALED.search(code) else unit[1]
        return lambda cell: _with_unit(cell, words)
    return None


def _day(cell: Cell) -> date | None:
    if isinstance(cell, date):
        return cell
    usable = isinstance(cell, (int, float)) and not isinstance(cell, bool) and 0 < cell < 100_000
    return EXCEL_EPOCH + timedelta(days=int(cell)) if usable else None  # type: ignore[arg-type]


def _to_month(cell: Cell) -> Cell:
    day = _day(cell)
    return f"{day:%Y-%m}" if day else cell


def _to_year(cell: Cell) -> Cell:
    day = _day(cell)
    return f"{day:%Y}" if day else cell


def _with_unit(cell: Cell, unit: str) -> Cell:
    number = isinstance(cell, (int, float)) and not isinstance(cell, bool)
    return f"{cell:.15g}{unit}" if number else cell


def _amended(xml: bytes, styles: Mapping[int, Change]) -> Iterator[tuple[Place, Change]]:
    for found in _CELL.finditer(xml):
        attributes = dict(_ATTRIBUTE.findall(found[1]))
        change = _failure(attributes, found[2] or b"") or styles.get(int(attributes.get(b"s", b"-1")))
        place = _PLACE.match(attributes.get(b"r", b""))
        if change and place:
            yield Place(int(place[2]) - 1, _column(place[1])), change


def _failure(attributes: Mapping[bytes, bytes], inner: bytes) -> Change | None:
    """Return the change of a cell whose formula failed or was never calculated."""
    value = _VALUE.search(inner)
    if attributes.get(b"t") == b"e":
        shown = CellError(value[1].decode(errors="replace") if value else "#N/A")
        return lambda _: shown
    if not value and attributes.get(b"t") != b"str" and _FORMULA.search(inner):
        return lambda _: CellError(UNCALCULATED)
    return None


def _column(letters: bytes) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    return column - 1
