"""What packages would change, before any of them is taken in."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from PySide6.QtWidgets import QTabWidget, QVBoxLayout

from ipdesk.sync import Preview, Received, RowPreview
from ipdesk.sync.naming import ledger_of
from ipdesk.sync.preview import MOST_ROWS
from ui.desks.table import DeskTable
from ui.desks.words import unit_words
from ui.sync.looking import Looking, change_words
from ui.texts import inbox as texts
from ui.widgets.basic import label
from ui.widgets.listing import Listing, ListingTable

_DEEDS = (("added",), ("changed",), ("deleted",), ("unchanged", "renewed"))  # what each column counts
_TONES = {"added": "good", "changed": "busy", "deleted": "bad", "conflict": "warn"}
_FILE_WIDTHS = (230, 90, 70, 64, 64, 64, 64, 64)
_ROW_WIDTHS = (72, 76, 112, 200)
_KIND_WIDTHS = (150, 150, 80, 80, 80)
_REFUSED_WIDTHS = (76, 250)
_HEAD, _ROW = 40, 30
_HIGHEST = 168  # logical pixels of the list of files: the changes below are what is looked at


class PackagePreview(Looking):
    """Shows a trial of receiving: per file and ledger what it would do, each record, what is refused or set aside."""

    def lay_out(self) -> None:
        """Put the files above, and what they bring below."""
        self.files = Listing(texts.FILE_HEADS)
        self.files_table = ListingTable(self.files, texts.FILES, _FILE_WIDTHS, empty=texts.FILES_NONE)
        self.rows_table = DeskTable(
            texts.ROW_HEADS, texts.ROWS, _ROW_WIDTHS, wrap=True, empty=texts.ROWS_NONE
        )
        self.kinds_table = DeskTable(texts.KIND_HEADS, texts.KINDS, _KIND_WIDTHS, state=-1)
        self.refused_table = DeskTable(
            texts.REFUSED_HEADS, texts.REFUSED, _REFUSED_WIDTHS, wrap=True, empty=texts.REFUSED_NONE
        )
        self.more = label("", "small")
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setAccessibleName(texts.CHECK_TITLE)
        for table in (self.rows_table, self.kinds_table, self.refused_table):
            self.tabs.addTab(table, "")
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(8)
        for part in (label(texts.CHECK_TITLE, "lead"), self.files_table):
            lines.addWidget(part)
        lines.addWidget(self.tabs, 1)
        lines.addWidget(self.more)

    def show_trial(self, told: Received) -> None:
        """Show what receiving would do."""
        self._show_files(told.previews)
        self._show_rows([(p.unit, row) for p in told.previews for row in p.rows])
        kinds = list(self._kind_lines(told.previews))
        self.kinds_table.show_lines([line[1] for line in kinds], kinds)
        keys, lines, tones = refused_lines(told)
        self.refused_table.show_lines(keys, lines, tones)
        self.tabs.setTabText(1, texts.TAB_KINDS)
        self.tabs.setTabText(2, texts.TAB_REFUSED.format(count=len(lines)))
        changed = any(preview.rows for preview in told.previews)
        self.tabs.setCurrentIndex(2 if told.refused and not changed else 0)
        self.files_table.setFocus()

    def _show_files(self, previews: Sequence[Preview]) -> None:
        self.files.show([_file_line(preview) for preview in previews])
        self.files_table.setFixedHeight(min(_HIGHEST, _HEAD + _ROW * max(1, len(previews))))
        cut = any(len(preview.rows) >= MOST_ROWS for preview in previews)
        self.more.setText(texts.MOST_ROWS.format(count=MOST_ROWS) if cut else "")
        self.more.setVisible(cut)

    def _show_rows(self, rows: Sequence[tuple[str, RowPreview]]) -> None:
        tones = {place: _TONES[_deed(row)] for place, (_, row) in enumerate(rows)}
        lines = [self._line(unit, row) for unit, row in rows]
        self.rows_table.show_lines([f"{row.kind}/{row.key.id}" for _, row in rows], lines, tones)
        self.tabs.setTabText(0, texts.TAB_ROWS.format(count=len(rows)))

    def _line(self, unit: str, row: RowPreview) -> tuple[str, ...]:
        changes = "；".join(change_words(*change) for change in row.changes)
        kind = self.catalogue.kind(row.kind).label
        return (texts.DEEDS[_deed(row)], unit_words(unit), kind, row.name, changes)

    def _kind_lines(self, previews: Sequence[Preview]) -> Iterator[tuple[str, ...]]:
        """Yield the sums by kind, each under the ledger in which a clerk finds it."""
        for kind in self.catalogue.travelling:
            sums = Counter[str]()
            for preview in previews:
                sums.update(preview.counts.get(kind.name, {}))
            if sums:
                ledger = ledger_of(self.catalogue, kind)
                yield (ledger, kind.label, *_counted(sums))


def _deed(row: RowPreview) -> str:
    return "conflict" if row.conflict else row.deed


def _file_line(preview: Preview) -> tuple[str, ...]:
    sums = sum(preview.counts.values(), Counter[str]())
    name = Path(preview.file).name
    told = (str(preview.conflicts), str(preview.contents))
    return (name, unit_words(preview.unit), str(preview.sequence), *_counted(sums), *told)


def _counted(sums: Counter[str]) -> list[str]:
    return [str(sum(sums[deed] for deed in deeds)) for deeds in _DEEDS]


def refused_lines(told: Received) -> tuple[list[str], list[tuple[str, ...]], dict[int, str]]:
    """Return keys, lines and tones of the files that are not taken in, those set aside among them."""
    lines: list[tuple[str, ...]] = [
        (texts.SET_ASIDE if file in told.aside else texts.NOT_TAKEN, file.name, reason)
        for file, reason in told.refused
    ]
    tones = {n: "warn" if line[0] == texts.SET_ASIDE else "bad" for n, line in enumerate(lines)}
    return [str(file) for file, _ in told.refused], lines, tones
