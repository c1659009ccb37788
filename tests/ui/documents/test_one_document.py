"""One attachment of the form: looked at, saved, named, deleted, taken back; whose it is."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ipdesk.kinds.sync import PACKAGE
from ipdesk.records import RecordKey
from tests.ui.conftest import OTHER, FakeDialogs, MakeSession
from tests.ui.documents.conftest import Answer, Settle, add, png, ring
from tests.ui.form.conftest import made, row_of
from ui.documents.dialogs import HeadingDialog, LookDialog
from ui.documents.part import DocumentsPart
from ui.form.panel import FormPanel
from ui.session import Session


# ---------------------------------------------------------------- one of them
def test_enter_shows_a_pdf_and_a_picture(
    filled: DocumentsPart, session: Session, settle: Settle, dialogs: FakeDialogs, qtbot: QtBot
) -> None:
    ring(filled, 0, qtbot)
    for place, size in ((0, None), (1, (40, 20))):
        filled.list.setCurrentIndex(filled.model.index(place, 0))
        QTest.keyClick(filled.list, Qt.Key.Key_Return)
        settle(session)
        dialog = dialogs.shown[-1]
        assert isinstance(dialog, LookDialog)
        assert len(dialog.preview.labels) == 1
        assert dialog.preview.accessibleName() == "附件预览"
        picture = dialog.preview.labels[0].pixmap()
        assert size is None or (picture.width(), picture.height()) == size
    assert filled.said.isHidden()


def test_a_file_of_another_sort_is_saved_instead(
    part: DocumentsPart,
    session: Session,
    settle: Settle,
    dialogs: FakeDialogs,
    answer: Answer,
    tmp_path: Path,
) -> None:
    text = tmp_path / "合同.docx"
    text.write_bytes(b"PK\3\4 text")
    answer("D03")
    add(part, session, settle, text)
    part.look()
    assert dialogs.told == ["预览｜“合同.docx”不能在这里预览，请另存后用相应的软件打开。"]
    dialogs.out = tmp_path / "存.docx"
    part.save_button.click()
    settle(session)
    assert dialogs.out.read_bytes() == text.read_bytes()


@pytest.mark.parametrize(("name", "data"), [("坏.pdf", b"%PDF-1.7 broken"), ("坏.png", png()[:30])])
def test_a_damaged_file_is_said_to_be(
    part: DocumentsPart,
    session: Session,
    settle: Settle,
    dialogs: FakeDialogs,
    answer: Answer,
    tmp_path: Path,
    name: str,
    data: bytes,
) -> None:
    (tmp_path / name).write_bytes(data)
    answer("D03")
    add(part, session, settle, tmp_path / name)
    part.look()
    settle(session)
    assert f"“{name}”打不开" in dialogs.told[0]


def test_a_large_scan_is_shown_smaller(
    part: DocumentsPart,
    session: Session,
    settle: Settle,
    dialogs: FakeDialogs,
    answer: Answer,
    tmp_path: Path,
) -> None:
    (tmp_path / "大.png").write_bytes(png(4400, 100))
    answer("D03")
    add(part, session, settle, tmp_path / "大.png")
    part.look()
    settle(session)
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, LookDialog)
    assert dialog.preview.labels[0].pixmap().width() <= 2200
    dialogs.out = tmp_path / "存.png"
    dialog.save_button.click()
    settle(session)
    assert dialogs.out.is_file()


def test_delete_takes_one_away_and_undo_brings_it_back(
    filled: DocumentsPart, session: Session, settle: Settle, qtbot: QtBot
) -> None:
    ring(filled, 0, qtbot)
    QTest.keyClick(filled.list, Qt.Key.Key_Delete)
    settle(session)
    settle(session)
    assert [d.doc_code for d in filled.model.documents] == ["D02"]
    session.undo(filled)
    settle(session)
    settle(session)
    assert [d.doc_code for d in filled.model.documents] == ["D01", "D02"]


def test_another_heading_can_be_given(
    filled: DocumentsPart,
    session: Session,
    settle: Settle,
    answer: Answer,
    dialogs: FakeDialogs,
    qtbot: QtBot,
) -> None:
    ring(filled, 1, qtbot)
    answer("D04")
    QTest.keyClick(filled.list, Qt.Key.Key_F2)
    settle(session)
    settle(session)
    assert {d.doc_code for d in filled.model.documents} == {"D01", "D04"}
    dialogs.yes = False
    filled.rename()
    assert filled.current is not None


def test_without_a_ring_nothing_is_done(part: DocumentsPart, dialogs: FakeDialogs) -> None:
    for deed in (part.look, part.save, part.rename, part.delete):
        deed()
    assert (dialogs.shown, dialogs.told) == ([], [])


def test_the_heading_must_be_told(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = HeadingDialog(parent, "添加", "a.pdf", (("D01", "营业执照"),), "")
    dialog.take_button.click()
    assert dialog.wrong.text() == "请选择或填写材料名称"
    assert dialog.result() == 0
    dialog.choice.set_code("D01")
    dialog.take_button.click()
    assert (dialog.result(), dialog.entry) == (1, "D01")


# ---------------------------------------------------------------- whose
def test_the_city_only_looks(
    make_session: MakeSession, qtbot: QtBot, settle: Settle, dialogs: FakeDialogs
) -> None:
    session = make_session("city", "320900", office_name="盐城市知识产权局", rows=(OTHER,))
    panel = made(session, qtbot)
    row = row_of(session, panel, settle, OTHER)
    from dataclasses import replace

    panel.show_row(replace(row, key=RecordKey("320981", row.key.id)))
    settle(session)
    assert panel.documents.said.text() == "没有附件。"
    panel.documents.choose()
    assert "由填报单位添加附件" in dialogs.told[-1]


def test_tab_passes_the_attachments_before_the_buttons(
    panel: FormPanel, filled: DocumentsPart, qtbot: QtBot
) -> None:
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    last = [box for box in panel.boxes.values() if box.isVisible()][-1]
    last.focus()
    QTest.keyClick(last.editor.widget, Qt.Key.Key_Tab)
    assert filled.list.hasFocus()
    for stop in (filled.add_button, filled.look_button, filled.save_button, filled.name_button):
        QTest.keyClick(panel.focusWidget(), Qt.Key.Key_Tab)
        assert stop.hasFocus()


def test_other_changes_leave_the_list_alone(filled: DocumentsPart, session: Session, settle: Settle) -> None:
    before = filled.model.documents
    session.report("试", PACKAGE)
    settle(session)
    assert filled.model.documents is before
