"""A county's screens: what is unsent, the export, answers to the city, conflicts, each on real stores."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from ipdesk import sync
from ipdesk.actions import corrections as asking
from ipdesk.actions.deciding import send_back
from ipdesk.actions.ledger import one
from ipdesk.drives import Drive
from ipdesk.kinds.deciding import CONFLICT
from ipdesk.kinds.guanbiao import GUANBIAO
from ipdesk.problems import Refusal
from ipdesk.records import Query, RecordKey
from ipdesk.shortdigest import short
from ipdesk.store import Store
from ipdesk.sync import sending
from ipdesk.sync.completeness import Plan
from ipdesk.sync.contents import Cargo
from tests.ui.conftest import FIRM, WAIT
from tests.ui.sync.conftest import Pair
from ui.amounts import size
from ui.form.panel import FormPanel
from ui.session import Session
from ui.sync import paper, places
from ui.sync.checking import DigestDialog
from ui.sync.exporting import ExportDialog, Sending, offered
from ui.sync.paper import SheetDialog
from ui.sync.places import Seen

MakePair = Callable[..., Pair]
STICK = Drive(Path("/media/clerk/KINGSTON"), "KINGSTON", 8 * 2**30, 16 * 2**30)
FULL = Drive(Path("/media/clerk/FULL"), "满盘", 1000, 16 * 2**30)
LOCKED = Drive(Path("/media/clerk/LOCKED"), "锁盘", 8 * 2**30, 16 * 2**30, read_only=True)


def do(pair: Pair, session: Session, op: Callable[[Store], Any]) -> Any:  # noqa: ANN401 - whatever op returns
    told: list[Any] = []
    session.ask(pair.county_page, op, told.append)
    pair.settle()
    return told[0]


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


@pytest.fixture
def pair(make_pair: MakePair) -> Pair:
    made = make_pair()
    made.enrol()
    return made


# ---------------------------------------------------------------- the outbox
def test_the_outbox_lists_what_is_unsent_and_leads_to_the_record(pair: Pair, qtbot: QtBot) -> None:
    page, opened = pair.county_page, []
    page.record_asked.connect(lambda ledger, key: opened.append((ledger, key)))
    assert [line[:3] for line in page.outbox.model.rows] == [
        ("贯标企业", "东台喆䶮新材料有限公司", "未上报"),
        ("贯标企业", "东台盛程纺织有限公司", "未上报"),
    ]
    assert page.tabs.tabText(0) == "待上报（2）"
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


# ---------------------------------------------------------------- the export
def dialog_of(
    pair: Pair, *found: Drive, rows: int = 0, cargo: Cargo | None = None, last: str = ""
) -> ExportDialog:
    told = Sending(rows, cargo or Cargo({}), Seen(found), last)
    return ExportDialog(pair.county_page, pair.county, told)


def test_a_stick_that_fits_is_proposed_and_others_are_told(pair: Pair) -> None:
    dialog = dialog_of(pair, FULL, LOCKED, STICK)
    assert [line for line in dialog.places.model.rows] == [
        ("满盘", "1,000 字节", "空间不够"),
        ("锁盘", "8.0 GB", "写保护，不能用"),
        ("KINGSTON", "8.0 GB", "U盘"),
    ]
    assert dialog.places.place == STICK.folder
    assert dialog.export_button.isEnabled()
    dialog.places.table.selectRow(0)
    assert "“满盘”只剩 1,000 字节" in dialog.notice.words.text()
    assert not dialog.export_button.isEnabled()
    refused = dialog.wish
    assert refused is None
    dialog.places.table.selectRow(1)
    assert "写保护" in dialog.notice.words.text()
    dialog.places.table.selectRow(2)
    wish = dialog.wish
    assert wish
    assert (wish.folder, wish.is_stick, wish.attachments) == (STICK.folder, True, False)


def test_without_a_stick_a_folder_is_chosen(pair: Pair, tmp_path: Path) -> None:
    dialog = dialog_of(pair)
    assert dialog.places.place is None
    assert not dialog.export_button.isEnabled()
    pair.dialogs.folder = tmp_path
    dialog.places.other_button.click()
    pair.settle()
    assert dialog.wish
    assert not dialog.wish.is_stick
    assert dialog.places.model.rows[0][2] == "文件夹"


def test_sticks_come_and_go_while_one_chooses(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = dialog_of(pair, STICK)
    monkeypatch.setattr(places, "drives", lambda: [])
    dialog.places.look()
    pair.settle()
    assert dialog.places.place is None
    monkeypatch.setattr(places, "drives", lambda: [STICK])
    dialog.places.look()
    pair.settle()
    assert dialog.places.place == STICK.folder


def test_a_period_and_nothing_to_report_are_told(pair: Pair) -> None:
    busy = dialog_of(pair, STICK, rows=3)
    assert busy.zero.isHidden()
    assert "不能报零" in busy.zero_hint.text()
    dialog = dialog_of(pair, STICK)
    assert dialog.zero.isHidden()
    dialog.period.setCurrentIndex(1)
    dialog.zero.setChecked(True)
    wish = dialog.wish
    assert wish
    assert (wish.report.period, wish.report.zero) == (f"{date.today():%Y-%m}", True)
    dialog.period.setCurrentIndex(0)
    assert not dialog.zero.isChecked()


def test_the_period_after_the_last_is_proposed(pair: Pair) -> None:
    last = offered(date.today())[1]
    assert dialog_of(pair, STICK, last=last.code).period.currentData() == last.next.code
    assert dialog_of(pair, STICK, last=last.next.code).period.currentData() == last.next.code
    planned = Sending(0, Cargo({}), Seen(()), "", Plan("month", 180))
    dialog = ExportDialog(pair.county_page, pair.county, planned)
    assert dialog.period.currentData() == last.code
    assert [p.code for p in offered(date(2026, 1, 5))] == [
        "2026-01", "2025-12", "2026-Q1", "2025-Q4", "2026", "2025",
    ]  # fmt: skip


def test_attachments_say_their_size_and_are_weighed(pair: Pair) -> None:
    tight = replace(STICK, free=20 * 2**20)
    dialog = dialog_of(pair, tight, cargo=Cargo({"a": 30 * 2**20}, 2, 5 * 2**20))
    assert dialog.attachments.text() == "带上附件（1 个，30.0 MB）"
    assert dialog.export_button.isEnabled()
    dialog.attachments.setChecked(True)
    assert "请腾出空间" in dialog.notice.words.text()
    assert not dialog.export_button.isEnabled()


def test_what_was_exported_says_where_and_that_it_was_read_back(pair: Pair) -> None:
    package = pair.send()
    words = pair.county_page.notice.words.text()
    assert package.name in words
    assert "已读回核对" in words
    assert pair.county_page.pages.currentWidget() is pair.county_page.home
    assert [line[2] for line in pair.county_page.file_list.listing.rows] == ["市局"]


def test_a_place_that_fills_up_meanwhile_is_refused_in_a_sentence(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_folder: Path, _size: int) -> None:
        raise Refusal("剩余空间不够：只剩 10 字节")

    monkeypatch.setattr(sending, "refuse_full", full)
    before = list(pair.stick.iterdir())
    pair.county_page.export_button.click()
    pair.settle()
    assert "只剩 10 字节" in pair.dialogs.told[-1]
    assert list(pair.stick.iterdir()) == before
    assert pair.county_page.pages.currentWidget() is pair.county_page.home


def test_a_stick_pulled_out_is_refused_in_a_sentence(pair: Pair, tmp_path: Path) -> None:
    dialogs, gone = pair.dialogs, tmp_path / "gone"
    gone.mkdir()
    pair.county.desk.preferences.put(places.REMEMBERED, str(gone))
    pair.county_page.export()
    gone.rmdir()
    pair.settle()
    assert dialogs.told == []  # it was not even offered any more
    assert pair.county_page.pages.currentWidget() is pair.county_page.home


@pytest.mark.parametrize(("count", "words"), [(0, "0 字节"), (2048, "2 KB"), (3 * 2**20, "3.0 MB")])
def test_sizes_are_read(count: int, words: str) -> None:
    assert size(count) == words


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
    dialog = dialog_of(pair, STICK)
    testers = [
        QAbstractItemModelTester(m, QAbstractItemModelTester.FailureReportingMode.Fatal)
        for m in (*models, dialog.places.model)
    ]
    pair.send()
    down(pair)
    ask_for(pair, contact_name="卢䶮")
    assert len(testers) == 4


# ---------------------------------------------------------------- the paper twin
def digest_dialog(pair: Pair, file: Path) -> DigestDialog:
    pair.dialogs.files = [file]
    pair.county_page.check_button.click()
    pair.settle()
    dialog = pair.dialogs.shown[-1]
    assert isinstance(dialog, DigestDialog)
    return dialog


def test_a_digest_typed_from_paper_is_compared(pair: Pair) -> None:
    package = pair.send()
    found = do(pair, pair.county, lambda store: sync.inspect(store, package))
    dialog = digest_dialog(pair, package)
    dialog.check()
    assert "请照纸上的摘要输入" in dialog.typed.words
    dialog.edit.setText("1234")
    dialog.check()
    assert "6 组" in dialog.typed.words
    dialog.edit.setText(short(found.digest).replace("-", "　"))
    dialog.check()
    assert "一致：" in dialog.notice.words.text()
    dialog.edit.setText("0000-0000-0000-0000-0000-0000")
    dialog.do_button.click()
    assert "不一致" in dialog.notice.words.text()


def test_a_file_that_is_none_of_ours_has_no_digest(pair: Pair) -> None:
    broken = pair.stick / "坏.ipk"
    broken.write_bytes(b"nothing")
    pair.dialogs.files = [broken]
    pair.county_page.check_button.click()
    pair.settle()
    assert pair.dialogs.shown == []
    assert pair.dialogs.told


def test_the_cover_sheet_is_shown_saved_and_printed(
    pair: Pair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    package = pair.send()
    page, out = pair.county_page, tmp_path / "报送单.pdf"
    assert page.sheet_button.isVisible()
    page.sheet_button.click()
    pair.settle()
    sheet = pair.dialogs.shown[-1]
    assert isinstance(sheet, SheetDialog)
    assert package.name in sheet.windowTitle()
    assert len(sheet.preview.labels) == 1
    pair.dialogs.out = out
    sheet.save_button.click()
    qtbot.waitUntil(out.exists, timeout=15_000)
    qtbot.waitUntil(lambda: "已存为" in sheet.notice.words.text(), timeout=15_000)
    printed: list[object] = []
    monkeypatch.setattr(paper, "print_on", lambda printer, pdf: printed.append((printer, pdf)))
    sheet.print_button.click()  # no printer chosen
    pair.dialogs.printer = QPrinter()
    sheet.print_button.click()
    qtbot.waitUntil(lambda: len(printed) == 1, timeout=15_000)
    pair.dialogs.out = tmp_path / "gone" / "报送单.pdf"
    sheet.save_button.click()
    qtbot.waitUntil(lambda: "写不了" in sheet.notice.words.text(), timeout=15_000)
    page.tell("别的事")
    assert page.sheet_button.isHidden()
