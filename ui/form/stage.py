"""What a case's stage means, what it wants and what comes next, above the fields of its section."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from ipdesk import lifecycle
from ipdesk.codetable import Code
from ipdesk.fields import Value
from ipdesk.kinds.declare import Ledger
from ui.style import sized
from ui.texts import ledger as texts
from ui.widgets.basic import clear, label
from ui.widgets.listing import dot

FIELD = "stage"
SOON = 90  # days ahead that a due day presses
GAP = "　"
WIDTH = 276  # logical pixels that a line has in the form
Values = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Told:
    """The lines of a guide: the stage and its meaning, what it wants, what comes next; states are (tone, word)."""

    meaning: str
    wanted: tuple[str, ...]
    states: tuple[tuple[str, str], ...]

    @property
    def aloud(self) -> str:
        """Return everything as it is read aloud."""
        return "。".join((*(word for _tone, word in self.states), self.meaning, *self.wanted))


def told(ledger: Ledger, values: Values, papers: Collection[str], today: date) -> Told | None:
    """Return what is to be said of a case with these papers on a day; nothing without a stage."""
    stage = lifecycle.stage_of(values)
    if stage is None:
        return None
    fields = [_ticked(ledger.field(name).label, values.get(name) is not None) for name in stage.fields]
    documents = [_ticked(_paper(paper), paper.code in papers) for paper in stage.documents]
    following = texts.OR.join(after.name for after in lifecycle.following(values))
    lines = (
        (texts.STAGE_FIELDS, GAP.join(fields)),
        (texts.STAGE_PAPERS, GAP.join(documents)),
        (texts.STAGE_NEXT, following),
    )
    meaning = texts.STAGE_MEANS.format(stage=stage.name, meaning=stage.meaning)
    wanted = tuple(words.format(what=what) for words, what in lines if what)
    return Told(meaning, wanted, tuple(_states(ledger, values, today)))


def _paper(paper: Code) -> str:
    """Return a document's name without what its brackets say, and when it can be left out."""
    name = paper.name.partition("(")[0]
    return texts.PAPER.get(paper.attributes["required_level"], "{name}").format(name=name)


def _ticked(name: str, there: bool) -> str:
    return (texts.THERE if there else texts.NOT_THERE).format(name=name)


def _states(ledger: Ledger, values: Values, today: date) -> list[tuple[str, str]]:
    """Return what is worked out of a certificate: run out, old edition, what is due."""
    state, edition = lifecycle.certificate_state(values, today), lifecycle.edition_flag(values, today)
    found = []
    if state is not None and not (state == lifecycle.OLD_EDITION and edition):
        found.append(
            ("bad" if state == lifecycle.EXPIRED else "warn", ledger.field("cert_status").type.show(state))
        )
    if edition:
        found.append(("warn", edition))
    due = lifecycle.next_due(values, today)
    return [*found, _due(due, today)] if due else found


def _due(due: lifecycle.Due, today: date) -> tuple[str, str]:
    left = due.left(today)
    if left < 0:
        return "bad", texts.OVERDUE.format(what=due.what, days=-left)
    words = texts.DUE_SOON if left <= SOON else texts.DUE
    return "warn" if left <= SOON else "idle", words.format(what=due.what, by=due.by.isoformat(), days=left)


class StageGuide(QFrame):
    """Hidden while the case has no stage."""

    def __init__(self, ledger: Ledger) -> None:
        """Begin with nothing to say."""
        super().__init__()
        self.setProperty("role", "notice")
        self.setProperty("tone", "busy")
        self._ledger = ledger
        self._told: Told | None = None
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(10, 7, 10, 7)
        self._lines.setSpacing(4)
        self.hide()

    def tell(self, values: Values, papers: Collection[str]) -> None:
        """Say what the values and papers of a case ask for today."""
        new = told(self._ledger, values, papers, date.today())
        if new != self._told:
            self._told = new
            self._show(new)
        self.setVisible(new is not None)

    def _show(self, new: Told | None) -> None:
        clear(self._lines)
        for tone, word in new.states if new else ():
            self._lines.addWidget(_state(tone, word))
        if new:
            self._lines.addWidget(label(new.meaning, "body", wrap=True))
        metrics = QFontMetrics(sized("small", self.font()))
        for words in new.wanted if new else ():
            self._lines.addWidget(label(_broken(words, metrics), "small", wrap=True))
        self.setAccessibleName(new.aloud if new else "")

    @property
    def words(self) -> list[str]:
        """Return what is said, line by line."""
        return (
            [*(word for _, word in self._told.states), self._told.meaning, *self._told.wanted]
            if self._told
            else []
        )


def _broken(words: str, metrics: QFontMetrics) -> str:
    """Return a line broken between its ticked names, never within one that fits a line."""
    lines = [""]
    for one in words.split(GAP):
        longer = f"{lines[-1]}{GAP}{one}" if lines[-1] else one
        if lines[-1] and metrics.horizontalAdvance(longer) > WIDTH:
            lines.append(one)
        else:
            lines[-1] = longer
    return "\n".join(lines)


def _state(tone: str, word: str) -> QWidget:
    """Return a dot and a word."""
    made = QWidget()
    line = QVBoxLayout(made)
    line.setContentsMargins(14, 0, 0, 0)
    line.addWidget(label(word, "strong", wrap=True))
    mark = QLabel(made)
    mark.setPixmap(dot(tone))
    mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
    mark.setGeometry(0, 5, 10, 10)
    return made
