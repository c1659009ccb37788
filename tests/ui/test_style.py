"""The look: every colour pair is legible, every token is filled in, icons take their colour."""

import re

import pytest
from PySide6.QtGui import QColor, QIcon

from ipdesk.resources import resource
from ui.icons import icon, logo, pixmap
from ui.style import contrast, palette, sheet, tokens

TEXT, MARK = 4.5, 3.0  # WCAG 2.1: 1.4.3 for text, 1.4.11 for what is no text


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("pair", tokens().pairs, ids="-".join)
def test_words_are_legible_on_their_ground(pair: tuple[str, str]) -> None:
    assert contrast(*(tokens().colour[name] for name in pair)) >= TEXT


@pytest.mark.parametrize("pair", tokens().marks, ids="-".join)
def test_marks_stand_out_from_their_ground(pair: tuple[str, str]) -> None:
    assert contrast(*(tokens().colour[name] for name in pair)) >= MARK


def test_tones_are_legible_in_their_pills() -> None:
    for tone in {tone for table in tokens().tones.values() for tone in table.values()}:
        for ground in (f"{tone}-soft", "surface"):
            assert contrast(tokens().colour[tone], tokens().colour[ground]) >= TEXT


def rules() -> list[tuple[str, str]]:
    plain = re.sub(
        r"/\*.*?\*/", "", resource("styles", "app.qss").read_text(encoding="utf-8"), flags=re.DOTALL
    )
    return re.findall(r"([^{}]+)\{([^{}]*)\}", plain)


def test_every_rule_with_colour_and_ground_is_a_checked_pair() -> None:
    for selector, body in rules():
        ink = re.search(r"(?<![-\w])color: @colour\.([\w-]+)", body)
        ground = re.search(r"(?<![-\w])background: @colour\.([\w-]+)", body)
        if ink and ground and "disabled" not in selector:
            assert (ink[1], ground[1]) in tokens().pairs, selector.strip()


def test_disabled_words_are_legible_too() -> None:
    for selector, body in rules():
        ink = re.search(r"(?<![-\w])color: @colour\.([\w-]+)", body)
        ground = re.search(r"(?<![-\w])background: @colour\.([\w-]+)", body)
        if ink and ground and "disabled" in selector:
            assert contrast(tokens().colour[ink[1]], tokens().colour[ground[1]]) >= TEXT, selector


def test_the_sheet_has_no_open_token_and_no_colour_of_its_own() -> None:
    assert "@" not in sheet()
    assert not re.search(r"#[0-9a-fA-F]{6}", resource("styles", "app.qss").read_text(encoding="utf-8"))


def test_a_focus_ring_does_not_jump() -> None:
    """Border and padding of a button add up to the same with and without the ring."""
    bodies = {selector.split(",")[0].strip(): body for selector, body in rules()}
    plain, ring = bodies["QPushButton"], bodies["QPushButton:focus"]

    def total(body: str) -> int:
        border, padding = re.search(r"border: (\d)px", body), re.search(r"padding: (\d)px", body)
        assert border
        assert padding
        return int(border[1]) + int(padding[1])

    assert total(plain) == total(ring)


def test_icons_take_the_colour_of_a_token() -> None:
    picture = pixmap("search", "bad", 32).toImage()
    colours = {
        picture.pixelColor(x, y).name()
        for x in range(32)
        for y in range(32)
        if picture.pixelColor(x, y).alpha() == 255
    }
    assert tokens().colour["bad"] in colours
    assert not icon("search").isNull()
    assert logo(32).width() == 64


def test_every_icon_named_in_the_code_is_there() -> None:
    source = "\n".join(p.read_text(encoding="utf-8") for p in resource().parent.joinpath("ui").rglob("*.py"))
    named = set(re.findall(r'(?:icon|pixmap|_mark)\("([a-z-]+)"', source)) | set(
        re.findall(r', "([a-z-]+)", (?:kind|clicked)=', source)
    )
    for name in named:
        assert resource("icons", f"{name}.svg").is_file(), name


def test_the_palette_comes_from_the_tokens() -> None:
    assert palette().windowText().color() == QColor(tokens().colour["ink"])


def test_the_icon_of_a_disabled_button_is_seen_on_its_ground() -> None:
    drawn = icon("add", "on-primary").pixmap(16, QIcon.Mode.Disabled).toImage()
    points = [drawn.pixelColor(x, y) for x in range(drawn.width()) for y in range(drawn.height())]
    drawn_ones = [one for one in points if one.alpha() > 100]
    assert drawn_ones
    assert all(one.lightness() < 140 for one in drawn_ones)  # white on light grey was not seen
