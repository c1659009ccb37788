"""A clerk's desk without a mouse: a screen of its own, the real program on it, keys pressed, pictures kept."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

NEEDED = ("Xvfb", "xdotool", "openbox")
SIZE = "1366x768x24"
PATIENCE = 40.0  # seconds until a screen must have come to what is waited for
STEP = 0.08
QUIET = 6  # looks in a row that find nobody at work before the next key is pressed


def missing() -> str:
    """Return which of the programs that play screen and hands are not on this PC."""
    return "、".join(name for name in NEEDED if not shutil.which(name))


class Screen:
    """A screen that nobody looks at, with a window manager that gives the keys to the front window."""

    def __init__(self) -> None:
        """Start the first screen that is free."""
        read, write = os.pipe()
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", SIZE, "-nolisten", "tcp"],
            pass_fds=(write,),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(write)
        with os.fdopen(read) as told:
            self.name = f":{told.readline().strip()}"
        environment = {**os.environ, "DISPLAY": self.name}
        self._manager = subprocess.Popen(
            ["openbox"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    @property
    def pids(self) -> tuple[int, int]:
        """Return the processes that bring a key to the program."""
        return self._server.pid, self._manager.pid

    def close(self) -> None:
        """End what was started here."""
        for process in (self._manager, self._server):
            process.terminate()
            process.wait()


class Clerk:
    """Starts the program on a workspace and works it by keys alone."""

    def __init__(
        self, screen: Screen | None, folder: Path, pictures: Path, environment: Mapping[str, str]
    ) -> None:
        """Keep where to work; ``pictures`` is the folder for what the screen showed."""
        self.folder, self._screen, self._pictures, self._count = folder, screen, pictures, 0
        shown = {"DISPLAY": screen.name, "QT_QPA_PLATFORM": "xcb"} if screen else {}
        self._environment = {**os.environ, **environment, **shown}
        self._program: subprocess.Popen[bytes] | None = None

    # ------------------------------------------------------------ program
    def start(self) -> None:
        """Start the program on the workspace and wait for its window."""
        command = [sys.executable, "-m", "ipdesk", "--workspace", str(self.folder)]
        self._program = subprocess.Popen(command, env=self._environment)
        self.await_window("知识产权工作台")

    @property
    def is_running(self) -> bool:
        """Tell whether the program is there."""
        return self._program is not None

    def close(self) -> int:
        """Close the front window as people do and return how the program ended."""
        if self._program is None:
            return 0
        self.key("alt+F4")
        try:
            return self._program.wait(20)
        except subprocess.TimeoutExpired:
            self._program.send_signal(signal.SIGTERM)
            self._program.wait()
            raise
        finally:
            self._program = None

    def stop(self) -> None:
        """End a program that is still there."""
        if self._program:
            self._program.terminate()
            self._program.wait()
            self._program = None

    def run(self, *words: str | Path) -> str:
        """Run a command of the program on the workspace and return what it says."""
        command = [sys.executable, "-m", "ipdesk", *map(str, words), "--workspace", str(self.folder)]
        done = subprocess.run(command, env=self._environment, capture_output=True, text=True, check=False)
        assert done.returncode in (0, 1), done.stderr
        return done.stdout

    # ------------------------------------------------------------ hands and eyes
    @property
    def _pids(self) -> list[int]:
        """Return the processes through whose hands a key goes: the screen, its manager, the program."""
        program = [self._program.pid] if self._program else []
        return [*(self._screen.pids if self._screen else ()), *program]

    def settle(self) -> None:
        """Wait until the program has dealt with what it was given, however slow the PC is at the moment."""
        quiet = 0

        def looks_done() -> bool:
            nonlocal quiet
            quiet = 0 if any(map(_is_at_work, self._pids)) else quiet + 1
            return quiet >= QUIET

        wait(looks_done, "a program at rest")

    def _xdotool(self, *words: str) -> str:
        command = ["xdotool", *words]
        done = subprocess.run(command, env=self._environment, capture_output=True, text=True, check=False)
        return done.stdout

    def key(self, *keys: str) -> None:
        """Press keys one after another, as xdotool names them."""
        for one in keys:
            self._xdotool("key", "--clearmodifiers", one)
            self.settle()

    def type(self, text: str) -> None:
        """Type a text into what has the focus."""
        self._xdotool("type", "--clearmodifiers", "--delay", "25", text)
        self.settle()

    def fill(self, text: str) -> None:
        """Replace what a line holds."""
        self.key("ctrl+a")
        self.type(text)

    @property
    def title(self) -> str:
        """Return the title of the window that has the keys."""
        return self._xdotool("getactivewindow", "getwindowname").strip()

    def await_window(self, words: str) -> None:
        """Wait until a window whose title has the words has the keys."""
        wait(lambda: re.search(words, self.title) is not None, f"window {words}, not {self.title!r}")
        self.settle()

    def picture(self, name: str) -> Path:
        """Keep what the screen shows."""
        self._count += 1
        out = self._pictures / f"{self._count:02d}-{name}.png"
        out.parent.mkdir(parents=True, exist_ok=True)
        grab(self._environment["DISPLAY"], out)
        return out


def grab(display: str, out: Path) -> None:
    """Write a picture of a whole screen; a program of Qt's on the same screen takes it."""
    code = (
        "import sys\n"
        "from PySide6.QtGui import QGuiApplication\n"
        "app = QGuiApplication([])\n"
        "app.primaryScreen().grabWindow(0).save(sys.argv[1])\n"
    )
    environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    subprocess.run([sys.executable, "-c", code, str(out)], env=environment, check=True, capture_output=True)


def _is_at_work(process: int) -> bool:
    """Tell whether a thread of a process runs, waits for its turn or for the disk; one that is gone does not."""
    try:
        return any(_state(task) in "RD" for task in Path("/proc", str(process), "task").iterdir())
    except OSError:
        return False


def _state(task: Path) -> str:
    """Return the letter of a thread's state; its name, in brackets before it, may hold anything."""
    return (task / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]


def wait(done: Callable[[], bool], what: str) -> None:
    """Wait until something is so."""
    end = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < end, f"never came to be: {what}"
        time.sleep(STEP)
