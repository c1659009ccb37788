"""The page of devices and keys, at a city and at a county, on real stores."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ipdesk import sync
from ipdesk.actions.workspace import KEY_BACKUP
from ipdesk.store import Store
from ipdesk.sync.rotation import TROUBLE
from tests.ui.conftest import WAIT, FakeDialogs, MakeSession
from ui.keys.dialogs import BackUpDialog, RecoverDialog, RotateDialog
from ui.keys.page import KeysPage
from ui.keys.ways import KEYS
from ui.pages import SETTINGS, SYNC, fill
from ui.session import Session
from ui.settings.page import SettingsPage
from ui.sync.city import CityPage
from ui.sync.county import CountyPage
from ui.window.main import MainWindow

Settle = Callable[[Session], None]
T = TypeVar("T")
PASSWORD = "Zhi-Shi-2026"


class Town:
    """A city and a county that are enrolled with each other, and a stick."""

    def __init__(self, city: Session, county: Session, stick: Path, qtbot: QtBot, settle: Settle) -> None:
        self.city, self.county, self.stick, self._qtbot, self._settle = city, county, stick, qtbot, settle

    def ask(self, session: Session, op: Callable[[Store], T]) -> T:
        told: list[T] = []
        owner = QWidget()
        self._qtbot.addWidget(owner)
        session.ask(owner, op, told.append)
        self._qtbot.waitUntil(lambda: bool(told), timeout=WAIT)
        return told[0]

    def enrol(self) -> None:
        request, grant = self.stick / "申请.ipk", self.stick / "授权.ipk"
        self.ask(self.county, lambda store: sync.request(store, request))
        self.ask(self.city, lambda store: sync.accept(store, request, grant))
        self.ask(self.county, lambda store: sync.install(store, grant))

    def show(self, session: Session) -> KeysPage:
        page = KeysPage(session)
        self._qtbot.addWidget(page)
        page.show()
        page.enter()
        self._settle(session)
        return page

    def settle(self, session: Session) -> None:
        self._settle(session)
        self._settle(session)


@pytest.fixture
def town(make_session: MakeSession, tmp_path: Path, qtbot: QtBot, settle: Settle) -> Town:
    city = make_session("city", "320900", PASSWORD, "盐城市知识产权局")
    made = Town(city, make_session(password=PASSWORD), tmp_path, qtbot, settle)
    made.enrol()
    return made


@pytest.fixture
def recovery(town: Town) -> str:
    """Return a new recovery key of the city, under which it can be backed up."""
    from ipdesk.actions.workspace import rekey

    return town.ask(town.city, lambda store: rekey(store, PASSWORD))


def test_a_city_sees_every_device_with_its_state(town: Town) -> None:
    page = town.show(town.city)
    QAbstractItemModelTester(page.table.listing)
    own, county = (page.table.listing.rows[place] for place in (0, 1))
    assert (own[:2], county[:2]) == (("盐城市（市本级）", "本机"), ("东台市", "指纹待核对"))
    assert county[2] == town.ask(town.county, sync.fingerprint)
    assert page.own.text() == own[2]
    assert page.spoken.text().startswith("电话里读作：")
    assert page.head.about.text() == "已开通 0 台，指纹待核对 1 台"
    assert not page.compare_button.isEnabled()
    assert not page.revoke_button.isEnabled()


def test_the_fingerprint_is_compared(town: Town, dialogs: FakeDialogs) -> None:
    page = town.show(town.city)
    page.table.selectRow(1)
    assert page.chosen_name.text() == "东台市（指纹待核对）的指纹"
    dialogs.yes = False
    page.compare()
    dialogs.yes = True
    page.table.opened.emit()
    town.settle(town.city)
    assert "逐位核对" in dialogs.asked[1]
    assert page.table.listing.rows[1][1] == "在用"
    assert page.notice.words.text() == "已确认东台市的指纹"
    page.compare()
    assert len(dialogs.asked) == 2


def test_a_device_is_taken_back_after_a_question(town: Town, dialogs: FakeDialogs) -> None:
    page = town.show(town.city)
    page.revoke()
    assert dialogs.asked == []
    page.table.selectRow(1)
    dialogs.yes = False
    page.revoke()
    town.settle(town.city)
    assert page.table.listing.rows[1][1] == "指纹待核对"
    dialogs.yes = True
    page.revoke_button.click()
    town.settle(town.city)
    assert "电脑丢失、被盗" in dialogs.asked[-1]
    assert page.table.listing.rows[1][1] == "已作废"
    assert "已作废东台市的设备" in page.notice.words.text()
    assert not page.revoke_button.isEnabled()


def test_the_city_changes_its_keys(town: Town, dialogs: FakeDialogs, recovery: str) -> None:
    page = town.show(town.city)
    before = page.own.text()
    page.rotate_button.click()
    (dialog,) = dialogs.shown
    assert isinstance(dialog, RotateDialog)
    assert before in dialog.text.text()
    assert "已开通的 1 个单位" in dialog.text.text()
    dialog.go()
    assert "请输入恢复码" in dialog.recovery_box.words
    dialog.recovery.setText("AAAAA-BBBBB")
    dialogs.yes = False
    dialog.go()
    dialogs.yes = True
    dialog.go()
    dialog.go()
    town.settle(town.city)
    assert "恢复码不对" in dialog.notice.words.text()
    dialog.recovery.setText(recovery)
    dialog.revokes.setChecked(True)
    dialog.go()
    town.settle(town.city)
    assert dialog.result() == RotateDialog.DialogCode.Accepted
    assert before != page.own.text()
    assert page.own.text() in page.notice.words.text()
    assert "还没有确认另外存放" in page.backup.text()
    page.done_button.click()
    town.settle(town.city)
    assert "已确认另外存放" in page.backup.text()


def test_a_county_changes_its_keys_and_asks_again(town: Town, dialogs: FakeDialogs) -> None:
    page = town.show(town.county)
    assert page.revoke_button.isHidden()
    assert page.table.listing.rows[1][0] == "盐城市（市本级）"
    before = page.own.text()
    page.rotate()
    (dialog,) = dialogs.shown
    assert isinstance(dialog, RotateDialog)
    assert dialog.recovery_box.isHidden()
    dialog.go()
    town.settle(town.county)
    assert page.own.text() != before
    assert "重新导出开通申请" in page.notice.words.text()
    page.revoke()
    assert len(dialogs.asked) == 1


def test_a_backup_that_failed_is_told(town: Town) -> None:
    def fail(store: Store) -> None:
        with store.act("没有写成", "测试") as act:
            act.keep(TROUBLE, "市局密钥备份没有写成（磁盘已满）")

    owner = QWidget()
    town.city.ask(owner, fail, lambda _none: None)
    assert town.show(town.city).backup.text() == "市局密钥备份没有写成（磁盘已满）"
    owner.deleteLater()


def test_the_key_backup_is_written_elsewhere(
    town: Town, dialogs: FakeDialogs, recovery: str, tmp_path: Path
) -> None:
    page = town.show(town.city)
    page.back_up_button.click()
    (dialog,) = dialogs.shown
    assert isinstance(dialog, BackUpDialog)
    dialog.go()
    assert "请输入恢复码" in dialog.recovery_box.words
    dialog.recovery.setText("AAAAA-BBBBB")
    dialog.go()
    dialogs.out = tmp_path / "U盘备份.ipdesk"
    dialog.go()
    dialog.go()
    town.settle(town.city)
    assert "恢复码不对" in dialog.notice.words.text()
    dialog.recovery.setText(recovery)
    dialog.go()
    town.settle(town.city)
    assert "读回核对无误" in page.notice.words.text()
    assert dialogs.out.is_file()


def test_a_city_goes_on_from_its_key_backup(
    town: Town, dialogs: FakeDialogs, recovery: str, make_session: MakeSession
) -> None:
    file = town.city.folder / KEY_BACKUP
    fresh = make_session("city", "320900", PASSWORD, "盐城市知识产权局")
    page = town.show(fresh)
    page.recover_button.click()
    (dialog,) = dialogs.shown
    assert isinstance(dialog, RecoverDialog)
    dialog.go()
    assert "请选择密钥备份文件" in dialog.file_box.words
    dialogs.files = []
    dialog.choose()
    dialogs.files = [file]
    dialog.choose_button.click()
    dialog.go()
    assert "请输入恢复码" in dialog.recovery_box.words
    dialog.recovery.setText("AAAAA-BBBBB")
    dialog.go()
    dialog.go()
    town.settle(fresh)
    assert "打不开" in dialog.notice.words.text()
    dialog.recovery.setText(recovery)
    dialog.go()
    town.settle(fresh)
    assert dialog.do_button.text() == "恢复"
    old = town.ask(town.city, sync.fingerprint)
    assert old in dialog.notice.words.text()
    dialog.recovery.textEdited.emit(recovery)
    assert dialog.do_button.text() == "查看"
    dialog.go()
    town.settle(fresh)
    dialogs.yes = False
    dialog.go()
    dialogs.yes = True
    dialog.go()
    town.settle(fresh)
    assert "已接上原来的密钥" in page.notice.words.text()
    page.recover()
    again = dialogs.shown[-1]
    assert isinstance(again, RecoverDialog)
    again.choose()
    again.recovery.setText(recovery)
    again.go()
    town.settle(fresh)
    assert "本机都有，不用恢复" in again.notice.words.text()


def test_what_was_looked_into_counts_only_for_the_file_that_is_named_still(
    make_session: MakeSession, town: Town, dialogs: FakeDialogs, recovery: str, tmp_path: Path
) -> None:
    fresh = make_session("city", "320900", PASSWORD, "盐城市知识产权局")
    page = town.show(fresh)
    page.recover_button.click()
    (dialog,) = dialogs.shown
    assert isinstance(dialog, RecoverDialog)
    dialogs.files = [town.city.folder / KEY_BACKUP]
    dialog.choose()
    dialog.recovery.setText(recovery)
    dialog.go()
    dialog.file.setText(str(tmp_path / "别的备份.ipdesk"))  # typed while the first one is looked into
    dialog.file.textEdited.emit(dialog.file.text())
    town.settle(fresh)
    assert dialog.found is None
    assert dialog.do_button.text() == "查看"
    assert dialog.do_button.isEnabled()


def test_without_a_password_there_is_no_key_backup(make_session: MakeSession, town: Town) -> None:
    page = town.show(make_session("city", "320900"))
    assert page.backup.text().startswith("没有口令")
    assert not page.back_up_button.isEnabled()
    assert page.done_button.isHidden()


def test_enrolling_is_done_at_the_exchange(town: Town, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setattr(CityPage, "accept", lambda _page: done.append("accept"))
    monkeypatch.setattr(CountyPage, "request", lambda _page: done.append("request"))
    monkeypatch.setattr(CountyPage, "install", lambda _page: done.append("install"))
    for session, asked in ((town.city, ("accept",)), (town.county, ("request", "install"))):
        window = MainWindow(session)
        fill(window, session)
        qtbot.addWidget(window)
        window.show()
        for name in asked:
            window.go(SETTINGS)
            settings = window.page(SETTINGS)
            assert isinstance(settings, SettingsPage)
            settings.keys_button.click()
            getattr(keys_page(window), f"{name}_asked").emit()
            assert window.pages[SYNC].isVisible()
        window.go(KEYS)
        keys_page(window).back_button.click()
        assert window.pages[SETTINGS].isVisible()
        town.settle(session)
    assert done == ["accept", "request", "install"]


def keys_page(window: MainWindow) -> KeysPage:
    page = window.page(KEYS)
    assert isinstance(page, KeysPage)
    return page
