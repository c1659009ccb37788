"""Fields that hang on others: a reason stands below what it excuses, some are collected only where switched on."""

from collections.abc import Mapping, Sequence

from ipdesk.fields import Value
from ipdesk.kinds.declare import Field, Ledger
from ui.form.field import FieldBox
from ui.texts import ledger as texts

Boxes = Mapping[str, FieldBox]


def in_order(fields: Sequence[Field]) -> list[Field]:
    """Return fields with every reason right behind the field that it excuses."""
    reasons = {field.excused_by: field.name for field in fields if field.excused_by}
    by_name = {field.name: field for field in fields}
    found: list[Field] = []
    for field in fields:
        if field.name not in reasons:
            found.append(field)
            found += [by_name[field.excused_by]] if field.excused_by in by_name else []
    return found


def tie(ledger: Ledger, boxes: Boxes, values: Mapping[str, Value]) -> None:
    """Show and lock the boxes made so far as what is typed, else what is stored, asks for."""
    for box in boxes.values():
        if reason := boxes.get(box.field.excused_by):
            _excuse(box, reason)
    for name, switch in ledger.switches.items():
        if name in boxes:
            _collect(boxes[name], ledger.field(switch), boxes.get(switch), values)


def _excuse(box: FieldBox, reason: FieldBox) -> None:
    """Ask for a reason where the value is in doubt; once given, the value may stand."""
    given = bool(reason.entry.strip())
    reason.setVisible(box.is_doubtful or given)
    box.excuse(given)


def _collect(box: FieldBox, switch: Field, by: FieldBox | None, values: Mapping[str, Value]) -> None:
    on = by.entry == "1" if by else bool(values.get(switch.name))
    box.bar("" if on else texts.NOT_COLLECTED.format(switch=switch.label))
