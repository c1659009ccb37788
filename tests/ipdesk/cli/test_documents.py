"""document: papers attached to a row by the command line; and carried in a package when asked."""

from pathlib import Path

import pytest

from tests.ipdesk.cli.conftest import Run

ROW = ("enterprise_name=东台锦盛新材料有限公司", "uscc=91320981MABJ1XG60Q", "stage=ST06")


@pytest.fixture
def id_(run: Run, county: Path) -> str:
    return str(run("--json", "add", "guanbiao", *ROW, at=county).json["id"])


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    (tmp_path / "执照.pdf").write_bytes(b"%PDF scan")
    return tmp_path / "执照.pdf"


def test_papers_are_added_listed_saved_and_deleted(run: Run, id_: str, scan: Path, tmp_path: Path) -> None:
    before = run("--json", "document", "list", "guanbiao", id_).json
    assert (before["rows"], [p["doc_code"] for p in before["lacking"]]) == ([], ["D01", "D02", "D06", "D07"])
    added = run("--json", "document", "add", "guanbiao", id_, scan, "--as", "D01")
    assert added.code == 0, added.err
    (document,) = added.json["ids"]
    told = run("--json", "document", "list", "guanbiao", id_).json
    assert [(d["id"], d["doc_code"], d["file_name"], d["size"], d["_state"]) for d in told["rows"]] == [
        (document, "D01", "执照.pdf", 9, "")
    ]
    assert told["lacking"][0] == {"doc_code": "D02", "name": "省系统备案截图/备案表"}
    lines = run("document", "list", "guanbiao", id_).out.splitlines()
    assert lines[0] == f"{document}  营业执照(副本)复印件  执照.pdf  9 字节"
    assert lines[-1] == "共 1 份，缺 3 份"
    assert run("document", "save", document, tmp_path / "出.pdf").code == 0
    assert (tmp_path / "出.pdf").read_bytes() == scan.read_bytes()
    assert run("document", "delete", document).out == "已删除，可用 undo 撤销\n"
    gone = run("document", "save", document, tmp_path / "出.pdf")
    assert (gone.code, gone.err.count("\n")) == (2, 1)
    assert "用 document list 可查到编号" in gone.err
    assert run("undo").code == 0
    assert len(run("--json", "document", "list", "guanbiao", id_).json["rows"]) == 1


def test_several_papers_each_under_its_own_heading_stand_in_the_history(
    run: Run, id_: str, scan: Path, tmp_path: Path
) -> None:
    other = tmp_path / "备案.pdf"
    other.write_bytes(b"%PDF other")
    wrong = run("document", "add", "guanbiao", id_, scan, other, scan, "--as", "D01", "--as", "D02")
    assert (wrong.code, wrong.err) == (2, "有3个文件、2个 --as，应只写一个，或与文件一样多\n")
    assert run("document", "add", "guanbiao", id_, scan, other, "--as", "D01", "--as", "D02").code == 0
    told = run("--json", "history", "guanbiao", id_).json["changes"]
    assert [(c["field"], c["before"], c["after"]) for c in told[:2]] == [
        ("_document", None, "省系统备案截图/备案表（备案.pdf）"),
        ("_document", None, "营业执照(副本)复印件（执照.pdf）"),
    ]
    first = run("history", "guanbiao", id_).out.splitlines()[0]
    assert first.endswith("命令行  附件：（空） → 省系统备案截图/备案表（备案.pdf）")


def test_a_row_of_another_ledger_lacks_nothing_by_a_list(run: Run, county: Path, scan: Path) -> None:
    row = ("institution_name=盐城某知识产权代理有限公司", "uscc=91320981MABJ1XG60Q")
    id_ = run("--json", "add", "institution", *row, at=county).json["id"]
    assert run("document", "add", "institution", id_, scan, "--as", "许可证").code == 0
    told = run("--json", "document", "list", "institution", id_).json
    assert (told["rows"][0]["doc_code"], told["lacking"]) == ("许可证", [])


def test_what_is_no_paper_is_one_line(run: Run, id_: str, tmp_path: Path) -> None:
    (tmp_path / "x.exe").write_bytes(b"MZ")
    told = run("document", "add", "guanbiao", id_, tmp_path / "x.exe")
    assert (told.code, told.out, told.err.count("\n")) == (2, "", 1)
    assert "不能作附件" in told.err


def test_they_go_along_when_asked_and_their_size_is_told_first(
    run: Run, county: Path, id_: str, scan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    city, stick = tmp_path / "市局", tmp_path / "U盘"
    run("init", "--role", "city", "--unit", "320900", "--no-password", at=city)
    run("enrol", "request", tmp_path / "申请", at=county)
    run("enrol", "accept", tmp_path / "申请", "--out", tmp_path / "授权", at=city)
    run("enrol", "install", tmp_path / "授权", at=county)
    (document,) = run("--json", "document", "add", "guanbiao", id_, scan, "--as", "D01").json["ids"]
    (bare,) = run("--json", "package", "export", stick).json["files"]
    assert run("package", "receive", bare, at=city).code == 0
    assert (
        run("--json", "document", "list", "guanbiao", id_, at=city).json["rows"][0]["_state"] == "附件未随包"
    )
    refused = run("document", "save", document, tmp_path / "出.pdf", at=city)
    assert (refused.code, refused.err) == (2, "“执照.pdf”打不开：附件未随包\n")
    monkeypatch.setattr("ipdesk.sync.contents.MOST", 5)
    waiting = run("--json", "package", "export", tmp_path / "装不下", "--attachments")
    assert waiting.json["attachments"] == {"count": 0, "bytes": 0, "waiting": 1}
    assert "另有 1 份" in waiting.err
    monkeypatch.undo()
    sent = run("--json", "package", "export", stick, "--attachments")
    assert sent.err == "随包附件 1 份，共 9 字节（0.0 MB）\n"
    assert sent.json["attachments"] == {"count": 1, "bytes": 9, "waiting": 0}
    assert run("package", "receive", sent.json["files"][0], at=city).code == 0
    assert run("document", "save", document, tmp_path / "出.pdf", at=city).code == 0
    assert (tmp_path / "出.pdf").read_bytes() == scan.read_bytes()
    no = run("package", "export", stick, "--attachments", at=city)
    assert (no.code, no.err) == (2, "附件由县（市、区）随同步包上报，市局的回执不带附件\n")
