"""The right font for every character, and every character right again when it is copied out."""

import io
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from ipdesk.reports import fonts as subject
from ipdesk.reports.fonts import Fonts, Role, Unprintable, load, own_folders, to_unicode
from ipdesk.reports.page import A4_LANDSCAPE, Pen, Style
from ipdesk.resources import resource

RARE = "喆䶮㛃𬭛㤚𬭎"
WORDS = f"东台{RARE}新材料（集团）有限公司·91320981MABJ1XG60Q，5.0万元"
SHIPPED = resource("fonts")


def written(fonts: Fonts, words: str, role: Role = Role.FANGSONG) -> bytes:
    """Return a PDF with one line of text."""
    stream = io.BytesIO()
    pen = Pen(stream, A4_LANDSCAPE, fonts, "试印", "东台市知识产权局")
    pen.text(60, 300, words, Style(fonts[role], 12))
    pen.next_page()
    pen.close()
    return stream.getvalue()


@pytest.mark.parametrize("role", list(Role))
def test_rare_characters_come_back_right_through_pdfium(
    fonts: Fonts, role: Role, extracted: Callable[[bytes], str]
) -> None:
    assert extracted(written(fonts, WORDS, role)) == WORDS


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler's pdftotext is not on this PC")
@pytest.mark.parametrize("role", list(Role))
def test_rare_characters_come_back_right_through_poppler(fonts: Fonts, role: Role, tmp_path: Path) -> None:
    file = tmp_path / "试印.pdf"
    file.write_bytes(written(fonts, WORDS, role))
    told = subprocess.run(["pdftotext", "-enc", "UTF-8", str(file), "-"], capture_output=True, check=True)
    assert "".join(told.stdout.decode().split()) == WORDS


@pytest.fixture
def extracted() -> Callable[[bytes], str]:
    """Return a reader of all text of a PDF, without blanks."""
    import pypdfium2

    def read(data: bytes) -> str:
        document = pypdfium2.PdfDocument(data)
        return "".join(document[0].get_textpage().get_text_range().split())

    return read


def test_more_characters_than_a_subset_holds_come_back_right(
    fonts: Fonts, extracted: Callable[[bytes], str]
) -> None:
    words = "".join(
        chr(code) for code in range(0x4E00, 0x4E00 + 700) if not fonts[Role.KAI].missing(chr(code))
    )
    assert extracted(written(fonts, words)) == words


def test_no_font_but_ours_is_in_the_file_and_each_has_its_own_name(fonts: Fonts) -> None:
    names = re.findall(rb"/BaseFont /([^\s/]+)", written(fonts, WORDS))
    assert len(names) == len(set(names)) >= 2
    assert {name.split(b"+")[1].split(b"-")[0] for name in names} == {b"IPDeskKai", b"NotoSansSC"}


@given(
    st.lists(st.integers(0, 0x10FFFF).filter(lambda c: not 0xD800 <= c < 0xE000), min_size=1, max_size=256)
)
def test_the_map_to_unicode_reads_back_as_utf16(subset: list[int]) -> None:
    told = to_unicode("AAAAAA+X", subset)
    pairs = re.findall(r"<(\w\w)> <(\w+)>\n", told)[1:]
    read = {int(place, 16): ord(bytes.fromhex(code).decode("utf-16-be")) for place, code in pairs}
    assert read == {place: code for place, code in enumerate(subset) if code}


def test_a_block_of_the_map_holds_no_more_than_a_hundred() -> None:
    told = to_unicode("AAAAAA+X", range(256))
    assert re.findall(r"(\d+) beginbfchar", told) == ["100", "100", "55"]


def test_text_is_split_by_the_font_that_has_it(fonts: Fonts) -> None:
    script = fonts[Role.FANGSONG]
    first, second, third = script.runs("东台㤚公司")
    assert (first[1], second[1], third[1]) == ("东台", "㤚", "公司")
    assert first[0] == third[0] == script.name != second[0]
    assert script.runs("") == []
    assert script.ems("东㤚") == pytest.approx(2.0)


def test_characters_no_font_has_are_named_all(fonts: Fonts) -> None:
    script = fonts[Role.KAI]
    assert script.missing("东\ue123\U0001f600㤚") == {"\ue123", "\U0001f600"}
    with pytest.raises(Unprintable, match="U\\+E123"):
        script.runs("东\ue123")
    told = Unprintable({"\ue123", "\U0001f600"}, "东\ue123公司")
    assert told.characters == ("\ue123", "\U0001f600")
    assert "“\U0001f600”（U+1F600）" in told.message
    assert told.message.endswith("见“东\ue123公司”；请核对这个字，或在本机安装含有它的字体后再试")


def test_the_pcs_own_fonts_go_first_under_any_case(tmp_path: Path) -> None:
    for name in ("SIMFANG.TTF", "FZXBSJW.TTF", "simsunb.ttf"):
        shutil.copy(SHIPPED / "NotoSansSC-Bold.ttf", tmp_path / name)
    fonts = Fonts(own=[tmp_path, tmp_path / "none"])
    assert [path.name for path in fonts.chain(Role.FANGSONG)] == [
        "SIMFANG.TTF",
        "IPDeskKai-Regular.ttf",
        "NotoSansSC-Regular.ttf",
        "simsunb.ttf",
    ]
    assert fonts.chain(Role.TITLE)[0].name == "FZXBSJW.TTF"
    assert fonts.chain(Role.HEI)[0].name == "NotoSansSC-Medium.ttf"
    font = cast(TTFont, pdfmetrics.getFont(fonts[Role.FANGSONG].name))
    assert font.face.name.startswith(b"NotoSansSC-Bold-")


def test_own_fonts_are_copyable_too(tmp_path: Path, extracted: Callable[[bytes], str]) -> None:
    shutil.copy(SHIPPED / "NotoSerifSC-Regular.ttf", tmp_path / "simfang.ttf")
    assert extracted(written(Fonts(own=[tmp_path]), WORDS)) == WORDS


@pytest.mark.parametrize("content", [b"", b"no font", b"OTTO" + bytes(400)], ids=["empty", "junk", "cff"])
def test_a_font_that_cannot_be_embedded_is_passed_over(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "simfang.ttf").write_bytes(content)
    assert load(tmp_path / "simfang.ttf") is None
    script = Fonts(own=[tmp_path])[Role.FANGSONG]
    assert script.name == Fonts(own=[])[Role.FANGSONG].name


def test_a_font_that_is_gone_is_passed_over(tmp_path: Path) -> None:
    assert load(tmp_path / "simkai.ttf") is None


def test_a_font_is_loaded_once(fonts: Fonts) -> None:
    assert load(SHIPPED / "IPDeskKai-Regular.ttf") is load(SHIPPED / "IPDeskKai-Regular.ttf")
    assert fonts[Role.KAI] is fonts[Role.KAI]


def test_windows_fonts_are_looked_for_in_its_folder_and_the_users(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WINDIR", "/c/Windows")
    monkeypatch.setenv("LOCALAPPDATA", "/c/Users/lin/AppData/Local")
    assert own_folders() == [
        Path("/c/Windows/Fonts"),
        Path("/c/Users/lin/AppData/Local/Microsoft/Windows/Fonts"),
    ]
    monkeypatch.delenv("WINDIR")
    monkeypatch.delenv("LOCALAPPDATA")
    assert own_folders() == []
    assert Fonts().chain(Role.KAI)[0] == SHIPPED / subject.SHIPPED[Role.KAI][0]
