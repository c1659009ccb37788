"""The command line as a whole: its commands, and the one place where whatever stops one becomes a line."""

import os
import sys
from collections.abc import Sequence
from functools import cache

import click

from ipdesk import __version__
from ipdesk.cli import errors
from ipdesk.cli.command import Group
from ipdesk.cli.session import DONE, FAILED, Session
from ipdesk.doors import Doors


@cache
def _commands() -> dict[str, click.Command]:
    """Load the commands, which the window does without."""
    from ipdesk.cli import (
        archive,
        backups,
        channel,
        count,
        deciding,
        documents,
        enrol,
        filters,
        indicators,
        ledger,
        package,
        period,
        report,
        reporting,
        sheet,
        tasks,
        todo,
        workspace,
    )

    nouns = (
        workspace,
        sheet,
        ledger,
        filters,
        documents,
        todo,
        count,
        indicators,
        tasks,
        period,
        package,
        deciding,
        enrol,
        channel,
        reporting,
        report,
        archive,
        backups,
    )
    found = [c for noun in nouns for c in noun.COMMANDS]
    return {str(command.name): command for command in found}


class _Root(Group):
    """The program itself."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of a day's work."""
        return list(_commands())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by name."""
        return _commands().get(cmd_name)


@click.group(
    cls=_Root, invoke_without_command=True, help="知识产权工作台。不写命令则打开窗口。只登记非涉密信息。"
)
@click.version_option(__version__, "--version", message="IPDesk 知识产权工作台 %(version)s", help="显示版本")
@click.pass_context
def root(context: click.Context) -> int | None:
    """Open the window where no command is given."""
    session = context.ensure_object(Session)
    return None if context.invoked_subcommand else session.doors.show(session.workspace, session.password)


def main(arguments: Sequence[str], doors: Doors) -> int:
    """Run one command line and return its exit code: 0 done, 1 done but something refused, 2 nothing done."""
    session = Session(doors)
    try:
        with root.make_context("ipdesk", list(arguments), obj=session) as context:
            code = root.invoke(context)
        sys.stdout.flush()
        return int(code or DONE)
    except click.exceptions.Exit as done:  # --help and --version
        return done.exit_code
    except (Exception, KeyboardInterrupt) as error:
        return _stopped(error, session)


def _stopped(error: BaseException, session: Session) -> int:
    if isinstance(error, BrokenPipeError):
        _silence_output()
    click.echo(errors.sentence(error, session.logs), err=True)
    return FAILED


def _silence_output() -> None:
    """Send what is still buffered nowhere, since whoever read it has gone."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
