"""A sheet with 身份证号 switches its collection on for its classes, and says so."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from db.store import SqlStore
from ipdesk import intake
from ipdesk.records import Query

HEADS = ("姓名", "手机号", "身份证号", "工作单位", "培训班名称", "培训时间")
ROWS = (
    ("姚喆芳", "13900000000", "11010519491231002X", "东台甲有限公司", "高管班", "2024-09-21"),
    ("王力", "13900000001", "", "东台乙有限公司", "高管班", "2024-09-21"),
)


def sheet(path: Path, *, with_id: bool) -> Path:
    """Write a sheet of trainees."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADS)
        writer.writerows(row if with_id else (*row[:2], "", *row[3:]) for row in ROWS)
    return path


@pytest.mark.parametrize(("with_id", "collects"), [(True, True), (False, None)])
def test_a_class_collects_what_its_sheet_has(
    make_store: Callable[..., SqlStore], tmp_path: Path, with_id: bool, collects: bool | None
) -> None:
    store = make_store()
    ledger = store.catalogue.ledger("training")
    planned = intake.plan(store, ledger, sheet(tmp_path / "a.csv", with_id=with_id))
    assert any("收集身份证号" in note for note in planned.notes) is with_id
    assert intake.apply(store, planned) == intake.IntakeOutcome(2, 0, 0)
    rows = store.rows(ledger, store.keys(ledger, Query()))
    assert [row.values.get("collects_id_no") for row in rows] == [collects, collects]
    assert store.count(store.catalogue.kind("training")) == 1
    logged = [c.field for c in store.history(ledger, rows[0].key)]
    assert ("collects_id_no" in logged) is with_id
    assert intake.plan(store, ledger, tmp_path / "a.csv").counts == {"unchanged": 2}
