"""One run of the window: start screens, then the main window of the workspace that was opened."""

from pathlib import Path

from PySide6.QtCore import QTimer

from ipdesk.kinds.declare import Catalogue
from ui.application import catch_bugs, make_application
from ui.crashes import Crashes
from ui.dialogs import Dialogs, QtDialogs
from ui.pages import fill
from ui.preferences import Preferences
from ui.session import Desk, Session
from ui.start.window import StartWindow, Ways
from ui.widgets.initials import warm_up
from ui.window.main import MainWindow

WIDTH, HEIGHT = 1366, 768
WARM = 800  # milliseconds: first the window, then what typing will need
SETTLED = 3000  # milliseconds after which what a window is made of is all there


class Program:
    """Holds the windows while they live."""

    def __init__(self, catalogue: Catalogue, ways: Ways, dialogs: Dialogs | None = None) -> None:
        """Dress the application and make the start window."""
        self.application = make_application()
        self.preferences = Preferences()
        doors = dialogs or QtDialogs(self.preferences)
        self.crashes = Crashes(doors)
        self.start = StartWindow(Desk(catalogue, doors, self.preferences, self.crashes.report), ways)
        self.start.opened.connect(self.show_main)
        self.window: MainWindow | None = None

    def run(self, folder: Path | None, password: str | None) -> int:
        """Show the start window, or go straight through it, until the last window is closed."""
        import sys

        before = catch_bugs(self.crashes.report)
        try:
            QTimer.singleShot(WARM, warm_up)
            self.start.begin(folder, password)
            return self.application.exec()
        finally:
            sys.excepthook = before

    def show_main(self, session: Session) -> None:
        """Show the main window of an open workspace in place of the start window."""
        self.crashes.folder = session.folder
        session.reopen_asked.connect(lambda: self._reopen(session))
        self.window = MainWindow(session)
        fill(self.window, session)
        self._place(self.window)
        self.window.show()
        self.window.go(next(iter(self.window.pages)))
        self.start.hide()
        QTimer.singleShot(SETTLED, self.window, settle)

    def _reopen(self, session: Session) -> None:
        """Open a workspace anew whose store was put back from a backup: that completes it."""
        window, self.window = self.window, None
        session.close()
        if window:
            window.hide()
            window.deleteLater()
        self.start.begin(session.folder, None)

    def _place(self, window: MainWindow) -> None:
        """Fill a small screen; on a large one take the usual size."""
        room = window.screen().availableGeometry()
        if room.width() <= WIDTH or room.height() <= HEIGHT:
            window.showMaximized()
            window.setGeometry(room)
        else:
            window.resize(WIDTH, HEIGHT)


def settle() -> None:
    """Leave what the program is made of out of Python's search for cycles: it stood still for frames over it."""
    import gc

    gc.collect()
    gc.freeze()
