"""What a user does to take the overview out of the program: its table as PDF or workbook, a picture of it."""

from datetime import datetime
from pathlib import Path

from ipdesk.actions.report import Progress, write_table
from ipdesk.files import write_file
from ipdesk.plan.overview import Overview
from ipdesk.plan.table import indicator_table


def write_overview(
    told: Overview,
    office: str,
    out: Path,
    unit: str = "",
    progress: Progress = lambda done, total: None,
) -> None:
    """Write the table of indicators of one unit, or of all, as ``.pdf`` (A4 landscape) or ``.xlsx``.

    Refused while nobody has said what the office is called on paper.
    """
    write_table(indicator_table(told, office, datetime.now(), unit), out, progress)


def write_picture(picture: bytes, out: Path) -> None:
    """Write a picture that is a PNG file already."""
    write_file(out, lambda stream: stream.write(picture))
