"""Derive the pages of the main window from what the catalogue declares and what the workspace is."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from ipdesk.kinds.deciding import CONFLICT, CORRECTION
from ipdesk.kinds.declare import Ledger
from ipdesk.kinds.sync import PACKAGE
from ipdesk.kinds.training import TRAINING_LEDGER
from ipdesk.past import NOW
from ipdesk.records import RecordKey
from ipdesk.store import Store
from ui.backups.keeper import Keeper
from ui.backups.restored import tell_restored
from ui.channel.ways import CHANNEL, add_channel
from ui.icons import PICTURES
from ui.keys.ways import KEYS, add_keys
from ui.ledger.history import moment
from ui.ledger.page import LedgerPage
from ui.session import Session
from ui.texts import answers as answer_texts
from ui.texts import ledger as ledger_texts
from ui.texts import window as texts
from ui.todo.desk import TodoDesk
from ui.ways import add_desks
from ui.widgets.page import Page
from ui.window.main import MainWindow
from ui.window.navigation import Entry

TODO, SYNC, REPORTS, FIGURES, SETTINGS = "todo", "sync", "reports", "figures", "settings"
BACKUPS, OVERVIEW, PERIODS, TASKS = "backups", "overview", "periods", "tasks.board"
ARCHIVE = "archive"
GROUP_KEYS = 6  # Alt and this number lead to the first group; a city's desks have those before it


def fill(window: MainWindow, session: Session) -> None:
    """Add every page this workspace has; those not seen at first are made when first asked for."""
    way = Entry(OVERVIEW, texts.OVERVIEW, "overview", keys="Ctrl+0")
    window.add_later(way, lambda: _overview_page(window, session))
    _add_ledgers(window, session)
    desk = _follow_todo(window, session)
    window.add_later(Entry(TODO, texts.TODO, "todo"), lambda: _todo_page(window, session, desk))
    if session.is_city:
        add_desks(window, session, lambda ledger, key: open_record(window, ledger, key))
    sync_label = texts.SYNC_CITY if session.is_city else texts.SYNC_COUNTY
    window.add_later(Entry(SYNC, sync_label, "sync", apart=True), lambda: _sync_page(window, session))
    window.add_later(Entry(REPORTS, texts.REPORTS, "report"), lambda: _report_page(window, session))
    window.add_below(REPORTS, ARCHIVE, lambda: _archive_page(window, session))
    window.add_later(Entry(FIGURES, texts.FIGURES, "target"), lambda: _figures_page(window, session))
    window.add_later(Entry(SETTINGS, texts.SETTINGS, "settings"), lambda: _settings_page(window, session))
    window.add_below(SETTINGS, BACKUPS, lambda: _backup_page(window, session))
    add_keys(window, session, SETTINGS, SYNC)
    add_channel(window, session, SETTINGS)
    _follow_sync(window, session)
    Keeper(session, window)
    tell_restored(session, window)


def _add_ledgers(window: MainWindow, session: Session) -> None:
    """Add the ledgers, those of a group behind one way."""
    every = session.catalogue.ledgers.values()
    first, *others = [ledger for ledger in every if not ledger.group]
    window.add(_entry(first), _ledger_page(window, session, first))
    for ledger in others:
        window.add_later(_entry(ledger), partial(_ledger_page, window, session, ledger))
    for number, (name, label) in enumerate(ledger_texts.GROUPS.items(), GROUP_KEYS):
        members = [ledger for ledger in every if ledger.group == name]
        made = _own_pages(window, session, name)
        made += [(_entry(ledger), partial(_ledger_page, window, session, ledger)) for ledger in members]
        window.add_group(Entry(name, label, PICTURES[name], keys=f"Alt+{number}"), made)
    for ledger in every:
        window.add_below(
            ledger.group or ledger.name, _intake(ledger), partial(_intake_page, window, session, ledger)
        )


def _own_pages(window: MainWindow, session: Session, group: str) -> list[tuple[Entry, Callable[[], Page]]]:
    """Return the pages of a group that are no ledger's and stand before them."""
    ways: dict[str, tuple[Entry, Callable[[], Page]]] = {
        "indicators": (Entry(PERIODS, texts.PERIODS, "report"), lambda: _periods_page(session)),
        "tasks": (Entry(TASKS, texts.TASKS, "check"), lambda: _tasks_page(window, session)),
    }
    return [ways[group]] if group in ways else []


def _periods_page(session: Session) -> Page:
    from ui.reporting.page import PeriodsPage

    return PeriodsPage(session)


def _entry(ledger: Ledger) -> Entry:
    label = ledger_texts.TITLE.get(ledger.name, ledger.label)
    return Entry(ledger.name, label, PICTURES.get(ledger.name, "report"))


def _intake(ledger: Ledger) -> str:
    return f"{ledger.name}.intake"


def _ledger_page(window: MainWindow, session: Session, ledger: Ledger) -> LedgerPage:
    page, intake = LedgerPage(session, ledger), _intake(ledger)
    page.intake_asked.connect(lambda: _ask_intake(window, intake))
    page.files_dropped.connect(lambda files: _begin_intake(window, intake, files))
    page.print_asked.connect(lambda: _report_of(window, page))
    if ledger.name == TRAINING_LEDGER.name:
        from ui.notice.way import NoticeWay

        NoticeWay(session, page)
    if session.is_city:
        from ui.desks.propose_way import ProposeWay
        from ui.desks.return_way import ReturnWay

        ProposeWay(session, page)
        ReturnWay(session, page)
    return page


def _ask_intake(window: MainWindow, name: str) -> None:
    from ui.intake.page import IntakePage

    page = window.page(name)
    if isinstance(page, IntakePage) and window.may_leave() and page.choose():
        window.go(name)


def _begin_intake(window: MainWindow, name: str, files: Sequence[Path]) -> None:
    from ui.intake.page import IntakePage

    page = window.page(name)
    if isinstance(page, IntakePage) and window.go(name):
        page.begin(*files)


def _intake_page(window: MainWindow, session: Session, ledger: Ledger) -> Page:
    from ui.intake.page import IntakePage

    page = IntakePage(session, ledger)
    page.left.connect(lambda: window.go(ledger.name))
    return page


def _follow_todo(window: MainWindow, session: Session) -> TodoDesk:
    """Keep the count of what presses at the way to its page."""
    desk, tell = TodoDesk(session, window), window.navigation.tell_count
    desk.told.connect(lambda: tell(TODO, desk.pressing, texts.TODO_COUNT))
    return desk


def _todo_page(window: MainWindow, session: Session, desk: TodoDesk) -> Page:
    from ui.todo.page import TodoPage

    page = TodoPage(session, desk)
    page.record_asked.connect(lambda ledger, key: open_record(window, ledger, key))
    return page


def open_record(window: MainWindow, ledger: str, key: RecordKey) -> None:
    """Show a record's form, standing on it in its list."""
    page = window.page(ledger)
    if isinstance(page, LedgerPage) and window.may_leave():
        if page.list.moment:
            page.list.look_at(NOW)  # the past cannot be written, and may not have known the record
        page.list.wish(key)
        if page.list.is_narrowed:
            page.list.reset()  # a list that hides the record would lead away from it
        window.go(ledger)
        page.open(key)


def _sync_page(window: MainWindow, session: Session) -> Page:
    if session.is_city:
        from ui.sync.city import CityPage

        return CityPage(session)
    from ui.sync.county import CountyPage

    page = CountyPage(session)
    page.record_asked.connect(lambda ledger, key: open_record(window, ledger, key))
    return page


def _report_of(window: MainWindow, page: LedgerPage) -> None:
    """Show the report of what is looked at, be it of the past."""
    from ui.report.page import ReportPage

    report = window.page(REPORTS)
    if isinstance(report, ReportPage):
        report.moment = page.list.moment
    window.go(REPORTS)


def _report_page(window: MainWindow, session: Session) -> Page:
    from ui.report.page import ReportPage

    page = ReportPage(session)
    page.archive_asked.connect(lambda: window.go(ARCHIVE))
    return page


def _archive_page(window: MainWindow, session: Session) -> Page:
    from ui.archive.page import ArchivePage

    page = ArchivePage(session)
    page.left.connect(lambda: window.go(REPORTS))
    return page


def _figures_page(window: MainWindow, session: Session) -> Page:
    from ui.figures.page import FiguresPage

    page = FiguresPage(session)
    page.record_asked.connect(lambda ledger, key: open_record(window, ledger, key))
    return page


def _overview_page(window: MainWindow, session: Session) -> Page:
    from ui.overview.page import OverviewPage

    page = OverviewPage(session)
    page.record_asked.connect(lambda ledger, key: open_record(window, ledger, key))
    return page


def _tasks_page(window: MainWindow, session: Session) -> Page:
    from ui.tasks.page import TasksPage

    page = TasksPage(session)
    page.record_asked.connect(lambda ledger, key: open_record(window, ledger, key))
    return page


def _settings_page(window: MainWindow, session: Session) -> Page:
    from ui.settings.page import SettingsPage

    page = SettingsPage(session)
    page.backups_asked.connect(lambda: window.go(BACKUPS))
    page.keys_asked.connect(lambda: window.go(KEYS))
    page.channel_asked.connect(lambda: window.go(CHANNEL))
    return page


def _backup_page(window: MainWindow, session: Session) -> Page:
    from ui.backups.page import BackupPage

    page = BackupPage(session)
    page.left.connect(lambda: window.go(SETTINGS))
    return page


def _follow_sync(window: MainWindow, session: Session) -> None:
    """Keep the word about the last package in the status line up to date."""

    def ask() -> None:
        session.ask(window, _last_sync, window.status.tell_sync)

    session.changed.connect(lambda changed: ask() if PACKAGE.name in changed.kinds else None)
    ask()
    if not session.is_city:
        _follow_asked(window, session)


def _follow_asked(window: MainWindow, session: Session) -> None:
    """Keep at the way to the exchange how many corrections and conflicts wait for a county's answer."""
    concerned = {PACKAGE.name, CORRECTION.name, CONFLICT.name}

    def tell(count: int) -> None:
        window.navigation.tell_count(SYNC, count, answer_texts.COUNT)

    def ask() -> None:
        session.ask(window, _asked, tell)

    session.changed.connect(lambda changed: ask() if changed.kinds & concerned else None)
    ask()


def _asked(store: Store) -> int:
    """Return how many of the city's corrections and of the conflicts are open."""
    return len(store.find(CORRECTION, state="open")) + len(store.find(CONFLICT, state="open"))


def _last_sync(store: Store) -> str:
    """Return when the last package went or came, in words."""
    city = store.office.role == "city"
    way = {"direction": "in", "type": "package"} if city else {"direction": "out", "type": "package"}
    last = max((str(r.values.get("at") or "") for r in store.find(PACKAGE, **way)), default="")
    if not last:
        return texts.NEVER_RECEIVED if city else texts.NEVER_SENT
    return (texts.LAST_RECEIVED if city else texts.LAST_SENT).format(at=moment(last))
