"""What the one module that knows store and screens hands to the rest: the ways into a workspace."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ipdesk.kinds.declare import Catalogue
from ipdesk.store import Role, Stage, Store


class Create(Protocol):
    """Make a workspace; return its open store and its recovery key, which is empty without a password."""

    def __call__(
        self, folder: Path, *, role: Role, unit_code: str, office_name: str, password: str | None
    ) -> tuple[Store, str]:
        """Refuse a folder that holds one already."""
        ...


class MakeStore(Protocol):
    """Make a workspace's store; what ``finish`` does with it belongs to the making, which is whole or not at all."""

    def __call__(
        self,
        folder: Path,
        *,
        role: Role,
        unit_code: str,
        office_name: str,
        password: str | None,
        finish: Callable[[Store, str], None],
    ) -> tuple[Store, str]:
        """Refuse a folder that holds one already."""
        ...


@dataclass(frozen=True, slots=True)
class Doors:
    """The ways into a workspace: ``open`` takes no password where none is set, ``show`` opens the window.

    ``rescue`` (folder, password, backup) gives a backup to be put in the place of a store that is gone or damaged.
    """

    catalogue: Catalogue
    create: Create
    open: Callable[[Path, str | None], Store]
    is_locked: Callable[[Path], bool]
    show: Callable[[Path, str | None], int]
    rescue: Callable[[Path, str | None, Path], AbstractContextManager[Stage]]
