"""The settings page: the office, the workspace, a check of the data."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from ipdesk.store import Store
from tests.ui.conftest import FakeDialogs
from ui.session import Session
from ui.settings.page import SettingsPage

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
    assert page.counts.text() == "企业 3 条，贯标案卷 3 条，补助 0 条"
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
