"""Take typed values out of what a foreign file claims; anything odd refuses the file in one sentence."""

import json
import re
from collections.abc import Mapping
from typing import NoReturn

from ipdesk.problems import Refusal

LARGEST = 2**48
UNIT = re.compile(r"[0-9]{6}")
EPOCH = re.compile(r"[0-9a-f]{8,32}")
DIGEST = re.compile(r"[0-9a-f]{64}")
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
WORD = re.compile(r"[A-Za-z0-9_][A-Za-z0-9+_.-]{0,80}")
ANY = re.compile(r"[^\x00\ud800-\udfff]*")
LINE = re.compile(r"[^\x00-\x1f\x7f\ud800-\udfff]{0,500}")


def parsed(line: bytes) -> object:
    """Return a JSON document; what is none, or no strict one, is refused."""
    try:
        return json.loads(line, parse_constant=lambda _: _odd("JSON"))
    except (ValueError, RecursionError):
        _odd("JSON")


def _odd(name: str) -> NoReturn:
    raise Refusal(f"文件里的“{name}”不合规定，导出它的程序可能有误，请对方升级后重新导出")


class Claims:
    """A JSON object of a foreign file, read name by name."""

    def __init__(self, raw: object, name: str = "JSON") -> None:
        """Take the object; anything else is refused under the name it was found by."""
        if not isinstance(raw, dict):
            _odd(name)
        self.raw: Mapping[str, object] = raw

    def text(self, name: str, form: re.Pattern[str] = LINE) -> str:
        """Return a text of the given form."""
        value = self.raw.get(name)
        return value if isinstance(value, str) and form.fullmatch(value) else _odd(name)

    def whole(self, name: str, most: int = LARGEST) -> int:
        """Return a whole number from 0 to ``most``."""
        value = self.raw.get(name)
        return value if type(value) is int and 0 <= value <= most else _odd(name)

    def flag(self, name: str) -> bool:
        """Return a truth value, false where nothing is said."""
        value = self.raw.get(name, False)
        return value if isinstance(value, bool) else _odd(name)

    def optional(self, name: str, form: re.Pattern[str]) -> str | None:
        """Return a text of the given form, or nothing where nothing is said."""
        return None if self.raw.get(name) is None else self.text(name, form)

    def inner(self, name: str) -> "Claims":
        """Return an object inside this one."""
        return Claims(self.raw.get(name), name)

    def listed(self, name: str) -> list[object]:
        """Return a list."""
        value = self.raw.get(name)
        return value if isinstance(value, list) else _odd(name)

    def each(self, name: str) -> list["Claims"]:
        """Return the objects of a list."""
        return [Claims(item, name) for item in self.listed(name)]

    def numbers(self, name: str, count: int | None = None) -> tuple[int, ...]:
        """Return a list of whole numbers, exactly ``count`` of them where given."""
        values = self.listed(name)
        whole = tuple(v for v in values if type(v) is int and 0 <= v <= LARGEST)
        return whole if len(whole) == len(values) and count in (None, len(values)) else _odd(name)
