"""A ledger declared elsewhere is read without a word about it in the intake."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from ipdesk.fields import Coded, Context, Date, FieldType, Integer, Name, Number, Phone, Text, Uscc
from ipdesk.intake.mapping import Mapper
from ipdesk.intake.parts import read_tables
from ipdesk.intake.reader import parse
from ipdesk.intake.rows import Draft, RowReader, Scope
from ipdesk.intake.vocabulary import Vocabulary
from ipdesk.kinds.declare import Field, Key, Kind, Ledger
from ipdesk.resources import resource

TYPES: dict[str, FieldType] = {
    "uscc": Uscc(),
    "employer_uscc": Uscc(),
    "unit_name": Coded(table="regions"),
    "town_name": Coded(table="towns", scoped=True),
    "institution_name": Name(),
    "employer_name": Name(),
    "mobile": Phone(),
    "contact_phone": Phone(),
    "hours": Text(),
}
BY_KIND: dict[str, FieldType] = {
    "date": Date(),
    "int": Integer(),
    "decimal": Number(measure="万元"),
    "month": Date(),
}
PASSED_OVER = ("seq", "nation", "politics")


def ledger(file: str, name: str, key: str) -> Ledger:
    """Return a ledger with the fields and heads of one of the domain's lists."""
    with resource("codes", f"headers_{file}.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    heads: dict[str, list[str]] = {}
    for row in rows:
        heads.setdefault(row["field"], []).append(row["header_synonym"])
    fields = tuple(
        Field(
            "unit_code" if r["field"] == "unit_name" else r["field"],
            r["field_label"],
            TYPES.get(r["field"]) or BY_KIND.get(r["data_type"], Text()),
            heads=tuple(heads[r["field"]]),
            head=r["field"],
            identifies=r["field"] == name,
        )
        for r in {r["field"]: r for r in rows}.values()
        if r["field"] not in PASSED_OVER
    )
    kind = Kind(file, file, fields, identity=(Key(key),))
    ignored = {n: tuple(heads[n]) for n in PASSED_OVER if n in heads}
    return Ledger(file, f"{file}台账", kind, (), name, key, (name,), ignored=ignored)


def read(file: Path, declared: Ledger, unit: str) -> tuple[dict[str, str | None], list[Draft]]:
    """Return head → field and the record lines of a file's only table."""
    vocabulary = Vocabulary(declared)
    (table,) = [t for sheet in parse(file.read_bytes())[1] for t in read_tables(sheet, vocabulary)]
    columns = Mapper(vocabulary, Context(unit)).match(table, {})
    return {c.head: c.taken for c in columns}, list(
        RowReader(declared, table, columns, Scope(unit, None)).read()
    )


@pytest.mark.shared
def test_a_directory_of_institutions(shared: Path) -> None:
    declared = ledger("institution", "institution_name", "uscc")
    heads, rows = read(shared / "samples" / "盐城市知识产权服务机构名录.xlsx", declared, "320900")
    assert None not in heads.values()
    assert len(rows) == 60
    assert {r.values["revenue_ip_wan"] for r in rows} >= {1233.36, 1262.7}


@pytest.mark.shared
@pytest.mark.parametrize(
    ("file", "lines"),
    [("东台市企业知识产权高管培训班学员名册.xlsx", 48), ("建湖县专利代理师考前培训班报名回执.xlsx", 36)],
)
def test_a_list_of_trainees(file: str, lines: int, shared: Path) -> None:
    heads, rows = read(shared / "samples" / file, ledger("person", "name", "mobile"), "320981")
    assert None not in heads.values()
    assert len(rows) == lines
    assert all(len(str(r.values["mobile"])) == 11 and r.values["name"] for r in rows)


@pytest.mark.parametrize(
    ("file", "label", "name", "key", "group", "head"),
    [
        ("institution", "服务机构台账", "institution_name", "uscc", group, head)
        for group, head in (
            ("服务机构", "联系电话"),
            ("机构概况", "成立日期"),
            ("经营情况", "经营状态"),
            ("人员情况", "从业人员数"),
        )
    ]
    + [
        ("person", "培训台账", "name", "mobile", group, head)
        for group, head in (("培训信息", "培训班名称"), ("学员信息", "姓名"), ("学员信息", "手机号码"))
    ],
)
def test_a_group_in_a_ledgers_own_words_keeps_its_columns(
    file: str, label: str, name: str, key: str, group: str, head: str
) -> None:
    words = Vocabulary(replace(ledger(file, name, key), label=label))
    alone, under = words.near((head,)), words.near((group, head))
    assert alone
    assert under == alone
    assert not words.near(("环境体系认证", head))


@pytest.mark.parametrize("head", ["服务企业数", "代理机构代码", "负责人"])
def test_heads_with_words_of_somebody_else_are_an_institutions_own(head: str) -> None:
    assert Vocabulary(ledger("institution", "institution_name", "uscc")).near((head,))
