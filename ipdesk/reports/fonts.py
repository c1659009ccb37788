"""Find the fonts of official papers, split texts by what each font can draw, and embed them copyable.

The four faces are those of GB/T 9704-2012: 仿宋, 楷体, 黑体 and 小标宋. The PC's own are preferred; they are
commercial and never shipped, so open fonts under ``resources/fonts`` stand in for them.
"""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import cached_property, lru_cache
from itertools import groupby
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any, cast

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import SUBSETN, TTFError, TTFont, TTFontFace

from ipdesk.problems import Refusal
from ipdesk.resources import resource

CACHED = 8192  # texts whose width is remembered: most cells of a ledger repeat, names and codes do not
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


class _InPlace:
    """A font file that reportlab reads where it lies: held in memory, four of them would cost 22 MB."""

    def __init__(self, path: Path) -> None:
        self.name = str(path)

    def read(self) -> mmap:
        """Return the file's bytes; raises ``ValueError`` for an empty file."""
        with open(self.name, "rb") as file:
            return mmap(file.fileno(), 0, access=ACCESS_READ)


class _Outlines:
    """The outlines of a font file, fetched glyph by glyph as bytes."""

    def __init__(self, data: mmap, start: int) -> None:
        self._data = data
        self._start = start

    def __getitem__(self, part: slice) -> bytes:
        return self._data[self._start + part.start : self._start + part.stop]


class _Face(TTFontFace):
    """A typeface that leaves its outlines in the file, where reportlab copies all of them for each subset."""

    def get_table(self, tag: str) -> Any:  # noqa: ANN401 - bytes to reportlab, which only slices the outlines
        """Return the bytes of a table."""
        if tag != "glyf":
            return super().get_table(tag)  # type: ignore[no-untyped-call]  # the stubs leave its types out
        return _Outlines(vars(self)["_ttf_data"], self.get_table_pos(tag)[0])


def load(path: Path) -> TTFont | None:
    """Return the registered font of a file; ``None`` when it is no embeddable glyf TrueType.

    A digest of the path is part of both names, so two fonts never share a PostScript name in one document.
    """
    mark = hashlib.sha256(str(path).encode()).hexdigest()[:8]
    name = f"IPDesk-{mark}"
    if name in pdfmetrics.getRegisteredFontNames():
        return cast(TTFont, pdfmetrics.getFont(name))
    try:
        font = CopyableFont(name, _InPlace(path))
    except (TTFError, OSError, ValueError):
        return None
    font.face.__class__ = _Face  # TTFont makes its face itself and takes no other
    vars(font.face)["glyphToChar"] = {}  # megabytes that only the shaping of other scripts asks for
    font.face.name = font.face.name.replace(b"+", b"-") + f"-{mark}".encode()
    pdfmetrics.registerFont(font)
    return font


class Script:
    """One role as it is really set: a chain of fonts, each text split by which font has its characters."""

    def __init__(self, chain: Sequence[Path]) -> None:
        """Keep the chain; its fonts are loaded when a character asks for them."""
        self._chain = chain
        self._fonts: list[TTFont] = []
        self._faces: dict[str, str] = {}
        self._main: set[str] = set()
        self._widths = _Filled(self._resolve)
        self.ems = lru_cache(CACHED)(self._ems)

    @cached_property
    def name(self) -> str:
        """Return the registered name of the font that sets everything it has."""
        return str(next(self._loaded()).fontName)

    def _ems(self, text: str) -> float:
        """Return the width of a text at size 1; raises ``Unprintable``."""
        return sum(map(self._widths.__getitem__, text))

    def runs(self, text: str) -> list[tuple[str, str]]:
        """Return the text as (registered font, part); raises ``Unprintable``."""
        if self._main.issuperset(text):
            return [(self.name, text)] if text else []
        self._ems(text)
        return [(face, "".join(part)) for face, part in groupby(text, self._faces.__getitem__)]

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
        return font.stringWidth(character, 1)

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
    """Widths by character, each asked for once."""

    def __init__(self, ask: Callable[[str], float]) -> None:
        super().__init__()
        self._ask = ask

    def __missing__(self, character: str) -> float:
        self[character] = width = self._ask(character)
        return width


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
