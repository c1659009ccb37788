"""A code table: the ordered entries that a field may take, found by whatever word a clerk writes for them."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ipdesk.text import key

_AFFIXES = re.compile(r"^(已经|已|正在|处于|目前|被|现|完成|进入|证书)|(阶段|状态|完成|已完成|中|了)$")
# 15.获证, （8）体系运行, 获证。 and 体系运行（2024年5月起）: a place in a list, a full stop, since when.
_PLACE = re.compile(
    r"^(?:ST\d{2}[-:.、]?|[①-⑳]|\((?:\d{1,2}|[一二三四五六七八九十]+)\)|(?:\d{1,2}|[一二三四五六七八九十]+)[.、)])(?=[^\d.])"
)
_TAIL = re.compile(r"(?:[。.;；,，、!]|\([\d年月日.\-/起至今初中底]+\))+$")
# 获证中, 正在撤销: on its way to an outcome is not the outcome.
_GOING_ON = re.compile(r"^(正在|处于)|中$")
_OUTCOMES = frozenset({"ST15", "ST23", "CS3", "CS4", "ER1", "ER2", "ER3", "ER4"})


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of a code table; ``attributes`` are the other columns of its row.

    ``brief`` is how it is cited where room is short.
    """

    code: str
    name: str
    words: tuple[str, ...] = ()
    scope: str = ""
    brief: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


class CodeTable:
    """A code table: ordered entries, found by code, name or synonym, some within a scope such as a unit."""

    def __init__(
        self, name: str, codes: Iterable[Code], told: Callable[[str], str | None] = lambda _: None
    ) -> None:
        """Index the entries by every word they go by; ``told`` finds the code of words that name it in passing."""
        self.name, self._told = name, told
        self.codes = tuple(codes)
        self._by_code = {entry.code: entry for entry in self.codes}
        self._words: dict[str, list[Code]] = {}
        for entry in self.codes:
            for word in dict.fromkeys(map(key, (entry.code, entry.name, *entry.words))):
                self._words.setdefault(word, []).append(entry)

    def __contains__(self, code: object) -> bool:
        """Tell whether the code exists."""
        return code in self._by_code

    def get(self, code: str) -> Code | None:
        """Return the entry of a code."""
        return self._by_code.get(code)

    def label(self, code: str) -> str:
        """Return the name shown for a code; a word kept from a sheet is its own name."""
        entry = self._by_code.get(code)
        return entry.name if entry else code

    def within(self, scope: str | None) -> tuple[Code, ...]:
        """Return the entries offered in a scope; all of them without one."""
        return tuple(c for c in self.codes if not scope or not c.scope or c.scope == scope)

    def find(self, word: str, scope: str | None = None) -> str | None:
        """Return the code of a clerk's word, ``None`` when it is unknown or means two things."""
        plain = key(word)
        going_on = bool(_GOING_ON.search(_TAIL.sub("", plain)))
        for form in _forms(plain):
            hits = {c.code for c in self._words.get(form, ()) if not scope or not c.scope or c.scope == scope}
            if len(hits) == 1:
                code = hits.pop()
                return None if going_on and form != plain and code in _OUTCOMES else code
        return self._told(plain)

    def meanings(self, word: str, scope: str | None = None) -> tuple[Code, ...]:
        """Return the entries that a clerk's word may mean: several for a word that says too little."""
        hits = (self._words.get(form, ()) for form in _forms(key(word)))
        fitting = (tuple(c for c in found if not scope or not c.scope or c.scope == scope) for found in hits)
        return next((found for found in fitting if found), ())


def _forms(plain: str) -> Iterator[str]:
    """Yield a folded word, then without what stands around it and says nothing of its meaning, likeliest first."""
    told = _PLACE.sub("", _TAIL.sub("", plain))
    once = _AFFIXES.sub("", told)
    yield from dict.fromkeys((plain, told, once, _AFFIXES.sub("", once), told.replace("已", "")))
