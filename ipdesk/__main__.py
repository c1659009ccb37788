"""Wire the program to its store and its screens; nothing else knows all three."""

import io
import multiprocessing
import os
import sys
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

from ipdesk.cli.app import main as run
from ipdesk.doors import Doors
from ipdesk.kinds import catalogue
from ipdesk.kinds.declare import Catalogue
from ipdesk.problems import Refusal
from ipdesk.store import Role, Stage, Store


def doors(known: Catalogue) -> Doors:
    """Return the ways into a workspace; store and screens are loaded only when used."""

    def create(
        folder: Path, *, role: Role, unit_code: str, office_name: str, password: str | None
    ) -> tuple[Store, str]:
        from db import workspace
        from ipdesk import codes
        from ipdesk.actions.workspace import make

        codes.use(codes.Tables())  # no city has published anything to a workspace that is made
        make_store = partial(workspace.create, catalogue=known)
        return make(
            make_store, folder, role=role, unit_code=unit_code, office_name=office_name, password=password
        )

    def open_store(folder: Path, password: str | None) -> Store:
        from db import workspace
        from ipdesk import codes, sync

        store = workspace.open_store(folder, known, password)
        try:
            sync.awake(store)
            codes.use(sync.tables(store))
        except BaseException:
            store.close()
            raise
        return store

    def is_locked(folder: Path) -> bool:
        from db import workspace

        return (folder / workspace.KEYS).is_file() and workspace.is_locked(folder)

    def rescue(folder: Path, password: str | None, backup: Path) -> AbstractContextManager[Stage]:
        from db import workspace

        return workspace.rescue(folder, known, password, backup)

    def show(folder: Path, password: str | None) -> int:
        import ui

        if not _has_screen():
            raise Refusal("这里没有图形界面，打不开窗口；命令的用法见 ipdesk --help")
        return ui.run(known, open_store, create, is_locked, rescue, folder, password)

    return Doors(known, create, open_store, is_locked, show, rescue)


def _has_screen() -> bool:
    """Tell whether a window can be shown: Qt would end the process without a word."""
    told = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not sys.platform.startswith("linux") or any(os.environ.get(name) for name in told)


def _speak_utf8() -> None:
    """Make the streams UTF-8 on any console; a window has none, so what is told there goes nowhere."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        elif stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115  # kept to the end


def main() -> int:
    """Run the program and return its exit code."""
    multiprocessing.freeze_support()
    _speak_utf8()
    return run(sys.argv[1:], doors(catalogue()))


if __name__ == "__main__":
    sys.exit(main())
