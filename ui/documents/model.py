"""The attachments of a record as a list: what each is, its file, its size, and whether it can be opened."""

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from ipdesk.actions.documents import Document
from ui.style import tokens
from ui.texts import documents as texts

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
KILO = 1024


def size_words(size: int) -> str:
    """Return a number of bytes as people read it: KB, or MB with one decimal."""
    return f"{max(1, round(size / KILO))} KB" if size < KILO**2 else f"{size / KILO**2:.1f} MB"


def about(document: Document) -> str:
    """Return a document's file, sort, size and, where it is not here, why."""
    kind = PurePath(document.file_name).suffix.lstrip(".").upper()
    told = texts.ABOUT.format(name=document.file_name, kind=kind, size=size_words(document.size))
    return f"{told} · {document.state}" if document.state else told


class DocumentsModel(QAbstractListModel):
    """Attachments in order, two lines each."""

    def __init__(self) -> None:
        """Begin without any."""
        super().__init__()
        self.documents: Sequence[Document] = ()

    def show(self, documents: Sequence[Document]) -> None:
        """List other attachments."""
        self.beginResetModel()
        self.documents = tuple(documents)
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return the number of attachments."""
        return 0 if parent.isValid() else len(self.documents)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        """Return the two lines of an attachment."""
        if not index.isValid():
            return None
        document = self.documents[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return texts.LINE.format(heading=document.label or texts.UNNAMED, about=about(document))
        absent = role == Qt.ItemDataRole.ForegroundRole and not document.here
        return tokens().paint("muted") if absent else None
