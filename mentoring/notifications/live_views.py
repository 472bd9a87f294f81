"""Which messages are live views, and which changes outdate each of them."""

from mentoring.applications.application import Application
from mentoring.core.programmes import Cohort
from mentoring.matching.match import Match
from mentoring.matching.review import ProposalRun
from mentoring.notifications.kinds import KIND_RULES

OUTDATED_BY = {kind: rules.outdated_by for kind, rules in KIND_RULES.items() if rules.is_live}
"""The types of changes that each live view shows. A profile update counts if the account was closed or opened."""


def cohort_of(change: object) -> str | None:
    """The id of the only cohort that `change` is about; None if it may show in any."""
    if isinstance(change, Cohort):
        return change.id
    return change.cohort_id if isinstance(change, Match | ProposalRun | Application) else None
