"""What the exchange pages ask of the store's thread."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ipdesk import sync
from ipdesk.fields import Value
from ipdesk.kinds.sync import PACKAGE
from ipdesk.problems import Refusal
from ipdesk.store import Store
from ipdesk.sync.devices import Device, devices, unit_name
from ui.texts import sync as texts

SUFFIX = ".ipk"


@dataclass(frozen=True, slots=True)
class Partner:
    """The living device of another unit."""

    unit: str
    name: str
    fingerprint: str
    confirmed: bool
    gaps: tuple[int, ...] = ()
    quarantined: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """How the exchange stands: this device, its partners, what is unsent, the files that went and came."""

    fingerprint: str
    partners: tuple[Partner, ...]
    reminders: tuple[str, ...]
    unsent: int
    unconfirmed: int
    gaps: tuple[int, ...]
    quarantined: tuple[str, ...]
    files: tuple[Mapping[str, Value], ...]
    again: bool = False

    @property
    def open_partners(self) -> list[Partner]:
        """Return the partners whose fingerprint nobody has compared."""
        return [p for p in self.partners if not p.confirmed]

    @property
    def needs_backup(self) -> bool:
        """Tell whether the city's key backup still lies here alone: the one reminder about no partner."""
        return len(self.reminders) > len(self.open_partners)

    @property
    def is_held(self) -> bool:
        """Tell whether something must be confirmed before anything is exported."""
        return not self.partners or bool(self.reminders)


def look(store: Store) -> Standing:
    """Return how the exchange stands."""
    told, locked = sync.status(store), store.office.locked
    units = _units(told["units"])
    partners = tuple(_partner(d, units.get(d.unit, {}), locked) for d in devices(store) if d.live)
    files = sorted((r.values for r in store.find(PACKAGE)), key=lambda v: str(v.get("at")), reverse=True)
    return Standing(
        sync.fingerprint(store),
        partners,
        tuple(sync.reminders(store)),
        _number(told["unsent"]),
        _number(told["unconfirmed"]),
        tuple(_numbers(told["unhealed"])),
        tuple(_words(told["quarantined"])),
        tuple(files),
        store.office.role == "county" and sync.asked_again(store),
    )


def _partner(device: Device, told: Mapping[str, object], locked: bool) -> Partner:
    return Partner(
        device.unit,
        unit_name(device.unit),
        device.keys.fingerprint,
        bool(device.record.values.get("confirmed")) or not locked,
        tuple(_numbers(told.get("unhealed"))),
        tuple(_words(told.get("quarantined"))),
    )


def _units(told: object) -> dict[str, Mapping[str, object]]:
    """Return what the city's status says of each county, by unit."""
    return {str(unit["unit"]): unit for unit in told} if isinstance(told, list) else {}


def _words(told: object) -> Sequence[str]:
    return [str(words) for words in told] if isinstance(told, list) else []


def _number(told: object) -> int:
    return told if isinstance(told, int) else 0


def _numbers(told: object) -> Sequence[int]:
    return [n for n in told if isinstance(n, int)] if isinstance(told, list) else []


def packages_in(places: Sequence[Path]) -> list[Path]:
    """Return the files named and the exchange files in the folders named; a folder without any is refused."""
    found = [file for place in places for file in (_inside(place) if place.is_dir() else [place])]
    return list(dict.fromkeys(found))


def _inside(folder: Path) -> list[Path]:
    found = sorted(f for f in folder.iterdir() if f.suffix.lower() == SUFFIX and f.is_file())
    if not found:
        raise Refusal(texts.NO_PACKAGES.format(name=folder.name or str(folder)))
    return found


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for enrolment as it was looked at: which unit, and whether another device of it is enrolled."""

    unit: str
    name: str
    takes_over: bool


def look_at_request(store: Store, file: Path) -> Asked:
    """Return who asks for enrolment; another file is refused."""
    found = sync.inspect(store, file)
    if not found.valid:
        raise Refusal(found.reason)
    if found.header.get("type") != "request":
        raise Refusal(texts.NOT_A_REQUEST.format(name=file.name))
    unit, device = str(found.header["unit"]), str(found.header["device"])
    others = [d for d in devices(store, unit) if d.live and d.device != device]
    return Asked(unit, unit_name(unit), bool(others))
