"""What is asked about an attachment, and the window to look at one."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ui.documents.look import Pages
from ui.documents.model import about
from ui.report.preview import PagePreview
from ui.texts import common
from ui.texts import documents as texts
from ui.texts import ledger as ledger_texts
from ui.widgets.basic import button, label, row
from ui.widgets.choice import ChoiceBox, Option


class HeadingDialog(QDialog):
    """Asks which document of the list some files are; other words stand as they are."""

    def __init__(self, parent: QWidget, title: str, told: str, options: Sequence[Option], code: str) -> None:
        """Offer the documents of the list, one of them already chosen."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(420)
        self.choice = ChoiceBox(options)
        self.choice.keeps_words()
        self.choice.set_code(code)
        self.choice.line.setPlaceholderText(texts.HEADING_HINT)
        self.choice.setAccessibleName(texts.HEADING)
        self.wrong = label("", "wrong", wrap=True)
        self.wrong.hide()
        self.take_button = button(common.SAVE, kind="primary", clicked=self.take)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(24, 20, 24, 16)
        lines.setSpacing(8)
        for part in (label(title, "lead"), label(told, "muted", wrap=True), label(texts.HEADING, "label")):
            lines.addWidget(part)
        lines.addWidget(self.choice)
        lines.addWidget(self.wrong)
        lines.addSpacing(8)
        lines.addLayout(row(None, button(common.CANCEL, clicked=self.reject), self.take_button))
        self.choice.line.returnPressed.connect(
            lambda: self.take_button.setFocus(Qt.FocusReason.TabFocusReason)
        )
        self.choice.setFocus()

    @property
    def entry(self) -> str:
        """Return the code of the document, or the words typed."""
        return self.choice.entry.strip()

    def take(self) -> None:
        """Take what is named; letters that may mean several documents are asked about."""
        found = self.choice.doubtful
        if self.entry and not found:
            self.accept()
            return
        which = ledger_texts.WHICH.format(typed=self.entry, names="、".join(found[:3]))
        self.wrong.setText(which if found else texts.HEADING_EMPTY)
        self.wrong.show()
        self.choice.setFocus()


class LookDialog(QDialog):
    """Shows the pages of an attachment."""

    def __init__(self, parent: QWidget, pages: Pages, save: Callable[[], None]) -> None:
        """Lay the pages out below what the attachment is; ``save`` writes it to a file."""
        super().__init__(parent)
        self.setWindowTitle(pages.document.label or texts.TITLE)
        room = self.screen().availableGeometry()
        self.resize(min(860, room.width() - 60), min(720, room.height() - 60))
        self.preview = PagePreview()
        self.preview.setAccessibleName(texts.PREVIEW_NAME)
        self.save_button = button(texts.SAVE, "export", clicked=save)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(16, 12, 16, 12)
        lines.setSpacing(8)
        lines.addWidget(label(pages.document.label or texts.UNNAMED, "lead"))
        lines.addWidget(label(about(pages.document), "muted", wrap=True))
        lines.addWidget(self.preview, 1)
        lines.addLayout(row(None, self.save_button, button(common.CLOSE, clicked=self.accept)))
        self.preview.show_pages(pages.pictures, pages.pages)
        self.preview.setFocus()
