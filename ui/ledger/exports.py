"""Write what the list shows, or the blank form, to a file that the clerk names."""

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QWidget

from ipdesk.kinds.declare import Ledger
from ipdesk.past import NOW
from ipdesk.records import Query
from ipdesk.store import Moment, Store
from ui.session import Session
from ui.texts import common, intake
from ui.texts import ledger as texts
from ui.widgets.basic import button
from ui.widgets.notice import Notice
from ui.worker import Report, Task


class Exports:
    """The export deeds of one ledger."""

    def __init__(self, session: Session, ledger: Ledger, page: QWidget) -> None:
        """Work for a page."""
        self._session, self._ledger, self._page = session, ledger, page
        self._task: Task | None = None
        self.stop_button = button(intake.GIVE_UP, clicked=self.give_up)
        self.notice = Notice(self.stop_button)

    def shown(self, query: Query, suffix: str, moment: Moment = NOW) -> None:
        """Write the rows listed, now or at a past moment, personal values masked."""
        if self._task:
            return
        name = texts.EXPORT_NAME.format(label=self._ledger.label, stamp=f"{date.today():%Y%m%d}")
        out = self._asked(name + suffix, common.EXCEL if suffix == ".xlsx" else common.CSV)
        if not out:
            return
        ledger = self._ledger

        def op(store: Store, report: Report) -> int:
            from ipdesk.export import export

            return export(store, ledger, query, out, moment=moment, progress=report)

        def done(count: int) -> None:
            self._end()
            self._session.tell(texts.EXPORTED.format(count=count, name=out.name))

        def tell(rows: int, total: int) -> None:
            part = f"{100 * rows // total}%" if total else ""
            self.notice.tell(texts.EXPORTING.format(name=out.name, part=part), "busy")

        tell(0, 0)
        self._task = self._session.work(self._page, op, done, self._failed, tell)

    def give_up(self) -> None:
        """Stop; nothing was written."""
        if self._task:
            self._task.cancel()
        self._end()

    def _end(self) -> None:
        self._task = None
        self.notice.tell("")

    def _failed(self, _error: Exception) -> bool:
        self._end()
        return False

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
