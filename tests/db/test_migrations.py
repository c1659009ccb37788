"""The frozen migrations, held against the declarations; and a field added to one is found everywhere."""

from collections.abc import Callable

from db.store import SqlStore
from db.tables import Table


def test_tables_are_what_the_declarations_say(make_store: Callable[..., SqlStore]) -> None:
    store = make_store()
    for kind in store.catalogue.kinds.values():
        columns = {c.name: c.type for c in store._db.table(kind.name).columns}  # noqa: SLF001
        declared = {f.name: f.type.storage for f in kind.fields}
        assert {name: columns[name] for name in declared} == declared
        assert set(columns) == set(Table(kind).columns)
        assert store._db.table(kind.name).strict  # noqa: SLF001  # the schema is the matter
        assert store._db.table(kind.name).pks == ["owner", "id"]  # noqa: SLF001
