"""Filters of a query: several values, ranges, empty or not, pieces of text, and states worked out."""

from collections.abc import Callable
from datetime import date

import pytest

from db.store import SqlStore
from ipdesk.kinds.declare import Values
from ipdesk.past import reading
from ipdesk.problems import Refusal
from ipdesk.records import Ask, Filter, Query
from ipdesk.store import Moment

ROWS: tuple[Values, ...] = (
    {
        "name": "甲",
        "stage": "ST15",
        "cert_issue_date": "2023-05-06",
        "subsidy_amount_wan": 3.0,
        "remark": "Ab",
    },
    {"name": "乙", "stage": "ST02", "cert_issue_date": "2023-05"},
    {"name": "丙", "stage": "ST21", "cert_issue_date": "2023-06-01", "subsidy_amount_wan": 10.0},
    {"name": "丁", "cert_valid_to": "2020-01-01", "cert_status": "CS1", "cert_body": "自己写的机构"},
)


@pytest.fixture
def store(make_store: Callable[..., SqlStore]) -> SqlStore:
    made = make_store()
    enterprise, case, subsidy = map(made.catalogue.kind, ("enterprise", "case", "subsidy"))
    with made.act("新增", "表单") as act:
        for row in ROWS:
            told = dict(row)
            above = act.add(enterprise, {"enterprise_name": told.pop("name")})
            amount = told.pop("subsidy_amount_wan", None)
            key = act.add(case, {"enterprise_id": above.id, **told})
            if amount:
                act.add(subsidy, {"case_id": key.id, "subsidy_amount_wan": amount})
    return made


def found(store: SqlStore, *filters: Filter, limit: int | None = None) -> str:
    ledger = store.catalogue.ledger("guanbiao")
    rows = store.rows(ledger, store.keys(ledger, Query(filters=filters, limit=limit)))
    return "".join(str(row.values["enterprise_name"]) for row in rows)


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        (Filter("stage", Ask.IN, ("ST15", "ST02")), "甲乙"),
        (Filter("stage", Ask.IN, ("ST15", None)), "甲丁"),
        (Filter("stage", Ask.NOT_IN, ("ST15", "ST21")), "乙丁"),
        (Filter("stage", Ask.EMPTY), "丁"),
        (Filter("guanbiao_state", Ask.FILLED), "甲乙丙"),
        (Filter("stage", Ask.HAS, ("绩效",)), "丙"),
        (Filter("stage", Ask.HAS, ("没有这样的",)), ""),
        (Filter("remark", Ask.HAS, ("ａＢ",)), "甲"),
        (Filter("cert_body", Ask.HAS, ("写的",)), "丁"),
        (Filter("remark", Ask.HAS, ("%",)), ""),
        (Filter("subsidy_amount_wan", Ask.FROM, (3.0,)), "甲丙"),
        (Filter("subsidy_amount_wan", Ask.TO, (9.5,)), "甲"),
        (Filter("cert_issue_date", Ask.FROM, ("2023-05-10",)), "乙丙"),
        (Filter("cert_issue_date", Ask.FROM, ("2023-06",)), "丙"),
        (Filter("cert_issue_date", Ask.TO, ("2023-05-06",)), "甲乙"),
        (Filter("cert_issue_date", Ask.TO, ("2023",)), "甲乙丙"),
        (Filter("_cert_status", Ask.IN, ("CS5",)), "丁"),
        (Filter("_cert_status", Ask.NOT_IN, ("CS5",)), "甲乙丙"),
        (Filter("_cert_status", Ask.EMPTY), "甲乙丙"),
        (Filter("_cert_status", Ask.FILLED), "丁"),
        (Filter("_cert_status", Ask.HAS, ("cs",)), "丁"),
        (Filter("_cert_status", Ask.FROM, ("CS6",)), ""),
        (Filter("_cert_status", Ask.TO, ("CS6",)), "丁"),
        (Filter("_missing", Ask.IN, ("stage",)), "丁"),
    ],
)
def test_a_filter_finds_its_rows(store: SqlStore, asked: Filter, names: str) -> None:
    assert found(store, asked) == names


def test_codes_are_compared_by_their_place_in_the_table(store: SqlStore) -> None:
    places = [code.code for code in store.catalogue.ledger("guanbiao").field("stage").type.codes.codes]  # type: ignore[attr-defined]
    after = {
        r["name"] for r in ROWS if r.get("stage") and places.index(str(r["stage"])) >= places.index("ST15")
    }
    assert set(found(store, Filter("stage", Ask.FROM, ("ST15",)))) == after


def test_filters_hold_together_and_with_a_limit(store: SqlStore) -> None:
    dated, some = Filter("cert_issue_date", Ask.FILLED), Filter("subsidy_amount_wan", Ask.FILLED)
    assert found(store, dated, some) == "甲丙"
    assert found(store, dated, limit=2) == "甲乙"
    assert found(store, Filter("_cert_status", Ask.EMPTY), dated, limit=1) == "甲"


def test_several_codes_in_one_field(store: SqlStore) -> None:
    ledger, kind = store.catalogue.ledger("institution"), store.catalogue.kind("institution")
    known = [code for code, _ in ledger.field("service_forms").type.options()][:3]
    with store.act("新增", "表单") as act:
        act.add(kind, {"institution_name": "双", "service_forms": tuple(known[:2])})
        act.add(kind, {"institution_name": "单", "service_forms": (known[2],)})
    name = ledger.field("service_forms").type.show((known[2],))

    def names(*filters: Filter, **where: tuple[str, ...]) -> list[object]:
        rows = store.rows(ledger, store.keys(ledger, Query(tuple(where.items()), filters=filters)))
        return [row.values["institution_name"] for row in rows]

    assert names(Filter("service_forms", Ask.IN, (known[0], known[2]))) == ["双", "单"]
    assert names(Filter("service_forms", Ask.NOT_IN, (known[0],))) == ["单"]
    assert names(Filter("service_forms", Ask.HAS, (name,))) == ["单"]
    assert names(service_forms=(known[0], known[1])) == ["双"]
    assert names(service_forms=(known[0], known[2])) == []


@pytest.mark.parametrize(
    "asked",
    [
        Filter("stage", Ask.IN),
        Filter("remark", Ask.FROM, ("甲",)),
        Filter("nothing", Ask.EMPTY),
        Filter("_nothing", Ask.EMPTY),
    ],
)
def test_what_cannot_be_asked_is_refused(store: SqlStore, asked: Filter) -> None:
    with pytest.raises(Refusal):
        found(store, asked)


def test_states_are_worked_out_on_the_day_looked_at(store: SqlStore) -> None:
    ledger, asked = store.catalogue.ledger("guanbiao"), Query(filters=(Filter("_cert_status", Ask.FILLED),))
    for day, count in ((date(2019, 12, 31), 0), (date(2020, 1, 2), 1)):
        with reading(store, Moment(as_of=day)) as past:
            assert len(past.keys(ledger, asked)) == count


def test_a_query_tells_by_which_contents_it_asks() -> None:
    query = Query(
        (("uscc", "1"), ("remark", None)),
        filters=(Filter("stage", Ask.EMPTY), Filter("mobile", Ask.HAS, ("1",))),
    )
    assert query.fields == ("uscc", "mobile")
