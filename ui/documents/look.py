"""Turn the content of an attachment into pictures to look at."""

from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from ipdesk.actions import documents as deeds
from ipdesk.actions.documents import Document
from ipdesk.problems import Refusal
from ipdesk.store import Store
from ui.paper import count, pictures
from ui.texts import documents as texts

SHOWN = 6  # pages to look at
SCREEN = 1.6  # dots for each point of 1/72 inch
WIDEST = QSize(2200, 6600)  # dots of a picture; a scan has more than any screen shows
PDF, PICTURE = "application/pdf", "image/"


@dataclass(frozen=True, slots=True)
class Pages:
    """An attachment, the first pages as pictures, and how many there are."""

    document: Document
    pictures: tuple[QImage, ...]
    pages: int


def can_look(document: Document) -> bool:
    """Tell whether a file of this sort can be looked at here."""
    return document.media_type == PDF or document.media_type.startswith(PICTURE)


def look(store: Store, document: Document) -> Pages:
    """Return the first pages of an attachment; one that cannot be opened is refused in a sentence."""
    data = deeds.content(store, document.key)
    found, pages = _pdf(data) if document.media_type == PDF else _pictures(data)
    if not found:
        raise Refusal(texts.UNREADABLE.format(name=document.file_name))
    return Pages(document, found, pages)


def _pdf(data: bytes) -> tuple[tuple[QImage, ...], int]:
    from pypdfium2 import PdfiumError

    try:
        return pictures(data, SCREEN, SHOWN), count(data)
    except PdfiumError:
        return (), 0


def _pictures(data: bytes) -> tuple[tuple[QImage, ...], int]:
    """Return the pictures of a file; a TIFF may have several."""
    buffer = QBuffer()
    buffer.setData(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)  # photos say which side is up
    pages = max(reader.imageCount(), 1)
    found = []
    for number in range(min(pages, SHOWN)):
        if number:
            reader.jumpToImage(number)
        found.append(_picture(reader))
    return tuple(picture for picture in found if not picture.isNull()), pages


def _picture(reader: QImageReader) -> QImage:
    size = reader.size()
    if size.width() > WIDEST.width() or size.height() > WIDEST.height():
        reader.setScaledSize(size.scaled(WIDEST, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()
