"""Tell by the first bytes how a file is written; say in one sentence why a file is no table."""

import io
import re
import zipfile
import zlib
from typing import NamedTuple

from ipdesk.intake.cells import Format
from ipdesk.problems import Refusal

_RESAVE = "请用WPS或Excel打开后另存为“.xlsx”再导入"
_NOT_TABLES = (
    (b"%PDF", "这是PDF文件，不是表格，请改用原来的表格文件"),
    (b"\x89PNG", "这是图片，不是表格，请改用原来的表格文件"),
    (b"\xff\xd8\xff", "这是图片，不是表格，请改用原来的表格文件"),
    (b"{\\rtf", f"这是写字板文件，{_RESAVE}"),
    (b"Rar!", "这是压缩包，请先解压再导入里面的表格"),
    (b"7z\xbc\xaf", "这是压缩包，请先解压再导入里面的表格"),
    (b"\x1f\x8b", "这是压缩包，请先解压再导入里面的表格"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DAMAGED = "文件已损坏或没有保存完整，请重新拷贝，或" + _RESAVE
_LOCKED = "文件设了打开密码，请在WPS里去掉密码另存一份再导入"
_MARKUP = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|body|table|meta|\?xml|\?mso|div|style)", re.IGNORECASE
)


class Limits(NamedTuple):
    """What a foreign file may cost: seconds, bytes of memory, of the file and unpacked, zip entries, cells."""

    seconds: float = 90
    memory: int = 2 << 30
    file_bytes: int = 64 << 20
    unpacked: int = 768 << 20
    ratio: int = 400
    entries: int = 4000
    rows: int = 200_000
    columns: int = 1000
    cells: int = 5_000_000


LIMITS = Limits()


def file_format(data: bytes, limits: Limits = LIMITS) -> Format:
    """Return how the file is written; anything that is no table is refused with one sentence."""
    if not data.strip(b"\x00\r\n\t "):
        raise Refusal("文件是空的，请检查是否拷贝完整")
    if data.startswith(b"PK"):
        return _zipped(data, limits)
    if data.startswith(_OLE):
        return _compound(data)
    for magic, sentence in _NOT_TABLES:
        if data.startswith(magic):
            raise Refusal(sentence)
    return _text(data)


def _zipped(data: bytes, limits: Limits) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_size(entries, len(data), limits)
            return _kind_of_zip(archive, {e.filename for e in entries})
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
        raise Refusal(_DAMAGED) from error


def _check_size(entries: list[zipfile.ZipInfo], packed: int, limits: Limits) -> None:
    """Refuse by the directory alone what would unpack too large; nothing is unpacked for it."""
    unpacked = sum(e.file_size for e in entries)
    if len(entries) > limits.entries or unpacked > limits.unpacked:
        raise Refusal("文件解开后太大，不像正常的表格，请只保留需要的工作表另存后再导入")
    if unpacked > 64 << 20 and unpacked > limits.ratio * packed:
        raise Refusal("文件压缩得异常，不像正常的表格，请重新另存为“.xlsx”后再导入")


def _kind_of_zip(archive: zipfile.ZipFile, names: set[str]) -> Format:
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        return Format.XLSX
    if "mimetype" in names and b"opendocument.spreadsheet" in archive.read("mimetype")[:200]:
        return Format.ODS
    if any(name.startswith("word/") for name in names):
        raise Refusal(f"这是Word文档，不是表格，请把表格复制到WPS表格里，{_RESAVE[1:]}")
    if any(name.startswith("xl/") for name in names):
        raise Refusal(_DAMAGED)
    raise Refusal("这是压缩包，不是表格，请先解压再导入里面的表格")


def _compound(data: bytes) -> Format:
    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        raise Refusal(_LOCKED)
    if holds("Workbook") or holds("Book"):
        return Format.XLS
    if holds("WordDocument"):
        raise Refusal(f"这是Word文档，不是表格，请把表格复制到WPS表格里，{_RESAVE[1:]}")
    raise Refusal(_DAMAGED)


def _text(data: bytes) -> Format:
    if _MARKUP.match(data):
        raise Refusal(f"这其实是网页格式的文件，只是改了后缀名，{_RESAVE}")
    if b"\x00" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refusal(f"认不出这个文件的格式，{_RESAVE}")
    return Format.CSV


def damaged() -> Refusal:
    """Return the refusal of a file that its reader cannot make sense of."""
    return Refusal(_DAMAGED)


def locked() -> Refusal:
    """Return the refusal of a file that asks for a password."""
    return Refusal(_LOCKED)
