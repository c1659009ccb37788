"""Follow institutions to those they are branches of: no ring of parents, the parent's name, one agency's code.

A branch of a patent agency works under its parent's code (国家知识产权局，专利代理机构代码); anybody else does not.
"""

from collections.abc import Iterator

from ipdesk.checks import When, grade
from ipdesk.fields import Value
from ipdesk.kinds.declare import Ledger, Values
from ipdesk.problems import Grade, Problem
from ipdesk.records import Record
from ipdesk.store import Store
from ipdesk.text import company

_NAME, _AGENCY = "parent_name", "agency_code"


class Branches:
    """Checks the rows of one ledger against what the store holds and the rows before them."""

    def __init__(self, store: Store, ledger: Ledger) -> None:
        """Keep the store and the ledger; nothing is read ahead."""
        self._store, self.ledger = store, ledger
        self._met: dict[Value, Value] = {}

    def problems(self, values: Values, when: When) -> Iterator[Problem]:
        """Yield what is wrong with a row's parent and agency code; a ring stops a row, but not what was sent."""
        if not self.ledger.parent:
            return
        code, parent = values.get(self.ledger.key_field), values.get(self.ledger.parent)
        if code is not None and parent is not None:
            ring = self._ring(code, parent)
            if ring:
                yield self._problem(
                    self.ledger.parent, ring, Grade.WARNING if when == "merge" else Grade.ERROR
                )
            else:
                self._met[code] = parent
                yield from self._misnamed(values, parent)
        yield from self._agency(values, when)

    def _problem(self, name: str, sentence: str, weight: Grade, code: str = "code") -> Problem:
        return Problem(code, self.ledger.field(name).sheet_name, sentence, weight)

    def _held(self, name: str, value: Value) -> list[Record]:
        return self._store.find(self.ledger.root, None, **{name: value}) if value is not None else []

    def _ring(self, code: Value, parent: Value) -> str:
        """Return why a chain of parents comes back to where it began, empty when it does not."""
        if parent == code:
            return "上级机构的信用代码就是本机构的，请填上级机构的代码；不是分支机构的请留空"
        passed = {code}
        while parent is not None and parent not in passed:
            passed.add(parent)
            parent = self._met.get(parent) or self._above(parent)
        return (
            "上下级机构绕成了一圈（上级的上级又是本机构），请核对上级机构信用代码" if parent == code else ""
        )

    def _above(self, code: Value) -> Value:
        parents = (
            record.values.get(self.ledger.parent) for record in self._held(self.ledger.key_field, code)
        )
        return next((parent for parent in parents if parent is not None), None)

    def _misnamed(self, values: Values, parent: Value) -> Iterator[Problem]:
        """Warn when the parent goes by another name in the ledger."""
        told = values.get(_NAME)
        names = [
            str(r.values.get(self.ledger.name_field) or "") for r in self._held(self.ledger.key_field, parent)
        ]
        if told is not None and names and company(str(told)) not in map(company, names):
            sentence = f"信用代码{parent}在台账里是“{names[0]}”，这里的上级机构写的是“{told}”，请核对"
            yield self._problem(_NAME, sentence, Grade.WARNING, "branch")

    def _agency(self, values: Values, when: When) -> Iterator[Problem]:
        """Warn when somebody who is neither parent nor branch has the same agency code."""
        key, above = self.ledger.key_field, self.ledger.parent
        family = {values.get(key), values.get(above)} - {None}
        for record in self._held(_AGENCY, values.get(_AGENCY)):
            if not family & {record.values.get(key), record.values.get(above)}:
                name = record.values.get(self.ledger.name_field)
                sentence = f"专利代理机构代码“{values[_AGENCY]}”已登记在“{name}”名下，请核对"
                yield self._problem(_AGENCY, sentence, grade("V08", when), "V08")
                return
