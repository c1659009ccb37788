"""While a backup takes the place of the store, nobody else opens the workspace."""

from collections.abc import Callable
from pathlib import Path

import pytest

from db import alone, restoring, workspace
from db.store import SqlStore
from ipdesk.kinds import catalogue
from ipdesk.problems import Absent, Refusal


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alone, "PATIENCE", 0.0)


def test_nobody_slips_in_between_the_store_and_its_backup(make_store: Callable[..., SqlStore]) -> None:
    store = make_store()
    begun = store.backups.begin("manual")
    assert begun is not None
    path = begun.finish()
    with store.backups.stage(path) as stage:
        stage.prepare("rebuild", 1)
        store.close()
        with pytest.raises(Refusal, match="正在另一个窗口或程序里使用"):
            workspace.open_store(store.folder, catalogue())
        stage.take_place()
        with pytest.raises(Refusal, match="正在另一个窗口或程序里使用"):
            workspace.open_store(store.folder, catalogue())
    opened = workspace.open_store(store.folder, catalogue())
    assert opened.setting(restoring.ASKED)
    opened.close()


def test_a_look_into_a_backup_holds_nobody_up(make_store: Callable[..., SqlStore]) -> None:
    store = make_store()
    begun = store.backups.begin("manual")
    assert begun is not None
    with store.backups.stage(begun.finish()):
        store.close()
        workspace.open_store(store.folder, catalogue()).close()


def test_where_no_lock_can_be_had_the_store_is_opened_all_the_same(
    make_store: Callable[..., SqlStore], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(_stream: object) -> None:
        raise OSError(95, "not supported")

    store = make_store()
    store.close()
    monkeypatch.setattr(alone, "_lock", none)
    workspace.open_store(store.folder, catalogue()).close()
    with pytest.raises(Absent):
        workspace.open_store(tmp_path / "nowhere", catalogue())
    assert not (tmp_path / "nowhere").exists()
