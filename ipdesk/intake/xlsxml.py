"""Read from an .xlsx what the fast reader leaves out: failed formulas and what number formats say."""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

from ipdesk.intake.formats import UNCALCULATED, Change, Place, change_of, failure

_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_ATTRIBUTE = re.compile(rb'\b([rst])="([^"]*)"')
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_VALUE = re.compile(rb"<(?:\w+:)?v[^>/]*>([^<]+)<")
_PLACE = re.compile(rb"^([A-Z]{1,3})(\d{1,7})$")


def amendments(data: bytes) -> dict[str, dict[Place, Change]]:
    """Return by sheet name the cells to amend and how."""
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
        return failure(value[1].decode(errors="replace") if value else "#N/A")
    if not value and attributes.get(b"t") != b"str" and _FORMULA.search(inner):
        return failure(UNCALCULATED)
    return None


def _column(letters: bytes) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    return column - 1
