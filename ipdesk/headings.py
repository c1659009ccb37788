"""Guess from a file's name which document of the list it is."""

import re
import unicodedata
from collections.abc import Collection

from ipdesk.codes import code_table
from ipdesk.codetable import Code

# Words that say nothing of which document a file is, and what clerks write short.
_EMPTY = re.compile(r"扫描件|复印件|原件|扫描|副本|盖章|材料|附件|有限|公司|[\W\d_a-z]+")
_SHORT = {"内审": "内部审核", "管评": "管理评审", "再认证": "换版再认证", "换证": "换版再认证证书"}
_WHOLE = {"内部审核员": "内审员"}  # what a short word must not be read into


def guess(file_name: str, lacking: Collection[str] = ()) -> str:
    """Return the code of the document that a file is named after, empty where that is not clear.

    The most pairs of characters in common win; among equals those that the record lacks (``lacking``: codes), then
    the shortest name. One pair in common must be the only such one, for “报告” alone says nothing.
    """
    told = _pairs(_long(file_name.rpartition(".")[0] or file_name))
    found = [(len(told & pairs), code) for code, pairs in _documents().items() if told & pairs]
    most = max((common for common, _ in found), default=0)
    best = [code for common, code in found if common == most]
    wanted = [code for code in best if code in lacking] or best
    if len(wanted) > 1 and most > 1:
        wanted = [min(wanted, key=lambda code: len(_documents()[code]))]
    return wanted[0] if len(wanted) == 1 else ""


def _documents() -> dict[str, set[str]]:
    return {code.code: _pairs(_plain_name(code)) for code in code_table("documents").codes}


def _plain_name(code: Code) -> str:
    """Return the name of a document without what stands in brackets at its end."""
    return re.sub(r"\([^)]*\)$", "", unicodedata.normalize("NFKC", code.name))


def _long(name: str) -> str:
    for words in (_SHORT, _WHOLE):
        for short, long in words.items():
            name = name.replace(short, long)
    return name


def _pairs(name: str) -> set[str]:
    """Return the pairs of neighbouring characters within the words that say something."""
    plain = unicodedata.normalize("NFKC", name).lower()
    return {word[at : at + 2] for word in _EMPTY.split(plain) for at in range(len(word) - 1)}
