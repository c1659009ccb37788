"""Commands on attachments: document add, list, save, delete."""

from collections.abc import Sequence
from pathlib import Path

import click

from ipdesk.actions import documents as actions
from ipdesk.actions import ledger as rows
from ipdesk.cli.command import PATH, Group
from ipdesk.cli.ledger import SOURCE, key_of, named
from ipdesk.cli.session import Session, pass_session
from ipdesk.codes import code_table
from ipdesk.kinds.document import DOCUMENT
from ipdesk.problems import Refusal
from ipdesk.records import RecordKey
from ipdesk.required import lacking
from ipdesk.store import Store

identified = click.argument("id_", metavar="ID")


@click.group(cls=Group, help="附件：添加、列出、另存、删除。")
def document() -> None:
    """Keep scans and papers with a record."""


@document.command(help="给一条记录添加附件（PDF、图片、文档，每份不超过50 MB）。")
@named
@identified
@click.argument("files", type=PATH, nargs=-1, required=True, metavar="文件…")
@click.option(
    "--as",
    "headings",
    multiple=True,
    metavar="材料",
    help="材料代码或名称，如 D15；也可直接写名称。写一个时各份都用它，写几个时与文件一一对应",
)
@pass_session
def add(session: Session, ledger: str, id_: str, files: Sequence[Path], headings: Sequence[str]) -> None:
    """Attach files to a row."""
    wanted = session.ledger(ledger)
    if len(headings) > 1 and len(headings) != len(files):
        raise Refusal(f"有{len(files)}个文件、{len(headings)}个 --as，应只写一个，或与文件一样多")
    each = headings if len(headings) > 1 else "".join(headings)
    with session.store() as store:
        key = key_of(store, wanted, id_)
        added = actions.add(store, wanted.root, key, files, each, SOURCE)
    session.tell({"ids": [key.id for key in added]}, *(f"已添加 {key.id}" for key in added))


@document.command("list", help="列出一条记录的附件，以及必备而还缺的材料。")
@named
@identified
@pass_session
def list_documents(session: Session, ledger: str, id_: str) -> None:
    """List what is attached to a row and what it lacks."""
    wanted = session.ledger(ledger)
    with session.store() as store:
        key = key_of(store, wanted, id_)
        found, values = actions.of(store, wanted.root, key), rows.one(store, wanted, key).values
    absent = lacking(values, (d.doc_code for d in found)) if "stage" in wanted.by_name else []
    session.tell(
        {
            "rows": [_told(document) for document in found],
            "lacking": [{"doc_code": code.code, "name": code.name} for code in absent],
        },
        *(f"{d.key.id}  {d.label}  {d.file_name}  {d.size} 字节  {d.state}".rstrip() for d in found),
        *(f"缺 {code.code} {code.name}" for code in absent),
        f"共 {len(found)} 份，缺 {len(absent)} 份",
    )


def _told(found: actions.Document) -> dict[str, object]:
    names = ("doc_code", "file_name", "sha256", "size", "media_type", "added_at")
    told = {name: getattr(found, name) for name in names}
    return {"id": found.key.id, **told, "_owner": found.key.owner, "_state": found.state}


@document.command(help="把一个附件另存为文件。")
@identified
@click.argument("file", type=PATH, metavar="文件")
@pass_session
def save(session: Session, id_: str, file: Path) -> None:
    """Write an attachment to a file."""
    with session.store() as store:
        actions.save(store, _key(store, id_), file)
    session.tell({"file": str(file.absolute())}, f"已另存为 {file}")


@document.command(help="删除一个附件；可用 undo 撤销。")
@identified
@pass_session
def delete(session: Session, id_: str) -> None:
    """Delete an attachment."""
    with session.store() as store:
        actions.delete(store, [_key(store, id_)], SOURCE)
    session.tell({"id": id_, "deleted": 1}, "已删除，可用 undo 撤销")


def _key(store: Store, id_: str) -> RecordKey:
    """Return the key of an attachment by its id alone, whichever unit owns it."""
    possible = [RecordKey(unit.code, id_) for unit in code_table("regions").codes]
    for key, record in store.get_many(DOCUMENT, possible).items():
        if not record.deleted:
            return key
    raise Refusal(f"没有 {id_} 这个附件，用 document list 可查到编号")


COMMANDS = (document,)
