"""The declared kinds and ledgers: the bottom of the program, from which everything derives."""

from ipdesk.kinds.case import CASE, SUBSIDY
from ipdesk.kinds.declare import Catalogue
from ipdesk.kinds.enterprise import ENTERPRISE
from ipdesk.kinds.guanbiao import GUANBIAO
from ipdesk.kinds.institution import INSTITUTION, INSTITUTION_LEDGER, INSTITUTION_YEAR
from ipdesk.kinds.person import (
    ATTENDANCE,
    PERSON,
    PERSON_CERTIFICATE,
    PERSON_LEDGER,
    TRAINING,
    TRAINING_LEDGER,
)
from ipdesk.kinds.sync import DEVICE, PACKAGE, RESULT


def catalogue() -> Catalogue:
    """Return the kinds and ledgers this version of the program knows."""
    kinds = (
        *(ENTERPRISE, CASE, SUBSIDY),
        *(INSTITUTION, INSTITUTION_YEAR),
        *(PERSON, PERSON_CERTIFICATE, TRAINING, ATTENDANCE),
        *(DEVICE, PACKAGE, RESULT),
    )
    return Catalogue(kinds, (GUANBIAO, INSTITUTION_LEDGER, TRAINING_LEDGER, PERSON_LEDGER))
