"""The frame of a form: a head, what is told on top, the part that scrolls, and the buttons that stay in view."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ui.form.field import FieldBox
from ui.form.summary import Summary
from ui.style import tokens
from ui.texts import common
from ui.texts import ledger as texts
from ui.widgets.basic import button, icon_button, label, line
from ui.widgets.notice import Notice


class FormFrame(QFrame):
    """Lays the parts of a form out; what they do is the panel's."""

    def __init__(self) -> None:
        """Make head and foot; ``lay_out`` puts the scrolled parts between them."""
        super().__init__()
        self.setProperty("role", "card")
        self.setFixedWidth(tokens().size["form"])
        self.title = label("", "lead")
        self.unfold_button = icon_button(texts.UNFOLD_ALL, "chevron-down", self.unfold_all)
        self.close_button = icon_button(common.CLOSE, "close", self.close_if_may)
        self.notice = Notice()
        self.summary = Summary(self.go_to)
        self.state = label("", "small")
        self.cancel_button = button(common.CANCEL, clicked=self.close_if_may)
        self.save_button = button(common.SAVE, kind="primary", clicked=self.save)
        self._for_readers: list[QPushButton] = []

    def unfold_all(self) -> None:
        """Unfold every section; the form itself knows them, as it knows what the next three do."""

    def close_if_may(self) -> None:
        """Close the form unless something would be lost."""

    def go_to(self, box: FieldBox) -> None:
        """Bring a field into view."""

    def save(self) -> None:
        """Write what was typed."""

    def lay_out(self, *scrolled: QWidget) -> None:
        """Put head, told, scrolled parts and foot below each other."""
        lines = QVBoxLayout(self)
        lines.setContentsMargins(1, 1, 1, 1)
        lines.setSpacing(0)
        lines.addLayout(self._head())
        lines.addLayout(self._told())
        lines.addWidget(self._scroll(*scrolled), 1)
        lines.addWidget(line())
        lines.addLayout(self._foot())

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 10, 4)
        head.addWidget(self.title, 1)
        head.addWidget(self.unfold_button)
        head.addWidget(self.close_button)
        return head

    def _told(self) -> QVBoxLayout:
        told = QVBoxLayout()
        told.setContentsMargins(
            16, 0, 24, 4
        )  # as wide as the fields, beside whose area the scroll bar stands
        told.addWidget(self.notice)
        told.addWidget(self.summary)
        return told

    def offer_to_readers(self, made: QPushButton) -> None:
        """Put a button into the foot that shows while a record can only be looked at."""
        self._for_readers.append(made)
        self._foot_line.insertWidget(1, made)
        made.hide()

    def show_readers(self, *, shown: bool) -> None:
        """Show what is offered to who can only look, or hide it."""
        for made in self._for_readers:
            made.setVisible(shown)

    def _foot(self) -> QHBoxLayout:
        foot = self._foot_line = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 10)
        foot.setSpacing(8)
        foot.addWidget(self.state, 1)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.save_button)
        return foot

    def _scroll(self, *parts: QWidget) -> QScrollArea:
        inner = QWidget()
        inner.setProperty("role", "scrolled")
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(16, 2, 12, 12)
        lines.setSpacing(4)
        for part in parts:
            lines.addWidget(part)
        lines.addStretch()
        self.area = QScrollArea()
        self.area.setWidget(inner)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return self.area
