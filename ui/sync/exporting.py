"""Ask how a package is to be exported: where to, for which period, with or without attachments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QDialog, QVBoxLayout, QWidget

from ipdesk.periods import LABELS, Every, Period, reported_on
from ipdesk.store import Store
from ipdesk.sync.completeness import SETTING, Plan
from ipdesk.sync.contents import Cargo
from ipdesk.sync.package import Report
from ui.amounts import size
from ui.session import Session
from ui.sync.places import Places, Seen, seen
from ui.texts import common
from ui.texts import outbox as texts
from ui.widgets.basic import button, label, row
from ui.widgets.choice import PlainBox
from ui.widgets.labelled import Labelled
from ui.widgets.notice import Notice

MOST_PERIODS = 24  # of a plan that began long ago
WIDTH = 620
MARGIN = 2**20  # bytes a package takes besides its rows: heads, signatures, a file system's own
ROW = 2048  # bytes a row takes at most, packed, on average
ATTACHED = 1.02  # what sealing adds to contents


@dataclass(frozen=True, slots=True)
class Sending:
    """What the next package would bring: rows not yet confirmed, attachments; and for which period the last was."""

    rows: int
    cargo: Cargo
    seen: Seen
    last_period: str = ""
    plan: Plan | None = None

    def needed(self, *, attachments: bool) -> int:
        """Return how many bytes it takes, rather too many than too few."""
        return MARGIN + self.rows * ROW + int(self.cargo.size * ATTACHED if attachments else 0)


@dataclass(frozen=True, slots=True)
class Wish:
    """How a package is to be exported."""

    folder: Path
    is_stick: bool
    attachments: bool
    report: Report


def sending(store: Store, own: Sequence[Path] = ()) -> Sending:
    """Return what the next package would bring, and the places there are, ``own`` folders among them."""
    from ipdesk import sync
    from ipdesk.kinds.sync import PACKAGE

    sent = [r.values for r in store.find(PACKAGE, direction="out", type="package")]
    last = max(sent, key=lambda v: str(v.get("at")), default=None)
    told = sync.status(store)["unconfirmed"]
    plan = Plan.of(store) if store.setting(SETTING) else None
    period = str((last or {}).get("period") or "")
    return Sending(told if isinstance(told, int) else 0, sync.cargo(store), seen(own), period, plan)


def export(store: Store, wish: Wish) -> Path:
    """Write the package; what stands in the way is one sentence, and nothing half-written is left."""
    from ipdesk import sync

    (path,) = sync.export(store, wish.folder, attachments=wish.attachments, report=wish.report)
    return path


class ExportDialog(QDialog):
    """Lets place, period and attachments be chosen; ``wish`` is what was chosen."""

    def __init__(self, parent: QWidget, session: Session, told: Sending) -> None:
        """Lay out what there is to choose."""
        super().__init__(parent)
        self.setWindowTitle(texts.TITLE)
        self.setMinimumWidth(WIDTH)
        self._told = told
        self.places = Places(session, told.needed(attachments=False), told.seen)
        self.period = _periods(told, date.today())
        self.zero = QCheckBox(texts.ZERO)
        self.attachments = QCheckBox(_attachments(told.cargo))
        self.zero_hint = label("", "muted")
        self.notice = Notice()
        self.needed = label("", "muted")
        self.export_button = button(texts.DO, kind="primary", clicked=self.accept)
        self.cancel_button = button(common.CANCEL, clicked=self.reject)
        self._lay_out()
        self.attachments.setHidden(not told.cargo.count)
        self.places.chosen.connect(self._tell)
        self.period.currentIndexChanged.connect(lambda _place: self._tell())
        self.attachments.toggled.connect(self._weigh)
        self.export_button.setDefault(True)
        self._tell()
        (self.places.table if self.places.drives else self.places.other_button).setFocus()

    def _lay_out(self) -> None:
        lines = QVBoxLayout(self)
        lines.setContentsMargins(20, 16, 20, 14)
        lines.setSpacing(12)
        rows = self._told.rows
        about = texts.ABOUT.format(count=rows) if rows else texts.ABOUT_NONE
        lines.addWidget(label(about, "body", wrap=True))
        lines.addWidget(self.places)
        lines.addWidget(self.notice)
        lines.addWidget(Labelled(texts.PERIOD, self.period, _asked(self._told.plan)))
        lines.addWidget(self.zero)
        lines.addWidget(self.zero_hint)
        lines.addWidget(self.attachments)
        if not self._told.cargo.count:
            lines.addWidget(label(texts.ATTACHMENTS_NONE, "muted"))
        if waiting := self._told.cargo.waiting:
            words = texts.ATTACHMENTS_MORE.format(count=waiting, size=size(self._told.cargo.waiting_size))
            lines.addWidget(label(words, "muted", wrap=True))
        lines.addStretch()
        lines.addLayout(row(self.needed, None, self.cancel_button, self.export_button))

    def _weigh(self, attachments: bool) -> None:
        self.places.need(self._told.needed(attachments=attachments))
        self._tell()

    def _tell(self) -> None:
        """Say what stands in the way, and whether nothing can be reported for the period."""
        problem, can_be_zero = self.places.problem, bool(self.period.currentData()) and not self._told.rows
        self.notice.tell(problem, "bad")
        self.export_button.setEnabled(bool(self.places.place) and not problem)
        self.zero.setVisible(can_be_zero)
        self.zero_hint.setText(texts.ZERO_UNSENT if self._told.rows else texts.ZERO_PERIOD)
        self.zero_hint.setVisible(not can_be_zero)
        if not can_be_zero:
            self.zero.setChecked(False)
        needed = self._told.needed(attachments=self.attachments.isChecked())
        self.needed.setText(texts.NEEDED.format(size=size(needed)))

    @property
    def wish(self) -> Wish | None:
        """Return what was chosen, nothing where no place can be used."""
        place = self.places.place
        if place is None or self.places.problem:
            return None
        self.places.remember()
        report = Report(str(self.period.currentData() or ""), self.zero.isChecked())
        return Wish(place, self.places.is_stick, self.attachments.isChecked(), report)


def _attachments(cargo: Cargo) -> str:
    if not cargo.count:
        return texts.ATTACHMENTS_NONE
    return texts.ATTACHMENTS.format(count=cargo.count, size=size(cargo.size))


def _asked(plan: Plan | None) -> str:
    """Return what the city expects, as far as it has told."""
    return texts.PLAN.format(every=LABELS[plan.every], days=plan.days) if plan else texts.PERIOD_HELP


def _periods(told: Sending, today: date) -> PlainBox:
    """Offer the periods that offices report for."""
    box = PlainBox()
    box.addItem(texts.NO_PERIOD, "")
    for period in offered(today, told.plan):
        box.addItem(period.label, period.code)
    box.setCurrentIndex(max(box.findData(proposed(told, today)), 0))
    return box


def proposed(told: Sending, today: date) -> str:
    """Return the period to report for now: by the city's plan, else the one after the last, as far as it has begun."""
    if told.plan:
        return reported_on(today, told.plan.every, told.plan.days).code
    if not told.last_period:
        return ""
    known = Period.read(told.last_period)
    return known.next.code if known.next.first <= today else known.code


def offered(today: date, plan: Plan | None = None) -> list[Period]:
    """Return the periods that the city's plan expects, newest first, then the present and last month, quarter, year."""
    found = _planned(plan, today) if plan and plan.since else []
    every: Every
    for every in ("month", "quarter", "year"):
        present = Period.of(today, every)
        found += [present, Period.of(date.fromordinal(present.first.toordinal() - 1), every)]
    return list(dict.fromkeys(found))


def _planned(plan: Plan, today: date) -> list[Period]:
    """Return the newest periods of a plan: one that was never reported can still be."""
    return list(Period.read(plan.since).until(today))[: -MOST_PERIODS - 1 : -1]
