"""The camera of the pictures: it takes the window with what stands before it, once everything stands still."""

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from ui.dialogs import QtDialogs, fit
from ui.window.main import MainWindow

REST = 0.45  # seconds without work after which a screen shows what it will
LOOK, LONG = 0.01, 0.05  # seconds between two looks, and those of one that did something


class Camera(QtDialogs):
    """The door for dialogs: whatever would stop the clerk is put into the picture and given up."""

    def __init__(self, out: Path, place: Path) -> None:
        """Keep the pictures in ``out``; files asked for come from and go to ``place``."""
        super().__init__()
        self._out, self._place, self._count = out, place, 0
        self.window: QWidget | None = None
        self.name, self.files, self.yes = "", list[Path](), False
        self.work: Callable[[QDialog], object] = lambda dialog: None

    def show(self, dialog: QDialog) -> bool:
        """Take the picture of a dialog, worked at before, and answer it."""
        fit(dialog)
        dialog.show()
        rest()
        self.work(dialog)
        rest()
        self.take(self.name, dialog)
        dialog.close()
        if self.window:
            self.window.activateWindow()  # without a window system nothing gives the ring back
        return self.yes

    def open_files(self, _parent: QWidget | None, _title: str, _filters: str) -> list[Path]:
        """Choose the files prepared."""
        return self.files

    def save_file(self, _parent: QWidget | None, _title: str, name: str, _filters: str) -> Path | None:
        """Name a file as proposed."""
        return self._place / name

    def choose_folder(self, _parent: QWidget | None, _title: str) -> Path | None:
        """Choose the folder for everything."""
        return self._place

    def take(self, name: str, *over: QWidget) -> None:
        """Write a picture of the window with what stands before it."""
        assert self.window
        picture = self.window.grab()
        painter = QPainter(picture)
        for front in over:
            at = self._middle(front) if isinstance(front, QDialog) else front.pos() - self.window.pos()
            painter.drawPixmap(at, front.grab())
            painter.setPen(QColor("#888888"))
            painter.drawRect(front.rect().translated(at))
        painter.end()
        self._count += 1
        self._out.mkdir(parents=True, exist_ok=True)
        picture.save(str(self._out / f"{self._count:02d}-{name}.png"))

    def _middle(self, front: QWidget) -> QPoint:
        assert self.window
        return self.window.rect().center() - front.rect().center()


def rest(seconds: float = REST) -> None:
    """Let the screens work until no deed is under way and, for a while, every look finds nothing to be done."""
    quiet = 0.0
    while quiet < seconds:
        began = time.monotonic()
        QApplication.processEvents()
        quiet = 0.0 if _is_busy() or time.monotonic() - began > LONG else quiet + LOOK
        time.sleep(LOOK)


def _is_busy() -> bool:
    windows = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow) and w.isVisible()]
    return any(window.session.worker.busy for window in windows)


def until(done: Callable[[], bool]) -> None:
    """Let the screens work until something is so."""
    end = time.monotonic() + 60
    while not done():
        assert time.monotonic() < end, "the screen never came"
        rest(0.05)
