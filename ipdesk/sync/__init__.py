"""Carry records between county and city: keys, packages, receipts, enrolment (design: sync, rules 1 to 10)."""

from ipdesk.sync.channel import Document, documents, lost, publish, tables, troubles
from ipdesk.sync.completeness import Expected, Plan, completeness, expect
from ipdesk.sync.contents import Cargo, cargo
from ipdesk.sync.doubts import Doubt
from ipdesk.sync.enrolment import accept, install, request
from ipdesk.sync.exchange import Inspection, Received, export, inspect, pick, receive
from ipdesk.sync.lives import awake, begin, copied, went_back
from ipdesk.sync.package import Report
from ipdesk.sync.preview import Preview, RowPreview
from ipdesk.sync.reported import Reported, reported
from ipdesk.sync.rotation import recover, revoke, rotate
from ipdesk.sync.status import (
    asked_again,
    back_up_keys,
    confirm,
    confirm_backup,
    fingerprint,
    reminders,
    status,
)
from ipdesk.sync.undoing import undo_package

__all__ = (
    "Cargo",
    "Document",
    "Expected",
    "Plan",
    "Report",
    "completeness",
    "expect",
    "Doubt",
    "Inspection",
    "Preview",
    "Received",
    "Reported",
    "RowPreview",
    "accept",
    "awake",
    "back_up_keys",
    "begin",
    "cargo",
    "documents",
    "lost",
    "publish",
    "tables",
    "troubles",
    "confirm",
    "confirm_backup",
    "copied",
    "export",
    "fingerprint",
    "inspect",
    "install",
    "reminders",
    "pick",
    "receive",
    "recover",
    "revoke",
    "rotate",
    "reported",
    "request",
    "status",
    "undo_package",
    "went_back",
    "asked_again",
)
