"""The screens: Qt widgets over the core; the store is reached only through its protocol on one worker thread."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from ipdesk.doors import Create
from ipdesk.kinds.declare import Catalogue
from ipdesk.store import Stage, Store


def run(
    catalogue: Catalogue,
    open_store: Callable[[Path, str | None], Store],
    create_store: Create,
    is_locked: Callable[[Path], bool],
    rescue: Callable[[Path, str | None, Path], AbstractContextManager[Stage]],
    folder: Path | None = None,
    password: str | None = None,
) -> int:
    """Open the window, on ``folder`` where one is told, and return the exit code once it is closed."""
    from ui.program import Program
    from ui.start.window import Ways

    return Program(catalogue, Ways(open_store, create_store, is_locked, rescue)).run(folder, password)
