"""What the tests of the form share: a form on a real store, and hands to fill it in."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from ipdesk.records import Query, Row
from ipdesk.store import Store
from tests.ui.conftest import FIRM
from ui.form.deeds import shown
from ui.form.field import FieldBox
from ui.form.panel import FormPanel
from ui.session import Session
from ui.widgets.choice import ChoiceBox

Settle = Callable[[Session], None]
GOOD = "91350100M000100Y43"


@pytest.fixture
def panel(session: Session, qtbot: QtBot) -> FormPanel:
    return made(session, qtbot)


def made(session: Session, qtbot: QtBot) -> FormPanel:
    panel = FormPanel(session, session.catalogue.ledger("guanbiao"))
    qtbot.addWidget(panel)
    panel.resize(344, 620)
    panel.show()
    return panel


def rows(session: Session, panel: FormPanel, settle: Settle) -> list[Row]:
    told: list[list[Row]] = []
    ledger = panel.ledger

    def op(store: Store) -> list[Row]:
        return [shown(store, ledger, key) for key in store.keys(ledger, Query())]

    session.ask(panel, op, told.append)
    settle(session)
    return told[0]


def row_of(session: Session, panel: FormPanel, settle: Settle, values: dict[str, Any] = FIRM) -> Row:
    return next(r for r in rows(session, panel, settle) if r.values["uscc"] == values["uscc"])


def enter(panel: FormPanel, **texts: str) -> None:
    for name, text in texts.items():
        box = panel.boxes[name]
        widget = box.editor.widget
        if isinstance(widget, ChoiceBox):
            widget.setEditText(text)
        elif isinstance(widget, QLineEdit):
            widget.setText(text)
        else:
            widget.setPlainText(text)
        box.edited.emit()


def leave(box: FieldBox) -> None:
    widget = box.editor.widget
    QApplication.sendEvent(widget, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.TabFocusReason))
