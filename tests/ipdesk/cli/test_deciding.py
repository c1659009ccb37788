"""conflicts, duplicates, corrections and what is decided of them, on the command line."""

import shutil
from pathlib import Path

import pytest

from tests.ipdesk.cli.conftest import Run

USCC = "91320981MABJ1XG60Q"
ROW = ("enterprise_name=东台锦盛新材料有限公司", f"uscc={USCC}", "contact_phone=15186091390")
PROMISED = {"id", "ledger", "record", "field", "base", "ours", "theirs", "state"}


class Offices:
    """A city and two counties, and a stick between them."""

    def __init__(self, run: Run, folder: Path) -> None:
        """Make and enrol them."""
        self.run, self.folder, self.count = run, folder, 0
        self.city, self.dongtai, self.jianhu = folder / "市局", folder / "东台市", folder / "建湖"
        told = run("init", "--role", "city", "--unit", "320900", "--no-password", at=self.city)
        assert told.code == 0, told.err
        for place, unit in ((self.dongtai, "320981"), (self.jianhu, "320925")):
            run("init", "--role", "county", "--unit", unit, "--no-password", at=place)
            asked, grant = folder / f"{unit}申请", folder / f"{unit}授权"
            run("enrol", "request", asked, at=place)
            run("enrol", "accept", asked, "--out", grant, at=self.city)
            assert run("enrol", "install", grant, at=place).code == 0

    def exported(self, place: Path) -> list[str]:
        """Return the files that a workspace writes on a fresh stick."""
        self.count += 1
        told = self.run("--json", "package", "export", self.folder / f"U{self.count}", at=place)
        return [str(file) for file in told.json["files"]]

    def round(self) -> None:
        """Carry everything up, then all receipts down."""
        for place in (self.dongtai, self.jianhu):
            assert self.run("package", "receive", *self.exported(place), at=self.city).code == 0
        receipts = self.exported(self.city)
        for place, unit in ((self.dongtai, "320981"), (self.jianhu, "320925")):
            (mine,) = [file for file in receipts if Path(file).name.startswith(unit)]
            assert self.run("package", "receive", mine, at=place).code == 0


@pytest.fixture
def offices(run: Run, tmp_path: Path) -> Offices:
    return Offices(run, tmp_path)


def test_a_correction_is_asked_answered_and_followed(run: Run, offices: Offices) -> None:
    city, county = offices.city, offices.dongtai
    added = run("--json", "add", "guanbiao", *ROW, at=county).json["id"]
    offices.round()
    ask = ("correction", "guanbiao", added)
    made = run(
        "--json", *ask, "contact_phone=15186091391", "--reason", "打不通", "--due", "2099-12-1", at=city
    )
    assert made.code == 0, made.err
    offices.round()
    told = run("--json", "corrections", at=county)
    (row,) = told.json["rows"]
    assert row.keys() >= PROMISED
    expected = {
        "id": made.json["id"],
        "ledger": "guanbiao",
        "record": added,
        "field": "contact_phone",
        "base": "151****1390",
        "ours": "151****1390",
        "theirs": "151****1391",
        "state": "open",
        "reason": "打不通",
        "due": "2099-12-01",
        "unit": "320981",
    }
    assert row | expected == row
    shown = run("--json", "corrections", "--reveal", at=county).json["rows"][0]
    assert shown["theirs"] == "15186091391"
    plain = run("corrections", at=county).out
    assert "打不通" in plain
    assert "15186091391" not in plain
    done = run("--json", "answer", row["id"], "yes", "--reason", "已改", at=county)
    assert (done.code, done.json) == (0, {"id": row["id"], "state": "yes"})
    offices.round()
    (row,) = run("--json", "corrections", at=city).json["rows"]
    assert (row["state"], row["answer"], row["answered_by"]) == ("yes", "已改", "东台市")
    listed = run("--json", "list", "guanbiao", "--reveal", at=city).json["rows"][0]
    assert listed["contact_phone"] == "15186091391"


def test_what_cannot_be_asked_or_answered_is_one_plain_line(run: Run, offices: Offices) -> None:
    city, county = offices.city, offices.dongtai
    added = run("--json", "add", "guanbiao", *ROW, at=county).json["id"]
    offices.round()
    ask = ("correction", "guanbiao", added)
    for words in (
        (*ask, "nonsense=1", "--reason", "x"),
        (*ask, "_other=1", "--reason", "x"),
        (*ask, "contact_phone=151****1390", "--reason", "x"),
        (*ask, f"uscc={USCC}", "--reason", "x"),
        (*ask, "remark=新"),
        (*ask, "remark=新", "--reason", " "),
        (*ask, "remark=新", "--reason", "x", "--part", "subsidy_level=县级"),
        (*ask, "remark=新", "--reason", "x", "--part", "subsidy_year=一二"),
        ("answer", "abcd1234", "yes"),
        ("answer", "all", "no"),
        ("answer", "abcd1234", "maybe"),
        ("resolve", "abcd1234", "same"),
        ("resolve", "abcd1234", "ours"),
        ("resolve", "abcd1234", "ours", "--unit", "320981"),
        ("withdraw", "abcd1234"),
        ("return", "guanbiao", added),
        ("return", "guanbiao", added, "--reason", "x", "--field", "nonsense"),
    ):
        told = run(*words, at=city)
        assert (told.code, told.out, told.err.count("\n")) == (2, "", 1), words
        assert "Traceback" not in told.err
    assert run("--json", "corrections", at=city).json == {"rows": []}


def test_all_that_fit_are_taken_at_once(run: Run, offices: Offices) -> None:
    city, county = offices.city, offices.dongtai
    added = run("--json", "add", "guanbiao", *ROW, "subsidy_year=2024", "subsidy_level=县级", at=county).json[
        "id"
    ]
    offices.round()
    for word in ("remark=新", "legal_rep=张三", "_deleted=是"):
        told = run("correction", "guanbiao", added, word, "--reason", "核对", at=city)
        assert told.code == 0, told.err
    part = run("correction", "guanbiao", added, "subsidy_amount_wan=3", "--reason", "核对", at=city)
    assert part.code == 0, part.err
    asked = run("--json", "corrections", at=city).json["rows"]
    (last,) = [row["id"] for row in asked if row["field"] == "subsidy_amount_wan"]
    assert run("--json", "withdraw", last, at=city).json == {"id": last, "state": "withdrawn"}
    which = ("--part", "subsidy_year=2024")
    part = run("correction", "guanbiao", added, "subsidy_amount_wan=4", "--reason", "核对", *which, at=city)
    assert part.code == 0, part.err
    offices.round()
    run("set", "guanbiao", added, "remark=自己", at=county)
    done = run("--json", "answer", "all", "yes", at=county)
    assert (done.code, done.json["answered"], len(done.json["left"])) == (1, 2, 2)
    shown = run("--json", "list", "guanbiao", at=county).json["rows"][0]
    assert (shown["legal_rep"], shown["remark"], shown["subsidy_amount_wan"]) == ("张三", "自己", 4.0)
    states = sorted(row["state"] for row in run("--json", "corrections", at=county).json["rows"])
    assert states == ["open", "open", "yes", "yes"]


def test_a_claim_of_two_units_is_listed_and_decided(run: Run, offices: Offices) -> None:
    city = offices.city
    ids = [
        run("--json", "add", "guanbiao", *ROW, at=place).json["id"]
        for place in (offices.dongtai, offices.jianhu)
    ]
    offices.round()
    (row,) = run("--json", "duplicates", at=city).json["rows"]
    assert row.keys() >= PROMISED
    assert (row["rule"], row["field"], row["base"], row["state"]) == ("V23", "uscc", USCC, "open")
    assert sorted(side["id"] for side in row["records"]) == sorted(ids)
    assert "统一社会信用代码" in run("duplicates", "--no-hints", at=city).out
    assert run("resolve", row["id"], "same", at=city).code == 2
    done = run("--json", "resolve", row["id"], "same", "--unit", "320981", "--reason", "注册地", at=city)
    assert (done.code, done.json["id"], len(done.json["corrections"])) == (0, row["id"], 1)
    assert run("--json", "duplicates", at=city).json["rows"][0]["unit"] == "320981"
    offices.round()
    offices.round()
    (asked,) = run("--json", "corrections", at=offices.jianhu).json["rows"]
    assert (asked["field"], asked["theirs"], asked["record"]) == ("_deleted", True, ids[1])
    (mine,) = run("--json", "list", "guanbiao", at=offices.jianhu).json["rows"]
    assert mine["_reported"] == "returned"
    assert "归东台市" in mine["_said"]


def test_a_row_is_returned_and_that_taken_back(run: Run, offices: Offices) -> None:
    city, county = offices.city, offices.dongtai
    added = run("--json", "add", "guanbiao", *ROW, at=county).json["id"]
    offices.round()
    told = run("--json", "return", "guanbiao", added, "--reason", "缺证书", "--field", "cert_no", at=city)
    assert (told.code, told.json) == (0, {"id": added, "returned": True})
    offices.round()
    offices.round()
    (row,) = run("--json", "list", "guanbiao", at=county).json["rows"]
    assert (row["_reported"], row["_said"]) == ("returned", "缺证书")
    assert run("return", "guanbiao", added, "--cancel", at=city).code == 0
    offices.round()
    (row,) = run("--json", "list", "guanbiao", at=county).json["rows"]
    assert row["_reported"] == "accepted"


def test_two_copies_of_a_workspace_make_a_conflict_that_is_decided(
    run: Run, offices: Offices, tmp_path: Path
) -> None:
    city, county, copy = offices.city, offices.dongtai, tmp_path / "旧"
    added = run("--json", "add", "guanbiao", *ROW, "remark=一", at=county).json["id"]
    offices.round()
    shutil.copytree(county, copy)
    run("set", "guanbiao", added, "remark=二", at=county)
    offices.round()
    shutil.rmtree(county)
    shutil.copytree(copy, county)
    run("set", "guanbiao", added, "remark=三", at=county)
    offices.round()
    (row,) = run("--json", "conflicts", at=city).json["rows"]
    assert row.keys() >= PROMISED
    assert (row["base"], row["ours"], row["theirs"], row["state"]) == ("一", "三", "二", "open")
    assert (row["ledger"], row["record"], row["field"]) == ("guanbiao", added, "remark")
    assert "另一值“二”" in run("conflicts", "--reveal", at=city).out
    done = run("--json", "resolve", row["id"], "theirs", "--reason", "以二为准", at=city)
    assert (done.code, len(done.json["corrections"])) == (0, 1)
    offices.round()
    (asked,) = run("--json", "corrections", at=county).json["rows"]
    assert (asked["base"], asked["theirs"], asked["reason"]) == ("三", "二", "以二为准")
    assert run("answer", asked["id"], "yes", at=county).code == 0
    offices.round()
    for place in (city, county):
        assert run("--json", "list", "guanbiao", at=place).json["rows"][0]["remark"] == "二"
        assert [r["state"] for r in run("--json", "conflicts", at=place).json["rows"]] in (["theirs"], [])
