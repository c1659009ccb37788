"""Make a city and five pilot counties from the sample sheets, and run the main job among them end to end.

Everything goes through the same actions as the command line and the window.
"""

import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from ipdesk import intake, sync
from ipdesk.actions.ledger import add
from ipdesk.actions.report import write_report
from ipdesk.actions.workspace import counts
from ipdesk.codes import CITY, code_table
from ipdesk.demo_plan import plan_rows
from ipdesk.doors import Doors
from ipdesk.figures import headline, material
from ipdesk.files import reason, write_bytes
from ipdesk.parameters import parameters
from ipdesk.problems import Refusal
from ipdesk.resources import resource
from ipdesk.store import Role, Store

MARKER = "ipdesk-demo.json"
LEDGER, REPORT = "guanbiao", "guanbiao"
STICK, RESULTS, PAPERS = "U盘", "导入结果", "报表"
SECOND_STICK, SECOND_RESULTS = "U盘第二次", "导入结果第二次"
FOLDERS = (STICK, RESULTS, PAPERS, SECOND_STICK, SECOND_RESULTS)
OFFICES: Mapping[str, str] = {
    CITY: "盐城市知识产权局",
    "320981": "东台市市场监督管理局（东台市知识产权局）",
    "320925": "建湖县市场监督管理局（建湖县知识产权局）",
    "320924": "射阳县市场监督管理局（射阳县知识产权局）",
    "320904": "盐城市大丰区市场监督管理局（盐城市大丰区知识产权局）",
    "320902": "盐城市亭湖区市场监督管理局（盐城市亭湖区知识产权局）",
}
SAMPLES: Mapping[str, str] = {
    "320981": "东台市企业贯标台账.xlsx",
    "320925": "建湖县贯标企业汇总表.xls",
    "320924": "射阳县贯标台账.csv",
    "320904": "大丰区贯标企业名单.xlsx",
    "320902": "亭湖区知识产权贯标进度.xlsx",
}
INSTITUTIONS = (
    "盐城市知识产权服务机构名录.xlsx"  # one list of the whole city: each county takes in its own rows
)
REGISTRIES: Sequence[tuple[str, str, str]] = (
    *((unit, "institution", INSTITUTIONS) for unit in SAMPLES),
    ("320981", "training", "东台市企业知识产权高管培训班学员名册.xlsx"),
    ("320925", "training", "建湖县专利代理师考前培训班报名回执.xlsx"),
)


@dataclass(frozen=True, slots=True)
class Registry:
    """What one sheet of institutions or trainees brought a county; ``others`` are rows of other counties."""

    unit_code: str
    name: str
    ledger: str
    label: str
    sheet: str
    read: int
    added: int
    refused: int
    others: int

    def line(self) -> str:
        """Return it to read."""
        others = f" + 别县的 {self.others} 行" if self.others else ""
        told = f"读入 {self.read} 行 = 登记 {self.added} 行 + 退回 {self.refused} 行{others}"
        return f"  {self.name}{self.label}：{told}"


@dataclass(frozen=True, slots=True)
class Second:
    """The second package of each county, with institutions and trainees: what was sent, and what the city took over."""

    sent: int = 0
    received: int = 0


@dataclass(frozen=True, slots=True)
class Share:
    """What one county brought: rows of its sheet, records sent and not yet confirmed, and what it holds by kind."""

    unit_code: str
    name: str
    sheet: str
    read: int
    added: int
    refused: int
    sent: int
    unsent: int
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Summary:
    """What the demo made: the counties' shares, what the city received and holds by kind, and the files."""

    folder: str
    shares: Sequence[Share]
    received: int
    city: Mapping[str, int]
    files: Sequence[str]
    registries: Sequence[Registry] = ()
    second: Second = Second()
    figures: Sequence[tuple[str, str]] = ()

    def total(self, name: str) -> int:
        """Return the sum of one figure over the counties."""
        return sum(getattr(share, name) for share in self.shares)

    def faults(self) -> list[str]:
        """Return what does not add up, one sentence each."""
        kinds = {kind: sum(share.counts[kind] for share in self.shares) for kind in self.city}
        return [
            *(f"{s.name}读入的行数不等于登记加退回" for s in self.shares if s.read != s.added + s.refused),
            *(f"{s.name}登记的行数不等于案卷数" for s in self.shares if s.added != s.counts["case"]),
            *(f"{s.name}还有 {s.unsent} 条没有得到确认" for s in self.shares if s.unsent),
            *(["市局接收的条数不等于各县上报之和"] if self.received != self.total("sent") else []),
            *(["市局的记录数不等于各县之和"] if kinds != dict(self.city) else []),
            *(
                f"{r.name}{r.label}读入的行数不等于登记、退回、别县之和"
                for r in self.registries
                if not _adds_up(r)
            ),
            *(["市局第二次接收的条数不等于各县上报之和"] if self.second.sent != self.second.received else []),
        ]

    def folders(self) -> Mapping[str, int]:
        """Return how many files lie in which folder."""
        return Counter(str(Path(name).parent) for name in self.files)

    def document(self) -> dict[str, object]:
        """Return the summary as JSON tells it."""
        total = {name: self.total(name) for name in ("read", "added", "refused", "sent")}
        return {**asdict(self), "total": total}

    def lines(self) -> list[str]:
        """Return the summary to read."""
        held = self.city
        return [
            f"演示已建在 {self.folder}",
            *(_told(s.name, s.read, s.added, s.refused, s.sent) for s in self.shares),
            _told("合计", *map(self.total, ("read", "added", "refused", "sent"))),
            f"市局接收 {self.received} 条记录，等于五个县上报之和；现有"
            f"企业 {held['enterprise']} 家、案卷 {held['case']} 个、补助 {held['subsidy']} 笔，等于五个县之和",
            "回执已发回，五个县都已确认",
            *self._second_lines(),
            *(f"  {folder}：{n} 个文件" for folder, n in self.folders().items()),
            f"打开窗口看市局：ipdesk --workspace {Path(self.folder, CITY)}",
        ]

    def _second_lines(self) -> list[str]:
        """Return what institutions and trainees brought, and the city's figures; nothing where there are none."""
        if not self.registries:
            return []
        held = self.city
        return [
            "第二次上报，服务机构和培训学员：",
            *(one.line() for one in self.registries),
            f"市局第二次接收 {self.second.received} 条记录，等于各县上报之和；现有服务机构 {held['institution']} 家、"
            f"年度经营 {held['institution_year']} 份、培训班 {held['training']} 个、人员 {held['person']} 人、"
            f"培训 {held['attendance']} 人次，等于五个县之和",
            "全市统计：" + "，".join(f"{label} {value}" for label, value in self.figures),
        ]


def _doubt(count: int) -> str:
    return f"（另有 {count} 条说不清）" if count else ""


def _adds_up(one: Registry) -> bool:
    return one.read == one.added + one.refused + one.others


def _told(name: str, read: int, added: int, refused: int, sent: int) -> str:
    return f"  {name}：读入 {read} 行 = 登记 {added} 行 + 退回 {refused} 行，上报 {sent} 条记录"


def make_demo(doors: Doors, folder: Path) -> Summary:
    """Make the demo in a folder, in place of an earlier one; a folder it did not make is refused.

    Raises ``RuntimeError`` when its figures do not add up, which would be a bug.
    """
    _clear(folder)
    demo = _Demo(doors, folder)
    demo.create()
    demo.enrol()
    taken = {unit: demo.take_in(unit) for unit in SAMPLES}
    packages = [demo.send(unit, STICK) for unit in SAMPLES]
    received = demo.collect(packages)
    demo.answer(STICK)
    first = demo.sent()
    registries, second = demo.second_round()
    demo.put_on_paper()
    shares = [demo.share(unit, *taken[unit], first[unit]) for unit in SAMPLES]
    held, files = demo.counts(CITY), demo.files()
    summary = Summary(str(folder), shares, received, held, files, registries, second, demo.figures())
    if summary.faults():
        raise RuntimeError("; ".join(summary.faults()))
    return summary


def _clear(folder: Path) -> None:
    """Make an empty folder of an earlier demo, an empty one or none."""
    try:
        if folder.exists() and any(folder.iterdir()):
            if not (folder / MARKER).is_file():
                raise Refusal(f"“{folder}”里有别的文件，演示不会动它们，请换一个空文件夹")
            for name in (*OFFICES, *FOLDERS):
                if (folder / name).exists():
                    shutil.rmtree(folder / name)
        for name in FOLDERS:
            (folder / name).mkdir(parents=True)
    except OSError as error:
        raise Refusal(f"“{folder}”用不了：{reason(error)}") from error
    write_bytes(folder / MARKER, b'{"made_by": "ipdesk demo"}\n')


class _Demo:
    """The city and the counties in their folders, and what is done in each."""

    def __init__(self, doors: Doors, folder: Path) -> None:
        """Keep where everything goes."""
        self._doors, self.folder = doors, folder
        self._ledger = doors.catalogue.ledger(LEDGER)
        self._sent: dict[str, int] = {}

    @contextmanager
    def at(self, unit: str) -> Iterator[Store]:
        """Sit down at a unit's workspace."""
        store = self._doors.open(self.folder / unit, None)
        try:
            yield store
        finally:
            store.close()

    def create(self) -> None:
        """Make the workspaces, without passwords."""
        for unit, office in OFFICES.items():
            role: Role = "city" if unit == CITY else "county"
            store, _ = self._doors.create(
                self.folder / unit, role=role, unit_code=unit, office_name=office, password=None
            )
            store.close()

    def enrol(self) -> None:
        """Let every county ask, the city accept, the county install."""
        stick = self.folder / STICK
        for unit in SAMPLES:
            with self.at(unit) as store:
                sync.request(store, stick / f"{unit}.申请")
            with self.at(CITY) as store:
                sync.accept(store, stick / f"{unit}.申请", stick / f"{unit}.授权")
            with self.at(unit) as store:
                sync.install(store, stick / f"{unit}.授权")

    def take_in(self, unit: str) -> tuple[intake.IntakePlan, intake.IntakeOutcome]:
        """Bring in a county's sheet and write its result workbook; return what was read and what was done."""
        sheet = resource("samples", SAMPLES[unit])
        with self.at(unit) as store:
            plan = intake.plan(store, self._ledger, sheet)
            outcome = intake.apply(store, plan)
        intake.write_result(plan, self.folder / RESULTS / f"{sheet.stem}-导入结果.xlsx")
        return plan, outcome

    def send(self, unit: str, stick: str) -> Path:
        """Write a county's package onto a stick."""
        with self.at(unit) as store:
            self._sent[unit] = int(str(sync.status(store)["unsent"]))
            return sync.export(store, self.folder / stick)[0]

    def sent(self) -> dict[str, int]:
        """Return how many records each county sent last."""
        return dict(self._sent)

    def collect(self, packages: Sequence[Path]) -> int:
        """Let the city receive all packages; return how many records it took over."""
        with self.at(CITY) as store:
            done = sync.receive(store, packages)
        if done.refused:
            raise RuntimeError(f"packages refused: {[reason for _, reason in done.refused]}")
        return done.accepted

    def answer(self, stick: str) -> None:
        """Let the city write receipts, and each county receive its own."""
        with self.at(CITY) as store:
            receipts = sync.export(store, self.folder / stick)
        for receipt in receipts:
            with self.at(receipt.name[:6]) as store:
                sync.receive(store, [receipt])

    def second_round(self) -> tuple[list[Registry], Second]:
        """Bring in institutions and trainees county by county, and carry them to the city like the rest."""
        registries = [self.take_registry(*one) for one in REGISTRIES if one[0] in SAMPLES]
        for number, unit in enumerate(SAMPLES):
            self.report_plan(unit, number)
        packages = [self.send(unit, SECOND_STICK) for unit in SAMPLES]
        second = Second(sum(self._sent.values()), self.collect(packages))
        self.answer(SECOND_STICK)
        return registries, second

    def report_plan(self, unit: str, number: int) -> None:
        """Let a county enter what the plan asks for."""
        with self.at(unit) as store:
            for name, values in plan_rows(unit, number):
                add(store, store.catalogue.ledger(name), {**values, "unit_code": unit}, "演示")

    def take_registry(self, unit: str, name: str, file: str) -> Registry:
        """Bring in a sheet of another ledger; the rows of other counties are left to these."""
        sheet, ledger = resource("samples", file), self._doors.catalogue.ledger(name)
        with self.at(unit) as store:
            plan = intake.plan(store, ledger, sheet)
            outcome = intake.apply(store, plan)
        intake.write_result(plan, self.folder / SECOND_RESULTS / f"{_name(unit)}{ledger.label}-导入结果.xlsx")
        refused = {(p.sheet, p.row) for p in plan.refused}
        others = {(p.sheet, p.row) for p in plan.refused if p.code == "unit"}
        counted = (plan.read, outcome.added, len(refused - others), len(others))
        return Registry(unit, _name(unit), name, ledger.label, file, *counted)

    def figures(self) -> list[tuple[str, str]]:
        """Return the city's figures by its parameters, in words."""
        with self.at(CITY) as store:
            found = headline(material(store), parameters(store), date.today())
        return [(one.label, f"{one.words} {one.measure}{_doubt(len(one.count.unclear))}") for one in found]

    def put_on_paper(self) -> None:
        """Write the ledger of every unit as PDF and xlsx."""
        for unit in OFFICES:
            with self.at(unit) as store:
                for ending in ("pdf", "xlsx"):
                    write_report(
                        store, REPORT, self.folder / PAPERS / f"{_name(unit)}{self._ledger.label}.{ending}"
                    )

    def counts(self, unit: str) -> dict[str, int]:
        """Return what a unit holds by kind."""
        with self.at(unit) as store:
            return counts(store)

    def share(self, unit: str, plan: intake.IntakePlan, outcome: intake.IntakeOutcome, sent: int) -> Share:
        """Return what a county brought."""
        refused = len({(p.sheet, p.row) for p in plan.refused})
        with self.at(unit) as store:
            unsent = int(str(sync.status(store)["unconfirmed"]))
        rows = (plan.read, outcome.added, refused)
        return Share(unit, _name(unit), SAMPLES[unit], *rows, sent, unsent, self.counts(unit))

    def files(self) -> list[str]:
        """Return the files for people, by their place in the folder."""
        places = (RESULTS, PAPERS, STICK, SECOND_RESULTS, SECOND_STICK)
        return [
            str(p.relative_to(self.folder))
            for place in places
            for p in sorted((self.folder / place).iterdir())
        ]


def _name(unit: str) -> str:
    return code_table("regions").label(unit).removesuffix("（市本级）")
