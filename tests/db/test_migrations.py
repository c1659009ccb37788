"""The frozen migrations, held against the declarations; and a field added to one is found everywhere."""

import inspect
from collections.abc import Callable
from hashlib import sha256

from db.migrations import migrations
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


# A released step is never changed: what went wrong in one is mended by a further one, with its digest added here.
FROZEN = {
    "create_ground": "c4de42e01b2082916d8c9e44ca65eb2d65fb69a7e591c3c0e8c173b3e92e63c0",
    "create_guanbiao": "1d8eb4c5488b58115a84a6a2a48b78ad95383962f2ce87b5abe1b3a72d99d3c8",
    "create_sync": "6bb1aacbb07f5de5fbf51cfba20f7ed6d559e8db71a0a1fa60c01e0daddb6410",
    "create_registries": "e94396c220fcfc10657e939b58ac97905a438457e52862acb686d97cec2b08a0",
    "add_reasons": "325ab21e9b476e85f7bff321084ea743b3b2f2b3d14eb4cae975cec5c4af4660",
    "create_documents": "3e17e8c07183d6b5cc68e7cba409beae3101bd568aa1f32a625d3e9d2ac87566",
    "add_particulars": "e4c3e4185fda61a6d2b9b3ea174a7f49a5bea5fd5a662ddb99195179a1d135b5",
    "create_deciding": "74c55ee0353f3f2e9b86414cff4aea84c24a227b3635960575d959a9639ad8b5",
    "create_plan": "c9a708272bd1be304a6a0d5225afa11ffb165e5d8cd1e39f0b9273077743e879",
}


def test_steps_are_frozen() -> None:
    steps = migrations()._migrations  # noqa: SLF001  # sqlite-utils offers no list of all steps
    told = {step.name: sha256(inspect.getsource(step.fn).encode()).hexdigest() for step in steps}
    assert list(told.items())[: len(FROZEN)] == list(FROZEN.items())
    assert set(told) == set(FROZEN)
