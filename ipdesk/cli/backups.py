"""Commands on backups: make one, here or elsewhere, and bring the workspace back from one."""

from collections.abc import Mapping
from pathlib import Path

import click

from ipdesk.actions import backups as deeds
from ipdesk.actions import restoring
from ipdesk.cli.command import PATH, Command
from ipdesk.cli.session import Session, pass_session, warn
from ipdesk.problems import Absent, Damage, Refusal
from ipdesk.store import Store, Wish


@click.command(
    cls=Command,
    help="备份：不写位置则放进工作区的 backups 文件夹；写文件或文件夹（如U盘）则另存到那里。附件和钥匙文件一并带上。",
)
@click.argument("where", type=PATH, required=False, metavar="[文件|文件夹]")
@click.option(
    "--second", type=PATH, help="设定第二备份位置（另一块硬盘或U盘上的文件夹），以后每次备份都写一份"
)
@click.option("--no-second", is_flag=True, help="不再备份到第二位置")
@click.option("--list", "listing", is_flag=True, help="只列出已有的备份")
@pass_session
def backup(session: Session, where: Path | None, second: Path | None, no_second: bool, listing: bool) -> None:
    """Write a verified copy of the store."""
    if sum((where is not None, second is not None, no_second, listing)) > 1:
        raise Refusal("位置、--second、--no-second、--list 一次只能写一样")
    with session.store() as store:
        if listing:
            _list(session, store)
        elif no_second:
            deeds.set_second(store, None)
            session.tell({"second": None}, "以后只备份在本机")
        else:
            _tell_made(session, _made(store, where, second))


def _made(store: Store, where: Path | None, second: Path | None) -> deeds.Made | None:
    if second is not None:
        return deeds.set_second(store, second)
    return deeds.make(store) if where is None else deeds.make_to(store, where)


def _tell_made(session: Session, made: deeds.Made | None) -> None:
    if made is None:
        return
    if made.problem:
        warn([made.problem])
    files = [str(path.absolute()) for path in (made.path, made.second) if path]
    told = {"file": files[0], "second": files[1] if len(files) > 1 else None, "problem": made.problem}
    session.tell(told, *(f"已备份到 {file}，打开核对无误" for file in files))


def _list(session: Session, store: Store) -> None:
    found = deeds.listed(store)
    rows = [
        {"file": str(one.path), "time": one.at.astimezone().isoformat(timespec="seconds"), "why": one.why}
        for one in found
    ]
    lines = [f"{one.at:%Y-%m-%d %H:%M}  {one.label}  {one.path}" for one in found]
    session.tell({"backups": rows}, *(lines or ["还没有备份"]))


@click.command(
    cls=Command,
    help="从备份恢复。--rebuild 重建：报过的较新内容由市局回执送回；--go-back 回到备份：以备份的内容为准。",
)
@click.argument("file", type=PATH, metavar="文件")
@click.option("--rebuild", "wish", flag_value="rebuild", help="重建：以市局和备份里较新的为准")
@click.option("--go-back", "wish", flag_value="go-back", help="回到备份：以备份的内容为准")
@click.option("--dry-run", is_flag=True, help="只看备份是什么、会失去什么，不恢复")
@pass_session
def restore(session: Session, file: Path, wish: Wish | None, dry_run: bool) -> None:
    """Bring the workspace back from a backup."""
    if wish is None:
        raise Refusal("请写明怎样恢复：--rebuild 重建，或 --go-back 回到备份")
    file = file.absolute()
    try:
        found, done = _restored(session, file, wish, dry_run)
    except (Damage, Absent):
        found, done = _rescued(session, file, wish, dry_run)
    if done:
        with session.store():  # completes it
            pass
    session.tell(_document(found, done), *found.lines(wish), *_done(done))


Outcome = tuple[restoring.Look, restoring.Restored | None]


def _restored(session: Session, file: Path, wish: Wish, dry_run: bool) -> Outcome:
    with session.store() as store:
        if dry_run:
            return restoring.preview(store, file), None
        done = restoring.restore(store, file, wish)
        return done.look, done


def _rescued(session: Session, file: Path, wish: Wish, dry_run: bool) -> Outcome:
    with session.doors.rescue(session.workspace, session.unlocking(), file) as stage:
        if dry_run:
            return restoring.look(stage, file, None), None
        done = restoring.put_back(stage, file, wish)
        return done.look, done


def _document(found: restoring.Look, done: restoring.Restored | None) -> dict[str, object]:
    since: Mapping[str, int] = found.deeds or {}
    return {
        "file": str(found.file),
        "time": found.at.astimezone().isoformat(timespec="seconds"),
        "unit_code": found.unit_code,
        "role": found.role,
        "device": found.device,
        "counts": found.counts,
        "present": found.present,
        "lost": {name: since.get(name, 0) for name in ("added", "changed", "deleted")},
        "unsent": found.unsent,
        "lacks_keys": found.lacks_keys,
        "restored": done is not None,
        "before": str(done.before) if done and done.before else None,
        "lacking": done.lacking if done else 0,
    }


def _done(done: restoring.Restored | None) -> list[str]:
    if done is None:
        return ["只是预览，没有恢复"]
    told = [f"恢复之前的状态在 {done.before}"] if done.before else []
    lacking = [f"有 {done.lacking} 份附件的内容不在备份里，请用原文件重新添加"] if done.lacking else []
    return ["已恢复", *told, *lacking]


COMMANDS = (backup, restore)
