"""What a user does with a workspace as a whole: say whose it is, see how it stands."""

from pathlib import Path

from ipdesk import sync
from ipdesk.codes import CITY, code_table
from ipdesk.doors import MakeStore
from ipdesk.files import reason
from ipdesk.problems import Refusal
from ipdesk.store import Role, Store
from ipdesk.sync.rotation import CONFIRMED, TROUBLE

LEAST_PASSWORD = 8
_NO_BACKUP = "市局密钥备份没有写成（{}），请更换一次市局密钥，重做备份"
_TOLD = "copy_told"
_ONE_PC = "这个工作区像是从别处拷来的，或在另一台电脑上用过。请只认定一台电脑，别的不要再打开；现在请"
_COPIED: dict[Role, str] = {
    "county": f"{_ONE_PC}导出同步包交给市局，再接收市局的回执，对不上的列在“冲突”里",
    "city": f"{_ONE_PC}生成回执发给各县（市、区），各县会把缺的数据再报上来",
}
KEY_BACKUP = Path("backups", "市局密钥备份.ipdesk")


def make(
    make_store: MakeStore, folder: Path, *, role: Role, unit_code: str, office_name: str, password: str | None
) -> tuple[Store, str]:
    """Make a workspace, for a locked city with a backup of its keys; return its open store and its recovery key."""
    check_office(role, unit_code)

    def finish(store: Store, recovery: str) -> None:
        sync.begin(store)
        if role == "city" and recovery:
            sync.back_up_keys(store, recovery, folder / KEY_BACKUP)

    name = plain_name(office_name)
    return make_store(
        folder, role=role, unit_code=unit_code, office_name=name, password=password, finish=finish
    )


def plain_name(office_name: str) -> str:
    """Return an office's name without stray spaces."""
    return " ".join(office_name.split())


def check_office(role: Role, unit_code: str) -> None:
    """Refuse a unit that does not exist or does not fit the role."""
    unit = code_table("regions").get(unit_code)
    if unit is None:
        known = "、".join(f"{c.code} {c.name}" for c in code_table("regions").codes)
        raise Refusal(f"没有“{unit_code}”这个单位，可用的有：{known}")
    if (unit.attributes["unit_type"] == "市本级") != (role == "city"):
        raise Refusal(f"市局（city）的单位是 {CITY}，县（市、区）用 county 和自己的单位代码，请核对")


def name_office(store: Store, office_name: str) -> None:
    """Keep the office's full name as it stands on paper."""
    plain = plain_name(office_name)
    if not plain:
        raise Refusal("请写出单位全称，与公章一致")
    kept = store.setting("office")
    with store.act("填写单位全称", "设置") as act:
        act.keep("office", {**(kept if isinstance(kept, dict) else {}), "office_name": plain})


def told_of_copy(store: Store) -> list[str]:
    """Return, once for each time, what happened to a workspace that was copied or used elsewhere, and what to do."""
    epoch = sync.copied(store)
    if not epoch or store.setting(_TOLD) == epoch:
        return []
    with store.act("告知工作区换过地方", "同步") as act:
        act.keep(_TOLD, epoch)
    return [_COPIED[store.office.role]]


def counts(store: Store) -> dict[str, int]:
    """Return the number of live records of every kind that travels."""
    return {kind.name: store.count(kind) for kind in store.catalogue.travelling}


def set_password(store: Store, new: str) -> str:
    """Lock a workspace that had no password; return the recovery key to print. That it was done is logged.

    A city's keys are backed up under the recovery key, as when it is made with a password.
    """
    if len(new) < LEAST_PASSWORD:
        raise Refusal(f"口令至少 {LEAST_PASSWORD} 位，请换一个长一些的")
    return _relocked(store, store.set_password(new), "设置口令")


def rekey(store: Store, password: str | None) -> str:
    """Encrypt a workspace anew under another key; return the new recovery key to print. That it was done is logged.

    A city's key backup is written anew under it.
    """
    return _relocked(store, store.rekey(password), "换钥匙，重新加密")


def _relocked(store: Store, recovery: str, told: str) -> str:
    """Return the new recovery key, a city's keys backed up under it and that copy to be put away once more.

    Whatever the backup meets, the recovery key must reach its owner: nothing else opens the store but the password.
    """
    if store.office.role != "city" or not recovery:
        _note(store, told)
        return recovery
    trouble = ""
    try:
        sync.back_up_keys(store, recovery, store.folder / KEY_BACKUP)
    except Refusal as refusal:
        trouble = _NO_BACKUP.format(refusal.message)
    except OSError as error:
        trouble = _NO_BACKUP.format(reason(error))
    with store.act(told, "设置") as act:
        act.keep(CONFIRMED, False)
        act.keep(TROUBLE, trouble)
        act.note(told)
    return recovery


def change_password(store: Store, old: str, new: str) -> None:
    """Let another password open the workspace; the printed recovery key stays valid. That it was done is logged."""
    if len(new) < LEAST_PASSWORD:
        raise Refusal(f"口令至少 {LEAST_PASSWORD} 位，请换一个长一些的")
    if new == old:
        raise Refusal("新口令和原口令一样，请换一个")
    store.change_password(old, new)
    _note(store, "修改口令")


def _note(store: Store, told: str) -> None:
    with store.act(told, "设置") as act:
        act.note(told)
