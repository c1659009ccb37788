"""The page of tasks: a county's own, the city's task by county, slips issued, answered and closed."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from ipdesk.actions import ledger as deeds
from ipdesk.actions.supervision import issue_slip
from ipdesk.fields import Value
from ipdesk.plan.slips import slips
from ipdesk.records import RecordKey
from ipdesk.store import Store
from tests.ui.conftest import WAIT, FakeDialogs, MakeSession
from ui.session import Session
from ui.tasks.dialog import SlipDialog
from ui.tasks.page import TasksPage

Settle = Callable[[Session], None]
DAY = date.today().isoformat()


@pytest.fixture
def show(qtbot: QtBot, settle: Settle) -> Callable[[Session], TasksPage]:
    def made(session: Session) -> TasksPage:
        page = TasksPage(session)
        qtbot.addWidget(page)
        page.resize(1150, 640)
        page.show()
        page.enter()
        settle(session)
        for table in (page.table, page.slips, page.panel.units):
            QAbstractItemModelTester(table.model())
        return page

    return made


def done(session: Session, op: Callable[[Store], object], qtbot: QtBot) -> None:
    told: list[object] = []
    owner = QDialog()
    qtbot.addWidget(owner)
    session.ask(owner, op, told.append)
    qtbot.waitUntil(lambda: bool(told), timeout=WAIT)


def put(session: Session, ledger: str, qtbot: QtBot, **values: Value) -> None:
    told = {"unit_code": session.office.unit_code, **values}
    done(session, lambda s: [deeds.add(s, s.catalogue.ledger(ledger), told, "测试")], qtbot)


def lines(page: TasksPage) -> dict[str, tuple[str, ...]]:
    return {row[0]: row[1:] for row in page.table.listing.rows}


def shown(dialogs: FakeDialogs) -> SlipDialog:
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, SlipDialog)
    return dialog


def test_a_county_loads_and_reads_its_tasks(
    make_session: MakeSession, show: Callable[[Session], TasksPage], settle: Settle, qtbot: QtBot
) -> None:
    county = make_session()
    page = show(county)
    assert (len(lines(page)), lines(page)["T1-1"][1]) == (27, "未报（滞后）")
    opened: list[tuple[str, RecordKey]] = []
    page.record_asked.connect(lambda ledger, key: opened.append((ledger, key)))
    page.open_task()
    assert opened == []
    page.load_button.click()
    settle(county)
    settle(county)
    assert lines(page)["T1-1"][1] == "未启动（滞后）"
    page.load_button.click()
    settle(county)
    put(county, "task_progress", qtbot, task_code="T2-6", period="2023-Q4", task_state="TS3", progress="取消")
    page.refresh()
    settle(county)
    assert lines(page)["T2-6"][1] == "已完成"
    assert page.table.stand("T2-6")
    words = {name: label.text() for name, label in page.panel.words.items()}
    assert words["最新进展"] == "2023年第四季度 已完成：取消"
    assert words["时限（计划原文）"].startswith(
        "确保在 2023 年底前全部取消；按 2023-12-31 计，属组织实施阶段"
    )
    assert "市知识产权局（今市市场监管局（市知识产权局）" in words["责任部门（计划原文，括号内为现名）"]
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    page.table.stand("T1-1")
    page.panel.open_button.click()
    assert [ledger for ledger, _ in opened] == ["task_progress", "task"]


def test_the_list_is_narrowed_by_state(
    make_session: MakeSession, show: Callable[[Session], TasksPage], settle: Settle, qtbot: QtBot
) -> None:
    county = make_session()
    put(county, "task_progress", qtbot, task_code="T1-1", period="2024", task_state="TS6")
    page = show(county)
    box = page.boxes["state"]
    box.setCurrentIndex(box.findData("TS6"))
    assert list(lines(page)) == ["T1-1"]
    box.setCurrentIndex(box.findData("none"))
    assert len(lines(page)) == 26
    box.setCurrentIndex(box.findData("TS5"))
    assert (lines(page), page.panel.name.isVisible()) == ({}, False)
    page.clear_button.click()
    assert len(lines(page)) == 27


def test_the_city_sees_task_by_county_and_supervises(
    make_session: MakeSession,
    show: Callable[[Session], TasksPage],
    settle: Settle,
    dialogs: FakeDialogs,
    qtbot: QtBot,
) -> None:
    city = make_session("city", "320900", office_name="盐城市知识产权局")
    put(city, "task_progress", qtbot, task_code="T2-6", period="2024", task_state="TS2")
    page = show(city)
    row = lines(page)["T2-6"]
    assert (len(row), row[1], row[2]) == (2 + len(page.units), str(len(page.units)), "进行!")
    page.issue()
    assert not dialogs.shown
    page.table.stand("T2-6")
    unit = page.boxes["unit"]
    unit.setCurrentIndex(unit.findData("320981"))
    assert page.panel.units.key == "320981"
    assert page.panel.issue_button is not None
    page.panel.issue_button.click()
    settle(city)
    dialog = shown(dialogs)
    assert (dialog.windowTitle(), dialog.edit("subject").text()) == (
        "向东台市发督办单",
        "任务T2-6“规范知识产权奖励政策”进展滞后",
    )
    dialog.do()
    assert dialog.boxes["demand"].words.endswith("请填写整改要求")
    dialog.edit("demand").setText("限期取消")
    dialog.edit("deadline").setText("2000")
    dialog.do()
    settle(city)
    assert not dialog.notice.isHidden()
    assert dialog.do_button.isEnabled()
    dialog.edit("deadline").setText("2099-01-01")
    dialog.do()
    settle(city)
    settle(city)
    assert [row[0] for row in page.slips.listing.rows] == ["待回复"]
    number = page.slips.listing.rows[0][1]
    assert number == f"督〔{date.today().year}〕1号"
    page.deed_button.click()
    closing = shown(dialogs)
    closing.edit("note").setText("好")
    closing.do()
    settle(city)
    assert "还没有回复" in closing.notice.words.text()


def answered(store: Store) -> list[str]:
    (slip,) = slips(store)
    deeds.change(store, store.catalogue.ledger("supervision"), slip.issued.key, {"reply_date": DAY}, "测试")
    return [slip.number]


def test_the_city_closes_what_was_answered(
    make_session: MakeSession,
    show: Callable[[Session], TasksPage],
    settle: Settle,
    dialogs: FakeDialogs,
    qtbot: QtBot,
) -> None:
    city = make_session("city", "320900", office_name="盐城市知识产权局")
    told: dict[str, Value] = {"unit_code": "320981", "subject": "补报", "deadline": "2099-01-01"}
    done(city, lambda store: [issue_slip(store, told)], qtbot)
    done(city, answered, qtbot)
    page = show(city)
    assert page.slips.listing.rows[0][0] == "已回复"
    page.deed_button.click()
    dialog = shown(dialogs)
    dialog.edit("note").setText("材料齐全")
    dialog.do()
    settle(city)
    settle(city)
    assert page.slips.listing.rows[0][0] == "已销号"
    opened: list[str] = []
    page.record_asked.connect(lambda ledger, _key: opened.append(ledger))
    page.slip_button.click()
    assert opened == ["supervision"]


def test_a_county_answers_a_slip(
    make_session: MakeSession,
    show: Callable[[Session], TasksPage],
    settle: Settle,
    dialogs: FakeDialogs,
    qtbot: QtBot,
) -> None:
    county = make_session()
    page = show(county)
    page.deed_button.click()
    page.slip_button.click()
    assert not dialogs.shown
    fields: dict[str, Value] = {"slip_no": "督1号", "subject": "补报", "issued_date": DAY}
    put(county, "supervision", qtbot, **fields, deadline="2099-01-01")
    page.refresh()
    settle(county)
    page.deed_button.click()
    dialog = shown(dialogs)
    assert dialog.windowTitle() == "回复督办单督1号"
    dialog.edit("reply").setText("已补报")
    QTest.keyClick(dialog.edit("reply"), Qt.Key.Key_Return)
    dialog.do()
    settle(county)
    settle(county)
    assert page.slips.listing.rows[0][0] == "已回复"
    assert page.slips.listing.rows[0][-1] == "已补报"
