"""Make the look from one token file: style sheet, palette and the contrast that every colour pair must have."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from PySide6.QtGui import QColor, QFont, QPalette

from ipdesk.resources import resource

_NAMED = re.compile(r"@(colour|type|space|size|icon)\.([a-z0-9-]+?)(?=px|[^a-z0-9-]|$)")
_ROLES: Mapping[QPalette.ColorRole, str] = {
    QPalette.ColorRole.Window: "canvas",
    QPalette.ColorRole.WindowText: "ink",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "head",
    QPalette.ColorRole.Text: "ink",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "ink",
    QPalette.ColorRole.Highlight: "primary",
    QPalette.ColorRole.HighlightedText: "on-primary",
    QPalette.ColorRole.PlaceholderText: "faint",
    QPalette.ColorRole.ToolTipBase: "surface",
    QPalette.ColorRole.ToolTipText: "ink",
    QPalette.ColorRole.Link: "primary",
    QPalette.ColorRole.Accent: "primary",
}


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours (``#rrggbb``), type sizes, spaces and sizes (logical px), and what stands on what.

    ``pairs`` are (text, ground), ``marks`` (line or ring, ground); ``tones`` give the codes of a table their
    colour of state, under "" the one of all others.
    """

    colour: Mapping[str, str]
    type: Mapping[str, int]
    space: Mapping[str, int]
    size: Mapping[str, int]
    pairs: tuple[tuple[str, str], ...]
    marks: tuple[tuple[str, str], ...]
    tones: Mapping[str, Mapping[str, str]]

    def paint(self, name: str) -> QColor:
        """Return a colour to paint with."""
        return QColor(self.colour[name])

    def tone(self, table: str, code: str) -> str:
        """Return the tone of a code: good, busy, warn, bad or idle; empty for tables that tell no state."""
        known = self.tones.get(table, {})
        return known.get(code, known.get("", ""))


@lru_cache
def tokens() -> Tokens:
    """Return the tokens of ``resources/styles/tokens.json``."""
    read: dict[str, Any] = json.loads(resource("styles", "tokens.json").read_text(encoding="utf-8"))
    pairs, marks = (tuple((pair[0], pair[1]) for pair in read.pop(name)) for name in ("pairs", "marks"))
    return Tokens(**read, pairs=pairs, marks=marks)


def sheet() -> str:
    """Return the style sheet with every token filled in; an unknown token is a ``KeyError``."""
    plain = resource("styles", "app.qss").read_text(encoding="utf-8")
    return _NAMED.sub(lambda found: _value(found[1], found[2]), plain)


def _value(group: str, name: str) -> str:
    if group == "icon":
        return resource("icons", f"{name}.svg").as_posix()
    values: Mapping[str, object] = getattr(tokens(), group)
    return str(values[name])


def palette() -> QPalette:
    """Return the palette for what the style sheet leaves to Fusion."""
    made = QPalette()
    for role, name in _ROLES.items():
        made.setColor(role, tokens().paint(name))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, tokens().paint("muted"))
    return made


def sized(name: str, font: QFont, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return a font in a token's size."""
    made = QFont(font)
    made.setPixelSize(tokens().type[name])
    made.setWeight(weight)
    return made


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours after WCAG 2.1 (1 to 21)."""
    light, dark = sorted((_luminance(QColor(one)), _luminance(QColor(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
