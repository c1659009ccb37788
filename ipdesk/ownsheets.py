"""The sheets that this program adds to workbooks; an intake passes them over in silence."""

SUMMARY, NOTES, CODES, STAMP = "导入情况", "填写说明", "_代码", "_ipdesk"
OWN = frozenset((SUMMARY, NOTES, CODES, STAMP))
