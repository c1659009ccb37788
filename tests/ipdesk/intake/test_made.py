"""Sheets of every shape that offices send, made by dice: nothing wrong is ever taken in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ipdesk.fields import Context
from ipdesk.intake.mapping import Mapper
from ipdesk.intake.parts import read_tables
from ipdesk.intake.reader import parse
from ipdesk.intake.rows import Draft, RowReader, Scope
from tests.ipdesk.intake.files import write
from tests.ipdesk.intake.reading import LEDGER, VOCABULARY
from tests.ipdesk.intake.sheets import Made, Maker

FILES = (
    *(
        ("xlsx", "", ","),
        ("xls", "", ","),
        ("csv", "gb18030", ","),
        ("csv", "utf-8-sig", ";"),
        ("csv", "utf-8", "\t"),
    ),
)


def made(seed: int, folder: Path, size: int = 20) -> tuple[Made, set[str], list[Draft], set[str]]:
    """Return a made sheet, the fields found in its file, its record lines and the heads left out."""
    ending, encoding, sign = FILES[seed % len(FILES)]
    maker = Maker(seed, merging=ending != "csv", typed=ending != "csv", size=size)
    sheet = maker.make()
    path = write(sheet, folder / f"{seed}.{ending}", encoding, sign)
    taken: set[str] = set()
    left: set[str] = set()
    drafts: list[Draft] = []
    for read in parse(path.read_bytes())[1]:
        for table in read_tables(read, VOCABULARY):
            columns = Mapper(VOCABULARY, Context(sheet.unit)).match(table, {})
            taken |= {LEDGER.field(str(c.taken)).name for c in columns if c.taken in LEDGER.by_name}
            left |= {c.head for c in columns if not c.taken and c.samples}
            drafts += RowReader(LEDGER, table, columns, Scope(sheet.unit, sheet.unit)).read()
    return sheet, taken, drafts, left


def amiss(sheet: Made, taken: set[str], drafts: list[Draft]) -> Iterator[object]:
    """Yield every cell, row and refusal that is not as the answers say."""
    read = {d.row: d for d in drafts}
    yield from (
        ("a line of nothing taken for a record", row)
        for row in read.keys() - sheet.rows.keys() - refused(sheet)
    )
    for row, told in sheet.rows.items():
        draft = read.get(row)
        asked = {n: v for n, v in told.items() if n in taken or n not in sheet.optional}
        if draft is None or draft.refused or draft.values != asked:
            yield row, asked, draft
    for row, field, code in sheet.refused:
        if (field, code) not in [(p.field, p.code) for p in read[row].problems]:
            yield "not refused", row, field, code


def refused(sheet: Made) -> set[int]:
    """Return the rows that must be refused."""
    return {row for row, _, _ in sheet.refused}


def without_identity(taken: set[str]) -> bool:
    """Tell whether name or code was under a head so strange that it was left out: then every row is refused."""
    return not {"enterprise_name", "uscc"} <= taken


@pytest.mark.parametrize("seed", range(60))
def test_a_made_sheet_is_read_as_meant(seed: int, tmp_path: Path) -> None:
    sheet, taken, drafts, left = made(seed, tmp_path)
    if without_identity(taken):
        assert all(d.refused for d in drafts)
        return
    assert list(amiss(sheet, taken, drafts)) == []
    assert sheet.strange <= left


def test_of_strange_heads_nearly_all_are_understood(tmp_path: Path) -> None:
    cells = found = 0
    for seed in range(100, 140):
        sheet, taken, _, _ = made(seed, tmp_path, size=6)
        cells += sum(len(told) for told in sheet.rows.values())
        found += sum(len(told.keys() & ({*taken, "unit_code"})) for told in sheet.rows.values())
    assert found / cells >= 0.99


@pytest.mark.slow
def test_thousands_of_made_rows_are_read_as_meant(tmp_path: Path) -> None:
    for seed in range(1000, 1250):
        sheet, taken, drafts, _ = made(seed, tmp_path, size=40)
        assert without_identity(taken) or list(amiss(sheet, taken, drafts)) == [], seed
