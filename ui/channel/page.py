"""The page of what comes down from the city: what there is, in which version, what it says; the city publishes here."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from ipdesk.kinds.sync import PACKAGE
from ui.channel.deeds import Sent, Told, look
from ui.channel.publish import PublishDialog
from ui.desks.table import DeskTable
from ui.session import Session
from ui.texts import channel as texts
from ui.widgets.basic import button, in_order, label, shortcut
from ui.widgets.head import PageHead
from ui.widgets.listing import Listing, ListingTable
from ui.widgets.notice import Notice
from ui.widgets.page import Page

WIDTHS_CITY, WIDTHS_COUNTY = (280, 150, 110), (260, 140, 110, 150)
ITEMS_WIDTHS = (240,)


class ChannelPage(Page):
    """Lists everything that can come down with its version, and what the one under the ring says."""

    left = Signal()

    def __init__(self, session: Session) -> None:
        """Lay the page out; ``enter`` fills it."""
        super().__init__()
        self._session = session
        self.told = Told((), ())
        city = session.is_city
        self.back_button = button(texts.BACK, clicked=self.left.emit, hint="Esc")
        self.publish_button = button(
            texts.PUBLISH, "outbox", kind="primary", clicked=self.publish, hint=texts.PUBLISH_HINT
        )
        title = texts.TITLE_CITY if city else texts.TITLE_COUNTY
        self.head = PageHead(title, self.back_button, *((self.publish_button,) if city else ()))
        self.notice, self.trouble = Notice(), Notice()
        heads, widths = (texts.HEADS_CITY, WIDTHS_CITY) if city else (texts.HEADS_COUNTY, WIDTHS_COUNTY)
        self.table = DeskTable(heads, texts.TABLE, widths, state=1)
        self.items = Listing(texts.ITEMS_HEADS)
        nothing = texts.ITEMS_NONE_CITY if city else texts.ITEMS_NONE_COUNTY
        self.items_table = ListingTable(
            self.items,
            texts.ITEMS,
            ITEMS_WIDTHS,
            wrap=True,
            empty=nothing,
        )
        self.items_title = label("", "label")
        self._lay_out()
        self.table.chosen.connect(self._show_items)
        self.table.opened.connect(self.publish)
        for keys, deed in (("F5", self.refresh), ("Esc", self.left.emit)):
            shortcut(self, keys, deed)

    def _lay_out(self) -> None:
        lines = QVBoxLayout(self)
        lines.setContentsMargins(16, 11, 16, 12)
        lines.setSpacing(10)
        about = label(texts.TEXT_CITY if self._session.is_city else texts.TEXT_COUNTY, "muted", wrap=True)
        for part in (self.head, self.notice, self.trouble, about):
            lines.addWidget(part)
        lines.addWidget(self.table, 3)
        lines.addWidget(self.items_title)
        lines.addWidget(self.items_table, 2)
        in_order(self.table, self.items_table)

    def enter(self) -> None:
        """Read how things stand and put the focus on the list."""
        self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Read anew how things stand."""
        self._session.ask(self, look, self._show)

    def _show(self, told: Told) -> None:
        self.told = told
        tones = {place: texts.TONES[one.state] for place, one in enumerate(told.sent)}
        self.table.show_lines([one.name for one in told.sent], [self._line(one) for one in told.sent], tones)
        about = texts.ABOUT_CITY if self._session.is_city else texts.ABOUT_COUNTY
        self.head.tell(about.format(count=told.came))
        self.trouble.tell("\n".join(told.troubles), "warn")
        self._show_items()

    def _line(self, one: Sent) -> tuple[str, ...]:
        version = texts.VERSION.format(version=one.version) if one.version else ""
        line = (one.label, one.state, version, one.at)
        return line if self._session.is_city else (*line, one.taken)

    @property
    def sent(self) -> Sent | None:
        """Return what is under the ring."""
        place = self.table.place
        return self.told.sent[place] if 0 <= place < len(self.told.sent) else None

    def _show_items(self) -> None:
        one = self.sent
        words = texts.ITEMS_OF.format(label=one.label, version=one.version) if one and one.version else ""
        self.items_title.setText(words or texts.ITEMS)
        self.items.show(one.items if one else ())

    def publish(self) -> None:
        """Show what publishing the one under the ring would change."""
        one = self.sent
        if one and self._session.is_city:
            dialog = PublishDialog(self, self._session, one)
            dialog.published.connect(self._published)
            self._session.dialogs.show(dialog)

    def _published(self, words: str) -> None:
        self.notice.tell(words, "good")
        self._session.report(words, PACKAGE)
        self.refresh()
