"""The card that leads a county through enrolment, step by step."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel

from ui.sync.deeds import Standing
from ui.texts import sync as texts
from ui.widgets.basic import button, card, label, row


class Enrolling:
    """Shows the steps that are left; gone once the fingerprints are compared."""

    def __init__(self) -> None:
        """Lay the steps out."""
        self.frame = card()
        self.request_button = button(texts.REQUEST, "export")
        self.install_button = button(texts.INSTALL, "import")
        self.compare_button = button(texts.COMPARED, "check")
        self.own, self.city = _fingerprint(texts.OWN_FINGERPRINT), _fingerprint(texts.CITY_FINGERPRINT)
        self._lay_out()

    def _lay_out(self) -> None:
        grid = QGridLayout(self.frame)
        grid.setContentsMargins(20, 16, 20, 16)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(2, 1)
        grid.addWidget(label(texts.ENROL_TITLE, "lead"), 0, 0, 1, 3)
        grid.addWidget(label(texts.ENROL_TEXT, "muted", wrap=True), 1, 0, 1, 3)
        steps = (
            (texts.STEP_REQUEST, self.request_button),
            (texts.STEP_INSTALL, self.install_button),
            (texts.STEP_COMPARE, self.compare_button),
        )
        for place, (words, made) in enumerate(steps, 2):
            grid.addWidget(label(words, "body"), place, 0)
            grid.addWidget(made, place, 1)
        shown = ((texts.OWN_FINGERPRINT, self.own), (texts.CITY_FINGERPRINT, self.city))
        for place, (name, value) in enumerate(shown, 5):
            grid.addLayout(row(label(name, "muted"), value, None, spacing=16), place, 0, 1, 3)

    def show_standing(self, standing: Standing) -> None:
        """Show which steps are done."""
        city = next(iter(standing.partners), None)
        self.own.setText(standing.fingerprint)
        self.city.setText(city.fingerprint if city else texts.NOT_YET)
        self.compare_button.setEnabled(bool(city and not city.confirmed))
        self.frame.setVisible(city is None or not city.confirmed)


def _fingerprint(name: str) -> QLabel:
    made = label("", "code")
    made.setAccessibleName(name)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
