"""Fields that hang on others: a reason stands below what it excuses, some are collected only where switched on."""

from collections.abc import Mapping

from ipdesk.fields import Value
from ipdesk.kinds.declare import Field, Ledger
from ui.form.field import FieldBox
from ui.texts import ledger as texts

Boxes = Mapping[str, FieldBox]


def fields_of(ledger: Ledger, section: str) -> list[Field]:
    """Return a section's fields as they are typed: the name, the code that must be given, then as declared.

    Every reason stands right behind the field that it excuses, wherever it is declared.
    """
    reasons = {field.excused_by for field in ledger.fields if field.excused_by}
    found: list[Field] = []
    for field in sorted(ledger.fields, key=lambda field: _rank(ledger, field)):
        if field.section == section and field.name not in reasons:
            found += [field, ledger.field(field.excused_by)] if field.excused_by else [field]
    return found


def _rank(ledger: Ledger, field: Field) -> int:
    """Return 0 for what a record is called, 1 for the code that every record must have, 2 for the rest."""
    if field.name == ledger.name_field:
        return 0
    return 1 if field.name == ledger.key_field and field.required else 2


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
