"""The declared kinds and ledgers: the bottom of the program, from which everything derives."""

from ipdesk.kinds.case import CASE
from ipdesk.kinds.deciding import CONFIRMATION, CONFLICT, CORRECTION, IMAGE, VERDICT
from ipdesk.kinds.declare import Catalogue
from ipdesk.kinds.document import DOCUMENT
from ipdesk.kinds.enterprise import ENTERPRISE
from ipdesk.kinds.guanbiao import GUANBIAO
from ipdesk.kinds.institution import INSTITUTION, INSTITUTION_LEDGER
from ipdesk.kinds.institution_year import INSTITUTION_YEAR
from ipdesk.kinds.person import PERSON, PERSON_CERTIFICATE, PERSON_LEDGER
from ipdesk.kinds.subsidy import SUBSIDY
from ipdesk.kinds.sync import DEVICE, PACKAGE, RESULT
from ipdesk.kinds.training import ATTENDANCE, TRAINING, TRAINING_LEDGER


def catalogue() -> Catalogue:
    """Return the kinds and ledgers this version of the program knows."""
    kinds = (
        *(ENTERPRISE, CASE, SUBSIDY),
        *(INSTITUTION, INSTITUTION_YEAR),
        *(PERSON, PERSON_CERTIFICATE, TRAINING, ATTENDANCE),
        DOCUMENT,
        *(DEVICE, PACKAGE, RESULT),
        *(CONFLICT, VERDICT, CORRECTION, CONFIRMATION, IMAGE),
    )
    return Catalogue(kinds, (GUANBIAO, INSTITUTION_LEDGER, TRAINING_LEDGER, PERSON_LEDGER))
