"""Attachments carried only when asked: their contents arrive whole, once, and what is lost comes again."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from db.store import SqlStore
from ipdesk import sync
from ipdesk.actions import documents
from ipdesk.files import digest
from ipdesk.problems import Refusal
from ipdesk.records import RecordKey
from ipdesk.sync import contents
from ipdesk.sync.devices import city_of
from ipdesk.sync.exchange import opened
from tests.ipdesk.sync.world import DONGTAI, Entries, Manifest, World, add, reason, reforged

Write = Callable[..., list[RecordKey]]


@pytest.fixture
def key(county: SqlStore) -> RecordKey:
    return add(county, "甲公司", "91320981MABJ1XG60Q")


@pytest.fixture
def attach(county: SqlStore, key: RecordKey, tmp_path: Path) -> Write:
    """Return a maker of attachments of the county's case: ``attach("a.pdf", b"…")``."""

    def make(name: str = "证书.pdf", data: bytes = b"scan", doc_code: str = "D15") -> list[RecordKey]:
        (tmp_path / name).write_bytes(b"%PDF" + data)
        return documents.add(county, county.catalogue.kind("case"), key, [tmp_path / name], doc_code, "表单")

    return make


def names(store: SqlStore, file: Path) -> list[str]:
    return [resource.name for resource in opened(store, file).header.resources]


def up(world: World, county: SqlStore) -> Path:
    return sync.export(county, world.fresh(), attachments=True)[0]


def shown(store: SqlStore, key: RecordKey) -> dict[str, str]:
    return {d.file_name: d.state for d in documents.of(store, store.catalogue.kind("case"), key)}


def down(world: World, county: SqlStore) -> None:
    assert not sync.receive(county, [world.down(county.office.unit_code)]).refused


def test_a_package_without_them_has_the_records_only(
    world: World, county: SqlStore, key: RecordKey, attach: Write
) -> None:
    (document,) = attach()
    file = world.up(county)
    assert "contents" not in names(county, file)
    assert json.dumps(opened(county, file).header.claims.raw).count("optional") == 0
    assert not sync.receive(world.city, [file]).refused
    assert shown(world.city, key) == {"证书.pdf": "附件未随包"}
    with pytest.raises(Refusal, match="“证书.pdf”打不开：附件未随包"):
        documents.content(world.city, document)
    assert world.city.check() == []


def test_asked_for_they_arrive_and_are_kept_once(
    world: World, county: SqlStore, key: RecordKey, attach: Write
) -> None:
    large = bytes(range(256)) * 8000
    (one,), (two,) = attach(data=large), attach("副本.pdf", large, "D20")
    attach("合同.pdf", b"another")
    load = sync.cargo(county)
    assert (load.count, load.size, load.waiting) == (2, len(large) + 4 + len(b"%PDFanother"), 0)
    file = up(world, county)
    assert opened(county, file).header.resources[-1].optional
    (preview,) = sync.receive(world.city, [file], dry_run=True).previews
    assert (preview.contents, shown(world.city, key)) == (2, {})
    assert sync.inspect(world.city, file).valid
    (preview,) = sync.receive(world.city, [file]).previews
    assert preview.contents == 2
    assert set(shown(world.city, key).values()) == {""}
    assert documents.content(world.city, one) == documents.content(world.city, two) == b"%PDF" + large
    assert len(list((world.city.folder / "attachments").iterdir())) == 2
    assert sync.receive(world.city, [file]).accepted == 0


@pytest.mark.parametrize("size", [4, 9, 10, 11, 20, 21])
def test_a_content_of_any_size_is_put_together_again(
    world: World, county: SqlStore, attach: Write, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(contents, "PIECE", 10)
    (one,) = attach(data=b"x" * (size - 4))
    assert not sync.receive(world.city, [up(world, county)]).refused
    assert documents.content(world.city, one) == documents.content(county, one)


def test_what_the_city_has_is_not_sent_again(world: World, county: SqlStore, attach: Write) -> None:
    attach()
    sync.receive(world.city, [up(world, county)])
    assert sync.cargo(county).count == 0  # sent, and no receipt yet
    down(world, county)
    assert sync.cargo(county).count == 0
    assert "contents" not in names(county, up(world, county))
    attach("新.pdf", b"new")
    assert sync.cargo(county).count == 1


@pytest.mark.parametrize("rows_arrived", [True, False])
def test_what_was_lost_comes_again_after_the_next_receipt(
    world: World, county: SqlStore, key: RecordKey, attach: Write, rows_arrived: bool
) -> None:
    world.round(county)
    attach()
    if rows_arrived:
        sync.receive(world.city, [world.up(county)])
    up(world, county)  # the stick is lost
    assert sync.cargo(county).count == 0
    down(world, county)
    assert sync.cargo(county).count == 1
    sync.receive(world.city, [up(world, county)])
    assert shown(world.city, key) == {"证书.pdf": ""}


def test_a_city_whose_files_were_lost_gets_them_again(
    world: World, county: SqlStore, key: RecordKey, attach: Write
) -> None:
    attach()
    sync.receive(world.city, [up(world, county)])
    world.city.contents.remove(digest(b"%PDFscan"))
    down(world, county)
    sync.receive(world.city, [up(world, county)])
    assert shown(world.city, key) == {"证书.pdf": ""}


def test_what_does_not_fit_waits_for_the_next_package(
    world: World, county: SqlStore, key: RecordKey, attach: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contents, "MOST", 20)
    for number in range(3):
        attach(f"{number}.pdf", bytes([number]) * 6)
    load = sync.cargo(county)
    assert (load.count, load.size, load.waiting, load.waiting_size) == (2, 20, 1, 10)
    sync.receive(world.city, [up(world, county), up(world, county)])
    assert set(shown(world.city, key).values()) == {""}


def test_a_deleted_one_is_not_carried_and_one_gone_here_neither(
    world: World, county: SqlStore, attach: Write
) -> None:
    (one,) = attach()
    attach("b.pdf", b"b")
    county.contents.remove(digest(b"%PDFb"))
    documents.delete(county, [one], "表单")
    assert sync.cargo(county).count == 0
    assert "contents" not in names(county, up(world, county))


def test_a_damaged_one_stops_the_export_with_its_name(world: World, county: SqlStore, attach: Write) -> None:
    attach()
    (file,) = (county.folder / "attachments").iterdir()
    file.write_bytes(b"x" * 100)
    stick = world.fresh()
    with pytest.raises(Refusal, match="附件“证书.pdf”的内容已损坏"):
        sync.export(county, stick, attachments=True)
    assert list(stick.iterdir()) == []


def test_a_city_sends_none(world: World, county: SqlStore) -> None:
    with pytest.raises(Refusal, match="市局的回执不带附件"):
        sync.export(world.city, world.fresh(), attachments=True)


def test_a_receipt_without_attachments_is_as_it_was(world: World, county: SqlStore, attach: Write) -> None:
    world.round(county)
    assert names(world.city, world.down(DONGTAI)) == ["results"]
    attach()
    world.round(county)
    assert names(world.city, world.down(DONGTAI)) == ["results", "lacking"]
    assert sync.inspect(county, world.down(DONGTAI)).valid


def test_an_entry_that_a_reader_may_leave_alone_is_left_alone(world: World, county: SqlStore) -> None:
    add(county, "乙公司")

    def further(manifest: Manifest, entries: Entries) -> None:
        subsidy = next(r for r in manifest["resources"] if r["name"] == "subsidy")
        manifest["resources"].append(
            {**subsidy, "name": "future", "path": "future.jsonl.zst", "optional": True}
        )
        entries["future"] = [{"anything": 1}]

    file = world.forge(county, further)
    assert sync.inspect(world.city, file).valid
    assert sync.receive(world.city, [file]).accepted == 2
    assert not sync.receive(county, [world.down(DONGTAI)]).refused
    assert sync.status(county)["unconfirmed"] == 0


def forged(world: World, county: SqlStore, change: Callable[[list[dict[str, Any]]], object]) -> Path:
    """Return a package with attachments in which the lines of contents were changed."""
    return reforged(
        county,
        up(world, county),
        lambda _, entries: change(entries["contents"]),
        city_of(county).keys,
    )


def swap(rows: list[dict[str, Any]]) -> None:
    rows[0], rows[1] = rows[1], rows[0]


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: rows[0].update(data="AAAA"),
        lambda rows: rows[0].update(data="AAA"),
        lambda rows: rows[0].update(data="不是"),
        lambda rows: rows[0].update(sha256="0" * 64),
        lambda rows: rows[0].update(sha256="../x"),
        lambda rows: rows[1].update(sha256="0" * 64),
        lambda rows: rows[1].update(part=2),
        lambda rows: rows[1].update(parts=3),
        lambda rows: rows.pop(0),
        lambda rows: rows.pop(),
        lambda rows: rows.append(rows[0]),
        swap,
    ],
)
def test_contents_that_are_not_what_they_say_refuse_the_whole_package(
    world: World, county: SqlStore, attach: Write, change: Callable[[list[dict[str, Any]]], object]
) -> None:
    attach(data=bytes(range(256)) * 4000)
    file = forged(world, county, change)
    assert not sync.inspect(world.city, file).valid
    assert reason(world.city, file)
    assert not (world.city.folder / "attachments").exists()


def test_a_content_beyond_the_limit_is_refused(
    world: World, county: SqlStore, attach: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    attach()
    file = up(world, county)
    monkeypatch.setattr(contents, "LARGEST", 3)
    assert "损坏" in reason(world.city, file)


def test_a_content_to_which_nothing_refers_is_not_kept(world: World, county: SqlStore, attach: Write) -> None:
    attach()
    file = up(world, county)
    (document,) = county.find(county.catalogue.kind("document"))
    documents.delete(county, [document.key], "表单")
    newer = world.up(county)
    assert not sync.receive(world.city, [newer]).refused
    assert not sync.receive(world.city, [file]).refused
    assert not (world.city.folder / "attachments").exists()


def test_a_full_disk_at_the_city_leaves_neither_rows_nor_contents(
    world: World, county: SqlStore, attach: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    attach()
    file = up(world, county)

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        assert "磁盘已满" in reason(world.city, file)
    assert not sync.receive(world.city, [file]).refused
