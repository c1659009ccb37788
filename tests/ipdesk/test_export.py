"""What is exported is text where it is text, masked unless revealed, and reads back as it was."""

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import load_workbook
from xlsxwriter import Workbook

from db.store import SqlStore
from ipdesk import intake
from ipdesk.actions import ledger as actions
from ipdesk.export import export
from ipdesk.fields import Bool, Coded, Context, Date, FieldType, Integer, Number, Phone, Uscc, Value
from ipdesk.kinds import catalogue
from ipdesk.matching import links
from ipdesk.problems import Refusal
from ipdesk.records import Query, RecordKey
from ipdesk.store import Moment
from ipdesk.template import write_template

LEDGER = catalogue().ledger("guanbiao")
VALUES: dict[str, Value] = {
    "unit_code": "320981",
    "town_code": "320981115",
    "enterprise_name": "东台锦盛新材料有限公司",
    "uscc": "91320981MABJ1XG60Q",
    "stage": "ST15",
    "standard_code": "SD1",
    "start_date": "2023-05",
    "cert_issue_date": "2023-10-10",
    "contact_phone": "15186091390",
    "is_hightech": True,
    "staff_count": 120,
    "subsidy_amount_wan": 1.5,
    "bank_account": "622202011112222333",
    "remark": "=1+1",
}


@pytest.fixture
def store(make_store: Callable[..., SqlStore]) -> SqlStore:
    made = make_store()
    actions.add(made, LEDGER, VALUES, "test")
    return made


def cells(path: Path) -> dict[str, Any]:
    """Return the first row of an exported workbook by head, as openpyxl sees it."""
    sheet = openpyxl.load_workbook(path).worksheets[0]
    return {str(head.value): cell for head, cell in zip(sheet[2], sheet[3], strict=True)}


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_an_export_tells_how_far_it_is_and_leaves_nothing_when_given_up(
    store: SqlStore, tmp_path: Path, suffix: str
) -> None:
    heard: list[tuple[int, int]] = []
    out = tmp_path / f"台账{suffix}"
    export(store, LEDGER, Query(), out, progress=lambda done, total: heard.append((done, total)))
    assert heard == [(0, 2), (1, 2)]
    out.unlink()

    def stop(done: int, _total: int) -> None:
        if done:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        export(store, LEDGER, Query(), out, progress=stop)
    assert not out.exists()
    logged = store._db.execute("SELECT deed FROM batch WHERE deed LIKE '导出%'").fetchall()  # noqa: SLF001
    assert len(logged) == 1, "what was given up is not logged as exported"


def test_text_stays_text_and_figures_stay_figures(store: SqlStore, tmp_path: Path) -> None:
    assert export(store, LEDGER, Query(), tmp_path / "台账.xlsx") == 1
    row = cells(tmp_path / "台账.xlsx")
    assert row["统一社会信用代码"].value == "91320981MABJ1XG60Q"
    assert (row["账号"].value, row["账号"].data_type) == ("622202011112222333", "s")
    assert (row["备注"].value, row["备注"].data_type) == ("=1+1", "s")
    assert row["备注"].number_format == "@"
    assert (row["补助金额（万元）"].value, row["职工人数"].value) == (1.5, 120)
    assert (row["启动日期"].value, row["发证日期"].value) == ("2023-05", "2023-10-10")
    assert (row["报送单位"].value, row["是否高新技术企业"].value) == ("东台市", "是")


def test_the_workbook_is_ready_for_print_and_says_what_it_is(store: SqlStore, tmp_path: Path) -> None:
    export(store, LEDGER, Query(), tmp_path / "台账.xlsx")
    book = openpyxl.load_workbook(tmp_path / "台账.xlsx")
    sheet = book.worksheets[0]
    assert (sheet.title, sheet["A1"].value) == ("贯标企业台账", "贯标企业台账（非涉密·内部资料）")
    assert sheet.freeze_panes == "A3"
    assert sheet.print_title_rows == "$1:$2"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert sheet.oddHeader is not None
    assert "非涉密·内部资料" in str(sheet.oddHeader.right.text)
    stamp = book["_ipdesk"]
    assert stamp.sheet_state == "veryHidden"
    told = {row[0].value: row[1].value for row in stamp.iter_rows()}
    assert (told["purpose"], told["ledger"], told["rows"]) == ("export", "guanbiao", "1")
    assert len(str(told["version"])) == 12


def test_a_sheet_of_a_past_day_says_so_in_its_title(store: SqlStore, tmp_path: Path) -> None:
    day = date.today()
    for moment, words in (
        (Moment(known_on=day), f"贯标企业台账，按{day}当日的登记内容（非涉密·内部资料）"),
        (Moment(as_of=day), f"贯标企业台账，数据截至{day}（非涉密·内部资料）"),
        (Moment(), "贯标企业台账（非涉密·内部资料）"),
    ):
        export(store, LEDGER, Query(), tmp_path / "台账.xlsx", moment=moment)
        assert openpyxl.load_workbook(tmp_path / "台账.xlsx").worksheets[0]["A1"].value == words


def test_only_columns_of_the_list_and_those_filled_are_written(store: SqlStore, tmp_path: Path) -> None:
    export(store, LEDGER, Query(), tmp_path / "台账.csv")
    with (tmp_path / "台账.csv").open(encoding="utf-8-sig", newline="") as stream:
        heads, row = csv.reader(stream)
    assert {"企业名称", "证书编号", "账号", "备注"} <= set(heads)
    assert "邮编" not in heads
    assert dict(zip(heads, row, strict=True))["证书编号"] == ""


def test_csv_begins_with_a_mark_and_keeps_spreadsheets_from_reading_formulas(
    store: SqlStore, tmp_path: Path
) -> None:
    export(store, LEDGER, Query(), tmp_path / "台账.CSV")
    data = (tmp_path / "台账.CSV").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    row = next(csv.DictReader(data.decode("utf-8-sig").splitlines()))
    assert (row["备注"], row["账号"]) == ("\t=1+1", "\t622202011112222333")
    assert (row["统一社会信用代码"], row["联系电话"], row["补助金额（万元）"]) == (
        "91320981MABJ1XG60Q",
        "151****1390",
        "1.5",
    )


def test_phones_are_masked_unless_revealed_and_that_is_logged(store: SqlStore, tmp_path: Path) -> None:
    export(store, LEDGER, Query(), tmp_path / "a.xlsx")
    assert cells(tmp_path / "a.xlsx")["联系电话"].value == "151****1390"
    export(store, LEDGER, Query(), tmp_path / "b.xlsx", reveal=True)
    assert cells(tmp_path / "b.xlsx")["联系电话"].value == "15186091390"
    logged = store._db.execute("SELECT deed FROM batch ORDER BY number DESC LIMIT 2").fetchall()  # noqa: SLF001
    assert [deed for (deed,) in logged] == ["导出贯标企业台账1条（未掩码）", "导出贯标企业台账1条"]


def test_an_empty_ledger_has_its_heads(make_store: Callable[..., SqlStore], tmp_path: Path) -> None:
    assert export(make_store(), LEDGER, Query(), tmp_path / "空.xlsx") == 0
    assert openpyxl.load_workbook(tmp_path / "空.xlsx").worksheets[0].max_row == 2


def test_more_rows_than_one_read_of_the_store(
    make_store: Callable[..., SqlStore], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ipdesk.export.CHUNK", 3)
    store, kinds = make_store(), {kind.name: kind for kind in LEDGER.kinds}
    with store.act("many", "test") as act:
        for number in range(10):
            enterprise = act.add(kinds["enterprise"], {"enterprise_name": f"企业{number}"})
            act.add(kinds["case"], {"enterprise_id": enterprise.id})
    assert export(store, LEDGER, Query(), tmp_path / "多.xlsx") == 10
    rows = load_workbook(tmp_path / "多.xlsx").get_sheet_by_index(0).to_python()
    assert len({row[2] for row in rows[2:]}) == 10


def test_another_ending_is_refused(store: SqlStore, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"\.xlsx 或 \.csv"):
        export(store, LEDGER, Query(), tmp_path / "台账.doc")


def test_a_text_too_long_for_a_cell_is_refused_and_leaves_no_file(store: SqlStore, tmp_path: Path) -> None:
    key = store.keys(LEDGER, Query())[0]
    actions.change(store, LEDGER, key, {"remark": "长" * 33000}, "test")
    with pytest.raises(Refusal, match="装不下"):
        export(store, LEDGER, Query(), tmp_path / "台账.xlsx")
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == []
    export(store, LEDGER, Query(), tmp_path / "台账.csv")
    assert "长" * 33000 in (tmp_path / "台账.csv").read_text(encoding="utf-8-sig")


def test_a_full_disk_keeps_its_number(
    store: SqlStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(book: Workbook) -> NoReturn:
        for sheet in book.worksheets():
            sheet._opt_close()  # noqa: SLF001  # the library closes its files on success only
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Workbook, "_store_workbook", fail)
    with pytest.raises(OSError, match="No space") as caught:
        export(store, LEDGER, Query(), tmp_path / "台账.xlsx")
    assert caught.value.errno == 28


def test_a_place_that_cannot_be_written_is_one_sentence(store: SqlStore, tmp_path: Path) -> None:
    for name in ("没有/台账.xlsx", "没有/台账.csv"):
        with pytest.raises(Refusal, match="写不了"):
            export(store, LEDGER, Query(), tmp_path / name)


CODED = [f.type for f in LEDGER.fields if isinstance(f.type, Coded)]


@pytest.mark.parametrize("kind", CODED, ids=lambda kind: kind.table)
def test_every_code_reads_back_from_its_cell(kind: Coded) -> None:
    for code in kind.codes.codes:
        assert kind.parse(kind.cell(code.code), Context(code.scope or None)) == code.code


SHAPED = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co"))
TEXTS = st.text(SHAPED, min_size=1, max_size=40)


@given(remark=TEXTS)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_survives_workbook_and_csv(remark: str, store: SqlStore, tmp_path: Path) -> None:
    value = LEDGER.field("remark").type.parse(remark) or "空"
    (key,) = store.keys(LEDGER, Query())
    actions.change(store, LEDGER, key, {"remark": value}, "test")
    export(store, LEDGER, Query(), tmp_path / "a.xlsx")
    export(store, LEDGER, Query(), tmp_path / "a.csv")
    rows = load_workbook(tmp_path / "a.xlsx").get_sheet_by_index(0).to_python()
    assert dict(zip(rows[1], rows[2], strict=True))["备注"] == value
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert next(csv.DictReader(stream))["备注"].lstrip("\t") == value


def filled(kind: FieldType, number: int) -> Value:
    """Return a value that a field of this type may hold."""
    match kind:
        case Coded():
            return kind.options(Context("320981"))[0][0]
        case Date():
            return f"20{10 + number % 15}-0{1 + number % 9}-1{number % 10}"
        case Integer():
            return 2000 + number % 20
        case Number():
            return number + 0.25
        case Bool():
            return number % 2 == 0
        case Uscc():
            return "91320981MAN2J1K637"
        case Phone():
            return "15186091390"
    return f"文字{number}公司"


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("reveal", [True, False])
def test_every_field_comes_in_again_unchanged(
    make_store: Callable[..., SqlStore], tmp_path: Path, ending: str, reveal: bool
) -> None:
    store = make_store()
    full = {field.name: filled(field.type, number) for number, field in enumerate(LEDGER.fields)}
    kinds = {kind.name: kind for kind in LEDGER.kinds}
    with store.act("full", "test") as act:
        keys: dict[str, RecordKey] = {}
        for name, part in LEDGER.split({**full, "unit_code": "320981"}).items():
            keys[name] = act.add(kinds[name], {**links(kinds[name], keys), **part})
    export(store, LEDGER, Query(), tmp_path / f"a.{ending}", reveal=reveal)
    planned = intake.plan(store, LEDGER, tmp_path / f"a.{ending}")
    assert (planned.unmapped, planned.refused) == ([], [])
    assert set(planned.mapping.values()) == {field.sheet_name for field in LEDGER.fields}
    assert [row.outcome for row in planned.rows] == ["unchanged"]
    assert ["星号" in problem.message for problem in planned.warnings].count(True) == (not reveal)


def test_a_masked_number_is_not_taken_from_a_form() -> None:
    for words in ("151****1390", "861*1234", "＊＊＊＊1390"):
        assert actions.read(LEDGER, {"contact_phone": words}, None)[1][0].code == "V06"
    assert LEDGER.field("contact_phone").type.parse("0515-86123456*801") == "0515-86123456*801"


def test_a_blank_form_comes_in_as_nothing(make_store: Callable[..., SqlStore], tmp_path: Path) -> None:
    write_template(LEDGER, tmp_path / "空表.xlsx", "320981")
    planned = intake.plan(make_store(), LEDGER, tmp_path / "空表.xlsx")
    assert (planned.rows, planned.refused, planned.unmapped) == ([], [], [])
