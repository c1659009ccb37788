"""What the city sends down, in the window: looked at, published, seen at the county."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from ipdesk import sync
from ipdesk.parameters import LABELS
from ipdesk.store import Store
from ipdesk.sync import channel
from tests.ui.conftest import FakeDialogs, MakeSession
from ui.channel.page import ChannelPage
from ui.channel.publish import PublishDialog
from ui.channel.ways import CHANNEL
from ui.pages import SETTINGS, fill
from ui.session import Session
from ui.settings.page import SettingsPage
from ui.window.main import MainWindow

Settle = Callable[[Session], None]
SHEET = "频次,天数,起始期\n每月,5,2026-01\n"


@pytest.fixture
def city(make_session: MakeSession) -> Session:
    return make_session("city", "320900", None, "盐城市知识产权局")


def shown(session: Session, qtbot: QtBot, settle: Settle) -> ChannelPage:
    page = ChannelPage(session)
    qtbot.addWidget(page)
    page.show()
    page.enter()
    settle(session)
    return page


@pytest.fixture
def page(city: Session, qtbot: QtBot, settle: Settle) -> ChannelPage:
    return shown(city, qtbot, settle)


def states(page: ChannelPage) -> list[tuple[str, str, str]]:
    return [line[:3] for line in page.table.listing.rows]  # type: ignore[misc]


def asked(page: ChannelPage, dialogs: FakeDialogs, place: int) -> PublishDialog:
    """Open the window for a line with Enter."""
    page.table.selectRow(place)
    page.table.opened.emit()
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, PublishDialog)
    return dialog


def test_parameters_are_looked_at_and_published(
    page: ChannelPage, city: Session, dialogs: FakeDialogs, settle: Settle
) -> None:
    for model in (page.table.listing, page.items):
        QAbstractItemModelTester(model)
    assert states(page)[:2] == [("统计参数", "未下发", ""), ("报送安排", "未下发", "")]
    assert states(page)[2][0] == "代码表：乡镇街道"
    dialog = asked(page, dialogs, 0)
    assert not dialog.do_button.isEnabled()
    dialog.publish()
    settle(city)
    QAbstractItemModelTester(dialog.model)
    assert dialog.words.text() == f"统计参数：将改动 {len(LABELS)} 项，下发后是第 1 版"
    assert dialog.do_button.text() == "下发第 1 版"
    dialog.do_button.click()
    settle(city)
    settle(city)
    assert states(page)[0] == ("统计参数", "已下发", "第 1 版")
    assert "导出回执带给各县" in page.notice.words.text()
    assert page.items_title.text() == "统计参数第 1 版的内容"
    assert len(page.items.rows) == len(LABELS)
    again = asked(page, dialogs, 0)
    settle(city)
    assert again.words.text() == "统计参数：与各县现有的一样"
    assert not again.do_button.isEnabled()


def test_a_change_not_sent_down_is_told(
    page: ChannelPage, city: Session, dialogs: FakeDialogs, settle: Settle
) -> None:
    asked(page, dialogs, 1)
    settle(city)
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, PublishDialog)
    dialog.publish()
    settle(city)
    city.ask(page, lambda store: sync.expect(store, sync.Plan("month", 3, "")), lambda _none: page.refresh())
    settle(city)
    settle(city)
    assert states(page)[1] == ("报送安排", "有改动未下发", "第 1 版")


def test_a_sheet_is_chosen_looked_at_and_left_again(
    page: ChannelPage, city: Session, dialogs: FakeDialogs, settle: Settle, tmp_path: Path
) -> None:
    file = tmp_path / "安排.csv"
    file.write_text(SHEET, encoding="utf-8-sig")
    dialog = asked(page, dialogs, 1)
    settle(city)
    dialog.choose()
    assert dialog.sheet is None
    dialogs.files = [file]
    dialog.choose_button.click()
    settle(city)
    assert [row[2] for row in dialog.model.rows] == ["每月", "5 天", "2026-01"]
    assert not dialog.clear_button.isHidden()
    dialog.clear_button.click()
    settle(city)
    assert [row[2] for row in dialog.model.rows] == ["每季", "10 天", "本期"]
    dialog.file.setText(str(tmp_path / "没有.csv"))
    dialog.file.editingFinished.emit()
    settle(city)
    assert "没有.csv" in dialog.notice.words.text()
    assert not dialog.do_button.isEnabled()
    dialog.file.setText(str(file))
    dialog.file.editingFinished.emit()
    dialog.file.setText("")
    settle(city)
    assert dialog.model.rows == []
    dialog.file.setText(str(file))
    dialog.look()
    settle(city)
    dialog.file.editingFinished.emit()
    assert dialog.do_button.isEnabled()
    dialog.publish()
    settle(city)
    settle(city)
    assert ("频次", "每月") in page.items.rows
    assert states(page)[1] == ("报送安排", "已下发", "第 1 版")


def test_a_code_table_is_saved_edited_and_published(
    page: ChannelPage, city: Session, dialogs: FakeDialogs, settle: Settle, tmp_path: Path
) -> None:
    dialog = asked(page, dialogs, 2)
    settle(city)
    assert dialog.words.text() == ""
    assert not dialog.do_button.isEnabled()
    dialog.save_button.click()
    dialogs.out = tmp_path
    dialog.save_button.click()
    settle(city)
    assert "towns.csv" in dialog.notice.words.text()
    file = tmp_path / "towns.csv"
    text = file.read_text(encoding="utf-8-sig")
    dialogs.files = [file]
    dialog.choose()
    settle(city)
    assert dialog.words.text() == "代码表：乡镇街道：与各县现有的一样"
    file.write_text(text + "320981999,新设镇,镇,320981,320981,\n", encoding="utf-8")
    dialog.choose()
    settle(city)
    assert dialog.model.rows[0][0] == "320981999"
    dialog.publish()
    settle(city)
    settle(city)
    assert states(page)[2] == ("代码表：乡镇街道", "已下发", "第 1 版")
    assert "下次打开工作区时" in page.notice.words.text()


def test_a_county_sees_what_came_down_and_publishes_nothing(
    make_session: MakeSession, qtbot: QtBot, settle: Settle, dialogs: FakeDialogs
) -> None:
    county = make_session()
    page = shown(county, qtbot, settle)
    assert {line[1] for line in states(page)} == {"市局未下发"}
    assert page.trouble.isHidden()
    page.publish()
    assert dialogs.shown == []

    def brought(store: Store) -> None:
        text = '{"every": "month", "days": 5, "since": "2026-01"}'
        plan = channel.Document("reporting", 3, "0" * 64, text, "2026-01-05T08:00:00+08:00")
        odd = channel.Document("parameters", 1, "0" * 64, "{", "2026-01-05T08:00:00+08:00")
        with store.act("收取市局下发", "测试") as act:
            channel.take(store, act, [plan, odd])

    county.ask(page, brought, lambda _none: page.refresh())
    settle(county)
    settle(county)
    assert states(page)[:2] == [("统计参数", "没有采用", ""), ("报送安排", "已采用", "第 3 版")]
    assert page.table.listing.rows[1][4].startswith("20")
    assert "没有采用" in page.trouble.words.text()
    page.table.selectRow(1)
    assert ("期满后天数", "5 天") in page.items.rows


def test_the_way_leads_from_settings_and_back(city: Session, qtbot: QtBot, settle: Settle) -> None:
    window = MainWindow(city)
    fill(window, city)
    qtbot.addWidget(window)
    window.show()
    window.go(SETTINGS)
    settings = window.page(SETTINGS)
    assert isinstance(settings, SettingsPage)
    settings.channel_button.click()
    page = window.page(CHANNEL)
    assert isinstance(page, ChannelPage)
    settle(city)
    assert page.isVisible()
    page.back_button.click()
    assert settings.isVisible()
    settle(city)


def test_nothing_is_published_under_the_name_of_a_sheet_that_was_not_looked_at(
    page: ChannelPage, city: Session, dialogs: FakeDialogs, settle: Settle, tmp_path: Path
) -> None:
    file = tmp_path / "安排.csv"
    file.write_text(SHEET, encoding="utf-8-sig")
    dialog = asked(page, dialogs, 1)
    settle(city)
    assert dialog.do_button.isEnabled()
    dialog.file.setText(str(file))  # Ctrl+Enter from within the line: nobody has looked at it yet
    dialog.publish()
    settle(city)
    assert states(page)[1] == ("报送安排", "未下发", "")
    assert [row[2] for row in dialog.model.rows] == ["每月", "5 天", "2026-01"]
    dialog.publish()
    settle(city)
    settle(city)
    assert states(page)[1] == ("报送安排", "已下发", "第 1 版")
