"""Declare the service networks of the plan: stations, service points, liaison officers (plan 四(五)1, 2)."""

from ipdesk.fields import Bool, Coded, Date, PersonName, Text
from ipdesk.kinds import common
from ipdesk.kinds.declare import Field, Key, Kind, Ledger
from ipdesk.kinds.sections import heads

STATION_PART, POINT_PART, LIAISON_PART, CONTACT = ("指导站", "网点", "联络员", "联系与备注")
_TOWNS = "所在镇|所属镇|镇（街道）|镇区|乡镇|所在乡镇|镇街|所属镇街|所在镇街|所在园区|镇（街道、园区）"


def _host(section: str) -> Field:
    return Field(
        "host_name",
        "依托单位",
        Text(),
        heads=heads("承建单位|建设单位|承办单位|依托机构|所属单位|主办单位|承担单位"),
        section=section,
        column=6,
        width=180,
        printed=1,
    )


def _address(section: str) -> Field:
    return Field(
        "address",
        "地址",
        Text(),
        heads=heads("详细地址|办公地址|所在地址|站点地址|网点地址"),
        section=section,
        width=180,
        printed=2,
    )


def _doc_no(section: str) -> Field:
    return Field(
        "doc_no",
        "批文文号",
        Text(),
        heads=heads("文号|批复文号|认定文号|文件号|文件依据"),
        section=section,
        width=150,
        printed=3,
    )


def _closed(section: str, words: str) -> Field:
    return Field(
        "closed_date",
        "撤销日期",
        Date(),
        heads=heads(words),
        section=section,
        width=100,
        help="还在运行的空着",
    )


STATION = Kind(
    "station",
    "指导站",
    fields=(
        common.unit(STATION_PART, 3, printed=1),
        common.town(STATION_PART, _TOWNS, column=4, printed=1),
        common.registered_name(
            "station_name",
            "站点名称",
            STATION_PART,
            "指导站名称|名称|工作站名称|商标品牌指导站名称|综合指导站名称|站名",
            "与挂牌名称一致",
        ),
        Field(
            "station_kind",
            "站点类别",
            Coded(table="plan.station_kind"),
            heads=heads("类别|站点类型|指导站类别|指导站类型|类型"),
            required=True,
            section=STATION_PART,
            column=2,
            width=150,
            printed=1,
            help="已升格的选“知识产权综合指导站”",
        ),
        Field(
            "station_level",
            "层级",
            Coded(table="plan.station_level"),
            heads=heads("级别|站点级别|站点层级|覆盖层级"),
            required=True,
            section=STATION_PART,
            column=5,
            width=100,
            printed=1,
        ),
        Field(
            "built_date",
            "建站日期",
            Date(),
            heads=heads("建立时间|建站时间|挂牌时间|挂牌日期|成立时间|设立时间|建成时间"),
            required=True,
            section=STATION_PART,
            column=7,
            width=100,
            printed=1,
        ),
        Field(
            "upgraded_date",
            "升格日期",
            Date(),
            heads=heads("升格时间|升级时间|升格为综合指导站时间|升级日期"),
            section=STATION_PART,
            column=8,
            width=100,
            printed=1,
            help="升格为知识产权综合指导站的日期",
        ),
        _closed(STATION_PART, "撤站日期|撤站时间|撤销时间"),
        _host(STATION_PART),
        _address(STATION_PART),
        _doc_no(STATION_PART),
        common.contact(CONTACT, "负责人|站长|经办人", column=9, printed=2),
        common.phone(CONTACT, column=10, printed=2),
        common.remark(CONTACT),
    ),
    identity=(Key("station_name"), Key("unit_code")),
)

STATION_LEDGER = Ledger(
    "station",
    "指导站登记册",
    root=STATION,
    parts=(),
    name_field="station_name",
    key_field="station_name",
    search=("station_name", "host_name", "contact_name"),
    measure="个",
    sections=(STATION_PART, CONTACT),
    order=("unit_code", "town_code", "station_name", "station_kind", "station_level"),
    last=("contact_name", "contact_phone", "remark"),
    ignored={"seq": ("序号", "编号")},
    group="networks",
)

SERVICE_POINT = Kind(
    "service_point",
    "信息公共服务网点",
    fields=(
        common.unit(POINT_PART, 3, printed=1),
        common.town(POINT_PART, _TOWNS, printed=2),
        common.registered_name(
            "point_name",
            "网点名称",
            POINT_PART,
            "名称|服务网点名称|公共服务网点名称|信息公共服务网点名称|服务点名称",
            "与批文或挂牌名称一致",
        ),
        Field(
            "point_level",
            "网点级别",
            Coded(table="plan.point_level"),
            heads=heads("级别|层级|网点层级|网点类别|类别"),
            required=True,
            section=POINT_PART,
            column=2,
            width=100,
            printed=1,
        ),
        Field(
            "built_date",
            "设立日期",
            Date(),
            heads=heads("认定时间|认定日期|设立时间|建立时间|挂牌时间|批准时间|成立时间"),
            required=True,
            section=POINT_PART,
            column=4,
            width=100,
            printed=1,
        ),
        _closed(POINT_PART, "撤销时间|停止服务时间"),
        _host(POINT_PART),
        Field(
            "services",
            "服务内容",
            Text(long=True),
            heads=heads("服务事项|主要服务|服务范围|业务范围"),
            section=POINT_PART,
            width=200,
            printed=3,
        ),
        _address(POINT_PART),
        _doc_no(POINT_PART),
        common.contact(CONTACT, "负责人|经办人", column=7, printed=2),
        common.phone(CONTACT, column=8, printed=2),
        common.remark(CONTACT),
    ),
    identity=(Key("point_name"), Key("unit_code")),
)

SERVICE_POINT_LEDGER = Ledger(
    "service_point",
    "信息公共服务网点登记册",
    root=SERVICE_POINT,
    parts=(),
    name_field="point_name",
    key_field="point_name",
    search=("point_name", "host_name", "contact_name"),
    measure="个",
    sections=(POINT_PART, CONTACT),
    order=("unit_code", "point_name", "point_level", "host_name"),
    last=("contact_name", "contact_phone", "remark"),
    ignored={"seq": ("序号", "编号")},
    group="networks",
)

LIAISON = Kind(
    "liaison",
    "联络员",
    fields=(
        common.unit(LIAISON_PART, 3, printed=1),
        common.town(LIAISON_PART, _TOWNS + "|联络镇（街道）", column=4, printed=1),
        Field(
            "liaison_name",
            "姓名",
            PersonName(),
            heads=heads("联络员姓名|联络员|人员姓名|名字"),
            identifies=True,
            required=True,
            section=LIAISON_PART,
            column=1,
            width=100,
            printed=1,
        ),
        Field(
            "liaison_level",
            "层级",
            Coded(table="plan.liaison_level"),
            heads=heads("级别|联络员级别|联络员层级"),
            required=True,
            section=LIAISON_PART,
            column=2,
            width=90,
            printed=1,
        ),
        Field(
            "employer_name",
            "所在单位",
            Text(),
            heads=heads("单位|工作单位|单位名称|所属单位"),
            section=LIAISON_PART,
            column=5,
            width=180,
            printed=1,
        ),
        Field(
            "position",
            "职务",
            Text(),
            heads=heads("职务职称|岗位|职务/岗位"),
            section=LIAISON_PART,
            column=6,
            width=100,
            printed=1,
        ),
        Field(
            "appointed_date",
            "任职日期",
            Date(),
            heads=heads("聘任时间|任职时间|聘任日期|确定时间|起始时间"),
            section=LIAISON_PART,
            column=8,
            width=100,
            printed=2,
        ),
        Field(
            "left_date",
            "离任日期",
            Date(),
            heads=heads("离任时间|卸任时间|调离时间|截止时间"),
            section=LIAISON_PART,
            width=100,
            printed=3,
            help="还在任的空着",
        ),
        Field(
            "is_fulltime",
            "是否专职",
            Bool(),
            heads=heads("专职|专职/兼职|是否专职联络员"),
            section=LIAISON_PART,
            width=84,
        ),
        common.phone(CONTACT, "手机号|联络电话", column=7, printed=2),
        common.remark(CONTACT),
    ),
    identity=(Key("liaison_name"), Key("unit_code"), Key("town_code")),
)

LIAISON_LEDGER = Ledger(
    "liaison",
    "知识产权联络员名册",
    root=LIAISON,
    parts=(),
    name_field="liaison_name",
    key_field="liaison_name",
    search=("liaison_name", "employer_name", "contact_phone"),
    measure="人",
    sections=(LIAISON_PART, CONTACT),
    order=("unit_code", "town_code", "liaison_name", "liaison_level", "employer_name", "position"),
    last=("contact_phone", "remark"),
    ignored={"seq": ("序号", "编号")},
    group="networks",
)
