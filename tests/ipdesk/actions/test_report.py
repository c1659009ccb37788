"""Making a report: told how far it is, and given up with nothing written."""

from collections.abc import Callable
from pathlib import Path

import pytest

from db.store import SqlStore
from ipdesk.actions.ledger import add
from ipdesk.actions.report import write_report
from ipdesk.actions.workspace import name_office


def test_a_workbook_of_rows_tells_each_and_can_be_given_up(
    make_store: Callable[..., SqlStore], tmp_path: Path
) -> None:
    store, heard = make_store(), []
    name_office(store, "东台市知识产权局")
    ledger = store.catalogue.ledger("guanbiao")
    for name, uscc in (("东台甲有限公司", "91320981MABJ1XG60Q"), ("东台乙有限公司", "91320981MAN2J1K637")):
        add(store, ledger, {"unit_code": "320981", "enterprise_name": name, "uscc": uscc}, "test")

    def hear(done: int, total: int) -> None:
        heard.append((done, total))
        if done == 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        write_report(store, "guanbiao", tmp_path / "a.xlsx", progress=hear)
    assert heard == [(0, 0), (1, 2), (2, 2)]
    assert list(tmp_path.glob("a.xlsx*")) == []


@pytest.mark.parametrize(
    ("suffix", "told"), [(".pdf", [(0, 0), (0, 1)]), (".xlsx", [(0, 0)])], ids=["pdf", "xlsx"]
)
def test_progress_is_told(
    make_store: Callable[..., SqlStore], tmp_path: Path, suffix: str, told: list[tuple[int, int]]
) -> None:
    store, heard = make_store(), []
    name_office(store, "东台市知识产权局")
    write_report(
        store, "guanbiao", tmp_path / f"a{suffix}", progress=lambda done, total: heard.append((done, total))
    )
    assert heard == told
    assert (tmp_path / f"a{suffix}").is_file()


def test_a_report_given_up_leaves_nothing(make_store: Callable[..., SqlStore], tmp_path: Path) -> None:
    def stop(_done: int, total: int) -> None:
        if total:
            raise InterruptedError

    store = make_store()
    name_office(store, "东台市知识产权局")
    with pytest.raises(InterruptedError):
        write_report(store, "guanbiao", tmp_path / "a.pdf", progress=stop)
    assert list(tmp_path.glob("a.pdf*")) == []
