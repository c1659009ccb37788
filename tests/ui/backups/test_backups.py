"""The page of backups on real stores: made now and by itself, listed, checked, restored after two questions."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from db import workspace
from ipdesk import sync
from ipdesk.actions import backups as deeds
from ipdesk.actions.ledger import add
from ipdesk.actions.restoring import Look
from ipdesk.backups import START, WORK
from ipdesk.problems import Refusal
from ipdesk.records import Query
from ipdesk.store import Store, Wish
from tests.ui.conftest import FIRM, OTHER, THIRD, FakeDialogs, MakeSession
from ui.backups.keeper import Keeper
from ui.backups.page import BackupPage
from ui.backups.restore import RestoreDialog
from ui.backups.restored import news, restored, tell_restored
from ui.session import Session
from ui.texts import backups as texts

Settle = Callable[[Session], None]


@pytest.fixture
def session(make_session: MakeSession) -> Session:
    return make_session(rows=(FIRM, OTHER))


@pytest.fixture
def page(session: Session, qtbot: QtBot, settle: Settle) -> BackupPage:
    made = BackupPage(session)
    qtbot.addWidget(made)
    made.resize(1100, 600)
    made.show()
    made.enter()
    settle(session)
    return made


def wait(session: Session, qtbot: QtBot, settle: Settle) -> None:
    """Wait for both threads."""
    for _ in range(3):
        settle(session)
        qtbot.waitUntil(lambda: not session.aside.busy, timeout=15_000)
    settle(session)


def do(session: Session, settle: Settle, op: Callable[[Store], Any]) -> Any:  # noqa: ANN401 - whatever op returns
    told: list[Any] = []
    owner = QWidget()
    session.ask(owner, op, told.append)
    settle(session)
    owner.deleteLater()
    return told[0]


def test_a_backup_is_made_and_listed(page: BackupPage, session: Session, settle: Settle) -> None:
    assert page.table.listing.rows == []
    assert not page.restore_button.isEnabled()
    assert "没有设第二位置" in page.second.text()
    page.make()
    settle(session)
    settle(session)
    (line,) = page.table.listing.rows
    assert line[1] == "手动备份"
    assert line[3] == texts.UNCHECKED
    assert "已备份，并打开核对过" in page.notice.words.text()
    assert "上次" in page.here.text()
    assert page.restore_button.isEnabled()


def test_backups_are_checked_and_a_bad_one_is_not_restored(
    page: BackupPage, session: Session, settle: Settle, qtbot: QtBot
) -> None:
    for _ in range(2):
        page.make()
        settle(session)
        settle(session)
    page.check()
    wait(session, qtbot, settle)
    assert {line[3] for line in page.table.listing.rows} == {texts.SOUND}
    bad = page.told.backups[0].path
    bad.write_bytes(bad.read_bytes()[:5000])
    page.check()
    wait(session, qtbot, settle)
    assert [line[3] for line in page.table.listing.rows] == [texts.UNSOUND, texts.SOUND]
    assert "1 份已损坏" in page.notice.words.text()
    page.table.selectRow(0)
    assert not page.restore_button.isEnabled()
    page.look()
    settle(session)
    assert page.pages.currentIndex() == 0


def test_a_second_place_takes_every_backup_until_it_is_stopped(
    page: BackupPage, session: Session, settle: Settle, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    dialogs.folder = stick
    page.second_button.click()
    settle(session)
    settle(session)
    assert str(stick) in page.second.text()
    assert list(stick.rglob("*.db"))
    assert page.second_button.text() == texts.SECOND_CHANGE
    page.stop_button.click()
    settle(session)
    settle(session)
    assert page.notice.words.text() == texts.SECOND_STOPPED
    assert "没有设第二位置" in page.second.text()


def test_one_is_written_elsewhere(
    page: BackupPage, session: Session, settle: Settle, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    dialogs.folder = stick
    page.to_button.click()
    settle(session)
    assert list(stick.rglob("*.db"))
    dialogs.folder = tmp_path / "gone" / "further"
    page.make_to()
    settle(session)
    assert "不存在" in page.notice.words.text()
    assert page.make_button.isEnabled()


def test_what_would_be_lost_is_shown_and_the_safe_answer_stands_first(
    page: BackupPage, session: Session, settle: Settle, dialogs: FakeDialogs
) -> None:
    page.make()
    settle(session)
    ledger = session.catalogue.ledger("guanbiao")
    do(session, settle, lambda store: add(store, ledger, THIRD, "测试"))
    reopened: list[bool] = []
    session.reopen_asked.connect(lambda: reopened.append(True))
    dialogs.yes = False
    page.look()
    settle(session)
    (dialog,) = dialogs.shown
    assert isinstance(dialog, RestoreDialog)
    assert dialog.no_button.isDefault()
    assert THIRD["enterprise_name"] in [line[1] for line in dialog.model.rows]
    assert {line[2:] for line in dialog.model.rows} == {("新增", "没有上报过")}
    ways = [dialog.wish]
    dialog.go_back.click()
    assert [*ways, dialog.wish] == ["rebuild", "go-back"]
    assert not dialog.is_sure()
    assert "确定回到这个备份？" in dialogs.asked[-1]
    assert "没有上报过" in dialogs.asked[-1]
    assert reopened == []


def test_a_restore_puts_the_store_back_and_says_what_to_do(
    page: BackupPage,
    session: Session,
    settle: Settle,
    dialogs: FakeDialogs,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    do(session, settle, lambda store: sync.begin(store))
    page.make()
    settle(session)
    ledger = session.catalogue.ledger("guanbiao")
    do(session, settle, lambda store: add(store, ledger, THIRD, "测试"))
    page.refresh()
    settle(session)
    reopened: list[bool] = []
    session.reopen_asked.connect(lambda: reopened.append(True))
    page.look()
    settle(session)
    settle(session)
    assert reopened == [True]
    session.close()
    store = workspace.open_store(session.folder, session.catalogue, None)
    assert sync.awake(store)
    assert len(store.keys(ledger, Query())) == 2
    assert restored(store)
    assert {backup.why for backup in deeds.listed(store)} == {"manual", "before-restore"}

    def ask(_owner: QWidget, op: Callable[[Store], Any], success: Callable[[Any], None]) -> None:
        success(op(store))  # the worker is gone

    monkeypatch.setattr(session, "ask", ask)
    for _ in range(2):
        tell_restored(session, page)
    store.close()
    assert [told for told in dialogs.told if "工作区已经恢复" in told] == [
        f"{texts.DONE_TITLE}｜{texts.DONE_COUNTY}"
    ]


@pytest.mark.parametrize(("wish", "words"), [("rebuild", texts.DONE_COUNTY), ("go-back", texts.BACK_COUNTY)])
def test_the_note_after_it_says_what_was_chosen(
    session: Session, settle: Settle, dialogs: FakeDialogs, wish: Wish, words: str
) -> None:
    def back(store: Store) -> None:
        sync.begin(store)
        with store.act("恢复", "测试") as act:
            act.keep("restoring", {"wish": wish, "above": 1, "file": "a.db"})
        sync.awake(store)

    do(session, settle, back)
    owner = QWidget()
    tell_restored(session, owner)
    settle(session)
    owner.deleteLater()
    assert dialogs.told == [f"{texts.DONE_TITLE}｜{words}"]
    assert "较新内容会送回来" not in texts.BACK_COUNTY + texts.BACK_SHORT
    found = do(session, settle, news)
    assert found.short == (texts.BACK_SHORT if wish == "go-back" else texts.DONE_SHORT)
    assert found.words(city=True) == (texts.BACK_CITY if wish == "go-back" else texts.DONE_CITY)


def test_a_backup_of_another_workspace_is_refused(
    page: BackupPage, session: Session, settle: Settle, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    other = tmp_path / "other.db"
    other.write_bytes(b"nothing at all")
    dialogs.files = [other]
    page.other_button.click()
    settle(session)
    assert "other.db" in page.notice.words.text()
    assert page.pages.currentIndex() == 0
    assert dialogs.shown == []


def test_work_is_backed_up_by_itself_once_something_is_unsaved_for_long(
    session: Session, settle: Settle, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    keeper = Keeper(session, owner)
    keeper.look(WORK)
    wait(session, qtbot, settle)
    assert do(session, settle, deeds.listed) == []  # nothing is unsaved for half an hour yet
    monkeypatch.setattr(deeds, "unsaved_for", lambda _store: timedelta(minutes=31))
    with qtbot.waitSignal(keeper.made, timeout=15_000):
        keeper.look(WORK)
        keeper.look(START)  # one at a time
    assert [backup.why for backup in do(session, settle, deeds.listed)] == ["work"]


def test_a_backup_that_fails_is_told_once(
    session: Session, settle: Settle, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner, told = QWidget(), []
    qtbot.addWidget(owner)
    session.told.connect(lambda words, _undo: told.append(words))
    keeper = Keeper(session, owner)
    monkeypatch.setattr(deeds, "unsaved_for", lambda _store: timedelta(minutes=31))

    def fail(*_: object, **__: object) -> None:
        raise Refusal("磁盘已满")

    monkeypatch.setattr(deeds, "begin", fail)
    for _ in range(2):
        keeper.look(WORK)
        wait(session, qtbot, settle)
    assert told == ["自动备份没有做成：磁盘已满"]


def test_the_list_passes_qts_tester(page: BackupPage, session: Session, settle: Settle) -> None:
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(page.table.listing, mode)
    page.make()
    settle(session)
    settle(session)
    assert tester.model() is page.table.listing
    assert page.table.focusPolicy() == Qt.FocusPolicy.StrongFocus


def test_a_backup_without_loss_says_so(page: BackupPage, session: Session, qtbot: QtBot) -> None:
    look = Look(
        Path("a.db"),
        datetime(2026, 1, 2, 3, 4),
        "手动备份",
        "320981",
        "county",
        "",
        "d",
        {"case": 2},
        {"case": 2},
    )
    dialog = RestoreDialog(page, session, look)
    assert dialog.table.empty == texts.LOST_NONE
    assert dialog.model.rows == []
    dialog.is_sure()
    dialogs = session.dialogs
    assert isinstance(dialogs, FakeDialogs)
    assert "备份以后没有改动。" in dialogs.asked[-1]


def test_a_copied_folder_is_told_in_its_own_words(
    page: BackupPage,
    session: Session,
    settle: Settle,
    dialogs: FakeDialogs,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    do(session, settle, lambda store: sync.begin(store))
    monkeypatch.setenv("IPDESK_MARKERS", str(tmp_path / "another-pc"))
    do(session, settle, lambda store: sync.awake(store))
    for _ in range(2):
        tell_restored(session, page)
        settle(session)
    assert dialogs.told == [f"{texts.COPIED_TITLE}｜{texts.COPIED_COUNTY}"]
