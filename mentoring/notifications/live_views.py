"""Which messages are live views, and which changes outdate each of them."""

from collections.abc import Mapping

from mentoring.applications.application import Application
from mentoring.core.outcome import NotificationKind
from mentoring.core.people import ProfileUpdate, StaffRecord, StaffRecords
from mentoring.core.programmes import Cohort, Programme
from mentoring.matching.hard_rules import Exclusion, ExclusionLifted
from mentoring.matching.match import Match
from mentoring.matching.review import ProposalRun
from mentoring.partnerships.partnership import Partnership

_OF_MATCHING = (Application, Cohort, Exclusion, ExclusionLifted, Match, Partnership, Programme, ProposalRun)
_OF_PEOPLE = (ProfileUpdate, StaffRecord, StaffRecords)

OUTDATED_BY: Mapping[NotificationKind, tuple[type, ...]] = {
    NotificationKind.REVIEW: _OF_MATCHING + _OF_PEOPLE,
}
"""The types of changes that each live view shows. A profile update counts if the account was closed or opened."""


def cohort_of(change: object) -> str | None:
    """The id of the only cohort that `change` is about; None if it may show in any."""
    if isinstance(change, Cohort):
        return change.id
    return change.cohort_id if isinstance(change, Match | ProposalRun | Application) else None
