"""Attachments in the form on a real store: listed, added, looked at, saved, named, deleted, taken back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from ipdesk.actions.documents import Document
from ipdesk.kinds.sync import PACKAGE
from ipdesk.records import RecordKey
from tests.ui.conftest import OTHER, FakeDialogs, MakeSession
from tests.ui.form.conftest import made, row_of
from ui.documents.dialogs import HeadingDialog, LookDialog
from ui.documents.model import DocumentsModel, about, size_words
from ui.documents.part import DocumentsPart
from ui.form.panel import FormPanel
from ui.session import Session

Settle = Callable[[Session], None]
Answer = Callable[[str], None]


def pdf(pages: int = 1) -> bytes:
    from io import BytesIO

    from reportlab.pdfgen.canvas import Canvas

    stream = BytesIO()
    canvas = Canvas(stream)
    for number in range(pages):
        canvas.drawString(72, 700, f"page {number + 1}")
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def png(width: int = 40, height: int = 20) -> bytes:
    picture = QImage(width, height, QImage.Format.Format_RGB32)
    picture.fill(QColor("white"))
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    assert picture.save(buffer, "PNG")  # type: ignore[call-overload]  # a device is taken as well
    return bytes(buffer.data().data())


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    paper, scan = tmp_path / "营业执照.pdf", tmp_path / "扫描.png"
    paper.write_bytes(pdf())
    scan.write_bytes(png())
    return paper, scan


@pytest.fixture
def panel(session: Session, qtbot: QtBot, settle: Settle) -> FormPanel:
    panel = made(session, qtbot)
    panel.show_row(row_of(session, panel, settle))
    settle(session)
    return panel


@pytest.fixture
def part(panel: FormPanel) -> DocumentsPart:
    return panel.documents


@pytest.fixture
def answer(dialogs: FakeDialogs, monkeypatch: pytest.MonkeyPatch) -> Answer:
    """Return a function that says what is typed into the next questions about a heading."""
    typed = [""]

    def show(dialog: QDialog) -> bool:
        dialogs.shown.append(dialog)
        if isinstance(dialog, HeadingDialog) and typed[0]:
            dialog.choice.set_code(typed[0])
        return dialogs.yes

    monkeypatch.setattr(dialogs, "show", show)

    def say(code: str) -> None:
        typed[0] = code

    return say


def add(part: DocumentsPart, session: Session, settle: Settle, *files: Path) -> None:
    part.add(files)
    settle(session)
    settle(session)


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


def test_several_files_go_under_one_heading_with_progress(
    part: DocumentsPart, session: Session, settle: Settle, files: tuple[Path, Path], answer: Answer
) -> None:
    answer("补充说明")
    part.add(files)
    assert part.waiting.isVisible()
    assert part.said.text() == "正在加密保存…"
    part._wait(1, 2)  # noqa: SLF001 - as the worker tells
    assert (part.said.text(), part.bar.value(), part.bar.maximum()) == ("正在加密保存…第 2 / 2 份", 1, 2)
    settle(session)
    settle(session)
    assert {d.label for d in part.model.documents} == {"补充说明"}
    assert len(part.model.documents) == 2


def test_adding_can_be_stopped(
    part: DocumentsPart, session: Session, settle: Settle, files: tuple[Path, Path], answer: Answer
) -> None:
    import threading

    release = threading.Event()
    session.ask(part, lambda _store: release.wait(10), lambda _told: None)
    answer("D02")
    part.add(files)
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
    answer("D02")
    add(part, session, settle, wrong)
    assert "不能作附件" in dialogs.told[0]
    assert part.waiting.isHidden()


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


# ---------------------------------------------------------------- one of them
@pytest.fixture
def filled(
    part: DocumentsPart, session: Session, settle: Settle, files: tuple[Path, Path], answer: Answer
) -> DocumentsPart:
    answer("D01")
    add(part, session, settle, files[0])
    answer("D02")
    add(part, session, settle, files[1])
    assert [d.doc_code for d in part.model.documents] == ["D01", "D02"]
    return part


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


def ring(part: DocumentsPart, place: int, qtbot: QtBot) -> None:
    part.window().activateWindow()
    qtbot.waitUntil(part.window().isActiveWindow)
    part.list.setFocus()
    part.list.setCurrentIndex(part.model.index(place, 0))


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
