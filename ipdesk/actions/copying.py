"""Say which values of a record a new one in its likeness begins with."""

from ipdesk.fields import Text, Value
from ipdesk.kinds.declare import Ledger, Values


def copied(ledger: Ledger, values: Values) -> dict[str, Value]:
    """Return the values without those that make a record its own: key, name, numbers, reasons, persons."""
    own = {ledger.name_field, ledger.key_field, *ledger.unique}
    own |= {f.excused_by for f in ledger.fields}
    own |= {f.name for f in ledger.fields if isinstance(f.type, Text) and f.type.unbroken}
    return {
        f.name: value
        for f in ledger.fields
        if (value := values.get(f.name)) is not None and not (f.name in own or f.identifies or f.personal)
    }
