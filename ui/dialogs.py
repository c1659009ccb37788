"""The one door for modal dialogs, so that tests and other front ends can put their own behind it."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from PySide6.QtCore import QMargins, Qt
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.icons import pixmap
from ui.preferences import Preferences
from ui.texts import common
from ui.widgets.basic import Kind, button, label, restyle, row

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

Tone = Literal["info", "warning", "error"]
FRAME = QMargins(8, 34, 8, 8)  # logical pixels that a window system puts around a dialog
FOLDERS = "folders"  # chooser → where it was left
_COLOURS = {"info": "primary", "warning": "warn", "error": "bad"}


class Dialogs(Protocol):
    """Whatever stops the clerk to ask or tell something."""

    def tell(self, parent: QWidget | None, title: str, text: str, tone: Tone = "info") -> None:
        """Tell something until it is acknowledged."""

    def ask(
        self,
        parent: QWidget | None,
        title: str,
        text: str,
        yes: str,
        no: str = common.CANCEL,
        tone: Tone = "warning",
    ) -> bool:
        """Ask a question with two answers named for what they do; tell whether the first was given.

        A warning's first answer loses something: it is never the inviting one. One in the tone "info" loses nothing.
        """

    def open_files(self, parent: QWidget | None, title: str, filters: str) -> list[Path]:
        """Let files be chosen; none when given up."""

    def save_file(self, parent: QWidget | None, title: str, name: str, filters: str) -> Path | None:
        """Let a place and name be chosen, a file there being replaced only after a question."""

    def choose_folder(self, parent: QWidget | None, title: str) -> Path | None:
        """Let a folder be chosen."""

    def show(self, dialog: QDialog) -> bool:
        """Show a dialog of one's own until it is closed; tell whether it was accepted."""

    def choose_printer(self, parent: QWidget | None) -> "QPrinter | None":
        """Ask for a printer; none when given up."""

    def print_text(self, parent: QWidget | None, text: str) -> bool:
        """Ask for a printer and print a few lines; tell whether they were printed."""


class MessageBox(QDialog):
    """A sentence with an icon and one or two buttons; the safe answer has the focus."""

    def __init__(
        self, parent: QWidget | None, title: str, text: str, tone: Tone, answers: Sequence[str]
    ) -> None:
        """Lay the words and buttons out; the first answer accepts."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(400)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(24, 24, 24, 16)
        lines.setSpacing(24)
        lines.addLayout(_words(title, text, tone))
        kind: Kind = "danger" if tone == "warning" and len(answers) > 1 else "primary"
        deeds: tuple[Callable[[], None], ...] = (self.accept, self.reject)
        first, *others = (button(w, clicked=deed) for w, deed in zip(answers, deeds, strict=False))
        restyle(first, kind=kind)
        lines.addLayout(row(None, *others, first))
        safe = others[0] if others else first
        safe.setDefault(True)
        safe.setFocus()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Grow to all the words, however many lines they take at this width."""
        super().showEvent(event)
        inside = self.layout()
        if inside:
            self.setMinimumHeight(inside.totalHeightForWidth(self.width()))


def _words(title: str, text: str, tone: Tone) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(16)
    mark = QLabel()
    mark.setPixmap(pixmap(tone, _COLOURS[tone], 24, 2.0))
    line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(8)
    words.addWidget(label(title, "lead"))
    words.addWidget(label(text, "body", wrap=True))
    line.addLayout(words, 1)
    return line


class QtDialogs:
    """The door as clerks know it: own message boxes, the PC's own file choosers, each where it was left last."""

    def __init__(self, preferences: Preferences | None = None) -> None:
        """Remember folders with what else is remembered, or not at all."""
        self._preferences = preferences

    def tell(self, parent: QWidget | None, title: str, text: str, tone: Tone = "info") -> None:
        """Tell something until it is acknowledged."""
        self.show(MessageBox(parent, title, text, tone, (common.OK,)))

    def ask(
        self,
        parent: QWidget | None,
        title: str,
        text: str,
        yes: str,
        no: str = common.CANCEL,
        tone: Tone = "warning",
    ) -> bool:
        """Ask a question with two answers named for what they do; tell whether the first was given.

        A warning's first answer loses something: it is never the inviting one. One in the tone "info" loses nothing.
        """
        return self.show(MessageBox(parent, title, text, tone, (yes, no)))

    def open_files(self, parent: QWidget | None, title: str, filters: str) -> list[Path]:
        """Let files be chosen; none when given up."""
        found = QFileDialog.getOpenFileNames(parent, _title(title), self._folder(title), filters)[0]
        chosen = [Path(name) for name in found]
        self._remember(title, chosen[0].parent if chosen else None)
        return chosen

    def save_file(self, parent: QWidget | None, title: str, name: str, filters: str) -> Path | None:
        """Let a place and name be chosen, a file there being replaced only after a question."""
        proposed = str(Path(self._folder(title), name))
        chosen, _ = QFileDialog.getSaveFileName(parent, _title(title), proposed, filters)
        if not chosen:
            return None
        path = Path(chosen)
        self._remember(title, path.parent)
        return path if path.suffix else path.with_name(path.name + Path(name).suffix)

    def choose_folder(self, parent: QWidget | None, title: str) -> Path | None:
        """Let a folder be chosen."""
        chosen = QFileDialog.getExistingDirectory(parent, _title(title), self._folder(title))
        folder = Path(chosen) if chosen else None
        self._remember(title, folder)
        return folder

    def _folders(self) -> dict[str, str]:
        kept = self._preferences.get(FOLDERS) if self._preferences else None
        return dict(kept) if isinstance(kept, dict) else {}

    def _folder(self, title: str) -> str:
        """Return the folder a chooser was left in, where it is still there (a stick may be gone)."""
        kept = str(self._folders().get(title, ""))
        return kept if kept and Path(kept).is_dir() else _home()

    def _remember(self, title: str, folder: Path | None) -> None:
        if self._preferences and folder:
            self._preferences.put(FOLDERS, {**self._folders(), title: str(folder)})

    def show(self, dialog: QDialog) -> bool:
        """Show a dialog until it is closed; tell whether it was accepted."""
        QGuiApplication.restoreOverrideCursor()
        fit(dialog)
        try:
            return dialog.exec() == QDialog.DialogCode.Accepted
        finally:
            dialog.deleteLater()

    def print_text(self, parent: QWidget | None, text: str) -> bool:
        """Ask for a printer and print a few lines; tell whether they were printed."""
        from PySide6.QtGui import QTextDocument

        printer = self.choose_printer(parent)
        if printer:
            QTextDocument(text).print_(printer)
        return printer is not None

    def choose_printer(self, parent: QWidget | None) -> "QPrinter | None":
        """Ask for a printer; none when given up."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setFullPage(True)
        return printer if self.show(QPrintDialog(printer, parent)) else None


def fit(dialog: QDialog) -> None:
    """Make a dialog no larger than the screen leaves room for, or its buttons lie below the task bar."""
    if dialog.testAttribute(Qt.WidgetAttribute.WA_Resized):  # others are as large as their words
        room = dialog.screen().availableGeometry().size().shrunkBy(FRAME)
        dialog.resize(dialog.size().boundedTo(room))


def _title(words: str) -> str:
    """Return what is asked for without the dots by which its button said that something will be asked."""
    return words.removesuffix("…")


def _home() -> str:
    from platformdirs import user_documents_path

    documents = user_documents_path()
    return str(documents if documents.is_dir() else Path.home())
