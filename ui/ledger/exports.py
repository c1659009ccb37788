"""Write what the list shows, or the blank form, to a file that the clerk names."""

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QWidget

from ipdesk.kinds.declare import Ledger
from ipdesk.records import Query
from ipdesk.store import Store
from ui.session import Session
from ui.texts import common
from ui.texts import ledger as texts


class Exports:
    """The export deeds of one ledger."""

    def __init__(self, session: Session, ledger: Ledger, page: QWidget) -> None:
        """Work for a page."""
        self._session, self._ledger, self._page = session, ledger, page

    def shown(self, query: Query, suffix: str) -> None:
        """Write the rows listed, personal values masked."""
        name = texts.EXPORT_NAME.format(label=self._ledger.label, stamp=f"{date.today():%Y%m%d}")
        out = self._asked(name + suffix, common.EXCEL if suffix == ".xlsx" else common.CSV)
        if not out:
            return
        ledger = self._ledger

        def op(store: Store) -> int:
            from ipdesk.export import export

            return export(store, ledger, query, out)

        told = texts.EXPORTED
        self._session.ask(self._page, op, lambda n: self._session.tell(told.format(count=n, name=out.name)))

    def template(self) -> None:
        """Write the blank form of the ledger."""
        out = self._asked(texts.TEMPLATE_NAME.format(label=self._ledger.label), common.EXCEL)
        if not out:
            return
        ledger, unit = self._ledger, None if self._session.is_city else self._session.office.unit_code

        def op(_store: Store) -> None:
            from ipdesk.template import write_template

            write_template(ledger, out, unit)

        told = texts.TEMPLATE_MADE.format(name=out.name)
        self._session.ask(self._page, op, lambda _none: self._session.tell(told))

    def _asked(self, name: str, filters: str) -> Path | None:
        return self._session.dialogs.save_file(self._page, texts.EXPORT, name, filters)
