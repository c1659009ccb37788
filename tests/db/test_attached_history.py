"""What was attached to a record stands in its history: added, put under another heading, deleted, taken back."""

from collections.abc import Callable
from pathlib import Path

import pytest

from db.store import SqlStore
from ipdesk.actions import documents
from ipdesk.actions import ledger as deeds
from ipdesk.kinds.declare import Kind, Values
from ipdesk.kinds.document import DOCUMENT, DOCUMENT_FIELD
from ipdesk.records import Record, RecordKey, Version

SCAN = b"%PDF-1.7 scan"
CERTIFICATE, REPORT = "认证证书扫描件（证书.pdf）", "诊断报告（证书.pdf）"


@pytest.fixture
def store(make_store: Callable[..., SqlStore]) -> SqlStore:
    return make_store()


@pytest.fixture
def case(store: SqlStore) -> Kind:
    return store.catalogue.kind("case")


@pytest.fixture
def key(store: SqlStore) -> RecordKey:
    row = {"enterprise_name": "东台锦盛新材料有限公司", "uscc": "91320981MABJ1XG60Q", "stage": "ST15"}
    return deeds.add(store, store.catalogue.ledger("guanbiao"), row, "表单")


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    (tmp_path / "证书.pdf").write_bytes(SCAN)
    return tmp_path / "证书.pdf"


def told(store: SqlStore, key: RecordKey) -> list[tuple[str, object, object]]:
    """Return source, before and after of what happened to attachments, oldest first."""
    changes = store.history(store.catalogue.ledger("guanbiao"), key)
    found = [c for c in changes if c.kind == DOCUMENT.name]
    assert all(c.who and c.at and c.batch for c in found)
    return [(c.source, c.before, c.after) for c in reversed(found)]


def test_every_deed_on_an_attachment_is_one_line_of_its_record(
    store: SqlStore, case: Kind, key: RecordKey, scan: Path, tmp_path: Path
) -> None:
    (document,) = documents.add(store, case, key, [scan], "D15", "表单")
    documents.rename(store, document, "D05", "命令行")
    documents.save(store, document, tmp_path / "out.pdf")
    documents.delete(store, [document], "表单")
    assert told(store, key) == [
        ("表单", None, CERTIFICATE),
        ("命令行", CERTIFICATE, REPORT),
        ("附件", None, "另存附件"),
        ("表单", REPORT, None),
    ]
    fields = [c.field for c in store.history(store.catalogue.ledger("guanbiao"), key)]
    assert fields[:4] == [DOCUMENT_FIELD, "_note", DOCUMENT_FIELD, DOCUMENT_FIELD]


def test_undo_and_redo_of_attaching_bring_record_line_and_content(
    store: SqlStore, case: Kind, key: RecordKey, scan: Path
) -> None:
    (document,) = documents.add(store, case, key, [scan], "D15", "表单")
    for _ in range(2):
        store.undo()
        assert documents.of(store, case, key) == []
        store.redo()
        assert documents.content(store, document) == SCAN
    assert told(store, key) == [("表单", None, CERTIFICATE)] + 2 * [
        ("撤销", CERTIFICATE, None),
        ("重做", None, CERTIFICATE),
    ]


def test_a_deletion_taken_back_and_done_again(
    store: SqlStore, case: Kind, key: RecordKey, scan: Path
) -> None:
    (document,) = documents.add(store, case, key, [scan], "", "表单")
    documents.delete(store, [document], "表单")
    store.undo()
    assert documents.content(store, document) == SCAN
    store.redo()
    assert documents.of(store, case, key) == []
    lines = [(before, after) for _source, before, after in told(store, key)]
    assert lines == [(None, "证书.pdf"), ("证书.pdf", None)] + [(None, "证书.pdf"), ("证书.pdf", None)]


def test_what_a_package_brought_stands_there_too(make_store: Callable[..., SqlStore]) -> None:
    store = make_store(role="city", unit="320900")
    above, key, document = (RecordKey("320981", name) for name in ("e", "c", "d"))
    values: Values = {
        **{"record_kind": "case", "record_id": "c", "doc_code": "D15", "file_name": "证书.pdf"},
        **{"sha256": "0" * 64, "size": 9},
    }
    kinds = [store.catalogue.kind(name) for name in ("enterprise", "case")]
    with store.act("收包", "320981.ipk") as act:
        act.merge(kinds[0], [Record("enterprise", above, {"enterprise_name": "甲"}, Version(1, 1, "a"))])
        act.merge(kinds[1], [Record("case", key, {"enterprise_id": "e"}, Version(1, 1, "a"))])
        act.merge(DOCUMENT, [Record("document", document, values, Version(1, 1, "a"))])
    for version, is_gone in ((2, False), (3, True)):
        with store.act("收包", "320981.ipk") as act:
            record = Record("document", document, values, Version(1, version, "a"), deleted=is_gone)
            act.merge(DOCUMENT, [record])
    assert told(store, key) == [("320981.ipk", None, CERTIFICATE), ("320981.ipk", CERTIFICATE, None)]
