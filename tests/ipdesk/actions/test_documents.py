"""What a user does with attachments: add, look, save, name, delete, take back; and what is tidied away."""

import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from db.store import SqlStore
from ipdesk.actions import documents
from ipdesk.actions import ledger as deeds
from ipdesk.kinds.declare import Kind
from ipdesk.problems import Refusal
from ipdesk.records import RecordKey

PDF = b"%PDF-1.7 scan"
SAMPLES = {
    "证书.pdf": PDF,
    "营业执照.JPG": b"\xff\xd8\xff\xe0 picture",
    "备案.png": b"\x89PNG\r\n\x1a\n picture",
    "合同.tif": b"II*\0 picture",
    "票.ofd": b"PK\3\4 ofd",
    "申请书.docx": b"PK\3\4 word",
    "清单.xls": b"\xd0\xcf\x11\xe0 sheet",
    "手册.wps": b"PK\3\4 wps",
}
LATER = date.today() + timedelta(days=31)


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
    return written(tmp_path, "证书.pdf", PDF)


def written(folder: Path, name: str, data: bytes) -> Path:
    (folder / name).write_bytes(data)
    return folder / name


def kept(store: SqlStore) -> int:
    folder = store.folder / "attachments"
    return len(list(folder.iterdir())) if folder.exists() else 0


def test_files_are_attached_in_one_act_and_listed_in_order(
    store: SqlStore, case: Kind, key: RecordKey, tmp_path: Path
) -> None:
    files = [written(tmp_path, name, data) for name, data in SAMPLES.items()]
    documents.add(store, case, key, files[1:], "照片", "表单")
    (first,) = documents.add(store, case, key, files[:1], "认证证书扫描件", "表单")
    told = documents.of(store, case, key)
    assert [d.file_name for d in told] == list(SAMPLES)
    assert (told[0].key, told[0].doc_code, told[0].label) == (first, "D15", "认证证书扫描件")
    assert (told[0].size, told[0].media_type, told[0].here) == (len(PDF), "application/pdf", True)
    assert {d.label for d in told[1:]} == {"照片"}
    assert [documents.content(store, d.key) for d in told] == list(SAMPLES.values())
    store.undo()
    assert len(documents.of(store, case, key)) == 7
    store.undo()
    assert documents.of(store, case, key) == []


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("病毒.exe", b"MZ", "这种文件不能作附件，可以添加的有：pdf、jpg、png"),
        ("空.pdf", b"", "是空文件"),
        ("照片.pdf", b"\xff\xd8\xff\xe0", "内容与后缀不符"),
        ("表.docx", PDF, "内容与后缀不符"),
    ],
)
def test_what_is_no_paper_is_refused(
    store: SqlStore, case: Kind, key: RecordKey, tmp_path: Path, scan: Path, name: str, data: bytes, told: str
) -> None:
    with pytest.raises(Refusal, match=told):
        documents.add(store, case, key, [scan, written(tmp_path, name, data)], "D15", "表单")
    assert documents.of(store, case, key) == []
    assert kept(store) == 0


def test_what_is_too_large_or_no_regular_file_is_refused(
    store: SqlStore, case: Kind, key: RecordKey, tmp_path: Path
) -> None:
    with (tmp_path / "大.pdf").open("wb") as stream:
        stream.truncate(documents.MOST + 1)
    os.mkfifo(tmp_path / "管道.pdf")
    for path, told in (
        (tmp_path / "大.pdf", "50 MB的上限"),
        (tmp_path / "管道.pdf", "不是普通文件"),
        (tmp_path, "是文件夹"),
        (tmp_path / "无.pdf", "找不到"),
    ):
        with pytest.raises(Refusal, match=told):
            documents.add(store, case, key, [path], "D15", "表单")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("证书😀🏢.pdf".encode(), "证书😀🏢.pdf"),
        ("👩\u200d💼证.pdf".encode(), "👩\u200d💼证.pdf"),
        (b"x" * 251 + b".pdf", "x" * 251 + ".pdf"),
        (b"\xff\xfe\xfd.pdf", "___.pdf"),  # as another system wrote it
        ("证\n书\u202efdp:1.pdf".encode(), "证_书_fdp_1.pdf"),
    ],
)
def test_any_name_is_kept_as_every_system_can_write_it(
    store: SqlStore, case: Kind, key: RecordKey, tmp_path: Path, name: bytes, kept: str
) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
    path.write_bytes(PDF)
    (one,) = documents.add(store, case, key, [path], "D15", "表单")
    told = documents.of(store, case, key)[0]
    assert told.file_name == kept
    documents.save(store, one, tmp_path / told.file_name)
    assert (tmp_path / kept).read_bytes() == PDF
    path.write_bytes(b"")
    with pytest.raises(Refusal, match="是空文件") as refused:
        documents.add(store, case, key, [path], "D15", "表单")
    assert refused.value.message.encode()  # can be printed


def test_a_file_that_goes_away_or_grows_while_it_is_read_is_refused(
    store: SqlStore, case: Kind, key: RecordKey, tmp_path: Path, scan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = written(tmp_path, "走.pdf", PDF)

    def progress(done: int, _total: int) -> None:
        if done:
            gone.unlink(missing_ok=True)

    with pytest.raises(Refusal, match="找不到文件.*走.pdf"):
        documents.add(store, case, key, [scan, gone], "D15", "表单", progress)
    monkeypatch.setattr("ipdesk.actions.documents.MOST", 20)
    monkeypatch.setattr("ipdesk.actions.documents.read_start", lambda _path, most: PDF * 9)
    with pytest.raises(Refusal, match="还在变大"):
        documents.add(store, case, key, [scan], "D15", "表单")
    assert documents.of(store, case, key) == []
    assert kept(store) == 0


def test_a_file_held_by_another_program_is_told(
    store: SqlStore, case: Kind, key: RecordKey, scan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(_path: Path, _mode: str) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", locked)
    with pytest.raises(Refusal, match="“证书.pdf”.*正被其他程序（如 WPS）打开"):
        documents.look_over([scan])


def test_what_is_damaged_is_told_by_its_name_and_the_others_open(
    store: SqlStore, case: Kind, key: RecordKey, tmp_path: Path, scan: Path
) -> None:
    (bad,) = documents.add(store, case, key, [scan], "D15", "表单")
    (file,) = (store.folder / "attachments").iterdir()
    file.write_bytes(file.read_bytes()[:-1] + b"?")
    (good,) = documents.add(store, case, key, [written(tmp_path, "b.pdf", PDF + b"2")], "D15", "表单")
    with pytest.raises(Refusal, match="^“证书.pdf”打不开：附件的内容已损坏"):
        documents.content(store, bad)
    assert documents.content(store, good) == PDF + b"2"
    documents.delete(store, [bad], "表单")
    (again,) = documents.add(store, case, key, [scan], "D15", "表单")
    assert documents.content(store, again) == PDF


def test_a_full_disk_at_the_last_step_leaves_neither_record_nor_content(
    store: SqlStore, case: Kind, key: RecordKey, scan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_told: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("db.journal.write", full)
    with pytest.raises(OSError, match="No space"):
        documents.add(store, case, key, [scan], "D15", "表单")
    monkeypatch.undo()
    assert documents.of(store, case, key) == []
    assert kept(store) == 0
    assert store.check() == []


def test_a_pdf_may_have_something_before_its_mark(
    store: SqlStore, case: Kind, key: RecordKey, tmp_path: Path
) -> None:
    documents.add(store, case, key, [written(tmp_path, "a.pdf", b"\r\n" + PDF)], "", "表单")
    assert [d.label for d in documents.of(store, case, key)] == [""]


def test_the_same_content_is_told_under_one_heading_and_kept_once_under_two(
    store: SqlStore, case: Kind, key: RecordKey, scan: Path
) -> None:
    documents.add(store, case, key, [scan], "D15", "表单")
    with pytest.raises(Refusal, match="已经添加在这一项里了"):
        documents.add(store, case, key, [scan], "D15", "表单")
    documents.add(store, case, key, [scan], "D20", "表单")
    assert kept(store) == 1
    assert len(documents.of(store, case, key)) == 2


def test_a_heading_can_be_changed_and_taken_back(
    store: SqlStore, case: Kind, key: RecordKey, scan: Path
) -> None:
    (one,) = documents.add(store, case, key, [scan], "D15", "表单")
    assert documents.rename(store, one, "再认证证书复印件", "表单")
    assert not documents.rename(store, one, "再认证证书复印件", "表单")
    assert documents.of(store, case, key)[0].label == "再认证证书复印件"
    store.undo()
    assert documents.of(store, case, key)[0].doc_code == "D15"


def test_deleting_is_taken_back_with_the_content(
    store: SqlStore, case: Kind, key: RecordKey, scan: Path
) -> None:
    (one,) = documents.add(store, case, key, [scan], "D15", "表单")
    documents.delete(store, [one], "表单")
    assert documents.of(store, case, key) == []
    for deed in (
        lambda: documents.content(store, one),
        lambda: documents.rename(store, one, "D20", "表单"),
        lambda: documents.delete(store, [one], "表单"),
    ):
        with pytest.raises(Refusal, match="这个附件已经不在了"):
            deed()
    store.undo()
    assert documents.content(store, one) == PDF


def test_attachments_go_and_come_back_with_their_record(
    store: SqlStore, case: Kind, key: RecordKey, scan: Path
) -> None:
    (one,) = documents.add(store, case, key, [scan], "D15", "表单")
    deeds.delete(store, store.catalogue.ledger("guanbiao"), [key], "表单")
    assert documents.of(store, case, key) == []
    with pytest.raises(Refusal, match="这条记录已经不在了"):
        documents.add(store, case, key, [scan], "D15", "表单")
    store.undo()
    assert documents.content(store, one) == PDF


def test_it_is_saved_as_it_was_and_that_is_logged(
    store: SqlStore, case: Kind, key: RecordKey, scan: Path, tmp_path: Path
) -> None:
    (one,) = documents.add(store, case, key, [scan], "D15", "表单")
    documents.save(store, one, tmp_path / "另存.pdf")
    assert (tmp_path / "另存.pdf").read_bytes() == PDF
    undone = store.undoable()
    assert undone is not None
    assert undone.deed == "添加附件1份"  # what was only looked at is not taken back
    assert store.check() == []


def test_a_content_that_is_gone_is_said_to_be(
    store: SqlStore, case: Kind, key: RecordKey, scan: Path
) -> None:
    (one,) = documents.add(store, case, key, [scan], "D15", "表单")
    store.contents.remove(documents.of(store, case, key)[0].sha256)
    assert documents.of(store, case, key)[0].state == documents.NOT_HERE
    with pytest.raises(Refusal, match="“证书.pdf”打不开：内容不在这台电脑上"):
        documents.content(store, one)
    assert store.check() == ["有1份附件的内容不在这台电脑上，请用原文件重新添加：证书.pdf"]


def test_the_check_names_a_few_and_says_how_many(
    store: SqlStore, case: Kind, key: RecordKey, tmp_path: Path
) -> None:
    files = [written(tmp_path, f"{n}.pdf", PDF + str(n).encode()) for n in range(7)]
    documents.add(store, case, key, files, "D15", "表单")
    for document in documents.of(store, case, key):
        store.contents.remove(document.sha256)
    (told,) = store.check()
    assert told.startswith("有7份附件")
    assert told.endswith("4.pdf 等")


def test_only_the_owner_attaches(make_store: Callable[..., SqlStore], case: Kind, scan: Path) -> None:
    city = make_store("city", "320900")
    row = {"enterprise_name": "东台锦盛新材料有限公司", "uscc": "91320981MABJ1XG60Q", "unit_code": "320981"}
    key = deeds.add(city, city.catalogue.ledger("guanbiao"), row, "表单")
    documents.add(city, case, key, [scan], "D15", "表单")
    record = city.get(case, key)
    assert record is not None
    foreign = RecordKey("320981", key.id)
    with city.act("收取", "包") as act:
        act.merge(case, [type(record)("case", foreign, record.values, record.version)])
    with pytest.raises(Refusal, match="由县（市、区）填报"):
        documents.add(city, case, foreign, [scan], "D15", "表单")


def test_a_failed_act_leaves_no_content(
    store: SqlStore, case: Kind, key: RecordKey, scan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("db.journal.write", broken)
    with pytest.raises(RuntimeError, match="broken"):
        documents.add(store, case, key, [scan], "D15", "表单")
    assert kept(store) == 0


def test_a_content_goes_a_month_after_its_last_record_and_can_then_not_be_taken_back(
    store: SqlStore, case: Kind, key: RecordKey, scan: Path, tmp_path: Path
) -> None:
    first = documents.add(store, case, key, [scan], "D15", "表单")
    second = documents.add(store, case, key, [scan], "D20", "表单")
    documents.delete(store, first, "表单")
    assert documents.tidy(store, LATER) == 0  # the other record still needs it
    documents.delete(store, second, "表单")
    assert documents.tidy(store) == 0  # it may still be taken back
    assert kept(store) == 1
    assert documents.tidy(store, LATER) == 1
    assert kept(store) == 0
    assert documents.tidy(store, LATER) == 0
    undoable = store.undoable()
    assert undoable is not None
    assert undoable.deed == "新增贯标企业台账"
    assert store.check() == []


def test_a_city_tidies_what_its_counties_deleted(make_store: Callable[..., SqlStore]) -> None:
    assert documents.tidy(make_store("city", "320900")) == 0


def test_what_was_taken_back_can_not_be_done_again_once_its_content_is_gone(
    store: SqlStore, case: Kind, key: RecordKey, scan: Path
) -> None:
    documents.add(store, case, key, [scan], "D15", "表单")
    store.undo()
    assert store.redoable() is not None
    assert documents.tidy(store, LATER) == 1
    assert store.redoable() is None


def test_progress_is_told_and_giving_up_adds_nothing(
    store: SqlStore, case: Kind, key: RecordKey, tmp_path: Path
) -> None:
    files = [written(tmp_path, name, data) for name, data in SAMPLES.items()][:3]
    told: list[tuple[int, int]] = []

    def give_up(done: int, total: int) -> None:
        told.append((done, total))
        if done == 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        documents.add(store, case, key, files, "照片", "表单", give_up)
    assert told == [(0, 3), (1, 3), (2, 3)]
    assert (documents.of(store, case, key), kept(store)) == ([], 0)
