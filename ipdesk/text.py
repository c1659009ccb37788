"""Fold what clerks type into one form: full width, spaces, dashes, brackets, company names."""

import re

BLANKS = frozenset(
    re.split(
        " ",
        "无 暂无 空 空白 暂缺 缺 待定 未定 待补 待补充 待填 未填 未知 不详 N/A NA NAN NULL NONE",
    )
)
_STROKES = "-—―‐‑‒–−﹣/\\_、.。·*…"
_DASHES = re.compile(r"[‐‑‒–—―－−﹣]+")
_SHAPELESS = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")  # what no file may carry
_BREAKS = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")  # \x0b is a line break of Word's
_GAPS = re.compile("\n{2,}")
_SPACES = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]+")
_PLAIN = {0xFEE0 + n: n for n in range(0x21, 0x7F)} | {0x3000: 0x20}
_NARROW = {0xFEE0 + n: n for n in (*range(0x30, 0x3A), *range(0x41, 0x5B), *range(0x61, 0x7B))} | {
    0x3000: " "
}
# A telephone or an ID number, whole or in groups; a day of this or the last century is neither.
_NUMBER = re.compile(r"(?<!\d)(?!(?:19|20)\d{6}(?!\d))(?:\d{7,}|\d(?:[ \-–—]?\d){9,})")
_QUOTED = 40
_PERSONAL = 7  # figures: the shortest telephone numbers
_DAYS = re.compile(
    r"(?:19|20)\d\d(?:[-./年月日时分:~至到—、, ]+(?:(?:19|20)\d\d|\d{1,2}(?!\d)))*[年月日时分]?"
)
_QUOTES = re.compile(r"[《》〈〉“”\"‘’]")
_TAILS = re.compile(r"(有限责任公司|股份有限公司|有限公司)$")


def clean(text: str) -> str:
    """Strip a text, join its line breaks and runs of spaces, drop control characters; keep all else as it stands."""
    return _SPACES.sub(" ", _SHAPELESS.sub("", text)).strip()


def lines(text: str) -> str:
    """Return a text of several lines with each cleaned; empty ones around it go, of several between one stays."""
    every = [clean(line) for line in _BREAKS.split(text)]
    return _GAPS.sub("\n\n", "\n".join(every)).strip("\n")


def on_one_line(text: str) -> str:
    """Return a text of several lines with a sign where each ends, for lists."""
    return _GAPS.sub("\n", text).replace("\n", " ↵ ")


def fold(text: str) -> str:
    """Return full-width letters, digits and signs as their plain forms.

    Only the full-width block and the ideographic space are folded: NFKC on a whole text would also change
    rare ideographs in names.
    """
    return text if text.isascii() else text.translate(_PLAIN)


def narrow(text: str) -> str:
    """Return the text with full-width letters and digits made plain; a text of nothing else gets plain signs too."""
    plain = fold(text)
    return plain if plain.isascii() else text.translate(_NARROW)


def compact(text: str) -> str:
    """Return the folded text without any space, for codes and numbers."""
    return _SPACES.sub("", fold(text))


def key(text: str) -> str:
    """Return the form under which words of code tables are looked up: folded, no spaces, one dash, upper case."""
    return _QUOTES.sub("", _DASHES.sub("-", compact(text))).upper()


def company(name: str) -> str:
    """Return the form under which two company names are the same (rule V21)."""
    return _TAILS.sub("", key(name))


def brackets(name: str) -> str:
    """Return an organisation's name with full-width brackets, as it stands on a Chinese licence."""
    return clean(name).replace("(", "（").replace(")", "）")


def is_blank(text: str) -> bool:
    """Tell whether a clerk's cell says nothing: empty, a stroke or a word for none."""
    plain = compact(text).strip(_STROKES).upper()
    return not plain or plain in BLANKS


def is_masked(text: str) -> bool:
    """Tell whether a number comes with its middle hidden, as ``mask`` writes it."""
    return bool(re.search(r"[*＊]{2,}|^.{3}[*＊].{4}$", compact(text)))


def mask(text: str, head: int, tail: int) -> str:
    """Return a number with its middle hidden; too short a number is hidden whole."""
    hidden = len(text) - head - tail
    return text[:head] + "*" * hidden + text[len(text) - tail :] if hidden > 0 else "*" * len(text)


def hidden(words: str) -> str:
    """Return words whose meaning nobody knows, masked where they may be a personal number: a day is none."""
    may_be = sum(c.isdigit() for c in words) >= _PERSONAL and not _DAYS.fullmatch(words)
    return mask(words, 3, 4) if may_be else words


def quoted(raw: str) -> str:
    """Return the beginning of a foreign text for a sentence to quote, long numbers hidden: they may be anybody's."""
    plain = _NUMBER.sub(lambda found: mask(found[0], 3, 0), clean(raw[:200]))
    return plain if len(plain) <= _QUOTED else plain[: _QUOTED - 1] + "…"
