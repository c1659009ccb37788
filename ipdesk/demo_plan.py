"""A few rows of the plan's ledgers for each county of the demo: what it reports, does and has set up."""

from collections.abc import Mapping, Sequence

from ipdesk.codes import code_table
from ipdesk.fields import Value

Rows = Sequence[tuple[str, Mapping[str, Value]]]


def plan_rows(unit: str, number: int) -> Rows:
    """Return the rows (ledger, values) of a county; ``number`` lets the figures of counties differ."""
    name = code_table("regions").label(unit)
    return (*_reported(number), *_tasks(name, number), *_networks(name, number))


def _reported(number: int) -> Rows:
    overseas: dict[str, Value] = {"indicator_code": "I03", "source": "上级反馈"}
    pledged: dict[str, Value] = {"indicator_code": "I06", "source": "部门报送", "measure": "万元"}
    return (
        ("indicator_value", {**overseas, "period": "2024-Q1", "value": 3 + number, "total": 10 + 3 * number}),
        ("indicator_value", {**overseas, "period": "2024-Q2", "value": 4 + number, "total": 14 + 4 * number}),
        ("indicator_value", {**pledged, "period": "2024-Q2", "value": 8000 + 1500 * number}),
        (
            "target",
            {
                "indicator_code": "I03",
                "target_year": 2024,
                "target_value": 15 + 3 * number,
                "target_source": "GS4",
            },
        ),
        ("period_report", {"period": "2023-Q4", "report_state": "RS2", "submitted_at": "2024-01-08"}),
    )


def _tasks(name: str, number: int) -> Rows:
    slip: dict[str, Value] = {"slip_no": f"督〔2024〕{number + 1}号", "subject": "商标品牌指导站覆盖不足"}
    return (
        ("task", {"task_code": "T2-6", "departments": "市场监管局；财政局", "due_date": "2023-12-31"}),
        ("task", {"task_code": "T2-1", "departments": "市场监管局", "due_date": "2025-04-30"}),
        (
            "task_progress",
            {"task_code": "T2-6", "period": "2024-Q1", "task_state": "TS3", "progress": "已全部取消"},
        ),
        (
            "task_progress",
            {"task_code": "T2-1", "period": "2024-Q2", "task_state": "TS2", "progress": f"{name}走访企业"},
        ),
        (
            "supervision",
            {**slip, "issued_date": "2024-04-08", "deadline": "2024-04-30", "reply_date": "2024-04-26"},
        ),
    )


def _networks(name: str, number: int) -> Rows:
    station: dict[str, Value] = {"station_kind": "SK2" if number % 2 else "SK1", "station_level": "SL4"}
    policy: dict[str, Value] = {
        "policy_name": f"{name}专利资助办法",
        "has_grant": True,
        "problem_type": "PP3",
    }
    return (
        ("station", {**station, "station_name": f"{name}开发区商标品牌指导站", "built_date": "2022-06-01"}),
        (
            "service_point",
            {"point_name": f"{name}图书馆网点", "point_level": "PL3", "built_date": "2023-06-01"},
        ),
        (
            "liaison",
            {"liaison_name": "王喆", "liaison_level": "LL2", "position": "科长", "is_fulltime": True},
        ),
        ("policy", {**policy, "deadline": "2023-12-31", "cancelled_date": "2023-11-30"}),
        (
            "strong_county",
            {"strong_status": "SS1", "doc_no": f"〔2023〕{number + 1}号", "doc_date": "2023-05-06"},
        ),
    )
