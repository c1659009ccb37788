"""The list of files that went and came."""

from collections.abc import Mapping, Sequence

from ipdesk.fields import Value
from ui.ledger.history import moment
from ui.sync.looking import unit_label
from ui.texts import outbox
from ui.texts import sync as texts
from ui.widgets.listing import Listing, ListingTable

WIDTHS = (130, 130, 150, 60, 70)


class FileList(ListingTable):
    """Shows the newest file first."""

    def __init__(self, *, city: bool) -> None:
        """Begin without files; a county's all go to the city or come from there."""
        self._city = city
        self.listing = Listing(texts.FILES_HEADS, state=1)
        super().__init__(self.listing, texts.FILES_NAME, WIDTHS, empty=texts.FILES_NONE)

    def show_files(self, files: Sequence[Mapping[str, Value]]) -> None:
        """Show what the store remembers of files."""
        tones = {i: "warn" for i, f in enumerate(files) if _is_set_aside(f)}
        self.listing.show([_line(f, self._partner(f)) for f in files], tones)

    def _partner(self, file: Mapping[str, Value]) -> str:
        return unit_label(str(file.get("unit") or "")) if self._city else outbox.CITY


def _is_set_aside(file: Mapping[str, Value]) -> bool:
    """Tell whether a package waits unread; what a receipt says of others is shown above the list."""
    return file.get("type") == "package" and bool(file.get("quarantined"))


def _line(file: Mapping[str, Value], partner: str) -> tuple[str, ...]:
    kind = texts.KINDS.get((str(file.get("direction")), str(file.get("type"))), "")
    if _is_set_aside(file):
        kind = texts.QUARANTINED.format(kind=kind, reason=file["quarantined"])
    rows, name = file.get("rows"), str(file.get("file_name") or "")
    return (
        moment(str(file.get("at") or "")),
        kind,
        partner,
        str(file.get("sequence") or ""),
        "" if rows is None else str(rows),
        name,
    )
