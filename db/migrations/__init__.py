"""The frozen, named steps that bring a store to this program's shape; never changed once released."""

from sqlite_utils import Migrations

from db.migrations.m0001_ground import create_ground
from db.migrations.m0002_guanbiao import create_guanbiao
from db.migrations.m0003_sync import create_sync
from db.migrations.m0004_registries import create_registries
from db.migrations.m0005_reasons import add_reasons
from db.migrations.m0006_documents import create_documents
from db.migrations.m0007_particulars import add_particulars
from db.migrations.m0010_deciding import create_deciding
from db.migrations.m0011_plan import create_plan


def migrations() -> Migrations:
    """Return every step in order; a further kind adds one at the end."""
    steps = Migrations("ipdesk")
    for step in (
        create_ground,
        create_guanbiao,
        create_sync,
        create_registries,
        add_reasons,
        create_documents,
        add_particulars,
        create_deciding,
        create_plan,
    ):
        steps(name=step.__name__)(step)
    return steps
