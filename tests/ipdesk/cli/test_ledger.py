"""list, history, set, add, delete, undo: names and shapes that other programs rely on."""

from pathlib import Path

import pytest

from ipdesk.actions import ledger as actions
from ipdesk.kinds.declare import Ledger
from ipdesk.store import Store
from tests.ipdesk.cli.conftest import Run

ROW = (
    "enterprise_name=东台锦盛新材料有限公司",
    "uscc=91320981MABJ1XG60Q",
    "guanbiao_state=获证",
    "town_name=弶港镇",
    "standard_code=GB/T 29490-2013",
    "contact_phone=15186091390",
    "subsidy_amount_wan=5万元",
)
pytestmark = pytest.mark.usefixtures("county")


@pytest.fixture
def row(run: Run, county: Path) -> str:
    assert county.is_dir()
    told = run("--json", "add", "guanbiao", *ROW)
    assert told.code == 0, told.err
    return str(told.json["id"])


def test_a_row_is_told_with_declared_names_and_codes(run: Run, row: str) -> None:
    told = run("--json", "list", "guanbiao").json
    assert told == {
        "rows": [
            {
                "id": row,
                "_owner": "320981",
                "unit_code": "320981",
                "town_code": "320981121",
                "enterprise_name": "东台锦盛新材料有限公司",
                "uscc": "91320981MABJ1XG60Q",
                "stage": "ST15",
                "standard_code": "SD1",
                "contact_phone": "151****1390",
                "subsidy_amount_wan": 5.0,
                "_simplified": "通过认证",
                "_track": "认证",
                "_reported": "unsent",
            }
        ],
        "total": 1,
    }


@pytest.mark.usefixtures("row")
def test_personal_values_show_only_when_asked_and_that_is_logged(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    logged: list[int] = []
    kept = actions.note_reveal

    def note(store: Store, ledger: Ledger, count: int, source: str) -> None:
        logged.append(count)
        kept(store, ledger, count, source)

    monkeypatch.setattr(actions, "note_reveal", note)
    told = run("list", "guanbiao", "--reveal", "--json").json
    assert (told["rows"][0]["contact_phone"], logged) == ("15186091390", [1])


@pytest.mark.usefixtures("row")
def test_where_takes_codes_and_words_and_all_must_hold(run: Run) -> None:
    def total(*words: str) -> int:
        answer = run("--json", "list", "guanbiao", *words)
        assert answer.code == 0, answer.err
        return int(answer.json["total"])

    assert total("--where", "stage=ST15") == total("--where", "guanbiao_state=获证") == 1
    assert total("--where", "town_name=弶港镇", "--where", "standard_code=SD1") == 1
    assert total("--where", "town_name=弶港镇", "--where", "standard_code=SD2") == 0
    assert total("--where", "cert_no=") == 1
    assert total("--where", "uscc=") == 0
    assert total("--search", "jsxcl") == total("--search", "锦盛") == 1
    assert total("--search", "没有这家") == 0


def test_where_with_a_word_that_is_no_code_is_refused(run: Run) -> None:
    told = run("list", "guanbiao", "--where", "stage=胡写")
    assert (told.code, told.out) == (2, "")
    assert told.err == "--where stage：“胡写”不在代码表中，请从下拉列表里选一项\n"


@pytest.mark.usefixtures("row")
def test_a_masked_value_is_not_found_out_by_asking(run: Run, tmp_path: Path) -> None:
    def total(*words: str) -> int:
        return int(run("--json", "list", "guanbiao", *words).json["total"])

    for command in (("list", "guanbiao"), ("export", "guanbiao", str(tmp_path / "台账.csv"))):
        told = run(*command, "--where", "contact_phone=15186091390")
        assert (told.code, told.out, "--reveal" in told.err) == (2, "", True)
    assert total("--where", "contact_phone=") == 0
    for part in ("15186091390", "6091", "5"):
        assert total("--search", part) == 0, part
    assert total("--search", "锦盛 91320981") == total("--search", "MABJ1XG60Q") == 1
    assert total("--search", "6091", "--reveal") == 1
    assert total("--where", "contact_phone=15186091390", "--reveal") == 1
    assert run("--json", "export", "guanbiao", tmp_path / "台账.csv", "--search", "6091").json["rows"] == 0


def test_a_field_told_twice_is_refused(run: Run, row: str) -> None:
    for words in (("add", "guanbiao"), ("set", "guanbiao", row)):
        told = run(*words, "stage=ST15", "guanbiao_state=ST04")
        assert (told.code, told.out, told.err) == (2, "", "“贯标状态”写了两次，每个字段只写一次\n")


def test_limit_shortens_the_rows_but_not_the_total(run: Run) -> None:
    for number, code in enumerate(("91320981MABJ1XG60Q", "91320981MAN2J1K637", "91320981MAQHJRWT8Y")):
        assert run("add", "guanbiao", f"enterprise_name=企业{number}", f"uscc={code}").code == 0
    told = run("--json", "list", "guanbiao", "--limit", "2").json
    assert (len(told["rows"]), told["total"]) == (2, 3)
    assert run("--json", "list", "guanbiao", "--limit", "0").json["rows"] == []


def test_a_plain_list_is_short_and_masked(run: Run, row: str) -> None:
    told = run("list", "guanbiao").out.splitlines()
    assert told == [f"{row}  东台锦盛新材料有限公司  91320981MABJ1XG60Q  获证  弶港镇", "共 1 条"]


def test_set_writes_through_to_the_kind_that_declares_the_field(run: Run, row: str) -> None:
    told = run("--json", "set", "guanbiao", row, "legal_rep=张三", "stage=ST04", "subsidy_amount_wan=30000元")
    assert (told.code, told.json) == (0, {"id": row, "changed": True})
    shown = run("--json", "list", "guanbiao").json["rows"][0]
    assert (shown["legal_rep"], shown["stage"], shown["subsidy_amount_wan"]) == ("张三", "ST04", 3.0)
    assert run("--json", "set", "guanbiao", row, "stage=ST04").json["changed"] is False


def test_set_with_nothing_clears(run: Run, row: str) -> None:
    assert run("set", "guanbiao", row, "standard_code=").out == "已修改\n"
    assert "standard_code" not in run("--json", "list", "guanbiao").json["rows"][0]


def test_what_has_no_shape_says_nothing(run: Run, row: str) -> None:
    assert run("set", "guanbiao", row, "remark=\x01").out == "没有变化\n"
    assert "remark" not in run("--json", "list", "guanbiao").json["rows"][0]


def test_a_town_is_read_within_the_row_s_own_unit(run: Run, row: str) -> None:
    told = run("set", "guanbiao", row, "town_name=五星街道")
    assert (told.code, told.out) == (2, "")
    assert "所在镇（街道）" in told.err


def test_all_that_is_wrong_stands_in_one_line(run: Run) -> None:
    told = run("add", "guanbiao", "enterprise_name=某某公司", "uscc=123", "stage=胡写", "start_date=昨天")
    assert (told.code, told.out) == (2, "")
    assert told.err.count("\n") == 1
    for words in ("18位", "不在代码表中", "看不懂"):
        assert words in told.err


def test_what_is_doubtful_is_told_and_taken(run: Run) -> None:
    told = run("--json", "add", "guanbiao", ROW[0], ROW[1], "cert_no=怪号")
    assert (told.code, set(told.json)) == (0, {"id"})
    assert "证书号格式少见" in told.err


def test_the_same_row_twice_is_refused(run: Run, row: str) -> None:
    assert row
    told = run("add", "guanbiao", *ROW)
    assert told.code == 2
    assert "已有同类记录" in told.err


def test_another_unit_s_row_is_refused_in_a_county(run: Run) -> None:
    told = run("add", "guanbiao", *ROW[:2], "unit_name=建湖县")
    assert told.code == 2
    assert "建湖" in told.err


def test_history_tells_what_was_before_and_after_masked(run: Run, row: str) -> None:
    run("set", "guanbiao", row, "contact_phone=15186091399", "cert_status=有效")
    told = run("--json", "history", "guanbiao", row)
    changes = told.json["changes"]
    assert [set(change) for change in changes] == [{"at", "who", "from", "field", "before", "after"}] * len(
        changes
    )
    phone = next(change for change in changes if change["field"] == "contact_phone")
    assert (phone["before"], phone["after"], phone["from"]) == ("151****1390", "151****1399", "命令行")
    status = next(change for change in changes if change["field"] == "cert_status")
    assert (status["before"], status["after"]) == (None, "CS1")
    plain = run("history", "guanbiao", row).out
    assert "证书状态：（空） → 有效" in plain
    assert "15186091399" not in plain


def test_delete_and_undo(run: Run, row: str) -> None:
    assert run("--json", "delete", "guanbiao", row).json == {"id": row, "deleted": 1}
    assert run("--json", "list", "guanbiao").json["total"] == 0
    assert "已删除：否 → 是" in run("history", "guanbiao", row).out
    assert run("delete", "guanbiao", row).code == 2
    told = run("--json", "undo")
    assert told.code == 0
    assert told.json["counts"]["case"] == 1
    assert run("--json", "list", "guanbiao").json["total"] == 1


def test_nothing_to_undo(run: Run) -> None:
    assert run("undo").err == "没有可以撤销的操作\n"


@pytest.mark.parametrize(
    "words",
    [
        ("list", "没有"),
        ("set", "guanbiao", "01900000-0000-7000-8000-000000000000", "remark=x"),
        ("set", "guanbiao", "x", "没有这个字段=1"),
        ("history", "guanbiao", "x"),
        ("add", "guanbiao", "nothing=1"),
        ("list", "guanbiao", "--where", "nothing=1"),
    ],
)
def test_what_does_not_exist_is_one_line(run: Run, words: tuple[str, ...]) -> None:
    told = run(*words)
    assert (told.code, told.out, told.err.count("\n")) == (2, "", 1)


def test_there_is_no_workspace(run: Run, tmp_path: Path) -> None:
    told = run("list", "guanbiao", at=tmp_path / "没有")
    assert told.code == 2
    assert "没有工作区" in told.err


# ---------------------------------------------------------------- several years
def test_set_writes_the_year_told_and_adds_the_missing_one(run: Run) -> None:
    added = run(
        "--json", "add", "institution", "institution_name=东台某某知识产权代理有限公司",
        "uscc=91320981MABJ1XG60Q", "stat_year=2023", "revenue_ip_wan=120",
    )  # fmt: skip
    id_ = added.json["id"]
    assert run("set", "institution", id_, "stat_year=2024", "revenue_ip_wan=150").code == 0
    assert run("set", "institution", id_, "stat_year=2023", "staff_count=8").code == 0
    years = run("--json", "parts", "institution", id_).json["parts"]["institution_year"]
    assert [(y["stat_year"], y["revenue_ip_wan"], y.get("staff_count")) for y in years] == [
        (2024, 150.0, None),
        (2023, 120.0, 8),
    ]
    assert "机构年度经营  2024    150" in run("parts", "institution", id_).out
    assert run("set", "institution", id_, "--part", "stat_year=2023", "stat_year=2022").code == 0
    assert run("delete", "institution", id_, "--part", "stat_year=2024").code == 0
    years = run("--json", "parts", "institution", id_).json["parts"]["institution_year"]
    assert [(y["stat_year"], y["revenue_ip_wan"]) for y in years] == [(2022, 120.0)]
    refused = run("delete", "institution", id_, "--part", "stat_year=2024")
    assert (refused.code, "有0条" in refused.err) == (2, True)
    assert run("undo").code == 0
    assert run("--json", "list", "institution").json["rows"][0]["stat_year"] == 2024


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_remark_of_several_lines_stays_so_through_a_sheet(
    run: Run, row: str, tmp_path: Path, ending: str
) -> None:
    remark, sheet = "第一行\n第二行，“引号”", tmp_path / f"台账.{ending}"
    assert run("set", "guanbiao", row, f"remark={remark}").code == 0
    assert run("--json", "list", "guanbiao").json["rows"][0]["remark"] == remark
    assert run("export", "guanbiao", sheet, "--reveal").code == 0
    assert run("--json", "import", "guanbiao", sheet).json["unchanged"] == 1
    assert run("set", "guanbiao", row, "remark=别的").code == 0
    assert run("--json", "import", "guanbiao", sheet).json["updated"] == 1
    assert run("--json", "list", "guanbiao").json["rows"][0]["remark"] == remark
    assert "第一行 ↵ 第二行" in run("history", "guanbiao", row).out


def test_no_report_for_the_year_is_a_list(run: Run) -> None:
    for name, code, year in (
        ("东台某某知识产权代理有限公司", "91320981MABJ1XG60Q", "stat_year=2023"),
        ("东台华瑞商标事务所有限公司", "91320981MAN2J1K637", "stat_year=2024"),
        ("东台新开知识产权服务有限公司", "91320981MAQHJRWT8Y", "remark=没有报过"),
    ):
        assert run("add", "institution", f"institution_name={name}", f"uscc={code}", year).code == 0

    def absent(*words: str) -> list[str]:
        told = run("--json", "list", "institution", *words).json
        assert told["total"] == len(told["rows"])
        return [row["institution_name"] for row in told["rows"]]

    assert absent("--without", "stat_year=2024") == [
        "东台某某知识产权代理有限公司",
        "东台新开知识产权服务有限公司",
    ]
    assert absent("--without", "stat_year=2023", "--search", "hr") == ["东台华瑞商标事务所有限公司"]
    assert len(absent("--without", "stat_year=2020")) == 3
    refused = run("list", "institution", "--without", "uscc=91320981MABJ1XG60Q")
    assert (refused.code, "请用统计年度说明" in refused.err) == (2, True)


def test_history_names_the_part_that_was_changed(run: Run) -> None:
    values = ("institution_name=盐城喆明专利代理事务所（普通合伙）", "uscc=91320981MA1YNEW024")
    id_ = run("--json", "add", "institution", *values, "stat_year=2023", "revenue_total_wan=300").json["id"]
    run("set", "institution", id_, "stat_year=2024", "revenue_total_wan=312.5")
    changes = run("--json", "history", "institution", id_).json["changes"]
    told = {(c["field"], c["after"], c.get("part")) for c in changes}
    assert {("revenue_total_wan", 312.5, "2024"), ("revenue_total_wan", 300.0, "2023")} <= told
    assert "2024 营业总收入" in run("history", "institution", id_).out


def test_a_person_is_found_by_an_older_certificate(run: Run) -> None:
    values = ("name=陈喆", "employer_name=东台甲公司", "cert_type=专利代理师资格证")
    id_ = run("--json", "add", "person", *values, "cert_no=ZL0001234", "cert_date=2015-3-1").json["id"]
    run("set", "person", id_, "cert_type=知识产权师", "cert_no=JJ0009876", "cert_date=2024-3-1")
    for number in ("ZL0001234", "9876"):
        assert [r["id"] for r in run("--json", "list", "person", "--search", number).json["rows"]] == [id_]
