"""Say where Tab and Enter go next in a form whose sections are made as they unfold."""

from collections.abc import Sequence

from PySide6.QtWidgets import QApplication, QWidget

from ui.form.field import FieldBox
from ui.form.section import Section


def shown_boxes(sections: Sequence[Section]) -> list[FieldBox]:
    """Return the fields that show, as the eye goes."""
    boxes = [box for section in sections if section.is_open for box in section.boxes.values()]
    return [box for box in boxes if not box.isHidden()]


def neighbour(sections: Sequence[Section], buttons: Sequence[QWidget], step: int) -> QWidget | None:
    """Return where Tab (1) or Shift and Tab (-1) leads from what has the focus; none beyond either end."""
    parts = [stop for section in sections if section.is_open for stop in section.stops]
    stops = [stop for stop in (*parts, *buttons) if stop.isVisible() and stop.isEnabled()]
    focused = QApplication.focusWidget()
    within = [s is focused or (focused is not None and s.isAncestorOf(focused)) for s in stops]
    here = within.index(True) if True in within else None
    if here is None or not 0 <= here + step < len(stops):
        return None
    return stops[here + step]
