"""Write amounts as people read them."""

from ui.texts import common

STEP = 1024


def size(count: float) -> str:
    """Return a number of bytes as people read it."""
    unit = 0
    while count >= STEP and unit < len(common.BYTES) - 1:
        count, unit = count / STEP, unit + 1
    return common.BYTES[unit].format(count)
