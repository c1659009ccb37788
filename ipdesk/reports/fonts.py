"""Find the fonts of official papers, split texts by what each font can draw, and embed them copyable.

The four faces are those of GB/T 9704-2012: 仿宋, 楷体, 黑体 and 小标宋. The PC's own are preferred; they are
commercial and never shipped, so open fonts under ``resources/fonts`` stand in for them.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from fnmatch import fnmatchcase
from itertools import groupby
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import SUBSETN, TTFError, TTFont

from ipdesk.problems import Refusal
from ipdesk.resources import resource

BLOCK = 100  # entries allowed in one bfchar block (Adobe Technical Note 5014)


class Role(StrEnum):
    """What a text is set in."""

    FANGSONG = "仿宋"
    KAI = "楷体"
    HEI = "黑体"
    TITLE = "小标宋"


OWN: Mapping[Role, tuple[str, ...]] = {
    Role.FANGSONG: ("仿宋_gb2312.ttf", "simfang.ttf"),
    Role.KAI: ("楷体_gb2312.ttf", "simkai.ttf"),
    Role.HEI: ("simhei.ttf",),
    Role.TITLE: ("方正小标宋*.ttf", "fzxbsjw*.ttf"),
}
SHIPPED: Mapping[Role, tuple[str, ...]] = {
    Role.FANGSONG: ("IPDeskKai-Regular.ttf", "NotoSansSC-Regular.ttf"),
    Role.KAI: ("IPDeskKai-Regular.ttf", "NotoSansSC-Regular.ttf"),
    Role.HEI: ("NotoSansSC-Medium.ttf", "NotoSansSC-Regular.ttf"),
    Role.TITLE: ("NotoSerifSC-Black.ttf", "NotoSansSC-Regular.ttf"),
}
OWN_RARE = ("simsunb.ttf", "simsunextg.ttf")  # CJK extensions B and G, part of every Chinese Windows


class Unprintable(Refusal):
    """Characters that no font here has; ``characters`` lists them."""

    def __init__(self, characters: Iterable[str], where: str = "") -> None:
        """Name every character with its code point, and one text that holds one of them."""
        self.characters = tuple(sorted(characters))
        named = "、".join(f"“{c}”（U+{ord(c):04X}）" for c in self.characters)
        place = f"，见“{where}”" if where else ""
        super().__init__(f"字库里没有{named}，印不出来{place}；请核对这个字，或在本机安装含有它的字体后再试")


class CopyableFont(TTFont):
    """A TrueType font whose text can be copied out of the PDF, characters above U+FFFF included.

    reportlab 5.1 writes those with five or six hexadecimal digits, where ISO 32000-1 9.10.3 asks for
    UTF-16BE, and puts 256 entries into one block, where 100 are allowed.
    """

    def addObjects(self, doc: Any) -> None:  # noqa: ANN401 - reportlab's document has no public type
        """Embed the subsets, then put a right map to Unicode in place of reportlab's."""
        subsets: list[list[int]] = self.state[doc].subsets
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            name = b"+".join((SUBSETN(number), self.face.name)).decode("ascii")
            doc.idToObject[f"toUnicodeCMap:{name}"].content = to_unicode(name, subset)


def to_unicode(name: str, subset: Sequence[int]) -> str:
    """Return the ToUnicode CMap of a one-byte subset: position → UTF-16BE (ISO 32000-1 9.10.3)."""
    pairs = [f"<{i:02X}> <{chr(c).encode('utf-16-be').hex().upper()}>" for i, c in enumerate(subset) if c]
    blocks = (pairs[i : i + BLOCK] for i in range(0, len(pairs), BLOCK))
    return "\n".join(
        (
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            f"/CMapName /{name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<00> <FF>",
            "endcodespacerange",
            *("\n".join((f"{len(b)} beginbfchar", *b, "endbfchar")) for b in blocks),
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        )
    )


def load(path: Path) -> TTFont | None:
    """Return the registered font of a file; ``None`` when it is no embeddable glyf TrueType.

    A digest of the path is part of both names, so two fonts never share a PostScript name in one document.
    """
    mark = hashlib.sha256(str(path).encode()).hexdigest()[:8]
    name = f"IPDesk-{mark}"
    if name in pdfmetrics.getRegisteredFontNames():
        return pdfmetrics.getFont(name)
    try:
        font = CopyableFont(name, str(path))
    except (TTFError, OSError):
        return None
    font.face.name = font.face.name.replace(b"+", b"-") + f"-{mark}".encode()
    pdfmetrics.registerFont(font)
    return font


class Script:
    """One role as it is really set: a chain of fonts, each text split by which font has its characters."""

    def __init__(self, chain: Sequence[Path]) -> None:
        """Keep the chain; its fonts are loaded when a character asks for them."""
        self._chain = chain
        self._fonts: list[TTFont] = []
        self._widths = _Filled(self._resolve)
        self._faces: dict[str, str] = {}
        self._main: set[str] = set()

    @property
    def name(self) -> str:
        """Return the registered name of the font that sets everything it has."""
        return str(next(self._loaded()).fontName)

    def width(self, text: str, size: float = 1.0) -> float:
        """Return the width of a text in points at a size; raises ``Unprintable``."""
        return sum(map(self._widths.__getitem__, text)) * size

    def runs(self, text: str) -> list[tuple[str, str]]:
        """Return the text as (registered font, part); raises ``Unprintable``."""
        if not self._main.issuperset(text):
            self.width(text)
            return [(face, "".join(part)) for face, part in groupby(text, self._faces.__getitem__)]
        return [(self.name, text)] if text else []

    def missing(self, characters: Iterable[str]) -> set[str]:
        """Return those characters that no font of the chain has."""
        return {c for c in characters if c not in self._faces and self._font_of(c) is None}

    def _resolve(self, character: str) -> float:
        font = self._font_of(character)
        if font is None:
            raise Unprintable(character)
        self._faces[character] = font.fontName
        if font is self._fonts[0]:
            self._main.add(character)
        return float(font.face.getCharWidth(ord(character))) / 1000

    def _font_of(self, character: str) -> TTFont | None:
        return next((f for f in self._loaded() if ord(character) in f.face.charToGlyph), None)

    def _loaded(self) -> Iterator[TTFont]:
        """Yield the fonts of the chain, loading the next only when those before did not do."""
        yield from self._fonts
        while self._chain:
            path, *self._chain = self._chain
            if font := load(path):
                self._fonts.append(font)
                yield font


class _Filled(dict[str, float]):
    """Widths by character, asked for once."""

    def __init__(self, ask: Any) -> None:  # noqa: ANN401
        super().__init__()
        self._ask = ask

    def __missing__(self, character: str) -> float:
        self[character] = width = self._ask(character)
        return float(width)


class Fonts:
    """The scripts of all roles, from the PC's own fonts where present and the shipped ones behind them."""

    def __init__(self, own: Sequence[Path] | None = None, shipped: Path | None = None) -> None:
        """Look for fonts in the folders ``own`` (Windows' font folders by default) and ``shipped``."""
        self._own = _files(own_folders() if own is None else own)
        self._shipped = shipped or resource("fonts")
        self._scripts: dict[Role, Script] = {}

    def __getitem__(self, role: Role) -> Script:
        """Return the script of a role."""
        if role not in self._scripts:
            self._scripts[role] = Script(self.chain(role))
        return self._scripts[role]

    def chain(self, role: Role) -> list[Path]:
        """Return the files a role is set from, best first."""
        mine = [*_matching(self._own, OWN[role]), *(self._shipped / name for name in SHIPPED[role])]
        return [*mine, *_matching(self._own, OWN_RARE)]


def own_folders() -> list[Path]:
    """Return the font folders of this Windows PC and its user; none elsewhere."""
    places = (("WINDIR", "Fonts"), ("LOCALAPPDATA", "Microsoft/Windows/Fonts"))
    return [Path(os.environ[variable], rest) for variable, rest in places if os.environ.get(variable)]


def _files(folders: Iterable[Path]) -> list[Path]:
    return sorted(path for folder in folders if folder.is_dir() for path in folder.iterdir())


def _matching(files: Sequence[Path], patterns: Sequence[str]) -> list[Path]:
    return [path for pattern in patterns for path in files if fnmatchcase(path.name.lower(), pattern)]
