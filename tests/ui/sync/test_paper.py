"""The paper twin: a digest typed from paper, the cover sheet printed and kept."""

from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from ipdesk import sync
from ipdesk.shortdigest import short
from tests.ui.sync.conftest import Pair, do
from ui.sync import paper
from ui.sync.checking import DigestDialog
from ui.sync.paper import Sheet, SheetDialog


def digest_dialog(pair: Pair, file: Path) -> DigestDialog:
    pair.dialogs.files = [file]
    pair.county_page.check_button.click()
    pair.settle()
    dialog = pair.dialogs.shown[-1]
    assert isinstance(dialog, DigestDialog)
    return dialog


def test_a_digest_typed_from_paper_is_compared(pair: Pair) -> None:
    package = pair.send()
    found = do(pair, pair.county, lambda store: sync.inspect(store, package))
    dialog = digest_dialog(pair, package)
    dialog.check()
    assert "请照纸上的摘要输入" in dialog.typed.words
    dialog.edit.setText("1234")
    dialog.check()
    assert "6 组" in dialog.typed.words
    dialog.edit.setText(short(found.digest).replace("-", "　"))
    dialog.check()
    assert "一致：" in dialog.notice.words.text()
    dialog.edit.setText("0000-0000-0000-0000-0000-0000")
    dialog.do_button.click()
    assert "不一致" in dialog.notice.words.text()


def test_a_file_that_is_none_of_ours_has_no_digest(pair: Pair) -> None:
    broken = pair.stick / "坏.ipk"
    broken.write_bytes(b"nothing")
    pair.dialogs.files = [broken]
    pair.county_page.check_button.click()
    pair.settle()
    assert pair.dialogs.shown == []
    assert pair.dialogs.told


def test_the_cover_sheet_is_shown_saved_and_printed(
    pair: Pair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    package = pair.send()
    page, out = pair.county_page, tmp_path / "报送单.pdf"
    assert page.sheet_button.isVisible()
    page.sheet_button.click()
    pair.settle()
    sheet = pair.dialogs.shown[-1]
    assert isinstance(sheet, SheetDialog)
    assert package.name in sheet.windowTitle()
    assert sheet.windowTitle().endswith("的报送单")
    assert len(sheet.preview.labels) == 1
    pair.dialogs.out = out
    sheet.save_button.click()
    qtbot.waitUntil(out.exists, timeout=15_000)
    qtbot.waitUntil(lambda: "已存为" in sheet.notice.words.text(), timeout=15_000)
    printed: list[object] = []
    monkeypatch.setattr(paper, "print_on", lambda printer, pdf: printed.append((printer, pdf)))
    sheet.print_button.click()  # no printer chosen
    pair.dialogs.printer = QPrinter()
    sheet.print_button.click()
    qtbot.waitUntil(lambda: len(printed) == 1, timeout=15_000)
    pair.dialogs.out = tmp_path / "gone" / "报送单.pdf"
    sheet.save_button.click()
    qtbot.waitUntil(lambda: "写不了" in sheet.notice.words.text(), timeout=15_000)
    page.tell("别的事")
    assert page.sheet_button.isHidden()


def test_at_the_city_the_sheet_is_a_receipt(pair: Pair, qtbot: QtBot) -> None:
    session = pair.city
    sheet = SheetDialog(pair.city_page, session, Sheet(Path("320981-1.ipk"), b"", []))
    qtbot.addWidget(sheet)
    assert sheet.windowTitle() == "同步包“320981-1.ipk”的收件回执"
