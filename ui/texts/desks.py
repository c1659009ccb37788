"""What the city's desks share."""

NO_FORM = "这条记录已经删除，或不在任何列表里，打不开"
OPEN_RECORD = "打开记录"
REASON = "理由"
UNIT = "单位"
STATE = "状态"
FILTER_STATE, FILTER_UNIT = "全部状态", "全部单位"
FILTER_NAME = "按{label}筛选"
LIFE = "第{number}代（代码{code}）"
LIFE_AT = "{life} {at}"
EMPTY_VALUE = "（空）"
COUNT = {
    "inbox": "{label}：{count} 个暂存的文件要处理",
    "conflicts": "{label}：{count} 条没有裁定",
    "duplicates": "{label}：{count} 对没有核定",
    "corrections": "{label}：{count} 条逾期没有答复",
    "completeness": "{label}：{count} 份逾期没有报送",
}
OWN = "这是本单位的记录，请直接修改"
NO_ROW = "先在列表里选中一条县里的记录"
