"""Shorten a digest to what people write on paper, read over the phone and type: six groups of four figures."""

import unicodedata

from ipdesk.problems import Refusal

_GROUPS, _FIGURES = 6, 4
_BETWEEN = " -–—－_.,，、·　\t"


def short(digest: str) -> str:
    """Return the short form of a SHA-256 (hex): 1234-5678-9012-3456-7890-1234, 80 of its bits."""
    whole = _GROUPS * _FIGURES
    figures = f"{int(digest, 16) % 10**whole:0{whole}d}"
    return "-".join(figures[start : start + _FIGURES] for start in range(0, whole, _FIGURES))


def agrees(typed: str, told: str) -> bool:
    """Tell whether somebody typed a short digest; spaces, dashes and full-width figures are tolerated.

    What has not exactly its number of figures is refused: a part of a digest proves little.
    """
    plain = "".join(c for c in unicodedata.normalize("NFKC", typed) if c not in _BETWEEN)
    if len(plain) != _GROUPS * _FIGURES or not (plain.isascii() and plain.isdecimal()):
        raise Refusal(
            f"摘要是 {_GROUPS} 组、每组 {_FIGURES} 位的数字，请照纸上写全，如 1234-5678-9012-3456-7890-1234"
        )
    return plain == told.replace("-", "")
