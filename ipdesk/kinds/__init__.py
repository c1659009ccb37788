"""The declared kinds and ledgers: the bottom of the program, from which everything derives."""

from ipdesk.kinds.case import CASE
from ipdesk.kinds.declare import Catalogue
from ipdesk.kinds.enterprise import ENTERPRISE
from ipdesk.kinds.guanbiao import GUANBIAO
from ipdesk.kinds.subsidy import SUBSIDY
from ipdesk.kinds.sync import DEVICE, PACKAGE, RESULT


def catalogue() -> Catalogue:
    """Return the kinds and ledgers this version of the program knows."""
    return Catalogue((ENTERPRISE, CASE, SUBSIDY, DEVICE, PACKAGE, RESULT), (GUANBIAO,))
