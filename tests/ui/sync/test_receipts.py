"""What receipts carry, in words and in the city's window."""

from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ipdesk.sync.carried import Carried
from ui.sync.receipts import ReceiptsDialog, brings

FULL = Carried("320981", 1, 2, 3, 4, 5, 6, 7)


def test_what_is_brought_is_said_in_one_sentence() -> None:
    assert brings([]) == ""
    assert brings([Carried("320981")]) == "除了确认收到，没有别的要办"
    assert brings([Carried("320981", corrections=1), Carried("320981", corrections=2, returned=1)]) == (
        "带来：退改 1 条，新的更正意见 3 条"
    )


def test_the_city_sees_it_by_county(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = ReceiptsDialog(parent, [FULL, Carried("320925")])
    QAbstractItemModelTester(dialog.model)
    assert dialog.model.rows[0] == ("东台市", "1", "2", "3", "4", "5", "6", "7")
    assert dialog.model.rows[1] == ("建湖县", *["—"] * 7)
    assert dialog.do_button.accessibleName() == "选择文件夹并生成…"
