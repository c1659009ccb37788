"""Run the program's command line: in this process, in a child that breaks at some write, or as a process killed."""

import ctypes
import io
import json
import os
import random
import shutil
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from ipdesk.cli.app import main
from ipdesk.doors import Doors
from ipdesk.kinds import catalogue
from tests.simulation.breaking import KILLED, MODES

PROJECT = Path(__file__).parents[2]
SHIM = "LD_PRELOAD"
DEEPEST = 250  # writes of a command before it breaks, at most
BUGS = ("Traceback", "程序出错")


class Told(NamedTuple):
    """How a command ended: its exit code (none where it was killed), its document and what it said beside."""

    code: int | None
    document: dict[str, Any]
    beside: str


@dataclass
class Runner:
    """Runs commands and keeps a list of them; whatever a bug says fails the run."""

    folder: Path
    dice: random.Random
    log: list[str] = field(default_factory=list)
    broken: int = 0
    killed: int = 0

    def __post_init__(self) -> None:
        """Wire the program."""
        wired: Doors = import_module("ipdesk.__main__").doors(catalogue())
        self._doors = wired

    def run(self, workspace: Path, *words: object, risky: bool = False) -> Told:
        """Run one command; a risky one may be broken or killed somewhere on its way."""
        line = ["--json", f"--workspace={workspace}", *map(str, words)]
        self.log.append(f"{workspace.name}: {' '.join(line[2:])}")
        chance = self.dice.random() if risky else 1.0
        if chance < 0.2 and SHIM in os.environ:
            told = self._breaking(line)
        elif chance < 0.24:
            told = self._killed(line)
        else:
            told = self._here(line)
        self.log.append(f"    {told.code} {told.beside.strip()[:200]}")
        assert not any(bug in told.beside for bug in BUGS), told.beside
        return told

    def _here(self, line: list[str]) -> Told:
        out, beside = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(beside):
            code = main(line, self._doors)
        return Told(code, _document(out.getvalue(), code), beside.getvalue())

    def _breaking(self, line: list[str]) -> Told:
        """Run in a child whose N-th write fails, or where it ends half-way through that."""
        number, mode = 1 + int(DEEPEST * self.dice.random() ** 2), self.dice.choice(MODES)
        self.log.append(f"    {mode} at write {number}")
        out, beside = self.folder / "stdout", self.folder / "stderr"
        for file in (out, beside):
            file.write_text("", "utf-8")
        if child := os.fork():
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            self.broken += 1
        else:
            _work(lambda: self._armed(line, number, 1 + MODES.index(mode)), out, beside)
        told = out.read_text("utf-8")
        return Told(None if code == KILLED else code, _document(told, code), beside.read_text("utf-8"))

    def _armed(self, line: list[str], number: int, how: int) -> Told:
        shim = ctypes.CDLL(None)
        shim.shim_arm(ctypes.c_long(number), how)
        try:
            return self._here(line)
        finally:
            shim.shim_disarm()

    def _killed(self, line: list[str]) -> Told:
        """Run as a process of its own, ended at some moment of its way, or just too late for that."""
        after = 0.3 + self.dice.random()
        self.log.append(f"    a process, killed after {after:.2f} s")
        own = {n: v for n, v in os.environ.items() if n != SHIM and not n.startswith("COVERAGE")}
        process = subprocess.Popen(
            [sys.executable, "-m", "ipdesk", *line],
            cwd=PROJECT,
            env=own,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        with suppress(subprocess.TimeoutExpired):
            process.wait(after)
        process.kill()
        out, beside = process.communicate()
        self.killed += process.returncode < 0
        code = process.returncode if process.returncode >= 0 else None
        return Told(code, _document(out, code), beside)


def _work(work: "Any", out: Path, beside: Path) -> None:  # noqa: ANN401  # a callable
    """Do some work in a child and end it, leaving what it told in two files."""
    code = 3
    try:
        told = work()
        out.write_text(json.dumps(told.document), "utf-8")
        beside.write_text(told.beside, "utf-8")
        code = told.code
    except BaseException as error:  # noqa: BLE001  # told by the parent
        beside.write_text(f"Traceback {error!r}", "utf-8")
    finally:
        os._exit(code)


def _document(out: str, code: int | None) -> dict[str, Any]:
    """Return the one document that a command tells; a command that ended tells it whole, or none."""
    try:
        found: dict[str, Any] = json.loads(out) if out else {}
    except ValueError:
        assert code is None or code == KILLED, out
        return {}
    return found


def stick(folder: Path, number: int) -> Path:
    """Return a new empty folder, as a stick."""
    path = folder / f"stick{number}"
    path.mkdir()
    return path


def copied(source: Path, target: Path) -> Path:
    """Copy what a store can be opened from, as it lies there after whatever happened."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    for name in ("ipdesk.db", "ipdesk.db-wal", "ipdesk.key"):
        with suppress(FileNotFoundError):
            shutil.copy(source / name, target)
    return target
