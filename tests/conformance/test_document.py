"""The document of the format says what the program declares."""

from pathlib import Path

from ipdesk.kinds import catalogue
from ipdesk.kinds.declare import Kind
from ipdesk.sync import archive, claims, container
from ipdesk.sync.rows import VERSION_FIELDS

MARKS = {"string": "", "integer": " i", "number": " n", "boolean": " b", "array": " l"}


def told(kind: Kind) -> str:
    """Return the line of a kind."""
    columns = [
        f"`{field.name}`{' d' if field.type.schema.get('format') == 'date' else MARKS[str(field.type.schema['type'])]}"
        for field in kind.fields
    ]
    return f"- `{kind.name}`（{kind.label}）：{'、'.join(columns)}"


def test_the_document_lists_every_kind_column_and_form(project: Path) -> None:
    document = (project / "docs/package-format.md").read_text(encoding="utf-8")
    for kind in catalogue().travelling:
        assert told(kind) in document
    for field in VERSION_FIELDS:
        assert f"`{field['name']}`" in document
    for form in (claims.UNIT, claims.EPOCH, claims.DIGEST, claims.ID, claims.WORD, archive.NAME):
        assert f"`{form.pattern}`" in document
    for refused in (f"At most {archive.MAX_ENTRIES} entries", f"above {container.MAX_FILE >> 20} MiB"):
        assert refused in document
    assert f"above {container.MAX_RATIO} ×" in document
