"""The lists of the inbox: packages taken in, and those set aside."""

from collections.abc import Mapping, Sequence

from ipdesk.fields import Value
from ipdesk.periods import Period
from ui.desks.table import DeskTable
from ui.desks.words import life_words, unit_words, when
from ui.texts import inbox as texts

File = Mapping[str, Value]
_RECEIVED_WIDTHS = (118, 84, 64, 130, 64, 64, 130)
_ASIDE_WIDTHS = (84, 64, 130, 150)


def taken(files: Sequence[File]) -> list[File]:
    """Return the packages that were taken in."""
    return [file for file in files if _is_package(file) and not file.get("quarantined")]


def aside(files: Sequence[File]) -> list[File]:
    """Return the packages that were set aside."""
    return [file for file in files if _is_package(file) and file.get("quarantined")]


def _is_package(file: File) -> bool:
    return (file.get("direction"), file.get("type")) == ("in", "package")


class ReceivedTable(DeskTable):
    """Shows what was taken in, the newest first."""

    def __init__(self) -> None:
        """Begin without packages."""
        super().__init__(
            texts.RECEIVED_HEADS,
            texts.RECEIVED,
            _RECEIVED_WIDTHS,
            empty=texts.RECEIVED_NONE,
            leaves=(6, 5),
        )
        self.files: Sequence[File] = ()

    def show_files(self, files: Sequence[File]) -> None:
        """Show packages."""
        self.files = files
        tones = {place: _tone(file) for place, file in enumerate(files)}
        self.show_lines([str(file["digest"]) for file in files], [_line(file) for file in files], tones)

    @property
    def file(self) -> File | None:
        """Return the package under the ring."""
        return self.files[self.place] if 0 <= self.place < len(self.files) else None


class AsideTable(ReceivedTable):
    """Shows what was set aside, and why."""

    def __init__(self) -> None:
        """Begin without packages."""
        DeskTable.__init__(
            self, texts.ASIDE_HEADS, texts.ASIDE, _ASIDE_WIDTHS, state=-1, wrap=True, empty=texts.ASIDE_NONE
        )
        self.files = ()

    def show_files(self, files: Sequence[File]) -> None:
        """Show packages."""
        self.files = files
        self.show_lines([str(file["digest"]) for file in files], [_aside_line(file) for file in files])


def _state(file: File) -> str:
    if file.get("verified") is False:
        return texts.DIFFERS
    return texts.ZERO if file.get("zero") else texts.TAKEN


def _tone(file: File) -> str:
    return "warn" if file.get("verified") is False else "good"


def _line(file: File) -> tuple[str, ...]:
    return (
        _state(file),
        unit_words(str(file["unit"])),
        str(file["sequence"]),
        when(str(file.get("at") or "")),
        str(file.get("rows") or 0),
        str(file.get("accepted") or 0),
        period_words(str(file.get("period") or "")),
        str(file.get("file_name") or ""),
    )


def period_words(code: str) -> str:
    """Return a period as people read it, empty for none."""
    return Period.read(code).label if code else ""


def _aside_line(file: File) -> tuple[str, ...]:
    return (
        unit_words(str(file["unit"])),
        str(file["sequence"]),
        when(str(file.get("at") or "")),
        life_of(file),
        str(file["quarantined"]),
    )


def life_of(file: File) -> str:
    """Return which life a package is of, as people read it."""
    return life_words(f"{file['incarnation']}..{file['epoch']}")
