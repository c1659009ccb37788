"""The commands archive make and archive open: a period put away as one signed file, and looked at later."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from ipdesk.actions.archiving import Archive, as_document, make_archive, open_archive
from ipdesk.cli.asked import known_on
from ipdesk.cli.command import PATH, WORDS, Group
from ipdesk.cli.session import Session, pass_session
from ipdesk.codes import code_table


@click.group(
    cls=Group, help="归档：把一期的指标、任务、记录和佐证目录存成一个签名的只读文件，以后可打开核对。"
)
def archive() -> None:
    """Gather the commands on archives."""


@archive.command("make", help="归档一期：2024-06（月）、2024-Q2（季）或 2024（年）。")
@click.argument("period", type=WORDS, metavar="期")
@click.argument("out", type=PATH, metavar="文件.ipa")
@known_on
@pass_session
def make(session: Session, period: str, out: Path, known_on: date | None) -> None:
    """Put a period away."""
    with session.store() as store:
        made = make_archive(store, period, out, known_on)
    told = {"file": str(out.absolute()), "digest": made.digest, **_counts(made)}
    session.tell(told, f"已归档{made.period.label}：{out}", f"归档摘要 {made.digest}")


def _counts(made: Archive) -> dict[str, int]:
    return {name: len(lines) for name, lines in made.parts.items()}


@archive.command("open", help="打开一个归档文件：先核对签名和内容，再列出里面的数字、任务和目录。")
@click.argument("file", type=PATH, metavar="文件.ipa")
@pass_session
def look(session: Session, file: Path) -> None:
    """Look at an archive."""
    with session.store() as store:
        found = open_archive(store, file)
    session.tell(as_document(found), *_lines(found))


def _lines(found: Archive) -> Iterator[str]:
    known = found.told("known_on")
    yield f"{found.told('office')} {found.period.label}归档，{found.told('plan_name')}"
    yield f"截至 {found.told('as_of')}{f'，按 {known} 登记的内容' if known else ''}；签名和内容核对无误"
    yield f"归档摘要 {found.digest}"
    for one in found.parts["figures"]:
        unit = code_table("regions").label(str(one["unit_code"]))
        words = f"{one['words']} {one['measure']}，目标 {one['target']}，{one['state']}"
        yield f"  {unit} {one['indicator_code']} {one['name']}：{words}"
    states = Counter(str(one["state"]) for one in found.parts["tasks"])
    yield f"任务：{'，'.join(f'{state} {number}' for state, number in states.items())}"
    yield f"记录 {len(found.parts['records'])} 条，佐证 {len(found.parts['evidence'])} 件"


COMMANDS = (archive,)
