"""Who and what: names of organisations, their codes, their telephones, and links to other records."""

import re
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from ipdesk import text
from ipdesk.codes import rule_pattern
from ipdesk.fields.base import PLAIN, Context, FieldType, Text, Value
from ipdesk.problems import ValueProblem

_ORGANISATION = re.compile(
    r"(公司|厂|院|所|中心|社|场|店|局|处|站|集团|部|大学|学校|协会|商会|银行|基地|企业|合伙)(（[^）]*）)*$"
)


_DOTS = re.compile(r"\s*[•‧∙⋅・･．]\s*")
_SPREAD = re.compile(r"(?:(?<=^\S)|(?<=[ 、，,；;/]\S)) | (?=\S(?:$|[ 、，,；;/]))")  # beside a single letter
_LIKE_USCC = re.compile(r"[0-9A-Z]{18}")


@dataclass(frozen=True, slots=True)
class Name(FieldType):
    """The name of a company or office, with full-width brackets as on its licence."""

    def read(self, words: str, _context: Context) -> Value:
        """Return the name with full-width brackets and no stray spaces."""
        plain = text.brackets(text.narrow(words))
        return plain if re.search("[A-Za-z]", plain) else plain.replace(" ", "")

    def recognises(self, cell: object, context: Context = PLAIN) -> bool:
        """Tell whether a cell ends as organisations are called."""
        return isinstance(cell, str) and bool(_ORGANISATION.search(text.brackets(cell)))


@dataclass(frozen=True, slots=True)
class PersonName(Text):
    """The name of a person: 王　力, spread to fill its cell, is 王力; all dots between parts are one (买买提·艾力).

    Where a cell may name ``several``, a space between two whole names stays.
    """

    several: bool = False

    def read(self, words: str, _context: Context) -> Value:
        """Return the name without spaces between Chinese characters, with the dot of GB 18030 between parts."""
        plain = _DOTS.sub("·", text.clean(text.narrow(words)))
        if re.search("[A-Za-z]", plain):
            return plain
        return _SPREAD.sub("", plain) if self.several else plain.replace(" ", "")


@dataclass(frozen=True, slots=True)
class Uscc(FieldType):
    """统一社会信用代码, checked by GB 32100-2015 (rule V01); 18 letters and figures may be kept for a reason."""

    rule: ClassVar[str] = "V01"
    telling: ClassVar[bool] = True

    def read(self, words: str, _context: Context) -> Value:
        """Return the 18 characters; raises with V01 otherwise."""
        from stdnum.cn import uscc
        from stdnum.exceptions import ValidationError

        code = text.compact(words).upper().replace("-", "").lstrip("'")
        try:
            return uscc.validate(code)
        except ValidationError:
            raise ValueProblem("V01", self._why(code), code if _LIKE_USCC.fullmatch(code) else None) from None

    @staticmethod
    def _why(code: str) -> str:
        if len(code) != 18:
            return f"统一社会信用代码应为18位，现在是{len(code)}位，请核对营业执照"
        wrong = sorted(set(code) - set("0123456789ABCDEFGHJKLMNPQRTUWXY"))
        if wrong:
            return f"统一社会信用代码里不会有“{'、'.join(wrong)}”，请核对营业执照"
        if not code[2:8].isdigit():
            return "统一社会信用代码第3至8位应是数字（登记地），请核对营业执照"
        return "统一社会信用代码校验位不符，请核对营业执照"

    @property
    def keeps_whole(self) -> bool:
        """Keep a code on one line."""
        return True


@dataclass(frozen=True, slots=True)
class PersonalNumber(FieldType):
    """A number of one person's: masked wherever it shows."""

    personal: ClassVar[bool] = True
    telling: ClassVar[bool] = True

    def mask(self, value: Value) -> Value:
        """Return the number with only its first three and last four characters."""
        return None if value is None else text.mask(str(value), 3, 4)

    @property
    def keeps_whole(self) -> bool:
        """Keep a number on one line."""
        return True


@dataclass(frozen=True, slots=True)
class Phone(PersonalNumber):
    """A contact's number: mobile by rule V06 when it is 11 digits beginning with 1, else V07 (a warning).

    A ``mobile`` number is held to V06 whatever it looks like.
    """

    rule: ClassVar[str] = "V06"
    mobile: bool = False

    _SEVERAL: ClassVar[re.Pattern[str]] = re.compile(r"[/,;、|\s]+")
    _COMMON: ClassVar[re.Pattern[str]] = re.compile(
        r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}(-\d{1,6})?|[68]\d{7}|[48]00-?\d{3}-?\d{4}"
    )

    def read(self, words: str, _context: Context) -> Value:
        """Return the number without spaces, several joined by 、; a wrong mobile number raises with V06."""
        parts = [part for part in self._SEVERAL.split(text.fold(words)) if part]
        several = len(parts) > 1 and all(sum(c.isdigit() for c in part) >= 7 for part in parts)
        return "、".join(map(self._number, parts)) if several else self._number(text.compact(words))

    def _number(self, plain: str) -> str:
        if text.is_masked(plain):
            raise ValueProblem("V06", "号码中间被星号遮住了，请填写完整的号码")
        digits = re.sub(r"^(\+?86)?(?=1\d{10}$)", "", re.sub(r"[-—－]", "", plain.lstrip("'")))
        if re.fullmatch(r"1[3-9]\d{10,}", digits):
            raise ValueProblem("V06", f"手机号应为11位，现在是{len(digits)}位，请核对")
        if rule_pattern("V06").fullmatch(digits):
            return digits
        if re.fullmatch(r"1\d{10}", digits):  # the number itself is personal and stays out of the sentence
            raise ValueProblem("V06", "手机号应为11位、以13至19开头，请核对")
        if self.mobile:
            raise ValueProblem("V06", "手机号应为11位，请核对")
        return re.sub(r"[—－]+", "-", plain)

    def recognises(self, cell: object, context: Context = PLAIN) -> bool:
        """Tell whether a cell is a mobile number or a usual landline."""
        try:
            return bool(self._COMMON.fullmatch(str(self.parse(cell, context)).partition("、")[0]))
        except ValueProblem:
            return False


@dataclass(frozen=True, slots=True)
class IdNo(PersonalNumber):
    """居民身份证号, checked by GB 11643-1999 (rule V05): length, check digit, a day that exists."""

    rule: ClassVar[str] = "V05"

    def read(self, words: str, _context: Context) -> Value:
        """Return the 18 characters; the sentence of a wrong one never quotes it."""
        from stdnum.cn import ric
        from stdnum.exceptions import ValidationError

        number = text.compact(words).upper().lstrip("'")
        if text.is_masked(number):
            raise ValueProblem("V05", "号码中间被星号遮住了，请填写完整的号码")
        if not rule_pattern("V05").fullmatch(number):
            raise ValueProblem("V05", f"身份证号应为18位（最后一位可为X），现在是{len(number)}位，请核对证件")
        try:
            born = ric.get_birth_date(number)
        except ValidationError:
            raise ValueProblem("V05", "身份证号里的出生日期不存在，请核对证件") from None
        if number[-1] != ric.calc_check_digit(number) or born > date.today():
            raise ValueProblem("V05", "身份证号校验位或出生日期不合法，请核对证件")
        return number


@dataclass(frozen=True, slots=True)
class Ref(FieldType):
    """The id of a record of another kind with the same owner."""

    kind: str = ""
