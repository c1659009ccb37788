"""Compare the digest on paper with a file: the paper twin of what lies on the stick."""

from pathlib import Path

from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from ipdesk import sync
from ipdesk.codes import code_table
from ipdesk.problems import Refusal
from ipdesk.shortdigest import agrees, short
from ipdesk.store import Store
from ipdesk.sync import Inspection
from ui.session import Session
from ui.sync.paper import show_sheet
from ui.texts import common
from ui.texts import paper as texts
from ui.texts import sync as sync_texts
from ui.widgets.basic import button, label, row, shortcut
from ui.widgets.labelled import Labelled
from ui.widgets.notice import Notice

WIDTH = 480


def check_digest(parent: QWidget, session: Session) -> None:
    """Let a file be chosen and its digest be compared with the one on paper."""
    chosen = session.dialogs.open_files(parent, texts.CHECK_CHOOSE, sync_texts.IPK)

    def show(found: Inspection) -> None:
        session.dialogs.show(DigestDialog(parent, session, chosen[0], found))

    if chosen:
        session.ask(parent, lambda store: inspected(store, chosen[0]), show)


def inspected(store: Store, file: Path) -> Inspection:
    """Return what a file is; one that is not whole or not ours is refused."""
    found = sync.inspect(store, file)
    if not found.valid:
        raise Refusal(found.reason)
    return found


class DigestDialog(QDialog):
    """Shows what a file is; the digest typed from paper is compared with its own."""

    def __init__(self, parent: QWidget, session: Session, file: Path, found: Inspection) -> None:
        """Lay file, field and answer out."""
        super().__init__(parent)
        self._session, self._file, self._digest = session, file, short(found.digest)
        self.setWindowTitle(texts.TITLE)
        self.setMinimumWidth(WIDTH)
        self.edit = QLineEdit()
        self.typed = Labelled(texts.TYPED, self.edit, texts.TYPED_HELP)
        self.notice = Notice()
        self.do_button = button(texts.DO, kind="primary", clicked=self.check)
        words = texts.SHEET_CITY if session.is_city else texts.SHEET
        self.sheet_button = button(words, "print", clicked=lambda: show_sheet(self, session, file))
        self._lay_out(_what(file, found), found.reason)
        self.sheet_button.setHidden(found.header.get("type") != "package")
        self.edit.textEdited.connect(lambda _text: self.typed.mark(""))
        for keys in ("Return", "Enter"):
            shortcut(self.edit, keys, self.check)
        self.edit.setFocus()

    def _lay_out(self, what: str, reason: str) -> None:
        lines = QVBoxLayout(self)
        lines.setContentsMargins(20, 16, 20, 14)
        lines.setSpacing(12)
        lines.addWidget(label(what, "strong", wrap=True))
        lines.addWidget(label(reason or texts.VALID, "muted", wrap=True))
        lines.addWidget(self.typed)
        lines.addWidget(self.notice)
        lines.addStretch()
        close = button(common.CLOSE, clicked=self.reject)
        lines.addLayout(row(self.sheet_button, None, close, self.do_button))

    def check(self) -> None:
        """Say whether paper and file are one."""
        try:
            same = agrees(self.edit.text(), self._digest) if self.edit.text().strip() else None
        except Refusal as refusal:
            self.notice.tell("")
            self.typed.mark(refusal.message)
            return
        if same is None:
            self.typed.mark(texts.EMPTY)
            return
        self.notice.tell(texts.SAME if same else texts.OTHER, "good" if same else "bad")
        self.adjustSize()


def _what(file: Path, found: Inspection) -> str:
    header = found.header
    return texts.WHAT.format(
        kind=texts.KINDS.get(str(header.get("type")), ""),
        name=file.name,
        unit=code_table("regions").label(str(header.get("county") or header.get("unit") or "")),
        number=header.get("number") or header.get("sequence") or "—",
    )
