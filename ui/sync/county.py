"""The county's exchange page: enrol, export packages, take receipts in."""

from pathlib import Path

from PySide6.QtWidgets import QPushButton, QVBoxLayout

from ipdesk import sync
from ipdesk.store import Store
from ui.session import Session
from ui.sync.deeds import FEW, Standing, listed
from ui.sync.enrolling import Enrolling
from ui.sync.page import SyncPage
from ui.texts import sync as texts
from ui.widgets.basic import button, label, row
from ui.widgets.figure import Figure
from ui.widgets.notice import Notice


class CountyPage(SyncPage):
    """What is unsent, and the way it goes to the city."""

    def __init__(self, session: Session) -> None:
        """Lay the page out."""
        self.receipt_button = button(texts.TAKE_RECEIPT, "inbox", clicked=self.choose_receipt)
        self.export_button = button(texts.EXPORT, "usb", kind="primary", clicked=self.export)
        super().__init__(session, texts.COUNTY_TITLE, self.receipt_button, self.export_button)
        self.enrolling = Enrolling()
        self.enrolling.request_button.clicked.connect(self.request)
        self.enrolling.install_button.clicked.connect(self.install)
        self.enrolling.compare_button.clicked.connect(self.compare)
        self.unsent = Figure(texts.FIGURE_UNSENT, texts.RECORDS, "warn")
        self.unconfirmed = Figure(texts.FIGURE_UNCONFIRMED, texts.RECORDS, "busy")
        self.gaps, self.set_aside = Notice(), Notice()
        self._fill_home()

    def _fill_home(self) -> None:
        lines = QVBoxLayout(self.home)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(12)
        lines.addWidget(self.enrolling.frame)
        lines.addLayout(row(self.unsent, self.unconfirmed, spacing=12))
        lines.addWidget(self.gaps)
        lines.addWidget(self.set_aside)
        lines.addWidget(label(texts.FILES, "lead"))
        lines.addWidget(self.file_list, 1)

    def enter(self) -> None:
        """Ask how things stand and put the focus where work begins."""
        super().enter()
        self.export_button.setFocus()

    def show_standing(self, standing: Standing) -> None:
        """Show what is unsent, and the steps of enrolment that are left."""
        self.enrolling.show_standing(standing)
        self.unsent.tell(standing.unsent)
        self.unconfirmed.tell(standing.unconfirmed)
        self.head.tell(texts.UNSENT.format(count=standing.unsent) if standing.unsent else texts.ALL_SENT)
        numbers, reasons = listed(standing.gaps), "；".join(standing.quarantined[:FEW])
        self.set_aside.tell(texts.SET_ASIDE.format(reasons=reasons) if reasons else "", "warn")
        self.gaps.tell(texts.GAPS.format(numbers=numbers) if numbers else "", "warn")
        self.export_button.setEnabled(not standing.is_held)
        self.export_button.setToolTip(texts.HELD if standing.is_held else "")
        self.receipt_button.setEnabled(bool(standing.partners))
        if self.pages.currentWidget() is self.home:
            self.main_button = self._next_step(standing)
            self.main_button.setFocus()

    def _next_step(self, standing: Standing) -> QPushButton:
        """Return the button of what is to be done next."""
        if not standing.is_held:
            return self.export_button
        return self.enrolling.compare_button if standing.partners else self.enrolling.request_button

    # ------------------------------------------------------------ enrolment
    def request(self) -> None:
        """Write the request for enrolment."""
        name = texts.REQUEST_NAME.format(unit=self._session.office.unit_code)
        out = self._session.dialogs.save_file(self, texts.REQUEST, name, texts.IPK)
        if out:
            self._session.ask(
                self,
                lambda store: sync.request(store, out),
                lambda told: self.done(
                    texts.REQUESTED.format(name=out.name, fingerprint=told), folder=out.parent
                ),
            )

    def install(self) -> None:
        """Install the city's grant."""
        chosen = self._session.dialogs.open_files(self, texts.INSTALL, texts.IPK)
        if chosen:
            file = chosen[0]
            words = (
                texts.INSTALLED if self._session.office.locked else texts.INSTALLED_READY
            )  # nothing to compare
            self._session.ask(self, lambda store: sync.install(store, file), lambda _told: self.done(words))

    def compare(self) -> None:
        """Note that the fingerprints were compared over the phone."""
        city = next(iter(self.standing.open_partners), None) if self.standing else None
        if self.standing is None or city is None:
            return
        own = self.standing.fingerprint
        text = texts.COMPARED_TEXT.format(unit=city.name, fingerprint=city.fingerprint, own=own)
        if self._session.dialogs.ask(self, texts.COMPARED_TITLE, text, texts.COMPARED_YES, tone="info"):
            self._session.ask(
                self,
                lambda store: sync.confirm(store, city.unit),
                lambda _none: self.done(texts.CONFIRMED.format(unit=city.name)),
            )

    # ------------------------------------------------------------ packages
    def export(self) -> None:
        """Write a package into a folder, as a rule on a stick."""
        if self.standing is None or self.standing.is_held:
            return
        folder = self._session.dialogs.choose_folder(self, texts.EXPORT_TO)
        if folder:

            def op(store: Store) -> list[Path]:
                return sync.export(store, folder)

            self._session.ask(self, op, self._exported)

    def _exported(self, files: list[Path]) -> None:
        self.done(texts.EXPORTED.format(name=files[0].name), folder=files[0].parent)
        self._session.report(texts.EXPORT, *self._session.catalogue.travelling)

    def choose_receipt(self) -> None:
        """Look at receipts before they are taken in."""
        self.look_at(self._session.dialogs.open_files(self, texts.TAKE_RECEIPT, texts.RECEIPT_FILES))
