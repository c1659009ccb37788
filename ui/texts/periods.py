"""What a table of units and periods says."""

UNIT_HEAD = "单位"
CELL = "{unit}，{period}：{state}"
