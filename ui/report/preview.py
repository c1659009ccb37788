"""The pages of a report below each other, as wide as there is room."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from ui.texts import report as texts
from ui.widgets.basic import clear, label

MARGIN, WIDEST = 16, 1100


class PagePreview(QScrollArea):
    """Shows pictures of pages; the keys scroll."""

    def __init__(self) -> None:
        """Begin without pages."""
        super().__init__()
        self.setAccessibleName(texts.PREVIEW_NAME)
        self.setProperty("role", "pages")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._inner = QWidget()
        self._lines = QVBoxLayout(self._inner)
        self._lines.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        self._lines.setSpacing(12)
        self.setWidget(self._inner)
        self._pictures: Sequence[QImage] = ()
        self.labels: list[QLabel] = []

    def show_pages(self, pictures: Sequence[QImage], pages: int) -> None:
        """Show the first pages of a document."""
        clear(self._lines)
        self._pictures, self.labels = pictures, []
        for number, _picture in enumerate(pictures, 1):
            made = QLabel()
            made.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            made.setAccessibleName(texts.PAGE_OF.format(page=number, pages=pages))
            self.labels.append(made)
            self._lines.addWidget(made)
        if pages > len(pictures):
            self._lines.addWidget(label(texts.SHOWN_PAGES.format(shown=len(pictures), pages=pages), "muted"))
        self._lines.addStretch()
        self._fit()
        self.verticalScrollBar().setValue(0)

    def _fit(self) -> None:
        ratio = self.devicePixelRatioF()
        width = min(self.viewport().width() - 2 * MARGIN, WIDEST)
        for made, picture in zip(self.labels, self._pictures, strict=True):
            size = QSize(round(width * ratio), picture.height())
            shown = QPixmap.fromImage(
                picture.scaled(
                    size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
                )
                if picture.width() > size.width()
                else picture
            )
            shown.setDevicePixelRatio(ratio)
            made.setPixmap(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fit the pages to the new width."""
        super().resizeEvent(event)
        self._fit()
