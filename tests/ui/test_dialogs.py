"""The door for dialogs as clerks meet it: own boxes, choosers with sensible names."""

from pathlib import Path
from unittest.mock import patch

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from ui.dialogs import MessageBox, QtDialogs, fit
from ui.preferences import Preferences


def buttons(box: QDialog) -> list[QPushButton]:
    return list(box.findChildren(QPushButton))


def press(name: str) -> None:
    """Press a button of the box that will open."""

    def now() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QDialog)
        next(b for b in buttons(box) if b.text() == name).click()

    QTimer.singleShot(0, now)


def test_a_question_is_answered_by_name(qtbot: QtBot) -> None:
    press("删除")
    assert QtDialogs().ask(None, "删除？", "真的删除？", "删除")
    press("取消")
    assert not QtDialogs().ask(None, "删除？", "真的删除？", "删除")


def test_something_told_is_acknowledged(qtbot: QtBot) -> None:
    press("知道了")
    QtDialogs().tell(None, "没有办成", "磁盘已满", "error")


def test_the_safe_answer_has_the_focus(qtbot: QtBot) -> None:
    box = MessageBox(None, "t", "x", "warning", ("放弃", "继续"))
    qtbot.addWidget(box)
    assert [b.text() for b in buttons(box) if b.isDefault()] == ["继续"]
    assert box.focusWidget() is next(b for b in buttons(box) if b.text() == "继续")


def test_long_words_are_seen_to_the_end(qtbot: QtBot) -> None:
    names = "、".join(["东台锦盛新材料有限公司"] * 3)
    box = MessageBox(
        None, "删除 68 条登记？", f"{names}等 68 条\n删除后可以撤销", "warning", ("删除", "取消")
    )
    qtbot.addWidget(box)
    box.show()
    labels: list[QLabel] = list(box.findChildren(QLabel))
    words = next(one for one in labels if "等 68 条" in one.text())
    qtbot.waitUntil(lambda: words.height() >= words.heightForWidth(words.width()))


def kinds(box: QDialog) -> dict[str, object]:
    return {b.text(): b.property("kind") for b in buttons(box)}


def test_an_answer_that_loses_something_does_not_invite(qtbot: QtBot) -> None:
    box = MessageBox(None, "t", "x", "warning", ("删除", "取消"))
    qtbot.addWidget(box)
    assert kinds(box) == {"删除": "danger", "取消": "plain"}


def test_a_harmless_answer_invites_and_an_acknowledgement_too(qtbot: QtBot) -> None:
    box, told = (
        MessageBox(None, "t", "x", "info", ("一致", "取消")),
        MessageBox(None, "t", "x", "warning", ("好",)),
    )
    for made in (box, told):
        qtbot.addWidget(made)
    assert kinds(box) == {"一致": "primary", "取消": "plain"}
    assert kinds(told) == {"好": "primary"}


def test_a_file_name_gets_its_ending() -> None:
    for chosen, kept in (("/a/表", "/a/表.xlsx"), ("/a/表.xlsx", "/a/表.xlsx"), ("", None)):
        with patch.object(QFileDialog, "getSaveFileName", return_value=(chosen, "")):
            told = QtDialogs().save_file(None, "存", "台账.xlsx", "")
        assert told == (Path(kept) if kept else None)


def test_a_chooser_is_titled_without_the_dots_of_its_button() -> None:
    with patch.object(QFileDialog, "getSaveFileName", return_value=("", "")) as asked:
        QtDialogs().save_file(None, "导出申请…", "申请.ipk", "")
    assert asked.call_args.args[1] == "导出申请"


def test_files_and_folders_are_chosen() -> None:
    with patch.object(QFileDialog, "getOpenFileNames", return_value=(["/a/b.xlsx"], "")):
        assert QtDialogs().open_files(None, "选", "") == [Path("/a/b.xlsx")]
    with patch.object(QFileDialog, "getExistingDirectory", return_value=""):
        assert QtDialogs().choose_folder(None, "选") is None
    with patch.object(QFileDialog, "getExistingDirectory", return_value="/a"):
        assert QtDialogs().choose_folder(None, "选") == Path("/a")


def test_a_chooser_opens_where_it_was_left(tmp_path: Path) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()
    for other in (QtDialogs(Preferences(tmp_path / "w.json")), QtDialogs(Preferences(tmp_path / "w.json"))):
        with patch.object(QFileDialog, "getOpenFileNames", return_value=([str(stick / "a.xlsx")], "")):
            other.open_files(None, "导入", "")
        with patch.object(QFileDialog, "getExistingDirectory", return_value=str(tmp_path)):
            other.choose_folder(None, "导出")
    with patch.object(QFileDialog, "getOpenFileNames", return_value=([], "")) as asked:
        other.open_files(None, "导入", "")
    assert asked.call_args.args[2] == str(stick)
    with patch.object(QFileDialog, "getExistingDirectory", return_value="") as asked:
        other.choose_folder(None, "导出")
    assert asked.call_args.args[2] == str(tmp_path)
    stick.rmdir()
    with patch.object(QFileDialog, "getSaveFileName", return_value=("", "")) as asked:
        other.save_file(None, "导入", "a.xlsx", "")
    assert str(stick) not in asked.call_args.args[2]


def test_printing_is_asked_about_first(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QPrintDialog, "exec", lambda _self: QDialog.DialogCode.Rejected)
    assert QtDialogs().choose_printer(None) is None
    assert not QtDialogs().print_text(None, "x")


def test_a_few_lines_are_printed(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QPrintDialog, "exec", lambda _self: QDialog.DialogCode.Accepted)
    printed: list[object] = []
    monkeypatch.setattr("PySide6.QtGui.QTextDocument.print_", lambda _self, printer: printed.append(printer))
    assert QtDialogs().print_text(None, "x")
    assert QtDialogs().choose_printer(None) is not None
    assert len(printed) == 1


def test_no_dialog_is_larger_than_the_screen(qtbot: QtBot) -> None:
    large, plain = QDialog(), QDialog()
    for dialog in (large, plain):
        qtbot.addWidget(dialog)
    room = large.screen().availableGeometry().size()
    large.resize(room.width() + 200, room.height() + 200)
    before = plain.size()
    for dialog in (large, plain):
        fit(dialog)
    assert large.height() < room.height()
    assert large.width() < room.width()
    assert plain.size() == before
    assert not plain.testAttribute(Qt.WidgetAttribute.WA_Resized)  # it still takes the size of its words
