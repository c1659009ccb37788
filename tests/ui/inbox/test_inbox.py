"""Packages are looked at, taken in, taken back, set aside and picked."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ipdesk.drives import Drive
from ipdesk.kinds.case import CASE
from ipdesk.records import RecordKey
from ipdesk.sync import Preview, Received, RowPreview
from tests.ui.conftest import WAIT, FakeDialogs
from tests.ui.desks.conftest import Ask, Show
from tests.ui.desks.scene import Scene
from ui.inbox.page import InboxPage
from ui.inbox.picking import PickDialog
from ui.inbox.preview import PackagePreview
from ui.inbox.received import period_words
from ui.session import Session
from ui.texts import inbox as texts

Settle = Callable[[Session], None]


@pytest.fixture
def page(city: Session, show: Show) -> InboxPage:
    return show(InboxPage(city))


def look(page: InboxPage, city: Session, settle: Settle, *files: Path) -> PackagePreview:
    page.look_at(files)
    settle(city)
    settle(city)
    assert isinstance(page.looking, PackagePreview)
    return page.looking


def test_what_would_change_is_shown_before(
    page: InboxPage, city: Session, settle: Settle, scene: Scene, ask: Ask
) -> None:
    before = len(ask(lambda store: store.find(CASE)))
    shown = look(page, city, settle, scene.fresh, scene.fork, scene.broken)
    testers = [
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
        for model in (shown.files, shown.rows_table.listing, shown.kinds_table.listing)
    ]
    assert [line[1:] for line in shown.files.rows] == [("东台市", "3", "2", "1", "0", "0", "0", "0")]
    changed = next(line for line in shown.rows_table.listing.rows if line[0] == "修改")
    assert changed[-1] == "联系电话：138****5678 → 137****1111"
    assert [line[:4] for line in shown.kinds_table.listing.rows] == [
        ("贯标企业台账", "企业", "1", "0"),
        ("贯标企业台账", "贯标案卷", "1", "1"),
    ]
    told = {line[1]: line[0] for line in shown.refused_table.listing.rows}
    assert told == {scene.broken.name: texts.NOT_TAKEN, scene.fork.name: texts.SET_ASIDE}
    assert page.take_button.text() == "接收 1 个文件，暂存 1 个"
    assert len(ask(lambda store: store.find(CASE))) == before
    assert len(testers) == 3


def test_all_is_taken_in_with_one_key_and_doubts_lead_to_their_records(
    page: InboxPage, city: Session, settle: Settle, scene: Scene, qtbot: QtBot
) -> None:
    look(page, city, settle, scene.fresh, scene.fork, scene.broken)
    page.window().activateWindow()
    qtbot.waitUntil(page.window().isActiveWindow, timeout=WAIT)
    QTest.keyClick(page.looking.files_table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(city)
    settle(city)
    assert page.pages.currentWidget() is page.outcome
    assert "接收了 1 个文件：改动 3 条" in page.outcome.words.text()
    assert "暂存了 1 个文件" in page.outcome.words.text()
    assert page.outcome.refused_table.listing.rowCount() == 1
    assert page.head.about.text() == "收过 7 包，暂存 1 包"
    asked: list[str] = []
    page.record_asked.connect(lambda ledger, _key: asked.append(ledger))
    assert QApplication.focusWidget() is page.outcome.doubts_table
    QTest.keyClick(page.outcome.doubts_table, Qt.Key.Key_Return)
    settle(city)
    assert asked == ["guanbiao"]
    QTest.keyClick(page.outcome.doubts_table, Qt.Key.Key_Escape)
    assert page.pages.currentWidget() is page.home


def test_which_workspace_is_in_use_is_picked(
    page: InboxPage, city: Session, settle: Settle, scene: Scene, dialogs: FakeDialogs, ask: Ask
) -> None:
    look(page, city, settle, scene.fork)
    assert page.take_button.text() == "暂存 1 个文件"
    page.take()
    settle(city)
    settle(city)
    page.outcome.done_button.click()
    page.tabs.setCurrentIndex(1)
    assert "两份工作区" in page.aside.listing.rows[0][-1]
    page.pick()  # nothing is chosen in the window
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, PickDialog)
    assert len(dialog.choices) == 2
    assert not dialog.take_button.isEnabled()
    settle(city)
    assert page.aside.listing.rowCount() == 1
    _choose(dialogs, list(dialog.choices)[1])
    before = len(ask(lambda store: store.find(CASE, "320925")))
    page.pick_button.click()
    settle(city)
    settle(city)
    assert len(ask(lambda store: store.find(CASE, "320925"))) == before + 1
    assert page.aside.listing.rowCount() == 0
    assert "暂存的包收进了 1 个" in page.notice.words.text()
    page.pick()
    assert not page.pick_button.isEnabled()


def _choose(dialogs: FakeDialogs, epoch: str) -> None:
    """Let the next window to pick be answered with a life."""

    def show(dialog: object) -> bool:
        assert isinstance(dialog, PickDialog)
        dialog.choices[epoch].click()
        assert dialog.take_button.isEnabled()
        return True

    dialogs.show = show  # type: ignore[method-assign]  # answers as a person would


def test_a_package_is_taken_back_after_a_question(
    page: InboxPage, city: Session, settle: Settle, scene: Scene, dialogs: FakeDialogs, ask: Ask
) -> None:
    look(page, city, settle, scene.fresh)
    page.take_button.click()
    settle(city)
    settle(city)
    page.go_home()
    count = len(ask(lambda store: store.find(CASE)))
    page.received.selectRow([str(f["file_name"]) for f in page.received.files].index(scene.fresh.name))
    page.received.setFocus()
    dialogs.yes = False
    QTest.keyClick(page.received, Qt.Key.Key_Delete)
    settle(city)
    assert "撤回东台市第3包？" in dialogs.asked[-1]
    assert len(ask(lambda store: store.find(CASE))) == count
    dialogs.yes = True
    page.undo_button.click()
    settle(city)
    settle(city)
    assert "已撤回东台市第3包，3 条记录" in page.notice.words.text()
    assert len(ask(lambda store: store.find(CASE))) == count - 1
    assert page.head.about.text() == "收过 6 包，暂存 0 包"


def test_what_builds_on_a_package_is_listed_and_opened(
    page: InboxPage, city: Session, settle: Settle, dialogs: FakeDialogs
) -> None:
    sequence = [(f["unit"], f["sequence"], f["incarnation"]) for f in page.received.files]
    page.received.selectRow(sequence.index(("320981", 2, 1)))
    page.undo()
    settle(city)
    assert page.pages.currentWidget() is page.built_on
    assert "东台市第2包不能撤回" in page.built_on.words.text()
    assert dialogs.asked == []
    asked: list[str] = []
    page.record_asked.connect(lambda ledger, _key: asked.append(ledger))
    QTest.keyClick(page.built_on.table, Qt.Key.Key_Return)
    settle(city)
    assert asked == ["guanbiao"]
    page.built_on.done_button.click()
    assert page.pages.currentWidget() is page.home


def test_files_dropped_chosen_and_on_a_drive_are_looked_at(
    page: InboxPage, city: Session, settle: Settle, scene: Scene, dialogs: FakeDialogs
) -> None:
    data, none, copy = QMimeData(), Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    data.setUrls([QUrl.fromLocalFile(str(scene.fresh))])
    left = Qt.MouseButton.LeftButton
    QApplication.sendEvent(page.drop, QDragEnterEvent(QPoint(5, 5), copy, data, left, none))
    QApplication.sendEvent(page.drop, QDropEvent(QPointF(5, 5), copy, data, left, none))
    settle(city)
    assert page.is_looking
    page.give_up()
    dialogs.files = [scene.fresh]
    page.receive_button.click()
    settle(city)
    assert page.is_looking
    page.give_up()
    page.show_drives([Drive(scene.fresh.parent, "KINGSTON", 1, 2)])
    words = [action.text() for action in page.folders.actions() if not action.isSeparator()]
    assert words == [texts.FOLDER_ANY, "U盘 KINGSTON"]
    page.folders.actions()[-1].trigger()
    settle(city)
    assert page.is_looking
    page.give_up()
    dialogs.folder = scene.fresh.parent
    page.choose_folder()
    settle(city)
    assert page.is_looking
    page.give_up()
    dialogs.folder = None
    page.choose_folder()
    assert not page.is_looking


def test_a_clean_package_is_told_in_one_line(
    page: InboxPage, city: Session, settle: Settle, scene: Scene
) -> None:
    look(page, city, settle, scene.fresh)
    page.take()
    settle(city)
    settle(city)
    page.go_home()
    look(page, city, settle, scene.fresh)  # the same again changes nothing
    assert page.looking.tabs.tabText(0) == texts.TAB_ROWS.format(count=0)
    page.take()
    settle(city)
    settle(city)
    assert page.pages.currentWidget() is page.home
    assert "改动 0 条，不变 3 条" in page.notice.words.text()


def test_conflicts_in_a_package_stand_out(page: InboxPage) -> None:
    key = RecordKey("320981", "1")
    row = RowPreview("case", key, "changed", "甲公司", (("备注", "一", "二"),), conflict=True)
    counts = {"case": Counter(changed=1)}
    told = Preview("a.ipk", "package", "320981", 4, counts, 1, (row,))
    page.looking.show_trial(Received(1, 0, 1, (), (told,)))
    assert isinstance(page.looking, PackagePreview)
    assert page.looking.rows_table.listing.rows == [("冲突", "东台市", "贯标案卷", "甲公司", "备注：一 → 二")]
    page.outcome.show_outcome(Received(1, 0, 1, (), (told,)))
    assert "已列入冲突" in page.outcome.words.text()
    assert not page.outcome.conflicts_button.isHidden()
    asked: list[bool] = []
    page.conflicts_asked.connect(lambda: asked.append(True))
    page.outcome.conflicts_button.click()
    assert asked == [True]
    page.outcome.focus()
    page.outcome.open_record()  # there is no doubt to open
    assert period_words("2026-Q3") == "2026年第三季度"
    assert period_words("") == ""
