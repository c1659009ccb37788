"""Attachments in the form on a real store: listed and added, one or several at once."""

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from ipdesk.actions.documents import Document
from ipdesk.records import RecordKey
from tests.ui.conftest import FakeDialogs
from tests.ui.documents.conftest import Answer, Settle, add, pdf, png
from ui.documents.dialogs import HeadingDialog
from ui.documents.headings import HeadingsDialog
from ui.documents.model import DocumentsModel, about, size_words
from ui.documents.part import DocumentsPart
from ui.form.panel import FormPanel
from ui.session import Session


# ---------------------------------------------------------------- listing
def test_the_list_is_a_sound_model() -> None:
    model = DocumentsModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    key = RecordKey("320981", "1")
    here = Document(key, "D01", "营业执照", "a.pdf", "0", 2_500_000, "application/pdf", "", "")
    gone = Document(key, "", "", "b.docx", "1", 700, "application/x", "", "附件未随包")
    model.show([here, gone])
    assert tester.model() is model
    assert [model.index(i, 0).data() for i in (0, 1)] == [
        "营业执照\na.pdf · PDF · 2.4 MB",
        "未写材料名称\nb.docx · DOCX · 1 KB · 附件未随包",
    ]
    paint = Qt.ItemDataRole.ForegroundRole
    assert model.index(0, 0).data(paint) is None
    assert model.index(1, 0).data(paint) is not None
    assert model.data(model.index(-1, 0)) is None
    assert about(here) in str(model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole))


@pytest.mark.parametrize(("size", "words"), [(1, "1 KB"), (204_800, "200 KB"), (52_428_800, "50.0 MB")])
def test_sizes_are_told_as_people_read_them(size: int, words: str) -> None:
    assert size_words(size) == words


def test_a_new_record_is_saved_first(panel: FormPanel, part: DocumentsPart, dialogs: FakeDialogs) -> None:
    panel.show_new()
    assert part.said.text() == "保存这条登记后就可以添加附件。"
    assert part.add_button.isHidden()
    part.choose()
    assert dialogs.told == ["没有办成｜先保存这条登记，再添加附件。"]


def test_required_documents_that_are_missing_are_named(part: DocumentsPart) -> None:
    assert part.lacking.text().startswith("还缺必备材料 ")
    assert "营业执照" in part.lacking.text()


# ---------------------------------------------------------------- adding
def test_files_are_added_under_the_document_they_are_named_after(
    part: DocumentsPart,
    session: Session,
    dialogs: FakeDialogs,
    settle: Settle,
    files: tuple[Path, Path],
    answer: Answer,
) -> None:
    told: list[tuple[str, bool]] = []
    session.told.connect(lambda words, undo: told.append((words, undo)))
    dialogs.files = [files[0]]
    part.add_button.click()
    settle(session)
    settle(session)
    dialog = dialogs.shown[0]
    assert isinstance(dialog, HeadingDialog)
    assert dialog.entry == "D01"
    assert dialog.windowTitle() == "添加 1 份附件"
    assert [(d.doc_code, d.file_name) for d in part.model.documents] == [("D01", "营业执照.pdf")]
    assert part.title.text() == "附件（1 份）"
    assert "营业执照" not in part.lacking.text()
    assert told == [("已添加 1 份附件“营业执照(副本)复印件”", True)]
    assert part.waiting.isHidden()
    session.undo(part)
    settle(session)
    settle(session)
    assert part.model.documents == ()
    assert part.title.text() == "附件"


def held_up(part: DocumentsPart, session: Session, dialogs: FakeDialogs) -> threading.Event:
    """Let the store wait once the headings are told, until the event returned is set."""
    release, show = threading.Event(), dialogs.show

    def hold(dialog: QDialog) -> bool:
        session.ask(part, lambda _store: release.wait(10), lambda _told: None)
        return show(dialog)

    dialogs.show = hold  # type: ignore[method-assign]  # answers in place of a clerk
    return release


def test_several_files_go_under_one_heading_with_progress(
    part: DocumentsPart,
    session: Session,
    settle: Settle,
    dialogs: FakeDialogs,
    files: tuple[Path, Path],
    answer: Answer,
    qtbot: QtBot,
) -> None:
    answer("补充说明")
    release = held_up(part, session, dialogs)
    part.add(files)
    qtbot.waitUntil(part.waiting.isVisible)
    assert part.said.text() == "正在加密保存…"
    part._wait(1, 2)  # noqa: SLF001 - as the worker tells
    assert (part.said.text(), part.bar.value(), part.bar.maximum()) == ("正在加密保存…第 2 / 2 份", 1, 2)
    release.set()
    settle(session)
    settle(session)
    assert {d.label for d in part.model.documents} == {"补充说明"}
    assert len(part.model.documents) == 2


def test_several_files_are_each_what_their_names_say(
    part: DocumentsPart, session: Session, settle: Settle, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    told: list[str] = []
    session.told.connect(lambda words, _undo: told.append(words))
    files = [tmp_path / name for name in ("营业执照.pdf", "内审报告.pdf", "IMG_2034.png")]
    for place, path in enumerate(files):
        path.write_bytes(png(place + 1) if path.suffix == ".png" else pdf(place + 1))
    seen: list[list[str]] = []

    def show(dialog: QDialog) -> bool:
        assert isinstance(dialog, HeadingsDialog)
        seen.append(dialog.entries)
        assert dialog.boxes[2].accessibleName() == "“IMG_2034.png”是哪种材料"
        dialog.take()
        assert not dialog.wrong.isHidden()
        dialog.boxes[2].set_code("D02")
        dialog.take()
        return bool(dialog.result())

    dialogs.show = show  # type: ignore[method-assign]  # answers in place of a clerk
    add(part, session, settle, *files)
    assert seen == [["D01", "D09", ""]]
    assert {d.doc_code: d.file_name for d in part.model.documents} == {
        **{"D01": "营业执照.pdf", "D09": "内审报告.pdf", "D02": "IMG_2034.png"}
    }
    assert told[0].startswith("已添加 3 份附件：营业执照(副本)复印件、内部审核计划/报告、")
    session.undo(part)
    settle(session)
    settle(session)
    assert part.model.documents == ()


def test_all_files_can_be_what_the_first_is_and_enter_goes_on(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    options = (("D01", "营业执照"), ("D02", "备案表"))
    dialog = HeadingsDialog(parent, "添加", ["a" * 80 + ".pdf", "b.pdf"], options, ["D02", ""])
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    assert dialog.boxes[1].hasFocus()
    QTest.keyClick(dialog.boxes[1].line, Qt.Key.Key_Return)
    assert dialog.take_button.hasFocus()
    dialog.same_button.click()
    assert dialog.entries == ["D02", "D02"]
    dialog.take_button.click()
    assert dialog.result() == 1


def test_adding_can_be_stopped(
    part: DocumentsPart,
    session: Session,
    settle: Settle,
    dialogs: FakeDialogs,
    files: tuple[Path, Path],
    answer: Answer,
    qtbot: QtBot,
) -> None:
    answer("D02")
    release = held_up(part, session, dialogs)
    part.add(files)
    qtbot.waitUntil(part.waiting.isVisible)
    assert not part.may_add()
    part.stop_button.click()
    release.set()
    settle(session)
    part.reload()
    settle(session)
    assert part.model.documents == ()
    assert part.waiting.isHidden()
    assert part.may_add()


def test_a_file_that_cannot_be_attached_is_refused_in_a_sentence(
    part: DocumentsPart,
    session: Session,
    settle: Settle,
    dialogs: FakeDialogs,
    answer: Answer,
    tmp_path: Path,
) -> None:
    wrong = tmp_path / "程序.exe"
    wrong.write_bytes(b"MZ")
    add(part, session, settle, wrong, tmp_path)
    assert "不能作附件" in dialogs.told[0]
    assert dialogs.shown == []  # nobody was asked what it is
    assert part.waiting.isHidden()


def test_letters_that_may_mean_several_documents_are_asked_about(qtbot: QtBot) -> None:
    options = [("D18", "认证证书扫描件"), ("D22", "换版/再认证证书")]
    parent = QWidget()
    dialog = HeadingDialog(parent, "添加", "a.pdf", options, "")
    qtbot.addWidget(dialog)
    dialog.choice.setEditText("rzzs")
    dialog.take()
    assert dialog.result() == 0
    assert dialog.wrong.text() == "“rzzs”可能是认证证书扫描件、换版/再认证证书，请选一个"
    dialog.choice.setEditText("认证证书扫描件")
    dialog.take()
    assert (dialog.result(), dialog.entry) == (1, "D18")


def test_nothing_is_added_without_a_heading(
    part: DocumentsPart, session: Session, settle: Settle, dialogs: FakeDialogs, files: tuple[Path, Path]
) -> None:
    dialogs.yes = False
    add(part, session, settle, *files)
    assert part.model.documents == ()


def test_files_dropped_on_the_form_are_attached(
    panel: FormPanel, session: Session, settle: Settle, files: tuple[Path, Path], answer: Answer
) -> None:
    answer("D02")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
    told = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entering = QDragEnterEvent(QPointF(5, 5).toPoint(), *told)
    panel.dragEnterEvent(entering)
    assert entering.isAccepted()
    panel.dropEvent(QDropEvent(QPointF(5, 5), *told))
    settle(session)
    settle(session)
    assert len(panel.documents.model.documents) == 2
    assert panel.guide is not None


def test_the_ring_stands_on_what_was_added_in_view(
    panel: FormPanel,
    session: Session,
    settle: Settle,
    files: tuple[Path, Path],
    answer: Answer,
    qtbot: QtBot,
) -> None:
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    part = panel.documents
    for code, path in (("D15", files[0]), ("D01", files[1])):
        answer(code)
        add(part, session, settle, path)
        qtbot.wait(1)
        assert part.current is not None
        assert part.current.doc_code == code
        assert part.list.hasFocus()
        assert not part.list.visibleRegion().isEmpty()
