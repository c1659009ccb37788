"""Commands on sync packages: export, inspect, receive."""

from pathlib import Path

import click

from ipdesk import sync
from ipdesk.cli.command import PATH, Group
from ipdesk.cli.session import DONE, REFUSED, Session, pass_session, warn


@click.group(cls=Group, help="同步包：生成、查看、接收。")
def package() -> None:
    """Carry records between county and city."""


@package.command(help="在文件夹（如 U 盘）里生成同步包；市局为每个已登记的县生成一个回执。")
@click.argument("folder", type=PATH, metavar="文件夹")
@pass_session
def export(session: Session, folder: Path) -> None:
    """Write packages into a folder."""
    with session.store() as store:
        files = [str(file.absolute()) for file in sync.export(store, folder)]
        warn(sync.reminders(store))
    session.tell({"files": files}, *(f"已生成 {file}" for file in files))


@package.command(help="查看一个同步包是否有效、从哪里来、装了什么；不接收。")
@click.argument("file", type=PATH, metavar="文件")
@pass_session
def inspect(session: Session, file: Path) -> int:
    """Tell what a package is, without taking it in."""
    with session.store() as store:
        found = sync.inspect(store, file)
    told = {"valid": found.valid, "reason": found.reason, "header": found.header}
    lines = [f"{name}：{value}" for name, value in found.header.items()]
    words = "有效" if found.valid else "无效"
    session.tell(told, f"{words}：{found.reason}" if found.reason else words, *lines)
    return DONE if found.valid else REFUSED


@package.command(help="接收同步包或回执；先全部核对，再一次写入。")
@click.argument("files", type=PATH, nargs=-1, required=True, metavar="文件…")
@click.option("--dry-run", is_flag=True, help="只核对，不写入")
@pass_session
def receive(session: Session, files: tuple[Path, ...], dry_run: bool) -> int:
    """Take packages in."""
    with session.store() as store:
        done = sync.receive(store, files, dry_run=dry_run)
    refused = [{"file": str(file), "reason": reason} for file, reason in done.refused]
    counts = {"accepted": done.accepted, "unchanged": done.unchanged, "conflicts": done.conflicts}
    summary = f"接收 {done.accepted} 条，未变 {done.unchanged} 条，冲突 {done.conflicts} 条，退回 {len(refused)} 个文件"
    again = [f"{p.file}：以前收过，这次没有变化" for p in done.previews if p.unchanged and not p.accepted]
    told = [*again, *(f"{r['file']}：{r['reason']}" for r in refused)]
    session.tell({**counts, "refused": refused}, summary, *told)
    return REFUSED if refused else DONE


COMMANDS = (package,)
