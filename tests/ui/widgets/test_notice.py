"""A box with a sentence that concerns the page, there while there is something to say."""

from typing import Any

import pytest
from PySide6.QtGui import QPixmap
from pytestqt.qtbot import QtBot

from ui.icons import pixmap
from ui.widgets.notice import Notice


def test_a_sentence_shows_the_box_and_nothing_hides_it(qtbot: QtBot) -> None:
    box = Notice()
    qtbot.addWidget(box)
    assert box.isHidden()
    box.tell("磁盘已满", "bad")
    assert (box.isHidden(), box.words.text(), box.accessibleName(), box.property("tone")) == (
        False,
        "磁盘已满",
        "磁盘已满",
        "bad",
    )
    box.tell("")
    assert (box.isHidden(), box.words.text(), box.accessibleName()) == (True, "", "")


def test_a_box_that_stays_hidden_draws_no_picture(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []

    def draw(name: str, *told: Any) -> QPixmap:  # noqa: ANN401 - as the icons are asked
        drawn.append(name)
        return pixmap(name, *told)

    monkeypatch.setattr("ui.widgets.notice.pixmap", draw)
    box = Notice()
    qtbot.addWidget(box)
    box.tell("")
    assert not drawn
    box.tell("已保存", "good")
    assert drawn == ["check"]
