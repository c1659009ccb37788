"""The sheet of a package: every word is on the paper, the code on it is the encoder's and can be read."""

import io
from collections.abc import Callable

import pypdfium2
import pytest

from ipdesk.reports.cover import CODE, QUIET, SEAL, Cover, matrix, write_cover
from ipdesk.reports.fonts import Unprintable
from ipdesk.reports.page import A4_PORTRAIT, MM
from tests.ipdesk.reports.conftest import Printed, read_back

DIGEST = "1234-5678-9012-3456-7890-1234"
SAYS = f"IPDESK 320981 AB12-5 {'0A' * 32}"
COVER = Cover(
    "同步包报送单",
    "东台市市场监督管理局",
    [("报送单位", "东台市市场监督管理局"), ("文件", "320981-ab12-5.ipk，" + "很长的说明，" * 30)],
    [("贯标台账", "企业", 3), ("贯标台账", "贯标项目", 4), ("服务机构", "服务机构", 1)],
    DIGEST,
    SAYS,
    "收件方请核对摘要。",
    ("单位（盖章）：", "负责人（签名）：", "经办人（签名）：", "日期："),
)
SCALE = 8  # pixels to a point


def printed(cover: Cover = COVER) -> Printed:
    stream = io.BytesIO()
    write_cover(cover, stream)
    return read_back(stream.getvalue(), 1)


def test_every_word_is_on_the_one_page() -> None:
    made = printed()
    assert len(made.bare) == 1
    for words in ("非涉密", "同步包报送单", "贯标项目", "合计8", DIGEST, "单位（盖章）：", "日期："):
        assert words in made.bare[0], words
    assert made.bare[0].count("贯标台账") == 1


def seen(data: bytes, count: int) -> list[list[bool]]:
    """Return the modules of the code as a camera would see them: the darkness in the middle of each."""
    page = pypdfium2.PdfDocument(data)[0]
    image = page.render(scale=SCALE).to_pil().convert("L")
    top = A4_PORTRAIT.y - A4_PORTRAIT.frame[1] + SEAL + CODE
    side = CODE / (count + 2 * QUIET)

    def dark(row: int, column: int) -> bool:
        x = A4_PORTRAIT.x + (column + QUIET + 0.5) * side
        y = 297 * MM - top + (row + QUIET + 0.5) * side
        return bool(image.getpixel((int(x * SCALE), int(y * SCALE))) < 128)

    return [[dark(row, column) for column in range(count)] for row in range(count)]


def test_the_code_on_the_paper_is_the_encoder_s() -> None:
    modules = matrix(SAYS)
    assert seen(printed().data, len(modules)) == modules


def test_the_code_says_what_it_should() -> None:
    assert decoded(matrix(SAYS)) == SAYS


def test_what_does_not_fit_goes_on_a_second_page_with_the_hands() -> None:
    counts = [("台账", f"类别{number}", number) for number in range(30)]
    made = printed(Cover(**{**{n: getattr(COVER, n) for n in COVER.__slots__}, "counts": counts}))
    first, second = made.bare
    assert DIGEST not in first
    assert "类别0" in first
    assert DIGEST in second
    assert "类别29" in second


def test_a_character_without_a_font_is_refused() -> None:
    with pytest.raises(Unprintable):
        printed(Cover(**{**{n: getattr(COVER, n) for n in COVER.__slots__}, "note": "\U0001f600"}))


# ---------------------------------------------------------------- a reader of its own (ISO/IEC 18004)
MASKS: tuple[Callable[[int, int], int], ...] = (
    lambda r, c: (r + c) % 2,
    lambda r, c: r % 2,
    lambda r, c: c % 3,
    lambda r, c: (r + c) % 3,
    lambda r, c: (r // 2 + c // 3) % 2,
    lambda r, c: r * c % 2 + r * c % 3,
    lambda r, c: (r * c % 2 + r * c % 3) % 2,
    lambda r, c: ((r + c) % 2 + r * c % 3) % 2,
)
BLOCKS = {
    4: (32, 32),
    5: (43, 43),
    6: (27, 27, 27, 27),
    7: (31, 31, 31, 31),
}  # data codewords of each block, level M
CENTRES = {4: (6, 26), 5: (6, 30), 6: (6, 34), 7: (6, 22, 38)}
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


def decoded(modules: list[list[bool]]) -> str:
    """Return the text of an undamaged code of level M: unmasked, read in zigzag, its blocks put together."""
    size = len(modules)
    version = (size - 17) // 4
    mask = MASKS[(modules[8][2] << 2 | modules[8][3] << 1 | modules[8][4]) ^ 0b101]
    bits = [modules[r][c] ^ (mask(r, c) == 0) for r, c in path(size, version)]
    words = [int("".join(str(int(bit)) for bit in bits[i : i + 8]), 2) for i in range(0, len(bits) - 7, 8)]
    blocks: list[list[int]] = [[] for _ in BLOCKS[version]]
    rest = iter(words)
    for place in range(max(BLOCKS[version])):
        for block, length in zip(blocks, BLOCKS[version], strict=True):
            if place < length:
                block.append(next(rest))
    return text("".join(f"{word:08b}" for block in blocks for word in block))


def path(size: int, version: int) -> list[tuple[int, int]]:
    """Return the places of the data bits in their order."""
    centres = [(r, c) for r in CENTRES[version] for c in CENTRES[version]]
    eyes = {(6, 6), (6, size - 7), (size - 7, 6)}

    def is_function(r: int, c: int) -> bool:
        corner = (r < 9 and c < 9) or (r < 9 and c >= size - 8) or (r >= size - 8 and c < 9)
        aligned = any(max(abs(r - y), abs(c - x)) <= 2 for y, x in centres if (y, x) not in eyes)
        told = version >= 7 and ((r < 6 and c >= size - 11) or (c < 6 and r >= size - 11))
        return corner or aligned or told or 6 in (r, c)

    places, upwards = [], True
    for right in [*range(size - 1, 6, -2), *range(5, 0, -2)]:
        rows = range(size - 1, -1, -1) if upwards else range(size)
        places += [(r, c) for r in rows for c in (right, right - 1) if not is_function(r, c)]
        upwards = not upwards
    return places


def text(bits: str) -> str:
    """Return the text of the first segment, of letters and figures or of bytes."""
    mode, rest = bits[:4], bits[4:]
    if mode == "0100":
        count, rest = int(rest[:8], 2), rest[8:]
        return bytes(int(rest[i * 8 : i * 8 + 8], 2) for i in range(count)).decode()
    assert mode == "0010"
    count, rest, found = int(rest[:9], 2), rest[9:], ""
    for start in range(0, count // 2):
        pair = int(rest[start * 11 : start * 11 + 11], 2)
        found += ALPHABET[pair // 45] + ALPHABET[pair % 45]
    return found + (ALPHABET[int(rest[count // 2 * 11 :][:6], 2)] if count % 2 else "")
