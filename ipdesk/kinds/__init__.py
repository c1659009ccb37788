"""The declared kinds and ledgers: the bottom of the program, from which everything derives."""

from ipdesk.kinds.case import CASE
from ipdesk.kinds.deciding import CONFIRMATION, CONFLICT, CORRECTION, IMAGE, VERDICT
from ipdesk.kinds.declare import Catalogue
from ipdesk.kinds.document import DOCUMENT
from ipdesk.kinds.enterprise import ENTERPRISE
from ipdesk.kinds.guanbiao import GUANBIAO
from ipdesk.kinds.indicators import (
    INDICATOR_VALUE,
    INDICATOR_VALUE_LEDGER,
    PERIOD_REPORT,
    PERIOD_REPORT_LEDGER,
    TARGET,
    TARGET_LEDGER,
)
from ipdesk.kinds.institution import INSTITUTION, INSTITUTION_LEDGER
from ipdesk.kinds.institution_year import INSTITUTION_YEAR
from ipdesk.kinds.networks import (
    LIAISON,
    LIAISON_LEDGER,
    SERVICE_POINT,
    SERVICE_POINT_LEDGER,
    STATION,
    STATION_LEDGER,
)
from ipdesk.kinds.person import PERSON, PERSON_CERTIFICATE, PERSON_LEDGER
from ipdesk.kinds.policies import POLICY, POLICY_LEDGER, STRONG_COUNTY, STRONG_COUNTY_LEDGER
from ipdesk.kinds.subsidy import SUBSIDY
from ipdesk.kinds.sync import DEVICE, PACKAGE, RESULT
from ipdesk.kinds.tasks import (
    SUPERVISION,
    SUPERVISION_LEDGER,
    TASK,
    TASK_LEDGER,
    TASK_PROGRESS,
    TASK_PROGRESS_LEDGER,
)
from ipdesk.kinds.training import ATTENDANCE, TRAINING, TRAINING_LEDGER


def catalogue() -> Catalogue:
    """Return the kinds and ledgers this version of the program knows."""
    kinds = (
        *(ENTERPRISE, CASE, SUBSIDY),
        *(INSTITUTION, INSTITUTION_YEAR),
        *(PERSON, PERSON_CERTIFICATE, TRAINING, ATTENDANCE),
        *(INDICATOR_VALUE, TARGET, PERIOD_REPORT, TASK, TASK_PROGRESS, SUPERVISION),
        *(STATION, SERVICE_POINT, LIAISON, POLICY, STRONG_COUNTY),
        DOCUMENT,
        *(DEVICE, PACKAGE, RESULT),
        *(CONFLICT, VERDICT, CORRECTION, CONFIRMATION, IMAGE),
    )
    ledgers = (
        *(GUANBIAO, INSTITUTION_LEDGER, TRAINING_LEDGER, PERSON_LEDGER),
        *(INDICATOR_VALUE_LEDGER, TARGET_LEDGER, PERIOD_REPORT_LEDGER),
        *(TASK_LEDGER, TASK_PROGRESS_LEDGER, SUPERVISION_LEDGER),
        *(STATION_LEDGER, SERVICE_POINT_LEDGER, LIAISON_LEDGER, POLICY_LEDGER, STRONG_COUNTY_LEDGER),
    )
    return Catalogue(kinds, ledgers)
