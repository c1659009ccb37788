"""A filled form of any ledger comes in whole: as written, saved by another program, or made by an older version."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from db.store import SqlStore
from ipdesk import intake
from ipdesk.fields import (
    Bool,
    Coded,
    Codes,
    Context,
    Date,
    FieldType,
    IdNo,
    Integer,
    Name,
    Number,
    PeriodCode,
    Phone,
    Uscc,
    Value,
)
from ipdesk.kinds import catalogue
from ipdesk.kinds.declare import Ledger
from ipdesk.template import write_template
from tests.ipdesk.intake.reading import CODES

UNIT = "320981"
LEDGERS = tuple(catalogue().ledgers.values())
Make = Callable[..., SqlStore]
# Values that the rules between fields ask to agree with one another.
AGREEING: dict[str, Value] = {
    "unit_code": UNIT,
    "stat_county_code": UNIT,
    "cert_issue_date": "2023-05-06",
    "cert_valid_to": "2026-05-05",
    "start_date": "2022-01-05",
    "end_date": "2022-01-07",
    "filing_date": "2021-12-01",
    "run_start_date": "2022-06-01",
    "gender": "男",
    "id_no": "11010519491231002X",
    "birth_ym": "1949-12",
    "certificate_no": "JY2022001",
    "cert_no": "165IP220001R0M",
    "staff_count": 50,
    "revenue_total_wan": 500.5,
    "uscc": CODES[0],
}
PLAIN: dict[type[FieldType], Value] = {
    Bool: True,
    Integer: 3,
    Number: 12.5,
    Phone: "13900000000",
    Date: "2024-03-04",
    PeriodCode: "2024-Q1",
    Uscc: CODES[1],
    Name: "东台甲知识产权代理有限公司",
    IdNo: "11010519491231002X",
}


def value_of(name: str, kind: FieldType) -> Value:
    """Return a value for a field of a form."""
    if name in AGREEING:
        return AGREEING[name]
    if isinstance(kind, Integer) and kind.year:
        return 2024
    if isinstance(kind, Date) and kind.month:
        return "2024-03"
    if isinstance(kind, (Coded, Codes)):
        code = kind.options(Context(UNIT))[0][0]
        return (code,) if isinstance(kind, Codes) else code
    return PLAIN.get(type(kind)) or "甲乙"


def filled(ledger: Ledger, out: Path) -> dict[str, Value]:
    """Write a form with one row that fills in every column; return its values."""
    write_template(ledger, out, UNIT)
    book = openpyxl.load_workbook(out)
    values = {f.name: value_of(f.name, f.type) for f in ledger.fields}
    for column, field in enumerate(ledger.fields, 1):
        kind = field.type
        shown = kind.cell(values[field.name]) if kind.align == "right" else kind.show(values[field.name])
        book.worksheets[0].cell(3, column).value = shown
    book.save(out)
    return values


def read(store: SqlStore, ledger: Ledger, path: Path) -> tuple[dict[str, Value], intake.IntakePlan]:
    """Return the values of the only row of a form, and the plan."""
    planned = intake.plan(store, ledger, path)
    assert planned.refused == []
    assert planned.unmapped == []
    (row,) = planned.rows
    return dict(row.values), planned


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.name)
def test_a_filled_form_comes_in_whole(make_store: Make, tmp_path: Path, ledger: Ledger) -> None:
    out = tmp_path / "表.xlsx"
    values = filled(ledger, out)
    got, planned = read(make_store(unit=UNIT), ledger, out)
    assert {name: got.get(name) for name in values} == values
    assert not any("旧版" in note for note in planned.notes)


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.name)
def test_a_form_of_an_older_version_comes_in(make_store: Make, tmp_path: Path, ledger: Ledger) -> None:
    out = tmp_path / "表.xlsx"
    values = filled(ledger, out)
    book = openpyxl.load_workbook(out)
    sheet, stamp = book.worksheets[0], book["_ipdesk"]
    gone = next(n for n, f in enumerate(ledger.fields, 1) if f.name == "remark")
    sheet.delete_cols(gone)
    called = next(c for c in sheet[2] if c.value == ledger.field(ledger.name_field).label)
    called.value = next(w for w in ledger.field(ledger.name_field).heads)
    next(row[1] for row in stamp.iter_rows() if row[0].value == "version").value = "000000000000"
    book.save(out)
    got, planned = read(make_store(unit=UNIT), ledger, out)
    assert {name: got.get(name) for name in values} == {**values, "remark": None}
    assert any("旧版" in note for note in planned.notes)


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
@pytest.mark.parametrize("form", ["xlsx", "xls", "ods"])
def test_a_form_saved_by_another_program_comes_in(make_store: Make, tmp_path: Path, form: str) -> None:
    for ledger in LEDGERS:
        out = tmp_path / f"{ledger.name}.xlsx"
        values = filled(ledger, out)
        saved = tmp_path / "saved"
        home = f"-env:UserInstallation=file://{tmp_path}/profile"
        command = ["soffice", home, "--headless", "--convert-to", form, "--outdir", str(saved), str(out)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        got, _ = read(make_store(unit=UNIT), ledger, saved / f"{ledger.name}.{form}")
        assert {name: got.get(name) for name in values} == values
