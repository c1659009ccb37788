"""Run the real program in this process: the wiring of ``ipdesk.__main__`` over a workspace of its own."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from ipdesk.cli.app import main
from ipdesk.doors import Doors
from ipdesk.kinds import catalogue


@dataclass(frozen=True)
class Answer:
    """What a run of the program told."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401  # whatever the command answers
        """Return the one JSON document on stdout."""
        return json.loads(self.out)


Run = Callable[..., Answer]


@pytest.fixture(scope="session")
def doors() -> Doors:
    wired: Doors = import_module("ipdesk.__main__").doors(catalogue())
    return wired


@pytest.fixture(autouse=True)
def _quick_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make passwords cheap to try: their cost is tested with the store."""
    monkeypatch.setattr("db.keyfile.COSTS", dict.fromkeys(("password", "recovery", "open"), (2, 8, 1)))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "东台"


@pytest.fixture
def run(doors: Doors, folder: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a runner: ``run("list", "guanbiao")`` in the workspace of this test; ``at`` is another one's folder."""

    def run_program(*words: object, at: Path = folder) -> Answer:
        capsys.readouterr()
        code = main([f"--workspace={at}", *map(str, words)], doors)
        told = capsys.readouterr()
        return Answer(code, told.out, told.err)

    return run_program


@pytest.fixture
def county(run: Run, folder: Path) -> Path:
    """Return the folder of a county's workspace without a password."""
    told = run(
        "init", "--role", "county", "--unit", "320981", "--office-name", "东台市知识产权局", "--no-password"
    )
    assert told.code == 0, told.err
    return folder
