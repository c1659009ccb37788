"""What every test shares: no screen, no traces in the user's folders, the shared samples when here."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from db import workspace
from db.store import SqlStore
from ipdesk.kinds import catalogue
from ipdesk.store import Role

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is imported by anything

PROJECT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("IPDESK_SHARED", PROJECT.parent / "shared"))

# Two cores may be busy with other things, so no example is judged by its time; CI always tries the same ones.
settings.register_profile("house", deadline=None, derandomize="CI" in os.environ, print_blob=True)
settings.load_profile("house")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs the shared folder where there is none."""
    if SHARED.is_dir():
        return
    absent = pytest.mark.skip(reason="no shared/ beside the project and no IPDESK_SHARED")
    for item in items:
        if item.get_closest_marker("shared"):
            item.add_marker(absent)


@pytest.fixture(scope="session", autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the markers, settings and data of this PC's user out of reach of the tests."""
    home = tmp_path_factory.mktemp("user")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("IPDESK_MARKERS", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
            patch.setenv(name, str(home / name.lower()))
        patch.delenv("IPDESK_PASSWORD", raising=False)
        patch.setattr("ipdesk.drives._MOUNTS", home / "mounts")  # or an export goes to a stick that is in
        yield


@pytest.fixture(scope="session")
def project() -> Path:
    """Return the root of the project."""
    return PROJECT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder that developers share; a test that takes it carries the marker `shared`."""
    return SHARED


@pytest.fixture
def make_store(tmp_path: Path) -> Iterator[Callable[..., SqlStore]]:
    """Return a maker of real stores: ``make_store(role="county", unit="320981", password=None)``."""
    made: list[SqlStore] = []

    def make(
        role: Role = "county",
        unit: str = "320981",
        password: str | None = None,
        office_name: str = "东台市市场监督管理局",
        folder: Path | None = None,
    ) -> SqlStore:
        place = folder or tmp_path / f"{unit}-{len(made)}"
        store, _ = workspace.create(
            place, catalogue(), role=role, unit_code=unit, office_name=office_name, password=password
        )
        made.append(store)
        return store

    yield make
    for store in made:
        store.close()
