"""Words of code tables: found where they mean one thing, refused where they could mean two."""

import pytest

from ipdesk.codes import code_table, read_codes

TABLES = ("regions", "towns", "industries", "plan_industries", "cert_bodies") + tuple(
    f"stages.{kind}" for kind in ("stage", "cert_status", "evaluation_result", "standard")
)


@pytest.mark.parametrize("name", TABLES)
def test_every_code_is_found_by_itself_and_shows_its_name(name: str) -> None:
    table = code_table(name)
    for entry in table.codes:
        assert table.find(entry.code) == entry.code
        assert table.find(entry.name, entry.scope or None) == entry.code
        assert table.label(entry.code) == entry.name
        assert entry.code in table
        assert table.get(entry.code) is entry


def test_a_word_kept_from_a_sheet_is_its_own_name() -> None:
    table = code_table("cert_bodies")
    assert table.label("某某认证") == "某某认证"
    assert table.get("某某认证") is None
    assert "某某认证" not in table


@pytest.mark.parametrize(
    "row", [r for r in read_codes("stages.csv") if r["synonyms"]], ids=lambda r: r["code"]
)
def test_synonyms_of_the_domain_are_found_unless_two_codes_share_them(row: dict[str, str]) -> None:
    table = code_table(f"stages.{row['kind']}")
    for word in row["synonyms"].split("；"):
        shared = [
            r
            for r in read_codes("stages.csv")
            if r["kind"] == row["kind"] and word in r["synonyms"].split("；")
        ]
        assert table.find(word) == (row["code"] if len(shared) == 1 else None)


@pytest.mark.parametrize(
    ("word", "code"),
    [
        *[(w, "ST02") for w in ("已备案", "备案", "备案中", "完成备案", "已完成备案", "省局备案")],
        *[(w, "ST03") for w in ("已启动", "启动会", "贯标启动")],
        *[(w, "ST08") for w in ("运行中", "体系试运行", "试运行阶段", "处于体系运行阶段")],
        *[(w, "ST09") for w in ("内审完成", "已完成内审")],
        *[(w, "ST15") for w in ("已获证", "获证", "认证通过", "已发证", "已取证", "取得认证证书")],
        *[(w, "ST23") for w in ("绩效评价合格", "验收合格", "绩效评价通过", "已通过验收")],
        *[(w, "ST31") for w in ("首次监督", "第一次监督审核")],
        *[(w, "ST90") for w in ("终止", "退出", "已注销")],
        *[
            (w, None)
            for w in ("贯标中", "进行中", "实施中", "现场审核", "监督审核", "未获证", "未启动", "是", "否")
        ],
        *[(w, None) for w in ("", "审核", "不合格", "认证中", "待认证")],
    ],
)
def test_a_stage_is_found_only_where_it_is_sure(word: str, code: str | None) -> None:
    assert code_table("stages.stage").find(word) == code


@pytest.mark.parametrize(
    ("word", "code"),
    [
        *[
            (w, "SD1")
            for w in ("GB/T 29490-2013", "GB/T29490—2013", "GBT29490-2013", "T29490-2013", "29490-2013")
        ],
        *[
            (w, "SD1")
            for w in ("GB/T 29490:2013", "2013版", "2013", "旧版", "GB/T29490-2013《企业知识产权管理规范》")
        ],
        *[
            (w, "SD1")
            for w in ("《企业知识产权管理规范》（GB/T 29490-2013）", "ＧＢ／Ｔ２９４９０－２０１３")
        ],
        *[
            (w, "SD2")
            for w in ("2023年版", "新版", "29490（2023）", "企业知识产权合规管理体系", "GB∕T 29490-2023")
        ],
        *[
            ("GB/T33250", "SD3"),
            ("33251-2016", "SD4"),
            ("DB32/T 1204", "SD5"),
            ("ISO 56005:2020", "SD6"),
            ("其他", "SD9"),
        ],
        *[
            (w, None)
            for w in ("GB/T 29490", "29490", "企业知识产权管理规范", "GB/T 29490-2013/2023", "2016", "13版")
        ],
        *[(w, "SD1") for w in ("GB/T 29490 企业知识产权管理规范", "《企业知识产权管理规范》GB/T29490")],
        *[("科研组织知识产权管理规范", "SD3"), ("GB/T 29490企业知识产权合规管理体系 要求", "SD2")],
        *[(w, None) for w in ("29490-2013转2023", "GB/T 29490-2018", "33250、33251")],
    ],
)
def test_a_standard_needs_its_number_and_edition(word: str, code: str | None) -> None:
    assert code_table("stages.standard").find(word) == code


@pytest.mark.parametrize(
    ("word", "codes"),
    [
        ("企业知识产权管理规范", ["SD1", "SD5"]),
        ("GB/T 29490", ["SD1", "SD2"]),
        ("管理规范", []),
        ("2013版", ["SD1"]),
    ],
)
def test_a_word_that_says_too_little_may_mean_several_codes(word: str, codes: list[str]) -> None:
    assert [c.code for c in code_table("stages.standard").meanings(word)] == codes


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("有效期内", "CS1"),
        ("在有效期内", "CS1"),
        ("被撤销", "CS3"),
        ("已过期", "CS5"),
        ("无效", None),
        ("在产", None),
    ],
)
def test_the_state_of_a_certificate(word: str, code: str | None) -> None:
    assert code_table("stages.cert_status").find(word) == code


@pytest.mark.parametrize(
    ("word", "code"), [("不合格", "ER4"), ("未通过", "ER4"), ("合格", "ER1"), ("良好", None)]
)
def test_the_result_of_an_evaluation(word: str, code: str | None) -> None:
    assert code_table("stages.evaluation_result").find(word) == code


@pytest.mark.parametrize(
    ("word", "code"),
    [
        *[
            (w, "320981")
            for w in ("东台", "东台市", "盐城市东台市", "江苏省盐城市东台市", "江苏省东台市", "320926")
        ],
        *[
            (w, "320971")
            for w in ("经开区", "盐城经开区", "市经开区", "盐城经济技术开发区", "经济技术开发区")
        ],
        *[(w, "320992") for w in ("盐南", "盐南高新区", "城南新区")],
        *[("大丰市", "320904"), ("盐都县", "320903"), ("盐城市", "320900"), ("市本级", "320900")],
        *[(w, None) for w in ("开发区", "南京市", "高新区")],
    ],
)
def test_a_unit_goes_by_its_names_old_and_new(word: str, code: str | None) -> None:
    assert code_table("regions").find(word) == code


@pytest.mark.parametrize(
    ("word", "unit", "code"),
    [
        *[
            (w, "320981", "320981115")
            for w in ("三仓镇", "三仓", "东台市三仓镇", "盐城市东台市三仓镇", "三仓镇人民政府")
        ],
        *[(w, "320981", "320981409") for w in ("开发区", "东台开发区", "经济开发区", "开发区管委会")],
        *[
            ("弶港农场", "320981", "320981401"),
            ("射阳经济开发区", "320924", "320924400"),
            ("先锋办事处", "320902", "320902003"),
        ],
        *[("大丰经济开发区", "320904", "320904403"), ("大丰港经济开发区", "320904", "320904404")],
        *[
            ("三仓镇", "320925", None),
            ("开发区", None, None),
            ("开发区", "320904", None),
            ("三仓镇", None, "320981115"),
        ],
    ],
)
def test_a_town_is_looked_up_within_its_unit(word: str, unit: str | None, code: str | None) -> None:
    assert code_table("towns").find(word, unit) == code


def test_a_scope_offers_its_own_codes() -> None:
    assert {c.scope for c in code_table("towns").within("320992")} == {"320992"}
    assert code_table("towns").within(None) == code_table("towns").codes


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("中知", "CB01"),
        ("中知认证", "CB01"),
        ("中知(北京)认证有限公司", "CB01"),
        ("中规公司", "CB02"),
        ("CQC", "CB07"),
    ],
)
def test_a_certification_body_goes_by_its_short_names(word: str, code: str) -> None:
    assert code_table("cert_bodies").find(word) == code


@pytest.mark.parametrize(
    ("word", "code"), [("C26", "26"), ("26", "26"), ("C26化学原料和化学制品制造业", "26"), ("制造业", "C")]
)
def test_an_industry_goes_by_its_code_and_name(word: str, code: str) -> None:
    assert code_table("industries").find(word) == code


@pytest.mark.parametrize(
    ("table", "words", "code"),
    [
        (
            "stages.stage",
            "8.体系运行 体系运行（2024年5月起） （8）体系运行 ⑧体系运行 体系运行阶段 已进入体系运行阶段",
            "ST08",
        ),
        ("stages.stage", "获证。 15.获证 ST15获证 已获证（2024.5） 已通过第三方认证", "ST15"),
        ("stages.stage", "省平台已备案 2、备案", "ST02"),
        ("stages.stage", "获证中。 获证（已撤销） 未获证 拟获证 即将获证 已贯标 辅导中", None),
        ("stages.stage", "第1次监督审核 （18）第一次监督 首次年度监督审核", "ST31"),
        ("stages.stage", "已召开启动会", "ST03"),
        ("stages.stage", "正在编写体系文件", "ST06"),
        ("stages.stage", "绩效评价已合格", "ST23"),
        ("stages.standard", "GB/T29490（2023年启动） GB/T29490-2013（2024年换版） GB/T29490", None),
        ("stages.standard", "GB/T29490（2023） GB/T29490:2023 GB/T29490(2023版)", "SD2"),
        ("regions", "东台市知识产权局 东台市市场监管局 盐城市东台市市场监督管理局（知识产权局）", "320981"),
        ("stages.cert_status", "有效。 1.有效 证书有效 有效（2026.5）", "CS1"),
    ],
)
def test_what_stands_around_a_word_does_not_hide_it(table: str, words: str, code: str | None) -> None:
    told = {word: code_table(table).find(word) for word in words.split()}
    assert told == dict.fromkeys(told, code)
