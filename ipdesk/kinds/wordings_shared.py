"""What whole heads of sheets say in every ledger: whose and where, how to reach whom, papers' numbers.

The spelling is that of ``intake.heads.normal``; see ``kinds.wordings``.
"""

from ipdesk.kinds.declare import Says

PAPER_NO = r"(?=.*\d)[\w()/·.\-]{3,}"  # letters and figures of a paper's number
MAIL = r"[^@\s]+@[^@\s]+\.\w+.*"
PERSONS = r"[\u4e00-\u9fff·\s]{2,12}|[A-Za-z .]{3,30}"
COUNT = r"(?:总?人数|人员?数量?|总数|数量|合计|总计|人|数|名)*"
REMARK = Says(r"(?:其[他它])?备注(?:情况|事项|信息|说明|其[他它])*|备考|其[他它](?:情况|说明|事项)")
CONTACT = (
    r"(?:填报|日常|业务|工作|具体|单位|企业|机构|公司|知识产权)*(?:联系|联络|"
    r"对接|经办)(?:人员?|员)(?:填表人)?"
)
CONTACT_NAME = Says(rf"{CONTACT}(?:姓名|名字?)?", PERSONS)
CONTACT_PHONE = Says(
    rf"(?:{CONTACT})?(?:日常|联系|联络|办公室?|对外|业务|移动|固定)*(?:电话|手机|"
    rf"座机|固话|方式)+号?|手机号(?:{CONTACT})"
)
EMAIL = Says(
    r"(?:联系人?|联络人?|常用|单位|公司|机构|企业|个人)*(?:电子)?(?:邮箱|邮件|信箱|E-?MAIL)(?:地址|账号|号)*",
    MAIL,
)
# Broad, for the cells below must be counties all the same; a 市 alone is the city that all of them lie in.
UNIT = Says(
    r"(?!地?市[名别]?$)(?:归口|报送|申报|上报|推荐|属地|管辖|主管|所辖)*(?:(?=.*[县区属市地])(?:所在地|属地|辖区|地区|行政区划|行政区域|区域|单位|[县市区局])*)[名别]?"
)
TOWN = Says(r"(?:属地)?(?:乡镇|镇|乡|街道?|园区|板块|区)+[名别]?")
USCC = Says(
    r"(?:企业|单位|公司|机构)*(?:统一|社会|营业执照|税号|三证合一|18位)*信用(?:代码|"
    r"码)(?:证|号|统一社会|营业执照|税号)*"
)
CAPITAL = Says(
    r"(?:企业|单位|公司|机构)?(?:注册|认缴)+(?:注册)?(?:资本金?|金额|出资)(?:总额|数额|金额|额|认缴)*"
)
FOUNDED = Says(r"(?:企业|单位|公司|机构)?(?:工商|批准|注册|登记|成立|设立|开办|开业|组建)+日+|成立于")
REGISTERED = Says(
    r"(?:企业|单位|公司|机构)?(?=.*(?:注册|登记|执照|住所|工商))(?:工商|营业执照|"
    r"执照|注册|登记|详细)*(?:住所地?|地址|所在地|地)(?:详细|注册地)*"
)

LETTERS_TO = Says(r"(?:邮寄|通讯|通信|联系|收件|收货|快递|寄送|寄件|证书)+地址")
YEAR = r"(?:19|20)\d\d年?度?"
BANK = Says(
    r"(?:对公|收款|基本户?|结算|账户|企业|单位)*(?:开户)?(?:银行|行)(?:支行|网点|名|信息)*",
    r".*(?:行|社|营业部|分理处).*",
)
ACCOUNT = Says(r"(?:对公|收款|基本户?|结算|银行|开户行?)*(?:账户|账号|银行号)号?", r"[\d\s-]{8,34}")
