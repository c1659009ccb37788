"""Give what people decide about a short name that stays the same: the beginning of a digest of its identity."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from ipdesk.problems import Refusal

_LENGTHS = (8, 12, 16, 64)
_LEAST = 4


class Named(Protocol):
    """Something with a full digest."""

    @property
    def digest(self) -> str:
        """Return its identity's digest, in hex."""


Item = TypeVar("Item", bound=Named)


def digest_of(*parts: object) -> str:
    """Return the digest of an identity, in hex."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()


def shortened(digests: Iterable[str]) -> dict[str, str]:
    """Return each digest's short form: 8 digits, more for all of them where two would be alike."""
    every = set(digests)
    length = next(n for n in _LENGTHS if len({one[:n] for one in every}) == len(every) or n == _LENGTHS[-1])
    return {one: one[:length] for one in every}


def found(items: Sequence[Item], name: str, what: str) -> Item:
    """Return the only one whose digest begins so; none or several are refused."""
    name = name.strip().lower()
    fitting = [one for one in items if len(name) >= _LEAST and one.digest.startswith(name)]
    if len(fitting) != 1:
        several = f"有{len(fitting)}条{what}的编号以“{name}”开头，请把编号写全"
        raise Refusal(several if fitting else f"没有编号为“{name}”的{what}，请先列出来查编号")
    return fitting[0]
