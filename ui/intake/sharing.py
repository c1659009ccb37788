"""Ask once for what a sheet does not say although all its rows share it, such as the class of its trainees."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from ipdesk.intake import Shared
from ipdesk.problems import ValueProblem
from ui.texts import intake as texts
from ui.widgets.basic import button, label, restyle, row, shortcut
from ui.widgets.labelled import Labelled


class _Box(Labelled):
    """A line of text with its label."""

    def __init__(self, text: str, line: QLineEdit) -> None:
        super().__init__(text, line)
        self.line = line


class SharedFields(QFrame):
    """Hidden where nothing is lacking; says what is given (field → text) for every row."""

    given = Signal(object)

    def __init__(self) -> None:
        """Lay the panel out; ``show_lacking`` fills it."""
        super().__init__()
        self.setProperty("role", "notice")
        self.words = label("", "body", wrap=True)
        self.boxes: dict[str, _Box] = {}
        self.answered = False
        self._lacking: Sequence[Shared] = ()
        self.give_button = button(texts.SHARED_GIVE, clicked=self.give)
        self.leave_button = button(texts.SHARED_LEAVE, kind="link", clicked=self._leave)
        self._line = QHBoxLayout()
        self._line.setSpacing(12)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(12, 8, 12, 8)
        lines.setSpacing(6)
        lines.addWidget(self.words)
        lines.addLayout(self._line)
        lines.addLayout(row(self.give_button, self.leave_button, None))
        self.hide()

    def begin(self) -> None:
        """Forget the last file."""
        self.answered, self._lacking = False, ()

    def show_lacking(self, lacking: Sequence[Shared]) -> None:
        """Ask for fields, those of the same sheet only once; what was typed stays."""
        if [s.field for s in lacking] != [s.field for s in self._lacking] or not self.boxes:
            self._make_boxes(lacking)
        self._lacking = lacking
        self._tell()
        self.setVisible(bool(lacking))

    def _make_boxes(self, lacking: Sequence[Shared]) -> None:
        for box in self.boxes.values():
            self._line.removeWidget(box)
            box.hide()
            box.deleteLater()
        self.boxes = {shared.field.name: self._box(shared) for shared in lacking}
        for box in self.boxes.values():
            self._line.addWidget(box, 1)

    def _box(self, shared: Shared) -> _Box:
        edit = QLineEdit(shared.proposed)
        for keys in ("Return", "Enter"):
            shortcut(edit, keys, self._go_on)
        return _Box(shared.field.label, edit)

    def _tell(self) -> None:
        told = (
            texts.SHARED_ASK if not self.answered else texts.SHARED_DONE if self.texts else texts.SHARED_NOT
        )
        self.words.setText(told)
        restyle(self, tone="busy" if self.answered else "warn")
        self.leave_button.setVisible(not self.answered)

    @property
    def open(self) -> bool:
        """Tell whether an answer is still waited for."""
        return bool(self._lacking) and not self.answered

    @property
    def texts(self) -> Mapping[str, str]:
        """Return what is typed, by field."""
        typed = {name: box.line.text().strip() for name, box in self.boxes.items()}
        return {name: text for name, text in typed.items() if text}

    def _go_on(self) -> None:
        """Go to the next box, and from the last one on."""
        lines = [box.line for box in self.boxes.values()]
        here = next((place for place, line in enumerate(lines) if line.hasFocus()), len(lines) - 1)
        if here + 1 < len(lines):
            lines[here + 1].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.give()

    def give(self) -> None:
        """Pass the values on once each is one of its field."""
        wrong = [box for shared in self._lacking if (box := self._checked(shared))]
        if wrong:
            wrong[0].line.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.answered = True
            self.given.emit(dict(self.texts))

    def _checked(self, shared: Shared) -> _Box | None:
        """Mark a box; return it when what it says is no value of its field."""
        box = self.boxes[shared.field.name]
        try:
            shared.field.type.parse(box.line.text())
        except ValueProblem as problem:
            box.mark(problem.message)
            return box
        box.mark("")
        return None

    def _leave(self) -> None:
        """Give nothing."""
        for box in self.boxes.values():
            box.line.clear()
        self.give()

    def focus(self) -> None:
        """Put the focus on the first box."""
        for box in list(self.boxes.values())[:1]:
            box.line.setFocus(Qt.FocusReason.OtherFocusReason)
            box.line.selectAll()
