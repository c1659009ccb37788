"""Run the main job inside a folder, without a screen, and check what it yields against the right answers.

Two counties bring in their sheets (one ``.xls``, one ``.xlsx``), the city merges their packages and prints the
result. Every store has a password. The result stands in ``result.json``.
"""

import json
import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from ipdesk import intake, sync
from ipdesk.actions.report import write_report
from ipdesk.actions.workspace import counts
from ipdesk.codes import CITY
from ipdesk.doors import Doors
from ipdesk.export import export
from ipdesk.files import read_bytes, reason, write_bytes
from ipdesk.kinds.declare import Values
from ipdesk.problems import Refusal
from ipdesk.records import Query
from ipdesk.resources import resource
from ipdesk.store import Role, Store

RESULT, WORK = "result.json", "self-test"
MARKER = "ipdesk-self-test"  # says that the folder may be deleted
SAMPLES: Mapping[str, str] = {"320925": "建湖县贯标企业汇总表.xls", "320981": "东台市企业贯标台账.xlsx"}
OFFICE = "自检用单位𬭛"  # with a rare character, which the PDF must hold as well


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was checked: what was found, and how many seconds it took."""

    name: str
    ok: bool
    found: str
    seconds: float


@dataclass(slots=True)
class Result:
    """What the self-test found."""

    steps: list[Step] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Tell whether every step went well."""
        return all(step.ok for step in self.steps)

    def document(self) -> dict[str, object]:
        """Return the result as JSON tells it."""
        return {"ok": self.ok, "steps": [asdict(step) for step in self.steps]}

    def lines(self) -> list[str]:
        """Return the result to read."""
        return [f"{'通过' if s.ok else '没有通过'}  {s.name}：{s.found}" for s in self.steps]


def run_self_test(doors: Doors, folder: Path) -> Result:
    """Run every step and write ``result.json``; the first that fails ends the test and is refused with its reason."""
    result, bench = Result(), _Bench(doors, folder / WORK)
    _refuse_others(folder)
    try:
        shutil.rmtree(folder / WORK, ignore_errors=True)
        (folder / WORK).mkdir(parents=True)
        (folder / WORK / MARKER).touch()
    except OSError as error:
        raise Refusal(f"“{folder}”用不了：{reason(error)}") from error
    try:
        for name, step in bench.steps():
            result.steps.append(_run(name, step))
    except _Failed as failed:
        result.steps.append(failed.step)
        raise Refusal(f"自检没有通过：{failed.step.name}：{failed.step.found}") from failed
    finally:
        write_bytes(folder / RESULT, json.dumps(result.document(), ensure_ascii=False, indent=1).encode())
        shutil.rmtree(folder / WORK, ignore_errors=True)
    return result


def _refuse_others(folder: Path) -> None:
    """Refuse a folder in which what a self-test writes would take the place of something else."""
    work, result = folder / WORK, folder / RESULT
    if os.path.lexists(work) and not (work / MARKER).is_file():
        raise Refusal(f"“{work}”不是自检留下的，自检不会动它，请换一个文件夹")
    if os.path.lexists(result) and not _is_result(result):
        raise Refusal(f"“{result}”不是自检的结果，自检不会覆盖它，请换一个文件夹")


def _is_result(file: Path) -> bool:
    try:
        told = json.loads(read_bytes(file))
    except ValueError:
        return False
    return isinstance(told, dict) and told.keys() == Result().document().keys()


class _Failed(Exception):
    """A step did not go well."""

    def __init__(self, step: Step) -> None:
        super().__init__(step.name)
        self.step = step


def _run(name: str, step: Callable[[], str]) -> Step:
    begun = time.monotonic()
    try:
        return Step(name, True, step(), round(time.monotonic() - begun, 2))
    except Exception as error:
        told = error.message if isinstance(error, Refusal) else f"程序出错（{type(error).__name__}）"
        raise _Failed(Step(name, False, told, round(time.monotonic() - begun, 2))) from error


def _expect(holds: object, words: str) -> None:
    """Refuse with a sentence where something does not hold."""
    if not holds:
        raise Refusal(words)


class _Bench:
    """The workspaces of the test and what is tried in them; each step returns what it found."""

    def __init__(self, doors: Doors, folder: Path) -> None:
        """Keep where everything goes; the password lives as long as the test."""
        self._doors, self._folder = doors, folder
        self._ledger = doors.catalogue.ledger("guanbiao")
        self._password = secrets.token_urlsafe(12)
        self._packages: list[Path] = []

    def steps(self) -> Iterator[tuple[str, Callable[[], str]]]:
        """Yield what is tried, in order."""
        yield "建立加密工作区", self._create
        yield "口令不对打不开", self._lock
        for unit, sheet in SAMPLES.items():
            yield f"导入{sheet}", lambda unit=unit: self._take_in(unit)  # type: ignore[misc]
        yield "数据文件里看不到内容", self._sealed
        yield "开通", self._enrol
        yield "生成同步包", self._send
        yield "改动一个字节就拒收", self._tamper
        yield "市局接收并合并", self._merge
        yield "回执", self._answer
        yield "出 PDF 报表", self._pdf
        yield "出 Excel 报表", self._xlsx
        yield "导出台账再导入没有变化", self._round_trip
        yield "数据文件和日志完好", self._check

    @contextmanager
    def _at(self, unit: str) -> Iterator[Store]:
        store = self._doors.open(self._folder / unit, self._password)
        try:
            yield store
        finally:
            store.close()

    def _expected(self, unit: str) -> list[Values]:
        """Return the rows that a county's sheet must yield."""
        answers = json.loads(read_bytes(resource("samples", "expected", f"{SAMPLES[unit]}.json")))
        rows: list[Values] = answers["rows"]
        return rows

    def _create(self) -> str:
        for unit in (CITY, *SAMPLES):
            role: Role = "city" if unit == CITY else "county"
            store, recovery = self._doors.create(
                self._folder / unit, role=role, unit_code=unit, office_name=OFFICE, password=self._password
            )
            store.close()
            _expect(recovery, "没有给出恢复码")
        return f"{len(SAMPLES) + 1} 个"

    def _lock(self) -> str:
        for wrong in (None, self._password + "x"):
            try:
                self._doors.open(self._folder / CITY, wrong).close()
            except Refusal as refusal:
                told = refusal.message
            else:
                raise Refusal("没有口令也打开了工作区")
        return told

    def _take_in(self, unit: str) -> str:
        sheet = resource("samples", SAMPLES[unit])
        with self._at(unit) as store:
            first = intake.plan(store, self._ledger, sheet)
            intake.apply(store, first)
            again = intake.plan(store, self._ledger, sheet)
            held = [row.values for row in store.rows(self._ledger, store.keys(self._ledger, Query()))]
        _expect(_alike(held, self._expected(unit)), "导入的内容与标准答案不一致")
        _expect(all(row.outcome == "unchanged" for row in again.rows), "再导入一次不应有变化")
        return f"{len(held)} 行，与标准答案逐格一致"

    def _sealed(self) -> str:
        phone = next(str(row["contact_phone"]) for row in self._expected("320981") if "contact_phone" in row)
        files = [file for file in (self._folder / "320981").rglob("*") if file.is_file()]
        open_ones = [file.name for file in files if phone.encode() in file.read_bytes()]
        _expect(not open_ones, f"文件里能看到电话：{'、'.join(open_ones)}")
        return f"查了 {len(files)} 个文件"

    def _enrol(self) -> str:
        for unit in SAMPLES:
            asked, granted = self._folder / f"{unit}.request", self._folder / f"{unit}.grant"
            with self._at(unit) as store:
                sync.request(store, asked)
            with self._at(CITY) as store:
                sync.accept(store, asked, granted)
            with self._at(unit) as store:
                sync.install(store, granted)
        return f"{len(SAMPLES)} 个县"

    def _send(self) -> str:
        stick = self._folder / "stick"
        stick.mkdir()
        for unit in SAMPLES:
            with self._at(unit) as store:
                self._packages += sync.export(store, stick)
        _expect(len(self._packages) == len(SAMPLES), "每个县应有一个同步包")
        return f"{sum(package.stat().st_size for package in self._packages)} 字节"

    def _tamper(self) -> str:
        data = bytearray(self._packages[0].read_bytes())
        data[len(data) // 2] ^= 1
        forged = self._folder / "forged.ipk"
        forged.write_bytes(data)
        with self._at(CITY) as store:
            done = sync.receive(store, [forged])
            _expect(done.refused and not done.accepted, "改动过的同步包没有被拒收")
            _expect(not any(counts(store).values()), "拒收的同步包留下了数据")
        return str(done.refused[0][1])

    def _merge(self) -> str:
        with self._at(CITY) as store:
            done = sync.receive(store, self._packages)
            again = sync.receive(store, self._packages)
            held = [row.values for row in store.rows(self._ledger, store.keys(self._ledger, Query()))]
        _expect(not done.refused, "市局拒收了同步包")
        _expect(not again.accepted, "同一个同步包接收两次不应有变化")
        _expect(_alike(held, [r for unit in SAMPLES for r in self._expected(unit)]), "市局的内容与各县不一致")
        return f"{done.accepted} 条记录，{len(held)} 行台账"

    def _answer(self) -> str:
        with self._at(CITY) as store:
            receipts = sync.export(store, self._folder / "stick")
        for receipt in receipts:
            with self._at(receipt.name[:6]) as store:
                sync.receive(store, [receipt])
                _expect(not sync.status(store)["unconfirmed"], "回执没有确认全部记录")
        return f"{len(receipts)} 个县已确认"

    def _pdf(self) -> str:
        import pypdfium2

        out = self._folder / "report.pdf"
        with self._at(CITY) as store:
            write_report(store, "guanbiao", out)
        with pypdfium2.PdfDocument(out) as paper:
            words = "".join(page.get_textpage().get_text_range() for page in paper)
            pages = len(paper)
        codes = {str(row["uscc"]) for unit in SAMPLES for row in self._expected(unit)}
        _expect("𬭛" in words, "PDF 里的生僻字不对")
        _expect(all(code in words for code in codes), "PDF 里少了企业")
        return f"{pages} 页"

    def _xlsx(self) -> str:
        from python_calamine import load_workbook

        out = self._folder / "report.xlsx"
        with self._at(CITY) as store:
            write_report(store, "guanbiao", out)
        told = {cell for row in load_workbook(out).get_sheet_by_index(0).to_python() for cell in row}
        codes = {str(row["uscc"]) for unit in SAMPLES for row in self._expected(unit)}
        _expect(codes <= told, "Excel 报表里少了企业")
        return f"{len(codes)} 家"

    def _round_trip(self) -> str:
        out = self._folder / "ledger.xlsx"
        with self._at("320981") as store:
            rows = export(store, self._ledger, Query(), out, reveal=True)
            again = intake.plan(store, self._ledger, out)
        _expect(len(again.rows) == rows and not again.refused, "导出的台账没有全部读回")
        _expect(all(row.outcome == "unchanged" for row in again.rows), "导出的台账读回后有变化")
        return f"{rows} 行"

    def _check(self) -> str:
        for unit in (CITY, *SAMPLES):
            with self._at(unit) as store:
                wrong = store.check()
            _expect(not wrong, "；".join(wrong))
        return "完好"


def _alike(held: Sequence[Values], expected: Sequence[Values]) -> bool:
    """Tell whether the rows held are those expected, in any order."""

    def place(row: Values) -> tuple[str, str]:
        return str(row["uscc"]), str(row.get("standard_code"))

    return [dict(row) for row in sorted(held, key=place)] == sorted(expected, key=place)
