"""The 贯标企业台账: counties in local order, sums that count an enterprise once, no phone in full."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from ipdesk.fields import Coded
from ipdesk.reports.guanbiao import AMOUNT
from ipdesk.reports.table import Cell, TableReport

Rows = list[dict[str, Any]]
Make = Callable[..., TableReport]


def case(
    unit: str = "320981", uscc: str = "91320981MABJ1XG60Q", amount: float | None = None, **more: str
) -> dict[str, Any]:
    """Return a flat row."""
    return {
        "unit_code": unit,
        "uscc": uscc,
        "enterprise_name": "东台锦盛新材料有限公司",
        AMOUNT: amount,
        **more,
    }


def cell(report: TableReport, name: str) -> Cell:
    """Return a cell of the first row."""
    place = [column.name for column in report.columns].index(name)
    return report.groups[0].rows[0][place]


def test_the_samples_add_up(ledger: Make, samples: Rows) -> None:
    report = ledger(samples)
    assert [g.label for g in report.groups] == ["东台市", "建湖县", "射阳县", "大丰区", "亭湖区"]
    assert [len(g.rows) for g in report.groups] == [68, 52, 45, 60, 65]
    paid = [row[AMOUNT] for row in samples if row.get(AMOUNT) is not None]
    assert report.total
    assert report.total.cells[AMOUNT] == sum(map(Decimal, map(str, paid)))
    assert report.total.cells["enterprise_name"] == f"{len({row['uscc'] for row in samples})}家"
    sums = [g.subtotal.cells[AMOUNT] for g in report.groups if g.subtotal]
    assert sum(s for s in sums if isinstance(s, Decimal)) == report.total.cells[AMOUNT]
    assert [row[0] for g in report.groups for row in g.rows] == list(range(1, 291))
    assert report.group_head == "县（市、区）"


def test_one_unit_alone_has_neither_title_nor_sub_total(ledger: Make) -> None:
    report = ledger([case()])
    assert [(g.label, g.subtotal) for g in report.groups] == [("", None)]
    assert report.group_head == ""


def test_no_rows_make_an_empty_table_with_a_total(ledger: Make) -> None:
    report = ledger([])
    assert report.groups == []
    assert report.total
    assert report.total.cells == {"enterprise_name": "0家", AMOUNT: Decimal(0)}


def test_an_enterprise_counts_once_however_many_cases_and_counties(ledger: Make) -> None:
    rows = [
        case(amount=0.1),
        case(amount=0.2),
        case("320925"),
        case("320925", "91320925MA1MA43G4X"),
    ]
    report = ledger(rows)
    assert [g.subtotal.cells["enterprise_name"] for g in report.groups if g.subtotal] == ["1家（2案）", "2家"]
    assert report.total
    assert report.total.cells == {"enterprise_name": "2家（4案）", AMOUNT: Decimal("0.3")}


def test_units_out_of_the_list_follow_under_their_names(ledger: Make) -> None:
    report = ledger([case("320999"), case()])
    assert [g.label for g in report.groups] == ["东台市", "320999"]


def test_cells_are_what_people_read(ledger: Make) -> None:
    report = ledger([case(stage="ST15", standard_code="SD2", cert_no="165IP1", amount=1.5)])
    assert cell(report, "stage") == "获证"
    assert cell(report, "standard_code") == "GB/T 29490-2023"
    assert cell(report, AMOUNT) == Decimal("1.5")
    assert cell(report, "cert_status") is None


@pytest.mark.parametrize(
    ("phone", "told"),
    [("15186091390", "151****1390"), ("151****1390", "151****1390"), ("85223", "*****"), ("", None)],
)
def test_phones_are_masked(ledger: Make, phone: str, told: str | None) -> None:
    assert cell(ledger([case(contact_phone=phone)]), "contact_phone") == told


def test_phones_are_in_full_only_when_told(ledger: Make) -> None:
    assert cell(ledger([case(contact_phone="15186091390")], reveal=True), "contact_phone") == "15186091390"


@pytest.mark.parametrize(
    ("code", "short"),
    [
        ("SD1", "GB/T 29490-2013"),
        ("SD5", "DB32/T 1204-2008"),
        ("SD6", "ISO 56005"),
        ("SD9", "其他"),
        ("别的", "别的"),
    ],
)
def test_standards_are_cited_by_number(code: str, short: str) -> None:
    assert Coded(table="stages.standard").brief(code) == short


def test_a_row_without_a_unit_is_told_in_a_group_of_its_own(ledger: Make) -> None:
    lost = case()
    del lost["unit_code"]
    assert [g.label for g in ledger([case(), lost]).groups] == ["东台市", "未写报送单位"]
