"""Ask for the office's full name as it stands on paper."""

from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout

from ipdesk.actions.workspace import name_office
from ipdesk.store import Office, Store
from ui.session import Session
from ui.texts import report as texts
from ui.widgets.basic import button, card
from ui.widgets.labelled import Labelled


class OfficeName:
    """A field and its button; the name is kept with the workspace."""

    def __init__(self, session: Session, frame: QFrame | None = None) -> None:
        """Show the name there is."""
        self._session = session
        self.frame = frame or card()
        self.edit = QLineEdit(session.office.office_name)
        self.edit.setPlaceholderText(texts.OFFICE_HINT)
        self.field = Labelled(texts.OFFICE, self.edit)
        self.save_button = button(texts.OFFICE_SAVE, clicked=self.save)
        self.field.add_beside(self.save_button)
        self.edit.returnPressed.connect(self.save)
        lines = QVBoxLayout(self.frame)
        lines.setContentsMargins(*((16, 12, 16, 12) if frame is None else (0, 4, 0, 0)))
        lines.addWidget(self.field)

    def save(self) -> None:
        """Keep the name that is typed."""
        name = self.edit.text().strip()
        self.field.mark("" if name else texts.OFFICE_EMPTY)
        if name:
            self._session.ask(self.frame, lambda store: _named(store, name), self._saved)

    def _saved(self, office: Office) -> None:
        self._session.rename(office)
        self._session.tell(texts.OFFICE_SAVED)


def _named(store: Store, name: str) -> Office:
    name_office(store, name)
    return store.office
