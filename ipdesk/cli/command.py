"""Commands as this program has them: common options anywhere on the line, explanations in Chinese."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from ipdesk.cli.session import Session

_HEADINGS = {"Options": "选项", "Commands": "命令"}


class Place(click.Path):
    """A path; an empty one (a script's unset variable) is none, least of all the folder one stands in."""

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> Path:
        """Return the path; an empty one is wrong usage."""
        if not str(value):
            self.fail("路径是空的，请写明文件或文件夹", param, ctx)
        return Path(value)


class Words(click.ParamType[str]):
    """A text, which bytes of another encoding are not."""

    name = "文字"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the text; what is none is wrong usage."""
        try:
            value.encode()
        except UnicodeEncodeError:
            self.fail("内容里有认不出的字符，请用 UTF-8 重新输入", param, ctx)
        return value


PATH, WORDS = Place(), Words()


class Assignment(click.ParamType[tuple[str, str]]):
    """FIELD=VALUE, as a pair of texts."""

    name = "字段=值"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        """Return name and text; without an equals sign it is wrong usage."""
        name, equals, text = WORDS.convert(value, param, ctx).partition("=")
        if not equals or not name.strip():
            self.fail(f"“{value}”应写成 字段=值，值里有空格时整段加引号", param, ctx)
        return name.strip(), text


def _keep(name: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    """Return a callback that keeps an option in the session, wherever on the line it stood."""

    def keep(context: click.Context, _parameter: click.Parameter, value: object) -> None:
        if value:
            setattr(context.find_object(Session), name, value)

    return keep


def _common_options() -> list[click.Option]:
    """Return the options that every command takes, before or after its name."""
    kept: dict[str, Any] = {"expose_value": False}
    return [
        click.Option(("--workspace",), type=PATH, help="工作区文件夹", callback=_keep("folder"), **kept),
        click.Option(
            ("--json",), is_flag=True, help="只输出一个 JSON 文档", callback=_keep("as_json"), **kept
        ),
        click.Option(
            ("--password-file",), type=PATH, help="写着口令的文件", callback=_keep("password_file"), **kept
        ),
    ]


class _Formatter(click.HelpFormatter):
    """Help with Chinese headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the usage line."""
        super().write_usage(prog, args, prefix or "用法：")

    def write_heading(self, heading: str) -> None:
        """Write the heading of a section."""
        super().write_heading(_HEADINGS.get(heading, heading))


class _Context(click.Context):
    formatter_class = _Formatter


class _Chinese(click.Command):
    """A command that takes the common options and explains itself in Chinese."""

    context_class = _Context

    def __init__(self, *arguments: Any, **settings: Any) -> None:  # noqa: ANN401  # what click passes on
        super().__init__(*arguments, **{"options_metavar": "[选项]", **settings})
        self.params.extend(_common_options())

    def get_help_option(self, context: click.Context) -> click.Option | None:
        """Return the help option in Chinese."""
        option = super().get_help_option(context)
        if option is not None:
            option.help = "显示这段说明"
        return option


class Command(_Chinese):
    """A single command."""


class Group(_Chinese, click.Group):
    """A command of commands."""

    command_class = Command

    def __init__(self, *arguments: Any, **settings: Any) -> None:  # noqa: ANN401  # what click passes on
        super().__init__(*arguments, **{"no_args_is_help": False, "subcommand_metavar": "命令 …", **settings})
