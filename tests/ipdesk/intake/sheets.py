"""Make sheets such as county offices send, in every shape that is known, together with the right answers."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from ipdesk.codes import code_table, read_codes
from ipdesk.kinds import catalogue
from tests.ipdesk.intake import truth
from tests.ipdesk.intake.truth import Cell, Truth

LEDGER = catalogue().ledger("guanbiao")
ALWAYS = ("enterprise_name", "uscc", "stage", "start_date")
OFTEN = (
    *("unit_code", "town_code", "advisor_name", "standard_code", "cert_body", "cert_no", "cert_issue_date"),
    *("cert_valid_to", "cert_status", "eval_date", "subsidy_amount_wan", "contact_name", "contact_phone"),
)
SOMETIMES = (
    "filing_date",
    "legal_rep",
    "reg_address",
    "staff_count",
    "is_hightech",
    "remark",
    "subsidy_year",
)
# Heads that nobody listed; they must be read right, or be left out and named.
UNLISTED = {
    "enterprise_name": ("企业全称（盖章）", "贯标企业全称", "公司全称"),
    "uscc": ("统一社会信用代码（18位）", "企业信用代码", "社会信用代码（税号）", "统一代码"),
    "unit_code": ("县区", "县（区）", "所属县区", "地区"),
    "town_code": ("乡镇", "所属镇（街道）", "所在镇街道"),
    "stage": ("贯标进度", "当前进度", "所处阶段", "贯标进展情况"),
    "start_date": ("贯标启动日期", "启动年月日", "企业启动时间"),
    "advisor_name": ("辅导单位", "贯标咨询机构", "辅导机构名称"),
    "standard_code": ("贯标标准号", "标准"),
    "cert_body": ("发证机关", "认证单位", "认证机构名称"),
    "cert_no": ("证书号码（全）", "贯标证书编号", "认证证书号"),
    "cert_issue_date": ("发证时间", "证书发证日期", "颁证时间"),
    "cert_valid_to": ("证书有效期限", "有效期限", "证书到期时间", "有效期（至）"),
    "cert_status": ("证书目前状态", "状态"),
    "eval_date": ("绩效评价合格时间", "验收日期"),
    "contact_name": ("联系人姓名", "企业联系人姓名"),
    "contact_phone": ("手机号", "联系人手机", "企业联系电话", "联系电话（手机）"),
    "filing_date": ("备案年月日", "省系统备案时间"),
    "legal_rep": ("企业法人", "法定代表人姓名"),
    "is_hightech": ("是否高新企业", "高新技术企业（是/否）"),
}
GROUPS = {
    "企业信息": ("enterprise_name", "uscc", "legal_rep", "reg_address"),
    "认证情况": ("cert_body", "cert_no", "cert_issue_date", "cert_valid_to", "cert_status"),
    "联系方式": ("contact_name", "contact_phone"),
}
SHORT_LEAVES = {"cert_body": "机构", "contact_phone": "电话"}
STRANGERS = (
    "开票情况",
    "审核意见",
    "是否上云",
    "负责人微信",
    "2023年产值",
    "绩效评价时间",
    "母公司名称",
    "原证书编号",
)
Row = list[Cell]


@dataclass
class Made:
    """A sheet and its answers: ``rows`` taken in, ``refused`` as (row, field, code), ``strange`` heads left out."""

    unit: str
    cells: list[Row] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    rows: dict[int, Truth] = field(default_factory=dict)
    refused: set[tuple[int, str, str]] = field(default_factory=set)
    strange: set[str] = field(default_factory=set)
    optional: set[str] = field(default_factory=set)
    months: dict[tuple[int, int], str] = field(default_factory=dict)

    def add(self, row: Sequence[Cell]) -> int:
        """Append a row; return its number as Excel counts."""
        self.cells.append(list(row))
        return len(self.cells)


@dataclass
class Column:
    """One column: the field it holds (none for what nobody knows), its head, its group, its unit of measure."""

    name: str
    head: str
    group: str = ""
    measure: str = ""
    style: str = ""


class Maker:
    """Makes one sheet from a seed; ``merging`` tells whether the format keeps merged cells and true dates."""

    def __init__(self, seed: int, *, merging: bool = True, typed: bool = True, size: int = 25) -> None:
        """Throw the dice."""
        self.dice, self.merging, self.typed = random.Random(seed), merging, typed
        self.unit = self.dice.choice(["320981", "320925", "320924", "320904", "320902", "320923", "320992"])
        self.made, self.size = Made(self.unit), size
        self.left = self.dice.choice((0, 0, 0, 1, 2))
        self.grouped = self.dice.random() < 0.35
        self.town_merged = merging and self.dice.random() < 0.35
        self.mixed = self.dice.random() < 0.3
        self.columns = self._columns()

    # ---- heads
    def _columns(self) -> list[Column]:
        names = [*ALWAYS, *(n for n in OFTEN if self.dice.random() < 0.85)]
        names += [n for n in SOMETIMES if self.dice.random() < 0.3]
        if self.grouped:
            order = [n for group in GROUPS.values() for n in group if n in names]
            names = [n for n in names if n not in order] + order
        elif self.dice.random() < 0.5:
            self.dice.shuffle(names)
        columns = (
            [Column("seq", self.dice.choice(("序号", "编号", "序 号")))] if self.dice.random() < 0.85 else []
        )
        columns += [self._column(name) for name in names]
        for head in self.dice.sample(STRANGERS, self.dice.choice((0, 0, 1, 2))):
            columns.insert(self.dice.randrange(1, len(columns) + 1), Column("", head))
            self.made.strange.add(head)
        return columns

    def _column(self, name: str) -> Column:
        declared = LEDGER.field(name)
        listed = [h["header_synonym"] for h in SYNONYMS if h["field"] == declared.sheet_name] or [
            declared.label
        ]
        head = self.dice.choice(listed)
        if name in UNLISTED and self.dice.random() < 0.25:
            head = self.dice.choice(UNLISTED[name])
            self.made.optional.add(name)
        column = Column(name, head, style=self.dice.choice(list(truth.DATE_STYLES)))
        if name == "subsidy_amount_wan":
            column.measure = self.dice.choice(("", "万元", "元"))
            column.head = (
                f"补助金额（{column.measure}）"
                if column.measure
                else self.dice.choice(("补助金额", "拟补助金额"))
            )
        column.group = next((g for g, names in GROUPS.items() if self.grouped and name in names), "")
        if column.group and name in SHORT_LEAVES and self.dice.random() < 0.5:
            column.head = SHORT_LEAVES[name]
            self.made.optional.discard(name)
        column.head = self._dressed(column.head)
        return column

    def _dressed(self, head: str) -> str:
        kind = self.dice.randrange(12)
        if kind == 0:
            return "*" + head
        if kind == 1:
            return head + "\n（必填）"
        if kind == 2 and len(head) > 3:
            return head[:2] + "\n" + head[2:]
        if kind == 3:
            return " " + " ".join(head) + " "
        if kind == 4:
            return head.replace("（", "(").replace("）", ")") + "："
        return head

    # ---- the sheet
    def make(self) -> Made:
        """Return the sheet."""
        self._titles()
        self._heads()
        if self.dice.random() < 0.15:
            self.made.add(self._line({i: f"（{i + 1}）" for i in range(len(self.columns))}))
        if self.dice.random() < 0.1:
            self.made.add(self._line({0: "备注：日期按实际填写，金额单位见表头。"}))
        self._body()
        self._foot()
        return self.made

    def _line(self, cells: dict[int, Cell]) -> Row:
        row: Row = [None] * (self.left + len(self.columns))
        for place, cell in cells.items():
            row[self.left + place] = cell
        return row

    def _titles(self) -> None:
        for _ in range(self.dice.choice((0, 0, 0, 1, 3))):
            self.made.add([])
        name = code_table("regions").label(self.unit)
        titles = (f"{name}企业知识产权贯标台账", f"填报单位（盖章）：{name}知识产权局　　2024年6月", "附件2")
        for title in titles[: self.dice.choice((0, 1, 1, 2))]:
            number = self.made.add(self._line({0: title}))
            if self.merging and self.dice.random() < 0.7:
                self.made.merges.append((number, self.left + 1, number, self.left + len(self.columns)))

    def _heads(self) -> None:
        if not any(c.group for c in self.columns):
            self.made.add(self._line(dict(enumerate(c.head for c in self.columns))))
            return
        upper: dict[int, Cell] = {}
        for place, column in enumerate(self.columns):
            if not column.group:
                upper[place] = column.head
            elif place == 0 or self.columns[place - 1].group != column.group:
                upper[place] = column.group
        lower: dict[int, Cell] = {i: c.head for i, c in enumerate(self.columns) if c.group}
        number = self.made.add(self._line(upper))
        self.made.add(self._line(lower))
        if self.merging:
            self._merge_heads(number)

    def _merge_heads(self, number: int) -> None:
        for place, column in enumerate(self.columns):
            at = self.left + place + 1
            if not column.group:
                self.made.merges.append((number, at, number + 1, at))
            elif place == 0 or self.columns[place - 1].group != column.group:
                run = place
                while run + 1 < len(self.columns) and self.columns[run + 1].group == column.group:
                    run += 1
                if run > place:
                    self.made.merges.append((number, at, number, self.left + run + 1))

    def _body(self) -> None:
        records = [truth.record(self.dice, self.unit, n) for n in range(self.size)]
        if self.town_merged:
            records.sort(key=lambda r: str(r["town_code"]))
        totals = self.dice.random() < 0.3
        previous: Truth | None = None
        group_top = 0
        for number, told in enumerate(records, 1):
            new_town = previous is None or previous["town_code"] != told["town_code"]
            if self.town_merged and new_town:
                self._close_group(group_top)
                if totals and previous:
                    self.made.add(self._line({0: "小计", len(self.columns) - 1: 3}))
                group_top = len(self.made.cells) + 1
            self._record(number, told, hide_town=self.town_merged and not new_town)
            previous = told
            self._interruption()
        self._close_group(group_top)

    def _close_group(self, top: int) -> None:
        place = next((i for i, c in enumerate(self.columns) if c.name == "town_code"), None)
        bottom = len(self.made.cells)
        if self.town_merged and place is not None and 0 < top < bottom:
            self.made.merges.append((top, self.left + place + 1, bottom, self.left + place + 1))

    def _interruption(self) -> None:
        if self.town_merged:
            return
        kind = self.dice.randrange(120)
        if kind == 0:
            self.made.add([])
        if kind == 1:
            self._heads()
        if kind == 2:
            self.made.add(self._line({0: "本页小计", len(self.columns) - 1: 12}))

    def _foot(self) -> None:
        if self.dice.random() < 0.5:
            self.made.add(
                self._line({0: self.dice.choice(("合计", "总 计", "合计：")), len(self.columns) - 1: 9})
            )
        if self.dice.random() < 0.3:
            self.made.add([])
            self.made.add(self._line({0: "填报人：张三", 2: "审核人：李四", 3: "填报日期：2024.6.1"}))
        if self.dice.random() < 0.2:
            self.made.add(self._line({0: "注：本表一式两份。"}))

    # ---- rows
    def _record(self, number: int, told: Truth, *, hide_town: bool) -> None:
        from tests.ipdesk.intake.cells import written

        held = {c.name for c in self.columns if c.name}
        expected = {n: v for n, v in told.items() if n in held or n == "unit_code"}
        at = len(self.made.cells) + 1
        cells: dict[int, Cell] = {}
        fault = self.dice.randrange(60)
        for place, column in enumerate(self.columns):
            cells[place] = written(self, column, told, number, expected, at)
            if column.name == "town_code" and hide_town:
                cells[place] = None
        broken = self._break(fault, cells, told, at)
        self.made.add(self._line(cells))
        if broken:
            self.made.refused.add((at, *broken))
        else:
            self.made.rows[at] = expected

    def _break(self, fault: int, cells: dict[int, Cell], told: Truth, at: int) -> tuple[str, str] | None:
        """Spoil a row now and then; return the field and code by which it must be refused."""
        places = {c.name: i for i, c in enumerate(self.columns)}
        if fault == 0:
            cells[places["uscc"]] = truth.wrong_uscc(self.dice, str(told["uscc"]))
            return "uscc", "V01"
        if fault == 1:
            cells[places["uscc"]] = 9.13209e17 if self.typed else "9.13209E+17"
            return "uscc", "V01"
        if fault == 2 and "start_date" not in self.made.optional:
            cells[places["start_date"]] = self.dice.choice(("2023.13.1", "2023.2.30", "去年底"))
            return "start_date", "date"
        if fault == 3 and "stage" not in self.made.optional:
            cells[places["stage"]] = self.dice.choice(("进行中", "？", "贯标中"))
            return "guanbiao_state", "code"
        if fault == 4 and "unit_code" in places and "unit_code" not in self.made.optional:
            cells[places["unit_code"]] = "响水县"
            return "unit_name", "unit"
        if fault == 5:
            cells[places["enterprise_name"]] = None
            return "enterprise_name", "required"
        return None


SYNONYMS = read_codes("headers_guanbiao.csv")
