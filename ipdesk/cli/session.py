"""What every command shares: the workspace, how it is opened, and how results are told."""

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

import click
from platformdirs import user_documents_path, user_log_path

from ipdesk.actions.backups import at_start
from ipdesk.actions.workspace import told_of_copy
from ipdesk.doors import Doors
from ipdesk.files import read_start
from ipdesk.kinds.declare import Catalogue, Ledger
from ipdesk.problems import Problem, Refusal
from ipdesk.store import Store

WORKSPACE, PASSWORD = "IPDESK_WORKSPACE", "IPDESK_PASSWORD"
FOLDER_NAME = "知识产权工作台"
DONE, REFUSED, FAILED = 0, 1, 2
_LONGEST_SECRET = 4096  # bytes of a password file that are read


@dataclass
class Session:
    """One run of the program: where it works, with which password, and in which form it answers."""

    doors: Doors
    folder: Path | None = None
    password_file: Path | None = None
    as_json: bool = False

    @property
    def workspace(self) -> Path:
        """Return the workspace folder: as told, by the environment, or the usual one among the documents."""
        told = self.folder or os.environ.get(WORKSPACE)
        return Path(told).absolute() if told else usual_workspace()

    @property
    def logs(self) -> Path:
        """Return where crash reports go: into the workspace, or among the user's logs while there is none."""
        inside = self.workspace / "logs"
        return inside if inside.is_dir() else user_log_path("ipdesk", appauthor=False)

    @property
    def catalogue(self) -> Catalogue:
        """Return the declared kinds and ledgers."""
        return self.doors.catalogue

    @cached_property
    def password(self) -> str | None:
        """Return the password from the file or the environment, ``None`` when neither tells one.

        It is read once: the file may be a pipe.
        """
        if self.password_file is None:
            told = os.environ.get(PASSWORD, "").encode(errors="surrogatepass")
            return _secret(told, f"环境变量 {PASSWORD} ")
        return secret_of(self.password_file, "口令文件") or None

    @contextmanager
    def store(self) -> Iterator[Store]:
        """Open the workspace for the length of a command."""
        store = self.doors.open(self.workspace, self.unlocking())
        try:
            _save_first(store)
            warn(told_of_copy(store))
            yield store
        finally:
            store.close()

    def unlocking(self) -> str | None:
        """Return what unlocks the workspace; it is asked for only where somebody sits at a terminal."""
        if self.password is not None or not self.doors.is_locked(self.workspace):
            return self.password
        if not is_terminal():
            raise Refusal(f"这个工作区有口令，请用 --password-file 或环境变量 {PASSWORD} 给出")
        return str(click.prompt("口令", hide_input=True, err=True))

    def ledger(self, name: str) -> Ledger:
        """Return a declared ledger."""
        return self.catalogue.ledger(name)

    def tell(self, document: Mapping[str, object], *lines: str) -> None:
        """Answer: with one JSON document, or with some lines to read."""
        if self.as_json:
            click.echo(json.dumps(document, ensure_ascii=False))
        else:
            click.echo("\n".join(lines))


def secret_of(file: Path, what: str = "文件") -> str:
    """Return the secret that a file tells on its first lines; it may be a pipe."""
    return _secret(read_start(file, _LONGEST_SECRET), f"{what}“{file.name}”") or ""


def _secret(told: bytes, where: str) -> str | None:
    """Return a password as it is typed, ``None`` for an empty one."""
    try:
        return told.decode("utf-8-sig").rstrip("\r\n") or None
    except UnicodeDecodeError:
        raise Refusal(f"{where}不是 UTF-8 文本，请重新保存") from None


def local_time(at: str) -> str:
    """Return a kept time of day as it is here, to the minute."""
    return f"{datetime.fromisoformat(at).astimezone():%Y-%m-%d %H:%M}"


def _save_first(store: Store) -> None:
    """Begin a day with a backup, if anything is unsaved; what stands in its way stops no work."""
    try:
        made = at_start(store)
    except Refusal as refusal:
        warn([refusal.message])
    else:
        warn([made.problem] if made and made.problem else [])


def usual_workspace() -> Path:
    """Return the folder that is used when none is told."""
    return user_documents_path() / FOLDER_NAME


def is_terminal() -> bool:
    """Tell whether somebody can be asked."""
    return sys.stdin is not None and sys.stdin.isatty()


def warn(lines: Iterable[str]) -> None:
    """Tell something beside the answer, a line each."""
    for line in lines:
        click.echo(line, err=True)


def sentences(problems: Iterable[Problem]) -> list[str]:
    """Return findings as lines, each with its place in the sheet where it has one."""
    return [f"{_place(p)}{p.message}" for p in problems]


def _place(problem: Problem) -> str:
    sheet = f"“{problem.sheet}”" if problem.sheet else ""
    return f"{sheet}第{problem.row}行：" if problem.row else ""


pass_session = click.make_pass_decorator(Session)
