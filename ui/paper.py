"""Draw the pages of a PDF document, to look at and to print."""

from collections.abc import Callable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrinter

PRINT = 300 / 72  # dots for each point of 1/72 inch


def count(pdf: bytes) -> int:
    """Return the number of pages of a document."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def title(pdf: bytes) -> str:
    """Return what a document says it is called."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return str(document.get_metadata_value("Title"))
    finally:
        document.close()


def pictures(pdf: bytes, scale: float, most: int) -> tuple[QImage, ...]:
    """Return the first pages as pictures with ``scale`` dots for each point."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return tuple(_picture(document[number], scale) for number in range(min(most, len(document))))
    finally:
        document.close()


def _picture(page: object, scale: float) -> QImage:
    bitmap = page.render(scale=scale, rev_byteorder=True)  # type: ignore[attr-defined]  # pypdfium2 has no stubs
    channels = {3: QImage.Format.Format_RGB888, 4: QImage.Format.Format_RGBX8888}[bitmap.n_channels]
    return QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, channels).copy()


def print_on(
    printer: QPrinter, pdf: bytes, progress: Callable[[int, int], None] = lambda done, total: None
) -> int:
    """Print a document page by page at 300 dpi, each page's own way up; return the number of pages.

    It may be done on any thread. ``progress`` gets (pages done, in all); what it raises ends the printing.
    """
    pages = count(pdf)
    printer.setDocName(title(pdf))  # in the queue of a printer that several people share
    painter = QPainter()
    try:
        _paint(painter, printer, pdf, pages, progress)
    finally:
        painter.end()
    return pages


def _paint(
    painter: QPainter, printer: QPrinter, pdf: bytes, pages: int, progress: Callable[[int, int], None]
) -> None:
    for number in range(pages):
        progress(number, pages)
        picture = _page(pdf, number)
        lying = picture.width() > picture.height()
        printer.setPageOrientation(
            QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait
        )
        painter.begin(printer) if number == 0 else printer.newPage()
        area = QRectF(printer.paperRect(QPrinter.Unit.DevicePixel))
        painter.drawImage(QRectF(0, 0, area.width(), area.height()), picture)


def _page(pdf: bytes, number: int) -> QImage:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return _picture(document[number], PRINT)
    finally:
        document.close()
