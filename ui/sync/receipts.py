"""What receipts carry, in words and, before the city makes them, in a window."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ipdesk.codes import code_table
from ipdesk.sync.carried import Carried
from ui.texts import common
from ui.texts import receipts as texts
from ui.widgets.basic import button, label, row, shortcut
from ui.widgets.listing import Listing, ListingTable

SIZE, WIDTHS = (780, 420), (130, 70, 86, 70, 86, 100, 86)


def brings(carried: Sequence[Carried]) -> str:
    """Return what some receipts bring together, as one sentence; nothing where none counts."""
    if not carried:
        return ""
    sums = ((sum(getattr(one, name) for one in carried), words) for name, words in texts.PARTS)
    told = "，".join(words.format(count=count) for count, words in sums if count)
    return texts.BRINGS.format(told=told) if told else texts.NOTHING


class ReceiptsDialog(QDialog):
    """Shows by county what the receipts will carry; accepted to go on to the folder."""

    def __init__(self, parent: QWidget, carried: Sequence[Carried]) -> None:
        """Lay the counties out."""
        super().__init__(parent)
        self.setWindowTitle(texts.TITLE)
        self.resize(*SIZE)
        self.model = Listing(texts.HEADS)
        self.model.show([_line(one) for one in carried])
        self.table = ListingTable(self.model, texts.TABLE, WIDTHS)
        self.do_button = button(texts.DO, kind="primary", clicked=self.accept, hint="Ctrl+Enter")
        lines = QVBoxLayout(self)
        lines.setContentsMargins(24, 20, 24, 16)
        lines.setSpacing(10)
        lines.addWidget(label(texts.TITLE, "lead"))
        lines.addWidget(label(texts.TEXT.format(count=len(carried)), "body", wrap=True))
        lines.addWidget(self.table, 1)
        lines.addLayout(row(None, button(common.CANCEL, clicked=self.reject), self.do_button))
        shortcut(self, "Ctrl+Return", self.accept)
        self.do_button.setFocus(Qt.FocusReason.OtherFocusReason)


def _line(one: Carried) -> tuple[str, ...]:
    counts = (getattr(one, name) for name, _ in texts.PARTS)
    return (code_table("regions").label(one.unit), *(str(count) if count else texts.NONE for count in counts))
