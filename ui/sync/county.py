"""The county's exchange page: enrol, export packages, take receipts in, answer the city."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QTabWidget, QVBoxLayout, QWidget

from ipdesk import sync
from ipdesk.kinds.deciding import CONFLICT, CORRECTION
from ipdesk.records import Changed
from ipdesk.store import Store
from ui.backups.restored import News, news
from ui.desks.words import FEW, listed
from ui.session import Session
from ui.sync.answers import AnswerDesk
from ui.sync.checking import check_digest
from ui.sync.clashes import ClashDesk
from ui.sync.deeds import Standing
from ui.sync.enrolling import Enrolling
from ui.sync.exporting import ExportDialog, Sending, Wish, export, sending
from ui.sync.outbox import Outbox
from ui.sync.page import SyncPage, no_progress
from ui.sync.paper import show_sheet
from ui.sync.places import remembered
from ui.texts import outbox, paper
from ui.texts import sync as texts
from ui.widgets.basic import button, label, row
from ui.widgets.figure import Figure
from ui.widgets.notice import Notice

Desk = Outbox | AnswerDesk | ClashDesk


class CountyPage(SyncPage):
    """What is unsent, the way it goes to the city, and what the city says; whose record is asked for (ledger, key)."""

    record_asked = Signal(str, object)

    def __init__(self, session: Session) -> None:
        """Lay the page out."""
        self.receipt_button = button(texts.TAKE_RECEIPT, "inbox", clicked=self.choose_receipt)
        self.export_button = button(texts.EXPORT, "usb", kind="primary", clicked=self.export)
        self.check_button = button(
            paper.CHECK, clicked=lambda: check_digest(self, session), hint=paper.CHECK_HINT
        )
        buttons = (self.check_button, self.receipt_button, self.export_button)
        super().__init__(session, texts.COUNTY_TITLE, *buttons)
        self.sheet_button = button(paper.SHEET, "print", kind="link", clicked=self._show_sheet)
        self.sheet_button.hide()
        self.notice.add(self.sheet_button)
        self._package: Path | None = None
        self.enrolling = Enrolling()
        self.enrolling.request_button.clicked.connect(self.request)
        self.enrolling.install_button.clicked.connect(self.install)
        self.enrolling.compare_button.clicked.connect(self.compare)
        self.unsent = Figure(texts.FIGURE_UNSENT, texts.RECORDS, "warn")
        self.unconfirmed = Figure(texts.FIGURE_UNCONFIRMED, texts.RECORDS, "busy")
        self.restored, self.gaps, self.set_aside, self.again = Notice(), Notice(), Notice(), Notice()
        self.unlocked = label(outbox.UNLOCKED, "small", wrap=True)
        self.outbox, self.answers, self.clashes = Outbox(session), AnswerDesk(session), ClashDesk(session)
        self.tabs = QTabWidget()
        self.outbox.put_above(row(self.unsent, self.unconfirmed, spacing=12))
        self.outbox.put_below(self.unlocked)
        self._fill_tabs()
        self._fill_home()
        self.outbox.counted.connect(lambda _count: self._recount())
        session.changed.connect(self._hear)

    def _fill_tabs(self) -> None:
        self.tabs.setDocumentMode(True)
        desks: tuple[tuple[Desk, str], ...] = (
            (self.outbox, outbox.TAB_OUTBOX),
            (self.answers, outbox.TAB_ANSWERS),
            (self.clashes, outbox.TAB_CONFLICTS),
        )
        for desk, words in desks:
            self.tabs.addTab(desk, words)
            self._follow(desk, words)
        self.tabs.addTab(self.file_list, outbox.TAB_FILES)

    def _follow(self, desk: Desk, words: str) -> None:
        desk.counted.connect(lambda count: self._tell_tab(desk, words, count))
        desk.record_asked.connect(self.record_asked)

    def _tell_tab(self, part: QWidget, words: str, count: int) -> None:
        told = outbox.TAB_COUNT.format(name=words, count=count) if count else words
        self.tabs.setTabText(self.tabs.indexOf(part), told)

    def _fill_home(self) -> None:
        lines = QVBoxLayout(self.home)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(10)
        lines.addWidget(self.enrolling.frame)
        lines.addWidget(self.restored)
        lines.addWidget(self.gaps)
        lines.addWidget(self.set_aside)
        lines.addWidget(self.again)
        lines.addWidget(self.tabs, 1)

    def enter(self) -> None:
        """Ask how things stand and put the focus where work begins."""
        super().enter()
        self.export_button.setFocus()

    def refresh(self) -> None:
        """Ask how things stand, and what is unsent, asked and open."""
        super().refresh()
        self._session.ask(self, news, self._tell_restored)
        self.outbox.look()
        self.answers.refresh()
        self.clashes.refresh()

    def _tell_restored(self, told: News) -> None:
        self.restored.tell(told.short, "warn")

    def _hear(self, changed: Changed) -> None:
        """Look anew when something was answered or decided on this page."""
        if self.isVisible() and changed.kinds & {CORRECTION.name, CONFLICT.name}:
            self.refresh()

    def show_standing(self, standing: Standing) -> None:
        """Show what is unsent, and the steps of enrolment that are left."""
        self.enrolling.show_standing(standing)
        self.unsent.tell(standing.unsent)
        self.unconfirmed.tell(standing.unconfirmed)
        self._tell_head(standing)
        self.again.tell(texts.AGAIN if standing.again else "", "warn")
        numbers, reasons = listed(standing.gaps), "；".join(standing.quarantined[:FEW])
        self.set_aside.tell(texts.SET_ASIDE.format(reasons=reasons) if reasons else "", "warn")
        self.gaps.tell(texts.GAPS.format(numbers=numbers) if numbers else "", "warn")
        self.unlocked.setVisible(not self._session.office.locked)
        self.export_button.setEnabled(not standing.is_held)
        self.export_button.setToolTip(texts.HELD if standing.is_held else "")
        self.receipt_button.setEnabled(bool(standing.partners))
        if self.pages.currentWidget() is self.home:
            self.main_button = self._next_step(standing)
            if not self._is_at_tabs:
                self.main_button.setFocus()

    def _recount(self) -> None:
        if self.standing:
            self._tell_head(self.standing)

    def _tell_head(self, standing: Standing) -> None:
        """Say what is unsent in rows as clerks know them, and in the changes of records that the figures count."""
        rows = self.outbox.unsent
        if not standing.unsent:
            self.head.tell(texts.ALL_SENT if standing.files else texts.NONE_SENT)
        elif rows:
            words = texts.UNSENT_ROWS if rows == standing.unsent else texts.UNSENT_PARTS
            self.head.tell(words.format(rows=rows, count=standing.unsent))
        else:  # nothing that stands in a row of a ledger, or not found yet
            self.head.tell(texts.UNSENT.format(count=standing.unsent))

    @property
    def _is_at_tabs(self) -> bool:
        """Tell whether somebody works in a tab, and is not to be taken away from there."""
        return any(part.hasFocus() for part in (self.tabs.tabBar(), *self.tabs.findChildren(QWidget)))

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
        """Ask where a package is to be written, as a rule on a stick, and write it."""
        if self.standing is None or self.standing.is_held:
            return
        own = remembered(self._session)
        self._session.ask(self, lambda store: sending(store, own), self._ask_export)

    def _ask_export(self, told: Sending) -> None:
        dialog = ExportDialog(self, self._session, told)
        if self._session.dialogs.show(dialog) and (wish := dialog.wish):
            self._export(wish)

    def _export(self, wish: Wish) -> None:
        def op(store: Store, _report: object) -> Path:
            return export(store, wish)

        self.wait(outbox.EXPORTING.format(place=wish.folder))
        self.waiting.forbid_giving_up()
        self._task = self._session.work(
            self, op, lambda path: self._exported(path, wish), self._failed, no_progress
        )

    def _show_sheet(self) -> None:
        if self._package:
            show_sheet(self, self._session, self._package)

    def tell(self, words: str, tone: str = "good", folder: Path | None = None) -> None:
        """Say what was done; the sheet belongs to a package just exported."""
        super().tell(words, tone, folder)
        self.sheet_button.hide()

    def _exported(self, path: Path, wish: Wish) -> None:
        self._task, self._package = None, path
        self.go_home()
        words = outbox.EXPORTED.format(name=path.name, place=path.parent)
        self.done(words + (outbox.SAFE if wish.is_stick else outbox.HAND_OVER), folder=path.parent)
        self.sheet_button.show()
        self._session.report(texts.EXPORT, *self._session.catalogue.travelling)

    def choose_receipt(self) -> None:
        """Look at receipts before they are taken in."""
        self.look_at(self._session.dialogs.open_files(self, texts.TAKE_RECEIPT, texts.RECEIPT_FILES))
