"""enrol and package: county and city get to know each other, records go up, receipts come down."""

from datetime import datetime
from pathlib import Path

import pytest

from tests.ipdesk.cli.conftest import Run

ROW = ("enterprise_name=东台锦盛新材料有限公司", "uscc=91320981MABJ1XG60Q", "contact_phone=15186091390")


@pytest.fixture
def city(run: Run, tmp_path: Path) -> Path:
    place = tmp_path / "市局"
    told = run("init", "--role", "city", "--unit", "320900", "--no-password", at=place)
    assert told.code == 0, told.err
    return place


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "U盘").mkdir()
    return tmp_path / "U盘"


@pytest.fixture
def enrolled(run: Run, county: Path, city: Path, tmp_path: Path) -> str:
    """Let the county enrol with the city; return the county's fingerprint."""
    asked, grant = tmp_path / "申请", tmp_path / "授权"
    ours = run("--json", "enrol", "request", asked, at=county)
    theirs = run("--json", "enrol", "accept", asked, "--out", grant, at=city)
    assert (ours.code, theirs.code) == (0, 0), ours.err + theirs.err
    assert ours.json["fingerprint"] == theirs.json["fingerprint"]
    installed = run("enrol", "install", grant, at=county)
    assert installed.code == 0, installed.err
    assert "请打电话核对指纹：" in installed.out
    return str(ours.json["fingerprint"])


@pytest.mark.usefixtures("enrolled")
def test_records_go_up_and_a_receipt_comes_down(run: Run, county: Path, city: Path, stick: Path) -> None:
    assert run("add", "guanbiao", *ROW).code == 0
    assert run("--json", "status").json["unsent"] == 2
    sent = run("--json", "package", "export", stick)
    (package,) = sent.json["files"]
    assert (sent.code, sent.err, [str(p) for p in stick.iterdir()]) == (0, "", [package])
    preview = run("--json", "package", "receive", package, "--dry-run", at=city)
    assert preview.json == {"accepted": 2, "unchanged": 0, "conflicts": 0, "refused": []}
    assert run("--json", "list", "guanbiao", at=city).json["total"] == 0
    assert run("--json", "package", "receive", package, at=city).json["accepted"] == 2
    again = run("--json", "package", "receive", package, at=city)
    assert (again.code, again.json["accepted"], again.json["unchanged"]) == (0, 0, 2)
    shown = run("--json", "list", "guanbiao", at=city).json["rows"]
    ours = [
        {name: r[name] for name in r if name != "_reported"}
        for r in run("--json", "list", "guanbiao").json["rows"]
    ]
    assert shown == ours
    (receipt,) = run("--json", "package", "export", stick, at=city).json["files"]
    assert run("package", "receive", receipt).out == "接收 2 条，未变 0 条，冲突 0 条，退回 0 个文件\n"
    again = run("package", "receive", receipt)
    assert (again.code, again.out.splitlines()[1]) == (
        0,
        f"{Path(receipt).name}：里面的这里都已经有，这次没有变化",
    )
    status = run("--json", "status").json
    assert (status["unsent"], status["unconfirmed"]) == (0, 0)
    assert status["last_package"]["file_name"] == Path(package).name
    at = datetime.fromisoformat(status["last_package"]["at"]).astimezone()
    assert f"最近同步包：{Path(package).name}（{at:%Y-%m-%d %H:%M}）" in run("status").out


@pytest.mark.usefixtures("enrolled", "county")
def test_a_city_cannot_change_a_county_s_record(run: Run, city: Path, stick: Path) -> None:
    run("add", "guanbiao", *ROW)
    run("package", "receive", *run("--json", "package", "export", stick).json["files"], at=city)
    (row,) = run("--json", "list", "guanbiao", at=city).json["rows"]
    for words in (("set", "guanbiao", row["id"], "legal_rep=张三"), ("delete", "guanbiao", row["id"])):
        told = run(*words, at=city)
        assert (told.code, told.out) == (2, "")
        assert "只能由填报单位修改" in told.err
    assert run("--json", "history", "guanbiao", row["id"], at=city).code == 0


@pytest.mark.usefixtures("enrolled", "county")
def test_a_changed_package_is_refused_in_one_sentence(run: Run, city: Path, stick: Path) -> None:
    run("add", "guanbiao", *ROW)
    (package,) = map(Path, run("--json", "package", "export", stick).json["files"])
    good = run("--json", "package", "inspect", package, at=city)
    assert (good.code, good.json["valid"], good.json["reason"]) == (0, True, "")
    assert good.json["header"]["unit"] == "320981"
    data = bytearray(package.read_bytes())
    data[200] ^= 1
    bad = stick / "bad.ipk"
    bad.write_bytes(data)
    told = run("--json", "package", "inspect", bad, at=city)
    assert (told.code, told.json["valid"], told.json["header"]) == (1, False, {})
    assert told.json["reason"]
    refused = run("--json", "package", "receive", bad, stick / "没有.ipk", at=city)
    assert refused.code == 1
    assert [Path(r["file"]).name for r in refused.json["refused"]] == ["bad.ipk", "没有.ipk"]
    assert refused.json["accepted"] == 0
    plain = run("package", "receive", bad, at=city)
    assert plain.out.splitlines()[0] == "接收 0 条，未变 0 条，冲突 0 条，退回 1 个文件"
    assert run("package", "inspect", bad, at=city).out.startswith("无效：")
    assert "unit：320981" in run("package", "inspect", package, at=city).out


def test_export_before_enrolment_is_refused(run: Run, county: Path, stick: Path) -> None:
    assert county.is_dir()
    told = run("package", "export", stick)
    assert (told.code, told.out, told.err.count("\n")) == (2, "", 1)
    assert list(stick.iterdir()) == []


@pytest.mark.usefixtures("enrolled", "county")
def test_a_stick_that_is_not_there_uses_up_no_number(run: Run, stick: Path, tmp_path: Path) -> None:
    told = run("package", "export", tmp_path / "拔掉了" / "同步")
    assert (told.code, told.out, told.err.count("\n")) == (2, "", 1)
    assert "U盘可能已拔出" in told.err
    assert not (tmp_path / "拔掉了").exists()
    (package,) = run("--json", "package", "export", stick / "同步").json["files"]
    assert package.endswith("-1.ipk")


def test_enrolment_overwrites_no_other_file(run: Run, county: Path, city: Path, tmp_path: Path) -> None:
    asked, other = tmp_path / "申请", tmp_path / "别的"
    other.write_text("重要")
    told = run("enrol", "request", other, at=county)
    assert (told.code, told.out) == (2, "")
    assert "不会覆盖" in told.err
    for _ in range(2):  # the same request again is no other file
        assert run("enrol", "request", asked, at=county).code == 0
    assert run("enrol", "accept", asked, "--out", other, at=city).code == 2
    assert other.read_text() == "重要"
    assert run("--json", "status", at=city).json["enrolled"] == []
    assert run("enrol", "accept", asked, "--out", tmp_path / "授权", at=city).code == 0


@pytest.mark.usefixtures("enrolled", "county")
def test_a_package_of_a_newer_program_is_genuine_but_waits(
    run: Run, city: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("add", "guanbiao", *ROW)
    with monkeypatch.context() as newer:
        newer.setattr("db.store.SqlStore.schema", 99)
        (package,) = run("--json", "package", "export", stick).json["files"]
    told = run("--json", "package", "inspect", package, at=city)
    assert (told.code, told.json["valid"], told.json["header"]["schema"]) == (0, True, 99)
    assert "请先升级" in told.json["reason"]
    assert run("package", "inspect", package, at=city).out.startswith("有效：")
    assert run("package", "receive", package, at=city).code == 1


def test_a_locked_workspace_is_reminded_and_goes_on(
    run: Run, city: Path, tmp_path: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, asked, grant = tmp_path / "建湖", tmp_path / "申请", tmp_path / "授权"
    monkeypatch.setenv("IPDESK_PASSWORD", "密码 123")
    assert run("init", "--role", "county", "--unit", "320925", at=place).code == 0
    run("enrol", "request", asked, at=place)
    run("enrol", "accept", asked, "--out", grant, at=city)
    run("enrol", "install", grant, at=place)
    told = run("--json", "package", "export", stick, at=place)
    assert (told.code, len(told.json["files"])) == (0, 1)
    assert "核对密钥指纹" in told.err


@pytest.mark.usefixtures("enrolled", "county")
def test_a_second_device_takes_the_first_one_s_place_only_when_told(
    run: Run, city: Path, tmp_path: Path
) -> None:
    place, asked, grant = tmp_path / "东台新", tmp_path / "申请2", tmp_path / "授权2"
    run("init", "--role", "county", "--unit", "320981", "--no-password", at=place)
    run("enrol", "request", asked, at=place)
    told = run("enrol", "accept", asked, "--out", grant, at=city)
    assert (told.code, grant.exists()) == (2, False)
    assert run("enrol", "accept", asked, "--out", grant, "--supersede", at=city).code == 0
    assert run("enrol", "install", grant, at=place).code == 0


@pytest.mark.usefixtures("enrolled")
def test_a_code_kept_for_a_reason_travels_with_it(run: Run, city: Path, stick: Path, tmp_path: Path) -> None:
    row = ("enterprise_name=东台老厂", "uscc=91320981MABJ1XG60X")
    refused = run("add", "guanbiao", *row)
    assert refused.code == 2
    assert "请在“信用代码说明”里写明原因" in refused.err
    assert run("add", "guanbiao", *row, "uscc_reason=执照上如此").code == 0
    (package,) = run("--json", "package", "export", stick).json["files"]
    assert run("--json", "package", "receive", package, at=city).json["accepted"] == 2
    (shown,) = run("--json", "list", "guanbiao", at=city).json["rows"]
    assert (shown["uscc"], shown["uscc_reason"]) == ("91320981MABJ1XG60X", "执照上如此")
    assert run("export", "guanbiao", tmp_path / "台账.csv", at=city).code == 0
    assert "执照上如此" in (tmp_path / "台账.csv").read_text(encoding="utf-8-sig")
    assert run("import", "guanbiao", tmp_path / "台账.csv", "--dry-run", at=city).code == 1


@pytest.mark.usefixtures("enrolled", "county")
def test_the_city_is_told_what_a_package_brings_that_breaks_a_rule(run: Run, city: Path, stick: Path) -> None:
    run(
        "add",
        "guanbiao",
        *ROW,
        "cert_issue_date=2025-01-10",
        "cert_valid_to=2026-01-09",
        "cert_no=84025IP21017R0M",
    )
    (package,) = run("--json", "package", "export", stick).json["files"]
    told = run("--json", "package", "receive", package, at=city)
    (doubt,) = [d for d in told.json["_doubts"] if d["code"] == "V11"]
    (row,) = run("--json", "list", "guanbiao", "--where", "_doubts=V11", at=city).json["rows"]
    assert (told.code, doubt["grade"], doubt["field"], doubt["id"]) == (0, "warn", "cert_valid_to", row["id"])
    assert "V11" in row["_doubts"]
    assert run("--json", "list", "guanbiao", "--where", "_doubts=V12", at=city).json["total"] == 0
    run("set", "guanbiao", row["id"], "cert_valid_to=2026-01-19")
    (package,) = run("--json", "package", "export", stick).json["files"]
    shown = run("package", "receive", package, at=city).out
    assert "请核对：贯标企业台账“东台锦盛新材料有限公司”（V11）有效期与发证日不是3年" in shown
