"""The main window and one whole run: pages, navigation, status, toast, closing, bugs."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ipdesk.kinds import catalogue
from ipdesk.store import Store
from tests.ui.conftest import FIRM, WAIT, FakeDialogs, MakeSession
from tests.ui.start.test_start import ways
from ui.application import catch_bugs, make_application
from ui.crashes import Crashes
from ui.intake.page import IntakePage
from ui.ledger.page import LedgerPage
from ui.pages import fill
from ui.program import Program
from ui.report.page import ReportPage
from ui.session import Desk, Session
from ui.settings.page import SettingsPage
from ui.sync.city import CityPage
from ui.sync.county import CountyPage
from ui.texts.ledger import GROUPS
from ui.widgets.page import Page
from ui.window.main import MainWindow

Settle = Callable[[Session], None]


def made(session: Session, qtbot: QtBot, settle: Settle, width: int = 1366) -> MainWindow:
    window = MainWindow(session)
    fill(window, session)
    qtbot.addWidget(window)
    window.resize(width, 614 if width < 1200 else 768)
    window.show()
    window.go("guanbiao")
    settle(session)
    return window


@pytest.fixture
def window(session: Session, qtbot: QtBot, settle: Settle) -> MainWindow:
    return made(session, qtbot, settle)


def test_the_pages_derive_from_catalogue_and_role(
    window: MainWindow, make_session: MakeSession, qtbot: QtBot, settle: Settle
) -> None:
    names = [button.accessibleName() for button in window.navigation.buttons.values()]
    assert names == [
        "总览",
        "贯标企业",
        "服务机构",
        "培训学员",
        "人才名册",
        *GROUPS.values(),
        "待办",
        "数据上报",
        "报表",
        "统计",
        "设置",
    ]
    city = made(make_session("city", "320900", office_name="盐城市知识产权局"), qtbot, settle)
    names = [button.accessibleName() for button in city.navigation.buttons.values()]
    assert names[9:15] == ["收件", "冲突", "查重", "更正意见", "报送情况", "开通与回执"]
    assert isinstance(city.page("sync"), CityPage)


def test_each_way_leads_to_its_page(window: MainWindow, session: Session, settle: Settle) -> None:
    wanted: dict[str, type[Page]] = {
        "sync": CountyPage,
        "reports": ReportPage,
        "settings": SettingsPage,
        "institution": LedgerPage,
        "training": LedgerPage,
        "person": LedgerPage,
        "guanbiao": LedgerPage,
    }
    for name, kind in wanted.items():
        window.navigation.buttons[name].click()
        settle(session)
        assert isinstance(window.page(name), kind)
        assert window.page(name).isVisible()
        assert window.navigation.buttons[name].isChecked()


def test_pages_are_made_when_first_asked_for(window: MainWindow) -> None:
    assert list(window.pages) == ["guanbiao"]


def test_ctrl_and_a_number_lead_there(
    window: MainWindow, session: Session, qtbot: QtBot, settle: Settle
) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=WAIT)
    for key, name in ((Qt.Key.Key_2, "institution"), (Qt.Key.Key_4, "person"), (Qt.Key.Key_5, "todo")):
        QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        settle(session)
        assert window.page(name).isVisible()


def test_each_ledger_speaks_of_what_it_holds(window: MainWindow, session: Session, settle: Settle) -> None:
    wanted = {
        "institution": ("服务机构", "新增机构", "搜索机构、信用代码、联系人或拼音首字母", "服务机构名录"),
        "training": ("培训学员", "新增学员", "搜索姓名、单位、培训班或拼音首字母", "签到表"),
        "person": ("人才名册", "新增人员", "搜索姓名、单位、证书号或拼音首字母", "人才名册"),
    }
    for name, (title, add, hint, empty) in wanted.items():
        window.go(name)
        settle(session)
        page = window.page(name)
        assert isinstance(page, LedgerPage)
        assert page.head.title.text() == title
        assert page.add_button.accessibleName() == add
        assert page.list.toolbar.search.placeholderText() == hint
        assert page.list.empty.isVisible()
        assert empty in page.list.empty.text.text()
        page.add_button.click()
        assert page.form.title.text() == add
        page.form.close_if_may()


def test_the_navigation_folds_where_it_is_narrow(window: MainWindow) -> None:
    button = window.navigation.buttons["sync"]
    assert button.text().strip() == "数据上报"
    window.resize(1093, 614)
    assert (button.text(), button.toolTip(), window.navigation.width()) == ("", "数据上报", 52)
    window.resize(1366, 768)
    assert (button.text().strip(), button.toolTip(), window.navigation.width()) == ("数据上报", "", 168)


def test_arrow_keys_go_up_and_down_the_navigation(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=WAIT)
    buttons = list(window.navigation.buttons.values())
    buttons[0].setFocus()
    QTest.keyClick(buttons[0], Qt.Key.Key_Down)
    assert buttons[1].hasFocus()
    QTest.keyClick(buttons[1], Qt.Key.Key_Up)
    assert buttons[0].hasFocus()
    QTest.keyClick(buttons[0], Qt.Key.Key_Up)
    assert buttons[-1].hasFocus()
    QTest.keyClick(buttons[-1], Qt.Key.Key_Home)


def test_unsaved_work_keeps_the_page(window: MainWindow, dialogs: FakeDialogs) -> None:
    page = window.page("guanbiao")
    assert isinstance(page, LedgerPage)
    page.add()
    page.form.boxes["enterprise_name"].editor.widget.setText("改")  # type: ignore[union-attr]
    dialogs.yes = False
    window.navigation.buttons["sync"].click()
    assert page.isVisible()
    assert window.navigation.buttons["guanbiao"].isChecked()
    assert not window.close()
    dialogs.yes = True
    assert window.go("sync")


def test_the_status_line_tells_how_things_stand(window: MainWindow, session: Session, settle: Settle) -> None:
    status = window.status
    assert status.secrecy.text() == "非涉密"
    assert status.secrecy.isVisible()
    assert status.unlocked.isVisible()
    settle(session)
    assert status.sync.text() == "还没有上报过"
    session.report("试", *catalogue().kinds.values())
    settle(session)
    assert status.saved.text().startswith("数据已保存 ")


def test_a_locked_workspace_has_no_mark(make_session: MakeSession, qtbot: QtBot, settle: Settle) -> None:
    assert made(make_session(password="correct horse"), qtbot, settle).status.unlocked.isHidden()


def test_what_was_done_is_said_with_the_way_back(
    window: MainWindow, session: Session, settle: Settle
) -> None:
    session.tell("已保存", can_undo=True)
    assert window.toast.isVisible()
    assert window.toast.words.text() == "已保存"
    QApplication.sendEvent(window.centralWidget(), QResizeEvent(window.size(), window.size()))
    window.toast.undo_button.click()
    settle(session)
    assert "已撤销" in window.toast.words.text()
    assert window.toast.undo_button.isHidden()


def test_the_title_says_whose_and_that_it_is_not_secret(window: MainWindow, session: Session) -> None:
    assert window.windowTitle() == "知识产权工作台 — 东台市市场监督管理局（非涉密）"
    from dataclasses import replace

    session.rename(replace(session.office, office_name=""))
    assert "东台市（" in window.windowTitle()


# ---------------------------------------------------------------- intake
def test_bringing_in_begins_and_ends_at_the_list(
    window: MainWindow, session: Session, dialogs: FakeDialogs, settle: Settle, tmp_path: Path
) -> None:
    ledger = window.page("guanbiao")
    assert isinstance(ledger, LedgerPage)
    ledger.import_button.click()
    assert ledger.isVisible()
    sheet = tmp_path / "a.csv"
    sheet.write_text(
        f"企业名称,统一社会信用代码\n{FIRM['enterprise_name']},{FIRM['uscc']}\n", encoding="utf-8"
    )
    dialogs.files = [sheet]
    ledger.import_button.click()
    settle(session)
    intake = window.page("guanbiao.intake")
    assert isinstance(intake, IntakePage)
    assert intake.isVisible()
    assert window.navigation.buttons["guanbiao"].isChecked()
    intake.cancel_button.click()
    assert ledger.isVisible()
    ledger.files_dropped.emit([sheet])
    settle(session)
    assert intake.isVisible()
    assert intake.plan is not None
    intake.leave()
    ledger.print_button.click()
    settle(session)
    assert window.page("reports").isVisible()


# ---------------------------------------------------------------- closing
def test_a_long_deed_is_asked_about(window: MainWindow, session: Session, dialogs: FakeDialogs) -> None:
    import threading

    release = threading.Event()

    def op(_store: Store, _report: object) -> None:
        release.wait(10)

    session.work(window, op, lambda _told: None, None, lambda _done, _total: None)
    dialogs.yes = False
    assert not window.close()
    assert "还有操作没有做完" in dialogs.asked[0]
    release.set()


def test_every_widget_that_takes_the_focus_has_a_name(
    window: MainWindow, session: Session, settle: Settle
) -> None:
    page = window.page("guanbiao")
    assert isinstance(page, LedgerPage)
    page.add()
    for name in ("sync", "reports", "settings"):
        window.page(name)
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QTableView)
    found: list[QWidget] = [w for kind in kinds for w in window.findChildren(kind)]  # type: ignore[var-annotated]
    nameless = [
        (type(w).__name__, type(w.parent()).__name__)
        for w in found
        if w.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not w.accessibleName()
        and not isinstance(w.parent(), (QComboBox, QLineEdit))
    ]
    assert nameless == []
    settle(session)


@pytest.mark.parametrize("width", [1093, 1366])
def test_every_page_fits_its_window(session: Session, qtbot: QtBot, settle: Settle, width: int) -> None:
    window = made(session, qtbot, settle, width)
    for name in (
        "guanbiao",
        "institution",
        "training",
        "person",
        "sync",
        "reports",
        "settings",
        "guanbiao.intake",
    ):
        window.go(name)
        settle(session)
        QApplication.processEvents()
        assert window.width() == width, name
        assert window.page(name).minimumSizeHint().width() <= window.page(name).width(), name


# ---------------------------------------------------------------- bugs
def test_a_bug_becomes_a_report_and_one_dialog(dialogs: FakeDialogs, tmp_path: Path, qtbot: QtBot) -> None:
    crashes = Crashes(dialogs)
    crashes.folder = tmp_path
    try:
        raise ValueError("陈喆 13900000000")
    except ValueError as error:
        crashes.report(error)
    report = next((tmp_path / "logs").glob("crash-*.txt")).read_text(encoding="utf-8")
    assert "ValueError" in report
    assert "13900000000" not in report + dialogs.told[0]
    assert "Traceback" not in dialogs.told[0]
    assert "错误报告" in dialogs.told[0]


def test_a_report_that_cannot_be_written_is_said(dialogs: FakeDialogs, tmp_path: Path) -> None:
    crashes = Crashes(dialogs)
    crashes.folder = tmp_path / "file"
    crashes.folder.write_text("", encoding="utf-8")
    crashes.report(ValueError())
    assert "没有写成" in dialogs.told[0]


def test_a_bug_in_telling_does_not_go_round(dialogs: FakeDialogs, tmp_path: Path) -> None:
    crashes = Crashes(dialogs)
    crashes.folder = tmp_path

    def tell(*_words: object) -> None:
        crashes.report(KeyError())
        dialogs.told.append("once")

    dialogs.tell = tell  # type: ignore[method-assign,assignment]
    crashes.report(ValueError())
    assert dialogs.told == ["once"]


def test_the_hook_reports_and_lets_ctrl_c_through(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[object] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, _error, _trace: seen.append(kind))
    before = catch_bugs(seen.append)
    bug = ValueError()
    sys.excepthook(ValueError, bug, None)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert seen == [bug, KeyboardInterrupt]
    sys.excepthook = before


# ---------------------------------------------------------------- a run
def test_a_whole_run_opens_shows_and_closes(
    make_session: MakeSession, dialogs: FakeDialogs, tmp_path: Path, qtbot: QtBot, desk: object
) -> None:
    session = make_session(rows=(FIRM,))
    session.worker.close()
    program = Program(catalogue(), ways(session.desk), dialogs)
    qtbot.addWidget(program.start)
    program.start.begin(session.folder, None)
    qtbot.waitUntil(lambda: program.window is not None and program.window.isVisible(), timeout=WAIT)
    window = program.window
    assert window is not None
    qtbot.waitUntil(lambda: not window.session.worker.busy, timeout=WAIT)
    assert window.focusWidget() is window.page("guanbiao").list.table  # type: ignore[attr-defined]
    assert program.crashes.folder == session.folder
    assert window.close()
    assert not QApplication.translate("QPlatformTheme", "Cancel").isascii()
    session.worker.close = lambda: None  # type: ignore[method-assign]  # closed above


def test_the_application_is_dressed_once(qapp: QApplication) -> None:
    assert make_application() is qapp
    assert qapp.font().families()[-1] == "Noto Sans SC"
    assert qapp.font().pixelSize() == 13


def test_run_leads_from_the_command_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import ui

    seen: list[object] = []

    def run(_self: object, folder: Path, password: str) -> int:
        seen.append((folder, password))
        return 0

    monkeypatch.setattr("ui.program.Program.run", run)
    assert ui.run(catalogue(), lambda _f, _p: None, None, lambda _f: False, None, tmp_path, "pw") == 0  # type: ignore[arg-type,return-value]
    assert seen == [(tmp_path, "pw")]


def test_run_puts_the_hook_back(dialogs: FakeDialogs, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    program = Program(catalogue(), ways(desk), dialogs)
    before = sys.excepthook
    monkeypatch.setattr(program.application, "exec", lambda: 0, raising=False)
    monkeypatch.setattr(type(program.start), "begin", lambda *_told: None)
    monkeypatch.setattr("PySide6.QtWidgets.QApplication.exec", lambda *_told: 7)
    assert program.run(None, None) in (0, 7)
    assert sys.excepthook is before
    program.start.close()


def test_resizing_is_an_event(window: MainWindow) -> None:
    QApplication.sendEvent(window, QEvent(QEvent.Type.LayoutRequest))
    assert window.minimumWidth() <= 1093
