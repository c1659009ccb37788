"""The commands count and parameter: the figures of the registers, and by which rules they are counted."""

from collections.abc import Iterator
from datetime import date

import click

from ipdesk import parameters
from ipdesk.cli.asked import Day, as_of, known_on
from ipdesk.cli.command import WORDS, Command, Group
from ipdesk.cli.session import Session, pass_session
from ipdesk.figures import CategoryFigure, ClassFigure, Figure, Figures, figures, material
from ipdesk.past import reading
from ipdesk.store import Moment


@click.command(
    cls=Command, help="按统计参数数出新增贯标企业、现行有效、服务机构、收入、人才、培训人次和人数。"
)
@as_of
@known_on
@pass_session
def count(session: Session, as_of: date | None, known_on: date | None) -> None:
    """Count by the parameters."""
    moment = Moment(as_of, known_on)
    with session.store() as store:
        by, told = parameters.parameters(store), parameters.told(store)
        with reading(store, moment) as source:
            found = figures(material(source), by, moment.day)
    document = {**_document(found), "parameters": [_parameter(one) for one in told]}
    session.tell(document, *_lines(found))


def _document(found: Figures) -> dict[str, object]:
    return {
        "day": found.day.isoformat(),
        "figures": [_figure(one) for one in found.figures],
        "by_basis": dict(found.bases),
        "classes": [_class(one) for one in found.classes],
        "categories": [_category(one) for one in found.categories],
    }


def _figure(figure: Figure) -> dict[str, object]:
    return {
        "name": figure.name,
        "label": figure.label,
        "value": figure.value,
        "measure": figure.measure,
        "ledger": figure.ledger,
        "ids": list(figure.count.ids),
        "unclear": [{"id": one.id, "unit_code": one.unit, "why": one.why} for one in figure.count.unclear],
    }


def _class(one: ClassFigure) -> dict[str, object]:
    trained = {"times": one.trained.times.value, "people": one.trained.people.value}
    return {"id": one.key.id, "course_name": one.name, "start_date": one.start or None, **trained}


def _category(one: CategoryFigure) -> dict[str, object]:
    counted = {"counts": one.counts, "people": one.people.value, "times": one.times.value}
    return {"category": one.code or None, "label": one.label, **counted}


def _lines(found: Figures) -> Iterator[str]:
    for figure in found.figures:
        doubt = f"（另有 {len(figure.count.unclear)} 条说不清）" if figure.count.unclear else ""
        yield f"{figure.label}：{figure.words} {figure.measure}{doubt}"
    yield "新增贯标企业按三种口径：" + "，".join(
        f"{basis} {value} 家" for basis, value in found.bases.items()
    )
    for one in found.classes:
        times, people = one.trained.times.value, one.trained.people.value
        yield f"  {one.name or '没有写班次'} {one.start}：{times} 人次，{people} 人"
    for kind in found.categories:
        toward = "计入3000人" if kind.counts else "不计入"
        yield f"  {kind.label}（{toward}）：在册 {kind.people.value} 人，培训 {kind.times.value} 人次"


@click.group(cls=Group, help="统计参数：按什么口径数，依据是什么。")
def parameter() -> None:
    """Gather the commands on parameters."""


@parameter.command("list", help="列出统计参数，各带依据和日期。")
@pass_session
def list_parameters(session: Session) -> None:
    """List the parameters."""
    with session.store() as store:
        told = parameters.told(store)
    lines = (f"{one.name}  {one.label}：{one.words}  依据：{one.source}（{one.date}）" for one in told)
    session.tell({"rows": [_parameter(one) for one in told]}, *lines)


@parameter.command("set", help="改一个统计参数，写明依据和日期。")
@click.argument("name", type=WORDS, metavar="参数")
@click.argument("value", type=WORDS, metavar="值")
@click.option("--source", type=WORDS, required=True, help="依据：文件名或文号")
@click.option("--date", "day", type=Day(), required=True, metavar="日期", help="依据的日期")
@pass_session
def set_parameter(session: Session, name: str, value: str, source: str, day: date) -> None:
    """Change a parameter."""
    found = parameters.find(name)
    with session.store() as store:
        wanted = parameters.read_words(found, value)
        parameters.set_parameter(store, found, wanted, source=source, day=day.isoformat())
        one = next(one for one in parameters.told(store) if one.name == found)
    session.tell(_parameter(one), f"{one.label}已改为：{one.words}，依据：{one.source}（{one.date}）")


def _parameter(one: parameters.Told) -> dict[str, object]:
    changes = [
        {"at": c.at, "before": c.before, "after": c.after, "source": c.source, "date": c.date}
        for c in one.changes
    ]
    told = {"name": one.name, "label": one.label, "value": one.value, "source": one.source, "date": one.date}
    return {**told, "changes": changes, "sent": one.sent}


COMMANDS = (count, parameter)
