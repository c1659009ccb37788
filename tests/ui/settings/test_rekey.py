"""Encrypting a workspace anew from its settings."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from ipdesk import sync
from ipdesk.problems import Refusal
from ipdesk.store import Store
from tests.ui.conftest import FakeDialogs, MakeSession
from ui.session import Session
from ui.settings.page import SettingsPage
from ui.settings.recovery import RecoveryDialog
from ui.texts import rekey as texts

Settle = Callable[[Session], None]
PASSWORD = "Zhi-Shi-2026"


@pytest.fixture
def opened(
    make_session: MakeSession, qtbot: QtBot, settle: Settle
) -> Callable[..., tuple[SettingsPage, Session]]:
    def made(*told: str | None) -> tuple[SettingsPage, Session]:
        session = make_session(*told)
        page = SettingsPage(session)
        qtbot.addWidget(page)
        page.show()
        page.enter()
        settle(session)
        return page, session

    return made


Opened = Callable[..., tuple[SettingsPage, Session]]


def test_a_locked_city_is_encrypted_anew(opened: Opened, dialogs: FakeDialogs, settle: Settle) -> None:
    page, session = opened("city", "320900", PASSWORD)
    session.ask(page, sync.confirm_backup, lambda _none: None)
    card = page.rekey
    card.begin()
    assert "请输入现在的口令" in card.field.words
    card.password.setText(PASSWORD)
    dialogs.yes = False
    card.begin()
    assert not card.is_busy
    dialogs.yes = True
    card.do_button.click()
    assert (card.is_busy, page.may_leave(), card.bar.isHidden()) == (True, False, False)
    card.begin()
    settle(session)
    assert len(dialogs.asked) == 2
    assert "原来打印的恢复码从此作废" in dialogs.asked[-1]
    (shown,) = dialogs.shown
    assert isinstance(shown, RecoveryDialog)
    assert (card.notice.words.text(), card.password.text()) == (texts.DONE_CITY, "")
    assert (page.may_leave(), card.bar.isHidden()) == (True, True)
    told: list[list[str]] = []
    session.ask(page, sync.reminders, told.append)
    settle(session)
    assert any("密钥备份" in words for words in told[0])


def test_a_wrong_password_is_told_at_its_field(opened: Opened, settle: Settle) -> None:
    page, session = opened("county", "320981", PASSWORD)
    page.rekey.password.setText("Other-2026")
    page.rekey.password.returnPressed.emit()
    settle(session)
    assert "口令不对" in page.rekey.field.words
    assert page.rekey.do_button.isEnabled()


def test_without_a_password_no_recovery_key_is_shown(
    opened: Opened, dialogs: FakeDialogs, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, session = opened("county", "320981", None)
    card = page.rekey
    assert card.field.isHidden()
    card.begin()
    settle(session)
    assert card.notice.words.text() == texts.DONE
    assert dialogs.shown == []

    def refuse(_store: Store, _password: str | None) -> str:
        raise Refusal("磁盘已满")

    monkeypatch.setattr("ui.settings.rekey.rekey", refuse)
    card.begin()
    settle(session)
    assert card.notice.words.text() == "磁盘已满"

    def fail(_store: Store, _password: str | None) -> str:
        raise OSError(28, "full")

    monkeypatch.setattr("ui.settings.rekey.rekey", fail)
    card.begin()
    settle(session)
    assert "磁盘已满" in dialogs.told[0]
    assert not card.is_busy
