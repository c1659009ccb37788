"""The commands publish and channel: what the city sends down to all counties, and what of it is in force here."""

from pathlib import Path

import click

from ipdesk import sync
from ipdesk.actions.publishing import publish_codes, publish_new_plan, publish_parameters, publish_plan
from ipdesk.cli.command import PATH, Command, Group
from ipdesk.cli.session import Session, local_time, pass_session, warn


@click.group(cls=Group, help="市局下发统计参数、报送安排、代码表；随下一次回执和授权到各县。")
def publish() -> None:
    """Publish what counts for the whole city."""


@publish.command(help="下发统计参数；给出表格时先按表修改（列：参数、值、依据、日期）。")
@click.argument("file", type=PATH, required=False, metavar="[文件.csv]")
@pass_session
def parameters(session: Session, file: Path | None) -> None:
    """Publish the counting parameters."""
    with session.store() as store:
        _tell(session, publish_parameters(store, file))


@publish.command(help="下发报送安排；给出表格时先按表修改（列：频次、天数、起始期）。")
@click.argument("file", type=PATH, required=False, metavar="[文件.csv]")
@pass_session
def reporting(session: Session, file: Path | None) -> None:
    """Publish the plan of reporting."""
    with session.store() as store:
        _tell(session, publish_plan(store, file))


@publish.command(help="下发一张代码表；列与程序的代码表相同，文件名写成代码表的名字，如 towns.csv。")
@click.argument("file", type=PATH, metavar="文件.csv")
@pass_session
def codes(session: Session, file: Path) -> None:
    """Publish a code table."""
    with session.store() as store:
        _tell(session, publish_codes(store, file))


@publish.command(help="下发另一个计划（指标、阶段、任务）；空表由 plan template 命令生成。")
@click.argument("file", type=PATH, metavar="计划.xlsx")
@pass_session
def plan(session: Session, file: Path) -> None:
    """Publish another plan."""
    with session.store() as store:
        _tell(session, publish_new_plan(store, file))


def _tell(session: Session, document: sync.Document) -> None:
    done = f"已下发{document.label}第{document.version}版，请导出回执带给各县"
    session.tell(_row(document), done)


def _row(document: sync.Document) -> dict[str, object]:
    told = {"name": document.name, "label": document.label, "version": document.version}
    return {**told, "at": document.at, "digest": document.digest}


@click.command(cls=Command, help="列出市局下发的、现在有效的内容，各带版本和日期。")
@pass_session
def channel(session: Session) -> None:
    """List what came down and is in force."""
    with session.store() as store:
        found, refused = sync.documents(store), [*sync.troubles(store), *sync.lost(store)]
    lines = (f"{one.name}  {one.label}：第{one.version}版（{local_time(one.at)}）" for one in found)
    session.tell({"rows": list(map(_row, found)), "refused": refused}, *lines)
    warn(refused)


COMMANDS = (publish, channel)
