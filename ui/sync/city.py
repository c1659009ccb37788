"""The city's exchange page: accept counties, compare fingerprints, answer with receipts."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from ipdesk import sync
from ipdesk.actions.workspace import KEY_BACKUP
from ipdesk.codes import code_table
from ipdesk.codetable import Code
from ipdesk.fields import Value
from ipdesk.sync.carried import Carried
from ipdesk.sync.receipt import outlook
from ui.desks.words import listed
from ui.ledger.history import moment
from ui.session import Session
from ui.sync import deeds
from ui.sync.deeds import Asked, Partner, Standing
from ui.sync.page import SyncPage
from ui.sync.receipts import ReceiptsDialog
from ui.texts import receipts
from ui.texts import sync as texts
from ui.widgets.basic import button, label, row
from ui.widgets.listing import Listing, ListingTable
from ui.widgets.notice import Notice

_TONES = {
    texts.STATE_NONE: "muted",
    texts.STATE_OPEN: "warn",
    texts.STATE_READY: "busy",
    texts.STATE_SENT: "good",
}


class CityPage(SyncPage):
    """Who is enrolled, what came from whom, and the answers."""

    def __init__(self, session: Session) -> None:
        """Lay the page out."""
        self.accept_button = button(texts.ACCEPT, "unlock", clicked=self.accept)
        self.receipts_button = button(texts.RECEIPTS, "outbox", kind="primary", clicked=self.export_receipts)
        super().__init__(session, texts.CITY_TITLE, self.accept_button, self.receipts_button)
        self.counties = Listing(texts.COUNTIES_HEADS, state=1)
        self.table = ListingTable(self.counties, texts.COUNTIES_NAME, (190, 150, 140, 60, 80))
        self.compare_button = button(texts.COMPARE, "check", clicked=self.compare, hint=texts.COMPARE_HINT)
        self.backup = Notice(button(texts.BACKUP_DONE, clicked=self.confirm_backup))
        self.table.selectionModel().selectionChanged.connect(lambda _new, _old: self._tell_comparable())
        self._fill_home()

    def _fill_home(self) -> None:
        lines = QVBoxLayout(self.home)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(10)
        lines.addWidget(self.backup)
        lines.addLayout(row(label(texts.COUNTIES, "lead"), None, self.compare_button))
        lines.addWidget(self.table, 3)
        lines.addWidget(label(texts.FILES, "lead"))
        lines.addWidget(self.file_list, 2)

    def enter(self) -> None:
        """Ask how things stand and put the focus where work begins."""
        super().enter()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------------------ how things stand
    def show_standing(self, standing: Standing) -> None:
        """Show every county with its last package."""
        lines = [_county_line(code.code, code.name, standing) for code in _counties()]
        chosen = self.table.currentIndex().row()
        self.counties.show(lines, {i: _TONES.get(line[1], "warn") for i, line in enumerate(lines)})
        self.table.selectRow(max(chosen, 0))
        received = sum(bool(line[2]) for line in lines)
        self.head.tell(texts.COUNTIES_ABOUT.format(enrolled=len(standing.partners), received=received))
        self.receipts_button.setEnabled(not standing.is_held)
        held = texts.HELD_BACKUP if standing.needs_backup else texts.HELD
        self.receipts_button.setToolTip(held if standing.is_held else "")
        words = texts.BACKUP.format(file=self._session.folder / KEY_BACKUP)
        self.backup.tell(words if standing.needs_backup else "", "warn")
        self._tell_comparable()

    def _chosen(self) -> Partner | None:
        place = self.table.currentIndex().row()
        codes = [code.code for code in _counties()]
        if self.standing is None or not 0 <= place < len(codes):
            return None
        return next((p for p in self.standing.partners if p.unit == codes[place]), None)

    def _tell_comparable(self) -> None:
        chosen = self._chosen()
        self.compare_button.setEnabled(bool(chosen and not chosen.confirmed))

    # ------------------------------------------------------------ enrolment
    def accept(self) -> None:
        """Answer a county's request with a grant."""
        chosen = self._session.dialogs.open_files(self, texts.ACCEPT_CHOOSE, texts.IPK)
        if chosen:
            file = chosen[0]
            self._session.ask(
                self, lambda store: deeds.look_at_request(store, file), lambda asked: self._grant(file, asked)
            )

    def _grant(self, file: Path, asked: Asked) -> None:
        if asked.takes_over and not self._session.dialogs.ask(
            self,
            texts.SUPERSEDE_TITLE.format(unit=asked.name),
            texts.SUPERSEDE_TEXT.format(unit=asked.name),
            texts.SUPERSEDE_YES,
        ):
            return
        name = texts.GRANT_NAME.format(unit=asked.unit)
        out = self._session.dialogs.save_file(self, texts.GRANT_SAVE, name, texts.IPK)
        if out:
            self._session.ask(
                self,
                lambda store: sync.accept(store, file, out, supersede=asked.takes_over),
                lambda told: self._granted(asked, out, told),
            )

    def _granted(self, asked: Asked, out: Path, fingerprint: str) -> None:
        words = texts.ACCEPTED.format(unit=asked.name, name=out.name, fingerprint=fingerprint)
        self.done(words, folder=out.parent)

    def compare(self) -> None:
        """Note that the chosen county's fingerprint was compared over the phone."""
        county = self._chosen()
        if self.standing is None or county is None or county.confirmed:
            return
        own = self.standing.fingerprint
        text = texts.COMPARED_TEXT.format(unit=county.name, fingerprint=county.fingerprint, own=own)
        if self._session.dialogs.ask(self, texts.COMPARED_TITLE, text, texts.COMPARED_YES, tone="info"):
            self._session.ask(
                self,
                lambda store: sync.confirm(store, county.unit),
                lambda _none: self.done(texts.CONFIRMED.format(unit=county.name)),
            )

    def confirm_backup(self) -> None:
        """Note that the key backup lies in a safe place, after a question: a slip would hide that it does not."""
        if not self._session.dialogs.ask(self, texts.KEPT_TITLE, texts.KEPT_TEXT, texts.KEPT_YES):
            return
        self._session.ask(self, sync.confirm_backup, lambda _none: self.done(texts.BACKUP_CONFIRMED))

    # ------------------------------------------------------------ receipts
    def export_receipts(self) -> None:
        """Show what the receipts will carry, then write one for each county into a folder."""
        if self.standing is None or self.standing.is_held:
            return
        self.receipts_button.setEnabled(False)
        self.tell(receipts.LOOKING, "busy")
        self._session.ask(self, outlook, self._show_receipts, self._not_looked)

    def _not_looked(self, _error: Exception) -> bool:
        self._looked()
        return False

    def _looked(self) -> None:
        self.receipts_button.setEnabled(True)
        self.tell("")

    def _show_receipts(self, carried: list[Carried]) -> None:
        self._looked()
        if self._session.dialogs.show(ReceiptsDialog(self, carried)):
            self._write_receipts()

    def _write_receipts(self) -> None:
        folder = self._session.dialogs.choose_folder(self, texts.RECEIPTS_TO)
        if folder:
            self._session.ask(
                self, lambda store: sync.export(store, folder), lambda made: self._exported(made, folder)
            )

    def _exported(self, files: Sequence[Path], folder: Path) -> None:
        self.done(texts.RECEIPTS_MADE.format(count=len(files), folder=folder), folder=folder)


def _counties() -> list[Code]:
    return [c for c in code_table("regions").codes if c.attributes["unit_type"] != "市本级"]


def _county_line(unit: str, name: str, standing: Standing) -> tuple[str, ...]:
    partner = next((p for p in standing.partners if p.unit == unit), None)
    last = next((f for f in standing.files if _is_from(f, unit)), None)
    if partner is None:
        return (name, texts.STATE_NONE, "", "", "", "")
    told = (
        (moment(str(last["at"])), str(last["sequence"]), str(last.get("rows") or 0)) if last else ("", "", "")
    )
    return (name, _state(partner, last), *told, partner.fingerprint)


def _state(partner: Partner, last: Mapping[str, Value] | None) -> str:
    if not partner.confirmed:
        return texts.STATE_OPEN
    if partner.gaps:
        return texts.STATE_GAPS.format(numbers=listed(partner.gaps))
    if partner.quarantined:
        return texts.STATE_SET_ASIDE
    return texts.STATE_SENT if last else texts.STATE_READY


def _is_from(file: Mapping[str, Value], unit: str) -> bool:
    return (file.get("direction"), file.get("type"), file.get("unit")) == ("in", "package", unit)
