"""Turn whatever stops a command into exactly one plain Chinese line."""

from pathlib import Path

import click

from ipdesk import files
from ipdesk.crash import report_crash
from ipdesk.problems import Refusal

CANCELLED = "已取消，没有做完"
CLOSED = "接收输出的程序先关闭了，结果没有显示完"
CRASHED = "程序出错，这一步没有做完；{}"
KEPT = "出错说明在“{}”，其中没有个人信息，请交给维护人员"


def sentence(error: BaseException, logs: Path) -> str:
    """Return what stopped the program; a bug leaves a crash report in ``logs``."""
    match error:
        case Refusal():
            words = error.message
        case click.ClickException():
            words = usage(error)
        case click.Abort() | KeyboardInterrupt() | EOFError():
            words = CANCELLED
        case BrokenPipeError():
            words = CLOSED
        case OSError():
            words = files.reason(error)
        case _:
            words = _crashed(error, logs)
    return " ".join(words.split())


def _crashed(error: BaseException, logs: Path) -> str:
    kept = report_crash(error, logs)
    return CRASHED.format(KEPT.format(kept) if kept else f"错误种类：{type(error).__name__}")


def usage(error: click.ClickException) -> str:
    """Return in Chinese what is wrong with a command line."""
    match error:
        case click.NoSuchOption():
            words = f"没有“{error.option_name}”这个选项"
        case click.exceptions.NoSuchCommand():
            words = f"没有“{error.command_name}”这个命令"
        case click.MissingParameter():
            words = f"缺少 {_hint(error)}"
        case click.BadParameter():
            words = _bad_value(error)
        case click.BadOptionUsage():
            words = f"选项“{error.option_name}”用法不对，看看后面是否少写或多写了内容"
        case click.UsageError() if error.ctx and isinstance(error.ctx.command, click.Group):
            known = "、".join(error.ctx.command.list_commands(error.ctx))
            words = f"“{error.ctx.command_path}”后面要写明做什么：{known}"
        case _:
            words = "命令后面多了认不出的内容，内容里有空格时请加引号"
    return words + _help(error)


def _bad_value(error: click.BadParameter) -> str:
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        return f"{_hint(error)} 只能是 {'、'.join(kind.choices)}"
    if isinstance(kind, click.IntRange):
        return f"{_hint(error)} 后面要写不小于 {kind.min} 的整数"
    if isinstance(kind, click.types.IntParamType):
        return f"{_hint(error)} 后面要写整数"
    return error.message


def _hint(error: click.BadParameter) -> str:
    """Return what a parameter is called on the command line."""
    if error.param is None:
        return str(error.param_hint or "")
    return error.param.get_error_hint(error.ctx).replace("'", "")


def _help(error: click.ClickException) -> str:
    path = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "ipdesk"
    return f"（用 {path} --help 查看用法）"
