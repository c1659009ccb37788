"""The boxes by which a desk's list is narrowed: how a thing stands, and whose it is."""

from collections.abc import Callable, Mapping

from ipdesk.codes import code_table
from ui.texts import desks as texts
from ui.widgets.choice import FilterBox

_WIDTH = 150  # logical pixels


def filter_boxes(
    states: Mapping[str, str], changed: Callable[[], object], unit: str = "unit"
) -> dict[str, FilterBox]:
    """Return the boxes for state and unit, by the attribute they ask for; ``changed`` is done at every choice."""
    regions = [c for c in code_table("regions").codes if c.attributes["unit_type"] != "市本级"]
    boxes = {
        "state": FilterBox(texts.FILTER_STATE, list(states.items())),
        unit: FilterBox(texts.FILTER_UNIT, [(c.code, c.name) for c in regions]),
    }
    for box, name in zip(boxes.values(), (texts.STATE, texts.UNIT), strict=True):
        box.setAccessibleName(texts.FILTER_NAME.format(label=name))
        box.setMinimumWidth(_WIDTH)
        box.currentIndexChanged.connect(lambda _index: changed())
    return boxes
