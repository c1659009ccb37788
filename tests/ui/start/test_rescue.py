"""A workspace whose data file is damaged or gone is brought back from a backup before it opens."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from db import workspace
from db.place import STORE
from ipdesk.actions import backups
from ipdesk.actions.ledger import add
from ipdesk.records import Query
from tests.ui.conftest import FIRM, WAIT, FakeDialogs
from tests.ui.start.test_start import ways
from ui.session import Desk, Session
from ui.start.window import StartWindow, Ways


@pytest.fixture
def opened() -> Iterator[list[Session]]:
    sessions: list[Session] = []
    yield sessions
    for session in sessions:
        session.close()


@pytest.fixture
def start(desk: Desk, qtbot: QtBot, opened: list[Session]) -> Iterator[StartWindow]:
    plain = ways(desk)

    def rescue(folder: Path, password: str | None, backup: Path) -> object:
        return workspace.rescue(folder, desk.catalogue, password, backup)

    made = StartWindow(desk, Ways(plain.open, plain.create, plain.is_locked, rescue))  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.opened.connect(opened.append)
    yield made
    made.close()


@pytest.fixture
def lost(desk: Desk, tmp_path: Path) -> tuple[Path, Path]:
    """Return a workspace whose data file is damaged, and its backup."""
    folder, ledger = tmp_path / "w", desk.catalogue.ledger("guanbiao")
    store, _key = workspace.create(folder, desk.catalogue, role="county", unit_code="320981", password=None)
    add(store, ledger, FIRM, "测试")
    backup = backups.make(store).path
    store.close()
    (folder / STORE).write_bytes(b"x" * 9000)
    return folder, backup


def test_a_damaged_workspace_is_brought_back(
    start: StartWindow,
    lost: tuple[Path, Path],
    opened: list[Session],
    dialogs: FakeDialogs,
    desk: Desk,
    qtbot: QtBot,
) -> None:
    folder, backup = lost
    start.begin(folder, None)
    qtbot.waitUntil(start.choose.rescue_button.isVisible, timeout=WAIT)
    dialogs.files = []
    start.choose.rescue_button.click()  # given up
    dialogs.files = [backup]
    start.choose.rescue_button.click()
    qtbot.waitUntil(lambda: bool(opened), timeout=WAIT)
    assert "共 2 条记录" in dialogs.asked[-1]
    assert "损坏的数据文件会原样留在" in dialogs.asked[-1]
    told: list[int] = []
    ledger = desk.catalogue.ledger("guanbiao")
    opened[0].ask(start, lambda store: len(store.keys(ledger, Query())), told.append)
    qtbot.waitUntil(lambda: told == [1], timeout=WAIT)


def test_another_file_is_refused_and_no_is_no(
    start: StartWindow, lost: tuple[Path, Path], opened: list[Session], dialogs: FakeDialogs, qtbot: QtBot
) -> None:
    folder, backup = lost
    start.begin(folder, None)
    qtbot.waitUntil(start.choose.rescue_button.isVisible, timeout=WAIT)
    other = folder / "别的.db"
    other.write_bytes(b"nothing")
    dialogs.files = [other]
    start.choose.rescue_button.click()
    qtbot.waitUntil(lambda: bool(dialogs.told), timeout=WAIT)
    dialogs.yes, dialogs.files = False, [backup]
    start.choose.rescue_button.click()
    qtbot.waitUntil(lambda: bool(dialogs.asked), timeout=WAIT)
    assert opened == []
    assert (folder / STORE).read_bytes() == b"x" * 9000


def test_where_nothing_is_lost_nothing_is_offered(start: StartWindow) -> None:
    start.show_choice("口令不对")
    assert start.choose.notice.isVisible()
    assert start.choose.rescue_button.isHidden()
