"""The page that makes a new workspace: whose it is, where it lies, how it is locked."""

import os
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path

from platformdirs import user_documents_path
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ipdesk.codes import CITY, code_table
from ipdesk.store import Role
from ui.dialogs import Dialogs
from ui.start.strength import strength
from ui.texts import common
from ui.texts import start as texts
from ui.widgets.basic import button, in_order, label, row
from ui.widgets.choice import ChoiceBox
from ui.widgets.labelled import Labelled
from ui.widgets.notice import Notice


@dataclass(frozen=True, slots=True)
class NewWorkspace:
    """What is to be made."""

    folder: Path
    role: Role
    unit_code: str
    office_name: str
    password: str | None


class CreatePage(QWidget):
    """Asks for everything a new workspace needs."""

    asked = Signal(object)
    back_asked = Signal()

    def __init__(self, dialogs: Dialogs) -> None:
        """Lay the page out."""
        super().__init__()
        self._dialogs = dialogs
        self.notice = Notice()
        self._make_office()
        self._make_lock()
        self.create_button = button(texts.CREATE, kind="primary", clicked=self.submit)
        self.back_button = button(common.BACK, clicked=self.back_asked.emit)
        self._lay_out()
        self._order()
        self.county.setChecked(True)
        self._tell_role()

    def _make_office(self) -> None:
        self.county, self.city = _role(texts.COUNTY, texts.COUNTY_TEXT), _role(texts.CITY, texts.CITY_TEXT)
        self._roles = QButtonGroup(self)
        for made in (self.county, self.city):
            self._roles.addButton(made)
            made.toggled.connect(lambda _on: self._tell_role())
        regions = code_table("regions").codes
        self.unit = ChoiceBox([(c.code, c.name) for c in regions if c.code != CITY])
        self.unit_field = Labelled(texts.UNIT, self.unit)
        self.office = QLineEdit()
        self.office.setPlaceholderText(texts.OFFICE_HINT)
        self.office_field = Labelled(texts.OFFICE, self.office, texts.OFFICE_HELP)
        self.folder = QLineEdit(str(user_documents_path() / texts.FOLDER_NAME))
        self.folder_field = Labelled(texts.FOLDER, self.folder, texts.FOLDER_HELP)
        self.folder.editingFinished.connect(self._show_place)
        self.browse_button = button(common.BROWSE, "folder", clicked=self._browse)

    def _make_lock(self) -> None:
        hidden = QLineEdit.EchoMode.Password
        self.password, self.again = QLineEdit(echoMode=hidden), QLineEdit(echoMode=hidden)
        self.password_field = Labelled(texts.NEW_PASSWORD, self.password)
        self.again_field = Labelled(texts.AGAIN, self.again)
        self.no_password = QCheckBox(texts.NO_PASSWORD)
        self.warning = Notice()
        self.password.textChanged.connect(lambda _text: self._tell_strength())
        self.no_password.toggled.connect(self._tell_lock)

    def _lay_out(self) -> None:
        inner = QWidget()
        inner.setProperty("role", "scrolled")
        grid = QGridLayout(inner)
        grid.setContentsMargins(32, 24, 32, 12)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        grid.addWidget(label(texts.NEW_TITLE, "title"), 0, 0, 1, 2)
        grid.addWidget(self.notice, 1, 0, 1, 2)
        grid.addWidget(label(texts.ROLE, "label"), 2, 0, 1, 2)
        grid.addWidget(self.county, 3, 0)
        grid.addWidget(self.city, 3, 1)
        top = Qt.AlignmentFlag.AlignTop
        whose = QHBoxLayout()  # the name alone takes the line where the city asks for no unit
        whose.setSpacing(12)
        for field in (self.unit_field, self.office_field):
            whose.addWidget(field, 1, top)
        grid.addLayout(whose, 4, 0, 1, 2)
        grid.addWidget(self.folder_field, 5, 0, 1, 2)
        grid.addWidget(self.password_field, 6, 0, top)
        grid.addWidget(self.again_field, 6, 1, top)
        grid.addLayout(row(self.no_password, None), 7, 0, 1, 2)
        grid.addWidget(self.warning, 8, 0, 1, 2)
        grid.setRowStretch(9, 1)
        self.folder_field.add_beside(self.browse_button)
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        foot = row(self.create_button, self.back_button, None)
        foot.setContentsMargins(32, 8, 32, 20)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(area, 1)
        lines.addLayout(foot)

    def _order(self) -> None:
        """Let Tab and Enter go the way the eye goes, Enter at last making the workspace."""
        parts = (self.county, self.city, self.unit, self.office, self.folder, self.browse_button)
        in_order(*parts, self.password, self.again, self.no_password, self.create_button, self.back_button)

        lines = (self.office, self.folder, self.password, self.again)
        for here, after in pairwise(lines):
            here.returnPressed.connect(partial(after.setFocus, Qt.FocusReason.TabFocusReason))
        self.again.returnPressed.connect(self.submit)

    # ------------------------------------------------------------ state
    def enter(self, folder: Path | None = None) -> None:
        """Begin; ``folder`` is proposed where the command line named one."""
        if folder:
            self.folder.setText(str(folder))
        self.notice.tell("")
        self.wait(False)
        self.unit.setFocus(Qt.FocusReason.OtherFocusReason)

    def wait(self, waiting: bool) -> None:
        """Show that the workspace is being made, or that it is the clerk's turn again."""
        self.create_button.setText(texts.CREATING if waiting else texts.CREATE)
        self.create_button.setEnabled(not waiting)
        self.back_button.setEnabled(not waiting)

    def refuse(self, message: str) -> None:
        """Say why it could not be made."""
        self.wait(False)
        self.notice.tell(message, "bad")

    def _tell_role(self) -> None:
        self.unit_field.setVisible(self.county.isChecked())

    def _tell_strength(self) -> None:
        step = strength(self.password.text())
        role = ("wrong", "remind", "small", "good")[step]
        self.password_field.say(texts.STRENGTH[step] if self.password.text() else "", role)

    def _tell_lock(self, unlocked: bool) -> None:
        for field in (self.password_field, self.again_field):
            field.setEnabled(not unlocked)
            field.mark("")
        self.warning.tell(texts.NO_PASSWORD_WARNING if unlocked else "", "warn")

    def _show_place(self) -> None:
        """Show where a mere name would lie."""
        if typed := self.folder.text().strip():
            self.folder.setText(str(_placed(typed)))

    def _browse(self) -> None:
        if folder := self._dialogs.choose_folder(self, texts.CHOOSE_WORKSPACE):
            empty = folder.is_dir() and not any(folder.iterdir())
            self.folder.setText(str(folder if empty else folder / texts.FOLDER_NAME))

    # ------------------------------------------------------------ making
    def submit(self) -> None:
        """Ask for the workspace, or say what is still wrong and go there."""
        if not self.create_button.isEnabled():
            return
        wrong = [field for field, message in self._checks() if _marked(field, message)]
        if wrong:
            wrong[0].widget.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.wait(True)
        self.asked.emit(self._wanted())

    def _checks(self) -> tuple[tuple[Labelled, str], ...]:
        county, locked = self.county.isChecked(), not self.no_password.isChecked()
        known = self.unit.entry in code_table("regions")
        password, again = self.password.text(), self.again.text()
        return (
            (self.unit_field, texts.UNIT_MISSING if county and not known else ""),
            (self.folder_field, "" if self.folder.text().strip() else texts.FOLDER_MISSING),
            (self.password_field, texts.PASSWORD_SHORT if locked and strength(password) == 0 else ""),
            (self.again_field, texts.PASSWORD_DIFFERS if locked and password != again else ""),
        )

    def _wanted(self) -> NewWorkspace:
        county = self.county.isChecked()
        return NewWorkspace(
            _placed(self.folder.text().strip()),
            "county" if county else "city",
            self.unit.entry if county else CITY,
            self.office.text().strip(),
            None if self.no_password.isChecked() else self.password.text(),
        )


def _placed(typed: str) -> Path:
    """Return the folder typed; a mere name lies among the documents, never where the program happened to start."""
    return (user_documents_path() / os.path.expanduser(typed)).absolute()


def _marked(field: Labelled, message: str) -> bool:
    field.mark(message)
    return bool(message)


def _role(title: str, text: str) -> QPushButton:
    made = button(title, kind="choice")
    made.setText(f"{title}\n{text}")
    made.setCheckable(True)
    made.setAccessibleDescription(text)
    made.setMinimumHeight(58)
    return made
