"""The screens before the main window: choose, make, unlock, keep the recovery key."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from db import workspace
from ipdesk.store import Store
from tests.ui.conftest import WAIT, FakeDialogs
from ui.session import Desk, Session
from ui.start.create import NewWorkspace
from ui.start.strength import LEAST, strength
from ui.start.window import StartWindow, Ways
from ui.texts import start as texts

PASSWORD = "Zhi-Shi-2026"


def ways(desk: Desk) -> Ways:
    make = partial(workspace.create, catalogue=desk.catalogue)
    return Ways(
        lambda folder, password: workspace.open_store(folder, desk.catalogue, password),
        make,
        lambda folder: (folder / workspace.KEYS).is_file() and workspace.is_locked(folder),
    )


@pytest.fixture
def opened() -> Iterator[list[Session]]:
    sessions: list[Session] = []
    yield sessions
    for session in sessions:
        session.worker.close()


@pytest.fixture
def start(desk: Desk, qtbot: QtBot, opened: list[Session]) -> StartWindow:
    made = StartWindow(desk, ways(desk))
    qtbot.addWidget(made)
    made.opened.connect(opened.append)
    return made


MakeFolder = Callable[[str | None], Path]


@pytest.fixture
def make_folder(desk: Desk, tmp_path: Path) -> MakeFolder:
    def make(password: str | None) -> Path:
        folder = tmp_path / ("locked" if password else "open")
        store, _ = workspace.create(
            folder, desk.catalogue, role="county", unit_code="320981", password=password
        )
        store.close()
        return folder

    return make


def test_without_a_folder_the_clerk_chooses(start: StartWindow) -> None:
    start.begin(None, None)
    assert start.pages.currentWidget() is start.choose
    assert start.isVisible()


def test_an_open_workspace_needs_no_screen(
    start: StartWindow, make_folder: MakeFolder, opened: list[Session], qtbot: QtBot
) -> None:
    start.begin(make_folder(None), None)
    qtbot.waitUntil(lambda: bool(opened), timeout=WAIT)
    assert not start.isVisible()
    assert not opened[0].office.locked


def test_an_opening_that_takes_long_is_explained(
    desk: Desk, make_folder: MakeFolder, opened: list[Session], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.start.window.SLOW", 0)
    may_open = Event()

    def slow(folder: Path, password: str | None) -> Store:
        may_open.wait()
        return workspace.open_store(folder, desk.catalogue, password)

    start = StartWindow(desk, replace(ways(desk), open=slow))
    qtbot.addWidget(start)
    start.opened.connect(opened.append)
    start.begin(make_folder(None), None)
    qtbot.waitUntil(lambda: start.isVisible() and start.pages.currentWidget() is start.opening, timeout=WAIT)
    may_open.set()
    qtbot.waitUntil(lambda: bool(opened), timeout=WAIT)


def test_a_password_told_from_outside_is_used(
    start: StartWindow, make_folder: MakeFolder, opened: list[Session], qtbot: QtBot
) -> None:
    start.begin(make_folder(PASSWORD), PASSWORD)
    qtbot.waitUntil(lambda: bool(opened), timeout=WAIT)
    assert opened[0].office.locked


def test_a_locked_workspace_asks_until_the_password_fits(
    start: StartWindow, make_folder: MakeFolder, opened: list[Session], qtbot: QtBot
) -> None:
    start.begin(make_folder(PASSWORD), None)
    unlock = start.unlock
    assert start.pages.currentWidget() is unlock
    unlock.enter_button.click()
    assert unlock.field.words == f"⚠\u00a0{texts.PASSWORD_EMPTY}"
    unlock.password.setText("wrong")
    unlock.password.returnPressed.emit()
    assert not unlock.enter_button.isEnabled()
    qtbot.waitUntil(lambda: "口令不对" in unlock.field.words, timeout=WAIT)
    assert unlock.enter_button.isEnabled()
    unlock.password.setText(PASSWORD)
    unlock.enter_button.click()
    qtbot.waitUntil(lambda: bool(opened), timeout=WAIT)


def test_a_workspace_in_use_is_told(
    start: StartWindow, desk: Desk, make_folder: MakeFolder, qtbot: QtBot
) -> None:
    folder = make_folder(None)
    held = workspace.open_store(folder, desk.catalogue)
    start.begin(folder, None)
    qtbot.waitUntil(lambda: "另一个窗口" in start.choose.notice.words.text(), timeout=WAIT)
    held.close()


def test_a_damaged_key_file_is_told(start: StartWindow, make_folder: MakeFolder) -> None:
    folder = make_folder(PASSWORD)
    (folder / workspace.KEYS).write_text("nonsense", encoding="utf-8")
    start.begin(folder, None)
    assert "钥匙文件已损坏" in start.choose.notice.words.text()


def test_a_bug_in_opening_is_reported(
    desk: Desk, qtbot: QtBot, bugs: list[BaseException], tmp_path: Path
) -> None:
    def broken(_folder: Path, _password: str | None) -> Store:
        raise KeyError("x")

    start = StartWindow(desk, Ways(broken, ways(desk).create, lambda _folder: False))
    qtbot.addWidget(start)
    start.approach(tmp_path)
    qtbot.waitUntil(lambda: bool(bugs), timeout=WAIT)
    assert start.pages.currentWidget() is start.choose
    start.close()


def test_recent_workspaces_are_offered(
    start: StartWindow, desk: Desk, make_folder: MakeFolder, opened: list[Session], qtbot: QtBot
) -> None:
    folder = make_folder(None)
    desk.preferences.remember(folder)
    start.begin(None, None)
    assert start.choose.recent_buttons[0].toolTip() == str(folder)
    start.choose.recent_buttons[0].click()
    qtbot.waitUntil(lambda: bool(opened), timeout=WAIT)


def test_another_folder_is_chosen(start: StartWindow, dialogs: FakeDialogs, make_folder: MakeFolder) -> None:
    dialogs.folder = make_folder(PASSWORD)
    start.begin(None, None)
    start.choose.open_button.click()
    assert start.pages.currentWidget() is start.unlock
    start.unlock.other_button.click()
    assert start.pages.currentWidget() is start.choose
    dialogs.folder = None
    start.choose.open_button.click()
    assert start.pages.currentWidget() is start.choose


# ---------------------------------------------------------------- making
def test_a_folder_without_a_workspace_is_proposed_for_a_new_one(
    start: StartWindow, tmp_path: Path, desk: Desk
) -> None:
    start.begin(tmp_path / "neu", None)
    assert start.pages.currentWidget() is start.create_page
    assert start.create_page.folder.text() == str(tmp_path / "neu")
    desk.preferences.remember(tmp_path)
    start.begin(tmp_path / "neu", None)
    assert start.pages.currentWidget() is start.choose


def test_a_county_is_made_and_its_recovery_key_shown_once(
    start: StartWindow, dialogs: FakeDialogs, opened: list[Session], tmp_path: Path, qtbot: QtBot
) -> None:
    start.begin(None, None)
    start.choose.new_button.click()
    page, folder = start.create_page, tmp_path / "新工作区"
    page.unit.setEditText("建湖县")
    page.office.setText("建湖县市场监督管理局")
    page.folder.setText(str(folder))
    page.password.setText(PASSWORD)
    page.again.setText(PASSWORD)
    page.create_button.click()
    qtbot.waitUntil(lambda: start.pages.currentWidget() is start.recovery, timeout=WAIT)
    key = start.recovery.key_label.text().replace("  ", "-")
    assert not start.recovery.go_button.isEnabled()
    start.recovery.print_button.click()
    assert key in str(dialogs.printed[0])
    dialogs.out = tmp_path
    start.recovery.save_button.click()
    assert key in (tmp_path / "恢复码-建湖县市场监督管理局.txt").read_text(encoding="utf-8-sig")
    start.recovery.kept.setChecked(True)
    start.recovery.go_button.click()
    assert opened[0].office.unit_code == "320925"
    assert opened[0].office.locked
    opened.pop().worker.close()
    start.approach(folder)
    start.unlock.password.setText(key)
    start.unlock.enter_button.click()
    qtbot.waitUntil(lambda: bool(opened), timeout=WAIT)


def test_a_mere_name_lies_among_the_documents(
    start: StartWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("ui.start.create.user_documents_path", lambda: tmp_path)
    page, asked = start.create_page, list[NewWorkspace]()
    page.asked.disconnect()
    page.asked.connect(asked.append)
    page.city.setChecked(True)
    page.no_password.setChecked(True)
    page.folder.setText(" 台账 ")
    page.folder.editingFinished.emit()
    assert page.folder.text() == str(tmp_path / "台账")
    page.folder.setText("~某人/台账")  # of a user that this PC does not know
    page.folder.editingFinished.emit()
    assert page.folder.text() == str(tmp_path / "~某人" / "台账")
    page.folder.setText("台账/甲")
    page.submit()
    assert [wanted.folder for wanted in asked] == [tmp_path / "台账" / "甲"]


def test_the_recovery_key_is_not_closed_without_a_question(
    start: StartWindow, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    start.recovery.enter("A-B", "东台市", tmp_path)
    start.pages.setCurrentWidget(start.recovery)
    start.show()
    dialogs.yes = False
    assert not start.close()
    assert start.isVisible()
    assert "恢复码还没有保存" in dialogs.asked[0]
    start.recovery.kept.setChecked(True)
    assert start.close()
    assert len(dialogs.asked) == 1


def test_a_recovery_key_that_cannot_be_saved_is_told(
    start: StartWindow, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    start.recovery.enter("A-B", "东台市", tmp_path)
    dialogs.out = tmp_path / "gone" / "x.txt"
    start.recovery.save()
    assert "写不了" in start.recovery.notice.words.text()
    dialogs.out, dialogs.yes = None, False
    start.recovery.save()
    start.recovery.print()


def test_enter_goes_on_and_at_last_makes_the_workspace(start: StartWindow, qtbot: QtBot) -> None:
    page = start.create_page
    start.show_choice()
    start.choose.new_asked.emit()
    asked: list[object] = []
    page.asked.disconnect()
    page.asked.connect(asked.append)
    start.activateWindow()
    qtbot.waitUntil(start.isActiveWindow)
    page.unit.set_code("320981")
    page.office.setFocus()
    for edit, words in ((page.office, "Dongtai"), (page.folder, ""), (page.password, PASSWORD)):
        assert edit.hasFocus()
        QTest.keyClicks(edit, words)
        QTest.keyClick(edit, Qt.Key.Key_Return)
    assert not asked
    QTest.keyClicks(page.again, PASSWORD)
    page.wait(True)
    QTest.keyClick(page.again, Qt.Key.Key_Return)  # it is being made already
    assert not asked
    page.wait(False)
    QTest.keyClick(page.again, Qt.Key.Key_Return)
    assert len(asked) == 1


def test_a_city_without_a_password_goes_straight_on(
    start: StartWindow, opened: list[Session], tmp_path: Path, qtbot: QtBot
) -> None:
    page = start.create_page
    page.city.setChecked(True)
    assert page.unit_field.isHidden()
    page.no_password.setChecked(True)
    assert page.warning.words.text() == texts.NO_PASSWORD_WARNING
    assert not page.password_field.isEnabled()
    page.folder.setText(str(tmp_path / "city"))
    page.submit()
    qtbot.waitUntil(lambda: bool(opened), timeout=WAIT)
    assert opened[0].is_city
    assert not opened[0].office.locked


def test_what_is_missing_is_said_at_each_field(start: StartWindow) -> None:
    page = start.create_page
    page.folder.clear()
    page.password.setText("short")
    page.again.setText("other")
    page.unit.setEditText("没有的县")
    page.submit()
    told = [
        field.words for field in (page.unit_field, page.folder_field, page.password_field, page.again_field)
    ]
    wanted = (texts.UNIT_MISSING, texts.FOLDER_MISSING, texts.PASSWORD_SHORT, texts.PASSWORD_DIFFERS)
    assert told == [f"⚠\u00a0{words}" for words in wanted]
    page.password.setText(PASSWORD)
    assert page.password_field.words == texts.STRENGTH[strength(PASSWORD)]


def test_a_folder_already_used_is_told(start: StartWindow, make_folder: MakeFolder, qtbot: QtBot) -> None:
    page = start.create_page
    page.unit.setEditText("东台市")
    page.folder.setText(str(make_folder(None)))
    page.no_password.setChecked(True)
    page.submit()
    qtbot.waitUntil(lambda: "已经有一个工作区" in page.notice.words.text(), timeout=WAIT)
    assert page.create_button.isEnabled()
    page.back_button.click()
    assert start.pages.currentWidget() is start.choose


def test_a_bug_in_making_is_reported(
    desk: Desk, qtbot: QtBot, bugs: list[BaseException], tmp_path: Path
) -> None:
    def broken(folder: Path, **_told: object) -> tuple[Store, str]:
        raise KeyError("x")

    start = StartWindow(desk, Ways(ways(desk).open, broken, lambda _folder: False))
    qtbot.addWidget(start)
    page = start.create_page
    page.unit.setEditText("东台市")
    page.folder.setText(str(tmp_path / "x"))
    page.no_password.setChecked(True)
    page.submit()
    qtbot.waitUntil(lambda: bool(bugs), timeout=WAIT)
    assert page.create_button.isEnabled()


def test_a_chosen_folder_with_other_things_gets_a_folder_inside(
    start: StartWindow, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    page, full, empty = start.create_page, tmp_path / "full", tmp_path / "empty"
    (full / "x").mkdir(parents=True)
    empty.mkdir()
    for folder, shown in ((full, full / texts.FOLDER_NAME), (empty, empty)):
        dialogs.folder = folder
        page.browse_button.click()
        assert page.folder.text() == str(shown)
    dialogs.folder = None
    page.browse_button.click()
    assert page.folder.text() == str(empty)


# ---------------------------------------------------------------- strength
@pytest.mark.parametrize(
    ("password", "step"),
    [
        ("", 0),
        ("1234567", 0),
        ("12345678", 1),
        ("abcdefgh", 1),
        ("aaaaaaaaaaaa", 1),
        ("zhishi26", 1),
        ("Zhishi-2026", 2),
        ("Zhi-Shi-Chan-Quan-26", 3),
    ],
)
def test_strength_is_told_in_four_steps(password: str, step: int) -> None:
    assert strength(password) == step


@given(st.text(max_size=60))
def test_any_text_has_a_strength_and_a_short_one_none(password: str) -> None:
    assert strength(password) in range(len(texts.STRENGTH))
    assert (strength(password) == 0) == (len(password) < LEAST)
