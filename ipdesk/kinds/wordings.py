"""What whole heads of sheets say that mean a field, by ledger: its key nouns in any order, and nothing besides.

The spelling is that of ``intake.heads.normal``: 日 for 时间 and 日期, 号 for 编号 and 号码, 名 for 名称, 代码 for 编码,
 结果 for 结论, 状态 for 状况, 等级 for 等次, 补助 for 奖补 and 资助, 金额 for 资金 and 款, 发证 for 颁证 and 取证.
"""

from collections.abc import Mapping

from ipdesk.kinds.declare import Says
from ipdesk.kinds.wordings_shared import (
    CAPITAL,
    CONTACT,
    CONTACT_NAME,
    CONTACT_PHONE,
    COUNT,
    EMAIL,
    FOUNDED,
    PAPER_NO,
    PERSONS,
    REGISTERED,
    REMARK,
    TOWN,
    UNIT,
    USCC,
)

GUANBIAO: Mapping[str, Says] = {
    "unit_code": UNIT,
    "town_code": TOWN,
    "uscc": USCC,
    "enterprise_name": Says(
        r"(?:参加|参与|实施|开展|申报|拟)*(?:贯标|获证)(?:企业|单位|公司)+名?|企业法人名|(?:企业|单位|"
        r"公司){2}名|(?:企业|单位|公司)名(?:盖章|公章)"
    ),
    "legal_rep": Says(
        r"(?=.*法)(?:企业|单位|公司)*(?:法人|法定代表人|法人代表人?|负责人)+(?:签名|签字|姓名|名字?|代表)*",
        PERSONS,
    ),
    "reg_address": REGISTERED,
    "stage": Says(
        r"(?:企业|单位)?(?:实施|推进|开展)?贯标(?:工作|实施|推进|开展|所处)*(?:进度|"
        r"进程|阶段|环节|状态)+(?:情况)?|现?阶段进度|(?:目前|现)?实施(?:阶段|"
        r"进度)"
    ),
    "standard_code": Says(r"(?:贯标|采用|执行|适用|依据|认证|体系)*标准(?:版本|名|号|新版|旧版)*"),
    "cert_body": Says(r"(?=.*(?:发证|认证|出证))(?:发证|认证|出证|证书|体系|知识产权)*机构名?"),
    "filing_date": Says(r"(?:在|省局?|省系统|省平台|完成|企业|贯标|系统)*备案(?:省局?|完成|通过|成功)*日"),
    "start_date": Says(r"(?:企业|贯标|正式|工作)*(?:启动|开始)+(?:贯标|工作|正式)*日"),
    "run_start_date": Says(
        r"(?:管理)?(?:体系|文件)+(?:文件|正式|投入|开始|启动|进入)*试?运行(?:开始|起始)?日"
    ),
    "advisor_name": Says(r"(?:聘请|委托|合作|贯标|知识产权)*(?:辅导|咨询|服务)+(?:机构|单位|公司)名?"),
    "cert_no": Says(
        r"(?:知识产权)?(?:认证|体系|获证|贯标|管理体系)*证书(?:认证)?[证]?(?:号|代码)+", PAPER_NO
    ),
    "cert_issue_date": Says(
        r"(?:首次)?(?:认证|体系|证书|贯标|通过)*(?:取得|获得|发证|获证|颁发|签发|"
        r"发放|领取|核发)+(?:认证|体系|证书)*日(?:发证日|获证日)?"
    ),
    "cert_valid_to": Says(
        r"(?:认证|体系|证书|贯标)*(?:有效期|到期|有效|截止|截至|失效|届满|期限?|"
        r"期间|起止|起讫)+(?:至|止|限|截至|截止|到)*日*(?:有效期)?"
    ),
    "cert_status": Says(r"(?:认证|体系)*证书(?:现行|现在|现有|有效)*(?:状态|现状|情况)+"),
    "subsidy_amount_wan": Says(
        r"(?:贯标|认证|拟|财政|本次|已|实际|获得?|企业)*(?:补助)+(?:总)?(?:金额|经费|额)*"
    ),
    "cert_fee_wan": Says(
        r"(?:企业|实际|支付|缴纳|发生)*认证(?:审核)?(?:费用?|缴费)(?:总|支出|金额|额|合计|开支)*"
    ),
    "staff_count": Says(
        r"(?:企业|单位|公司)*(?:全体|从业|在职|在岗|在册|员工|职工|用工)*(?:职工|"
        r"员工|人员)?(?:总?人数|总数|人员数|数量|数|总)+"
    ),
    "invention_patent_count": Says(
        r"(?:企业|拥有|授权|有效)*发明专利(?:有效|拥有|授权)*(?:总|数量|数|量|件)*"
    ),
    "is_hightech": Says(
        r"(?:是否)?(?:为|系|属于|属)?(?:国家级?|省级?)?(?:高企|高新技术企业)(?:是否|有无|是|否)*"
    ),
    "contact_name": Says(
        rf"(?:企业方|贯标(?:工作)?)?(?:负责)?{CONTACT}(?:姓名|名字?)?|(?:企业)?贯标负责人{CONTACT}",
        PERSONS,
    ),
    "contact_phone": Says(rf"(?:企业方|贯标(?:工作)?)?(?:{CONTACT_PHONE.head})"),
    "contact_email": EMAIL,
    "remark": REMARK,
}

_BODY = r"(?:机构|单位|公司|企业|事务所|律所|所|主体|组织)"
_YEARLY = r"(?:实现|完成|累计|全年|年度|本年度?|当年度?|年)*"
INSTITUTION: Mapping[str, Says] = {
    "unit_code": UNIT,
    "town_code": TOWN,
    "uscc": USCC,
    "institution_name": Says(
        rf"(?:知识产权|知产|专利|商标)?(?:服务|代理)?{_BODY}{{1,2}}(?:名)?(?:盖章|公章)?"
    ),
    "legal_rep": Says(
        rf"{_BODY}*(?:法人|法定代表人|法人代表人?|代表|主要|负责人|执行(?:事务)?合伙人|"
        rf"合伙人(?=负责人)|主任|所长)+(?:签名|签字|姓名|名字?|代表)*",
        PERSONS,
    ),
    "reg_capital_wan": CAPITAL,
    "found_date": FOUNDED,
    "reg_address": REGISTERED,
    "office_address": Says(
        rf"{_BODY}?(?:实际|日常|现|主要)*(?:办公|经营)+(?:场所|地址|地点|所在地|详细|场地|实际|地)+"
    ),
    "service_forms": Says(
        r"(?:主要|主营|开展|提供|从事|经营)*(?:主营|服务|业务|经营)+(?:业务|类型|"
        r"类别|种类|范围|内容|项目|门类|领域|业态|形态)*"
    ),
    "ip_objects": Says(r"(?:服务|业务|涉及)*(?:知识产权|权利)(?:类型|类别|种类)(?:可?多选)?"),
    "org_form": Says(rf"(?:{_BODY}|登记|注册|法律|法人|工商|市场主体|经济)*(?:类型|性质|形式|属性)+"),
    "operating_status": Says(
        rf"{_BODY}?(?:经营|运营|营业|运行|存续|在营)*(?:状态|现状)|(?:经营|运营|"
        rf"营业|存续)情况|是否正常(?:经营|营业)(?:状态)?"
    ),
    "is_branch": Says(r"(?:是否|是不是|属于|属|设立为|为|系)*(?:分支机构|分公司|分所)+(?:是否|有无|是|否)*"),
    "agency_code": Says(
        r"(?:国家局|国知局|国家知识产权局)?(?=.*(?:代理|局|专代))(?:专利)?(?:代理|"
        r"专代)?(?:机构)?(?:国家局|国知局)?(?:注册)?(?:代码号?|号)(?:专利|5位)?",
        r"\d{4,6}.*",
    ),
    "trademark_filing_no": Says(
        r"(?:国家知识产权局|国家商标局)?商标(?:局|代理|机构|业务)*备案(?:登记|证)?(?:号|代码)+", PAPER_NO
    ),
    "trademark_filing_valid_to": Says(
        r"商标(?:代理)?(?:机构)?备案(?:有效期|到期|届满|截止|截至|失效|有效)+(?:截止|至|止|到|期|日)*"
    ),
    "license_no": Says(r"(?:律师事务所|专利代理机构|机构)?(?:执业)?许可证书?(?:号|代码)", PAPER_NO),
    "credit_grade": Says(
        r"(?:20\d\d年度?|年度|最新)?(?:专利|代理|机构)*信用(?:评价|评定|等级|评级|级别|结果)+(?:情况)?"
    ),
    "star_grade": Says(r"(?:服务)?(?:机构)?星级(?:评定|等级|结果)*"),
    "contact_name": CONTACT_NAME,
    "contact_phone": CONTACT_PHONE,
    "contact_email": EMAIL,
    "website": Says(
        r"(?:官方|机构|公司|单位)*(?:网站|网址|官网)(?:地址)?", r"(?:https?|www).*|\S+\.(?:com|cn|net).*"
    ),
    "remark": REMARK,
    "stat_year": Says(
        r"(?:填报|统计|报告|报表|数据|业务|经营|年报|所属)*(?:年度|年份)", r"(?:19|20)\d\d年?度?"
    ),
    "revenue_total_wan": Says(
        rf"{_YEARLY}{_BODY}?{_YEARLY}(?:(?:经营|营业)?总?(?:经营|营业)?(?:收入|"
        rf"营收)|营业额)(?:总额|金额|合计|总计|额)*"
    ),
    "revenue_ip_wan": Says(
        rf"{_YEARLY}(?:从事|其中)*(?:知识产权|知产)(?:服务|业务|业|类|相关|板块|"
        rf"主营|营业)*总?(?:收入|营收)(?:总额|合计|额)*"
    ),
    "tax_wan": Says(
        rf"{_YEARLY}(?:实际|实缴|上缴|缴纳|入库|已缴|缴)*(?:纳税|税收|税金|税)(?:缴纳|总|金额|合计|额|贡献)*"
    ),
    "client_count": Says(
        rf"{_YEARLY}(?:服务|签约)*(?:企业|客户|单位|对象)+(?:总|家数|户数|数量|"
        rf"数|量)+|{_YEARLY}服务(?:企业|客户)+"
    ),
    "patent_filing_count": Says(
        rf"{_YEARLY}(?=.*代理)(?=.*专利)(?=.*(?:申请|数|量))(?:代理|专利|申请)+(?:业务)?(?:总|"
        rf"件数|数量|数|量|件)*"
    ),
    "trademark_filing_count": Says(
        rf"{_YEARLY}(?=.*代理)(?=.*商标)(?=.*(?:申请|注册|数|量))(?:代理|商标|"
        rf"注册|申请)+(?:业务)?(?:总|件数|数量|数|量|件)*"
    ),
    "guanbiao_advised_count": Says(
        rf"{_YEARLY}(?=.*贯标)(?=.*(?:辅导|咨询|服务))(?:知识产权)?(?:辅导|贯标|"
        rf"服务|咨询|企业)+(?:总|家数|户数|数量|家|数|量)*"
    ),
    "staff_count": Says(
        r"(?:机构|公司|单位|全所|全部|全体|从业|在职|在岗|在册|在编|员工|职工|"
        r"工作|年末|期末)*(?:人员|员工|职工)?(?:总|人数|人员数|总数|规模|数量|"
        r"合计|数)+"
    ),
    "ip_staff_count": Says(
        r"(?:从事)?(?:知识产权|知产)(?:服务|业务|专业|从业|工作)*人员?(?:总|人数|数量|数)*"
    ),
    "patent_agent_count": Says(
        rf"(?:具有|持有|取得|拥有|有|持|执业|专职|专利代理师(?=.*证))*(?:执业)?(?:资格)?(?:证书?)?(?:专利)?代理师(?:执业)?(?:证书?)?{COUNT}|"
        rf"持专利代理师执业证{COUNT}"
    ),
    "trademark_agent_count": Says(
        rf"从事商标(?:代理)?(?:业务)?(?:的)?{COUNT}|商标代理(?:业务|从业|工作|专职)*(?:人员|人|者){COUNT}"
    ),
    "lawyer_count": Says(rf"(?:所内|在册|执业|注册|专职|知识产权|拥有)*律师(?:人员)?{COUNT}"),
    "bachelor_up_count": Says(
        rf"(?:具有|拥有)?(?:大学)?本科(?:学历)?(?:含)?及?以上(?:学历)?(?:从业)?(?:人员|员工|职工)?{COUNT}"
    ),
}

NEUTRAL_GUANBIAO = "企业|单位|公司"
NEUTRAL_INSTITUTION = (
    rf"{_BODY}(?!数|名|$)|全所|所内|工商|知识产权服务机构|年度(?!$)|全年|本年度?|"
    rf"当年度?|年(?=[^年度份]{{3}})|累计"
)
