"""A county's screens: what is unsent, the export, answers to the city, conflicts, each on real stores."""

from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from ipdesk import sync
from ipdesk.actions import corrections as asking
from ipdesk.actions.deciding import send_back
from ipdesk.actions.ledger import one
from ipdesk.kinds.deciding import CONFLICT
from ipdesk.kinds.guanbiao import GUANBIAO
from ipdesk.records import Query, RecordKey
from ipdesk.store import Store
from tests.ui.conftest import FIRM, WAIT, MakeSession
from tests.ui.sync.conftest import MakePair, Pair, do
from ui.form.panel import FormPanel
from ui.sync.county import CountyPage
from ui.sync.deeds import Standing


def down(pair: Pair) -> None:
    """Let the city take in everything on the stick and the county take the city's receipt in."""

    def up(store: Store) -> list[Path]:
        sync.receive(store, sorted(pair.stick.glob("3209*-*.ipk")))
        out = pair.stick / f"out{len(list(pair.stick.iterdir()))}"
        out.mkdir()
        return sync.export(store, out)

    receipts = do(pair, pair.city, up)
    pair.county_page.look_at(receipts)
    pair.settle()
    pair.county_page.take_button.click()
    pair.settle()


def key_of(pair: Pair, name: str = FIRM["enterprise_name"]) -> RecordKey:
    def op(store: Store) -> RecordKey:
        rows = store.rows(GUANBIAO, store.keys(GUANBIAO, Query()))
        return next(row.key for row in rows if row.values["enterprise_name"] == name)

    return do(pair, pair.county, op)  # type: ignore[no-any-return]


def ask_for(pair: Pair, **values: Any) -> None:  # noqa: ANN401 - field values
    """Let the city ask for changes and the county hear of it."""
    key = key_of(pair)

    def op(store: Store) -> None:
        asking.propose(store, GUANBIAO, one(store, GUANBIAO, key), values, "与证书不符", date(2027, 1, 31))

    do(pair, pair.city, op)
    down(pair)


# ---------------------------------------------------------------- the outbox
def test_the_outbox_lists_what_is_unsent_and_leads_to_the_record(pair: Pair, qtbot: QtBot) -> None:
    page, opened = pair.county_page, []
    page.record_asked.connect(lambda ledger, key: opened.append((ledger, key)))
    assert [line[:3] for line in page.outbox.model.rows] == [
        ("贯标企业", "东台喆䶮新材料有限公司", "未上报"),
        ("贯标企业", "东台盛程纺织有限公司", "未上报"),
    ]
    assert page.tabs.tabText(0) == "待上报（2）"
    assert page.head.about.text().startswith("2 条登记没有上报，合 ")
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow, timeout=WAIT)
    page.outbox.table.setFocus()
    QTest.keyClick(page.outbox.table, Qt.Key.Key_Return)
    assert opened == [("guanbiao", key_of(pair))]
    page.outbox.box.setCurrentIndex(2)
    assert page.outbox.shown == []
    page.outbox.clear_button.click()
    assert len(page.outbox.shown) == 2
    pair.send()
    assert page.outbox.model.rows == []
    assert page.tabs.tabText(0) == "待上报"


def test_what_the_city_returned_stands_in_the_outbox_and_at_its_field(pair: Pair) -> None:
    pair.send()
    down(pair)
    key = key_of(pair)

    def op(store: Store) -> None:
        send_back(store, GUANBIAO, one(store, GUANBIAO, key), "请与证书一致", "contact_name")

    do(pair, pair.city, op)
    down(pair)
    (line,) = pair.county_page.outbox.model.rows
    assert line == ("贯标企业", "东台喆䶮新材料有限公司", "市局退改", "联系人：请与证书一致")
    form = FormPanel(pair.county, GUANBIAO)
    form.show_row(do(pair, pair.county, lambda store: one(store, GUANBIAO, key)))
    pair.settle()
    assert form.boxes["contact_name"].message == "市局退改：请与证书一致"
    assert form.notice.words.text() == "市局退改：请与证书一致"
    form.deleteLater()


# ---------------------------------------------------------------- answers
def test_a_correction_is_taken_by_one_key_and_the_city_hears(pair: Pair) -> None:
    pair.send()
    down(pair)
    ask_for(pair, contact_name="卢䶮", contact_phone="13911112222")
    desk, page = pair.county_page.answers, pair.county_page
    assert page.tabs.tabText(1) == "更正意见（2）"
    assert {line[0] for line in desk.table.listing.rows} == {"待答复"}
    assert not any("13911112222" in word for line in desk.table.listing.rows for word in line)
    desk.accept_all()
    pair.settle()
    assert {line[0] for line in desk.table.listing.rows} == {"已同意（待上报）"}
    key = key_of(pair)
    row = do(pair, pair.county, lambda store: one(store, GUANBIAO, key))
    assert (row.values["contact_name"], row.values["contact_phone"]) == ("卢䶮", "13911112222")
    pair.send()
    down(pair)
    assert {line[0] for line in desk.table.listing.rows} == {"已同意（市局已知）"}
    assert page.tabs.tabText(1) == "更正意见"


def test_a_yes_that_was_undone_is_answered_anew(pair: Pair) -> None:
    pair.send()
    down(pair)
    ask_for(pair, contact_name="卢䶮")
    desk = pair.county_page.answers
    desk.panel.answer(yes=True)
    pair.settle()
    assert desk.panel.yes_button.isHidden()
    do(pair, pair.county, lambda store: store.undo())
    pair.county_page.refresh()
    pair.settle()
    assert desk.table.listing.rows[0][0] == "已撤销，请再答复"
    desk.panel.edit.setText("身份证如此")
    desk.panel.no_button.click()
    pair.settle()
    assert desk.table.listing.rows[0][0] == "不同意（待上报）"
    desk.panel.answer(yes=True)
    pair.settle()
    assert desk.table.listing.rows[0][0] == "已同意（待上报）"


def test_a_no_needs_a_reason(pair: Pair) -> None:
    pair.send()
    down(pair)
    ask_for(pair, contact_name="卢䶮")
    desk = pair.county_page.answers
    panel = desk.panel
    assert (panel.old.text(), panel.new.text(), panel.present.text()) == ("卢𬭛", "卢䶮", "卢𬭛")
    panel.no_button.click()
    assert "为什么不同意" in panel.wrong.text()
    panel.edit.setText("身份证如此")
    panel.no_button.click()
    pair.settle()
    assert desk.table.listing.rows[0][0] == "不同意（待上报）"
    assert panel.verdict.text().endswith("身份证如此")
    assert not panel.yes_button.isHidden()
    pair.send()
    down(pair)
    assert desk.table.listing.rows[0][0] == "不同意（市局已知）"
    assert panel.yes_button.isHidden()


def test_keys_alone_answer_and_the_one_due_first_stands_first(pair: Pair, qtbot: QtBot) -> None:
    pair.send()
    down(pair)
    ask_for(pair, contact_name="卢䶮")
    key = key_of(pair)

    def sooner(store: Store) -> None:
        row = one(store, GUANBIAO, key)
        asking.propose(store, GUANBIAO, row, {"remark": "已核对"}, "电话核实", date(2026, 12, 1))

    do(pair, pair.city, sooner)
    down(pair)
    page, desk = pair.county_page, pair.county_page.answers
    assert [line[2] for line in desk.table.listing.rows] == ["备注", "联系人"]
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow, timeout=WAIT)
    page.tabs.setCurrentWidget(desk)
    desk.table.setFocus()
    QTest.keyClick(desk.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    pair.settle()
    assert [line[0] for line in desk.table.listing.rows] == ["待答复", "已同意（待上报）"]
    desk.table.setFocus()
    QTest.keyClick(desk.table, Qt.Key.Key_Return)
    assert desk.panel.edit.hasFocus()
    QTest.keyClicks(desk.panel.edit, "no")
    QTest.keyClick(desk.panel.edit, Qt.Key.Key_Escape)
    assert desk.table.hasFocus()
    QTest.keyClick(desk.table, Qt.Key.Key_2)
    pair.settle()
    assert {line[0] for line in desk.table.listing.rows} == {"已同意（待上报）", "不同意（待上报）"}


def test_one_whose_value_moved_on_is_marked_and_left(pair: Pair) -> None:
    pair.send()
    down(pair)
    ask_for(pair, contact_name="卢䶮")
    key, desk = key_of(pair), pair.county_page.answers

    def change(store: Store) -> None:
        from ipdesk.actions.ledger import change_row

        change_row(store, GUANBIAO, one(store, GUANBIAO, key), {"contact_name": "卢三"}, "测试")

    do(pair, pair.county, change)
    pair.county_page.refresh()
    pair.settle()
    assert desk.table.listing.rows[0][0] == "原值已变"
    assert not desk.all_button.isEnabled()
    assert desk.panel.present.text() == "卢三"
    assert not desk.panel.differs.isHidden()
    desk.panel.answer(yes=True)
    pair.settle()
    assert "后来又改过" in desk.panel.wrong.text()
    desk.accept_all()
    pair.settle()
    assert desk.table.listing.rows[0][0] == "原值已变"


# ---------------------------------------------------------------- conflicts
def test_a_conflict_after_a_restore_is_decided_here(pair: Pair) -> None:
    key, page = key_of(pair), pair.county_page

    def clash(store: Store) -> None:
        row, kind = one(store, GUANBIAO, key), GUANBIAO.kind_of("contact_name").name
        person = row.parts[kind]
        with store.act("测试", "测试") as act:
            act.upsert(
                CONFLICT,
                [
                    {
                        "unit": person.owner,
                        "kind": kind,
                        "record": person.id,
                        "other_version": "1.2.abcd",
                        "field": "contact_name",
                        "held": '"卢𬭛"',
                        "other": '"卢三"',
                        "state": "open",
                        "found_at": "2026-11-22T10:00:00+08:00",
                    }
                ],
            )

    do(pair, pair.county, clash)
    page.refresh()
    pair.settle()
    assert page.tabs.tabText(2) == "冲突（1）"
    page.clashes.panel.choose("theirs")
    page.clashes.panel.ask()
    pair.settle()
    row = do(pair, pair.county, lambda store: one(store, GUANBIAO, key))
    assert row.values["contact_name"] == "卢三"
    assert page.tabs.tabText(2) == "冲突"


# ---------------------------------------------------------------- the rest
def test_that_nothing_is_locked_is_said(make_pair: MakePair) -> None:
    pair = make_pair()
    assert "未加锁" in pair.county_page.unlocked.text()
    assert pair.county_page.unlocked.isVisible()


def test_every_list_passes_qts_tester(pair: Pair) -> None:
    page = pair.county_page
    models = (page.outbox.model, page.answers.table.listing, page.clashes.table.listing)
    testers = [
        QAbstractItemModelTester(m, QAbstractItemModelTester.FailureReportingMode.Fatal) for m in models
    ]
    pair.send()
    down(pair)
    ask_for(pair, contact_name="卢䶮")
    assert len(testers) == 3


def test_who_has_sent_nothing_yet_is_not_told_that_all_is_sent(
    make_session: MakeSession, qtbot: QtBot
) -> None:
    page = CountyPage(make_session())
    qtbot.addWidget(page)
    page.show_standing(Standing("", (), (), 0, 0, (), (), ()))
    assert page.head.about.text() == "还没有上报过"
    page.show_standing(Standing("", (), (), 0, 0, (), (), ({"name": "一"},)))
    assert page.head.about.text() == "全部已上报"
