"""The page of archives: a period put away, a file verified and shown, a changed one refused in one sentence."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from ipdesk.actions.archiving import make_archive
from tests.ui.conftest import FakeDialogs
from ui.archive.page import ArchivePage
from ui.session import Session

Settle = Callable[[Session], None]


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> ArchivePage:
    made = ArchivePage(session)
    qtbot.addWidget(made)
    made.resize(1150, 640)
    made.show()
    made.enter()
    for table in made.tables.values():
        QAbstractItemModelTester(table.model())
    return made


def shown(page: ArchivePage) -> bool:
    return page.archive is not None


def test_a_period_is_put_away_opened_and_a_changed_file_refused(
    page: ArchivePage, session: Session, dialogs: FakeDialogs, settle: Settle, tmp_path: Path
) -> None:
    page.make()
    assert "请填写要归档的期" in page.period_box.words
    page.period.setText("去年")
    page.make()
    assert "不是报送期" in page.period_box.words
    page.period.setText("2024-Q2")
    page.make()  # given up in the dialog
    dialogs.out = tmp_path
    page.make()
    settle(session)
    file = tmp_path / "东台市2024年第二季度归档.ipa"
    assert file.exists()
    words = page.notice.words.text()
    assert words.startswith("签名和内容核对无误 · 东台市市场监督管理局 2024年第二季度")
    assert len(page.tables["tasks"].listing.rows) == 27
    assert page.tables["tasks"].listing.rows[0][:2] == ("东台市", "T1-1")
    page.part_box.setCurrentIndex(1)
    assert page.stack.currentWidget() is page.tables["tasks"]
    page.make()
    settle(session)
    assert "归档不覆盖旧文件" in page.notice.words.text()
    dialogs.files = [file]
    page.choose()
    settle(session)
    assert page.notice.words.text() == words
    page.refresh()
    assert shown(page)
    data = bytearray(file.read_bytes())
    data[-5] ^= 1
    broken = tmp_path / "改.ipa"
    broken.write_bytes(data)
    dialogs.files = [broken]
    page.choose()
    settle(session)
    assert not shown(page)
    assert "\n" not in page.notice.words.text()
    assert not page.tables["tasks"].listing.rows
    dialogs.files = []
    page.choose()


def test_what_was_known_then_is_said(
    page: ArchivePage, session: Session, dialogs: FakeDialogs, settle: Settle, tmp_path: Path
) -> None:
    told: list[object] = []
    session.ask(page, lambda s: make_archive(s, "2024", tmp_path / "a.ipa", date(2025, 1, 2)), told.append)
    settle(session)
    dialogs.files = [tmp_path / "a.ipa"]
    page.choose()
    settle(session)
    assert "按 2025-01-02 登记的内容" in page.notice.words.text()
