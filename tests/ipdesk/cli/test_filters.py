"""filter: kept, listed, deleted; used by list and export."""

from pathlib import Path

import pytest

from tests.ipdesk.cli.conftest import Run

FIRST = ("enterprise_name=东台锦盛新材料有限公司", "uscc=91320981MABJ1XG60Q", "stage=ST15")
OTHER = (
    "enterprise_name=东台恒瑞机械有限公司",
    "uscc=91320981MA1XJ7QC9B",
    "stage=ST06",
    "contact_phone=13800000000",
)


@pytest.fixture
def filled(run: Run, county: Path) -> Path:
    for row in (FIRST, OTHER):
        assert run("add", "guanbiao", *row, at=county).code == 0
    return county


def listed(run: Run, *words: str) -> list[str]:
    told = run("--json", "list", "guanbiao", *words)
    assert told.code == 0, told.err
    return [row["enterprise_name"] for row in told.json["rows"]]


def test_a_filter_is_saved_listed_used_and_deleted(run: Run, filled: Path, tmp_path: Path) -> None:
    words = ("--where", "stage=获证|ST31", "--where", "_missing!=", "--search", "东台")
    saved = run("--json", "filter", "save", "guanbiao", "已获证", *words)
    assert saved.json == {
        **{"ledger": "guanbiao", "name": "已获证", "where": ["stage=ST15|ST31", "_missing!="]},
        **{"search": "东台", "order": []},
    }
    assert listed(run, "--filter", "已获证") == ["东台锦盛新材料有限公司"]
    assert listed(run, "--filter", "已获证", "--where", "stage=ST31") == []
    assert listed(run, "--filter", "已获证", "--search", "恒瑞") == []
    assert run("--json", "export", "guanbiao", tmp_path / "a.csv", "--filter", "已获证").json["rows"] == 1
    lines = run("filter", "list").out.splitlines()
    assert lines == ["贯标企业台账  已获证  stage=ST15|ST31，_missing!=，搜索“东台”", "共 1 个"]
    assert run("--json", "filter", "list", "person").json == {"rows": []}
    assert run("filter", "delete", "guanbiao", "已获证").out == "已删除筛选“已获证”\n"
    gone = run("list", "guanbiao", "--filter", "已获证")
    assert (gone.code, gone.err) == (2, "“贯标企业台账”没有存过名为“已获证”的筛选\n")


def test_what_list_tells_of_a_filter_makes_the_same_filter_again(run: Run, filled: Path) -> None:
    conditions = [
        "stage=ST06",
        "start_date>=2023-05",
        "remark~迁",
        "remark!=",
        "town_code=",
        "stage!=ST15|ST31",
    ]
    words = [word for one in conditions for word in ("--where", one)]
    first = run("--json", "filter", "save", "guanbiao", "甲", *words).json["where"]
    again = [word for one in first for word in ("--where", one)]
    assert run("--json", "filter", "save", "guanbiao", "乙", *again).json["where"] == first
    assert sorted(first) == sorted(conditions)


def test_states_are_asked_for_by_their_codes_or_words(run: Run, filled: Path) -> None:
    asked = (
        "_documents=知识产权手册(方针、目标、组织机构图、职责分配表)",
        "_documents=D06|D99",
        "_simplified=通过认证",
    )
    for one, count in zip(asked, (2, 2, 1), strict=True):
        assert len(listed(run, "--where", one)) == count
    words = run("--json", "filter", "save", "guanbiao", "过期的", "--where", "_cert_status=过期失效")
    assert words.json["where"] == ["_cert_status=CS5"]
    assert listed(run, "--filter", "过期的") == []


def test_a_masked_value_is_not_found_out_by_a_saved_filter(run: Run, filled: Path) -> None:
    assert run("filter", "save", "guanbiao", "电话", "--where", "contact_phone=13800000000").code == 0
    refused = run("list", "guanbiao", "--filter", "电话")
    assert refused.code == 2
    assert "--reveal" in refused.err
    assert listed(run, "--filter", "电话", "--reveal") == ["东台恒瑞机械有限公司"]


def test_a_name_that_is_none_is_one_line(run: Run, filled: Path) -> None:
    for name in (" ", "长" * 21):
        told = run("filter", "save", "guanbiao", name, "--where", "stage=ST15")
        assert (told.code, told.err.count("\n")) == (2, 1)
