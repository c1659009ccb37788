"""Ask for a past day to look at, and tell it in words."""

from datetime import date

from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from ipdesk.past import NOW, parse_day
from ipdesk.problems import Refusal
from ipdesk.store import Moment
from ui.texts import asking as texts
from ui.texts import common
from ui.widgets.basic import button, label, row
from ui.widgets.labelled import Labelled


def told(moment: Moment) -> str:
    """Return a moment in words."""
    days = ((texts.PAST_TOLD_AS_OF, moment.as_of), (texts.PAST_TOLD_KNOWN, moment.known_on))
    return "，".join(words.format(day=day.isoformat()) for words, day in days if day)


class PastDialog(QDialog):
    """Asks for the day up to which things happened, the day on which they were known, or both."""

    def __init__(self, parent: QWidget, moment: Moment) -> None:
        """Begin with the moment looked at."""
        super().__init__(parent)
        self.moment = moment
        self.setWindowTitle(texts.PAST_TITLE)
        self.setMinimumWidth(440)
        self.as_of, self.known_on = QLineEdit(_shown(moment.as_of)), QLineEdit(_shown(moment.known_on))
        self._boxes = {
            self.as_of: Labelled(texts.PAST_AS_OF, self.as_of, texts.PAST_AS_OF_HELP),
            self.known_on: Labelled(texts.PAST_KNOWN_ON, self.known_on, texts.PAST_KNOWN_ON_HELP),
        }
        self.do_button = button(texts.PAST_DO, kind="primary", clicked=self._do)
        self.do_button.setDefault(True)
        back = button(texts.PAST_BACK, kind="link", clicked=self._back)
        back.setEnabled(bool(moment))
        lines = QVBoxLayout(self)
        lines.setContentsMargins(16, 16, 16, 12)
        lines.setSpacing(12)
        lines.addWidget(label(texts.PAST_TITLE, "lead"))
        for box in self._boxes.values():
            lines.addWidget(box)
        lines.addLayout(row(back, None, button(common.CANCEL, clicked=self.reject), self.do_button))
        self.as_of.setFocus()

    def _back(self) -> None:
        self.moment = NOW
        self.accept()

    def _do(self) -> None:
        found = {line: _day(line.text().strip()) for line in self._boxes}
        wrong = [box.refused(found[line][1]) for line, box in self._boxes.items()]
        if any(wrong):
            return
        moment = Moment(found[self.as_of][0], found[self.known_on][0])
        if not self._boxes[self.as_of].refused("" if moment else texts.PAST_ASK):
            self.moment = moment
            self.accept()


def _day(words: str) -> tuple[date | None, str]:
    """Return the day typed, if any, or what is wrong with it."""
    try:
        day = parse_day(words) if words else None
    except Refusal as refusal:
        return None, refusal.message
    return (None, texts.PAST_AHEAD) if day and day > date.today() else (day, "")


def _shown(day: date | None) -> str:
    return day.isoformat() if day else ""
