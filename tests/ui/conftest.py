"""What the tests of the screens share: a dressed application, answers instead of dialogs, a session on a real store."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from db import workspace
from ipdesk.kinds import catalogue
from ipdesk.kinds.declare import Ledger
from ipdesk.records import RecordKey
from ipdesk.store import Role, Store
from ui.application import dress
from ui.dialogs import Tone
from ui.preferences import Preferences
from ui.session import Desk, Session
from ui.worker import Worker

FIRM = {
    "enterprise_name": "东台喆䶮新材料有限公司",
    "uscc": "91320981MABJ1XG60Q",
    "unit_code": "320981",
    "stage": "ST15",
    "standard_code": "SD2",
    "contact_name": "卢𬭛",
    "contact_phone": "13900000000",
}
OTHER = {
    "enterprise_name": "东台盛程纺织有限公司",
    "uscc": "91320981MAN2J1K637",
    "unit_code": "320981",
    "stage": "ST08",
}
THIRD = {
    "enterprise_name": "东台㛃华农业发展有限公司",
    "uscc": "91320981MAQHJRWT8Y",
    "unit_code": "320981",
    "stage": "ST15",
    "standard_code": "SD1",
    "cert_status": "CS3",
}
WAIT = 15_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Pass over what the offscreen platform says of itself when windows are sized, raised or take the keys."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


def focused() -> QWidget:
    """Return the widget that the keys go to."""
    widget = QApplication.focusWidget()
    assert widget
    return widget


class FakeDialogs:
    """Stands behind the door for dialogs: gives the answers prepared, keeps what was told and asked."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.asked: list[str] = []
        self.shown: list[QDialog] = []
        self.yes = True
        self.files: list[Path] = []
        self.out: Path | None = None
        self.folder: Path | None = None
        self.printed: list[object] = []
        self.printer: QPrinter | None = None

    def tell(self, _parent: QWidget | None, title: str, text: str, _tone: Tone = "info") -> None:
        self.told.append(f"{title}｜{text}")

    def ask(
        self, _parent: QWidget | None, title: str, text: str, _yes: str, _no: str = "", tone: Tone = "warning"
    ) -> bool:
        self.asked.append(f"{title}｜{text}")
        return self.yes

    def open_files(self, _parent: QWidget | None, _title: str, _filters: str) -> list[Path]:
        return self.files

    def save_file(self, _parent: QWidget | None, _title: str, name: str, _filters: str) -> Path | None:
        return self.out / name if self.out and self.out.is_dir() else self.out

    def choose_folder(self, _parent: QWidget | None, _title: str) -> Path | None:
        return self.folder

    def show(self, dialog: QDialog) -> bool:
        self.shown.append(dialog)
        return self.yes

    def choose_printer(self, _parent: QWidget | None) -> QPrinter | None:
        return self.printer

    def print_text(self, _parent: QWidget | None, text: str) -> bool:
        self.printed.append(text)
        return self.yes


@pytest.fixture(scope="session", autouse=True)
def _dressed(qapp: QApplication) -> None:
    dress(qapp)


@pytest.fixture
def dialogs() -> FakeDialogs:
    return FakeDialogs()


@pytest.fixture
def bugs() -> list[BaseException]:
    return []


@pytest.fixture
def desk(dialogs: FakeDialogs, bugs: list[BaseException], tmp_path: Path) -> Desk:
    return Desk(catalogue(), dialogs, Preferences(tmp_path / "window.json"), bugs.append)


MakeSession = Callable[..., Session]


@pytest.fixture
def make_session(desk: Desk, tmp_path: Path, qtbot: QtBot) -> Iterator[MakeSession]:
    """Return a maker of sessions on new stores: ``make_session(role, unit, password, rows)``."""
    made: list[Session] = []

    def make(
        role: Role = "county",
        unit: str = "320981",
        password: str | None = None,
        office_name: str = "东台市市场监督管理局",
        rows: tuple[dict[str, Any], ...] = (),
    ) -> Session:
        folder, worker = tmp_path / f"{unit}-{len(made)}", Worker()
        told: list[Any] = []
        create = partial(workspace.create, folder, desk.catalogue, role=role, unit_code=unit)

        def open_new() -> tuple[Store, Any]:
            store, _key = create(office_name=office_name, password=password)
            for row in rows:
                _add(store, desk.catalogue.ledger("guanbiao"), row)
            return store, store.office

        owner = QWidget()
        qtbot.addWidget(owner)
        worker.open(open_new, told.append, told.append, owner)
        qtbot.waitUntil(lambda: bool(told), timeout=WAIT)
        assert not isinstance(told[0], Exception), told[0]
        made.append(Session(desk, worker, told[0], folder))
        return made[-1]

    yield make
    for session in made:
        session.close()


def _add(store: Store, ledger: Ledger, row: dict[str, Any]) -> RecordKey:
    from ipdesk.actions.ledger import add

    return add(store, ledger, row, "测试")


@pytest.fixture
def session(make_session: MakeSession) -> Session:
    """Return a county's session with three enterprises."""
    return make_session(rows=(FIRM, OTHER, THIRD))


@pytest.fixture
def settle(qtbot: QtBot) -> Callable[[Session], None]:
    """Return a function that waits until a session's worker has told everything."""

    def wait(session: Session) -> None:
        qtbot.wait(1)
        qtbot.waitUntil(lambda: not session.worker.busy, timeout=WAIT)
        QApplication.processEvents()

    return wait
