"""Tell a clerk that the program has a bug: one dialog, and a report without personal data."""

from pathlib import Path

from platformdirs import user_log_path
from PySide6.QtWidgets import QApplication

from ipdesk.crash import report_crash
from ui.dialogs import Dialogs
from ui.texts import common


class Crashes:
    """Writes crash reports into the open workspace's logs, or among the user's own while there is none."""

    def __init__(self, dialogs: Dialogs) -> None:
        """Begin without a workspace."""
        self._dialogs = dialogs
        self._telling = False
        self.folder: Path | None = None

    @property
    def logs(self) -> Path:
        """Return where reports go."""
        return self.folder / "logs" if self.folder else user_log_path("ipdesk", appauthor=False)

    def report(self, error: BaseException) -> None:
        """Write a report and tell where it lies; a bug in the telling itself only gets its report."""
        path = report_crash(error, self.logs)
        if self._telling:
            return
        self._telling = True
        try:
            told = f"{common.CRASH_ADVICE}\n{path}" if path else common.CRASH_UNWRITTEN
            self._dialogs.tell(
                QApplication.activeWindow(), common.CRASH_TITLE, f"{common.CRASH}\n\n{told}", "error"
            )
        finally:
            self._telling = False
