"""archive make and open: one signed file of a period, looked at later."""

from pathlib import Path

from tests.ipdesk.cli.conftest import Run

ROW = ("enterprise_name=东台锦盛新材料有限公司", "uscc=91320981MABJ1XG60Q", "stage=ST15", "standard_code=SD2")


def test_a_period_is_put_away_and_opened(run: Run, county: Path, tmp_path: Path) -> None:
    run("add", "guanbiao", *ROW, "cert_issue_date=2024-03-01")
    out = tmp_path / "上半年.ipa"
    made = run("--json", "archive", "make", "2024-Q2", out)
    assert made.code == 0, made.err
    assert (made.json["tasks"], made.json["records"]) == (27, 1)
    told = run("--json", "archive", "open", out).json
    assert (told["digest"], told["period"], told["as_of"]) == (made.json["digest"], "2024-Q2", "2024-06-30")
    lines = run("archive", "open", out).out.splitlines()
    assert lines[0].startswith("东台市知识产权局 2024年第二季度归档，")
    assert lines[1] == "截至 2024-06-30；签名和内容核对无误"
    assert lines[2] == f"归档摘要 {made.json['digest']}"
    assert lines[-2:] == ["任务：未报 26，未报（滞后） 1", "记录 1 条，佐证 0 件"]
    words = run("archive", "make", "2024", tmp_path / "全年.ipa", "--known-on", "2025-01-31").out.splitlines()
    assert words[0] == f"已归档2024年：{tmp_path / '全年.ipa'}"
    assert "按 2025-01-31 登记的内容" in run("archive", "open", tmp_path / "全年.ipa").out


def test_a_changed_file_is_one_line(run: Run, county: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.ipa"
    run("archive", "make", "2024", out)
    data = bytearray(out.read_bytes())
    data[-9] ^= 1
    (tmp_path / "b.ipa").write_bytes(data)
    told = run("archive", "open", tmp_path / "b.ipa")
    assert (told.code, told.out, told.err.count("\n")) == (2, "", 1)
