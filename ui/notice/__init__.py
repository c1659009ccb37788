"""The 个人信息告知书 of a training class: looked at, printed, saved, and its day noted."""
