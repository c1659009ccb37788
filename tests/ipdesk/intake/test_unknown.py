"""Words that no code table knows are listed, and a person says once what each means."""

from collections.abc import Callable
from pathlib import Path

import pytest

from db.store import SqlStore
from ipdesk import intake
from ipdesk.kinds import catalogue

LEDGER = catalogue().ledger("guanbiao")
ROWS = (
    "企业名称,统一社会信用代码,贯标状态\n"
    "东台喆䶮新材料有限公司,91320981MABJ1XG60Q,快好了\n"
    "东台盛程纺织有限公司,91320981MAN2J1K637,快好了\n"
    "东台㛃华农业发展有限公司,91320981MAQHJRWT8Y,没影\n"
    "东台坏码有限公司,91320981MA000,获证\n"
)


def test_a_word_is_listed_once_and_taken_as_told(make_store: Callable[..., SqlStore], tmp_path: Path) -> None:
    store, sheet = make_store(unit="320981"), tmp_path / "表.csv"
    sheet.write_text(ROWS, encoding="utf-8")
    plan = intake.plan(store, LEDGER, sheet)
    told = [(w.field.name, w.word, w.rows) for w in intake.unknown_words(plan)]
    assert told == [("stage", "快好了", 2), ("stage", "没影", 1)]
    again = intake.plan(store, LEDGER, sheet, words={"stage": {"快好了": "ST08"}})
    assert [row.values["stage"] for row in again.rows] == ["ST08", "ST08"]
    assert [w.word for w in intake.unknown_words(again)] == ["没影"]


@pytest.mark.parametrize("title", ["两化融合管理体系贯标企业台账", "2025年贯标工作计划表"])
def test_a_title_about_another_register_is_asked_about(
    title: str, make_store: Callable[..., SqlStore], tmp_path: Path
) -> None:
    sheet = tmp_path / "表.csv"
    sheet.write_text(f"{title},,\n{ROWS}", encoding="utf-8")
    assert any(
        "请核对是不是“贯标企业台账”" in note for note in intake.plan(make_store(), LEDGER, sheet).notes
    )
