"""The settings page: the office, the workspace, a check of the data."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from ipdesk.actions.workspace import KEY_BACKUP
from ipdesk.problems import Refusal
from ipdesk.store import Store
from tests.ui.conftest import WAIT, FakeDialogs, MakeSession
from ui.session import Session
from ui.settings.page import SettingsPage
from ui.settings.recovery import RecoveryDialog
from ui.texts import settings as texts

Settle = Callable[[Session], None]


@pytest.fixture
def page(session: Session, qtbot: QtBot, settle: Settle) -> SettingsPage:
    made = SettingsPage(session)
    qtbot.addWidget(made)
    made.show()
    made.enter()
    settle(session)
    return made


def test_it_tells_what_there_is(page: SettingsPage) -> None:
    assert page.counts.text().startswith("企业 3 条，贯标案卷 3 条，补助 0 条，")
    assert len(page.fingerprint.text().split()) == 6


def test_the_office_is_renamed(page: SettingsPage, session: Session, settle: Settle) -> None:
    page.office.edit.setText("东台市知识产权局")
    page.office.edit.returnPressed.emit()
    settle(session)
    assert session.office.office_name == "东台市知识产权局"


def test_sound_data_is_said_to_be_sound(page: SettingsPage, session: Session, settle: Settle) -> None:
    page.check_button.click()
    assert not page.check_button.isEnabled()
    settle(session)
    assert page.check_notice.words.text() == "检查完毕，没有发现问题。"
    assert page.check_button.isEnabled()


def test_what_is_wrong_is_told(page: SettingsPage) -> None:
    page._tell_check(["数据文件校验不符"])  # noqa: SLF001 - a damaged store is the store's own test
    assert "发现 1 处问题：数据文件校验不符" in page.check_notice.words.text()
    assert page.check_notice.property("tone") == "bad"


def test_a_check_that_fails_can_be_begun_again(
    page: SettingsPage,
    session: Session,
    dialogs: FakeDialogs,
    settle: Settle,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(_store: Store) -> list[str]:
        raise OSError(28, "full")

    monkeypatch.setattr("db.store.SqlStore.check", fail)
    page.check_button.click()
    settle(session)
    assert page.check_button.isEnabled()
    assert "磁盘已满" in dialogs.told[0]


def test_the_folder_is_opened(page: SettingsPage, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    page._open_folder()  # noqa: SLF001
    assert [Path(url.toLocalFile()) for url in opened] == [session.folder]


PASSWORD = "Zhi-Shi-2026"


@pytest.fixture
def locked(make_session: MakeSession, qtbot: QtBot, settle: Settle) -> SettingsPage:
    session = make_session(password=PASSWORD)
    made = SettingsPage(session)
    qtbot.addWidget(made)
    made.show()
    made.enter()
    settle(session)
    return made


def type_passwords(page: SettingsPage, old: str, new: str, again: str) -> None:
    for edit, text in zip((page.lock.old, page.lock.new, page.lock.again), (old, new, again), strict=True):
        edit.setText(text)
    page.lock.change_button.click()


def test_the_password_is_changed(locked: SettingsPage, qtbot: QtBot) -> None:
    type_passwords(locked, PASSWORD, "New-Pass-2027", "New-Pass-2027")
    qtbot.waitUntil(lambda: locked.lock.change_button.isEnabled(), timeout=WAIT)
    assert "口令已修改" in locked.lock.notice.words.text()
    assert locked.lock.old.text() == locked.lock.new.text() == ""
    type_passwords(locked, PASSWORD, "Other-Pass-2028", "Other-Pass-2028")
    qtbot.waitUntil(lambda: "原口令不对" in locked.lock.old_field.words, timeout=WAIT)


def test_what_is_wrong_with_a_new_password_stands_at_its_field(locked: SettingsPage) -> None:
    type_passwords(locked, "", "short", "other")
    lock = locked.lock
    assert [f.words for f in (lock.old_field, lock.new_field, lock.again_field)] == [
        "⚠\u00a0请输入原口令",
        "⚠\u00a0口令至少 8 位",
        "⚠\u00a0两次输入的口令不一样",
    ]
    assert lock.old.isVisible()


def test_a_trouble_with_the_disk_is_told_and_the_button_comes_back(
    locked: SettingsPage, dialogs: FakeDialogs, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def broken(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ui.settings.lock.change_password", broken)
    type_passwords(locked, PASSWORD, "New-Pass-2027", "New-Pass-2027")
    qtbot.waitUntil(lambda: bool(dialogs.told), timeout=WAIT)
    assert locked.lock.change_button.isEnabled()


def test_the_recovery_key_is_tried(
    locked: SettingsPage, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    lock = locked.lock
    lock.try_button.click()
    assert "请输入恢复码" in lock.recovery_field.words
    lock.recovery.setText("AAAAA-BBBBB")
    lock.try_button.click()
    qtbot.waitUntil(lambda: "不是本工作区的恢复码" in lock.notice.words.text(), timeout=WAIT)
    monkeypatch.setattr("db.store.SqlStore.is_recovery", lambda _store, _secret: True)
    lock.try_button.click()
    qtbot.waitUntil(lambda: "恢复码正确" in lock.notice.words.text(), timeout=WAIT)
    assert lock.recovery.text() == ""


def test_a_county_without_a_password_sets_one(
    page: SettingsPage, session: Session, dialogs: FakeDialogs, settle: Settle
) -> None:
    lock = page.lock
    assert lock.old_field.isHidden()
    assert lock.recovery_field.isHidden()
    assert (page.locked.text(), lock.change_button.text()) == ("未设口令（未加锁）", "设置口令")
    type_passwords(page, "", "short", "short")
    assert lock.new_field.words == "⚠\u00a0口令至少 8 位"
    type_passwords(page, "", PASSWORD, PASSWORD)
    settle(session)
    assert session.office.locked
    assert (page.locked.text(), lock.change_button.text()) == ("已设口令", "修改口令")
    assert "口令已设置" in lock.notice.words.text()
    assert not lock.old_field.isHidden()
    (shown,) = dialogs.shown
    assert isinstance(shown, RecoveryDialog)
    assert len(shown.page.key_label.text().split()) == 8


def test_a_password_that_cannot_be_set_is_told_at_its_field(
    page: SettingsPage, session: Session, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object) -> str:
        raise Refusal("钥匙文件已损坏")

    monkeypatch.setattr("ui.settings.lock.set_password", refuse)
    type_passwords(page, "", PASSWORD, PASSWORD)
    settle(session)
    assert "钥匙文件已损坏" in page.lock.new_field.words
    assert page.lock.change_button.isEnabled()


def test_a_recovery_key_not_kept_is_not_left_without_a_question(
    page: SettingsPage, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    dialog = RecoveryDialog(page, dialogs, "AAAAA-BBBBB", "东台市", tmp_path)
    dialog.show()
    dialogs.yes = False
    dialog.reject()
    assert dialog.isVisible()
    assert len(dialogs.asked) == 1
    dialogs.yes = True
    dialog.reject()
    assert not dialog.isVisible()


def test_a_city_sets_one_later_too(
    make_session: MakeSession, qtbot: QtBot, settle: Settle, dialogs: FakeDialogs
) -> None:
    session = make_session("city", "320900")
    made = SettingsPage(session)
    qtbot.addWidget(made)
    settle(session)
    type_passwords(made, "", PASSWORD, PASSWORD)
    settle(session)
    assert session.office.locked
    assert made.lock.notice.words.text().endswith(texts.SET_DONE_CITY)
    assert isinstance(dialogs.shown[-1], RecoveryDialog)
    assert (session.folder / KEY_BACKUP).is_file()


def test_a_backup_is_made_at_once(page: SettingsPage, session: Session, settle: Settle) -> None:
    page.backup_button.click()
    settle(session)
    copies = list((session.folder / "backups").glob("*-manual.db"))
    assert len(copies) == 1
    assert copies[0].name in page.check_notice.words.text()
    assert page.backup_button.isEnabled()
