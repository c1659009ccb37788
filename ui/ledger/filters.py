"""Ask for one column's condition, and for the name under which the filters are kept."""

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from ipdesk.derived import states
from ipdesk.fields import Context
from ipdesk.kinds.declare import Field, Ledger
from ipdesk.records import Ask, Filter
from ui.ledger.conditions import condition_for
from ui.texts import asking as texts
from ui.texts import common
from ui.widgets.basic import button, clear, in_order, label, row, warned
from ui.widgets.choice import ChoiceBox
from ui.widgets.labelled import Labelled

_ASKS = {"empty": Ask.EMPTY, "filled": Ask.FILLED}


class FilterDialog(QDialog):
    """Chooses a column and what is asked of it; the other columns' conditions stay."""

    def __init__(
        self, parent: QWidget, ledger: Ledger, context: Context, filters: Sequence[Filter], name: str = ""
    ) -> None:
        """Begin with a column (the first where none is named) and what is asked of it already.

        All rows of a county are its own: only a city, which is no one unit's, is asked for the unit.
        """
        super().__init__(parent)
        self._context = context
        self.chosen = tuple(filters)
        self._states = states(ledger)
        asked = [f for f in ledger.fields if f.name != "unit_code" or context.unit_code is None]
        self._fields = {f.name: f for f in (*asked, *self._states.values())}
        self.setWindowTitle(texts.FILTER_TITLE)
        self.resize(420, 480)
        self.field_box = ChoiceBox([(name, self._label(name)) for name in self._fields])
        self.field_box.activated.connect(lambda _index: self._take_field())
        self.field_box.left.connect(self._take_field)
        self.field_box.line.returnPressed.connect(self._take_field)
        self.how_box = ChoiceBox(list(texts.HOWS.items()))
        self.how_box.activated.connect(lambda _index: self._take_how())
        self.how_box.left.connect(self._take_how)
        self._name = ""
        self._lay_out()
        self.field_box.set_code(name if name in self._fields else next(iter(self._fields)))
        self._take_field()
        self.field_box.line.selectAll()  # what is typed names another column

    def _label(self, name: str) -> str:
        """Return what a column is called; a state that is worked out stands apart from what is filled in."""
        label = self._fields[name].label
        return texts.STATE.format(label=label) if name in self._states else label

    def _lay_out(self) -> None:
        self._place = QVBoxLayout()
        self._place.setContentsMargins(0, 0, 0, 0)
        self.wrong = label("", "wrong", wrap=True)
        self.drop_button = button(texts.FILTER_DROP, kind="link", clicked=self._drop)
        cancel = button(common.CANCEL, clicked=self.reject)
        self.do_button = button(texts.FILTER_DO, kind="primary", clicked=self._do)
        self.do_button.setDefault(True)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(16, 16, 16, 12)
        lines.setSpacing(10)
        lines.addWidget(Labelled(texts.FILTER_FIELD, self.field_box))
        lines.addWidget(Labelled(texts.FILTER_HOW, self.how_box))
        lines.addLayout(self._place, 1)
        lines.addWidget(self.wrong)
        lines.addLayout(row(self.drop_button, None, cancel, self.do_button))

    @property
    def field(self) -> Field:
        """Return the column chosen."""
        return self._fields[self._name]

    def _take_field(self) -> None:
        """Show the editor of the column chosen; a person's number is never asked for by its content."""
        name = self.field_box.entry
        if name not in self._fields or name == self._name:
            return
        self._name = name
        held = self._held()
        clear(self._place)
        self.condition = condition_for(self.field, self._context)
        self.condition.show_filters(held)
        self._place.addWidget(self.condition, 1)
        in_order(self.how_box, *self.condition.lines, self.drop_button)
        asked = {one.ask for one in held}
        personal = "empty" if self.field.personal else "value"
        how = next((how for how, ask in _ASKS.items() if ask in asked), personal)
        hows = texts.STATE_HOWS if self._name in self._states else texts.HOWS
        self.how_box.offer([o for o in hows.items() if o[0] != "value" or not self.field.personal])
        self.how_box.set_code(how)
        self.drop_button.setEnabled(bool(held))
        self._take_how()

    def _take_how(self) -> None:
        self.condition.setVisible(self.how_box.entry == "value")
        self.wrong.setText("")

    def _held(self) -> tuple[Filter, ...]:
        return tuple(one for one in self.chosen if one.field == self._name)

    def _others(self) -> tuple[Filter, ...]:
        return tuple(one for one in self.chosen if one.field != self._name)

    def _drop(self) -> None:
        self.chosen = self._others()
        self.accept()

    def _do(self) -> None:
        how = self.how_box.entry
        try:
            asked = self.condition.filters() if how == "value" else (Filter(self._name, _ASKS[how]),)
        except ValueError as error:
            self.wrong.setText(warned(str(error)))
            return
        except KeyError:
            return
        self.chosen = (*self._others(), *asked)
        self.accept()


class NameDialog(QDialog):
    """Asks under which name the filters are kept."""

    def __init__(self, parent: QWidget, name: str = "") -> None:
        """Propose a name."""
        super().__init__(parent)
        self.setWindowTitle(texts.SAVE_TITLE)
        self.setMinimumWidth(380)
        self.line = QLineEdit(name)
        self.line.setMaxLength(20)
        self.line.textChanged.connect(lambda _text: self._tell())
        self.save_button = button(common.SAVE, kind="primary", clicked=self.accept)
        self.save_button.setDefault(True)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(16, 16, 16, 12)
        lines.setSpacing(12)
        lines.addWidget(Labelled(texts.SAVE_NAME, self.line, texts.SAVE_HELP))
        lines.addLayout(row(None, button(common.CANCEL, clicked=self.reject), self.save_button))
        self._tell()
        self.line.setFocus()

    @property
    def name(self) -> str:
        """Return the name typed."""
        return self.line.text().strip()

    def _tell(self) -> None:
        self.save_button.setEnabled(bool(self.name))
