"""Commands on sync packages: export, inspect, receive."""

from pathlib import Path

import click

from ipdesk import sync
from ipdesk.actions.backups import before_receive
from ipdesk.cli.command import PATH, Group
from ipdesk.cli.session import DONE, REFUSED, Session, pass_session, warn
from ipdesk.problems import Grade


@click.group(cls=Group, help="同步包：生成、查看、接收。")
def package() -> None:
    """Carry records between county and city."""


@package.command(help="在文件夹（如 U 盘）里生成同步包；市局为每个已登记的县生成一个回执。")
@click.argument("folder", type=PATH, metavar="文件夹")
@click.option("--attachments", is_flag=True, help="附件的内容也随包带去（只限县里；先说明份数和大小）")
@pass_session
def export(session: Session, folder: Path, attachments: bool) -> None:
    """Write packages into a folder."""
    with session.store() as store:
        told = _cargo(sync.cargo(store)) if attachments else {}
        files = [str(file.absolute()) for file in sync.export(store, folder, attachments=attachments)]
        warn(sync.reminders(store))
    session.tell({"files": files, **told}, *(f"已生成 {file}" for file in files))


def _cargo(load: sync.Cargo) -> dict[str, object]:
    """Tell before anything is written what the attachments weigh; return it as JSON tells it."""
    warn([f"随包附件 {load.count} 份，共 {load.size} 字节（{load.size / 2**20:.1f} MB）"])
    if load.waiting:
        warn(
            [f"另有 {load.waiting} 份（{load.waiting_size / 2**20:.1f} MB）这一包装不下，再导出一次即可带上"]
        )
    return {"attachments": {"count": load.count, "bytes": load.size, "waiting": load.waiting}}


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
        if not dry_run:
            before_receive(store)
        done = sync.receive(store, files, dry_run=dry_run)
    refused = [{"file": str(file), "reason": reason} for file, reason in done.refused]
    counts = {"accepted": done.accepted, "unchanged": done.unchanged, "conflicts": done.conflicts}
    summary = f"接收 {done.accepted} 条，未变 {done.unchanged} 条，冲突 {done.conflicts} 条，退回 {len(refused)} 个文件"
    again = [f"{p.file}：以前收过，这次没有变化" for p in done.previews if p.unchanged and not p.accepted]
    pressing = [doubt for doubt in done.doubts if doubt.problem.grade is not Grade.HINT]
    told = [*again, *(f"{r['file']}：{r['reason']}" for r in refused), *map(_doubted, pressing)]
    found = {"_doubts": list(map(_doubt, done.doubts))} if done.doubts else {}
    session.tell({**counts, "refused": refused, **found}, summary, *told)
    return REFUSED if refused else DONE


def _doubt(doubt: sync.Doubt) -> dict[str, object]:
    problem = doubt.problem
    told = {
        "field": problem.field,
        "code": problem.code,
        "grade": problem.grade.value,
        "message": problem.message,
    }
    return {"ledger": doubt.ledger.name, "id": doubt.key.id, "_owner": doubt.key.owner, **told}


def _doubted(doubt: sync.Doubt) -> str:
    return f"请核对：{doubt.ledger.label}“{doubt.name}”（{doubt.problem.code}）{doubt.problem.message}"


COMMANDS = (package,)
