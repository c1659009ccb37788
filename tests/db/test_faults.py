"""Stop the program at every write: the store is as before or as after, never between."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from db import workspace
from db.store import SqlStore
from ipdesk.actions import ledger as deeds
from ipdesk.fields import Value
from ipdesk.kinds import catalogue
from ipdesk.records import Query

ROW: dict[str, Value] = {
    "enterprise_name": "东台锦盛新材料有限公司",
    "uscc": "91320981MABJ1XG60Q",
    "stage": "ST15",
    "subsidy_year": 2024,
}


class Failing:
    """A connection whose N-th statement from now on fails, or ends the process."""

    def __init__(self, real: object, number: int, kill: bool) -> None:
        """Take the real connection."""
        self._real, self._left, self._kill = real, number, kill

    def _count(self) -> None:
        self._left -= 1
        if self._left == 0:
            if self._kill:
                os._exit(9)
            raise OSError("injected")

    def __getattr__(self, name: str) -> object:
        if name in ("execute", "executemany"):
            self._count()
        return getattr(self._real, name)


def break_at(store: SqlStore, number: int, *, kill: bool = False) -> None:
    database = store._db  # noqa: SLF001  # the fault is put where no caller may reach
    database.conn = Failing(database.conn, number, kill)  # type: ignore[assignment]


def whole(store: SqlStore) -> bool:
    """Tell whether the row is there with all its parts; a row in pieces fails the test."""
    known = store.catalogue
    counts = {store.count(kind) for kind in known.ledger("guanbiao").kinds}
    assert counts in ({0}, {1})
    found = len(store.keys(known.ledger("guanbiao"), Query(search="锦盛")))
    assert {found} == counts
    assert store.check() == []
    return counts == {1}


def test_a_failing_statement_takes_the_whole_act_back(make_store: Callable[..., SqlStore]) -> None:
    number, done = 0, False
    while not done:
        number += 1
        store = make_store()
        folder = store.folder
        break_at(store, number)
        try:
            deeds.add(store, store.catalogue.ledger("guanbiao"), ROW, "表单")
            done = True
        except OSError:
            pass
        store.close()
        again = workspace.open_store(folder, catalogue())
        assert whole(again) is done
        again.close()
    assert number > 15


NUMBERS = (1, 5, 9, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_process_killed_at_a_statement_leaves_the_store_whole(tmp_path: Path, number: int) -> None:
    folder = tmp_path / "w"
    workspace.create(folder, catalogue(), role="county", unit_code="320981")[0].close()
    told = subprocess.run([sys.executable, __file__, str(folder), str(number)], check=False, cwd=Path.cwd())
    assert told.returncode in (0, 9)
    again = workspace.open_store(folder, catalogue())
    assert whole(again) is (told.returncode == 0)
    again.close()


if __name__ == "__main__":
    victim = workspace.open_store(Path(sys.argv[1]), catalogue())
    break_at(victim, int(sys.argv[2]), kill=True)
    deeds.add(victim, victim.catalogue.ledger("guanbiao"), ROW, "表单")
