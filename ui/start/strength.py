"""Say how hard a password is to guess, in four steps."""

import math
import re

LEAST = 8
_SORTS = (
    (re.compile("[a-z]"), 26),
    (re.compile("[A-Z]"), 26),
    (re.compile("[0-9]"), 10),
    (re.compile(r"[^a-zA-Z0-9]"), 33),
)
_PLAIN = re.compile(r"^(\d+|[a-z]+|[A-Z]+)$")
FAIR, GOOD = 45.0, 65.0  # bits


def strength(password: str) -> int:
    """Return 0 too short, 1 weak, 2 fair, 3 good: bits by length and sorts of characters, repetition counted once."""
    if len(password) < LEAST:
        return 0
    letters = sum(size for sort, size in _SORTS if sort.search(password))
    bits = len(set(password)) * math.log2(letters)
    if _PLAIN.match(password) and len(password) < 2 * LEAST:
        return 1
    return 1 if bits < FAIR else 2 if bits < GOOD else 3
