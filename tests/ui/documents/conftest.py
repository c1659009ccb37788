"""Attachments of a form on a real store, and the files that are attached."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from tests.ui.conftest import FakeDialogs
from tests.ui.form.conftest import made, row_of
from ui.documents.dialogs import HeadingDialog
from ui.documents.headings import HeadingsDialog
from ui.documents.part import DocumentsPart
from ui.form.panel import FormPanel
from ui.session import Session

Settle = Callable[[Session], None]
Answer = Callable[..., None]


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
    """Return a function that says what is typed into the next questions about headings, for each file or for all."""
    typed = [""]
    each: list[str] = []

    def show(dialog: QDialog) -> bool:
        dialogs.shown.append(dialog)
        if isinstance(dialog, HeadingDialog) and typed[0]:
            dialog.choice.set_code(typed[0])
        if isinstance(dialog, HeadingsDialog):
            for box, code in zip(dialog.boxes, each or typed * len(dialog.boxes), strict=True):
                box.set_code(code)
        return dialogs.yes

    monkeypatch.setattr(dialogs, "show", show)

    def say(code: str, *others: str) -> None:
        typed[0], each[:] = code, [code, *others] if others else []

    return say


def add(part: DocumentsPart, session: Session, settle: Settle, *files: Path) -> None:
    part.add(files)
    settle(session)
    settle(session)


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


def ring(part: DocumentsPart, place: int, qtbot: QtBot) -> None:
    part.window().activateWindow()
    qtbot.waitUntil(part.window().isActiveWindow)
    part.list.setFocus()
    part.list.setCurrentIndex(part.model.index(place, 0))
