"""Workspaces with the keys of the conformance kit."""

import json
from pathlib import Path
from typing import Any

from db import workspace
from ipdesk import sync
from ipdesk.kinds import catalogue
from ipdesk.kinds.sync import DEVICE
from ipdesk.store import Role
from tests.conformance.writer import Party

KIT: dict[str, Any] = json.loads(Path(__file__).with_name("expected.json").read_text(encoding="utf-8"))


def made(folder: Path, role: Role, own: str, enrolled: str | None) -> None:
    """Make a workspace with the kit's keys of a party, which knows another one."""
    me = KIT["keys"][own]
    store = workspace.create(folder, catalogue(), role=role, unit_code=me["unit"], office_name="某局")[0]
    life = {"epoch": KIT["epoch"] if role == "county" else "0c0c0c0c", "incarnation": 1}
    office = {"role": role, "unit_code": me["unit"], "office_name": "某局", "device": me["device"]}
    with store.act("准备", "测试") as act:
        act.keep("office", office)
        act.keep("keys", {"seed": me["seed"], "identity": me["identity"]})
        act.keep("requests", [KIT["request"]])
        act.keep("life", life)
        if enrolled:
            act.upsert(DEVICE, [_device(KIT["keys"][enrolled], enrolled)])
    store.close()
    store = workspace.open_store(folder, catalogue())
    sync.begin(store)
    store.close()


def _device(party: dict[str, str], role: str) -> dict[str, Any]:
    keys = Party(**party)
    told = {"unit": party["unit"], "device": party["device"], "role": role, "office_name": "某局"}
    return told | {"signing_key": keys.signing, "recipient": keys.recipient, "confirmed": True}
