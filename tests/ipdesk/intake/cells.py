"""Write one value of a record as a cell, the way this office does."""

from datetime import date
from typing import TYPE_CHECKING

from ipdesk.codes import code_table
from tests.ipdesk.intake import truth
from tests.ipdesk.intake.truth import Cell, Truth

if TYPE_CHECKING:
    from tests.ipdesk.intake.sheets import Column, Maker

WORDS = {
    "stage": truth.STAGES,
    "standard_code": truth.STANDARDS,
    "cert_body": truth.BODIES,
    "cert_status": truth.STATUSES,
}


def written(maker: "Maker", column: "Column", told: Truth, number: int, expected: Truth, row: int) -> Cell:
    """Return the cell of a field; what cannot be said so exactly changes ``expected`` with it."""
    dice, name = maker.dice, column.name
    if name == "seq":
        return number
    if not name:
        return dice.choice(("待开票", "已审", "无", 1200, "见附件"))
    value = told.get(name)
    if value is None:
        return dice.choice((None, None, None, "/", "—", "无")) if name != "is_hightech" else None
    if name.endswith("_date") or name == "cert_valid_to":
        return _date(maker, column, date.fromisoformat(str(value)), told, expected)
    if name in WORDS:
        return dice.choice(WORDS[name][str(value)])
    if name == "subsidy_amount_wan":
        return _amount(maker, column, float(str(value)))
    return _plain(maker, name, value)


def _date(maker: "Maker", column: "Column", day: date, told: Truth, expected: Truth) -> Cell:
    dice = maker.dice
    if column.name == "cert_valid_to" and dice.random() < 0.1:
        return dice.choice(truth.SPANS)(date.fromisoformat(str(told["cert_issue_date"])), day)
    if column.name == "start_date" and dice.random() < 0.08:
        expected["start_date"] = f"{day:%Y-%m}"
        return dice.choice(truth.MONTH_STYLES)(day)
    style = dice.choice(list(truth.DATE_STYLES)) if maker.mixed else column.style
    cell = truth.DATE_STYLES[style](day)
    return cell if maker.typed else str(cell)


def _amount(maker: "Maker", column: "Column", wan: float) -> Cell:
    dice = maker.dice
    if column.measure == "元":
        yuan = round(wan * 10000)
        return dice.choice((yuan, f"{yuan:,}", f"{yuan}元", f"￥{yuan:,}.00"))
    return dice.choice(
        (wan, f"{wan:g}", f"{wan:g}万元", f"{wan:g}万", f"{round(wan * 10000)}元", truth.wide(f"{wan:g}"))
    )


def _plain(maker: "Maker", name: str, value: object) -> Cell:
    dice, words = maker.dice, str(value)
    match name:
        case "uscc":
            return dice.choice((words, words, words, words.lower(), truth.wide(words), f" {words}\n"))
        case "contact_phone":
            spaced = f"{words[:3]} {words[3:7]} {words[7:]}"
            return dice.choice(
                (words, int(words), spaced, f"+86{words}", truth.wide(words), spaced.replace(" ", "-"))
            )
        case "enterprise_name":
            return dice.choice((words, words, f"　{words} \n", words.replace("（", "(").replace("）", ")")))
        case "unit_code":
            region = code_table("regions").get(words)
            return dice.choice((region.name, region.words[1], f"盐城市{region.name}")) if region else words
        case "town_code":
            return dice.choice((code_table("towns").label(words),) * 3 + (_whole_town(words),))
        case "is_hightech":
            return dice.choice(("是", "√", "有") if value else ("否", "×"))
        case "staff_count":
            return dice.choice((int(words), words, f"{words}人"))
        case "subsidy_year":
            return dice.choice((int(words), f"{words}年", words))
    return words


def _whole_town(code: str) -> str:
    town = code_table("towns").get(code)
    return code_table("regions").label(town.scope) + town.name if town else code
