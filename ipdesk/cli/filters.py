"""Commands on the filters kept under names: filter list, save, delete; list and export take them by --filter."""

import click

from ipdesk.actions import filters as actions
from ipdesk.cli.asked import Conditions, conditions_of, query_of, where
from ipdesk.cli.command import WORDS, Group
from ipdesk.cli.ledger import named, search
from ipdesk.cli.session import Session, pass_session
from ipdesk.kinds.declare import Ledger

called = click.argument("name", type=WORDS, metavar="名称")


@click.group("filter", cls=Group, help="存过的筛选：列出、保存、删除；用 list、export 的 --filter 取用。")
def kept() -> None:
    """Keep what is asked of a ledger under a name."""


@kept.command("list", help="列出存过的筛选；不写台账则列出全部。")
@click.argument("ledger", required=False, metavar="台账")
@pass_session
def list_filters(session: Session, ledger: str | None) -> None:
    """List the filters kept."""
    wanted = [session.ledger(ledger)] if ledger else list(session.catalogue.ledgers.values())
    with session.store() as store:
        found = [(one, saved) for one in wanted for saved in actions.saved(store, one)]
    rows = [_told(one, saved) for one, saved in found]
    lines = (f"{one.label}  {saved.name}  {_words(saved)}".rstrip() for one, saved in found)
    session.tell({"rows": rows}, *lines, f"共 {len(rows)} 个")


def _told(ledger: Ledger, saved: actions.SavedFilter) -> dict[str, object]:
    query = saved.query
    order = [f"{name}{' desc' if downwards else ''}" for name, downwards in query.order]
    asked = {"where": conditions_of(query), "search": query.search, "order": order}
    return {"ledger": ledger.name, "name": saved.name, **asked}


def _words(saved: actions.SavedFilter) -> str:
    searched = [f"搜索“{saved.query.search}”"] if saved.query.search else []
    return "，".join((*conditions_of(saved.query), *searched))


@kept.command(help="把条件存成一个名称；同名的换成新的。")
@named
@called
@where
@search
@pass_session
def save(session: Session, ledger: str, name: str, where: Conditions, search: str) -> None:
    """Keep conditions under a name."""
    wanted = session.ledger(ledger)
    with session.store() as store:
        saved = actions.save(store, wanted, name, query_of(store, wanted, where, search))
    session.tell(_told(wanted, saved), f"已存为“{saved.name}”")


@kept.command(help="删除一个存过的筛选。")
@named
@called
@pass_session
def delete(session: Session, ledger: str, name: str) -> None:
    """Forget a filter."""
    wanted = session.ledger(ledger)
    with session.store() as store:
        actions.delete(store, wanted, name)
    session.tell({"ledger": wanted.name, "name": name, "deleted": 1}, f"已删除筛选“{name}”")


COMMANDS = (kept,)
