"""A reported period stands: every way of writing is refused until it is withdrawn or returned."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from db.store import SqlStore
from ipdesk import intake
from ipdesk.actions import batch, paste
from ipdesk.actions import ledger as deeds
from ipdesk.actions import reporting_periods as periods
from ipdesk.fields import Value
from ipdesk.kinds.indicators import INDICATOR_VALUE
from ipdesk.periods import Period
from ipdesk.problems import Refusal
from ipdesk.records import RecordKey
from ipdesk.reporting.filings import filing

DONGTAI = "320981"
MONTH = Period.read("2024-03")
QUARTER = Period.read("2024-Q1")
TODAY = date(2024, 4, 5)
CLOSED = "2024年3月已经报送，要改请先在“期次”里撤回这一期并写明原因"
LOAN: dict[str, Value] = {
    "indicator_code": "I06",
    "period": "2024-03",
    "value": 1200,
    "source": "部门报送",
}
PROGRESS: dict[str, Value] = {"task_code": "T2-6", "period": "2024-03", "task_state": "TS2"}


def put(store: SqlStore, values: dict[str, Value], name: str = "indicator_value") -> RecordKey:
    return deeds.add(store, store.catalogue.ledger(name), values, "测试")


@pytest.fixture
def store(make_store: Callable[..., SqlStore]) -> SqlStore:
    return make_store()


@pytest.fixture
def key(store: SqlStore) -> RecordKey:
    """Return the figure of a month that was reported."""
    found = put(store, LOAN)
    periods.submit(store, MONTH, today=TODAY)
    return found


def refused(deed: Callable[[], object], sentence: str = CLOSED) -> None:
    with pytest.raises(Refusal) as refusal:
        deed()
    assert refusal.value.message == sentence


def figures(store: SqlStore) -> list[Value]:
    return [r.values.get("value") for r in store.find(INDICATOR_VALUE)]


def test_the_form(store: SqlStore, key: RecordKey) -> None:
    ledger = store.catalogue.ledger("indicator_value")
    refused(lambda: deeds.change(store, ledger, key, {"value": 1}, "表单"))
    refused(lambda: deeds.change(store, ledger, key, {"period": "2024-04"}, "表单"))
    refused(lambda: deeds.delete(store, ledger, [key], "列表"))
    refused(lambda: put(store, {**LOAN, "item": "count"}))
    assert figures(store) == [1200]


def test_a_row_of_another_period_cannot_be_moved_into_it(store: SqlStore, key: RecordKey) -> None:
    other = put(store, {**LOAN, "period": "2024-04"})
    ledger = store.catalogue.ledger("indicator_value")
    refused(lambda: deeds.change(store, ledger, other, {"period": "2024-03", "item": "count"}, "表单"))


def test_the_progress_of_tasks(store: SqlStore) -> None:
    ledger = store.catalogue.ledger("task_progress")
    put(store, LOAN)
    progress = put(store, PROGRESS, "task_progress")
    periods.submit(store, MONTH, today=TODAY)
    refused(lambda: deeds.change(store, ledger, progress, {"task_state": "TS3"}, "表单"))
    refused(lambda: put(store, {**PROGRESS, "task_code": "T2-1"}, "task_progress"))


def test_many_rows_at_once(store: SqlStore, key: RecordKey) -> None:
    open_ = put(store, {**LOAN, "period": "2024-04"})
    ledger = store.catalogue.ledger("indicator_value")
    planned = batch.plan(store, ledger, [key, open_], "source", "统计部门")
    assert [[p.message for p in one.problems] for one in planned.refused] == [[CLOSED]]
    assert batch.apply(store, planned) == 1


def test_a_pasted_block(store: SqlStore, key: RecordKey) -> None:
    ledger = store.catalogue.ledger("indicator_value")
    columns = ("indicator_code", "period", "value", "source")
    text = "质押融资\t2024-03\t5\t部门报送\n质押融资\t2024-04\t6\t部门报送"
    planned = paste.plan(store, paste.read(ledger, text, columns))
    assert [p.message for p in planned.refused] == [CLOSED]
    paste.apply(store, planned)
    assert figures(store) == [1200, 6]


def test_a_sheet(store: SqlStore, key: RecordKey, tmp_path: Path) -> None:
    book, ledger = Workbook(), store.catalogue.ledger("indicator_value")
    sheet = book.active
    assert sheet is not None
    for line in (("指标", "报送期", "本期数值", "数据来源"), ("I06", "2024-03", 1200, "部门报送")):
        sheet.append(line)
    book.save(tmp_path / "同样.xlsx")
    same = intake.plan(store, ledger, tmp_path / "同样.xlsx")
    assert (len(same.refused), [row.outcome for row in same.rows]) == (0, ["unchanged"])
    sheet["C2"] = 5
    book.save(tmp_path / "改了.xlsx")
    planned = intake.plan(store, ledger, tmp_path / "改了.xlsx")
    assert [(p.code, p.row, p.message) for p in planned.refused] == [("date", 2, CLOSED)]
    intake.apply(store, planned)
    assert figures(store) == [1200]


def test_what_was_planned_before_the_period_was_reported(store: SqlStore) -> None:
    ledger = store.catalogue.ledger("indicator_value")
    first = put(store, LOAN)
    pasted = paste.read(
        ledger, "质押融资\t2024-03\t5\t部门报送", ("indicator_code", "period", "value", "source")
    )
    planned, many = paste.plan(store, pasted), batch.plan(store, ledger, [first], "source", "统计部门")
    periods.submit(store, MONTH, today=TODAY)
    refused(lambda: paste.apply(store, planned))
    refused(lambda: batch.apply(store, many))
    assert figures(store) == [1200]


def test_undo_and_redo(store: SqlStore, key: RecordKey) -> None:
    refused(lambda: deeds.undo(store))
    periods.withdraw(store, MONTH, "数字错了")
    deeds.undo(store)
    assert figures(store) == []
    periods.submit(store, MONTH, zero=True, today=TODAY)
    refused(lambda: deeds.redo(store))


def test_an_act_written_by_hand(store: SqlStore, key: RecordKey) -> None:
    def write() -> None:
        with store.act("改", "程序") as act:
            act.put(INDICATOR_VALUE, key, {"remark": "补记"})

    refused(write)


def test_the_report_itself_is_not_opened_by_hand(store: SqlStore, key: RecordKey) -> None:
    ledger = store.catalogue.ledger("period_report")
    found = filing(store, DONGTAI, MONTH)
    assert found.record
    report, sentence = found.record.key, "2024年3月已经报送，不能直接改动或删除，请用“撤回”并写明原因"
    refused(lambda: deeds.change(store, ledger, report, {"report_state": "RS1"}, "表单"), sentence)
    refused(lambda: deeds.change(store, ledger, report, {"period": "2024-05"}, "表单"), sentence)
    refused(lambda: deeds.delete(store, ledger, [report], "表单"), sentence)
    reason: dict[str, Value] = {"report_state": "RS1", "withdrawn_for": "错了"}
    assert deeds.change(store, ledger, report, reason, "表单")


def test_withdrawn_it_can_be_changed_and_reported_again(store: SqlStore, key: RecordKey) -> None:
    ledger = store.catalogue.ledger("indicator_value")
    periods.withdraw(store, MONTH, "数字错了")
    assert deeds.change(store, ledger, key, {"value": 1300}, "表单")
    periods.submit(store, MONTH, today=TODAY)
    refused(lambda: deeds.change(store, ledger, key, {"value": 1}, "表单"))


def test_a_finer_period_is_told_by_that_in_which_its_indicator_is_due(store: SqlStore) -> None:
    abroad: dict[str, Value] = {**LOAN, "indicator_code": "I03", "period": "2024-Q1", "value": 3}
    put(store, abroad)
    periods.submit(store, QUARTER, remark="其余待上级反馈", today=TODAY)
    told = "2024年第一季度已经报送，要改请先在“期次”里撤回这一期并写明原因"
    refused(lambda: put(store, {**abroad, "period": "2024-03"}), told)
    put(store, {**abroad, "period": "2024-Q2"})
    put(store, LOAN)  # monthly: the quarter's report does not tell it


def test_other_ledgers_and_unreadable_periods_are_free(store: SqlStore, key: RecordKey) -> None:
    put(store, {"task_code": "T2-6", "local_measures": "走访"}, "task")
    put(store, {"period": "2024-05", "report_state": "RS1"}, "period_report")
    with store.act("改", "程序") as act:
        act.add(INDICATOR_VALUE, {"unit_code": DONGTAI, "period": "某月"})
