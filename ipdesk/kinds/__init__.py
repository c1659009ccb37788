"""The declared kinds and ledgers: the bottom of the program, from which everything derives."""

from ipdesk.kinds.declare import Catalogue
from ipdesk.kinds.guanbiao import CASE, ENTERPRISE, GUANBIAO, SUBSIDY
from ipdesk.kinds.sync import DEVICE, PACKAGE, RESULT


def catalogue() -> Catalogue:
    """Return the kinds and ledgers this version of the program knows."""
    return Catalogue((ENTERPRISE, CASE, SUBSIDY, DEVICE, PACKAGE, RESULT), (GUANBIAO,))
