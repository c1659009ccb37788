"""Take the overview out of the program: as a picture, as PDF, as a sheet."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QMenu, QWidget

from ipdesk.actions.overview import write_overview, write_picture
from ipdesk.plan.overview import Overview, unit_name
from ipdesk.store import Store
from ui.overview.charts import Chart
from ui.overview.picture import picture
from ui.overview.telling import Card
from ui.session import Session
from ui.texts import common
from ui.texts import overview as texts
from ui.worker import Report

FILES = {".png": texts.PICTURE_FILES, ".pdf": common.PDF, ".xlsx": common.EXCEL}


@dataclass(frozen=True, slots=True)
class Shown:
    """What is looked at: the overview, of which unit, with its cards and the charts (name, chart) of one of them."""

    told: Overview
    unit: str
    about: str
    cards: Sequence[Card]
    charts: Sequence[tuple[str, Chart]]


class Exports:
    """The export deeds of the overview."""

    def __init__(self, session: Session, owner: QWidget, shown: Callable[[], Shown | None]) -> None:
        """Work for a page; ``shown`` tells what it shows, nothing while it has not read it yet."""
        self._session, self._owner, self._shown = session, owner, shown
        self.menu = QMenu(owner)
        for words, suffix in ((texts.PICTURE, ".png"), (texts.PDF, ".pdf"), (texts.SHEET, ".xlsx")):
            self.menu.addAction(words, lambda end=suffix: self.save(end))

    def save(self, suffix: str) -> None:
        """Write what is looked at to a file that the clerk names."""
        shown = self._shown()
        if shown is None:
            return
        day = f"{shown.told.moment.day:%Y%m%d}"
        name = texts.NAME.format(unit=unit_name(shown.unit), day=day) + suffix
        out = self._session.dialogs.save_file(self._owner, texts.EXPORT, name, FILES[suffix])
        if out and suffix == ".png":
            self._keep(out, drawn(shown, self._owner))
        elif out:
            self._write(out, shown)

    def _keep(self, out: Path, png: bytes) -> None:
        self._session.ask(self._owner, lambda _store: write_picture(png, out), lambda _none: self._saved(out))

    def _write(self, out: Path, shown: Shown) -> None:
        def op(store: Store, report: Report) -> None:
            write_overview(shown.told, store.office.office_name, out, shown.unit, report)

        self._session.work(self._owner, op, lambda _none: self._saved(out))

    def _saved(self, out: Path) -> None:
        self._session.tell(texts.SAVED.format(name=out.name))


def drawn(shown: Shown, owner: QWidget) -> bytes:
    """Return a PNG of what is looked at, in the font of a widget."""
    title = texts.PICTURE_TITLE.format(unit=unit_name(shown.unit))
    return picture(title, shown.about, shown.cards, shown.charts, owner.font())
