"""What waits for a county stands at the way to its exchange; a restored workspace is opened anew."""

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from ipdesk.kinds import catalogue
from ipdesk.kinds.deciding import CONFLICT, CORRECTION
from ipdesk.store import Store
from tests.ui.conftest import FIRM, WAIT, FakeDialogs, MakeSession
from tests.ui.start.test_start import ways
from ui.backups.page import BackupPage
from ui.pages import BACKUPS, SYNC, fill
from ui.program import Program
from ui.session import Session
from ui.settings.page import SettingsPage
from ui.window.main import MainWindow

Settle = Callable[[Session], None]


def test_what_waits_for_an_answer_is_counted_at_the_way(
    session: Session, qtbot: QtBot, settle: Settle
) -> None:
    window = MainWindow(session)
    fill(window, session)
    qtbot.addWidget(window)

    def op(store: Store) -> None:
        with store.act("测试", "测试") as act:
            act.upsert(CORRECTION, [{"correction": "a", "unit": "320981", "state": "open"}])
            act.upsert(CORRECTION, [{"correction": "b", "unit": "320981", "state": "yes"}])

    session.ask(window, op, lambda _none: session.report("测试", CORRECTION, CONFLICT))
    settle(session)
    settle(session)
    words = window.navigation.buttons[SYNC].accessibleDescription()
    assert words == "数据上报：1 条市局更正意见或冲突要处理"


def test_a_restored_workspace_is_opened_anew_in_the_same_run(
    make_session: MakeSession, dialogs: FakeDialogs, qtbot: QtBot
) -> None:
    session = make_session(rows=(FIRM,))
    session.worker.close()
    program = Program(catalogue(), ways(session.desk), dialogs)
    qtbot.addWidget(program.start)
    program.start.begin(session.folder, None)
    qtbot.waitUntil(lambda: program.window is not None and program.window.isVisible(), timeout=WAIT)
    first = program.window
    assert first is not None
    settings = first.page("settings")
    assert isinstance(settings, SettingsPage)
    first.go("settings")
    settings.backups_button.click()
    page = first.page(BACKUPS)
    assert isinstance(page, BackupPage)
    assert page.isVisible()
    assert first.navigation.buttons["settings"].isChecked()
    qtbot.waitUntil(lambda: not first.session.worker.busy, timeout=WAIT)
    page.make()
    qtbot.waitUntil(lambda: bool(page.told.backups), timeout=WAIT)
    page.look()
    qtbot.waitUntil(lambda: program.window not in (None, first), timeout=WAIT)
    second = program.window
    assert second is not None
    qtbot.waitUntil(second.isVisible, timeout=WAIT)
    assert second.session.folder == session.folder
    qtbot.waitUntil(lambda: not second.session.worker.busy, timeout=WAIT)
    assert second.close()
