"""Narrow a list of names down by part of the name or by its pinyin initials."""

import threading
from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QStringListModel, Qt

from ui.texts import common


@lru_cache(maxsize=4096)
def initials(text: str) -> str:
    """Return the pinyin initials of a text in small letters; other characters are left out."""
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER, errors="ignore")).lower()


@lru_cache(maxsize=4096)
def spelled(text: str) -> str:
    """Return a text in pinyin as it is typed: 女 is nv."""
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(text, errors="ignore")).lower()


def warm_up() -> None:
    """Load the pinyin tables in the background, so that the first letters typed do not wait for them."""
    threading.Thread(target=initials, args=("拼",), name="pinyin", daemon=True).start()


class _Names(QStringListModel):
    """Names to choose; a sentence that there are none can be read and not chosen."""

    chosen_from = True

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Let names be chosen."""
        if self.chosen_from or not index.isValid():
            return super().flags(index)
        return Qt.ItemFlag.ItemNeverHasChildren


class Matches:
    """The names that still match, as a model for a completer; ``nothing`` is said when none does."""

    def __init__(self, parent: QObject) -> None:
        """Begin with none."""
        self.model = _Names(parent)
        self.nothing = common.NO_OPTION
        self._names: list[str] = []

    def offer(self, names: Sequence[str]) -> None:
        """Take other names, all of them matching."""
        self._names = list(names)
        self._show(self._names)

    def narrow(self, typed: str) -> None:
        """Keep the names that hold what was typed."""
        self._show(self.matching(typed))

    def _show(self, names: Sequence[str]) -> None:
        self.model.chosen_from = bool(names)
        self.model.setStringList(list(names) or [self.nothing])

    @property
    def shown(self) -> list[str]:
        """Return the names that can be chosen now."""
        return self.model.stringList() if self.model.chosen_from else []

    def matching(self, typed: str) -> list[str]:
        """Return the names that hold a text, those that begin with it first; letters mean initials as well."""
        plain = typed.strip().lower()
        found = [name for name in self._names if plain in name.lower()]
        if _are_letters(plain):
            found += [name for name in self._names if name not in found and _sounds(name, plain)]
        return sorted(found, key=lambda name: _rank(name, plain))

    def only(self, typed: str) -> str | None:
        """Return the one name that matches, if it is one; where several do, the one of these initials alone."""
        found, plain = self.matching(typed), typed.strip().lower()
        exact = [name for name in found if _rank(name, plain) == _WHOLE]
        meant = exact if len(exact) == 1 else found
        return meant[0] if len(meant) == 1 else None


_WHOLE = 0


def _sounds(name: str, plain: str) -> bool:
    """Tell whether letters are initials of a name, or the beginning of it spelled out."""
    return plain in initials(name) or spelled(name).startswith(plain)


def _are_letters(plain: str) -> bool:
    return plain.isascii() and plain.isalpha()


def _rank(name: str, plain: str) -> int:
    """Return how well a name fits a text in small letters: wholly, from its beginning, or somewhere."""
    spoken = initials(name) if _are_letters(plain) else ""
    if plain and plain in (name.lower(), spoken, spelled(name) if spoken else ""):
        return _WHOLE
    return 1 if name.lower().startswith(plain) or (spoken and spoken.startswith(plain)) else 2
